"""How the agent met each objection, rung by rung: recognise, explore, answer, offer, ask again.

It says what is there and what is not; whether that fits the objection is for `checks.answers_objections`,
and what could have been said for `replies`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from nlp.types import Finding, Findings
from rubrics import reading
from transcripts.types import Quote, Transcript

RUNGS: dict[str, tuple[str, ...]] = {
    "recognise": ("empathy", "apologises"),
    "explore": ("probes", "asks_reason", "verifies_identity", "asks_for_debtor"),
    "answer": ("answers", "explains_benefit", "follow_up"),
    "offer": ("offers_alternatives", *reading.OFFERS),
    "ask": ("asks_commitment", "read_back"),
}
RUNG_NAMES = {
    "recognise": "reconocer",
    "explore": "indagar",
    "answer": "responder",
    "offer": "ofrecer",
    "ask": "volver a pedir",
}
PUNISHES = ("threat", "lawyer", "rude", "impatient")


@dataclass(frozen=True, slots=True)
class Ladder:
    """One objection, the agent turns that may answer it, and what was done there.

    `rungs` holds the quotes of each rung that was reached, in the order of `RUNGS`; `replies` are turn
    indices.
    """

    objection: Finding
    replies: tuple[int, ...]
    rungs: dict[str, tuple[Quote, ...]]
    punished: tuple[Finding, ...] = ()
    brushed_off: tuple[Finding, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the rungs that were not reached, as `RUNGS` orders them."""
        return tuple(rung for rung in RUNGS if rung not in self.rungs)


def ladders(transcript: Transcript, findings: Findings, *, window: int = 3) -> tuple[Ladder, ...]:
    """One ladder per objection, with the `window` agent turns that follow it."""
    raised = reading.objections(transcript, findings)
    turns = sorted({f.quote.turn for f in raised})
    return tuple(_ladder(transcript, findings, f, window, turns) for f in raised)


def _ladder(
    transcript: Transcript, findings: Findings, objection: Finding, window: int, raised: list[int]
) -> Ladder:
    """`raised`: the turns with an objection, in order."""
    replies = reading.agent_turns_after(transcript, objection.quote.turn, at_most=window)
    rungs = {rung: _quotes(transcript, findings, labels, replies) for rung, labels in RUNGS.items()}
    at = bisect_right(raised, objection.quote.turn)
    next_one = raised[at] if at < len(raised) else None
    at_once = [i for i in replies[:2] if i == replies[0] or next_one is None or i < next_one]
    return Ladder(
        objection,
        replies,
        {rung: quotes for rung, quotes in rungs.items() if quotes},
        reading.said(transcript, findings, PUNISHES, turns=at_once),
        reading.said(transcript, findings, ("brush_off",), turns=replies[:1]),
    )


def _quotes(
    transcript: Transcript, findings: Findings, labels: tuple[str, ...], turns: Iterable[int]
) -> tuple[Quote, ...]:
    return tuple(
        dict.fromkeys(f.quote for f in reading.said(transcript, findings, labels, turns=tuple(turns)))
    )
