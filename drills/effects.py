"""What words do to the debtor, and the account of it that the trainee reads at the end (`effects.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from nlp.cues import read_yaml
from nlp.labels import labels

Language = Literal["es", "en"]
LATER = "later"  # among the values of an offer: what follows the first payment


class Effect(BaseModel):
    """How far each of the three moves, -1..1, and the sentence that tells so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    trust: float = 0.0
    patience: float = 0.0
    willingness: float = 0.0
    es: str
    en: str


class Cause(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    es: str
    en: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why the debtor answered turn `turn` (index of the trainee's turn) as it did.

    `moved`: the effects, each with the trainee's words that had it. `cause` names a sentence of
    `effects.yaml`, `values` fills it (an objection by its id).
    """

    turn: int
    cause: str
    moved: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def told(why: Why, language: Language = "es") -> str:
    """The account of one turn in sentences: what the words did, then what came of it."""
    effects = [
        getattr(effect_of(name), language).format(quote=quote, n=len(quote.split()))
        for name, quote in why.moved
    ]
    values = dict(why.values)
    if "objection" in values:
        values["objection"] = getattr(labels()[values["objection"]].label, language).lower()
    return " ".join([*effects, filled(getattr(_file()[1][why.cause], language), values)])


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its slots filled. Payments after the first stand behind the last of its sum and its day:
    «doscientos el viernes y doscientos el quince».
    """
    slots = ("{amount}", "{date}")
    if values.get(LATER) and all(slot in text for slot in slots):
        end = max(text.rindex(slot) + len(slot) for slot in slots)
        text = f"{text[:end]}{{{LATER}}}{text[end:]}"
    return text.format(**values)


def effect_of(name: str) -> Effect:
    return _file()[0][name]


@cache
def known_effects() -> frozenset[str]:
    return frozenset(_file()[0])


@cache
def _file() -> tuple[dict[str, Effect], dict[str, Cause]]:
    data = read_yaml(Path(__file__).with_name("effects.yaml"))
    effects = {name: Effect.model_validate(one) for name, one in data["effects"].items()}
    return effects, {name: Cause.model_validate(one) for name, one in data["causes"].items()}
