"""Where the headings of a table stand. An export may begin with lines of its own («Reporte de llamadas…»,
«Movimientos de la cuenta…»): the headings are the first of its first lines that names all that is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from transcripts.facts.csv_rows import DELIMITERS

HEAD_ROWS = 20  # among which the headings are sought
_SHOWN = 10  # headings, each to so many letters
_LETTERS = 30

Known = Callable[[Sequence[str]], bool]  # whether these cells name all that is needed


def delimiter(text: str, known: Known) -> str:
    """What parts the headings of a CSV text: lines above them («Banco del Istmo, S. A.») may hold other
    marks. "" where none of the first lines is known.
    """
    for line in [line for line in text.splitlines() if line.strip()][:HEAD_ROWS]:
        for mark in DELIMITERS:
            if known([cell.strip().strip('"') for cell in line.split(mark)]):
                return mark
    return ""


def place(rows: Iterable[Sequence[str]], known: Known) -> int:
    """Which of these rows, none of them blank, is the headings: the first that is known, else the first."""
    return next((at for at, cells in enumerate(islice(rows, HEAD_ROWS)) if known(cells)), 0)


def most_like(rows: Iterable[Sequence[str]], count: Callable[[Sequence[str]], int]) -> int:
    """Where none is known: the row with most headings (`count`) that are; of equal ones the fullest."""
    found = [(count(cells), sum(map(bool, cells))) for cells in islice(rows, HEAD_ROWS)]
    return found.index(max(found))


def seen(cells: Sequence[str]) -> str:
    named = [f"«{cell[:_LETTERS]}»" for cell in cells if cell]
    return ", ".join(named[:_SHOWN]) + (", …" if len(named) > _SHOWN else "")
