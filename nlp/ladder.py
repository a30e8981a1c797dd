"""How the agent met each objection: recognised, explored, answered or offered, asked again; and whether it fits.

    for pair in pairs(transcript, findings):
        pair.objection.label, pair.outcome, pair.fit      # "no_money", "fits", 0.83
        pair.rungs["explore"]                             # the words that ask about it

Which rungs are there and whether the answer fits is learned (`nlp.ladder_model`); the quotes are the acts found
or, where none was found, the sentence that speaks most for the rung.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nlp.ladder_model import RUNGS, Exchange, LadderModel, ladder_model, sentences
from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from transcripts.types import Quote, Speaker, Transcript

MOST_REPLIES = 3
FITS = 0.5  # fit from which on an answer is taken to fit
Outcome = Literal["fits", "brushed_off", "unanswered", "call_ended"]
RUNG_ACTS: dict[str, tuple[str, ...]] = {
    "recognise": ("empathy", "apologises"),
    "explore": ("probes", "asks_reason", "asks_clarifying"),
    "answer": (
        "answers", "offers_alternatives", "explains_benefit", "follow_up",
        "offer_plan", "offer_channel", "offer_date", "offer_waiver",
    ),
    "ask": ("asks_commitment",),
}  # fmt: skip
HARD = ("threat", "lawyer", "rude", "impatient")
HARD_REPLIES = 2  # replies in which hardness is an answer to the objection, not to something later


@dataclass(frozen=True, slots=True)
class Pair:
    """An objection and how it was met.

    `replies`: indices of the agent turns that may answer it, until the next objection, at most three. `rungs`:
    the quotes of each rung that was reached, in the order of `RUNGS`. `fit`: probability 0..1 that the answer
    fits; 0 where the agent ended the call without one, 0.5 where it ended before one was possible. `against`:
    hard words or a brush-off in answer to it.
    """

    objection: Finding
    replies: tuple[int, ...]
    rungs: Mapping[str, tuple[Quote, ...]]
    fit: float
    outcome: Outcome
    against: tuple[Finding, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The rungs that were not reached."""
        return tuple(rung for rung in RUNGS if rung not in self.rungs)


def pairs(transcript: Transcript, findings: Findings, *, sure_speakers: bool = True) -> tuple[Pair, ...]:
    """One pair per objection, in order of turn; an objection counts once a turn.

    `sure_speakers` False: turns without a speaker may be either side's.
    """
    call = _Call(transcript, findings, sure_speakers)
    return tuple(call.pair(objection) for objection in call.objections)


class _Call:
    """A call laid out for pairing: who speaks where, and what stands in each turn."""

    def __init__(self, transcript: Transcript, findings: Findings, sure_speakers: bool) -> None:
        either: tuple[Speaker, ...] = () if sure_speakers else ("unknown",)
        self.transcript, self.people = transcript, findings.people
        self.agent = tuple(i for i, _ in transcript.said_by("agent", *either))
        far = {i for i, _ in transcript.said_by("debtor", "other", *either)}
        self.by_turn: dict[int, list[Finding]] = {}
        raised: dict[tuple[int, str], Finding] = {}
        for finding in sorted(findings.findings, key=lambda f: f.quote):
            turn = finding.quote.turn
            if transcript.turns[turn].doubt is not None:
                continue
            if finding.label not in objection_ids():
                self.by_turn.setdefault(turn, []).append(finding)
            elif turn in far and finding.score >= call_bar(finding.label):
                raised.setdefault((turn, finding.label), finding)
        self.objections = tuple(raised.values())
        self.raised = frozenset(turn for turn, _ in raised)

    def pair(self, objection: Finding) -> Pair:
        replies = self._replies(objection.quote.turn)
        heard = [i for i in replies if self.transcript.turns[i].doubt is None]
        if not heard:
            return self._unheard(objection, replies)
        model = ladder_model()
        told = model.told(exchange(self.transcript, objection, heard, self.by_turn, self.people.agent_hung_up))
        rungs = {rung: self._quotes(model, rung, heard) for rung in RUNGS if told[rung] >= model.bars[rung]}
        against = self._against(heard)
        outcome: Outcome = "fits"
        if told["fit"] < FITS:
            passed_over = not against and not rungs.keys() - {"ask"}
            outcome = "unanswered" if passed_over else "brushed_off"
        return Pair(objection, replies, rungs, round(told["fit"], 3), outcome, against)

    def _unheard(self, objection: Finding, replies: tuple[int, ...]) -> Pair:
        """No reply, or none that was understood."""
        if replies or not self.people.agent_hung_up:
            return Pair(objection, replies, {}, 0.5, "unanswered" if replies else "call_ended")
        return Pair(objection, replies, {}, 0.0, "unanswered")

    def _replies(self, turn: int) -> tuple[int, ...]:
        """The agent's next turns; a further objection ends them once the agent has had a word."""
        out: list[int] = []
        for i in range(turn + 1, len(self.transcript.turns)):
            if len(out) == MOST_REPLIES or (out and i in self.raised):
                break
            if i in self.agent:
                out.append(i)
        return tuple(out)

    def _quotes(self, model: LadderModel, rung: str, replies: Sequence[int]) -> tuple[Quote, ...]:
        found = self._found(RUNG_ACTS[rung], replies)
        if found:
            return tuple(dict.fromkeys(f.quote for f in found))
        spoken = [
            self.transcript.quote(i, *place)
            for i in replies
            for place in sentences(self.transcript.turns[i].text)
        ]
        speaks = model.speaks_for(rung, [quote.text for quote in spoken])
        return (spoken[int(speaks.argmax())],) if spoken else ()

    def _against(self, replies: Sequence[int]) -> tuple[Finding, ...]:
        hard = self._found(HARD, replies[:HARD_REPLIES])
        return tuple(sorted((*hard, *self._found(("brush_off",), replies[:1])), key=lambda f: f.quote))

    def _found(self, labels: Sequence[str], turns: Sequence[int]) -> tuple[Finding, ...]:
        return tuple(
            f
            for i in turns
            for f in self.by_turn.get(i, ())
            if f.label in labels and f.score >= call_bar(f.label)
        )


def exchange(
    transcript: Transcript,
    objection: Finding,
    replies: Sequence[int],
    by_turn: Mapping[int, Sequence[Finding]],
    agent_hung_up: bool,
) -> Exchange:
    """The objection and its replies as the model reads them; `by_turn`: what was found, objections left out."""
    found: list[dict[str, float]] = []
    for i in replies:
        scores: dict[str, float] = {}
        for finding in by_turn.get(i, ()):
            scores[finding.label] = max(scores.get(finding.label, 0.0), finding.score)
        found.append(scores)
    return Exchange(
        objection.label,
        transcript.turns[objection.quote.turn].text,
        tuple(transcript.turns[i].text for i in replies),
        tuple(found),
        replies[-1] >= len(transcript.turns) - 2,
        agent_hung_up,
    )
