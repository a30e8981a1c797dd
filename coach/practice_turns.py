"""What is said in an exercise: each reply is kept before it is read; the last one ends and grades it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, insert, select, update

from coach import audit, pipeline
from coach.attempt_body import Body, Said, write_body, write_shown
from coach.attempt_result import shown
from coach.attempts import IN_SESSION, Kept, about, attempt, in_session, in_words, own_open, played
from coach.practice import playbook_of
from coach.practice_cards import day_of, events_of
from coach.schema_drills import drill_attempts, drill_results
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import MOST_LETTERS, Drill, Play
from drills.grade import Tools, grade, grade_play
from drills.loader import LINES, load_lines
from drills.marked import composed
from drills.reply import findings_of
from drills.schedule import Card, Result, cards_of
from transcripts.types import Recording, Transcript, Turn

LONGEST_S = 600.0  # of one answer: who left the page open did not practise all the time


def start(
    store: Store, settings: Settings, viewer: Viewer, attempt_id: int, *, now: datetime | None = None
) -> None:
    """Let the clock run from now on; where it runs already it is not put back."""
    kept = own_open(store, viewer, attempt_id, playbook_of(settings))
    if not kept.body.begun:
        _write(store, kept, replace(kept.body, since=now or datetime.now(UTC), begun=True))


def reply(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    attempt_id: int,
    text: str,
    *,
    spoken: bool = False,
    now: datetime | None = None,
    before: int | None = None,
) -> None:
    """Keep what the trainee said, then read it and answer; the last reply ends and grades the attempt.

    A reply that comes late is kept and marked. `before`: the replies that the screen knew; the same words
    sent twice from it (a double key) are one reply. CoachError where nothing was said or it is over.
    """
    if before is not None and _was_sent(store, settings, viewer, attempt_id, text, before):
        return
    kept = own_open(store, viewer, attempt_id, playbook_of(settings))
    drill, play = kept.drill, kept.play
    if drill is None or play is None:
        raise CoachError("En este ejercicio se elige, no se responde con palabras.")
    if play.over:  # kept before, but not graded: the process died in between
        _finish(store, settings, viewer, kept, drill, kept.body, play)
        return
    said = _said(text, kept, drill, now or datetime.now(UTC), spoken=spoken)
    body = replace(kept.body, replies=(*kept.body.replies, said), begun=True)
    try:
        _write(store, kept, body)
    except CoachError:
        if before is not None and _was_sent(store, settings, viewer, attempt_id, text, before):
            return
        raise
    kept = replace(kept, body=body, written=write_body(body))
    _loading().join()
    with in_words():
        after = played(drill, body.texts)
    if after.over:
        _finish(store, settings, viewer, kept, drill, body, after)
    else:
        _write(store, kept, replace(body, since=datetime.now(UTC)))


def choose(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    attempt_id: int,
    *,
    choice: int | None,
    reason: int | None = None,
    turn: int | None = None,
    now: datetime | None = None,
) -> None:
    """What was chosen: the option and why, or the turn that fails and what fails in it. Ends the attempt."""
    kept = own_open(store, viewer, attempt_id, playbook_of(settings))
    if kept.drill is None or kept.play is not None:
        raise CoachError("En este ejercicio se responde con palabras.")
    body = replace(kept.body, choice=choice, reason=reason, turn=turn)
    _finish(store, settings, viewer, kept, kept.drill, body, None, now=now)


def end(store: Store, settings: Settings, viewer: Viewer, attempt_id: int) -> None:
    """End a talk before its end, and grade what was said; one that has ended stays as it is. CoachError where
    nothing was said.
    """
    kept = attempt(store, viewer, attempt_id, playbook_of(settings))
    if kept.shown is not None and kept.user_id == viewer.user_id:
        return
    kept = own_open(store, viewer, attempt_id, playbook_of(settings))
    if kept.drill is None or kept.play is None or not kept.body.replies:
        raise CoachError("Todavía no dijo nada: responda al menos una vez, o descarte el ejercicio.")
    _finish(store, settings, viewer, kept, kept.drill, kept.body, kept.play)


def drop(store: Store, viewer: Viewer, attempt_id: int) -> None:
    """Throw away one's own attempt that goes on still; a group's is its session's."""
    its = (
        drill_attempts.c.id == attempt_id,
        drill_attempts.c.user_id == viewer.user_id,
        drill_attempts.c.finished_at.is_(None),
    )
    with store.writing() as connection:
        if connection.execute(select(1).select_from(drill_attempts).where(*its, in_session())).first():
            raise CoachError(IN_SESSION)
        if connection.execute(delete(drill_attempts).where(*its)).rowcount == 0:
            raise CoachError("Este ejercicio ya terminó o es de otra persona: no se descarta.")
        audit.record(connection, viewer, "drill.drop", f"drill:{attempt_id}")


def _said(text: str, kept: Kept, drill: Drill, now: datetime, *, spoken: bool) -> Said:
    took = max(0.0, (now - kept.body.since).total_seconds())
    late = drill.seconds is not None and took > drill.seconds
    clean = composed(text)
    if not any(map(str.isalnum, clean)):
        raise CoachError("Falta su respuesta. Escriba o diga algo.")
    if len(clean) > MOST_LETTERS:
        raise CoachError(
            "La respuesta pasa de {most} letras. Acórtela como la diría por teléfono.", most=MOST_LETTERS
        )
    return Said(clean, round(min(took, LONGEST_S), 1), late, spoken)


def _was_sent(
    store: Store, settings: Settings, viewer: Viewer, attempt_id: int, text: str, before: int
) -> bool:
    """Whether the words were kept already as the reply that comes after `before` others."""
    kept = attempt(store, viewer, attempt_id, playbook_of(settings))
    words = (composed(text),)
    return kept.user_id == viewer.user_id and kept.body.texts[before : before + 1] == words


def _write(store: Store, kept: Kept, body: Body) -> None:
    """Keep the body. CoachError where the attempt went on elsewhere meanwhile: nothing said there is lost."""
    with store.writing() as connection:
        done = connection.execute(update(drill_attempts).where(*_as_read(kept)).values(body=write_body(body)))
        if done.rowcount == 0:
            raise CoachError("Este ejercicio siguió en otra ventana. Vuelva a abrirlo.")


def _as_read(kept: Kept) -> tuple[Any, ...]:
    its = drill_attempts.c
    return its.id == kept.id, its.body == kept.written, its.finished_at.is_(None)


def _finish(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    kept: Kept,
    drill: Drill,
    body: Body,
    play: Play | None,
    *,
    now: datetime | None = None,
) -> None:
    """Grade the attempt and keep what is shown, with one result for each objection; where another run of the
    screen has ended it meanwhile, its result stands.
    """
    now = now or datetime.now(UTC)
    tools = Tools(load_lines(), playbook_of(settings), pipeline.rubric_of(settings))
    with in_words():
        got = grade_play(play, tools) if play is not None else grade(drill, body.attempt, tools)
    came = about(drill, play)
    results = [Result(label, day_of(now), got.points, got.of, got.passed) for label in came]
    card = _card(store, viewer, came, results)
    picture = shown(drill, body, play, got, card, tools.rubric)
    seconds = sum(one.seconds for one in body.replies) if play else _took(kept, now)
    values = {
        "body": write_body(body), "grade": write_shown(picture), "finished_at": now, "points": got.points,
        "points_of": got.of, "passed": got.passed, "seconds": seconds,
        "spoken": any(one.spoken for one in body.replies), "versions": json.dumps(_versions(tools)),
    }  # fmt: skip
    with store.writing() as connection:
        done = connection.execute(update(drill_attempts).where(*_as_read(kept)).values(**values))
        if done.rowcount == 0:
            ended = select(drill_attempts.c.id).where(
                drill_attempts.c.id == kept.id, drill_attempts.c.finished_at.is_not(None)
            )
            if connection.execute(ended).first() is not None:
                return
            raise CoachError("Este ejercicio siguió en otra ventana. Vuelva a abrirlo.")
        if results:
            connection.execute(insert(drill_results), [_row(kept.id, one) for one in results])
        audit.record(connection, viewer, "drill.finish", f"drill:{kept.id}", points=f"{got.points}/{got.of}")


def _card(store: Store, viewer: Viewer, came: tuple[str, ...], results: list[Result]) -> Card | None:
    """The schedule's card of what the attempt was about first, after it."""
    before, failed = events_of(store, viewer)
    after = cards_of([*before, *results], failed)
    return next((card for card in after if came and card.objection == came[0]), None)


def _row(attempt_id: int, result: Result) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id, "objection": result.objection, "points": result.points,
        "points_of": result.of, "passed": result.passed,
    }  # fmt: skip


def _took(kept: Kept, now: datetime) -> float:
    return round(min(LONGEST_S, max(0.0, (now - kept.body.since).total_seconds())), 1)


def _versions(tools: Tools) -> Mapping[str, str]:
    """What an attempt was read and answered by."""
    return {"rubric": tools.rubric.name, "nlp": pipeline.nlp_version(), "lines": _lines()}


@cache
def _lines() -> str:
    """Twelve letters that change with any line of the debtor's."""
    digest = hashlib.sha256()
    for file in (*sorted(LINES.glob("*.yaml")), LINES.with_name("reactions.yaml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def get_ready() -> None:
    """Begin to load what reads replies, so that the first of them hardly waits; gives at once."""
    _loading()


@cache
def _loading() -> threading.Thread:
    """Loads the models, once per process; whoever reads waits for it instead of loading them again."""

    def load() -> None:
        case = Recording("drill-ready", date(2025, 1, 6), country="MX")
        findings_of(Transcript(case, (Turn("agent", "Buenas tardes, ¿qué día puede pagar?"),)), ())

    thread = threading.Thread(target=load, daemon=True)
    thread.start()
    return thread
