"""A turn as one line of folded words, so that phrases are found by plain regular expressions and quoted
verbatim.

Words are written as they sound (`nlp.text.sound`), numbers as `#1500`, calendar figures as `=15/10`, clock
times as `@10:30`, marks as themselves; one space between cells, one at each end. `phrase("el viernes que
viene")` folds the letters of a pattern the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nlp.numbers import Number, numbers_of
from nlp.text import sound
from nlp.tokens import tokens_of

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
}
SIGNS = "#=@"  # before numbers, calendar figures, clock times
BEGINNING = 3  # letters of a word that tell which words it may be


class Cell(NamedTuple):
    """One word, number or mark of a line: where it stands in the line and in the text."""

    at: int
    start: int
    end: int
    number: Number | None = None


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


@lru_cache(maxsize=4096)
def folded(text: str) -> Folded:
    tokens, numbers = tokens_of(text), {number.first: number for number in numbers_of(text)}
    line, cells, at = " ", [], 0
    while at < len(tokens):
        token, number = tokens[at], numbers.get(at)
        end = at + 1
        if number is not None and not number.article:
            written, end = f"#{number.value:f}", number.end
        elif token.kind == "date":
            written = "=" + token.raw
        elif token.kind == "hour":
            written = "@" + token.raw
        elif token.kind == "mark":
            written = _MARKS.get(token.raw, token.raw)
            if token.raw in '«»"“”':
                written = ""
        else:
            written = token.sound
            number = None
        if written:
            cells.append(Cell(len(line), token.start, tokens[end - 1].end, number))
            line += written + " "
        at = end
    return Folded(text, line, tuple(cells), tuple(cell.at for cell in cells), _clues(line))


def _clues(line: str) -> frozenset[str]:
    words = set(line.split())
    words.update([word[0] if word[0] in SIGNS else word[:BEGINNING] + "*" for word in words])
    return frozenset(words)


@lru_cache(maxsize=1024)
def phrase(pattern: str) -> re.Pattern[str]:
    """`pattern` over whole cells of a line: letters are folded as the line's are; `~` is any one word, `~2`
    up to two.
    """
    spelled = re.sub(r" ~(\d?) ", lambda m: f"(?: [^ .?]+){{0,{m.group(1) or 1}}} ", pattern)
    spelled = _LETTERS.sub(lambda m: m.group() if m.group()[0] in "\\(" else sound(m.group()), spelled)
    return re.compile(rf"(?<= )(?:{spelled})(?= )")
