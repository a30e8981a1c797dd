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


@pytest.mark.parametrize(
    ("country", "offset"), [("US", -5), ("MX", -6), ("CO", -5), ("AR", -3), ("ES", 1), ("GT", -6), ("PE", -5)]
)
def test_where_nobody_told_a_zone_it_is_the_capitals(country: str, offset: int) -> None:
    hour = began(dialogue("A: Hola.", country=country, call_started_at="2026-11-24T08:30:00").recording)
    assert hour is not None
    assert hour.utcoffset() == datetime.timedelta(hours=offset)


def test_an_hour_of_no_country_is_not_known() -> None:
    assert began(dialogue("A: Hola.", call_started_at="2026-11-24T08:30:00").recording) is None
    assert began(dialogue("A: Hola.", country="MX", call_started_at="2026-11-24").recording) is None


@pytest.mark.parametrize(
    ("at", "outcome", "waits"),
    [
        ("2026-11-24T14:30:00", "pass", False),
        ("2026-11-24T23:30:00", "fail", True),
        ("2026-11-24T06:30:00", "fail", False),
        ("2026-11-24T08:30:00", "pass", True),
    ],
)
def test_an_hour_without_any_zone_is_judged_as_one_of_the_capital(at: str, outcome: str, waits: bool) -> None:
    spoken = [dialogue("A: Buenos días.", country="US", call_started_at=one) for one in (at, f"{at}-05:00")]
    verdicts = [check(call, found(call), HOURS) for call in spoken]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0].outcome == outcome
    assert (verdicts[0].confidence < 0.6) is waits
