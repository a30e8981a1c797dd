"""A turn as one line of folded words, so that phrases are found by plain regular expressions and quoted
verbatim.

Words are written as they sound (`nlp.text.sound`), numbers as `#1500`, calendar figures as `=15/10`, clock
times as `@10:30`, marks as themselves; one space between cells, one at each end. `phrase("el viernes que
viene")` folds the letters of a pattern the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from nlp.numbers import Number, numbers_of
from nlp.text import sound
from nlp.tokens import Token, tokens_of

_LETTERS = re.compile(r"\\.|\(\?P[<=]\w+[>)]|[a-záéíóúüñ]+")
_MARKS = {
    "…": ".",
    "¿": "",
    "¡": "",
    "(": ",",
    ")": ",",
    "—": ",",
    "–": ",",
    ";": ".",
    ":": ",",
    "!": ".",
    "\n": ".",
    **dict.fromkeys('«»"“”', ""),
}
SIGNS = "#=@"  # before numbers, calendar figures, clock times
BEGINNING = 3  # letters of a word that tell which words it may be


class Cell(NamedTuple):
    """One word, number or mark of a line: where it stands in the line and in the text."""

    at: int
    start: int
    end: int
    number: Number | None = None


_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Folded:
    text: str
    line: str
    cells: tuple[Cell, ...]
    _places: tuple[int, ...]
    clues: frozenset[str]  # its words, their beginnings («pag*»), the signs in it (see `nlp.clues`)

    def cell(self, at: int) -> Cell:
        """The cell that holds character `at` of the line."""
        place = bisect_right(self._places, at)
        return self.cells[place - 1 if place else 0]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Characters of the text behind characters `first..end` of the line (end excluded)."""
        return self.cell(first).start, self.cell(end - 1).end

    def begin(self, at: int) -> int | None:
        """Where in the line the first cell stands that ends after character `at` of the text."""
        place = bisect_right(self.cells, at, key=_END)
        return self._places[place] if place < len(self.cells) else None

    def after(self, at: int) -> int:
        """Where in the line the first cell stands that begins at character `at` of the text or later."""
        place = bisect_left(self.cells, at, key=_START)
        return self._places[place] if place < len(self.cells) else len(self.line)


@lru_cache(maxsize=1024)
def folded(text: str) -> Folded:
    tokens = tokens_of(text)
    numbers = {number.first: number for number in numbers_of(text) if not number.article}
    words: list[str] = []
    cells: list[Cell] = []
    at, done = 1, 0  # characters of the line, tokens
    for index, token in enumerate(tokens):
        if index < done:
            continue  # part of the number before
        heard, _, start, end, kind = token
        number = numbers.get(index)
        if number is not None:
            written, done = f"#{number.value:f}", number.end
            end = tokens[done - 1].end
        elif kind == "word":
            written = heard
        else:
            written = _written(token)
            if not written:
                continue
        # a named tuple's own constructor takes twice as long
        cells.append(tuple.__new__(Cell, (at, start, end, number)))
        words.append(written)
        at += len(written) + 1
    line = f" {' '.join(words)} " if words else " "
    return Folded(text, line, tuple(cells), tuple([cell[0] for cell in cells]), _clues(words))


def _written(token: Token) -> str:
    """How what is neither word nor number stands in the line; "" for a mark that does not."""
    if token.kind == "date":
        return "=" + token.raw
    if token.kind == "hour":
        return "@" + token.raw
    return _MARKS.get(token.raw, token.raw) if token.kind == "mark" else token.sound


def _clues(words: list[str]) -> frozenset[str]:
    every = set(words)
    return frozenset([*every, *[word[0] if word[0] in SIGNS else word[:BEGINNING] + "*" for word in every]])


@lru_cache(maxsize=1024)
def phrase(pattern: str) -> re.Pattern[str]:
    """`pattern` over whole cells of a line: letters are folded as the line's are; `~` is any one word, `~2`
    up to two.
    """
    spelled = re.sub(r" ~(\d?) ", lambda m: f"(?: [^ .?]+){{0,{m.group(1) or 1}}} ", pattern)
    spelled = _LETTERS.sub(lambda m: m.group() if m.group()[0] in "\\(" else sound(m.group()), spelled)
    return re.compile(rf"(?<= )(?:{spelled})(?= )")


def says_only(pattern: re.Pattern[str], text: str) -> bool:
    """Whether `text` holds what `pattern` (of `phrase`) says and nothing else."""
    line = folded(text).line
    found = pattern.match(line, 1)
    return found is not None and found.end() >= len(line) - 1
