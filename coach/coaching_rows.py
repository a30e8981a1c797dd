"""Coaching plans as they are read: by who coaches, of agents in reach; by the agent, the own open ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, select, true

from coach import own_calls, releases
from coach.assignment_rows import Mine, of_person
from coach.coaching_effect import Effect, kept
from coach.dated import held_on
from coach.discreet import outside
from coach.own_calls import Example
from coach.queries import JUDGED, where
from coach.schema import recordings
from coach.schema_drills import coaching_plans
from coach.schema_people import agent_logins, users
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HEALTH, Viewer
from transcripts.types import Quote

State = Literal["open", "done", "dropped"]
_P = coaching_plans.c


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a call, in characters of one turn."""

    recording_id: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`share` (0..1) of `n` calls between `since` and `until` had the fault when it was made. `user_id`: who
    held the login then. `places`: where each quote stands; the words are the call's.
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

    @property
    def kind(self) -> str:
        return self.pattern.partition(":")[0]

    @property
    def name(self) -> str:
        """The id of the criterion or objection."""
        return self.pattern.partition(":")[2]


def open_plans(store: Store, viewer: Viewer) -> tuple[Plan, ...]:
    """The open plans of agents in reach, the next to look at first."""
    viewer.require("assign")
    reached = select(recordings.c.agent_login).select_from(JUDGED).where(*where(viewer))
    its = true() if viewer.role != "lead" else _P.agent_login.in_(reached)
    return _plans(store, _P.state == "open", its, _told(viewer))


def plan_of(store: Store, viewer: Viewer, login: str) -> tuple[Plan, ...]:
    """Every plan of an agent in reach, the open ones first, then the newest."""
    viewer.require("assign")
    own_calls.person(store, viewer, login)
    return tuple(
        sorted(_plans(store, _P.agent_login == login, _told(viewer)), key=lambda one: one.state != "open")
    )


def mine(store: Store, viewer: Viewer) -> tuple[Plan, ...]:
    """The viewer's own open plans; none for who takes no calls."""
    if viewer.user_id is None:
        return ()
    return _plans(store, _P.state == "open", agent_logins.c.user_id == viewer.user_id)


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
        found.append(Example(*about, "", quote, said, has_audio=recording.audio is not None))
    return own_calls.with_appeals(store, found)


def _told(viewer: Viewer) -> ColumnElement[bool]:
    """Plans about somebody's illness are for who has the right; the agent reads the own ones (`mine`)."""
    about = sorted(f"objection:{one}" for one in HEALTH)
    return true() if viewer.may("health") else _P.pattern.not_in(about)


def _plans(store: Store, *tests: ColumnElement[bool]) -> tuple[Plan, ...]:
    held = held_on(_P.agent_login, _P.until)
    source = coaching_plans.outerjoin(agent_logins, held).outerjoin(users, users.c.id == _P.created_by)
    query = select(*coaching_plans.c, agent_logins.c.user_id.label("whose"), users.c.name.label("by"))
    query = query.select_from(source).where(*tests).order_by(_P.follow_up_on, _P.id)
    with store.reading() as connection:
        return tuple(map(_plan, connection.execute(query)))


def _plan(row: Any) -> Plan:
    places = tuple(
        Place(one["recording"], one["turn"], one["start"], one["end"]) for one in json.loads(row.quotes)
    )
    return Plan(
        row.id, row.agent_login, row.whose, row.pattern, row.target, places, row.share, row.n, row.since,
        row.until, row.follow_up_on, row.state, kept(json.loads(row.outcome)) if row.outcome else None,
        row.created_at, row.closed_at, row.by or "",
    )  # fmt: skip
