"""Whether coaching helped: an agent's real calls before and after, of the same kind, with an interval.

Calls are parted by country and kind of call. Each part's difference is weighed by its share of the later
calls, so that an easier mix is not taken for progress. Parts that were not met on both sides are left out.
Critical failures that nobody has judged yet could go either way: what is told holds both ways.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Any, Literal

from sqlalchemy import select

from coach import blind, patterns
from coach.intervals import Z
from coach.kappa import Share
from coach.outcomes import outcomes
from coach.patterns import Told
from coach.queries import JUDGED, where
from coach.rows import NOBODY, CallFilter
from coach.schema import findings, ladders, recordings
from coach.store import Store
from coach.viewers import HOUSE, Viewer
from rubrics.types import Criterion

LEAST_CALLS = 8  # on either side, of kinds that both sides have
Kind = tuple[str | None, str | None]  # country, kind of call
Shares = dict[Kind, tuple[int, int]]  # faults, calls
Direction = Literal["unknown", "better", "worse"]
# few: like calls · never: calls of before, and none of before come any more · waits: failures that wait for a
# person decide it · chance: the interval holds no change
Why = Literal["", "few", "never", "waits", "chance"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind of call: those with the fault, those that are known, and those whose fault nobody has
    confirmed or dismissed.
    """

    faults: int = 0
    calls: int = 0
    waits: int = 0

    def settled(self, *, confirmed: bool) -> tuple[int, int]:
        """Faults and calls once people have judged all that waits, all of it alike."""
        return self.faults + confirmed * self.waits, self.calls + self.waits


Sums = Mapping[Kind, Counts]


@dataclass(frozen=True, slots=True)
class Effect:
    """`before` and `after` are shares of calls with the fault. `change` (after minus before, -1..1) and
    `margin`, half of its 95 % interval, are of like calls only; None where there are too few, or where it
    hangs on failures that wait for a person whether it is more or less. `team`: the colleagues in the same
    days. `waiting`: calls with such a failure before and after, in none of the shares; `team_waiting` theirs.
    `like`: how many like calls there are before and after; None of what was kept without it.
    """

    before: Share
    after: Share
    change: float | None
    margin: float | None
    team_before: Share
    team_after: Share
    waiting: tuple[int, int] = (0, 0)
    team_waiting: int = 0
    like: tuple[int, int] | None = None

    @property
    def why(self) -> Why:
        """Why it cannot be told; "" where it can, or nobody knows any more."""
        if self.verdict != "unknown":
            return ""
        if self.change is not None:
            return "chance"
        if self.before.n + self.waiting[0] < LEAST_CALLS:
            return "never"
        if self.like is None:
            return ""
        return "few" if min(self.like) < LEAST_CALLS else "waits"

    @property
    def verdict(self) -> Direction:
        if self.change is None or self.margin is None or abs(self.change) <= self.margin:
            return "unknown"
        return "better" if self.change < 0 else "worse"


def effect(
    store: Store,
    viewer: Viewer,
    criteria: Mapping[str, Criterion],
    whose: CallFilter,
    pattern: str,
    before: tuple[date, date],
    after: tuple[date, date],
) -> Effect:
    """The two spells of days, both ends included, less what the viewer is to judge blind; the colleagues'
    calls are only added up. `whose`: what `calls_of` gives.
    """
    spells = [CallFilter(since=since, until=until) for since, until in (before, after)]
    told = [replace(whose, since=one.since, until=one.until) for one in spells]
    mine = [_sums(store, viewer, blind.without(store, viewer, which), pattern, criteria) for which in told]
    change = bounded(*mine)
    others: list[Sums] = []
    for which in spells:
        near = _beside(store, which, whose)
        others.append(_sums(store, HOUSE, replace(which, people=near), pattern, criteria) if near else {})
    return Effect(
        _whole(mine[0]), _whole(mine[1]), *change, _whole(others[0]), _whole(others[1]),
        (_waits(mine[0]), _waits(mine[1])), sum(map(_waits, others)), _like(*mine),
    )  # fmt: skip


def calls_of(user_id: int | None, login: str) -> CallFilter:
    """A person's calls, by whichever login was theirs on the day; without one those of the login, of days on
    which it was nobody's.
    """
    return CallFilter(people=(user_id,)) if user_id else CallFilter(agents=(login,), people=(NOBODY,))


def after_of(made_on: date, today: date) -> tuple[date, date]:
    """The days that tell: from the day after a plan was made."""
    return made_on + timedelta(days=1), max(today, made_on + timedelta(days=1))


def bounded(before: Sums, after: Sums) -> tuple[float | None, float | None]:
    """The smallest difference that may be left once people have judged what waits, with half of its interval;
    None where it may still be more or less.
    """
    ends = []
    for confirmed in (False, True):  # of the later calls; of the earlier ones the other way
        earlier = {kind: one.settled(confirmed=not confirmed) for kind, one in before.items()}
        later = {kind: one.settled(confirmed=confirmed) for kind, one in after.items()}
        ends.append(compared(earlier, later))
    (low, _), (high, _) = ends
    if low is None or high is None or low < 0 < high:
        return None, None
    return min(ends, key=lambda end: abs(end[0] or 0.0))


def compared(before: Shares, after: Shares) -> tuple[float | None, float | None]:
    """The weighed difference and half of its interval; variances as if each part had one more call of either
    outcome (Agresti and Caffo), so that a handful of calls alike is not taken for certainty.
    """
    like = [kind for kind in after if kind in before]
    n = sum(after[kind][1] for kind in like)
    if n < LEAST_CALLS or sum(before[kind][1] for kind in like) < LEAST_CALLS:
        return None, None
    change = variance = 0.0
    for kind in like:
        share = after[kind][1] / n
        (x, m), (y, k) = before[kind], after[kind]
        change += share * (y / k - x / m)
        variance += share**2 * (_variance(x, m) + _variance(y, k))
    return change, Z * sqrt(variance)


def _like(before: Sums, after: Sums) -> tuple[int, int]:
    """The calls of kinds that both sides have, those that wait for a person too."""
    both = before.keys() & after.keys()
    earlier, later = (sum(side[kind].calls + side[kind].waits for kind in both) for side in (before, after))
    return earlier, later


def as_kept(of: Effect) -> dict[str, Any]:
    """An effect as it is kept with a plan that was closed."""
    shares = ("before", "after", "team_before", "team_after")
    return {name: [getattr(of, name).hits, getattr(of, name).n] for name in shares} | {
        "change": of.change, "margin": of.margin, "waiting": of.waiting, "team_waiting": of.team_waiting,
        "like": of.like,
    }  # fmt: skip


def kept(body: Mapping[str, Any]) -> Effect:
    return Effect(
        Share(*body["before"]), Share(*body["after"]), body["change"], body["margin"],
        Share(*body["team_before"]), Share(*body["team_after"]),
        tuple(body.get("waiting", (0, 0))), body.get("team_waiting", 0),
        tuple(body["like"]) if body.get("like") else None,
    )  # fmt: skip


def _variance(hits: int, n: int) -> float:
    p = (hits + 1) / (n + 2)
    return p * (1 - p) / (n + 2)


def _whole(sums: Sums) -> Share:
    return Share(sum(one.faults for one in sums.values()), sum(one.calls for one in sums.values()))


def _waits(sums: Sums) -> int:
    return sum(one.waits for one in sums.values())


def _beside(store: Store, which: CallFilter, whose: CallFilter) -> tuple[int, ...]:
    found = (patterns.people_beside(store, which, one) for one in whose.people if one != NOBODY)
    return tuple(sorted(frozenset[int]().union(*found)))


def _sums(
    store: Store, viewer: Viewer, which: CallFilter, pattern: str, criteria: Mapping[str, Criterion]
) -> Sums:
    kind, _, name = pattern.partition(":")
    if kind == "objection":
        rows = _objections(store, viewer, which, name)
    else:
        kinds = _kinds(store, viewer, which)
        told = ((one, patterns.told_of(one, name, criteria)) for one in outcomes(store, viewer, which))
        rows = [
            (kinds[one.recording_id], said)
            for one, said in told
            if said is not None and one.recording_id in kinds
        ]
    found: dict[Kind, Counter[Told]] = defaultdict(Counter)
    for of, said in rows:
        found[of][said] += 1
    return {of: Counts(n["fault"], n["fault"] + n["met"], n["waits"]) for of, n in found.items()}


def _kinds(store: Store, viewer: Viewer, which: CallFilter) -> dict[str, Kind]:
    r = recordings.c
    query = select(r.id, r.country, r.call_type).select_from(JUDGED).where(*where(viewer, which))
    with store.reading() as connection:
        return {row.id: (row.country, row.call_type) for row in connection.execute(query)}


def _objections(store: Store, viewer: Viewer, which: CallFilter, label: str) -> list[tuple[Kind, Told]]:
    r, of = recordings.c, ladders.c
    query = select(r.country, r.call_type, of.fits)
    query = query.select_from(JUDGED.join(ladders, of.findings_id == findings.c.id))
    query = query.where(of.label == label, of.times > 0, of.fits + of.missed > 0, *where(viewer, which))
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [((row.country, row.call_type), "met" if row.fits else "fault") for row in rows]
