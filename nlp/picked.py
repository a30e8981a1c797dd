"""Which of several ways that the agent offered the payer takes: «la de los cuatro abonos», «en un solo pago»,
«la segunda».

What was offered beside it was turned down by that, so its sums and days are no longer what may be agreed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from nlp import yes
from nlp.bargain import Table, agent_turn_before
from nlp.folded import Folded, folded, phrase
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.said import Said
from nlp.stance import Stance
from transcripts.types import Transcript

_OTHERWISE = phrases("other_way")
_AT_ONCE, _IN_PARTS, _HALF = phrases("at_once"), phrases("way_in_parts"), phrases("sum_half")
_PAYMENTS = phrases("payments")
_SO_MANY = re.compile(rf" #(?P<n>[2-9]|1[0-9]|2[0-4]) (?={_PAYMENTS.pattern})")
_THAT_OF = phrase(
    "(?:en|(?:la|el|lo) de(?: (?:los|las|a))?|los|las) #(?P<n>[2-9]|1[0-2])"
    "(?= (?:[.,]|mejor|desde|pues|entonces) | $)"
)
_PLACES = (phrases("first"), phrases("second"), phrases("third"))
_LAST = phrases("last_of_all")
_ASKS = re.compile(r"\?|\b[Cc]u[aá]nto")
_NOT = re.compile(r" (?:no|ni|ninguna|ninguno|tampoko) ")
_TOLD = (Stance.DENIES, Stance.PAST, Stance.EARNS)
HALVES = 2


class Way(NamedTuple):
    """Characters `start..end` of the agent's turn offer one way; `many`: in so many payments, where told."""

    start: int
    end: int
    many: int | None

    def holds(self, mention: Mention) -> bool:
        return self.start <= mention.start < self.end


class Picked(NamedTuple):
    """`kept`: the mentions before, without those of the ways passed over; `said`: what taking one says."""

    kept: list[Mention]
    said: list[Mention]


def picked(
    mentions: Sequence[Mention], transcript: Transcript, index: int, own: Sequence[Mention], table: Table
) -> Picked | None:
    """What the debtor's turn `index` takes of several ways offered just before, laid on the `table` as that
    offer; None where it takes none. `own`: the sums and days that the turn names itself.
    """
    before = agent_turn_before(transcript, index)
    if before is None or any(not m.is_day for m in own):
        return None  # a sum of the debtor's own says more than any of this
    there = [m for m in mentions if m.turn == before]
    offered = _ways(transcript.turns[before].text, there)
    way = _taken(transcript.turns[index].text, offered) if len(offered) > 1 else None
    if way is None:
        return None
    taken = [m for m in there if way.holds(m)]
    first = _first(taken, day=False), _first(taken, day=True)
    _lay(table, before, first)
    days_of_its_own = bool(own)
    whole = len(transcript.turns[index].text)
    said = [
        replace(m, turn=index, start=0, end=whole, by_agent=False, stance=Stance.SUGGESTS, in_question=False)
        for m in first
        if m is not None and not (m.is_day and days_of_its_own)
    ]
    return Picked([m for m in mentions if m.turn != before or way.holds(m)], said)


def _ways(text: str, there: Sequence[Mention]) -> list[Way]:
    """The ways that an agent's turn offers, each with a sum; one or none where it offers no choice."""
    turn = folded(text)
    sums = sorted(m.start for m in there if not (m.is_day or m.debt) and m.stance not in _TOLD)
    cuts = [0]
    for sep in _OTHERWISE.finditer(turn.line):
        at = turn.cell(sep.start() + 1).start
        if any(cuts[-1] <= place < at for place in sums) and any(place >= at for place in sums):
            cuts.append(at)
    ends = [*cuts[1:], len(text)]
    return [Way(start, end, _many(folded(text[start:end]))) for start, end in zip(cuts, ends, strict=True)]


def _many(turn: Folded) -> int | None:
    if (told := _SO_MANY.search(turn.line)) is not None:
        return int(told["n"])
    if _AT_ONCE.search(turn.line):
        return 1
    return HALVES if _HALF.search(turn.line) else None


def _taken(text: str, offered: Sequence[Way]) -> Way | None:
    line = folded(text).line
    if _ASKS.search(text) or _NOT.search(line) or yes.refuses(text) is not None:
        return None
    told = _SO_MANY.search(line) or _THAT_OF.search(line)
    if told is not None:
        return _only([way for way in offered if way.many == int(told["n"])])
    if _HALF.search(line):
        return _only([way for way in offered if way.many == HALVES])
    if _AT_ONCE.search(line):
        return _only([way for way in offered if way.many == 1])
    if _LAST.search(line):
        return offered[-1]
    named = [way for way, place in zip(offered, _PLACES, strict=False) if place.search(line)]
    if named:
        return _only(named)
    return _only([way for way in offered if way.many != 1]) if _IN_PARTS.search(line) else None


def _only(ways: Sequence[Way]) -> Way | None:
    return ways[0] if len(ways) == 1 else None


def _first(there: Sequence[Mention], *, day: bool) -> Mention | None:
    """The first sum, or day, of a way; no later part of it."""
    found = (m for m in sorted(there, key=lambda m: m.start) if m.is_day == day and not m.rest)
    return next((m for m in found if m.stance not in _TOLD), None)


def _lay(table: Table, turn: int, first: tuple[Mention | None, Mention | None]) -> None:
    """Lay on the table, as the agent's offer, what the way names first; no day of another way stays there."""
    amount, day = first
    if amount is not None and isinstance(amount.worth, Decimal):
        table.offered_amount = Said(
            turn, amount.start, amount.end, amount=amount.worth, currency=amount.currency
        )
    if day is not None and isinstance(day.worth, datetime.date):
        table.offered_date = Said(turn, day.start, day.end, date=day.worth)
    elif table.offered_date is not None and table.offered_date.turn == turn:
        table.offered_date = None
