"""Every case of tests/cases/rubrics: a small call with its findings by hand, and the verdict it must get."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from nlp.types import Findings
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Rubric
from tests.dialogue import dialogue, found, quote
from tests.rubrics.invariants import keeps_the_invariants
from transcripts.types import Transcript, Trust

FOLDER = Path(__file__).parents[1] / "cases" / "rubrics"
KEYS = {
    "name",
    "call",
    "found",
    "promise",
    "people",
    "talk",
    "trust",
    "recording",
    "outcome",
    "quotes",
    "reason",
}
KEYS |= {"waits", "condition"}


def _cases() -> list[Any]:
    params = []
    for path in sorted(FOLDER.glob("*.yaml")):
        file = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for case in file["cases"]:
            assert not set(case) - KEYS, f"{path.name}: {case['name']}: unknown {set(case) - KEYS}"
            params.append(pytest.param(file["criterion"], case, id=f"{file['criterion']}: {case['name']}"))
    return params


CASES = _cases()


@cache
def the_rubric() -> Rubric:
    return load_rubric()


def read(case: dict[str, Any]) -> tuple[Transcript, Findings]:
    trust = Trust(**case["trust"]) if "trust" in case else None
    call = dialogue(case["call"], trust=trust, **case.get("recording", {}))
    parts = {part: case.get(part) for part in ("promise", "people", "talk")}
    return call, found(call, *case.get("found", []), **parts)


@pytest.mark.parametrize(("criterion", "case"), CASES)
def test_verdict_of_a_case(criterion: str, case: dict[str, Any]) -> None:
    call, findings = read(case)
    verdict = score(call, findings, the_rubric()).verdicts[criterion]
    assert verdict.outcome == case["outcome"], verdict.reason
    assert verdict.needs_review == case.get("waits", False), verdict
    assert verdict.condition == case.get("condition", "")
    assert case.get("reason", "") in verdict.told
    if "quotes" in case:
        assert verdict.evidence == tuple(quote(call, place) for place in case["quotes"])


@pytest.mark.parametrize(("criterion", "case"), CASES)
def test_a_case_keeps_the_invariants_on_the_whole_form(criterion: str, case: dict[str, Any]) -> None:
    call, findings = read(case)
    keeps_the_invariants(call, score(call, findings, the_rubric()))


def test_every_criterion_has_a_pass_a_fail_and_an_na_case() -> None:
    never_na = {c.id for c in the_rubric().criteria if not c.na_when}
    for criterion in the_rubric().criteria:
        outcomes = {param.values[1]["outcome"] for param in CASES if param.values[0] == criterion.id}
        needed = {"pass", "fail"} if criterion.id in never_na else {"pass", "fail", "na"}
        assert needed <= outcomes, criterion.id
