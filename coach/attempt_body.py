"""What is kept of an attempt, as JSON: what the trainee did, and what they were shown at the end.

The body makes the drill anew, whatever becomes of the scenario file meanwhile; what was shown is kept as it
was, whatever later rules would say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from drills.drill import Attempt, FormatId
from drills.scenario import KEPT, Scenario
from nlp.labels import Text


@dataclass(frozen=True, slots=True)
class Said:
    """One reply. `seconds` from when the line before it stood there; `late`: more than the drill gives."""

    text: str
    seconds: float
    late: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """`since`: when what is to be answered stood there. `objection`, `reply`: of a miss in a real call, its
    label and the turn in which the agent answered. `begun`: where there is a clock, whether it runs: it does
    not before the trainee says so.
    """

    since: datetime
    replies: tuple[Said, ...] = ()
    choice: int | None = None
    reason: int | None = None
    turn: int | None = None
    scenario: Scenario | None = None
    objection: str = ""
    reply: int | None = None
    begun: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.replies)

    @property
    def attempt(self) -> Attempt:
        return Attempt(self.texts, self.choice, self.reason, self.turn)


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the drill. `mine`: the trainee's; `why` tells what it did. `wrong`, `picked`: of a fault to
    spot, the turn that fails and the one that was pointed at.
    """

    speaker: str
    text: str
    mine: bool = False
    why: Text | None = None
    seconds: float | None = None
    late: bool = False
    wrong: bool = False
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of several, and what is to be said of it."""

    text: str
    right: bool
    picked: bool
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Points of one step or rule, with the trainee's words and a better line."""

    id: str
    label: Text
    rule: Text
    got: int
    of: int
    quote: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A critical word: what it breaks, the words, why, and what to say instead."""

    rule: str
    label: Text
    quote: str
    help: str
    better: str
    help_en: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The result as the trainee saw it. `notes` are ids of `marks`, the dearest first; `due` is when the
    `objection` comes again; `won` is None where there is nothing to win.
    """

    points: int
    of: int
    passed: bool
    won: bool | None
    marks: tuple[Point, ...]
    notes: tuple[str, ...]
    broken: tuple[Broken, ...]
    better: tuple[str, ...]
    lines: tuple[Line, ...]
    options: tuple[Chosen, ...] = ()
    reasons: tuple[Chosen, ...] = ()
    next_format: FormatId = "one_reply"
    due: date | None = None
    objection: str = ""
    lost: Text | None = None  # why the goal was not reached


_BODY, _SHOWN = TypeAdapter(Body), TypeAdapter(Shown)


def write_body(body: Body) -> str:
    return _BODY.dump_json(body).decode()


def read_body(text: str) -> Body:
    return _BODY.validate_json(text, context=KEPT)


def practised(text: str) -> Scenario | None:
    """The case alone of a body, as it was practised; None for one of a real call."""
    case = json.loads(text).get("scenario")
    return None if case is None else Scenario.model_validate(case, context=KEPT)


def write_shown(shown: Shown) -> str:
    return _SHOWN.dump_json(shown).decode()


def read_shown(text: str) -> Shown:
    return _SHOWN.validate_json(text)
