"""When to practise what again, and how well it is known: pure functions over results, one card an objection.

    cards = cards_of(results, failed_calls)
    for card in due(cards, today): ...        # what a real call failed first, then the longest overdue

A pass on or after its day moves a card to the next interval; practising early neither helps nor harms; a fail
goes back to one day; a real call that failed brings its objection to the front.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

DAYS = (1, 3, 7, 14, 30)  # to the next time, after one pass, two, …; the last goes on
FEWEST = 3  # attempts below which mastery is not told
RECENT = 5  # attempts that mastery looks at
MASTERED = 3  # cards passed so often in a row, in their time, count as mastered


@dataclass(frozen=True, slots=True)
class Result:
    """One attempt at an objection. `points` of `of`."""

    objection: str
    on: datetime.date
    points: int
    of: int
    passed: bool


@dataclass(frozen=True, slots=True)
class FailedCall:
    """A real call in which an objection was not met."""

    objection: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Card:
    """`box`: passes in a row, each in its time. `urgent`: a real call failed on it since the last pass."""

    objection: str
    due: datetime.date
    box: int = 0
    urgent: bool = False
    last: datetime.date | None = None  # the last attempt


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well one objection is known: `passed` of the last `recent` attempts; `n` attempts in all.

    `share` 0..1 of their points, None where there are too few attempts to tell.
    """

    objection: str
    n: int
    recent: int
    passed: int
    share: float | None
    box: int
    urgent: bool

    @property
    def mastered(self) -> bool:
        return self.share is not None and self.box >= MASTERED and not self.urgent


def practised(card: Card, result: Result) -> Card:
    """The card after an attempt."""
    if not result.passed:
        return replace(card, box=0, due=_in_days(result.on, 1), last=result.on)
    if result.on < card.due and not card.urgent:
        return replace(card, last=result.on)
    days = DAYS[min(card.box, len(DAYS) - 1)]
    return Card(card.objection, _in_days(result.on, days), card.box + 1, False, result.on)


def failed_in_call(card: Card, on: datetime.date) -> Card:
    """The card after a real call failed on its objection: first in line, at once."""
    return replace(card, box=0, due=min(card.due, on), urgent=True)


def cards_of(results: Iterable[Result], failed: Iterable[FailedCall] = ()) -> tuple[Card, ...]:
    """The cards that attempts and failed calls come to, in whatever order they are given; by objection.

    Of the same day, calls come before attempts: who practises after a failed call has practised it.
    """
    events: list[tuple[datetime.date, int, Result | FailedCall]] = [(one.on, 0, one) for one in failed]
    events += [(one.on, 1, one) for one in results]
    cards: dict[str, Card] = {}
    for on, _, event in sorted(events, key=lambda e: e[:2]):
        card = cards.get(event.objection, Card(event.objection, on))
        after = practised(card, event) if isinstance(event, Result) else failed_in_call(card, on)
        cards[event.objection] = after
    return tuple(cards[name] for name in sorted(cards))


def due(cards: Iterable[Card], today: datetime.date) -> tuple[Card, ...]:
    """What is to be practised today: failed in real calls first, then the longest overdue, then the weak."""
    ready = [card for card in cards if card.due <= today]
    return tuple(sorted(ready, key=lambda card: (not card.urgent, card.due, card.box, card.objection)))


def next_due(cards: Iterable[Card]) -> datetime.date | None:
    """The first day on which something is to be practised."""
    return min((card.due for card in cards), default=None)


def mastery(results: Sequence[Result], failed: Sequence[FailedCall] = ()) -> tuple[Mastery, ...]:
    """How well each objection is known, by objection."""
    out = []
    for card in cards_of(results, failed):
        mine = sorted((one for one in results if one.objection == card.objection), key=lambda one: one.on)
        last = mine[-RECENT:]
        total = sum(one.of for one in last)
        share = sum(one.points for one in last) / total if len(mine) >= FEWEST and total else None
        passed = sum(one.passed for one in last)
        out.append(Mastery(card.objection, len(mine), len(last), passed, share, card.box, card.urgent))
    return tuple(out)


def _in_days(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)
