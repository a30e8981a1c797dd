"""From a real call: the turns at which an objection was not met, each as an exercise, with nobody given away.

for miss in misses(transcript, findings):
    drill = drill_of(miss, transcript, findings.promise, on)   # «¿qué diría aquí?»
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from drills.drill import Drill, Option
from drills.formats import REPLY_S
from drills.scenario import DISPUTES
from nlp.ladder import HowMet
from nlp.redact import redacted
from nlp.types import Findings, Promise
from rubrics.ladder import ladders
from transcripts.types import CaseFacts, Recording, Transcript

BEFORE = 6  # turns that are shown up to the objection
REAL = "real"  # the fault of a line that an agent said in a real call


@dataclass(frozen=True, slots=True)
class Miss:
    """An objection (said in turn `turn`) that was not met. `missing`: rungs not reached, in order.

    `reply` is the turn with which the agent answered; None where there was none.
    """

    objection: str
    turn: int
    reply: int | None
    missing: tuple[str, ...]
    outcome: HowMet


def misses(transcript: Transcript, findings: Findings) -> tuple[Miss, ...]:
    """The objections whose answer did not fit, or that lack a rung; those that fit least come first.

    An objection that ended the call is none: there was no time to meet it. Asking again is not missed where
    it would be wrong.
    """
    found = []
    for pair in ladders(transcript, findings):
        if pair.outcome == "call_ended":
            continue
        label = pair.objection.label
        missing = tuple(rung for rung in pair.missing if rung != "ask" or label not in DISPUTES)
        if pair.outcome != "fits" or missing:
            reply = pair.replies[0] if pair.replies else None
            miss = Miss(label, pair.objection.quote.turn, reply, missing, pair.outcome)
            found.append((pair.outcome == "fits", pair.fit, miss))
    return tuple(miss for _, _, miss in sorted(found, key=lambda one: (one[0], one[1], one[2].turn)))


def drill_of(
    miss: Miss,
    transcript: Transcript,
    promise: Promise | None,
    on: datetime.date,
    *,
    rewrite: bool = False,
) -> Drill:
    """The call up to that turn, redacted, for one's own reply; `rewrite`: with the agent's words to mend."""
    clean = redacted(transcript, promise)
    first = max(0, miss.turn + 1 - BEFORE)
    turns = tuple(
        replace(turn, words=(), channel=None, speaker_confidence=None)
        for turn in clean.turns[first : miss.turn + 1]
        if turn.doubt is None
    )
    said = rewrite and miss.reply is not None
    bad = Option(clean.turns[miss.reply].text, REAL) if said and miss.reply is not None else None
    return Drill(
        format="rewrite_bad_line" if bad else "one_reply",
        recording=unnamed(transcript.recording, on),
        turns=turns,
        raised=((len(turns) - 1, miss.objection),),
        most=1,
        seconds=None if bad else REPLY_S,
        bad=bad,
        source=(transcript.recording.id, miss.turn),
    )


def unnamed(recording: Recording, on: datetime.date) -> Recording:
    """The facts of a case that an exercise needs, without anybody's name, number or account."""
    facts = recording.facts
    kept = CaseFacts(
        amount_due=facts.amount_due,
        currency=facts.currency,
        days_late=facts.days_late,
        product=facts.product,
        authorized_offers=facts.authorized_offers,
    )
    return Recording(
        "drill-miss",
        on,
        company=recording.company,
        country=recording.country,
        direction="outbound",
        facts=kept,
    )
