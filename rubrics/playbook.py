"""The playbook file: for each objection, what could be said at each step, for whom and in which tone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal, Protocol

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from rubrics.labels import OBJECTIONS
from rubrics.told import Fact
from rubrics.types import Mistake
from rubrics.yamlfile import line_of, mistakes, parsed, refuse, suggestion, text_of, where

DEFAULT = Path(__file__).parent / "playbook.yaml"
SLOTS = ("nombre", "monto", "fecha", "segunda_fecha", "empresa", "agente", "producto", "dias", "oferta")
STEPS = ("recognise", "explore", "answer", "ask")
FIELDS = (*STEPS, "replies")
Tone = Literal["calido", "directo", "formal", "sencillo"]
Stage = Literal["preventiva", "temprana", "tardia", "prejuridica"]
DebtorType = Literal["fortuito", "intencional", "negligente", "circunstancial", "desorganizado"]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class Wording(BaseModel):
    """One thing to say. `in_` and `not_in` are countries; what is not given fits any call.

    `when`: it answers one of these, which the call must tell; `unless`: none of these may be told.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    say: str = Field(min_length=1)
    in_: tuple[Country, ...] = Field(default=(), alias="in")
    not_in: tuple[Country, ...] = ()
    tone: Tone | None = None
    stage: Stage | None = None
    debtor: DebtorType | None = None
    when: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()

    @field_validator("say")
    @classmethod
    def _closed(cls, say: str) -> str:
        try:
            list(Formatter().parse(say))
        except ValueError as error:
            raise ValueError("una llave no se abre o no se cierra; un dato se escribe {monto}") from error
        return say

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.say) if name is not None)


def _wording(value: object) -> object:
    """A plain sentence is a wording for everybody."""
    return {"say": value} if isinstance(value, str) else value


Wordings = tuple[Annotated[Wording, BeforeValidator(_wording)], ...]


class Play(BaseModel):
    """How to meet one objection. No `ask` where asking again would be wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objection: str
    why: str
    recognise: Wordings = Field(min_length=1)
    explore: Wordings = Field(min_length=1)
    answer: Wordings = Field(min_length=1)
    ask: Wordings = ()
    avoid: tuple[str, ...] = Field(min_length=1)
    replies: Wordings = Field(min_length=3)

    def wordings(self, step: str) -> tuple[Wording, ...]:
        """Those of one of `FIELDS`."""
        return getattr(self, step)  # type: ignore[no-any-return]


class Playbook(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    plays: tuple[Play, ...]

    def play(self, objection: str) -> Play:
        """The play for an objection; the loader sees to it that there is one for each of the vocabulary."""
        play = self.find(objection)
        if play is None:
            raise KeyError(objection)
        return play

    def find(self, objection: str) -> Play | None:
        """The same; None for an objection that the rules know and the playbook does not (yet)."""
        return next((play for play in self.plays if play.objection == objection), None)


def load_playbook(path: Path | None = None) -> Playbook:
    """The playbook in `path`, else Temple's own, read once; RubricError tells of every mistake at once."""
    return _temple() if path is None else _sound(path) or _told(path)


@cache
def _temple() -> Playbook:
    return load_playbook(DEFAULT)


def _sound(path: Path) -> Playbook | None:
    """The playbook where nothing is wrong with it, read without lines: twenty times faster."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        playbook = Playbook.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        return None
    return None if any(_plays(data, playbook)) else playbook


def _told(path: Path) -> Playbook:
    """The playbook read again with its lines, to tell what is wrong and where."""
    data = parsed(text_of(path), path.name)
    found: list[Mistake] = []
    playbook = None
    try:
        playbook = Playbook.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), Playbook)
    if playbook is not None:
        found += _plays(data, playbook)
    if playbook is None or found:
        raise refuse(path, found)
    return playbook


def _plays(data: Any, playbook: Playbook) -> Iterator[Mistake]:
    """One play for each objection, slots that exist, and a reply that needs none."""
    seen: set[str] = set()
    for place, play in enumerate(playbook.plays):
        here, line = f"plays › {play.objection}", line_of(data, ("plays", place, "objection"))
        if play.objection not in OBJECTIONS:
            near = suggestion(play.objection, OBJECTIONS)
            yield Mistake(line, here, f"objeción desconocida «{play.objection}»{near}")
        if play.objection in seen:
            yield Mistake(line, here, "esta objeción ya tiene su entrada más arriba")
        seen.add(play.objection)
        if not any(for_all(reply) for reply in play.replies):
            yield Mistake(line, here, "al menos una respuesta debe poder decirse sin datos y en todo país")
        yield from strange_slots(data, place, play)
    for objection in OBJECTIONS:
        if objection not in seen:
            yield Mistake(line_of(data, ("plays",)), "plays", f"falta la entrada de «{objection}»")


def for_all(reply: Wording) -> bool:
    """Whether it may be said in any call, whatever is known or told."""
    return for_any_case(reply) and not (reply.when or reply.unless)


def for_any_case(reply: Wording) -> bool:
    """Whether it hangs on nothing but what the call tells."""
    return not (reply.slots or reply.in_ or reply.not_in or reply.stage or reply.debtor)


class Worded(Protocol):
    def wordings(self, step: str) -> tuple[Wording, ...]: ...


def strange_slots(data: Any, place: int, play: Worded) -> Iterator[Mistake]:
    """Slots that there are not, in the play at `place` of the file."""
    for field in FIELDS:
        for at, wording in enumerate(play.wordings(field)):
            for slot in wording.slots - set(SLOTS):
                spot = ("plays", place, field, at)
                what = f"dato desconocido {{{slot}}}{suggestion(slot, SLOTS)}; hay: {', '.join(SLOTS)}"
                yield Mistake(line_of(data, spot), where(data, spot), what)
