"""The result of a call as a file: what stands after people's words, the machine's own beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coach import reviews
from coach.exporters import of_call
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.review_people import keep_call, person
from tests.coach.test_drafts import drawn, opened


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return keep_call(store, settings, failed=("firm", "no_threats"), waiting=("empathy", "no_threats"))


def told(store: Store, settings: Settings) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(of_call.data(store, settings, HOUSE, "pe-01"))
    return made


def test_before_anybodys_word_both_are_the_same(store: Store, settings: Settings, call: Call) -> None:
    made = told(store, settings)
    assert {key: made[key] for key in made["machine"]} == made["machine"]
    assert (made["void"], made["would_be"], made["decided"]) == (False, None, [])
    assert made["points"] == call.scorecard.points


def test_what_people_decided_stands_and_the_machines_is_named(
    store: Store, settings: Settings, call: Call
) -> None:
    reviews.override(store, settings, HOUSE, "pe-01", "firm", "na", "No hubo a quién pedirle.")
    reviews.override(store, settings, HOUSE, "pe-01", "empathy", "pass", "")
    now = reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "fail", "")
    made, machine = told(store, settings), told(store, settings)["machine"]
    assert (made["rubric"]["firm"], machine["rubric"]["firm"]) == ("na", "fail")
    assert made["reasons"]["firm"] == "No hubo a quién pedirle."
    assert (made["needs_review"], machine["needs_review"]) == ([], ["no_threats", "empathy"])
    assert (made["points"], made["void"], made["would_be"]) == (0.0, True, now.would_be)
    assert machine["points"] == call.scorecard.points
    assert made["critical_failures"] == machine["critical_failures"] == ["no_threats"]
    assert made["decided"] == ["firm", "empathy", "no_threats"]


def test_a_failure_that_was_dismissed_is_the_machines_alone(
    store: Store, settings: Settings, call: Call
) -> None:
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "pass", "No es amenaza.")
    made = told(store, settings)
    assert (made["critical_failures"], made["machine"]["critical_failures"]) == ([], ["no_threats"])


def test_who_judges_it_blind_is_told_neither(store: Store, settings: Settings, call: Call) -> None:
    ana = person(store, "ana", "analyst")
    drawn(store, blind=True)
    opened(store, settings, ana)
    made = json.loads(of_call.data(store, settings, ana, "pe-01"))
    assert (made["rubric"], made["points"], "machine" in made) == ({}, None, False)
