"""Every case of tests/cases/whole_calls.yaml: a call as it is spoken, and the verdicts fair to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import rubrics
from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Rubric
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

FILE = Path(__file__).parents[1] / "cases" / "whole_calls.yaml"
CASES = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["cases"]
FORMS = Path(rubrics.__file__).parent


@cache
def form(name: str) -> Rubric:
    return load_rubric(FORMS / f"{name}.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_call_gets_the_verdicts_that_are_fair_to_it(case: dict[str, Any]) -> None:
    recording = case.get("recording", {})
    call = dialogue(case["call"], **recording)
    pack = load_pack(PACKS / f"{recording['country'].lower()}.yaml")
    card = score(call, analyze(call), form(case.get("form", "cobranza")), pack)
    keeps_the_invariants(call, card)
    said = {**card.verdicts, **card.pack_verdicts}
    told = {name: said[name].outcome for name in case["verdicts"]}
    assert told == case["verdicts"], {name: said[name].reason for name in case["verdicts"]}
    for name, words in case.get("reasons", {}).items():
        assert words in said[name].told
    for name in case.get("sure", ()):
        assert not said[name].needs_review, said[name]
