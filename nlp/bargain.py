"""What lies on the table while two people bargain, and what the agent puts there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from nlp import money, yes
from nlp.days import next_weekday
from nlp.folded import folded
from nlp.heard import hear_agent, names_of
from nlp.phrases import phrases
from nlp.said import UNKNOWN_DAY, Frame, Heard, Said
from nlp.terms import answers, in_question, offers
from transcripts.types import Transcript

_REJECTS = phrases("rejects")
_THIS_WEEK = re.compile(r"\besta (?:misma )?semana\b")


@dataclass(slots=True)
class Table:
    """What lies on the table after each turn: agreed, offered by the agent, floated by the debtor."""

    amount: Said | None = None
    date: Said | None = None
    offered_amount: Said | None = None
    offered_date: Said | None = None
    floated_amount: Said | None = None
    floated_date: Said | None = None
    committed: int | None = None
    hint: Decimal | None = None
    named: dict[str, Decimal] = field(default_factory=dict)
    choices: tuple[Said, ...] = ()  # the sums of the agent's last list of ways

    def clear(self) -> None:
        self.amount = self.date = self.floated_amount = self.floated_date = None
        self.offered_amount = self.offered_date = self.committed = None


def frame_of(table: Table, transcript: Transcript, index: int) -> Frame:
    """What turn `index` is heard against: the agent's turn just before it, and all that was named."""
    recording = transcript.recording
    before = agent_turn_before(transcript, index)
    how_much, when, yes_no = (
        yes.asks(transcript.turns[before].text) if before is not None else (False, False, False)
    )
    offered = before is not None and any(
        o and o.turn == before for o in (table.offered_amount, table.offered_date)
    )
    how = before is not None and yes.asks_how(transcript.turns[before].text)
    fresh = table.offered_amount is not None and table.offered_amount.turn == before
    return Frame(
        recording.call_date or UNKNOWN_DAY,
        recording.country,
        table.hint,
        table.named,
        asked_amount=how_much,
        sum_open=fresh and not when,
        asked_date=when,
        answering=how_much or when or how or (yes_no and offered),
        agreed=table.amount is not None or table.date is not None,
        granted=_granted(table, transcript.turns[before].text) if before is not None else None,
        days=_last_named(table),
        until=_end_of_week(transcript, (before, index)),
    )


def _last_named(table: Table) -> tuple[datetime.date, ...]:
    """The days on the table, the one named last first: «ese viernes» is that."""
    named = (s for s in (table.date, table.offered_date, table.floated_date) if s is not None)
    return tuple(s.date for s in sorted(named, key=lambda s: -s.turn) if s.date)


def _end_of_week(transcript: Transcript, turns: Iterable[int | None]) -> datetime.date | None:
    """The Sunday after the call, where one of `turns` speaks of this week."""
    day = transcript.recording.call_date
    said = (folded(transcript.turns[at].text).line for at in turns if at is not None)
    if day is None or not any(_THIS_WEEK.search(line) for line in said):
        return None
    return next_weekday(day, 6, today=True)


def _granted(table: Table, text: str) -> frozenset[Decimal] | None:
    named = (*table.choices, table.offered_amount)
    return frozenset(s.amount for s in named if s and s.amount is not None) if offers(text) else None


def agent_turn_before(transcript: Transcript, index: int) -> int | None:
    """The agent's last turn before `index`, if no more than three turns back."""
    turns = transcript.turns
    return next((i for i in range(index - 1, max(-1, index - 4), -1) if turns[i].speaker == "agent"), None)


def hear_offer(table: Table, transcript: Transcript, index: int, frame: Frame) -> None:
    """What an agent's turn changes on the table: names, offers, a float taken up or turned down."""
    text = transcript.turns[index].text
    table.named |= names_of(text, frame)
    table.hint = transcript.recording.facts.amount_due or table.named.get(money.TOTAL) or table.hint
    heard = hear_agent(text, index, frame)
    if table.hint is None and heard.amounts:
        table.hint = max(s.amount for s in heard.amounts if s.amount is not None)
    if heard.amounts:
        table.choices = tuple(s for s in heard.amounts if not s.debt)
    if _reads_back(table, heard):
        return
    if _REJECTS.search(folded(text).line) and table.committed is not None and table.committed >= index - 2:
        _take_back(table, heard)
    else:
        _take_up_floated(table, text, heard, index)
    days = tuple(s for s in heard.dates if not s.rest)
    date = days[0] if len(days) > 1 and len(heard.amounts) > 1 else _proposed(text, days)
    sums = tuple(s for s in heard.amounts if not s.rest)
    amount = sums[0] if _in_turn(sums, days) else _amount_for(date, text, sums)
    if amount is not None and not (amount.debt and table.amount is not None):
        table.offered_amount = amount
    if date is not None:
        table.offered_date = date


def drop_denied(table: Table, heard: Heard) -> None:
    """What the payer denies is off the table."""
    for worth in heard.denied:
        if table.amount is not None and table.amount.amount == worth:
            table.amount, table.committed = None, None
        if table.date is not None and table.date.date == worth:
            table.date, table.committed = None, None
        if table.offered_date is not None and table.offered_date.date == worth:
            table.offered_date = None
        if table.offered_amount is not None and table.offered_amount.amount == worth:
            table.offered_amount = None


def _reads_back(table: Table, heard: Heard) -> bool:
    """Whether the agent only says again what was agreed."""
    if table.amount is None or table.date is None:
        return False
    return table.amount.amount in {s.amount for s in heard.amounts} and table.date.date in {
        s.date for s in heard.dates
    }


def _take_back(table: Table, heard: Heard) -> None:
    """The agent does not take what the debtor just offered: it is on the table, but not agreed."""
    if heard.amounts and table.amount is not None and table.amount.turn == table.committed:
        table.amount, table.committed = None, None
    elif heard.dates and table.date is not None and table.date.turn == table.committed:
        table.date, table.committed = None, None


def _take_up_floated(table: Table, text: str, heard: Heard, index: int) -> None:
    """What the debtor floated becomes an offer unless the agent turns it down; agreed where the agent says
    yes.
    """
    floated = [s for s in (table.floated_amount, table.floated_date) if s is not None and index - s.turn <= 2]
    if not floated or _REJECTS.search(folded(text).line):
        return
    echoed = {s.worth for s in (*heard.amounts, *heard.dates)}
    terms = next((s.terms for s in floated if s.terms is not None), None)
    if terms is not None:
        offered = {s.worth for s in floated if s.worth is not None}
        told = {s.worth for s in (*heard.amounts, *heard.dates) if s.worth and not in_question(text, s.end)}
        if not answers(text, terms, offered, told, table.hint):
            return
    taken = terms is not None or yes.says_yes(text) is not None or any(s.worth in echoed for s in floated)
    for said in floated:
        if said.amount is not None:
            table.offered_amount = said
            table.amount = said if taken else table.amount
        else:
            table.offered_date = said
            table.date = said if taken else table.date
    if taken and table.amount and table.date:
        table.committed = max(s.turn for s in floated)
        table.floated_amount = table.floated_date = None


def _proposed(text: str, days: tuple[Said, ...]) -> Said | None:
    """The day that an agent's turn proposes: the first of its last question that names one, else the last
    named.
    """
    asked = [s for s in days if _in_last_question(text, s)]
    return asked[0] if asked else (days[-1] if days else None)


def _in_turn(sums: tuple[Said, ...], days: tuple[Said, ...]) -> bool:
    """Whether each sum is told with its day after it: «quinientos el viernes y setecientos el treinta»."""
    row = sorted((*sums, *days), key=lambda said: said.start)
    return len(days) > 1 and all((said.amount is None) == bool(at % 2) for at, said in enumerate(row))


def _amount_for(date: Said | None, text: str, sums: tuple[Said, ...]) -> Said | None:
    asked = (
        tuple(s for s in sums if _in_last_question(text, s)) or tuple(s for s in sums if not s.debt) or sums
    )
    if not asked:
        return None
    if date is None:
        return asked[-1]
    return min(asked, key=lambda s: min(abs(s.end - date.start), abs(date.end - s.start)))


def _in_last_question(text: str, said: Said) -> bool:
    last = text.rfind("?")
    first = max((text.rfind(c, 0, last) for c in ".?!"), default=-1) if last >= 0 else -1
    return last >= 0 and first < said.start <= last
