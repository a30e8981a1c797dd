"""The days of a table of payments. A wrong one would make promises look broken, or kept: so a line whose day
is in doubt, is yet to come or is of long ago is told and not used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach import days_ahead
from transcripts.facts import values
from transcripts.facts.values import Place

Order = Literal["day", "month"]

_TWO_DAYS = "puede ser {first} o {other}; escriba AAAA-MM-DD o indique el país con --country"
_TWO_MINDS: dict[Order, str] = {
    "month": "puede ser {first} o {other}: la fila {row} («{proof}») solo se entiende con el mes primero; "
    "escriba AAAA-MM-DD o indique el país con --country",
    "day": "puede ser {first} o {other}: la fila {row} («{proof}») solo se entiende con el día primero; "
    "escriba AAAA-MM-DD o indique el país con --country",
}
_AHEAD = "es un día que aún no llega; revise la fecha"
_LONG_AGO = "es de hace más de diez años; revise la fecha"
_MONTH_FIRST = "US"


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    text: str
    countries: Collection[str]  # for which it may be written; "" for one that is not known

    @property
    def order(self) -> Order | None:
        """As it is written in its countries; None where they write both."""
        month_first = {one == _MONTH_FIRST for one in self.countries}
        if len(month_first) > 1:
            return None
        return "month" if month_first == {True} else "day"


def proofs(cells: Iterable[Cell]) -> dict[Order, Cell]:
    """By an order that the file does not keep to where its accounts would: the first line that shows it."""
    found: dict[Order, Cell] = {}
    for cell in cells:
        only = values.only_order(cell.text)
        if only and cell.order and only != cell.order:
            found.setdefault(cell.order, cell)
    return found


def read(cell: Cell, against: dict[Order, Cell], today: date) -> date:
    """The day that all its countries read, and nothing in the file speaks against; ValueError with the reason
    where there is none.
    """
    try:
        both = sorted({values.day(cell.text, Place(one)) for one in (None, _MONTH_FIRST)})
        _believed(both, today)
        found = both[0] if len(both) == 1 else _of_two(cell, both, against)
        _believed([found], today)
    except ValueError as error:
        raise ValueError(f"«{cell.text[:40]}» {error}") from error
    return found


def _believed(days: list[date], today: date) -> None:
    """ValueError where not one of these days, in their order, can be that of a payment."""
    if days[0] > today:
        raise ValueError(_AHEAD)
    if days_ahead.is_long_ago(days[-1]):
        raise ValueError(_LONG_AGO)


def _of_two(cell: Cell, both: list[date], against: dict[Order, Cell]) -> date:
    if cell.order is None:
        raise ValueError(_TWO_DAYS.format(first=both[0], other=both[1]))
    if proof := against.get(cell.order):
        said = _TWO_MINDS["day" if cell.order == "month" else "month"]
        told = {"first": both[0], "other": both[1], "row": proof.row, "proof": proof.text[:40]}
        raise ValueError(said.format(**told))
    return values.day(cell.text, Place(_MONTH_FIRST if cell.order == "month" else None))
