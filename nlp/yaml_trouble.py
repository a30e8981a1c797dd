"""What is wrong with a YAML file that cannot be read, for who wrote it: the line, the likely slip, what next.

The libraries tell where they gave up, in English: often lines behind the quote or bracket that stays open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nlp.types import NlpError

OPEN_QUOTE = "las comillas que se abren aquí no se cierran en su línea. Ciérrelas."
AFTER_QUOTE = "hay texto después de las comillas que cierran. Para comillas dentro de un texto use «»."
TAB = "hay un tabulador. Use espacios."
COLON = "el texto lleva «:» y no está entre comillas. Póngalo entre comillas."
OPEN_BRACKET = "el «{sign}» que se abre aquí no se cierra, o falta una coma. Ciérrelo."
CLOSED_TWICE = "sobra un «{sign}», o falta el que lo abre. Revíselo."
INDENT = "la línea no empieza a la altura de las demás de su grupo. Corrija los espacios del comienzo."
NO_COLON = "falta «:» después de un nombre, o el texto sigue sin estar entre comillas. Corríjalo."
TWICE = "la clave «{key}» está dos veces. Deje una."
SIGN = "un texto no puede empezar con «{sign}» sin comillas. Póngalo entre comillas."
ESCAPE = "«\\» dentro de comillas dobles. Use comillas simples, o escriba «\\\\»."
LETTERS = "hay caracteres que no son texto. Guárdelo de nuevo como UTF-8."
UNCLEAR = "esta línea no se entiende. Compárela con las de un archivo que funciona."
EMPTY = "el archivo está vacío, o solo tiene comentarios"
NO_KEYS = "se esperaban claves con sus valores, como en los archivos de Temple"
SENTENCES = (
    OPEN_QUOTE, AFTER_QUOTE, TAB, COLON, OPEN_BRACKET, CLOSED_TWICE, INDENT, NO_COLON, TWICE, SIGN, ESCAPE,
    LETTERS, UNCLEAR,
)  # fmt: skip

_STRUCTURE = re.compile(r"\s*(?:- |-$|[\w.-]+:(?:\s|$))")  # what begins a line of its own
_BLOCK = re.compile(r"(?:^|[:\-]\s+)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_STARTS = re.compile(r"(?:^|:\s|-\s|[\[{,]\s*)\s*$")  # what stands before a quote that opens a text


@dataclass(frozen=True, slots=True)
class Trouble:
    """`sentence` is one of SENTENCES; `given` fills it. `line` counts from 1."""

    line: int
    sentence: str
    given: tuple[tuple[str, str], ...] = ()

    @property
    def what(self) -> str:
        return self.sentence.format(**dict(self.given))

    def at(self, name: str) -> str:
        """«caso.yaml:24: …»"""
        return f"{name}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Quoted:
    opens: int  # line, from 0
    closes: int  # the same; beyond the text where nothing closes it
    end: int  # column behind the closing quote


def read(path: Path) -> Any:
    """What a file of ours holds. NlpError says where it cannot be read, and why."""
    text = path.read_text(encoding="utf-8")
    try:
        return YAML(typ="safe").load(text)
    except YAMLError as error:
        raise NlpError(trouble(error, text).at(path.name)) from error


def trouble(error: Exception, text: str) -> Trouble:
    """What an error of either library (`ruamel.yaml`, `yaml`) means for `text`."""
    lines = text.splitlines()
    problem = str(getattr(error, "problem", "") or "")
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        position = getattr(error, "position", None)
        return Trouble(text.count("\n", 0, position) + 1 if isinstance(position, int) else 1, LETTERS)
    line = min(mark.line, max(len(lines) - 1, 0))
    here = lines[line] if lines else ""
    column = mark.column if mark.line < len(lines) else len(here)
    if "duplicate key" in problem:
        key = re.search(r'key "([^"]*)"', problem)
        return Trouble(line + 1, TWICE, (("key", key[1] if key else "?"),))
    quoted = _quoted(lines)
    for one in quoted:
        if one.opens <= line and (one.closes >= len(lines) or _swallows(lines, one)):
            return Trouble(one.opens + 1, OPEN_QUOTE)
    if "\t" in here[: len(here) - len(here.lstrip())] or here[column : column + 1] == "\t":
        return Trouble(line + 1, TAB)
    if any(one.closes == line and 0 <= column - one.end <= 1 for one in quoted):
        return Trouble(line + 1, AFTER_QUOTE)
    if "escape character" in problem:
        return Trouble(line + 1, ESCAPE)
    return _of_structure(error, lines, line, column, context)


def _of_structure(error: Any, lines: list[str], line: int, column: int, context: Any) -> Trouble:
    here, problem = (lines[line] if lines else ""), str(error.problem)
    sign = here[column : column + 1]
    if sign in ("]", "}") or (context is not None and "flow" in str(error.context)):
        if opened := _open_bracket(lines, line, column):
            return Trouble(opened[0] + 1, OPEN_BRACKET, (("sign", opened[1]),))
        return Trouble(line + 1, CLOSED_TWICE, (("sign", sign),)) if sign else Trouble(line + 1, UNCLEAR)
    if "mapping values" in problem:
        before = re.match(r"\s*(?:- )*[^:]+:\s", here[:column])
        return Trouble(line + 1, COLON if before else INDENT)
    if "could not find expected ':'" in problem and context is not None:
        return Trouble(context.line + 1, NO_COLON)
    if sign and sign in "@`%&*!|>" and ("cannot start" in problem or "alias" in problem or "scan" in problem):
        return Trouble(line + 1, SIGN, (("sign", sign),))
    if re.search(r"expected key|block end|block mapping|'-' indicator", problem):
        return Trouble(line + 1, INDENT)
    return Trouble(line + 1, UNCLEAR)


def _open_bracket(lines: list[str], line: int, column: int) -> tuple[int, str] | None:
    """The line and the sign of the bracket that is still open before a place."""
    closed = 0
    for n in range(line, -1, -1):
        for sign in reversed(lines[n][:column] if n == line else lines[n]):
            closed += sign in "]}"
            if sign in "[{" and not closed:
                return n, sign
            closed -= sign in "[{"
    return None


def _swallows(lines: list[str], one: _Quoted) -> bool:
    """Whether keys or items stand in what a quote closes lines later: it was not meant to go on so far."""
    return any(_STRUCTURE.match(text) for text in lines[one.opens + 1 : one.closes + 1])


def _quoted(lines: list[str]) -> list[_Quoted]:
    """Every quoted text in order, by where it opens; blocks (`|`, `>`) and remarks hold none."""
    out: list[_Quoted] = []
    line, column, block = 0, 0, -1
    while line < len(lines):
        text = lines[line]
        indent = len(text) - len(text.lstrip())
        if not column and block >= 0:
            if not text.strip() or indent > block:
                line += 1
                continue
            block = -1
        start = _opens(text, column)
        if start is None:
            if _BLOCK.search(text[column:]):
                block = indent
            line, column = line + 1, 0
            continue
        closes, end = _closing(lines, line, start)
        out.append(_Quoted(line, closes, end))
        line, column = closes, end
    return out


def _opens(text: str, column: int) -> int | None:
    """Where the next quote opens a text in what is left of a line."""
    for at in range(column, len(text)):
        if text[at] == "#" and (at == 0 or text[at - 1].isspace()):
            return None
        if text[at] in "\"'" and _STARTS.search(text[:at]):
            return at
    return None


def _closing(lines: list[str], line: int, start: int) -> tuple[int, int]:
    """The line and the column behind the quote that closes the one at `start`."""
    mark, at = lines[line][start], start + 1
    while line < len(lines):
        text = lines[line]
        while at < len(text):
            if mark == '"' and text[at] == "\\":
                at += 2
            elif text[at] != mark:
                at += 1
            elif mark == "'" and text[at + 1 : at + 2] == "'":
                at += 2
            else:
                return line, at + 1
        line, at = line + 1, 0
    return line, 0
