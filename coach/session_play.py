"""The play of a group session: an attempt of who plays, kept as any other, typed at one screen for all.

It is graded when the session compares, not before: until then nobody is to know what the machine says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, insert, select, update

from coach import guide, pipeline
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.types import CoachError
from drills.drill import Drill, FormatId, Play, begin_play, say
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Critical, Grade, Tools, grade_play
from drills.loader import load_lines
from drills.marks import Mark
from drills.scenario import DrillError, Scenario

LONGEST_S = 600.0  # of one reply: nobody thinks that long, the room talks
_T = drill_attempts.c


@dataclass(frozen=True, slots=True)
class Played:
    """The attempt as it stands: the talk, and the JSON that it was read from."""

    attempt_id: int
    play: Play
    body: Mapping[str, Any]
    written: str

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one["text"] for one in self.body["replies"])


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
    _drill(settings, format_, scenario, seed, now.date())
    body = {"since": now.isoformat(), "replies": [], "scenario": scenario.model_dump(mode="json")}
    row = {
        "user_id": player_id, "format": format_, "scenario": scenario.id, "seed": seed,
        "on_date": now.date(), "started_at": now, "seconds": 0.0, "spoken": False,
        "body": json.dumps(body, ensure_ascii=False), "grade": "", "versions": "{}",
    }  # fmt: skip
    made = insert(drill_attempts).values(**row).returning(_T.id)
    return int(connection.execute(made).scalar_one())


def played(connection: Connection, settings: Settings, attempt_id: int | None) -> Played:
    """CoachError where the attempt was discarded."""
    row = connection.execute(select(drill_attempts).where(_T.id == attempt_id)).first()
    if row is None:
        raise CoachError("La práctica de esta sesión ya no está. Abra otra sesión.")
    body = json.loads(row.body)
    scenario = Scenario.model_validate(body["scenario"])
    drill = _drill(settings, row.format, scenario, row.seed, row.on_date)
    texts = tuple(one["text"] for one in body["replies"])
    return Played(row.id, _talk(drill, texts), body, row.body)


def read_next(before: Played, text: str) -> Play:
    """The talk after one more reply. CoachError where it is over or nothing was said. Takes the models."""
    clean = " ".join(text.split())
    try:
        say(before.play, clean, load_lines())
    except DrillError as error:
        raise CoachError(str(error)) from error
    return _talk(before.play.drill, (*before.texts, clean))


def keep_reply(connection: Connection, before: Played, text: str, now: datetime) -> None:
    """CoachError where the talk went on elsewhere meanwhile: nothing said there is lost."""
    since = datetime.fromisoformat(before.body["since"])
    seconds = round(min(max(0.0, (now - since).total_seconds()), LONGEST_S), 1)
    reply = {"text": " ".join(text.split()), "seconds": seconds, "late": False, "spoken": False}
    body = {**before.body, "since": now.isoformat(), "replies": [*before.body["replies"], reply]}
    its = update(drill_attempts).where(_T.id == before.attempt_id, _T.body == before.written)
    if connection.execute(its.values(body=json.dumps(body, ensure_ascii=False))).rowcount == 0:
        raise CoachError("La práctica siguió en otra pantalla. Actualice para ver lo último.")


def graded(settings: Settings, last: Played) -> Grade:
    """What the machine says. Takes the models."""
    return grade_play(last.play, _tools(settings))


def keep_grade(connection: Connection, settings: Settings, last: Played, grade: Grade, now: datetime) -> None:
    """End the attempt and keep what its player is shown."""
    replies = last.body["replies"]
    made_by = {"rubric": _tools(settings).rubric.name, "nlp": pipeline.nlp_version()}
    values = {
        "grade": json.dumps(_shown(last.play, replies, grade), ensure_ascii=False), "finished_at": now,
        "points": grade.points, "points_of": grade.of, "passed": grade.passed,
        "seconds": sum(one["seconds"] for one in replies), "versions": json.dumps(made_by),
    }  # fmt: skip
    its = update(drill_attempts).where(_T.id == last.attempt_id, _T.finished_at.is_(None))
    connection.execute(its.values(**values))


def _tools(settings: Settings) -> Tools:
    return Tools(load_lines(), guide.guide(settings).playbook, pipeline.rubric_of(settings))


def _drill(settings: Settings, format_: FormatId, scenario: Scenario, seed: int, on: date) -> Drill:
    try:
        return FORMATS[format_].build(scenario, seed, on, load_lines(), guide.guide(settings).playbook)
    except DrillError as error:
        raise CoachError(str(error)) from error


@lru_cache(maxsize=256)
def _talk(drill: Drill, texts: tuple[str, ...]) -> Play:
    """Each reply is read once, however many screens look on."""
    book = load_lines()
    if not texts:
        return begin_play(drill, book)
    before = _talk(drill, texts[:-1])
    return before if before.over else say(before, texts[-1], book)


def _shown(play: Play, replies: Sequence[Mapping[str, Any]], grade: Grade) -> dict[str, Any]:
    """What whoever opens the attempt reads: points, critical words, the talk with what each turn did."""
    lost = sorted((one for one in grade.marks if one.got < one.of), key=lambda one: one.got - one.of)
    whys = {why.turn: {"es": told(why), "en": told(why, "en")} for why in play.whys}
    said = dict(zip(play.mine, replies, strict=False))
    lines = [
        {
            "speaker": turn.speaker, "text": turn.text, "mine": at in play.mine, "why": whys.get(at),
            "seconds": said[at]["seconds"] if at in said else None,
        }
        for at, turn in enumerate(play.turns)
    ]  # fmt: skip
    return {
        "points": grade.points, "of": grade.of, "passed": grade.passed, "won": grade.won,
        "marks": [_mark(one) for one in grade.marks], "notes": [one.id for one in lost[:3]],
        "broken": [_broken(one) for one in grade.critical], "better": list(grade.better), "lines": lines,
        "next_format": play.drill.format,
    }  # fmt: skip


def _mark(one: Mark) -> dict[str, Any]:
    return {
        "id": one.id, "label": {"es": one.label(), "en": one.label("en")},
        "rule": {"es": one.rule(), "en": one.rule("en")}, "got": one.got, "of": one.of, "quote": one.quote,
        "better": one.better,
    }  # fmt: skip


def _broken(one: Critical) -> dict[str, Any]:
    return {
        "rule": one.rule, "label": {"es": one.label, "en": one.label}, "quote": one.quote,
        "help": one.help, "better": one.better,
    }  # fmt: skip
