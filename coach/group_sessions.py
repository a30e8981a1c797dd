"""A practice for a group: one plays, the others score by the list, then all compare with the machine.

Whoever coaches opens it and leads. Nobody sees another's score before that; who played scores first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from secrets import randbelow

from sqlalchemy import Connection, delete, insert, select, update

from coach import audit, notices, session_play, trainees
from coach.scenarios import scenarios
from coach.schema_drills import group_scores, group_sessions
from coach.session_play import Played
from coach.session_rows import Session, one
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day
from drills.checklist import checklist
from drills.drill import FormatId, Play

PLAYED: tuple[FormatId, ...] = (
    "whole_call", "close_vague", "three_escalating", "one_reply", "third_party",
)  # fmt: skip
LONGEST_TITLE, LONGEST_NOTE = 200, 1000
_S, _OF = group_sessions.c, group_scores.c


def open_session(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    title: str,
    format_: FormatId,
    scenario: str,
    player_id: int,
    people: Collection[int],
    *,
    seed: int | None = None,
    now: datetime | None = None,
) -> int:
    """Begin one: `player_id` plays, `people` score too, and so does who leads. Each is told. Gives its id."""
    viewer.require("assign")
    if viewer.user_id is None:
        raise CoachError("Una sesión la abre una persona con cuenta.")
    now, known, title = now or datetime.now(UTC), scenarios(settings), " ".join(title.split())
    if format_ not in PLAYED:
        raise CoachError("En grupo se practican formatos en los que se habla. Elija otro.")
    if scenario not in known:
        raise CoachError("El escenario «{scenario}» ya no está. Elija otro.", scenario=scenario)
    others = set(people) | {player_id}
    if not others - {player_id, viewer.user_id}:
        raise CoachError("Falta quien puntúe: elija al menos una persona además de quien practica.")
    number = randbelow(10_000) if seed is None else seed
    title = (title or known[scenario].title)[:LONGEST_TITLE]
    with store.writing() as connection:
        looks_on = trainees.who_coach(connection, others - {player_id})
        trainees.reached(connection, viewer, others - looks_on - {viewer.user_id}, local_day(now))
        attempt = session_play.begin(connection, settings, player_id, format_, known[scenario], number, now)
        row = {
            "led_by": viewer.user_id, "title": title, "format": format_, "scenario": scenario,
            "player_id": player_id, "attempt_id": attempt, "state": "running", "created_at": now,
        }  # fmt: skip
        made = insert(group_sessions).values(**row).returning(_S.id)
        session_id = int(connection.execute(made).scalar_one())
        seats = [
            {"session_id": session_id, "user_id": person, "body": "", "at": now}
            for person in sorted(others | {viewer.user_id})
        ]
        connection.execute(insert(group_scores), seats)
        for person in sorted(others - {viewer.user_id}):
            notices.tell_of_practice(connection, person, "session_opened", session_id, title, now)
        audit.record(
            connection, viewer, "session.open", f"session:{session_id}", title=title, people=len(seats)
        )
    return session_id


def talk(store: Store, settings: Settings, viewer: Viewer, session_id: int) -> Play:
    """What was said so far."""
    with store.reading() as connection:
        return _played(connection, settings, one(connection, viewer, session_id)).play


def say(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    session_id: int,
    text: str,
    *,
    now: datetime | None = None,
) -> Play:
    """One reply of who plays, typed by them or by who leads; with the last one the scoring begins."""
    now = now or datetime.now(UTC)
    with store.reading() as connection:
        of = one(connection, viewer, session_id)
        before = _played(connection, settings, of)
    _at_table(of, "playing")
    play = session_play.read_next(before, text)
    with store.writing() as connection:
        session_play.keep_reply(connection, before, text, now)
        if play.over:
            _end(connection, session_id, now)
    return play


def end_play(
    store: Store, settings: Settings, viewer: Viewer, session_id: int, *, now: datetime | None = None
) -> None:
    """The talk is over, also before its end; then it is scored."""
    with store.reading() as connection:
        of = one(connection, viewer, session_id)
        said = _played(connection, settings, of).texts
    _at_table(of, "playing")
    if not said:
        raise CoachError("Todavía no se dijo nada: responda al menos una vez.")
    with store.writing() as connection:
        _end(connection, session_id, now or datetime.now(UTC))


def score(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    session_id: int,
    points: Mapping[str, int],
    note: str = "",
    *,
    now: datetime | None = None,
) -> None:
    """Hand in one's own points, by rule; again until all compare. Who played comes first."""
    with store.reading() as connection:
        items = dict(checklist(_played(connection, settings, one(connection, viewer, session_id)).play))
    if set(points) != set(items) or any(not 0 <= points[name] <= most for name, most in items.items()):
        raise CoachError("Faltan puntos de alguna línea. Puntúe todas y vuelva a entregar.")
    if len(note) > LONGEST_NOTE:
        raise CoachError("La nota va hasta {most} letras.", most=LONGEST_NOTE)
    body = json.dumps({"points": dict(points), "note": note.strip()}, ensure_ascii=False)
    with store.writing() as connection:
        of = one(connection, viewer, session_id)
        if not of.scores:
            raise CoachError("Usted no puntúa en esta sesión: pida a quien la dirige que le sume.")
        if of.phase != "scoring":
            raise CoachError("Se puntúa cuando termina la práctica y hasta que se compara.")
        if not of.plays and not of.player_done:
            raise CoachError("Primero puntúa quien practicó: espere a {player}.", player=of.player)
        its = update(group_scores).where(_OF.session_id == session_id, _OF.user_id == viewer.user_id)
        connection.execute(its.values(body=body, at=now or datetime.now(UTC)))


def seat(store: Store, viewer: Viewer, session_id: int, people: Collection[int]) -> None:
    """More people who score, while it goes on."""
    now = datetime.now(UTC)
    with store.writing() as connection:
        of = one(connection, viewer, session_id)
        if not of.leads or of.phase == "compared":
            raise CoachError("Suma personas quien dirige la sesión, y solo antes de comparar.")
        new = set(people) - {known.user_id for known in of.seats}
        trainees.reached(connection, viewer, new - trainees.who_coach(connection, new), local_day(now))
        for person in sorted(new):
            row = {"session_id": session_id, "user_id": person, "body": "", "at": now}
            connection.execute(insert(group_scores).values(**row))
            notices.tell_of_practice(connection, person, "session_opened", session_id, of.title, now)


def own_score(store: Store, viewer: Viewer, session_id: int) -> Mapping[str, int]:
    """The points that the viewer handed in; none before."""
    its = (_OF.session_id == session_id, _OF.user_id == viewer.user_id)
    with store.reading() as connection:
        body = connection.execute(select(group_scores.c.body).where(*its)).scalar()
    return dict(json.loads(body)["points"]) if body else {}


def compare(
    store: Store, settings: Settings, viewer: Viewer, session_id: int, *, now: datetime | None = None
) -> None:
    """Who leads ends the scoring: the machine grades, and all see everything. Not taken back."""
    now = now or datetime.now(UTC)
    with store.reading() as connection:
        of = one(connection, viewer, session_id)
        last = _played(connection, settings, of)
    if not of.leads:
        raise CoachError("Compara quien dirige la sesión.")
    if of.phase != "scoring" or not of.player_done:
        raise CoachError("Se compara cuando quien practicó ya puntuó.")
    grade = session_play.graded(settings, last)
    with store.writing() as connection:
        session_play.keep_grade(connection, settings, last, grade, now)
        still = update(group_sessions).where(_S.id == session_id, _S.state == "running")
        connection.execute(still.values(state="compared"))
        notices.take_back(connection, "session_opened", session_id)
        audit.record(connection, viewer, "session.compare", f"session:{session_id}", title=of.title)


def drop(store: Store, viewer: Viewer, session_id: int) -> None:
    """Throw away a session that was not compared; what was played stays with who played."""
    with store.writing() as connection:
        of = one(connection, viewer, session_id)
        if not of.leads or of.phase == "compared":
            raise CoachError("La descarta quien la dirige, y solo antes de comparar.")
        connection.execute(delete(group_sessions).where(_S.id == session_id))
        notices.take_back(connection, "session_opened", session_id)
        audit.record(connection, viewer, "session.drop", f"session:{session_id}", title=of.title)


def _played(connection: Connection, settings: Settings, of: Session) -> Played:
    return session_play.played(connection, settings, of.attempt_id)


def _at_table(of: Session, phase: str) -> None:
    """CoachError where the viewer neither leads nor plays, or it is past this."""
    if not (of.leads or of.plays):
        raise CoachError("Responde quien practica o quien dirige la sesión.")
    if of.phase != phase:
        raise CoachError("La práctica ya terminó: ahora se puntúa o se compara.")


def _end(connection: Connection, session_id: int, now: datetime) -> None:
    its = update(group_sessions).where(_S.id == session_id, _S.ended_at.is_(None))
    connection.execute(its.values(ended_at=now))
