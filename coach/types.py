"""What the application keeps: a call with everything found and judged, and a person's review of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nlp.types import Findings, Part
from rubrics.types import Outcome, Scorecard
from transcripts.types import Transcript

JobState = Literal["queued", "running", "paused", "done", "failed", "cancelled"]
PromiseKind = Literal["none", "corrected", "as_heard"]
JobStep = Literal["transcribe", "analyze", "score"]


class CoachError(Exception):
    """A request the application cannot carry out; the message says what, where and what to do next.

    `said` is the Spanish sentence, with `given` in its slots; screens look up its English (`views._text`).
    """

    def __init__(self, said: str, **given: object) -> None:
        super().__init__(said.format(**given) if given else said)
        self.said, self.given = said, given


@dataclass(frozen=True, slots=True)
class Override:
    criterion: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Relabel:
    turn: int
    removed: str | None
    added: str | None


@dataclass(frozen=True, slots=True)
class PromiseWord:
    """What a person says of the promise: «none» was made, these are its sum, currency, day and way to pay, or
    it is «as_heard» by the machine. `later`: what is paid after the first part, by day; None of words from
    before one was asked for it. `by` and `at` are set where the review ends.
    """

    kind: PromiseKind
    amount: Decimal | None = None
    currency: str | None = None
    due_on: date | None = None
    channel: str | None = None
    later: tuple[Part, ...] | None = None
    by: str = ""
    at: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class Review:
    recording_id: str
    reviewer: str
    reviewed_at: datetime  # UTC
    overrides: tuple[Override, ...] = ()
    relabels: tuple[Relabel, ...] = ()
    notes: str = ""
    promise: PromiseWord | None = None
    suspected: tuple[str, ...] = ()  # critical failures named by who may not confirm them


@dataclass(frozen=True, slots=True)
class Call:
    transcript: Transcript
    findings: Findings
    scorecard: Scorecard
    review: Review | None = None

    @property
    def id(self) -> str:
        return self.transcript.recording.id


@dataclass(frozen=True, slots=True)
class Job:
    """One recording on its way. `progress` is the fraction (0..1) of seconds done in the current step."""

    id: int
    recording_id: str
    state: JobState
    step: JobStep
    progress: float
    created_at: datetime  # UTC
    error: str = ""
    attempts: int = 0
    name: str = ""  # of the file, as the person who gave it knows it
    finished_at: datetime | None = None  # UTC
    rank: int = 1  # the smaller the sooner: `coach.jobs.RANKS`
    pause_asked: bool = False  # it will stand still at the next segment
    cancel_asked: bool = False  # it will end there
    heartbeat_at: datetime | None = None  # UTC; when it last moved
    model: str = ""  # what made the result of a finished one: speech model,
    nlp_version: str = ""  # language part,
    rubric: str = ""  # and form
