"""What of a call has reached its age today, and what stays a while longer: a call too old when it came
may be of a recorder whose clock stopped, and somebody can put its day right before anything goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Row

from coach.workdays import local_day

What = Literal["audio", "words", "call"]

_GRACE_DAYS = 30  # from the day it came; less where even a call of that day would stay for less
_LATE = (
    "llegó el {came} y por su fecha ya había cumplido su plazo: se borra desde el {until}; si la fecha está "
    "mal, corríjala antes"
)


def due(row: Row[Any], ages: Mapping[What, int], today: date) -> tuple[tuple[What, ...], str]:
    """What of a call is due by these ages in days, and why it stays for now all the same; "" if it goes."""
    age = (today - day_of(row)).days
    past = {what: days for what, days in ages.items() if age >= days}
    until = {what: day for what, days in past.items() if (day := _stays_until(row, days)) > today}
    if goes := _there(row, [what for what in past if what not in until]):
        return goes, ""
    if not (stays := _there(row, list(past))):
        return (), ""
    return stays, _LATE.format(came=local_day(row.added_at), until=min(until[what] for what in stays))


def day_of(row: Row[Any]) -> date:
    """Of the call; where that is not known, on which it came."""
    day: date = row.call_date or local_day(row.added_at)
    return day


def _there(row: Row[Any], past: Sequence[What]) -> tuple[What, ...]:
    """What of this the call still has."""
    if "call" in past:
        return ("call",)
    there = {"words": row.no_words is None, "audio": row.audio is not None and row.no_audio is None}
    return tuple(what for what in past if there[what])


def _stays_until(row: Row[Any], days: int) -> date:
    """The first day on which what is kept for so many days may go."""
    over, came = day_of(row) + timedelta(days=days), local_day(row.added_at)
    return over if came < over else came + timedelta(days=min(days, _GRACE_DAYS))
