"""The labelled corpus as the trainers read it: dialogues with labels, and the words that carry each label.

One JSON object a line (`nlp/corpus/*.jsonl`, one file per author). A line is a whole call or, with `kind`
"turn", a single utterance, at most with the turn before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.labels import act_ids, objection_ids
from nlp.types import NlpError
from transcripts.types import Recording, Transcript, Turn

CORPUS = Path(__file__).parent.parent / "corpus"
Split = Literal["train", "dev", "test"]
LABELS: tuple[str, ...] = (*objection_ids(), *(name for name in act_ids() if name != "none"))


class Labelled(BaseModel):
    """A label of a turn; characters `start..end` (half-open) of its text carry it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class LabelledTurn(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    speaker: Literal["agent", "debtor", "other"]
    text: str = Field(min_length=1)
    labels: tuple[Labelled, ...] = ()
    context: bool = False  # stands there for the turn after it only: not labelled

    @property
    def side(self) -> Literal["agent", "debtor"]:
        return "agent" if self.speaker == "agent" else "debtor"

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.labels)


class Answered(BaseModel):
    """How the agent met one objection: whether the answer fits, and the rungs that were reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turn: int
    id: str
    fit: bool | None  # None: the call ended before an answer was possible
    rungs: tuple[Literal["recognise", "explore", "answer", "ask"], ...] = ()


class LabelledPromise(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    turn: int
    amount: float | None
    currency: str | None
    date: str | None
    channel: str | None


class Example(BaseModel):
    """A labelled call, or a single utterance."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    author: str
    split: Split
    country: str
    noise: Literal["clean", "asr"]
    kind: Literal["call", "turn"] = "call"
    part: bool = False  # a stretch of a call, or one of which neither promise nor answers are labelled
    call_date: str | None = None
    agent: str | None = None
    company: str | None = None
    debtor_name: str | None = None
    turns: tuple[LabelledTurn, ...]
    answered: tuple[Answered, ...] = ()
    promise: LabelledPromise | None = None

    def transcript(self) -> Transcript:
        """The call without its labels."""
        return Transcript(
            Recording(
                self.id,
                call_started_at=date.fromisoformat(self.call_date) if self.call_date else None,
                agent=self.agent,
                company=self.company,
                debtor_name=self.debtor_name,
                country=self.country,
            ),
            tuple(Turn(turn.speaker, turn.text) for turn in self.turns),
        )


def read_examples(folder: Path = CORPUS, splits: Iterable[Split] = ("train", "dev")) -> list[Example]:
    """All examples of the wanted splits, in order of file and line. Raises NlpError naming file and line."""
    wanted = frozenset(splits)
    return [one for path in sorted(folder.glob("*.jsonl")) for one in _read(path) if one.split in wanted]


def _read(path: Path) -> Iterator[Example]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            example = Example.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            raise NlpError(
                f"{path.name}, línea {number}: {error}. Corrija la línea y vuelva a entrenar."
            ) from error
        for turn in example.turns:
            for label in turn.labels:
                _check(path.name, number, turn, label)
        yield example


def _check(name: str, number: int, turn: LabelledTurn, label: Labelled) -> None:
    mine = act_ids() if turn.side == "agent" else objection_ids()
    if label.id not in mine:
        raise NlpError(f"{name}, línea {number}: «{label.id}» no es etiqueta de {turn.side}. Corríjala.")
    if not label.start < label.end <= len(turn.text):
        raise NlpError(f"{name}, línea {number}: «{label.id}» cita letras que el turno no tiene. Corríjala.")
