"""Coaching plans as they are read: by who coaches, of agents in reach; by the agent, the own open ones.

A plan is of who it was made for, whoever gets their login later.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, or_, select, true

from coach import own_calls, releases
from coach.assignment_rows import Mine, of_person
from coach.coaching_effect import Effect, kept
from coach.coaching_grave import NONE, Grave
from coach.discreet import outside
from coach.own_calls import Example, Person
from coach.patterns import Pattern
from coach.queries import JUDGED, where
from coach.schema import recordings
from coach.schema_drills import coaching_plans
from coach.schema_people import users
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HEALTH, Viewer
from coach.words import stands
from transcripts.types import Quote

State = Literal["open", "done", "dropped"]
_P = coaching_plans.c
_WHOSE = users.alias("whose")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a call, in characters of one turn."""

    recording_id: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`share` (0..1) of `n` calls between `since` and `until` had the fault when it was made. `user_id` and
    `person`: whose it is, who had the login in those calls; None and "" where that was nobody. `places`:
    where each quote stands; the words are the call's.
    """

    id: int
    login: str
    user_id: int | None
    pattern: str
    target: str
    places: tuple[Place, ...]
    share: float
    n: int
    since: date
    until: date
    follow_up_on: date
    state: State
    outcome: Effect | None
    created_at: datetime
    closed_at: datetime | None
    by: str  # name; "" where the account is gone
    person: str = ""

    @property
    def kind(self) -> str:
        return self.pattern.partition(":")[0]

    @property
    def name(self) -> str:
        """The id of the criterion or objection."""
        return self.pattern.partition(":")[2]


def under_way(plans: Sequence[Plan], user_id: int | None, login: str) -> tuple[Plan, ...]:
    """The open ones of this person; without one those of the login when it was nobody's."""
    its = (one for one in plans if one.state == "open" and one.user_id == user_id)
    return tuple(one for one in its if user_id is not None or one.login == login)


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent in the list: what is worth coaching, and what is under way. `left`: open plans that were made
    by the login when it was somebody else's, who is not in the list.
    """

    login: str
    name: str
    calls: int
    patterns: tuple[Pattern, ...]
    open: tuple[Plan, ...]
    grave: Grave = NONE  # in the weeks looked at
    weeks: int = 4  # looked at
    left: tuple[Plan, ...] = ()

    def due(self, today: date) -> tuple[Plan, ...]:
        """Open plans whose day to look again has come."""
        return tuple(plan for plan in (*self.open, *self.left) if plan.follow_up_on <= today)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One agent: patterns that no open plan is about, and plans, the open ones first. `others`: what a plan
    may be about too, though it does not repeat or nobody can tell yet. `met`: something repeats that has an
    open plan; a plan may as well be about a topic that somebody chose. Among the plans are those that were
    made by the login when it was somebody else's.
    """

    person: Person
    login: str
    since: date
    until: date
    calls: int
    patterns: tuple[Pattern, ...]
    plans: tuple[Plan, ...]
    others: tuple[Pattern, ...]
    countries: tuple[str, ...] = ()  # of the calls looked at
    grave: Grave = NONE  # in them
    met: bool = False

    @property
    def few(self) -> tuple[Pattern, ...]:
        """Faults in too few calls to know whether they repeat."""
        return tuple(one for one in self.others if one.few and one.share.hits)

    @property
    def open(self) -> tuple[Plan, ...]:
        """The person's own open plans."""
        return under_way(self.plans, self.person.user_id, self.login)


def open_plans(store: Store, viewer: Viewer) -> tuple[Plan, ...]:
    """The open plans of agents in reach, the next to look at first."""
    viewer.require("assign")
    return _plans(store, _P.state == "open", _in_reach(viewer), _told(viewer))


def plan_of(store: Store, viewer: Viewer, login: str) -> tuple[Plan, ...]:
    """Every plan of an agent in reach, by whichever login it was made, and those that were made by this one
    when it was somebody else's; the open ones first, then the next to look at.
    """
    viewer.require("assign")
    who = own_calls.person(store, viewer, login)
    its = _P.agent_login == login
    if who.user_id is not None:
        its = or_(its, _P.user_id == who.user_id)
    found = _plans(store, its, _in_reach(viewer), _told(viewer))
    return tuple(sorted(found, key=lambda one: one.state != "open"))


def mine(store: Store, viewer: Viewer) -> tuple[Plan, ...]:
    """The viewer's own open plans; none for who takes no calls."""
    if viewer.user_id is None:
        return ()
    return _plans(store, _P.state == "open", _P.user_id == viewer.user_id)


def ended(store: Store, viewer: Viewer) -> tuple[Plan, ...]:
    """The viewer's own closed plans, the last one first."""
    if viewer.user_id is None:
        return ()
    found = _plans(store, _P.state != "open", _P.user_id == viewer.user_id)
    return tuple(sorted(found, key=lambda one: (one.closed_at or one.created_at, one.id), reverse=True))


def drills_of(store: Store, viewer: Viewer, plan: Plan) -> tuple[Mine, ...]:
    """What is to be practised for the plan, with how often it was passed."""
    if plan.user_id is None:
        return ()
    if viewer.user_id != plan.user_id:
        viewer.require("assign")
    return of_person(store, plan.user_id, plan.id)


def quoted(store: Store, settings: Settings, viewer: Viewer, plan: Plan) -> tuple[Example, ...]:
    """The plan's quotes as the viewer may read them; those of calls that are out of reach or gone are not."""
    found = []
    for at in plan.places:
        try:
            call = releases.shown(store, settings, viewer, at.recording_id)
            call = call if viewer.user_id == plan.user_id else outside(viewer, call)
        except CoachError:
            continue
        if at.turn >= len(call.transcript.turns):
            continue  # corrected since
        said, recording = call.transcript.turns[at.turn].text, call.transcript.recording
        start, end = (at.start, at.end) if at.end <= len(said) else (0, len(said))
        quote = Quote(at.turn, start, end, said[start:end])
        about = (plan.name, at.recording_id, recording.call_date, recording.debtor_name)
        now = stands(store, settings, call)
        verdict = (now.verdicts | now.pack_verdicts).get(plan.name)  # None: the plan is about an objection
        lifted = verdict is not None and verdict.outcome != "fail"
        found.append(Example(*about, "", quote, said, has_audio=recording.audio is not None, lifted=lifted))
    return own_calls.with_appeals(store, found)


def _told(viewer: Viewer) -> ColumnElement[bool]:
    """Plans about somebody's illness are for who has the right; the agent reads the own ones (`mine`)."""
    about = sorted(f"objection:{one}" for one in HEALTH)
    return true() if viewer.may("health") else _P.pattern.not_in(about)


def _in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """Plans of a login with calls in reach."""
    calls = select(1).select_from(JUDGED).where(recordings.c.agent_login == _P.agent_login, *where(viewer))
    return calls.correlate(coaching_plans).exists()


def _plans(store: Store, *tests: ColumnElement[bool]) -> tuple[Plan, ...]:
    source = coaching_plans.outerjoin(_WHOSE, _WHOSE.c.id == _P.user_id)
    source = source.outerjoin(users, users.c.id == _P.created_by)
    query = select(*coaching_plans.c, _WHOSE.c.name.label("person"), users.c.name.label("by"))
    query = query.select_from(source).where(*tests).order_by(_P.follow_up_on, _P.id)
    with store.reading() as connection:
        return tuple(map(_plan, connection.execute(query)))


def _plan(row: Any) -> Plan:
    places = tuple(
        Place(one["recording"], one["turn"], one["start"], one["end"]) for one in json.loads(row.quotes)
    )
    return Plan(
        row.id, row.agent_login, row.user_id, row.pattern, row.target, places, row.share, row.n, row.since,
        row.until, row.follow_up_on, row.state, kept(json.loads(row.outcome)) if row.outcome else None,
        row.created_at, row.closed_at, row.by or "", row.person or "",
    )  # fmt: skip
