"""What the trainee's words hold, as the debtor hears them: read in their place in the call, by the eyes that judge calls.

Acts are taken from the call's findings and, where kind words would be missed there, from the utterance alone;
harsh ones only from the call's findings, which are the surer of the two.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from nlp import money
from nlp.analyze import analyze
from nlp.cues import Cue, read_yaml
from nlp.heard import chosen, hear_agent
from nlp.ladder import RUNG_ACTS
from nlp.own_cues import find_own
from nlp.said import UNKNOWN_DAY, Frame, Said
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from nlp.utterance import tag
from rubrics.labels import OBJECTIONS
from rubrics.ladder import ladders
from transcripts.types import Transcript

HARSH = ("threat", "lawyer", "rude", "impatient", "tuteo", "discloses_debt", "pity", "brush_off", "gives_up")
SAME = 0.9  # likeness 0..1 from which a reply is the one before, said again
SOURCE = "drill:debtor"  # of an objection that is known because the debtor's line was chosen for it
Raised = tuple[tuple[int, str], ...]  # (turn, objection) of every line that objects


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `acts` maps what was found to the words that say it; sums and days are those proposed."""

    text: str
    acts: Mapping[str, str] = field(default_factory=dict)
    rungs: frozenset[str] = frozenset()
    amount: Decimal | None = None
    day: datetime.date | None = None
    repeated: bool = False  # the same words as an earlier reply

    @property
    def words(self) -> int:
        return len(self.text.split())

    def has(self, *acts: str) -> bool:
        return any(act in self.acts for act in acts)


def findings_of(transcript: Transcript, raised: Raised) -> Findings:
    """What is found in a drill so far. What the debtor objects is known, and needs no finding."""
    found = analyze(transcript)
    known = [
        Finding(label, transcript.quote(turn), 1.0, SOURCE)
        for turn, label in raised
        if transcript.turns[turn].text
    ]
    far = {i for i, _ in transcript.said_by("debtor", "other")}
    kept = [f for f in found.findings if f.quote.turn not in far or not _objects(f)]
    own = find_own(transcript, _cues(), "drills")
    told = sorted([*kept, *known, *own], key=lambda f: (f.quote.turn, f.quote.start, f.label))
    return replace(found, findings=tuple(told))


def read_reply(transcript: Transcript, raised: Raised, findings: Findings | None = None) -> Reply:
    """The last turn of `transcript`, the trainee's, as the debtor hears it."""
    findings = findings if findings is not None else findings_of(transcript, raised)
    turn = len(transcript.turns) - 1
    text = transcript.turns[turn].text
    acts = {f.label: f.quote.text for f in findings.findings if f.quote.turn == turn and _sure(f)}
    for label in tag(text, "agent"):
        if label.id not in HARSH and label.id not in acts and label.id != "none":
            acts[label.id] = text
    if len(acts) > 1:
        acts.pop("none", None)
    amount, day = proposed(transcript, turn)
    earlier = [one.text for i, one in transcript.said_by("agent") if i < turn]
    return Reply(
        text,
        acts,
        _rungs(transcript, findings, turn, acts),
        amount,
        day,
        any(SequenceMatcher(None, text, one).ratio() >= SAME for one in earlier),
    )


def proposed(transcript: Transcript, turn: int) -> tuple[Decimal | None, datetime.date | None]:
    """The sum and the day that an agent's turn proposes to pay; what is told as owed is no proposal."""
    recording = transcript.recording
    due = recording.facts.amount_due
    named = {} if due is None else {money.TOTAL: due, money.HALF: due / 2}
    frame = Frame(recording.call_date or UNKNOWN_DAY, recording.country, due, named)
    heard = hear_agent(transcript.turns[turn].text, turn, frame)
    amount: Said | None = chosen(tuple(one for one in heard.amounts if not one.debt))
    day = chosen(heard.dates)
    return (amount.amount if amount else None), (day.date if day else None)


def _rungs(transcript: Transcript, findings: Findings, turn: int, acts: Mapping[str, str]) -> frozenset[str]:
    """The rungs that this turn reaches for the objection on the table."""
    out = {rung for rung, names in RUNG_ACTS.items() if any(name in acts for name in names)}
    out |= {rung for cue, rung in (("acknowledges", "recognise"), ("explores", "explore")) if cue in acts}
    for pair in ladders(transcript, findings)[-1:]:
        quotes = ((rung, quote) for rung, said in pair.rungs.items() for quote in said)
        out |= {rung for rung, quote in quotes if quote.turn == turn}
    return frozenset(out)


def _sure(finding: Finding) -> bool:
    return finding.score >= call_bar(finding.label)


def _objects(finding: Finding) -> bool:
    return finding.label in OBJECTIONS


@cache
def _cues() -> dict[str, Cue]:
    stanzas = read_yaml(Path(__file__).with_name("cues.yaml"))
    return {label: Cue.model_validate(stanza) for label, stanza in stanzas.items()}
