"""The written scenarios: over all objections, levels and countries, each with all that a trainer needs."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any, get_args

import pytest

from drills.effects import Language
from drills.fields import CLOSES, described
from drills.scenario import EXPLORES, Scenario, Success
from nlp.countries import country_of
from nlp.labels import act_ids, objection_ids
from rubrics.playbook import DebtorType
from tests.drills.written import COUNTRIES, DRILLS, MOODS, objection_lines, scenarios

REQUIRED = {
    "id", "title", "title_en", "country", "product", "creditor", "debtor_name", "agent_company", "amount",
    "currency", "days_late", "debtor_type", "mood", "difficulty", "objections", "patience", "trust",
    "willingness", "success", "openings", "notes_for_trainer",
}  # fmt: skip
OPTIONAL = {"hidden_reason", "reveal_on", "authorized_offers", "bait"}
GOALS = {"promise", "partial_promise", "callback", "third_party_message"}
# what is owed lies within what such a credit is in the country's money
OWED = {
    "MXN": (500, 50_000), "COP": (50_000, 5_000_000), "PEN": (50, 20_000), "CLP": (20_000, 3_000_000),
    "ARS": (20_000, 2_000_000), "EUR": (20, 6_000), "USD": (20, 3_000), "GTQ": (150, 20_000),
}  # fmt: skip
_PARTS = r"(\d+) (?:cuotas|pagos|plazos|mensualidades|abonos)"
ALL = scenarios()
each = pytest.mark.parametrize("case", [case for _, case in ALL], ids=[name for name, _ in ALL])


def test_there_are_enough_over_every_objection_level_and_country() -> None:
    cases = [case for _, case in ALL]
    main = Counter(case["objections"][0] for case in cases)
    assert set(main) == set(objection_ids())
    assert min(main.values()) >= 2
    levels = Counter(case["difficulty"] for case in cases)
    assert set(levels) == {1, 2, 3, 4, 5}
    assert min(levels.values()) >= 8
    assert {case["country"] for case in cases} == set(COUNTRIES)


def test_nothing_is_there_twice() -> None:
    for field in ("id", "title", "title_en", "debtor_name"):
        assert max(Counter(case[field] for _, case in ALL).values()) == 1, field
    openings = Counter(line for _, case in ALL for line in case["openings"])
    assert max(openings.values()) == 1
    said = {line.text for line in objection_lines()}
    assert said.isdisjoint(openings)


@pytest.mark.parametrize(("name", "case"), ALL, ids=[name for name, _ in ALL])
def test_a_scenario_is_named_as_its_file(name: str, case: dict[str, Any]) -> None:
    assert case["id"] == name
    assert REQUIRED <= set(case) <= REQUIRED | OPTIONAL


@each
def test_its_fields_are_of_the_known_words(case: dict[str, Any]) -> None:
    assert case["mood"] in MOODS
    assert case["debtor_type"] in DebtorType.__args__  # type: ignore[attr-defined]
    assert set(case["objections"]) <= set(objection_ids())
    assert len(set(case["objections"])) == len(case["objections"])
    assert all(case[level] in range(1, 6) for level in ("patience", "trust", "willingness", "difficulty"))
    assert set(case.get("reveal_on", ())) <= {*act_ids(), "explores_objection"}
    assert ("hidden_reason" in case) == ("reveal_on" in case)
    assert case["success"]["kind"] in GOALS


@each
def test_who_has_something_to_clear_up_is_told_as_such_and_nobody_else(case: dict[str, Any]) -> None:
    """«circunstancial» is shown as «hay algo que aclarar antes: un error, una queja o una duda»."""
    unclear = {
        "already_paid",
        "not_my_debt",
        "wrong_amount",
        "bad_service",
        "distrust",
        "harassment_complaint",
    }
    if case["debtor_type"] == "circunstancial":
        assert unclear & set(case["objections"])
    elif case["objections"][0] in unclear:
        pytest.fail(f"«{case['debtor_type']}» does not tell that something is to be cleared up")


@each
def test_its_sums_fit_the_country(case: dict[str, Any]) -> None:
    assert case["currency"] == country_of(case["country"]).currency
    assert isinstance(case["amount"], str)
    least, most = OWED[case["currency"]]
    assert least <= Decimal(case["amount"]) <= most
    if case["currency"] in ("COP", "CLP", "ARS"):
        assert "." not in case["amount"]
    goal = case["success"]
    if goal["kind"] in ("promise", "partial_promise"):
        assert 0 < Decimal(goal["min_amount"]) <= Decimal(case["amount"])
        assert 1 <= goal["within_days"] <= 30


@each
def test_one_authorised_instalment_wins(case: dict[str, Any]) -> None:
    """Who offers what the case allows must not lose for a few coins."""
    parts = [int(n) for n in re.findall(_PARTS, " ".join(case.get("authorized_offers", ())))]
    if case["success"]["kind"] == "partial_promise" and parts:
        assert Decimal(case["success"]["min_amount"]) <= Decimal(case["amount"]) / max(parts)


@each
def test_its_level_is_what_it_says(case: dict[str, Any]) -> None:
    level, objections = case["difficulty"], case["objections"]
    third = case["success"]["kind"] == "third_party_message"
    assert third == (objections == ["wrong_person"])
    assert (len(objections) >= 2) or third or level == 1
    assert ("bait" in case) == (level == 5)
    if level == 4:
        assert case["mood"] == "hostile" or {"legal_threat", "hostile", "refusal"} & set(objections)
    if level == 3 and not third:
        assert case["mood"] != "calm"
        assert case["hidden_reason"]


@each
def test_it_is_told_to_debtor_and_trainer(case: dict[str, Any]) -> None:
    assert len(case["openings"]) >= 2
    assert len(case["notes_for_trainer"].split()) >= 15
    assert 1 <= len(case["title"].split()) <= 10
    if case["country"] == "CO":
        assert "asks_reason" not in case.get("reveal_on", ()), "the reason is not asked in Colombia"
    if "hidden_reason" in case:
        assert 8 <= len(case["hidden_reason"].split()) <= 45
        assert re.search(r"[.!?…]$", case["hidden_reason"])


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_field_is_told_with_all_that_it_may_hold(language: Language) -> None:
    told = dict(described(language))
    assert list(told) == list(dict.fromkeys(told))
    assert set(told) == set(Scenario.model_fields)
    may_hold = {
        "mood": MOODS, "country": COUNTRIES, "debtor_type": get_args(DebtorType),
        "success": (*GOALS, *Success.model_fields), "objections": objection_ids(),
        "reveal_on": (EXPLORES, *(act for act in act_ids() if act not in CLOSES)),
    }  # fmt: skip
    for field, values in may_hold.items():
        assert [one for one in values if f"`{one}`" not in told[field]] == [], field


def test_the_page_of_the_docs_has_the_same_table() -> None:
    page = (DRILLS.parent / "docs" / "writing-drills.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert tuple(rows) == described("en")
