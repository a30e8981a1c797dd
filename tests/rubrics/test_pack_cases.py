"""Every case of tests/cases/packs: a small call, findings by hand, and what a country's rule says of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from nlp.analyze import ruled_findings
from rubrics.conditions import CONDITIONS
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from tests.dialogue import quote
from tests.rubrics.test_cases import KEYS, read

FOLDER = Path(__file__).parents[1] / "cases" / "packs"
MEASURED = {"no_call_time", "no_contact_log", "not_measured", "fact_unknown", "unsure_speakers"}


def _cases() -> list[Any]:
    params = []
    for path in sorted(FOLDER.glob("*.yaml")):
        file = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for rule, cases in file["rules"].items():
            for case in cases:
                assert not set(case) - KEYS, f"{path.name}: {case['name']}: unknown {set(case) - KEYS}"
                params.append(
                    pytest.param(file["pack"], rule, case, id=f"{file['pack']}: {rule}: {case['name']}")
                )
    return params


CASES = _cases()
# cues of a rule that lie with the tagger's, not in the pack: they are heard in the case's words as well
HEARD = {"payment_to_creditor_only": ("pays_to_agent",)}
RUBRIC = load_rubric()
ALL = {path.stem: load_pack(path) for path in sorted(PACKS.glob("*.yaml"))}


@pytest.mark.parametrize(("pack", "rule", "case"), CASES)
def test_what_a_rule_says_of_a_case(pack: str, rule: str, case: dict[str, Any]) -> None:
    call, findings = read(case)
    heard = tuple(f for f in ruled_findings(call) if f.label in HEARD.get(rule, ()))
    findings = replace(findings, findings=(*findings.findings, *heard))
    card = score(call, findings, RUBRIC, ALL[pack])
    verdict = card.pack_verdicts[rule]
    assert verdict.outcome == case["outcome"], verdict.reason
    assert verdict.needs_review == case.get("waits", verdict.needs_review), verdict
    assert case.get("reason", "") in verdict.told
    if "condition" in case:
        assert verdict.condition == case["condition"]
    if "quotes" in case:
        assert verdict.evidence == tuple(quote(call, place) for place in case["quotes"])
    for name, one in card.pack_verdicts.items():
        assert one.reason.endswith("."), f"{name}: {one.reason}"
        if one.outcome == "na":
            assert one.condition in {*CONDITIONS, *MEASURED}, name
        for said in one.evidence:
            assert call.turns[said.turn].text[said.start : said.end] == said.text, name


def test_every_rule_has_cases_in_its_pack_or_in_the_common_ones() -> None:
    told = {(pack, rule) for pack, rule, _ in (param.values for param in CASES)}
    missing = [
        f"{name}: {rule.id}"
        for name, pack in ALL.items()
        for rule in pack.rules
        if (name, rule.id) not in told and ("comun", rule.id) not in told
    ]
    assert not missing


def test_every_rule_says_where_it_comes_from() -> None:
    for pack in ALL.values():
        for rule in pack.rules:
            assert all((rule.source, rule.help, rule.label_en, rule.help_en)), f"{pack.id}: {rule.id}"
            assert rule.reviewed_on <= pack.reviewed_on or pack.id == "comun"
