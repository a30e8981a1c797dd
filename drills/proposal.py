"""What an agent's turn puts on the table: the sum and the day to pay, and whatever else it names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from drills.spared import denied_at
from nlp import money
from nlp.dates import Day
from nlp.heard import chosen, days_of, hear_agent
from nlp.said import UNKNOWN_DAY, Frame, Said
from nlp.stance import Stance, stance_on
from nlp.text import plain
from nlp.types import Part
from transcripts.types import Transcript

# what the agent does, who pays nothing: the day is that of the sending
_SENDS = re.compile(
    r"\b(?:le|les|se lo|se la|se los|se las)(?: va a| voy a| vamos a)? "
    r"(?:mand|envi|reenvi|compart|hago llegar|haremos llegar|remit|actualiz)\w*"
)
_CLAUSE = re.compile(r"[.,;:?!¿¡…](?!\d)|\b[yY]\b")
_SENTENCE = re.compile(r"[.?!…](?!\d)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`amount` and `day` are what is proposed; `sums` every sum to pay, `named` those told as owed too, and
    `days` every day from today on.
    """

    amount: Decimal | None = None
    day: datetime.date | None = None
    sums: tuple[Decimal, ...] = ()
    named: tuple[Decimal, ...] = ()
    days: tuple[datetime.date, ...] = ()
    appointed: bool = False  # a day is named, for a call or a visit too
    later: tuple[Part, ...] = ()  # what is to be paid after `amount` on `day`, where it is asked in parts


@dataclass(frozen=True, slots=True)
class Offer:
    """What a debtor would pay, or has promised to; `later`: what is to follow the first payment."""

    amount: Decimal
    day: datetime.date
    later: tuple[Part, ...] = ()

    @property
    def whole(self) -> Decimal:
        return self.amount + sum((one.amount for one in self.later), Decimal(0))


def proposed(transcript: Transcript, turn: int) -> tuple[Decimal | None, datetime.date | None]:
    """The sum and the day that an agent's turn proposes to pay; what is told as owed is no proposal."""
    made = proposal(transcript, turn)
    return made.amount, made.day


def proposal(transcript: Transcript, turn: int) -> Proposal:
    """«unos 400 para el domingo» proposes 400: an agent who rounds asks all the same."""
    recording = transcript.recording
    due = recording.facts.amount_due
    totals = {} if due is None else {money.TOTAL: due, money.HALF: due / 2}
    frame = Frame(recording.call_date or UNKNOWN_DAY, recording.country, due, totals)
    text = transcript.turns[turn].text
    exact, heard = hear_agent(text, turn, frame), hear_agent(text, turn, frame, about=True)
    asked = _to_pay(exact.amounts) or _to_pay(heard.amounts) or _other(heard.amounts, due)
    asked = tuple(one for one in asked if not denied_at(text, one.start))
    amount = chosen(asked)
    dates = tuple(one for one in heard.dates if _to_pay_on(text, one, heard.amounts))
    day = chosen(_beside(text, amount, dates) or dates)
    firm = [one for one in days_of(text, frame) if one.firm and one.date and one.date >= frame.call_date]
    to_pay = (
        one.date
        for one in firm
        if stance_on(text, one.start, one.end) is not Stance.CALLS and _to_pay_on(text, one, heard.amounts)
    )
    ahead = tuple(date for date in to_pay if date is not None)
    return Proposal(
        amount=amount.amount if amount else None,
        day=day.date if day else next(iter(ahead), None),
        sums=_worth(_other(heard.amounts, due)),
        named=_worth(heard.amounts),
        days=ahead,
        appointed=bool(firm),
        later=_later(asked, dates, amount, day),
    )


def _to_pay_on(text: str, day: Said | Day, sums: Sequence[Said]) -> bool:
    """Whether a day may be one to pay on: nothing is sent then, nor is the payment of that day denied."""
    return not _sent(text, day, sums) and not denied_at(text, day.start)


def _sent(text: str, day: Said | Day, sums: Sequence[Said]) -> bool:
    """Whether a day is that of something sent to the debtor: «le mando hoy el detalle»."""
    first = max((m.end() for m in _CLAUSE.finditer(text, 0, day.start)), default=0)
    stop = _CLAUSE.search(text, day.end)
    last = stop.start() if stop else len(text)
    beside = any(first <= one.start < last for one in sums)
    return not beside and _SENDS.search(plain(text[first:last])) is not None


def _beside(text: str, amount: Said | None, days: Sequence[Said]) -> tuple[Said, ...]:
    """The days named in the sentence of the sum."""
    if amount is None:
        return ()
    return tuple(
        one
        for one in days
        if _SENTENCE.search(text, min(one.end, amount.end), max(one.start, amount.start)) is None
    )


def _later(
    asked: Sequence[Said], days: Sequence[Said], amount: Said | None, day: Said | None
) -> tuple[Part, ...]:
    """The parts after the first, where as many days as sums are named, in turn about."""
    if amount is None or day is None:
        return ()
    sums = [one for one in asked if one.start >= amount.start]
    coming = [one for one in days if one.start >= day.start]
    if len(sums) != len(coming):
        return ()
    parts = [Part(s.amount, d.date) for s, d in zip(sums, coming, strict=True) if s.amount and d.date]
    in_order = all(one.date < after.date for one, after in pairwise(parts))
    return tuple(parts[1:]) if in_order else ()


def _to_pay(said: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(one for one in said if not one.debt)


def _other(said: tuple[Said, ...], due: Decimal | None) -> tuple[Said, ...]:
    """Without the debt itself: «le quito la mora y son 4 de 131.000» tells what to pay."""
    return tuple(one for one in said if not (one.debt and one.amount == due))


def _worth(said: tuple[Said, ...]) -> tuple[Decimal, ...]:
    return tuple(one.amount for one in said if one.amount is not None)
