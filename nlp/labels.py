"""The public vocabulary of `nlp/labels.yaml`: objections and acts with names, definitions and examples."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.cues import read_yaml
from nlp.types import NlpError

HERE = Path(__file__).parent


class Text(BaseModel):
    """One text in both languages of the screens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    es: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Text
    definition: Text
    examples: tuple[str, ...] = Field(min_length=3)


class Labels(BaseModel):
    """`objections` and `acts` by id, in the order of the taxonomy."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objections: dict[str, Label]
    acts: dict[str, Label]

    def __getitem__(self, label_id: str) -> Label:
        return self.objections.get(label_id) or self.acts[label_id]


def load_labels(path: Path = HERE / "labels.yaml") -> Labels:
    try:
        return Labels.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NlpError(f"{path.name}: {where}: {first['msg']}. Corrija esa clave y reintente.") from error


def name_of(label_id: str, language: Literal["es", "en"] = "es") -> str:
    """What people call an objection or an act: its id in words where it is no label any more.

    Calls keep what was found in them, whatever becomes of the label.
    """
    known = labels().objections.get(label_id) or labels().acts.get(label_id)
    return getattr(known.label, language) if known else label_id.replace("_", " ")


@lru_cache(maxsize=1)
def labels() -> Labels:
    """The project's own labels, read once."""
    return load_labels()


@lru_cache(maxsize=1)
def objection_ids() -> tuple[str, ...]:
    return tuple(labels().objections)


@lru_cache(maxsize=1)
def act_ids() -> tuple[str, ...]:
    return tuple(labels().acts)
