"""What is told of nobody in particular: a debtor's illness, and whatever names or numbers give a person away.

Reports and the programs' door ask here; it covers as `coach.shield` does for the screens, with placeholders
where no quote has to keep its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from coach import shield
from coach.types import Call
from coach.viewers import HEALTH
from nlp.redact import PLACEHOLDERS, Redaction, redacted_text, redactions
from nlp.types import Promise
from transcripts.types import Quote, Recording, Transcript, Turn

LEAST_TOLD = 5  # calls: fewer with such an objection would point at somebody
LEAST_AGENTS = 3  # with calls in what is asked: the figure of one or two would be theirs
HIDDEN = "[salud]"
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,}")  # longer than any sum that is read aloud


def tells_of_health(objection: str) -> bool:
    return objection in HEALTH


def may_tell(objection: str, calls: int, *, agents: int) -> bool:
    """Whether a figure over `calls` calls with the objection may be told, where all that was asked is of
    `agents` people.
    """
    return not tells_of_health(objection) or (agents >= LEAST_AGENTS and calls >= LEAST_TOLD)


def health_turns(call: Call) -> frozenset[int]:
    """The turns in which a debtor tells of health."""
    return frozenset(one.quote.turn for one in call.findings.findings if tells_of_health(one.label))


def masked_quotes(call: Call) -> Callable[[Quote], str]:
    """Reads quotes of the call with placeholders for names, numbers, places, and turns about health."""
    held = shield.stretches_of(call)
    health = health_turns(call)

    def masked(quote: Quote) -> str:
        return HIDDEN if quote.turn in health else _within(quote, held)

    return masked


def masked_text(text: str, call: Call) -> str:
    """A text written about the call as `coach.shield` covers it, and without any long number."""
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], shield.written(text, call, names=False))


def without_numbers(transcript: Transcript, promise: Promise | None = None) -> Transcript:
    """The call with placeholders for numbers, addresses and e-mails; names stay. Words lose their times."""
    held = _numbers(transcript, promise)
    turns = tuple(
        replace(turn, text=_within(Quote(at, 0, len(turn.text), turn.text), held), words=())
        for at, turn in enumerate(transcript.turns)
    )
    stretches = tuple(replace(one, text="") for one in transcript.trust.stretches)
    return replace(transcript, turns=turns, trust=replace(transcript.trust, stretches=stretches))


def numberless_quotes(call: Call) -> Callable[[Quote], str]:
    """Reads quotes of the call with placeholders for numbers; names stay."""
    held = tuple(one for one in shield.stretches_of(call) if one.kind != "name")
    return lambda quote: _within(quote, held)


def numberless_text(text: str, recording: Recording) -> str:
    """A text written about the call with placeholders for numbers; names stay."""
    alone = Transcript(recording, (Turn("unknown", text),))
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], redacted_text(text, _numbers(alone, None)))


def _numbers(transcript: Transcript, promise: Promise | None) -> tuple[Redaction, ...]:
    return tuple(one for one in redactions(transcript, promise) if one.kind != "name")


def _within(quote: Quote, held: tuple[Redaction, ...]) -> str:
    """The quote's text with a placeholder for each redaction that reaches into it, whole or in part."""
    inside = [
        Redaction(
            Quote(
                one.quote.turn,
                max(one.quote.start, quote.start) - quote.start,
                min(one.quote.end, quote.end) - quote.start,
                "",
            ),
            one.kind,
        )
        for one in held
        if one.quote.turn == quote.turn and one.quote.start < quote.end and quote.start < one.quote.end
    ]
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], redacted_text(quote.text, inside))
