"""What to practise: today's five minutes, what was assigned, and which case fits whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select

from coach.dated import in_force
from coach.practice_cards import Missed, failed_calls, missed, results_of
from coach.scenarios import scenarios
from coach.schema_drills import drill_assigned, drill_assignments, drill_attempts
from coach.schema_people import memberships, sites, teams, users
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills import schedule
from drills.drill import FormatId
from drills.formats import chosen_on, promises
from drills.scenario import Scenario
from drills.schedule import Card
from rubrics.labels import OBJECTIONS

A_DAY_MIN = 5
NEW_A_DAY = 3  # objections that are begun on one day
# what an exercise takes, in minutes
MINUTES: dict[FormatId, int] = {
    "one_reply": 1, "choose_best": 1, "rewrite_bad_line": 1, "three_escalating": 2, "spot_fault": 2,
    "third_party": 2, "close_vague": 3, "whole_call": 5,
}  # fmt: skip
# the exercise for an objection that was passed so often in a row, in its time
BY_BOX: tuple[FormatId, ...] = ("one_reply", "rewrite_bad_line", "three_escalating", "whole_call")
HARDEST = 2  # level of the first case; one more for each pass in a row
# where no case is of the person's country, one of a country that speaks much alike comes first
NEAR = (
    frozenset(("MX", "US", "GT", "SV", "HN", "NI", "CR", "PA", "CU", "DO", "PR")),
    frozenset(("CO", "EC", "PE", "BO", "VE", "PA")),
    frozenset(("AR", "UY", "PY")),
    frozenset(("CL", "PE", "BO", "AR")),
)
THIRD, VAGUE = "wrong_person", "vague_promise"  # objections with a format of their own


@dataclass(frozen=True, slots=True)
class Due:
    """One exercise of today. `miss`: it comes from a real call; `new`: an objection not practised before."""

    objection: str
    format: FormatId
    minutes: int
    day: date  # since when it is due
    box: int = 0  # passes in a row, each in its time
    new: bool = False
    miss: Missed | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """`items` are what is left of today's minutes; `done` exercises finished today. `next_day`: when
    something is due again, None where nothing was practised yet.
    """

    items: tuple[Due, ...]
    done: int
    next_day: date | None

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Assigned:
    """What somebody asked the viewer to practise: `passed` of `times` so far."""

    id: int
    title: str
    format: FormatId
    scenario: str
    objection: str
    times: int
    passed: int
    note: str
    due_on: date
    by: str

    @property
    def done(self) -> bool:
        return self.passed >= self.times


def today(store: Store, viewer: Viewer, *, day: date | None = None) -> Today:
    """Five minutes: what real calls failed first, then what is due, then objections not practised yet."""
    day = day or date.today()
    found, results = (
        missed(store, viewer, viewer.user_id, today=day),
        results_of(store, viewer, viewer.user_id),
    )
    known = schedule.cards_of(results, failed_calls(found))
    own = {one.objection: one for one in reversed(found)}
    ready = [_due(card, own) for card in schedule.due(known, day) if card.objection in OBJECTIONS]
    begun = {one.objection for one in results} - {one.objection for one in results if one.on < day}
    rest = [name for name in OBJECTIONS if name not in {card.objection for card in known}]
    ready += [_new(name, day) for name in rest[: max(0, NEW_A_DAY - len(begun))]]
    spent, done = _spent(store, viewer, day)
    return Today(_fitting(ready, A_DAY_MIN - spent), done, schedule.next_due(known))


def _fitting(ready: list[Due], left: int) -> tuple[Due, ...]:
    """The first ones that fit into the minutes left; the very first one always does while there are any."""
    out: list[Due] = []
    for item in ready:
        if left <= 0:
            break
        out.append(item)
        left -= item.minutes
    return tuple(out)


def _due(card: Card, own: dict[str, Missed]) -> Due:
    """What to do for a card: the very turn of the real call that failed, else by how often it was passed."""
    miss = own.get(card.objection) if card.urgent else None
    kind = BY_BOX[min(card.box, len(BY_BOX) - 1)]
    format_: FormatId = "one_reply" if miss else "third_party" if card.objection == THIRD else kind
    return Due(card.objection, format_, MINUTES[format_], card.due, card.box, miss=miss)


def _new(objection: str, day: date) -> Due:
    format_: FormatId = "third_party" if objection == THIRD else "one_reply"
    return Due(objection, format_, MINUTES[format_], day, new=True)


def _spent(store: Store, viewer: Viewer, day: date) -> tuple[int, int]:
    """Minutes of the exercises that were finished on a day, as they are reckoned; and how many."""
    its = drill_attempts.c
    begins, ends = (datetime.combine(one, time()).astimezone() for one in (day, day + timedelta(days=1)))
    query = (
        select(its.format, func.count())
        .where(its.user_id == viewer.user_id, its.finished_at >= begins, its.finished_at < ends)
        .group_by(its.format)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return sum(MINUTES.get(kind, 1) * n for kind, n in rows), sum(n for _, n in rows)


# what was assigned


def assigned(store: Store, viewer: Viewer) -> tuple[Assigned, ...]:
    """What the viewer was asked to practise and has not passed as often yet, the first due first."""
    with store.reading() as connection:
        rows = [_assigned(row) for row in connection.execute(_asked_of(viewer))]
    return tuple(one for one in rows if not one.done)


def assignment(store: Store, viewer: Viewer, assignment_id: int) -> Assigned:
    """One of the viewer's assignments, done or not; CoachError where it is not theirs."""
    asked = still_assigned(store, viewer, assignment_id)
    if asked is None:
        raise CoachError("Esta tarea se retiró o es de otra persona. Vea las suyas en Practicar.")
    return asked


def still_assigned(store: Store, viewer: Viewer, assignment_id: int | None) -> Assigned | None:
    """The same; None where it was withdrawn or is somebody else's."""
    with store.reading() as connection:
        row = connection.execute(_asked_of(viewer).where(drill_assignments.c.id == assignment_id)).first()
    return None if row is None else _assigned(row)


def _asked_of(viewer: Viewer) -> Select[Any]:
    a, tried = drill_assignments.c, drill_attempts.c
    passed = (
        select(func.count())
        .where(tried.assignment_id == a.id, tried.user_id == viewer.user_id, tried.passed)
        .correlate(drill_assignments)
        .scalar_subquery()
    )
    source = drill_assignments.join(drill_assigned, drill_assigned.c.assignment_id == a.id)
    source = source.outerjoin(users, users.c.id == a.created_by)
    return (
        select(
            a.id, a.title, a.format, a.scenario, a.objection, a.times, passed.label("passed"), a.note,
            a.due_on, func.coalesce(users.c.name, "").label("by"),
        )
        .select_from(source)
        .where(drill_assigned.c.user_id == viewer.user_id, a.withdrawn_at.is_(None))
        .order_by(a.due_on, a.id)
    )  # fmt: skip


def _assigned(row: Row[Any]) -> Assigned:
    return Assigned(**row._mapping)


# which case


def fitting(
    settings: Settings, format_: str, objection: str = "", country: str = "", level: int = 0
) -> tuple[Scenario, ...]:
    """Cases for a format; those about an objection, of a country, of a level, where these are asked for."""
    found = []
    for case in scenarios(settings).values():
        with_third = format_ == "third_party" or objection == THIRD
        if format_ != "third_party" and case.with_third_party != with_third:
            continue
        if format_ == "close_vague" and not promises(case):
            continue
        if format_ == "choose_best" and not {objection or name for name in case.objections} & {
            *chosen_on(case)
        }:
            continue
        any_vague = format_ == "close_vague" and objection in ("", VAGUE)
        held = not objection or objection in case.objections or any_vague or format_ == "third_party"
        if held and country in ("", case.country) and level in (0, case.difficulty):
            found.append(case)
    return tuple(sorted(found, key=lambda case: (case.difficulty, case.title)))


def scenario_for(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    format_: FormatId,
    objection: str,
    *,
    box: int = 0,
    day: date | None = None,
) -> str:
    """The case that fits best: seldom practised so far, of the person's country or else one near it, of the
    level due; never the one just practised where there is another. A whole call is about what is objected
    first in it.
    """
    found = fitting(settings, format_, objection)
    if not found:
        raise CoachError("No hay ningún escenario para ese ejercicio y esa objeción. Elija otro formato.")
    tried, last = _tried(store, viewer)
    home, level = _country(store, viewer, settings, day or date.today()), min(HARDEST + box, 5)
    whole = format_ == "whole_call" and objection != ""
    best = min(
        found,
        key=lambda case: (
            case.id == last, whole and case.objections[0] != objection, tried[case.id],
            far(home, case.country), case.difficulty > level, abs(case.difficulty - level), case.id,
        ),
    )  # fmt: skip
    return best.id


def far(home: str, country: str) -> int:
    """0 for the person's own country, 1 for one whose people speak much alike, 2 for any other."""
    if country == home:
        return 0
    return 1 if any({home, country} <= near for near in NEAR) else 2


def least_tried(store: Store, viewer: Viewer, found: Sequence[Scenario]) -> str:
    """Of these cases, the one that the viewer has practised least, the easiest first."""
    tried, _ = _tried(store, viewer)
    return min(found, key=lambda case: (tried[case.id], case.difficulty, case.id)).id


def _tried(store: Store, viewer: Viewer) -> tuple[Counter[str], str]:
    """How often the viewer has tried each case; and the last one, "" where there is none."""
    its = select(drill_attempts.c.scenario).where(drill_attempts.c.user_id == viewer.user_id)
    with store.reading() as connection:
        tried = [name for name in connection.execute(its.order_by(drill_attempts.c.id)).scalars() if name]
    return Counter(tried), tried[-1] if tried else ""


def _country(store: Store, viewer: Viewer, settings: Settings, day: date) -> str:
    """Where the person works today; the house's country where nobody knows."""
    site = (
        select(sites.c.country)
        .join(teams, teams.c.site_id == sites.c.id)
        .join(memberships, memberships.c.team_id == teams.c.id)
        .where(memberships.c.user_id == viewer.user_id, in_force(memberships, day))
        .order_by(memberships.c.leads, memberships.c.since.desc())
        .limit(1)
    )
    with store.reading() as connection:
        return connection.execute(site).scalar() or settings.country
