"""How near verdicts come to those of people: shares, intervals, kappa, and alarms where failures are rare."""

from __future__ import annotations

from typing import Any

import pytest

from coach.gold import GoldCall, Judged
from coach.intervals import interval
from coach.verdict_figures import at_prevalence, evidence, kappa, verdicts
from nlp.types import Findings
from rubrics.types import Outcome, Scorecard, Verdict
from tests.dialogue import dialogue

CALL = dialogue("A: Si no paga lo embargan.\nD: No tengo dinero.\nA: Usted verá.")


def one(
    gold: dict[str, str],
    ours: dict[str, Outcome],
    *,
    waiting: tuple[str, ...] = (),
    turn: int = 0,
    **more: Any,
) -> Judged:
    """A call that people judged as `gold` and the machine as `ours`, quoting `turn`."""
    made = {
        name: Verdict(outcome, ".", (CALL.quote(turn),), needs_review=name in waiting)
        for name, outcome in ours.items()
    }
    card = Scorecard("c", "pauta@1+x", made, None, None, None)
    return Judged(GoldCall(CALL, {"rubric": gold, **more}), Findings(), card)


def test_agreement_is_counted_over_all_and_by_criterion() -> None:
    report = verdicts(
        [
            one({"calm": "pass", "firm": "fail"}, {"calm": "pass", "firm": "pass"}),
            one({"calm": "pass", "firm": "na"}, {"calm": "pass", "firm": "na"}),
        ],
        (),
    )
    assert (report["accuracy"], report["n"]) == (0.75, 4)
    firm = report["by_criterion"]["firm"]
    assert (firm["accuracy"], firm["n"], firm["wrong"]) == (0.5, 2, {"fail→pass": 1})


def test_what_waits_for_a_person_is_told_apart() -> None:
    report = verdicts(
        [one({"calm": "pass", "firm": "fail"}, {"calm": "pass", "firm": "pass"}, waiting=("firm",))], ()
    )
    assert (report["accuracy"], report["needs_review"], report["accuracy_without_review"]) == (0.5, 0.5, 1.0)


def test_only_criteria_of_the_form_are_compared() -> None:
    report = verdicts([one({"calm": "pass", "ajeno": "fail"}, {"calm": "pass", "mio": "fail"})], ())
    assert list(report["by_criterion"]) == ["calm"]


def test_a_call_that_nobody_judged_counts_for_nothing() -> None:
    unjudged = Judged(GoldCall(CALL, {}), Findings(), one({}, {"calm": "pass"}).card)
    assert (verdicts([unjudged], ())["n"], evidence([unjudged])["n"]) == (0, 0)


def test_alarms_are_those_of_critical_criteria() -> None:
    report = verdicts(
        [
            one({"no_threats": "fail", "calm": "fail"}, {"no_threats": "fail", "calm": "pass"}),
            one({"no_threats": "fail"}, {"no_threats": "pass"}),
            one({"no_threats": "pass"}, {"no_threats": "fail"}),
            one({"no_threats": "pass"}, {"no_threats": "pass"}),
        ],
        ("no_threats",),
    )["critical"]
    assert (report["recall"], report["precision"], report["n"]) == (0.5, 0.5, 2)
    assert (report["false_alarms"], report["of"]) == (1, 2)


def test_where_failures_are_rare_false_alarms_outweigh_the_right_ones() -> None:
    rare = verdicts(
        [
            one({"x": "fail"}, {"x": "fail"}),
            one({"x": "pass"}, {"x": "fail"}),
            one({"x": "pass"}, {"x": "pass"}),
        ],
        ("x",),
    )["critical"]["precision_at_prevalence"]
    assert (rare["prevalence"], rare["value"]) == (0.005, 0.01)
    low, high = rare["interval"]
    assert low <= rare["value"] <= high


@pytest.mark.parametrize(
    ("recall", "false_rate", "share"),
    [(1.0, 0.0, 1.0), (1.0, 1.0, 0.005), (0.9, 0.005, 0.475), (0.0, 0.0, 0.0)],
)
def test_alarms_that_would_be_right(recall: float, false_rate: float, share: float) -> None:
    assert at_prevalence(recall, false_rate) == share


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], 0.0),
        ([("na", "pass"), ("pass", "na")], 0.0),
        ([("pass", "pass")], 1.0),
        ([("pass", "pass"), ("fail", "fail")], 1.0),
        ([("pass", "fail"), ("fail", "pass")], -1.0),
        ([("pass", "pass"), ("pass", "fail"), ("fail", "pass"), ("fail", "fail")], 0.0),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], value: float) -> None:
    assert kappa(pairs) == value


@pytest.mark.parametrize(
    ("hits", "n", "ends"),
    [(0, 0, [0.0, 1.0]), (0, 10, [0.0, 0.278]), (10, 10, [0.722, 1.0]), (50, 100, [0.404, 0.596])],
)
def test_wilsons_interval(hits: int, n: int, ends: list[float]) -> None:
    assert interval(hits, n) == ends


def test_quotes_are_compared_by_turn_where_both_see_a_fail() -> None:
    gold = {"no_threats": "fail"}
    places = {"no_threats": [0, 2]}
    figures = evidence(
        [
            one(gold, {"no_threats": "fail"}, fail_evidence=places),
            one(gold, {"no_threats": "fail"}, turn=1, fail_evidence=places),
            one(gold, {"no_threats": "pass"}, fail_evidence=places),
            one(gold, {"no_threats": "fail"}, fail_evidence={"no_threats": []}),
        ]
    )
    assert figures == {"same_turn": 0.5, "n": 2}


def test_places_of_a_criterion_that_the_form_leaves_out_are_passed_over() -> None:
    judged = one({"calm": "pass"}, {"calm": "pass"}, fail_evidence={"asks_reason": [0]})
    assert evidence([judged]) == {"same_turn": 0.0, "n": 0}
