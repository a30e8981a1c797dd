"""How strict each reviewer is: their share of fails beside that of others on the same calls, and of the
machine.

Only words spoken blind are compared, and only where both sides said pass or fail. Verdicts of one call hang
together, so the interval (95 %, analytic) is that of a mean over calls weighted by their verdicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, cast, func, select

from coach import by_name
from coach.agreement import people_said
from coach.intervals import weighted
from coach.schema_people import users
from coach.schema_work import ratings
from coach.store import Store
from coach.viewers import Viewer
from rubrics.types import Outcome

_LIKE = 0.05  # a spread that is assumed of calls which all differ alike: chance, not certainty

PerCall = dict[int, list[tuple[int, int, float]]]  # by person: (verdicts, own fails, fails of the other side)


@dataclass(frozen=True, slots=True)
class Difference:
    """Share of fails of a person and of the other side, 0..1, and how much more the person fails."""

    calls: int
    verdicts: int
    own: float | None = None
    other: float | None = None
    low: float | None = None  # of own - other; None below two calls
    high: float | None = None

    @property
    def value(self) -> float | None:
        return None if self.own is None or self.other is None else self.own - self.other

    @property
    def stands_out(self) -> bool:
        """Whether the interval leaves out that both are as strict."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class StrictnessRow:
    user_id: int
    name: str
    machine: Difference
    others: Difference


def strictness(store: Store, viewer: Viewer, since: datetime | None = None) -> tuple[StrictnessRow, ...]:
    """Everybody who reviewed blind, from `since` where it is given, by name."""
    viewer.require("calibrate")
    with store.reading() as connection:
        machine = _beside_machine(connection, since)
        others = _beside_others(people_said(connection, since))
        people = machine.keys() | others.keys()
        named = select(users.c.id, users.c.name).where(users.c.id.in_(people))
        rows = connection.execute(named.order_by(by_name.column(users.c.name), users.c.id)).all()
    return tuple(
        StrictnessRow(
            who.id, who.name, difference(machine.get(who.id, [])), difference(others.get(who.id, []))
        )
        for who in rows
    )


def difference(calls: list[tuple[int, int, float]]) -> Difference:
    """From (verdicts, own fails, fails of the other side) of each call."""
    verdicts = sum(n for n, _, _ in calls)
    if not verdicts:
        return Difference(0, 0)
    own, other = sum(own for _, own, _ in calls), sum(other for _, _, other in calls)
    found = weighted([(a - b) / n for n, a, b in calls], [float(n) for n, _, _ in calls], spread=_LIKE)
    value, margin = found.value or 0.0, found.margin
    ends = (None, None) if margin is None else (max(-1.0, value - margin), min(1.0, value + margin))
    return Difference(len(calls), verdicts, own / verdicts, other / verdicts, *ends)


def _beside_machine(connection: Connection, since: datetime | None) -> PerCall:
    said = ratings.c
    query = (
        select(
            said.user_id,
            func.count(),
            func.sum(cast(said.person == "fail", Integer)),
            func.sum(cast(said.machine == "fail", Integer)),
        )
        .where(said.blind, said.user_id.is_not(None), said.person != "na", said.machine != "na")
        .group_by(said.user_id, said.recording_id)
    )
    query = query.where(said.at >= since) if since else query
    found: PerCall = defaultdict(list)
    for user_id, n, own, machine in connection.execute(query):
        found[user_id].append((n, own, float(machine)))
    return found


def _beside_others(said: Mapping[str, Mapping[str, Mapping[int, Outcome]]]) -> PerCall:
    """Each person's word beside the mean of the others' on the same criterion of the same call."""
    sums: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for calls in said.values():
        for recording_id, words in calls.items():
            judged = {user_id: word == "fail" for user_id, word in words.items() if word != "na"}
            for user_id, failed in judged.items():
                others = [word for other, word in judged.items() if other != user_id]
                if others:
                    row = sums[user_id, recording_id]
                    row[0] += 1
                    row[1] += failed
                    row[2] += sum(others) / len(others)
    found: PerCall = defaultdict(list)
    for (user_id, _), (n, own, other) in sums.items():
        found[user_id].append((int(n), int(own), other))
    return found
