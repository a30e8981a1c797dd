"""What was found in a transcript: findings, promise, people, talk: what is there, not whether it is good."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from transcripts.types import Quote, Speaker, Transcript

# of 102 promises heard at least as surely 4 were none or others, of 19 heard less surely 12 (gold calls)
SURE_PROMISE = 0.9


class NlpError(Exception):
    """Labels, cues or an artefact that cannot be used; the message says what, where and what to do next."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: an objection id, an act id (taxonomy) or a cue id (`nlp/cues/`).

    `score` is 0..1; `source` names the rule by its pattern or the model, e.g. "rule:refusal/no va a cobrar"
    or "model:objections@2".
    """

    label: str
    quote: Quote
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """One payment of an agreement in parts."""

    amount: Decimal
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The debtor said one sum or day, the agent noted another, and nothing tells which of them stands."""

    told: Quote
    noted: Quote
    day: bool  # False: the sum


@dataclass(frozen=True, slots=True)
class Promise:
    """What the debtor committed to pay; of a payment in parts the first, `later` holds the others.

    `amount` and `date` are None where they were not said firmly.
    """

    quote: Quote  # the debtor's words that commit
    amount: Decimal | None = None
    currency: str | None = None
    date: datetime.date | None = None  # spelled out: the field hides the bare name from pydantic
    channel: str | None = None
    read_back: Quote | None = None  # the agent's repetition of the agreement
    confirmed: Quote | None = None  # the yes to it of who promised
    date_agrees: bool = True  # False: the weekday said with it is another day's, or its month has no such day
    later: tuple[Part, ...] = ()  # by day
    probability: float = 1.0  # that sum and day were agreed at all (`weighing.py`)
    otherwise: Otherwise | None = None
    condition: Quote | None = None  # what the debtor wants the creditor to do first
    hangs_on: Quote | None = None  # the money of the debtor's own that may not come: «si me sale el préstamo»
    roughly: Quote | None = (
        None  # sum or day said only about or perhaps: «como unos mil», «a lo mejor el lunes»
    )
    month_open: Quote | None = None  # the day without its month, which only a deadline or the like tells

    @property
    def firm(self) -> bool:
        return self.amount is not None and self.date is not None

    @property
    def doubtful(self) -> bool:
        """Whether a person should hear it first: of those heard less surely more than half were none."""
        return self.probability < SURE_PROMISE

    @property
    def counts(self) -> bool:
        """Whether it is a firm promise that nobody has to hear first: only these are counted as promised."""
        return self.firm and not self.doubtful


Span = tuple[float, float]  # start_s, end_s


@dataclass(frozen=True, slots=True)
class TalkStats:
    """Who talked how much, how fast and how. Seconds, and what needs them, are None where the transcript has
    no times or no sure speakers; so is what counts words of a kind where the speakers are not sure.
    """

    agent_words: int = 0
    debtor_words: int = 0
    longest_agent_turn_words: int = 0
    longest_agent_turn: int | None = None  # turn index: the one with most words
    agent_s: float | None = None
    debtor_s: float | None = None
    overlap_s: float | None = None
    silence_s: float | None = None  # the whole call's, ringing included
    interruptions: tuple[
        int, ...
    ] = ()  # indices of agent turns that talk over the debtor (back-channels left out)
    longest_agent_turn_s: float | None = None  # of the longest by time
    longest_agent_turn_by_time: int | None = None  # its turn index, maybe another
    agent_wpm: float | None = None  # words a minute of one's own speech
    debtor_wpm: float | None = None
    cuts_by_debtor: tuple[tuple[int, int], ...] | None = None  # (turn of the far side that cuts in, turn cut)
    silences: tuple[Span, ...] | None = None  # over 3 s, between the first and the last word
    holds: tuple[Span, ...] | None = None  # the same, after the agent asked for a moment
    debt_told_s: float | None = None  # from the first word of the call; None too where it is never told
    agent_questions: int | None = None
    agent_hedges: int | None = None
    agent_fillers: int | None = None  # a recogniser may drop some

    @property
    def agent_share(self) -> float | None:
        """0..1 of the seconds that agent and debtor speak."""
        total = (self.agent_s or 0.0) + (self.debtor_s or 0.0)
        return (self.agent_s or 0.0) / total if total else None

    @property
    def hedges_per_100(self) -> float | None:
        """Doubt words a hundred words of the agent."""
        return _per_100(self.agent_hedges, self.agent_words)

    @property
    def fillers_per_100(self) -> float | None:
        return _per_100(self.agent_fillers, self.agent_words)


def _per_100(count: int | None, words: int) -> float | None:
    return None if count is None or not words else round(100 * count / words, 2)


@dataclass(frozen=True, slots=True)
class People:
    """Who was on the phone, as the words tell."""

    debtor_reached: bool = False
    third_party: bool = False  # somebody else spoke in the debtor's place
    voicemail: bool = False
    debtor_hung_up: bool = False  # heard: a dead line, or the debtor says so
    left_turn: int | None = None  # where the debtor said goodbye in anger, and was said none
    agent_hung_up: bool = False
    identity_turn: int | None = None  # first turn at which the debtor's identity is settled
    debt_turn: int | None = None  # first agent turn that tells of the debt
    identity_before_debt: bool | None = None  # None where the debt was told to nobody, or only to another
    disclosed_to_other: Quote | None = None  # the agent's words that told another person of the debt
    other_said: Quote | None = None  # the words by which somebody else is known to have answered


@dataclass(frozen=True, slots=True)
class Near:
    """An act of the agent, an objection or a promise that was all but heard: it is no finding, and its
    absence is not sure.
    """

    label: str
    turn: int
    score: float  # below the label's bar


@dataclass(frozen=True, slots=True)
class Findings:
    findings: tuple[Finding, ...] = ()
    promise: Promise | None = None
    talk: TalkStats = field(default_factory=TalkStats)
    people: People = field(default_factory=People)
    nearly: tuple[Near, ...] = ()  # by turn

    @property
    def sure_promise(self) -> Promise | None:
        """The promise, where nobody has to hear first whether it is one."""
        return None if self.promise is None or self.promise.doubtful else self.promise

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
