"""The log's line of this very call, to the minute or from the first ring: no earlier contact."""

from __future__ import annotations

from typing import Any

import pytest

from rubrics.checks.contact_frequency import Params, check
from rubrics.contacts import earlier
from tests.dialogue import dialogue, found
from transcripts.types import Transcript

START = "2026-09-14T10:05:33-05:00"


def call_with(*log: str | dict[str, Any], start: str = START) -> Transcript:
    """The hours of the log are of the day of the call, each of a call in which the debtor was talked to."""
    contacts = []
    for one in log:
        said = {"at": one} if isinstance(one, str) else one
        contacts.append({"talked": True, **said, "at": f"2026-09-14T{said['at']}-05:00"})
    return dialogue("A: Buenos días.", country="CO", call_started_at=start, contacts=contacts)


def hours(call: Transcript) -> list[str]:
    return [f"{one.at:%H:%M:%S}" for one in earlier(call.recording) or ()]


@pytest.mark.parametrize("own", ["10:05:00", "10:05:10", "10:05:33", "10:05:50", "10:05:03"])
def test_the_calls_own_line_is_no_contact_before_it(own: str) -> None:
    assert hours(call_with(own)) == []
    assert check(call_with(own), found(call_with(own)), Params(country="CO", per_day=1)).outcome == "pass"


def test_the_first_ring_may_be_of_the_minute_before() -> None:
    assert hours(call_with("10:04:50", start="2026-09-14T10:05:10-05:00")) == []


@pytest.mark.parametrize("before", ["10:04:00", "09:05:00", "10:03:59"])
def test_an_earlier_call_is_one(before: str) -> None:
    assert hours(call_with(before)) == [before]
    assert hours(call_with(before, "10:05:00")) == [before]
    call = call_with(before, "10:05:00")
    assert check(call, found(call), Params(country="CO", per_day=1)).outcome == "fail"


def test_of_two_calls_in_the_minute_one_is_another() -> None:
    assert hours(call_with({"at": "10:05:00", "talked": False}, "10:05:00")) == ["10:05:00"]
    assert hours(call_with("10:05:00", "10:05:33")) == ["10:05:00"]


def test_a_message_or_the_debtors_own_call_is_not_this_one() -> None:
    assert hours(call_with({"at": "10:05:00", "channel": "message"})) == ["10:05:00"]
    assert hours(call_with({"at": "10:05:00", "by_debtor": True})) == ["10:05:00"]
