"""What was found in a transcript: findings, promise, people, talk: what is there, not whether it is good."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from transcripts.types import Quote, Speaker, Transcript


class NlpError(Exception):
    """Labels, cues or an artefact that cannot be used; the message says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: an objection id, an act id (taxonomy) or a cue id (`nlp/cues.yaml`).

    `score` is 0..1; `source` names the rule or model, e.g. "rule:no_money/3" or "model:objections@2".
    """

    label: str
    quote: Quote
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What the debtor committed to pay. `amount` and `date` are None where they were not said firmly."""

    quote: Quote  # the debtor's words that commit
    amount: Decimal | None = None
    currency: str | None = None
    date: datetime.date | None = None  # spelled out: the field hides the bare name from pydantic
    channel: str | None = None
    read_back: Quote | None = None  # the agent's repetition of the agreement
    confirmed: Quote | None = None  # the debtor's yes to it

    @property
    def firm(self) -> bool:
        return self.amount is not None and self.date is not None


@dataclass(frozen=True, slots=True)
class TalkStats:
    """Who talked how much. Seconds are None where the transcript has no times or no sure speakers."""

    agent_words: int = 0
    debtor_words: int = 0
    agent_turns: int = 0
    debtor_turns: int = 0
    longest_agent_turn_words: int = 0
    longest_agent_turn: int | None = None  # turn index
    agent_s: float | None = None
    debtor_s: float | None = None
    overlap_s: float | None = None
    silence_s: float | None = None
    interruptions: tuple[
        int, ...
    ] = ()  # indices of agent turns that talk over the debtor (back-channels left out)


@dataclass(frozen=True, slots=True)
class People:
    """Who was on the phone, as the words tell."""

    debtor_reached: bool = False
    third_party: bool = False  # somebody else spoke in the debtor's place
    voicemail: bool = False
    debtor_hung_up: bool = False
    agent_hung_up: bool = False
    identity_turn: int | None = None  # first turn at which the debtor's identity is settled
    debt_turn: int | None = None  # first agent turn that tells of the debt


@dataclass(frozen=True, slots=True)
class Findings:
    findings: tuple[Finding, ...] = ()
    promise: Promise | None = None
    talk: TalkStats = field(default_factory=TalkStats)
    people: People = field(default_factory=People)

    def of(self, *labels: str) -> tuple[Finding, ...]:
        """Findings with one of `labels`, in order of turn."""
        return tuple(f for f in self.findings if f.label in labels)

    def quotes(
        self, label: str, *, said_by: Speaker | tuple[Speaker, ...], in_: Transcript
    ) -> tuple[Quote, ...]:
        """Quotes of `label` said by `said_by`, in order, without doubtful turns: those are never evidence."""
        speakers = (said_by,) if isinstance(said_by, str) else said_by
        return tuple(
            f.quote
            for f in self.findings
            if f.label == label
            and in_.turns[f.quote.turn].speaker in speakers
            and in_.turns[f.quote.turn].doubt is None
        )
