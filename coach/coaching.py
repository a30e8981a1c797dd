"""Coaching plans: for an agent the patterns worth working on, a target, drills, a day to look again.

Nothing here enters a call's score, a month or pay. Right `assign`: a trainer coaches everybody, a lead the
own teams; an agent reads the own plans.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select, update

from coach import assignments, audit, by_name, coaching_days, notices, own_calls, patterns
from coach.assignments import Order
from coach.choices import choices
from coach.coaching_effect import Effect, after_of, as_kept, calls_of, effect
from coach.coaching_grave import NONE, grave
from coach.coaching_rows import AgentRow, Plan, Sheet, drills_of, open_plans, plan_of, under_way
from coach.own_calls import Example
from coach.patterns import Pattern
from coach.queries import JUDGED, where
from coach.rows import CallFilter
from coach.schema import recordings
from coach.schema_drills import coaching_plans, drill_assignments, plan_assignments
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day
from drills.scenario import DISPUTES
from rubrics.types import Criterion

FOLLOW_UP = 28  # days until a plan is looked at again, unless its maker says otherwise
MOST_OPEN = 3  # plans of one person at once: who works on everything works on nothing
MOST_QUOTES = 3
LONGEST = 1000
Criteria = Mapping[str, Criterion]


def agents(store: Store, viewer: Viewer, criteria: Criteria) -> tuple[AgentRow, ...]:
    """Every agent in reach with calls in the weeks looked at, as the calls name them: whose plan is due
    first, then who needs one most.
    """
    viewer.require("assign")
    which = coaching_days.days(store, viewer, CallFilter())
    weeks = coaching_days.weeks(which)
    seen = patterns.tally(store, viewer, which, criteria)
    teams = patterns.teams_of(store, which)
    nobody: frozenset[int] = frozenset()
    plans = open_plans(store, viewer)
    serious = grave(store, viewer, which)
    moved = coaching_days.handed_over(store, viewer, which)
    held = coaching_days.holders(store, which, moved)
    listed = {held[login] for login in seen.calls if login in held}
    for login, its in moved.items():
        seen.put(login, patterns.tally(store, viewer, its, criteria))
        serious[login] = grave(store, viewer, its).get(login, NONE)
    beside: dict[frozenset[int], frozenset[str]] = {}  # by teams: who was in one of them
    rows = []
    for login, name in choices(store, viewer).agents:
        if login not in seen.calls:
            continue
        of = teams.get(login, nobody)
        if of not in beside:
            beside[of] = frozenset(one for one in seen.calls if of & teams.get(one, nobody))
        mine = under_way(plans, held.get(login), login)
        made = (one for one in plans if one.login == login and one not in mine)
        left = tuple(one for one in made if one.user_id not in listed)
        taken = {plan.pattern for plan in mine}
        found = patterns.worth(seen, (login,), beside[of], criteria, DISPUTES)
        open_ones = tuple(one for one in found if one.id not in taken)[: patterns.MOST]
        bad = serious.get(login, NONE)
        rows.append(AgentRow(login, name, seen.calls[login], open_ones, mine, bad, weeks, left))
    today = date.today()
    return tuple(sorted(rows, key=lambda row: (-len(row.due(today)), -_urgency(row), by_name.key(row.name))))


def sheet(
    store: Store, viewer: Viewer, criteria: Criteria, login: str, *, up_to: date | None = None
) -> Sheet:
    """CoachError where no agent of that login is in reach. `up_to`: with the calls of then."""
    viewer.require("assign")
    who = own_calls.person(store, viewer, login)
    which = coaching_days.of_person(store, viewer, coaching_days.whose(who.logins, who.user_id), up_to)
    near = patterns.colleagues_of(store, which, who.logins)
    own = patterns.tally(store, viewer, which, criteria)
    if near:
        theirs = replace(which, agents=tuple(sorted(near)), people=())
        own.faults.update(patterns.tally(store, viewer, theirs, criteria).faults)
    plans = plan_of(store, viewer, login)
    taken = {plan.pattern for plan in under_way(plans, who.user_id, login)}
    found = patterns.worth(own, who.logins, near, criteria, DISPUTES)
    free = tuple(one for one in found if one.id not in taken)[: patterns.MOST]
    assert which.since is not None
    assert which.until is not None
    calls = sum(own.calls[one] for one in who.logins)
    apart = taken | {one.id for one in free}
    every = patterns.topics(own, who.logins, near, criteria, DISPUTES)
    others = tuple(one for one in every if one.id not in apart)
    countries = _countries(store, viewer, which)
    serious = sum(grave(store, viewer, which).values(), NONE)
    met = any(one.id in taken for one in found)
    return Sheet(who, login, which.since, which.until, calls, free, plans, others, countries, serious, met)


def _countries(store: Store, viewer: Viewer, which: CallFilter) -> tuple[str, ...]:
    query = select(recordings.c.country).select_from(JUDGED).where(*where(viewer, which)).distinct()
    with store.reading() as connection:
        return tuple(sorted(filter(None, connection.execute(query).scalars())))


def quotes(
    store: Store, settings: Settings, viewer: Viewer, of: Sheet, pattern: Pattern
) -> tuple[Example, ...]:
    """Where the pattern shows in released calls of the agent, those with words first."""
    which = _calls(of)
    if pattern.kind == "objection":
        return own_calls.unmet(store, settings, viewer, which, pattern.name, most=MOST_QUOTES)
    return own_calls.examples(store, settings, viewer, which, pattern.name, most=MOST_QUOTES)


def _calls(of: Sheet) -> CallFilter:
    its = coaching_days.whose(of.person.logins, of.person.user_id)
    return replace(its, since=of.since, until=of.until)


def begin(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    criteria: Criteria,
    login: str,
    pattern: str,
    target: str,
    follow_up_on: date,
    orders: Sequence[Order] = (),
    *,
    now: datetime | None = None,
    up_to: date | None = None,
) -> int:
    """A plan for a pattern of the agent or what else its maker chose, with the drills that go with it; the
    agent is told. `up_to`: from the calls of then. Gives its id.

    CoachError where nothing of that name can be coached, or the agent has enough to work on.
    """
    viewer.require("assign")
    now = now or datetime.now(UTC)
    of = sheet(store, viewer, criteria, login, up_to=up_to)
    found = next((one for one in (*of.patterns, *of.others) if one.id == pattern), None)
    if found is None:
        raise CoachError("Ese tema ya tiene un plan abierto, o no está en ninguna pauta. Elija otro.")
    if len(of.open) >= MOST_OPEN:
        raise CoachError("Ya tiene {most} planes abiertos. Cierre uno antes de empezar otro.", most=MOST_OPEN)
    aim, user_id = _checked(target, follow_up_on, local_day(now)), of.person.user_id
    if orders and user_id is None:
        raise CoachError(
            "Nadie de la casa tiene este usuario del marcador: no se le pueden asignar prácticas."
        )
    # what is practised for a plan is done when the plan is looked at again
    in_time = [replace(order, due_on=min(order.due_on, follow_up_on)) for order in orders]
    asked = [assignments.checked(settings, order, local_day(now)) for order in in_time]
    places = [
        {
            "recording": one.recording_id,
            "turn": one.quote.turn,
            "start": one.quote.start,
            "end": one.quote.end,
        }
        for one in quotes(store, settings, viewer, of, found)
        if one.quote is not None
    ]
    row = {
        "agent_login": login, "user_id": user_id, "created_by": viewer.user_id, "pattern": pattern,
        "target": aim, "quotes": json.dumps(places), "share": found.share.value or 0.0, "n": found.share.n,
        "since": of.since, "until": of.until, "follow_up_on": follow_up_on, "state": "open", "outcome": "",
        "created_at": now,
    }  # fmt: skip
    with store.writing() as connection:
        made = insert(coaching_plans).values(**row).returning(coaching_plans.c.id)
        plan_id = int(connection.execute(made).scalar_one())
        for order in asked:
            assignment = assignments.put(connection, viewer, order, {user_id or 0}, (), now)
            its = {"plan_id": plan_id, "assignment_id": assignment}
            connection.execute(insert(plan_assignments).values(**its))
        if user_id is not None:
            notices.tell_of_practice(connection, user_id, "plan_made", plan_id, "", now)
        audit.record(connection, viewer, "plan.make", f"plan:{plan_id}", login=login, pattern=pattern)
    return plan_id


def measured(
    store: Store, viewer: Viewer, criteria: Criteria, plan: Plan, *, today: date | None = None
) -> Effect:
    """What came of an open plan so far; of a closed one, what was measured when it was closed."""
    viewer.require("assign")
    if plan.outcome is not None:
        return plan.outcome
    own_calls.person(store, viewer, plan.login)
    after = after_of(local_day(plan.created_at), today or date.today())
    before = (plan.since, plan.until)
    whose = calls_of(plan.user_id, plan.login)
    return effect(store, viewer, criteria, whose, plan.pattern, before, after)


def close(
    store: Store, viewer: Viewer, criteria: Criteria, plan: Plan, *, dropped: bool = False,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """End a plan and keep what was measured; nothing changes where it is closed already. Its agent is told,
    and what they had still to practise for it is asked no more.
    """
    now = now or datetime.now(UTC)
    came = measured(store, viewer, criteria, plan, today=local_day(now))
    left = [one.id for one in drills_of(store, viewer, plan) if not one.done]
    still = (coaching_plans.c.id == plan.id, coaching_plans.c.state == "open")
    values = {
        "state": "dropped" if dropped else "done", "outcome": json.dumps(as_kept(came)), "closed_at": now,
    }  # fmt: skip
    with store.writing() as connection:
        if connection.execute(update(coaching_plans).where(*still).values(**values)).rowcount:
            _told_over(connection, viewer, plan, left, now)
            action = "plan.drop" if dropped else "plan.close"
            audit.record(connection, viewer, action, f"plan:{plan.id}", login=plan.login)


def _told_over(
    connection: Connection, viewer: Viewer, plan: Plan, left: Sequence[int], now: datetime
) -> None:
    """To the agent, in the place of what was told at first; the drills that are `left` end with it."""
    notices.take_back(connection, "plan_made", plan.id)
    for one in left:
        assignments.end(connection, viewer, one, now)
    if plan.user_id is not None:
        notices.tell_of_practice(connection, plan.user_id, "plan_ended", plan.id, plan.pattern, now)


def look_again(store: Store, viewer: Viewer, plan: Plan, on: date, *, now: datetime | None = None) -> None:
    """Another day to look again; what is to be practised for the plan ends by then."""
    viewer.require("assign")
    own_calls.person(store, viewer, plan.login)
    _checked("x", on, local_day(now or datetime.now(UTC)))
    its = update(coaching_plans).where(coaching_plans.c.id == plan.id, coaching_plans.c.state == "open")
    with store.writing() as connection:
        connection.execute(its.values(follow_up_on=on))
        drills = select(plan_assignments.c.assignment_id).where(plan_assignments.c.plan_id == plan.id)
        late = (drill_assignments.c.id.in_(drills), drill_assignments.c.due_on > on)
        connection.execute(update(drill_assignments).where(*late).values(due_on=on))
        audit.record(connection, viewer, "plan.move", f"plan:{plan.id}", login=plan.login)


def _urgency(row: AgentRow) -> float:
    """By what no plan is about yet, of who has room for one more."""
    if not row.patterns or len(row.open) >= MOST_OPEN:
        return 0.0
    return 100.0 * any(one.critical or one.stands_out for one in row.patterns) + row.patterns[0].lost


def _checked(target: str, on: date, today: date) -> str:
    text = target.strip()
    if not text:
        raise CoachError("Falta la meta: diga en una frase qué quiere oír en las próximas llamadas.")
    if len(text) > LONGEST:
        raise CoachError("La meta va hasta {most} letras.", most=LONGEST)
    if on <= today:
        raise CoachError("El día para volver a mirar debe ser después de hoy.")
    return text
