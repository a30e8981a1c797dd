"""Attempts at drills, read back: a person's own, or, for who trains them, another's.

kept = attempt(store, viewer, 12)
kept.drill, kept.play.turns        # while it goes on: the exercise and the talk so far
kept.shown                         # once it is finished: the result as it was seen
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select

from coach import audit, queries
from coach.attempt_body import Body, Shown, practised, read_body, read_shown
from coach.dated import member_on
from coach.schema_drills import drill_attempts, drill_results, group_sessions
from coach.schema_people import memberships, users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import Drill, FormatId, Play, begin_play, say
from drills.formats import FORMATS
from drills.loader import load_lines
from drills.misses import Miss, drill_of, unnamed
from drills.scenario import DrillError, Scenario
from nlp.labels import name_of
from rubrics.labels import OBJECTIONS
from rubrics.playbook import Playbook
from transcripts.types import Recording

CHOSEN = ("choose_best", "spot_fault")  # formats in which something is chosen instead of said
NOT_THERE = "No hay ningún ejercicio con el número {id}. Elija uno en Practicar."
IN_SESSION = "Este ejercicio es de una práctica en grupo que sigue abierta. Ábralo desde esa sesión."


@dataclass(frozen=True, slots=True)
class Kept:
    """One attempt. `case`: the facts that the trainee sees. `drill` is there while it goes on, `shown` after;
    `play` is None where something is chosen instead of said.
    """

    id: int
    user_id: int
    name: str  # of the trainee
    format: FormatId
    case: Recording
    seed: int
    body: Body
    drill: Drill | None
    play: Play | None
    shown: Shown | None
    on_date: date
    started_at: datetime
    finished_at: datetime | None
    seconds: float
    assignment_id: int | None
    source: tuple[str, int] | None  # recording and turn of the real call
    written: str  # the body as it is stored


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """An attempt in a list. `points` is None while it goes on; `case` is as it was practised."""

    id: int
    user_id: int
    name: str
    format: FormatId
    scenario: str  # "": from a real call
    on_date: date
    started_at: datetime
    finished_at: datetime | None
    seconds: float
    spoken: bool
    points: int | None
    of: int | None
    passed: bool | None
    assignment_id: int | None
    case: Scenario | None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    rows: tuple[AttemptRow, ...]
    total: int


def attempt(store: Store, viewer: Viewer, attempt_id: int, playbook: Playbook) -> Kept:
    """One attempt in the viewer's reach; CoachError, the same as for one that is not there, for others, and
    for that of a group practice that goes on: it is said, ended and read there.
    """
    query = _joined().where(drill_attempts.c.id == attempt_id, reachable(viewer))
    with store.reading() as connection:
        row = connection.execute(query.add_columns(in_session().label("in_session"))).first()
    if row is None:
        raise CoachError(NOT_THERE, id=attempt_id)
    if row.in_session:
        raise CoachError(IN_SESSION)
    if row.user_id != viewer.user_id:
        audit.seen(store, viewer, "see", f"drill:{attempt_id}")
    body = read_body(row.body)
    drill = None
    if row.finished_at is None:
        with in_words():
            drill = _drill(store, viewer, row, body, playbook)
    talks = drill is not None and drill.format not in CHOSEN
    return Kept(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        format=row.format,
        case=drill.recording if drill else _case(store, viewer, row, body),
        seed=row.seed,
        body=body,
        drill=drill,
        play=played(drill, body.texts) if drill and talks else None,
        shown=read_shown(row.grade) if row.grade else None,
        on_date=row.on_date,
        started_at=row.started_at,
        finished_at=row.finished_at,
        seconds=row.seconds,
        assignment_id=row.assignment_id,
        source=(row.recording_id, row.source_turn) if row.recording_id else None,
        written=row.body,
    )


@contextmanager
def in_words() -> Iterator[None]:
    """What a drill refuses, as an error of the application."""
    try:
        yield
    except DrillError as error:
        raise CoachError(str(error)) from error


def attempts(
    store: Store,
    viewer: Viewer,
    *,
    user_id: int | None = None,
    finished: bool | None = None,
    scenario: str = "",
    page: int = 0,
    size: int = 20,
) -> AttemptPage:
    """One page (from 0), the newest first: the viewer's own, or those of `user_id` where in reach; without
    those of a group practice that goes on.
    """
    who = viewer.user_id if user_id is None else user_id
    tests = [drill_attempts.c.user_id == who, reachable(viewer), ~in_session()]
    if finished is not None:
        ended = drill_attempts.c.finished_at.is_not(None)
        tests.append(ended if finished else ~ended)
    if scenario:
        tests.append(drill_attempts.c.scenario == scenario)
    order = drill_attempts.c.started_at.desc(), drill_attempts.c.id.desc()
    query = _joined().where(*tests).order_by(*order).limit(size).offset(page * size)
    total = select(func.count()).select_from(drill_attempts).where(*tests)
    with store.reading() as connection:
        rows = tuple(_listed(row) for row in connection.execute(query))
        return AttemptPage(rows, connection.execute(total).scalar_one())


def reachable(viewer: Viewer) -> ColumnElement[bool]:
    """Which attempts: one's own; for who assigns drills, of everybody, a lead's of the own teams that day."""
    if not viewer.may("drill"):
        return false()
    own = drill_attempts.c.user_id == viewer.user_id
    if not viewer.may("assign"):
        return own
    if viewer.role != "lead":
        return drill_attempts.c.id.is_not(None)
    member = select(1).where(
        memberships.c.user_id == drill_attempts.c.user_id,
        memberships.c.team_id.in_(viewer.teams),
        member_on(drill_attempts.c.on_date),
    )
    return or_(own, member.correlate(drill_attempts).exists())


def in_session() -> ColumnElement[bool]:
    """Whether an attempt is that of a group practice that was not compared yet."""
    its = group_sessions.c
    going_on = select(1).where(its.attempt_id == drill_attempts.c.id, its.state == "running")
    return going_on.correlate(drill_attempts).exists()


def own_open(store: Store, viewer: Viewer, attempt_id: int, playbook: Playbook) -> Kept:
    """One's own attempt that goes on still; CoachError for any other."""
    kept = attempt(store, viewer, attempt_id, playbook)
    if kept.user_id != viewer.user_id:
        raise CoachError("Este ejercicio es de otra persona: se puede ver, no responder.")
    if kept.drill is None:
        raise CoachError("Este ejercicio ya terminó. Empiece otro intento.")
    return kept


@lru_cache(maxsize=512)
def played(drill: Drill, replies: tuple[str, ...]) -> Play:
    """The talk that the replies make: each reply is read once, however often the screen is drawn."""
    book = load_lines()
    if not replies:
        return begin_play(drill, book)
    before = played(drill, replies[:-1])
    return before if before.over else say(before, replies[-1], book)


def about(drill: Drill, play: Play | None = None) -> tuple[str, ...]:
    """The objections that an attempt is about: those that came up, else those of the exercise."""
    if drill.format == "third_party":
        return ("wrong_person",)
    came = dict.fromkeys(label for _, label in play.raised) if play is not None else {}
    return tuple(came) or drill.objections


def about_of(store: Store, attempt_id: int) -> str:
    """The first objection that a finished attempt has a result for; empty where it has none."""
    its = select(drill_results.c.objection).where(drill_results.c.attempt_id == attempt_id)
    with store.reading() as connection:
        return connection.execute(its.order_by(drill_results.c.objection).limit(1)).scalar() or ""


def _drill(store: Store, viewer: Viewer, row: Row[Any], body: Body, playbook: Playbook) -> Drill:
    """The exercise of a stored attempt, made anew: from its scenario and seed, or from the real call."""
    if body.scenario is not None:
        gone = [name for name in body.scenario.objections if name not in OBJECTIONS]
        if gone:
            raise CoachError(
                "Temple ya no conoce la objeción «{name}» de este ejercicio. Empiece otro.",
                name=name_of(gone[0]),
            )
        build = FORMATS[row.format].build
        return build(body.scenario, row.seed, row.on_date, load_lines(), playbook)
    call = queries.call(store, viewer, row.recording_id)
    miss = Miss(body.objection, row.source_turn, body.reply, (), "unanswered")
    rewrite = row.format == "rewrite_bad_line"
    return drill_of(miss, call.transcript, call.findings.promise, row.on_date, rewrite=rewrite)


def _case(store: Store, viewer: Viewer, row: Row[Any], body: Body) -> Recording:
    if body.scenario is not None:
        return body.scenario.recording(row.on_date)
    return unnamed(queries.call(store, viewer, row.recording_id).transcript.recording, row.on_date)


def _joined() -> Select[Any]:
    made = drill_attempts.join(users, users.c.id == drill_attempts.c.user_id)
    return select(drill_attempts, users.c.name).select_from(made)


def _listed(row: Row[Any]) -> AttemptRow:
    return AttemptRow(
        row.id, row.user_id, row.name, row.format, row.scenario, row.on_date, row.started_at,
        row.finished_at, row.seconds, row.spoken, row.points, row.points_of, row.passed, row.assignment_id,
        practised(row.body),
    )  # fmt: skip
