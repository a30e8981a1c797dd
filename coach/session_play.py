"""The play of a group session: an attempt of who plays, kept as any other, typed at one screen for all.

It is graded when the session compares, not before: until then nobody is to know what the machine says.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from coach import guide, pipeline
from coach.attempt_body import Body, Said, read_body, write_body, write_shown
from coach.attempt_result import shown
from coach.attempts import in_words
from coach.attempts import played as talk
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.types import CoachError
from coach.workdays import local_day
from drills.drill import Drill, FormatId, Play, say
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines
from drills.marked import composed
from drills.scenario import Scenario

LONGEST_S = 600.0  # of one reply: nobody thinks that long, the room talks
_T = drill_attempts.c


@dataclass(frozen=True, slots=True)
class Played:
    """The attempt as it stands: the talk, and the JSON that it was read from."""

    attempt_id: int
    play: Play
    body: Body
    written: str

    @property
    def texts(self) -> tuple[str, ...]:
        return self.body.texts


def begin(
    connection: Connection,
    settings: Settings,
    player_id: int,
    format_: FormatId,
    scenario: Scenario,
    seed: int,
    now: datetime,
) -> int:
    """An attempt in which nothing was said yet. CoachError where the scenario holds no such exercise."""
    _drill(settings, format_, scenario, seed, local_day(now))
    row = {
        "user_id": player_id, "format": format_, "scenario": scenario.id, "seed": seed,
        "on_date": local_day(now), "started_at": now, "seconds": 0.0, "spoken": False,
        "body": write_body(Body(now, scenario=scenario)), "grade": "", "versions": "{}",
    }  # fmt: skip
    made = insert(drill_attempts).values(**row).returning(_T.id)
    return int(connection.execute(made).scalar_one())


def played(connection: Connection, settings: Settings, attempt_id: int | None) -> Played:
    """CoachError where the attempt was discarded."""
    row = connection.execute(select(drill_attempts).where(_T.id == attempt_id)).first()
    body = read_body(row.body) if row is not None else None
    if row is None or body is None or body.scenario is None:
        raise CoachError("La práctica de esta sesión ya no está. Abra otra sesión.")
    drill = _drill(settings, row.format, body.scenario, row.seed, row.on_date)
    return Played(row.id, talk(drill, body.texts), body, row.body)


def read_next(before: Played, text: str) -> Play:
    """The talk after one more reply. CoachError where it is over or nothing was said. Takes the models."""
    clean = composed(text)
    with in_words():
        if before.play.over or not clean:
            say(before.play, clean, load_lines())  # says why it cannot be
        return talk(before.play.drill, (*before.texts, clean))


def keep_reply(connection: Connection, before: Played, text: str, now: datetime) -> None:
    """CoachError where the talk went on elsewhere meanwhile: nothing said there is lost."""
    took = max(0.0, (now - before.body.since).total_seconds())
    reply = Said(composed(text), round(min(took, LONGEST_S), 1))
    body = replace(before.body, since=now, replies=(*before.body.replies, reply))
    its = update(drill_attempts).where(_T.id == before.attempt_id, _T.body == before.written)
    if connection.execute(its.values(body=write_body(body))).rowcount == 0:
        raise CoachError("La práctica siguió en otra pantalla. Actualice para ver lo último.")


def graded(settings: Settings, last: Played) -> Grade:
    """What the machine says. Takes the models."""
    return grade_play(last.play, _tools(settings))


def keep_grade(connection: Connection, settings: Settings, last: Played, grade: Grade, now: datetime) -> None:
    """End the attempt and keep what its player is shown."""
    rubric = _tools(settings).rubric
    picture = shown(last.play.drill, last.body, last.play, grade, None, rubric)
    values = {
        "grade": write_shown(picture), "finished_at": now, "points": grade.points, "points_of": grade.of,
        "passed": grade.passed, "seconds": sum(one.seconds for one in last.body.replies),
        "versions": json.dumps({"rubric": rubric.name, "nlp": pipeline.nlp_version()}),
    }  # fmt: skip
    its = update(drill_attempts).where(_T.id == last.attempt_id, _T.finished_at.is_(None))
    connection.execute(its.values(**values))


def _tools(settings: Settings) -> Tools:
    return Tools(load_lines(), guide.guide(settings).playbook, pipeline.rubric_of(settings))


def _drill(settings: Settings, format_: FormatId, scenario: Scenario, seed: int, on: date) -> Drill:
    with in_words():
        return FORMATS[format_].build(scenario, seed, on, load_lines(), guide.guide(settings).playbook)
