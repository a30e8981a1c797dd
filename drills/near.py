"""Near misses (`near.yaml`): courteous answers, each with something missing, to set beside a good one.

    beside("no_money", good, recording, known, random)    # three that do not give the good one away

A right answer that is always the longest, or the only one with a question or a day, is chosen without being
read: the three are picked so that neither its place by length nor any such sign tells it apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from string import Formatter
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from nlp.cues import read_yaml
from nlp.labels import Text
from nlp.text import plain

BESIDE = 3  # near misses beside the good answer
# what may tell an answer apart at a glance
SIGNS = tuple(
    map(re.compile, (r"\?", r"\d", r"\?.*\?", r"^(?:entiendo|comprendo|le entiendo|lo entiendo)\b"))
)


class Kind(BaseModel):
    """What is missing. After the choice `label` names it and `why` tells of it; `sounds` speaks for it,
    and misleads.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Text
    why: Text
    sounds: Text

    @property
    def told(self) -> Text:
        """«Ofrece antes de preguntar. Da el arreglo por hecho…»"""
        return Text(es=f"{self.label.es}. {self.why.es}", en=f"{self.label.en}. {self.why.en}")


class NearMiss(BaseModel):
    """`say` in the countries `in`, in all where there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    say: str
    countries: tuple[str, ...] = ()

    def fits(self, country: str, known: Mapping[str, str]) -> bool:
        slots = {name for _, name, *_ in Formatter().parse(self.say) if name}
        return (not self.countries or country in self.countries) and slots <= set(known)


def _line(value: object) -> object:
    if isinstance(value, str):
        return {"say": value}
    if isinstance(value, dict) and "in" in value:
        return {**{key: one for key, one in value.items() if key != "in"}, "countries": value["in"]}
    return value


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, Kind]
    lines: dict[str, dict[str, tuple[Annotated[NearMiss, BeforeValidator(_line)], ...]]]


def kinds() -> dict[str, Kind]:
    """What near misses lack, by id."""
    return _file().kinds


def near_misses(objection: str) -> dict[str, tuple[NearMiss, ...]]:
    """Every near miss to an objection, by kind; none where nobody has written any."""
    return _file().lines.get(objection, {})


def beside(
    objection: str, good: str, country: str, known: Mapping[str, str], random: Random
) -> tuple[tuple[str, str], ...]:
    """Three near misses of different kinds beside `good`, each with its kind; `random` draws the place by
    length that `good` gets.
    """
    lines = [
        (line.say.format(**known), kind)
        for kind, said in near_misses(objection).items()
        for line in said
        if line.fits(country, known)
    ]
    random.shuffle(lines)
    wanted = random.randrange(BESIDE + 1)
    sets = [some for some in combinations(lines, BESIDE) if len({kind for _, kind in some}) == BESIDE]
    return min(sets, key=lambda some: _tells(good, wanted, [text for text, _ in some]))


def _tells(good: str, wanted: int, others: list[str]) -> tuple[int, int]:
    """How much tells the good one apart: signs that it has alone or lacks alone; how far from its place."""
    alone = sum(_has(sign, good) not in {_has(sign, one) for one in others} for sign in SIGNS)
    return alone, abs(sum(len(one) > len(good) for one in others) - wanted)


def _has(sign: re.Pattern[str], text: str) -> bool:
    return sign.search(plain(text)) is not None


@cache
def _file() -> _File:
    return _File.model_validate(read_yaml(Path(__file__).with_name("near.yaml")))
