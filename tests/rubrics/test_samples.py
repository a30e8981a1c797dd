"""The sample calls, understood and judged as in the product: the invariants hold, and judging is quick."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from coach import gold
from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from rubrics.replies import suggest
from rubrics.scoring import score
from tests.rubrics.invariants import keeps_the_invariants
from transcripts.types import Transcript, Trust

SCRIPTS = sorted((Path(__file__).parents[2] / "examples" / "scripts").glob("*.yaml"))


@cache
def sample(path: Path) -> Transcript:
    (call,) = gold.read([path])
    return call.transcript


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_sample_call_keeps_the_invariants(path: Path) -> None:
    call = sample(path)
    keeps_the_invariants(call, score(call, analyze(call), load_rubric()))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_nothing_misheard_can_fail_anyone(path: Path) -> None:
    """With every agent turn in doubt, no verdict that counts is a fail."""
    call = sample(path)
    doubted = tuple(replace(t, doubt="low_confidence") if t.speaker == "agent" else t for t in call.turns)
    card = score(replace(call, turns=doubted), analyze(replace(call, turns=doubted)), load_rubric())
    assert [name for name, v in card.verdicts.items() if v.outcome == "fail" and not v.needs_review] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_without_sure_speakers_most_of_the_form_waits(path: Path) -> None:
    call = replace(sample(path), trust=Trust(sure_speakers=False))
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    assert card.verdicts["no_threats"].condition == "unsure_speakers"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_objection_of_a_sample_call_gets_a_suggestion_without_open_slots(path: Path) -> None:
    call = sample(path)
    for suggestion in suggest(analyze(call), call, load_playbook()):
        assert suggestion.replies
        assert not any("{" in reply.text for reply in suggestion.replies)


def test_judging_a_call_takes_at_most_20_ms() -> None:
    call, rubric = sample(SCRIPTS[0]), load_rubric()
    findings = analyze(call)
    took = []
    for _ in range(5):
        started = time.process_time()
        score(call, findings, rubric)
        took.append(time.process_time() - started)
    assert min(took) <= 0.020
