"""What a review that is not finished holds, as it is stored and as screens get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from coach.corrections import TurnEdit
from coach.made import Made
from coach.types import Override, PromiseWord, Relabel
from rubrics.types import Outcome

SWAPPED, SETTLED = "speakers:swapped", "speakers:settled"  # what of who speaks is `lost`


@dataclass(frozen=True, slots=True)
class DraftComment:
    turn: int | None  # None: of the call as a whole
    text: str
    for_agent: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """A criterion as a person judged it, beside what the machine had said."""

    criterion: str
    person: Outcome
    machine: Outcome


@dataclass(frozen=True, slots=True)
class DraftBody:
    """`sealed` is what a person judged blind, fixed before the machine's verdicts were shown.

    `renewed`: the machine judged the call again while the draft was open, and the person has not seen so yet;
    `lost` names what of the draft could not be kept then.
    """

    overrides: tuple[Override, ...] = ()
    relabels: tuple[Relabel, ...] = ()
    edits: tuple[TurnEdit, ...] = ()
    swapped: bool = False
    settled: bool = False  # who speaks is right as it stands, swapped or not
    comments: tuple[DraftComment, ...] = ()
    notes: str = ""
    task_id: int | None = None
    sealed: tuple[Rated, ...] | None = None
    made: Made | None = None
    renewed: bool = False
    lost: tuple[str, ...] = ()
    promise: PromiseWord | None = None

    def said(self, criterion: str) -> Override | None:
        return next((one for one in self.overrides if one.criterion == criterion), None)


@dataclass(frozen=True, slots=True)
class Draft:
    id: int
    recording_id: str
    user_id: int
    scorecard_id: int
    blind: bool
    started_at: datetime  # UTC
    updated_at: datetime  # UTC
    seconds: float  # at work, pauses of over two minutes left out
    body: DraftBody

    @property
    def hides(self) -> bool:
        """Whether the machine's verdicts are still to be hidden."""
        return self.blind and self.body.sealed is None


_BODY = TypeAdapter(DraftBody)


def write_body(body: DraftBody) -> str:
    return _BODY.dump_json(body).decode()


def read_body(text: str) -> DraftBody:
    return _BODY.validate_json(text)
