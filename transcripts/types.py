"""What a recording is and what was said in it.

Times are seconds from the start of the audio, half-open (start included, end excluded). Everything is frozen:
a correction makes a new value (see `transcripts.corrections`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

Speaker = Literal["agent", "debtor", "other", "unknown"]
Direction = Literal["inbound", "outbound"]
StretchKind = Literal["phantom", "music", "echo", "neighbour", "repetition", "low_confidence", "unheard"]

# what a stretch of words gives away
Secret = Literal["card", "account", "id", "phone", "email", "address", "digits", "name"]


class TranscriptError(Exception):
    """A recording or transcript that cannot be used; the message says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An earlier attempt to reach the debtor about the same account."""

    at: datetime  # with time zone
    channel: str = "call"  # call, message, visit or another word
    talked: bool = False  # whether the debtor was spoken with
    by_debtor: bool = False  # the debtor's own call


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the collection system knows of the account; accuracy checks compare the call with it."""

    amount_due: Decimal | None = None
    currency: str | None = None  # ISO 4217
    days_late: int | None = None
    product: str | None = None
    creditor: str | None = None
    authorized_offers: tuple[str, ...] | None = None  # None: no list is known, () nothing may be offered
    due_date: date | None = None
    time_zone: str | None = None  # the debtor's, IANA name
    first_contact: bool | None = None
    notice_played: bool | None = None  # a recorded notice of the recording was played before the call
    contacts: tuple[Contact, ...] | None = None  # the contact log; None: not known, () no contact before
    promise_kept: bool | None = None  # whether what was promised in this call was paid


@dataclass(frozen=True, slots=True)
class Recording:
    """One call with the facts that came with it. `audio` is None for a transcript-only call.

    `call_started_at` is an instant with time zone where it is known, else a plain date. `agent` is the name
    that the agent uses on the phone, `agent_login` the dialler's id: the one that decides whose score the
    call enters.
    """

    id: str
    call_started_at: datetime | date | None = None
    agent: str | None = None
    agent_login: str | None = None
    company: str | None = None
    debtor_name: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    direction: Direction | None = None
    campaign: str | None = None
    portfolio: str | None = None
    account: str | None = None
    call_type: str | None = None
    disposition: str | None = None
    facts: CaseFacts = field(default_factory=CaseFacts)
    audio: Path | None = None
    duration_s: float | None = None
    source: str | None = None  # where it came from; decides channel layout
    demo: bool = False
    linked_id: str | None = None  # what the recordings of one transferred call have in common
    leg: int | None = None  # which of them this is, from 1
    legs: int | None = None  # how many there are

    @property
    def call_date(self) -> date | None:
        """The local calendar day of the call: what «mañana» is counted from."""
        started = self.call_started_at
        return started.date() if isinstance(started, datetime) else started


@dataclass(frozen=True, slots=True)
class Word:
    start_s: float
    end_s: float
    text: str
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit as a speech engine returns it: no speaker yet. `channel` counts from 0 (left)."""

    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    channel: int | None = None
    confidence: float | None = None  # 0..1
    no_speech: float | None = None  # 0..1, the engine's own doubt that anybody spoke


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch. Turns are ordered by start; they overlap in time where people talked at once."""

    speaker: Speaker
    text: str
    start_s: float | None = None
    end_s: float | None = None
    words: tuple[Word, ...] = ()
    channel: int | None = None
    speaker_confidence: float | None = None  # 0..1; None where the channel (or a person) decided
    doubt: StretchKind | None = None  # set: the turn is shown but may not be evidence


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of audio that may not serve as evidence, with the text that was taken out, if any."""

    kind: StretchKind
    start_s: float
    end_s: float
    channel: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know of this transcript: a stable code and a sentence in Spanish."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the transcript can be believed. Seconds are summed over channels where there are two."""

    channels: int = 0  # real channels of the audio; 0: transcript only
    speech_s: float = 0.0
    unheard_s: float = 0.0  # speech without text
    damaged: bool = False  # a part of the file is missing or could not be decoded, anywhere in it
    dual_mono: bool = False  # two channels that carry the same sound
    starts_late: bool | None = None  # the recording begins mid-sentence; None: not known
    ends_cut: bool | None = None  # what came after its last words is missing; None: not known
    sure_speakers: bool = True  # False for mono: roles were guessed
    stretches: tuple[Stretch, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """Which speech engine, model and options made a transcript; stored with it."""

    name: str  # e.g. "faster-whisper", or "import" for a ready transcript
    model: str = ""
    version: str = ""
    options: tuple[tuple[str, str], ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Where a leg of a transferred call begins in the joined transcript, and who was its agent."""

    recording_id: str
    number: int  # of the leg, from 1; greater than its place where earlier legs are missing
    turn: int  # index of its first turn
    start_s: float
    agent: str | None = None
    agent_login: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Characters `start..end` of a turn that were covered when a person corrected the call: they give
    somebody away, whatever the words around them say now.
    """

    turn: int
    start: int
    end: int
    kind: Secret


@dataclass(frozen=True, slots=True)
class Transcript:
    recording: Recording
    turns: tuple[Turn, ...]
    language: str = "es"
    engine: Engine = field(default_factory=lambda: Engine("import"))
    trust: Trust = field(default_factory=Trust)
    parts: tuple[Part, ...] = ()  # the legs it was joined from; empty for a call of one recording
    covers: tuple[Cover, ...] = ()  # of a corrected call, in order
    # beside `turns`, labels that name nobody, until `nlp.parties.name_voices` reads who they are; not kept
    voices: tuple[str | None, ...] = ()

    def said_by(self, *speakers: Speaker) -> Iterator[tuple[int, Turn]]:
        """(index, turn) of every turn by one of `speakers`, in order."""
        return ((i, turn) for i, turn in enumerate(self.turns) if turn.speaker in speakers)

    def quote(self, turn: int, start: int = 0, end: int | None = None) -> Quote:
        """The verbatim stretch `start..end` (characters) of one turn; the whole turn by default."""
        text = self.turns[turn].text
        end = len(text) if end is None else end
        return Quote(turn, start, end, text[start:end])

    def part_of(self, turn: int) -> Part | None:
        """The leg in which a turn was said; None for a call of one recording."""
        return next((part for part in reversed(self.parts) if part.turn <= turn), None)

    @property
    def agents(self) -> str | None:
        """Who the call's agent was; in a transferred call those of its legs, in order."""
        named = (part.agent or part.agent_login for part in self.parts)
        return self.recording.agent or ", ".join(dict.fromkeys(filter(None, named))) or None

    @property
    def duration_s(self) -> float | None:
        if self.recording.duration_s is not None:
            return self.recording.duration_s
        ends = [turn.end_s for turn in self.turns if turn.end_s is not None]
        return max(ends) if ends else None


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Verbatim stretch of ONE turn, in characters: the only form of evidence.

    `transcript.turns[turn].text[start:end] == text` holds for every quote anywhere.
    """

    turn: int
    start: int
    end: int
    text: str

    def overlaps(self, other: Quote) -> bool:
        """Whether the two share words."""
        return self.turn == other.turn and self.start < other.end and other.start < self.end
