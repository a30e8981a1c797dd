"""A sum or a day that somebody said, what a turn says of them, and what it is heard against."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nlp.terms import Terms

MAX_AHEAD = datetime.timedelta(days=370)
UNKNOWN_DAY = datetime.date(2001, 1, 1)  # stands in where the day of the call is not known


@dataclass(frozen=True, slots=True)
class Said:
    """A sum or a day, and where it was said (turn and characters)."""

    turn: int
    start: int
    end: int
    amount: Decimal | None = None
    currency: str | None = None
    date: datetime.date | None = None
    debt: bool = False  # told as what is owed, not as what to pay
    rest: bool = False  # a later part of a payment in parts
    deadline: bool = False  # the last day, not the day
    terms: Terms | None = None  # what the creditor is to grant first

    @property
    def worth(self) -> Decimal | datetime.date | None:
        return self.amount if self.amount is not None else self.date


@dataclass(frozen=True, slots=True)
class Frame:
    """What a turn is heard against: the call, and what was asked and named before."""

    call_date: datetime.date
    country: str | None = None
    hint: Decimal | None = None
    named: Mapping[str, Decimal] | None = None
    asked_amount: bool = False
    asked_date: bool = False
    sum_open: bool = False  # a sum was just proposed: a bare number may repeat or counter it
    answering: bool = False  # a question or a proposal stands open
    agreed: bool = False  # something is settled and may be changed
    granted: frozenset[Decimal] | None = None  # the agent just offered, unasked, to settle for these sums
    days: tuple[datetime.date, ...] = ()  # on the table: after «el viernes 17», «el viernes» is that Friday
    until: datetime.date | None = None  # «¿cuánto me da esta semana?»: no bare day is of a later one

    @property
    def may_mean(self) -> tuple[datetime.date, ...]:
        """The days on the table that a bare one may be."""
        return tuple(day for day in self.days if self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Heard:
    amounts: tuple[Said, ...] = ()
    dates: tuple[Said, ...] = ()
    floated_amounts: tuple[Said, ...] = ()
    floated_dates: tuple[Said, ...] = ()
    denied: tuple[Decimal | datetime.date, ...] = ()
    pays: bool = False  # a verb of paying, without doubt or denial, in the speaker's own mouth
    terms: Terms | None = None
