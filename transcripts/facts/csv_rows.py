"""The one reader of CSV text: rows with the line on which each begins. A quotation mark that is opened and
not closed would swallow the rows below it, so it is refused with its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = ";,\t|"
_TOLD = re.compile(r"\"?sep=([;,\t|])\"?[^\S\r\n]*(?=[\r\n])", re.I)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Row:
    line: int  # on which it begins, from 1
    cells: list[str]


class OpenQuote(ValueError):
    """The quotation mark that is opened on `line` is not closed where its cell ends."""

    def __init__(self, line: int) -> None:
        super().__init__(f"a quotation mark is opened on line {line} and not closed")
        self.line = line


def rows(text: str, delimiter: str = "") -> list[Row]:
    """The rows that are not blank, the header first. Comma, semicolon, tab or bar parts the cells: what the
    header has most of, where it is not given and other lines may stand above the header. A cell in quotation
    marks may hold line ends. A first line «sep=;», which spreadsheets write, is no header. Raises OpenQuote.
    """
    told = _TOLD.match(text)
    if told:
        text, delimiter = text[told.end() :], delimiter or told[1]
    header = text.lstrip("\r\n").partition("\n")[0]
    given, delimiter = bool(delimiter), delimiter or max(DELIMITERS, key=header.count)
    lines = list(io.StringIO(text, newline=""))
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter)
    found: list[tuple[Row, list[str]]] = []
    while True:
        first = feed.at
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:  # a cell that is longer than any cell is
            raise OpenQuote(first + 1) from error
        row, its = Row(first + 1, cells), lines[first : feed.at]
        if feed.ended or (len(its) > 1 and not _closes_well(its, delimiter)):
            raise OpenQuote(_opened_on(row))
        if any(cell.strip() for cell in cells):
            found.append((row, its))
    width = max((len(row.cells) for row, _ in found[: None if given else 1]), default=0)
    _check_swallowed(found, delimiter, width - 1)
    return [row for row, _ in found]


class _Feed:
    """Lines one by one; `ended` once more were asked for than there are: a cell was open at the end."""

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.at, self.ended = lines, 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines):
            self.ended = True
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _closes_well(lines: list[str], delimiter: str) -> bool:
    """Whether a separator or the end follows every closing mark. What closes a cell too late is the mark that
    should open another, and text follows it.
    """
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _check_swallowed(found: list[tuple[Row, list[str]]], delimiter: str, parted: int) -> None:
    """Refuse a cell that holds whole rows: lines with as many separators as a row (`parted`), that begin as
    rows do.
    """
    if not any(len(lines) > 1 for _, lines in found):
        return
    beginnings = {_shape(row.cells[0]) for row, _ in found[1:]}
    for row, lines in found:
        for line in lines[1:]:
            begins = _shape(line.partition(delimiter)[0])
            if begins and parted and line.count(delimiter) == parted and begins in beginnings:
                raise OpenQuote(_opened_on(row))


def _shape(cell: str) -> str:
    """«q-17» and «q-4» have one shape."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", cell.strip()))


def _opened_on(row: Row) -> int:
    """The line on which the last cell with line ends begins."""
    ends = [len(_LINE_END.findall(cell)) for cell in row.cells]
    last = max((at for at, count in enumerate(ends) if count), default=0)
    return row.line + sum(ends[:last])
