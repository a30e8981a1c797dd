"""The benchmark counts what it says it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import gold
from coach import gold as labelled
from coach import verdict_figures as figures_of
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue, found

LINES = "A: Si no paga lo vamos a embargar.\nD: No tengo dinero. Quinientos el viernes.\nA: Bueno."


def judged(truth: dict[str, Any], *labels: str, **parts: Any) -> list[labelled.Judged]:
    call = dialogue(LINES)
    findings = found(call, *labels, **parts)
    gold_call = labelled.GoldCall(call, {"objections": [], "acts": [], "rubric": {}, "promise": None} | truth)
    return [labelled.Judged(gold_call, findings, score(call, findings, load_rubric()))]


def test_who_speaks_is_named_as_in_any_transcript() -> None:
    named = ["agent", "tercero", "third_party", "Cliente", "other"]
    turns = [{"speaker": name, "text": "Buenas tardes."} for name in named]
    call = labelled.gold_call({"id": "a", "turns": turns})
    assert [turn.speaker for turn in call.transcript.turns] == ["agent", "other", "other", "debtor", "other"]


def test_labels_are_counted_once_per_turn() -> None:
    truth = {"objections": [{"turn": 1, "id": "no_money"}, {"turn": 1, "id": "refusal"}]}
    ours = judged(truth, "no_money@1: No tengo dinero", "no_money@1: dinero", "hostile@1")
    figures = gold.labels(ours, "objections", ("no_money", "refusal", "hostile"))
    assert figures["no_money"] == {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["all"] == {"n": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}


def test_verdicts_are_compared_by_criterion_and_critical_failures_apart() -> None:
    figures = figures_of.verdicts(
        judged({"rubric": {"no_threats": "fail", "calm": "fail"}}, "threat@0: lo vamos a embargar"),
        ("no_threats",),
    )
    assert figures["accuracy"] == 0.5
    critical = figures["critical"]
    assert (critical["recall"], critical["precision"], critical["n"]) == (1.0, 1.0, 1)
    calm = figures["by_criterion"]["calm"]
    assert (calm["accuracy"], calm["n"], calm["wrong"]) == (0.0, 1, {"fail→pass": 1})


def test_a_rare_failure_makes_even_few_false_alarms_many() -> None:
    assert figures_of.at_prevalence(1.0, 0.0) == 1.0
    assert figures_of.at_prevalence(0.9, 0.01, prevalence=0.005) == 0.311
    assert figures_of.interval(0, 0) == [0.0, 1.0]
    low, high = figures_of.interval(9, 10)
    assert (low, high) == (0.596, 0.982)


def test_evidence_is_compared_by_turn() -> None:
    truth = {"rubric": {"no_threats": "fail"}, "fail_evidence": {"no_threats": [0], "follow_up": []}}
    assert figures_of.evidence(judged(truth, "threat@0")) == {"same_turn": 1.0, "n": 1}


def test_a_promise_is_exact_by_amount_and_date_and_may_be_made_up() -> None:
    promise = {"quote": "1: Quinientos el viernes", "amount": 500, "date": "2025-11-14"}
    right = judged({"promise": {"amount": 500, "date": "2025-11-14"}}, promise=promise)
    wrong_day = judged({"promise": {"amount": 500, "date": "2025-11-15"}}, promise=promise)
    made_up = judged({"promise": None}, promise=promise)
    figures = gold.promises([*right, *wrong_day, *made_up])
    assert figures == {"exact": 0.333, "n": 3, "promises": 2, "amount": 1.0, "date": 0.5, "made_up": 1}


def test_the_gold_labels_can_take_the_place_of_ours() -> None:
    (one,) = judged(
        {"objections": [{"turn": 1, "id": "no_money"}], "acts": [{"turn": 0, "id": "threat"}]}, "refusal@1"
    )
    findings = labelled.with_gold_labels(one.call, one.findings)
    assert [(f.label, f.quote.turn) for f in findings.findings] == [("threat", 0), ("no_money", 1)]


def test_sounds_of_the_recording_are_no_turns(tmp_path: Path) -> None:
    path = tmp_path / "una.yaml"
    turns = "turns: [{event: tone, seconds: 1}, {speaker: agent, text: Hola}]"
    about = "id: una\ncall_started_at: 2025-11-10T10:00:00-05:00\nstarts_late: true\nfacts: {amount_due: 10}"
    path.write_text(f"{about}\n{turns}\ngold: {{promise: null}}\n", encoding="utf-8")
    (call,) = labelled.read([tmp_path])
    assert [turn.text for turn in call.transcript.turns] == ["Hola"]
    assert str(call.transcript.recording.call_date) == "2025-11-10"
    assert call.transcript.trust.starts_late is True
