"""What came out worse than it was last measured, and what is only chance."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.learn.floors import SLACK, Fall, fallen


def report(f1: float | None = 0.8, made_up: int = 1) -> dict[str, Any]:
    labels = {"objections": {"per_turn": {"micro": {"f1": f1}}}}
    return {"calls": {**labels, "promise": {"made_up": made_up}}, "seed": 0}


FIGURE = "calls.objections.per_turn.micro.f1"


@pytest.mark.parametrize("now", [0.95, 0.8, 0.8 - SLACK])
def test_what_is_as_good_or_nearly_so_has_not_fallen(now: float) -> None:
    assert fallen(report(now), report()) == []


@pytest.mark.parametrize("now", [0.76, None])
def test_what_is_worse_or_not_measured_has_fallen(now: float | None) -> None:
    assert fallen(report(now), report()) == [Fall(FIGURE, 0.8, now)]


def test_one_promise_more_that_nobody_made_is_one_too_many() -> None:
    assert fallen(report(made_up=0), report()) == []
    assert fallen(report(made_up=2), report()) == [Fall("calls.promise.made_up", 1, 2)]


def test_what_the_floor_does_not_have_is_no_floor() -> None:
    assert fallen({}, {"seed": 0, "accuracy": None}) == []
    assert fallen({"critical": {"recall": 1.0}}, {"critical": {"recall": 0.9}}) == []
