"""An hour of which nobody told the zone, of a debtor who lives in another zone than the capital's."""

from __future__ import annotations

import datetime

import pytest

from nlp.types import Findings
from rubrics.checks.contact_hours import Params, check
from rubrics.contacts import began
from tests.dialogue import dialogue, found

HOURS = Params(country="US", weekdays="8-21", saturday="8-21", sunday="8-21", holidays="8-21")


@pytest.mark.parametrize(
    ("at", "zone", "outcome", "waits"),
    [
        ("2026-11-24T08:30:00", "America/Chicago", "pass", True),
        ("2026-11-24T10:30:00", "America/Chicago", "pass", False),
        ("2026-11-24T21:30:00", "America/Chicago", "fail", True),
        ("2026-11-24T23:30:00", "America/Chicago", "fail", False),
        ("2026-11-24T08:30:00-05:00", "America/Chicago", "fail", False),
        ("2026-11-24T08:30:00-06:00", "America/Chicago", "pass", False),
    ],
)
def test_the_hours_are_the_debtors_and_a_person_looks_where_it_matters(
    at: str, zone: str, outcome: str, waits: bool
) -> None:
    call = dialogue("A: Buenos días.", country="US", time_zone=zone, call_started_at=at)
    nothing: Findings = found(call)
    verdict = check(call, nothing, HOURS)
    assert verdict.outcome == outcome
    assert (verdict.confidence < 0.6) is waits
    assert ("No se sabe en qué zona horaria está escrita" in verdict.doubt) is waits


def test_beside_the_log_it_is_the_capitals() -> None:
    call = dialogue(
        "A: Hola.", country="US", time_zone="America/Chicago", call_started_at="2026-11-24T08:30:00"
    )
    hour = began(call.recording)
    assert hour is not None
    assert hour.utcoffset() == datetime.timedelta(hours=-5)
    assert began(dialogue("A: Hola.", country="US", call_started_at="2026-11-24T08:30:00").recording) is None
