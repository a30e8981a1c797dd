"""What an agent's turn puts on the table: the sum and the day to pay, and whatever else it names."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from nlp import money
from nlp.heard import chosen, days_of, hear_agent
from nlp.said import UNKNOWN_DAY, Frame, Said
from nlp.stance import Stance, stance_on
from transcripts.types import Transcript


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
    amount, day = chosen(asked), chosen(heard.dates)
    firm = [one for one in days_of(text, frame) if one.firm and one.date and one.date >= frame.call_date]
    to_pay = (one.date for one in firm if stance_on(text, one.start, one.end) is not Stance.CALLS)
    ahead = tuple(date for date in to_pay if date is not None)
    return Proposal(
        amount=amount.amount if amount else None,
        day=day.date if day else next(iter(ahead), None),
        sums=_worth(_other(heard.amounts, due)),
        named=_worth(heard.amounts),
        days=ahead,
        appointed=bool(firm),
    )


def _to_pay(said: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(one for one in said if not one.debt)


def _other(said: tuple[Said, ...], due: Decimal | None) -> tuple[Said, ...]:
    """Without the debt itself: «le quito la mora y son 4 de 131.000» tells what to pay."""
    return tuple(one for one in said if not (one.debt and one.amount == due))


def _worth(said: tuple[Said, ...]) -> tuple[Decimal, ...]:
    return tuple(one.amount for one in said if one.amount is not None)
