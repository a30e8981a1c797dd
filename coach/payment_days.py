"""The days of a table of payments. A wrong one would make promises look broken, or kept: so a line whose day
is in doubt, is yet to come or is of long ago is told and not used.

One program writes a file, and all its days in one order, of whatever country its accounts are. So what can be
read both ways is read as in the account's country only where no line of the file shows the other order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach import days_ahead
from transcripts.facts import values
from transcripts.facts.values import Place

Order = Literal["day", "month"]

SURE = "escriba AAAA-MM-DD"  # or say the country: at the terminal, and so told there
_TWO_DAYS = "puede ser {first} o {other}; " + SURE
_TWO_MINDS: dict[Order, str] = {
    "month": "puede ser {first} o {other}: la fila {row} («{proof}») solo se entiende con el mes primero; "
    + SURE,
    "day": "puede ser {first} o {other}: la fila {row} («{proof}») solo se entiende con el día primero; "
    + SURE,
}
_UNLIKE = (
    "puede ser {first} o {other}: el archivo trae cuentas de países que escriben el día y el mes al revés, y "
    "ninguna fila muestra cómo los escribe; " + SURE
)
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


@dataclass(frozen=True, slots=True)
class Written:
    """How a file writes its days. `shown`: by an order, the first line that can be read in no other, whatever
    its account's country; `unlike`: no line shows one, and its accounts' countries have both.
    """

    shown: Mapping[Order, Cell]
    unlike: bool = False


def written(cells: Iterable[Cell]) -> Written:
    shown: dict[Order, Cell] = {}
    orders: set[Order] = set()
    for cell in cells:
        if only := values.only_order(cell.text):
            shown.setdefault(only, cell)
        elif cell.order and len(_readings(cell.text)) > 1:
            orders.add(cell.order)
    return Written(shown, not shown and len(orders) > 1)


def _readings(text: str) -> list[date]:
    """The days that it can be, in their order; none where it is no day."""
    try:
        return sorted({values.day(text, Place(one)) for one in (None, _MONTH_FIRST)})
    except ValueError:
        return []


def read(cell: Cell, how: Written, today: date) -> date:
    """The day that all its countries read, and nothing in the file speaks against; ValueError with the reason
    where there is none.
    """
    try:
        both = sorted({values.day(cell.text, Place(one)) for one in (None, _MONTH_FIRST)})
        _believed(both, today)
        found = both[0] if len(both) == 1 else _of_two(cell, both, how)
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


def _of_two(cell: Cell, both: list[date], how: Written) -> date:
    days = {"first": both[0], "other": both[1]}
    if cell.order is None:
        raise ValueError(_TWO_DAYS.format(**days))
    other: Order = "day" if cell.order == "month" else "month"
    if proof := how.shown.get(other):
        raise ValueError(_TWO_MINDS[other].format(**days, row=proof.row, proof=proof.text[:40]))
    if how.unlike:
        raise ValueError(_UNLIKE.format(**days))
    return values.day(cell.text, Place(_MONTH_FIRST if cell.order == "month" else None))
