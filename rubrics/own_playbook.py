"""A shop's own playbook: wordings that go before Temple's, and sentences of Temple's that it does not say.

version: 3
based_on: temple
plays:
  - objection: no_money
    replies:
      - {say: "Entiendo. ¿Con cuánto comienza el {fecha}?", in: [MX], tone: directo}
    without: ["¿Qué ocurrió este mes para que no le alcanzara?"]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rubrics.labels import OBJECTIONS
from rubrics.playbook import FIELDS, Play, Playbook, Wordings, for_all, strange_slots
from rubrics.types import Mistake
from rubrics.yamlfile import line_of, mistakes, parsed, refuse, suggestion, text_of

LEAST_REPLIES = 3  # of a play, Temple's and own together: a call shows several


class OwnPlay(BaseModel):
    """What a shop adds to one play, and what it leaves out of Temple's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objection: str
    recognise: Wordings = ()
    explore: Wordings = ()
    answer: Wordings = ()
    ask: Wordings = ()
    replies: Wordings = ()
    without: tuple[str, ...] = ()  # sentences of Temple's, as they are written there

    def wordings(self, step: str) -> Wordings:
        """Those of one of `FIELDS`."""
        return getattr(self, step)  # type: ignore[no-any-return]


class OwnPlaybook(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1)
    based_on: Literal["temple"]
    plays: tuple[OwnPlay, ...] = ()

    def play(self, objection: str) -> OwnPlay:
        """What is said of one objection; an empty play where nothing is."""
        return next((p for p in self.plays if p.objection == objection), OwnPlay(objection=objection))


NOTHING_OWN = OwnPlaybook.model_construct(version=0, based_on="temple", plays=())


def load_own(path: Path, base: Playbook) -> OwnPlaybook:
    """The file in `path`; RubricError tells of every mistake at once."""
    return read_own(text_of(path), path, base)


def read_own(text: str, place: Path, base: Playbook) -> OwnPlaybook:
    """The own playbook that `text` would be if it stood in `place`."""
    data = parsed(text, place.name)
    found: list[Mistake] = []
    own = None
    try:
        own = OwnPlaybook.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), OwnPlaybook)
    if own is not None:
        found += _plays(data, own, base)
    if own is None or found:
        raise refuse(place, found)
    return own


def over(base: Playbook, own: OwnPlaybook) -> Playbook:
    """Own wordings first, then Temple's but for those left out."""
    plays = tuple(_joined(play, own.play(play.objection)) for play in base.plays)
    return base.model_copy(update={"plays": plays})


def _joined(play: Play, own: OwnPlay) -> Play:
    steps = {
        step: (*own.wordings(step), *(w for w in play.wordings(step) if w.say not in own.without))
        for step in FIELDS
    }
    return play.model_copy(update=steps)


def _plays(data: object, own: OwnPlaybook, base: Playbook) -> Iterator[Mistake]:
    """Objections that exist, once each, slots that exist, and enough left to say."""
    seen: set[str] = set()
    for place, play in enumerate(own.plays):
        here, line = f"plays › {play.objection}", line_of(data, ("plays", place, "objection"))
        if play.objection not in OBJECTIONS:
            near = suggestion(play.objection, OBJECTIONS)
            yield Mistake(line, here, f"objeción desconocida «{play.objection}»{near}")
            continue
        if play.objection in seen:
            yield Mistake(line, here, "esta objeción ya tiene su entrada más arriba")
        seen.add(play.objection)
        left = _joined(base.play(play.objection), play)
        if len(left.replies) < LEAST_REPLIES or not any(for_all(reply) for reply in left.replies):
            what = "deben quedar tres respuestas completas, y una que sirva sin datos y en todo país"
            yield Mistake(line, here, what)
        empty = [s for s in FIELDS if base.play(play.objection).wordings(s) and not left.wordings(s)]
        if empty:
            yield Mistake(line, here, f"no queda nada que decir en «{empty[0]}»")
        yield from strange_slots(data, place, play)
