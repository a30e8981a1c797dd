"""Reading a written pattern (grammar: `nlp/patterns.py`) into its parts, whatever grammar it is for."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.steps import Part, PatternError
from nlp.text import QUESTION, STOP, sound

_PIECE = re.compile(r"\(|\)\??|\||\^|\$|~\d*|!|@[a-z_0-9]+\??|#[a-z]+\??|[^\W_]+\*?\??|\?")
_CLITIC = re.compile(r"(?<![^\W_])([^\W_]+)\+")  # begins at a word's begin only, or a long one takes for ever
_CLITICS = ["", *"lo la los las le les me te se nos selo sela melo telo".split()]
_BLANKS = re.compile(r"\s+")
_CLOSES = ("|", ")", ")?")
DEFAULT_GAP = 2


@lru_cache(maxsize=50_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a pattern. PatternError where it cannot be read, or nothing in it must be there."""
    spelled = _CLITIC.sub(_with_pronouns, text) if "+" in text else text
    pieces = _PIECE.findall(spelled)
    if "".join(pieces) != _BLANKS.sub("", spelled):
        raise PatternError(f"«{text}»: tiene un signo que un patrón no admite")
    opened, closed = pieces.count("("), pieces.count(")") + pieces.count(")?")
    if opened > closed:
        raise PatternError(f"«{text}»: falta cerrar un paréntesis")
    parts, at = _sequence(pieces, 0, text)
    if at < len(pieces) and pieces[at] == "|":  # alternatives without brackets
        pieces = ["(", *pieces, ")"]
        parts, at = _sequence(pieces, 0, text)
    if at < len(pieces):
        raise PatternError(f"«{text}»: se cierra un paréntesis que no se abrió")
    if not any(part.needed or (part.bounds and not part.optional) for part in parts):
        raise PatternError(f"«{text}»: todo puede faltar; deje al menos una parte que deba estar")
    return parts


def _sequence(pieces: list[str], at: int, text: str) -> tuple[tuple[Part, ...], int]:
    """The parts from piece `at` to the end of their alternative, and where that is."""
    parts: list[Part] = []
    negated = False
    while at < len(pieces) and pieces[at] not in _CLOSES:
        piece = pieces[at]
        at += 1
        if piece == "!":
            negated = True
            continue
        if piece == "(":
            part, at = _group(pieces, at, text)
        else:
            part = _single(piece)
        parts.append(Part("not", part.symbol, inner=part.inner) if negated else part)
        negated = False
    return tuple(parts), at


@lru_cache(maxsize=20_000)
def _single(piece: str) -> Part:
    if piece in ("^", "$"):
        return Part("bound", piece)
    if piece[0] == "~":
        return Part("gap", piece, size=int(piece[1:] or DEFAULT_GAP))
    optional = piece[-1] == "?" and piece != "?"
    return Part("word", _symbol(piece[:-1] if optional else piece), optional)


def _symbol(piece: str) -> str:
    if piece[0] in "@#" or piece in (STOP, QUESTION):
        return piece
    if piece[-1] == "*":
        return _stem(piece[:-1]) + "*"
    return sound(piece)


def _stem(written: str) -> str:
    """How a stem sounds within a word: «pag-», «suy-» and «busqu-» not as they would at the end of one."""
    if written.endswith("qu"):
        return sound(written + "e")[:-1]
    return sound(written + "a")[:-1] if written[-1] in "cgyl" else sound(written)


def _group(pieces: list[str], first: int, text: str) -> tuple[Part, int]:
    """The group whose bracket opened before piece `first`: one symbol, alike wherever it is written alike.

    Alternatives that are only a start or an end of a sentence are no part of it.
    """
    bounds: list[str] = []
    inner: list[tuple[Part, ...]] = []
    written: list[str] = []
    at = first - 1
    while at == first - 1 or (at < len(pieces) and pieces[at] == "|"):
        begin = at + 1
        parts, at = _sequence(pieces, begin, text)
        if at == begin + 1 and parts[0].kind == "bound":
            bounds.append(parts[0].symbol)
            continue
        if all(part.optional for part in parts):
            raise PatternError(f"«{text}»: hay una alternativa vacía")
        inner.append(parts)
        written.append(" ".join(pieces[begin:at]))
    if at == len(pieces):
        raise PatternError(f"«{text}»: falta cerrar un paréntesis")
    if not inner:
        raise PatternError(f"«{text}»: hay una alternativa vacía")
    symbol, optional = f"@({' | '.join(written)})", pieces[at] == ")?"
    return Part("word", symbol, optional, bounds=tuple(bounds), inner=tuple(inner)), at + 1


def _with_pronouns(infinitive: re.Match[str]) -> str:
    return "(" + "|".join(infinitive[1] + end for end in _CLITICS) + ")"
