"""The card of a trained artefact: what it is, what it was made with, and the digest of its file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

SUFFIX = ".card.json"


class ModelError(Exception):
    """An artefact that cannot be used; the message says what, where and what to do next."""


class Card(BaseModel):
    """Written beside the artefact as `NAME.card.json`; `measured`: its figures by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    version: int = Field(ge=1)
    summary: str
    made_on: str  # ISO date
    data: str  # what it was trained on, with counts
    labels: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # of an artefact that is no single skops file
    measured: dict[str, float] = Field(default_factory=dict)
    libraries: dict[str, str] = Field(default_factory=dict)  # versions; filled on saving
    digest: str = ""  # sha256 of the artefact's file; filled on saving
