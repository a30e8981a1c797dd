"""Moulds of a made store's calls: a few dozen calls of the demo history, judged once, in several variants."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach import bodies, letters, pipeline
from coach.rungs import summed
from coach.settings import Settings
from coach.stems import stems
from coach.store import Store
from coach.types import Call
from nlp.labels import objection_ids
from rubrics.ladder import ladders
from rubrics.types import Outcome, Scorecard, Verdict
from transcripts.formats import read_many
from transcripts.types import Recording, Transcript, Turn

HISTORY = Path(__file__).parents[1] / "examples" / "history" / "demo_calls.jsonl"
TEMPLATES, VARIANTS = 40, 6
ID, TAIL = "@id@", "@tail@"  # what is put in for each call


@dataclass(frozen=True, slots=True)
class Mould:
    """A judged call; its bodies have gaps for what differs from call to call."""

    call: Call
    transcript: str
    findings: str
    scorecard: str
    stems: str
    labels: dict[str, int]
    outcomes: str  # as `coach.letters`
    said: str
    ladders: tuple[dict[str, Any], ...]
    nlp_version: str


def moulds(store: Store, settings: Settings, dice: random.Random) -> Iterator[Mould]:
    """Each of TEMPLATES judged calls in VARIANTS: with some outcomes and the points changed."""
    judge = pipeline.judge_with(settings)
    history = [call for call in read_many(HISTORY) if isinstance(call, Transcript)]
    for transcript in history[:: max(1, len(history) // TEMPLATES)][:TEMPLATES]:
        call = judge(transcript)
        for _ in range(VARIANTS):
            yield _mould(store, replace(call, scorecard=_varied(call.scorecard, dice)))


def _mould(store: Store, call: Call) -> Mould:
    heard = call.transcript
    gap = replace(heard, recording=Recording(ID), turns=(*heard.turns, Turn("debtor", TAIL)))
    labels = Counter(finding.label for finding in call.findings.findings)
    met = {label: n for label, n in labels.items() if label in objection_ids()}
    pairs = ladders(heard, call.findings)
    with store.writing() as connection:
        outcomes = letters.outcomes(connection, call.scorecard.verdicts)
        said = letters.said(connection, met)
    return Mould(
        call,
        bodies.write_transcript(gap),
        bodies.write_findings(call.findings),
        bodies.write_scorecard(replace(call.scorecard, recording_id=ID)),
        stems(" ".join(turn.text for turn in heard.turns)),
        dict(labels),
        outcomes,
        said,
        tuple(summed(label, pairs) for label in sorted(met)),
        pipeline.nlp_version(),
    )


def _varied(card: Scorecard, dice: random.Random) -> Scorecard:
    moved = dice.uniform(-12, 12)
    points = [
        None if value is None else round(min(100.0, max(0.0, value + moved)), 1)
        for value in (card.points, card.points_low, card.points_high)
    ]
    return replace(
        card,
        verdicts={name: _another(verdict, dice) for name, verdict in card.verdicts.items()},
        points=points[0],
        points_low=points[1],
        points_high=points[2],
        critical_failures=card.critical_failures if dice.random() < 0.4 else (),
    )


def _another(verdict: Verdict, dice: random.Random) -> Verdict:
    if verdict.outcome == "na" or dice.random() > 0.12:
        return verdict
    other: Outcome = "pass" if verdict.outcome == "fail" else "fail"
    return replace(verdict, outcome=other)
