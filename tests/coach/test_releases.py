"""From when on the agent reads what, and what they never see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coach import drafting, drafts, listings, notices, picture, queries, releases, reviews, team_figures
from coach.pipeline import rubric_of
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from coach.words import stands
from tests.coach.review_people import keep_call, new_team, person
from tests.coach.test_drafts import drawn

SOON = datetime.now(UTC) + timedelta(days=3)


@pytest.fixture
def norte(store: Store, settings: Settings) -> int:
    keep_call(store, settings, failed=("empathy", "no_threats"))
    keep_call(store, settings, "otra", agent_login="luis")
    return new_team(store, "Norte")


@pytest.fixture
def rosa(store: Store, norte: int) -> Viewer:
    return person(store, "rosa", "agent", team=norte)


@pytest.fixture
def eva(store: Store, norte: int) -> Viewer:
    return person(store, "eva", "lead", team=norte, leads=True)


def reaches(store: Store, viewer: Viewer, recording_id: str = "pe-01") -> bool:
    try:
        queries.reach(store, viewer, recording_id)
    except CoachError:
        return False
    return True


def test_the_agent_reads_a_call_from_its_release_on(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    assert not reaches(store, rosa)
    assert releases.release(store, settings, eva, "pe-01").agent == "Rosa"
    assert reaches(store, rosa)
    assert not reaches(store, rosa, "otra")
    with pytest.raises(CoachError, match="ya se entregó"):
        releases.release(store, settings, eva, "pe-01")


def test_a_release_on_a_date_begins_that_morning_where_the_agent_works(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    day = SOON.date()
    made = releases.release(store, settings, eva, "pe-01", day)
    assert made.visible_from == datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # midnight in Lima
    assert not reaches(store, rosa)
    assert notices.badge(store, rosa) == 0


def test_a_date_that_is_past_means_now(store: Store, settings: Settings, rosa: Viewer, eva: Viewer) -> None:
    releases.release(store, settings, eva, "pe-01", date(2020, 1, 1))
    assert reaches(store, rosa)


def test_the_agent_sees_no_critical_failure_that_nobody_confirmed(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    releases.release(store, settings, eva, "pe-01")
    seen = releases.shown(store, settings, rosa, "pe-01").scorecard
    assert "no_threats" not in seen.verdicts
    assert seen.critical_failures == ()
    assert "empathy" in seen.verdicts
    assert "no_threats" in releases.shown(store, settings, eva, "pe-01").scorecard.verdicts
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "fail", "")
    seen = releases.shown(store, settings, rosa, "pe-01").scorecard
    assert (seen.verdicts["no_threats"].outcome, seen.critical_failures) == ("fail", ("no_threats",))


THREAT = CallFilter(criterion="no_threats", outcome="fail")


def listed(store: Store, viewer: Viewer, which: CallFilter = queries.ALL, sort: str = "-date") -> list[str]:
    return [row.id for row in listings.calls(store, viewer, which, sort=sort, page=0, size=9).rows]


@pytest.fixture
def accused(store: Store, settings: Settings, rosa: Viewer, eva: Viewer) -> Viewer:
    """Two calls are Rosa's to read: the older one has a threat that nobody has confirmed."""
    keep_call(store, settings, "nueva", call_started_at=datetime(2026, 9, 15, 10, tzinfo=UTC))
    for recording_id in ("pe-01", "nueva"):
        releases.release(store, settings, eva, recording_id)
    return rosa


def test_no_list_tells_the_agent_of_a_failure_that_nobody_confirmed(
    store: Store, settings: Settings, accused: Viewer, eva: Viewer
) -> None:
    whole = queries.summary(store, accused)
    assert (whole.calls, whole.critical, queries.summary(store, eva).critical) == (2, 0, 1)
    assert [row.critical for row in queries.agents(store, accused)] == [0]
    for sort in ("-attention", "-critical", "-date"):  # the newest first, whatever waits
        rows = listings.calls(store, accused, CallFilter(), sort=sort, page=0, size=9).rows
        assert [(row.id, row.critical) for row in rows] == [("nueva", 0), ("pe-01", 0)]
        assert listings.around(store, accused, "pe-01", CallFilter(), sort=sort).before == "nueva"
    assert listed(store, eva, sort="-attention")[0] == "pe-01"
    assert listed(store, accused, CallFilter(critical=True)) == []
    assert len(listed(store, accused, CallFilter(critical=False))) == 2


def test_no_filter_names_the_agent_a_failure_that_nobody_confirmed(
    store: Store, settings: Settings, accused: Viewer, eva: Viewer
) -> None:
    assert (listed(store, accused, THREAT), listed(store, eva, THREAT)) == ([], ["pe-01"])
    assert queries.summary(store, accused, THREAT).calls == 0
    assert listed(store, accused, replace(THREAT, criterion="empathy")) == ["nueva", "pe-01"]
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "pass", "No amenaza.")
    assert listed(store, accused, THREAT) == []
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "fail", "Sí amenaza.")
    assert listed(store, accused, THREAT) == ["pe-01"]
    for strange in ('"', "%", "_", "no_threats%", "/", "\\"):
        assert listed(store, accused, replace(THREAT, criterion=strange)) == []


def test_the_agents_own_picture_leaves_out_what_nobody_confirmed(
    store: Store, settings: Settings, accused: Viewer, eva: Viewer
) -> None:
    criteria = team_figures.by_id([rubric_of(settings).criteria])
    seen, whole = (picture.looked_at(store, who, CallFilter(), criteria) for who in (accused, eva))
    assert (seen.criteria["no_threats"].to_confirm, whole.criteria["no_threats"].to_confirm) == (0, 1)
    assert seen.criteria["no_threats"].share == whole.criteria["no_threats"].share
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "fail", "Sí amenaza.")
    assert picture.looked_at(store, accused, CallFilter(), criteria).criteria["no_threats"].confirmed == 1


def test_who_reviews_blind_sees_no_verdict_anywhere(store: Store, settings: Settings, norte: int) -> None:
    ana = person(store, "ana", "analyst")
    drawn(store, blind=True)
    drafts.open_review(store, settings, ana, "pe-01")
    seen = releases.shown(store, settings, ana, "pe-01").scorecard
    assert (seen.verdicts, seen.points, seen.critical_failures) == ({}, None, ())


def test_a_withdrawn_call_is_gone_and_the_agent_is_told(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    releases.release(store, settings, eva, "pe-01")
    releases.withdraw(store, eva, "pe-01")
    assert not reaches(store, rosa)
    (told,) = notices.waiting(store, settings, rosa)
    assert (told.kind, told.recording_id) == ("release_withdrawn", "pe-01")
    with pytest.raises(CoachError, match="no está entregada"):
        releases.withdraw(store, eva, "pe-01")
    releases.release(store, settings, eva, "pe-01")
    assert reaches(store, rosa)


def test_the_agent_acknowledges_once(store: Store, settings: Settings, rosa: Viewer, eva: Viewer) -> None:
    releases.release(store, settings, eva, "pe-01")
    assert notices.badge(store, rosa) == 1
    with pytest.raises(CoachError, match="Solo quien atendió"):
        releases.acknowledge(store, eva, "pe-01")
    first = datetime.now(UTC) + timedelta(minutes=1)
    releases.acknowledge(store, rosa, "pe-01", now=first)
    releases.acknowledge(store, rosa, "pe-01", now=first + timedelta(days=1))
    found = releases.of_call(store, rosa, "pe-01")
    assert found is not None
    assert found.acknowledged_at == first
    assert notices.badge(store, rosa) == 0


def test_the_inbox_holds_ones_own_released_calls_with_what_came_of_them(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    keep_call(store, settings, "pe-02")
    for each in ("pe-01", "pe-02"):
        releases.release(store, settings, eva, each)
    releases.acknowledge(store, rosa, "pe-02")
    page = releases.inbox(store, rosa)
    assert ([row.recording_id for row in page.rows], page.total) == (["pe-01", "pe-02"], 2)
    assert (page.rows[0].open_disputes, page.rows[0].comments) == (0, 0)
    with pytest.raises(CoachError, match="su cuenta no lo es"):
        releases.inbox(store, eva)


def test_the_unread_come_first_and_then_the_newest_call_whenever_it_was_released(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    for recording_id, day in (("vieja", 1), ("nueva", 20), ("leída", 25)):
        at = datetime(2026, 9, day, 10, tzinfo=UTC)
        keep_call(store, settings, recording_id, call_started_at=at)
    for recording_id in ("leída", "nueva", "vieja"):  # the oldest call is handed over last
        releases.release(store, settings, eva, recording_id)
    releases.acknowledge(store, rosa, "leída")
    assert [row.recording_id for row in releases.inbox(store, rosa).rows] == ["nueva", "vieja", "leída"]


def test_what_is_reviewed_waits_to_be_released(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    ana = person(store, "ana", "analyst")
    for each in ("pe-01", "otra"):
        drafts.open_review(store, settings, ana, each)
        drafting.comment(store, ana, each, None, "Bien.", for_agent=True)
        reviews.finish(store, settings, ana, each)
    assert releases.pending(store, ana).total == 2
    (row,) = releases.pending(store, eva).rows
    assert (row.recording_id, row.reviewer, row.critical, row.for_agent) == ("pe-01", "Ana", 1, 1)
    releases.release(store, settings, eva, "pe-01")
    assert releases.pending(store, eva).rows == ()


def test_who_may_not_release_does_not(store: Store, settings: Settings, rosa: Viewer) -> None:
    sur = person(store, "leo", "lead", team=new_team(store, "Sur"), leads=True)
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        releases.release(store, settings, sur, "pe-01")
    with pytest.raises(CoachError, match="no tiene permiso"):
        releases.release(store, settings, rosa, "pe-01")
    with pytest.raises(CoachError, match="no tiene permiso"):
        releases.pending(store, rosa)


def test_what_the_agent_sees_stands_for_itself(
    store: Store, settings: Settings, rosa: Viewer, eva: Viewer
) -> None:
    """Points can be reckoned from it, though a criterion that weighs is not shown."""
    call = store.call("pe-01")
    weighed = replace(call.scorecard, weights=dict.fromkeys(call.scorecard.verdicts, 1.0))
    store.save(replace(call, scorecard=weighed))
    releases.release(store, settings, eva, "pe-01")
    seen = releases.shown(store, settings, rosa, "pe-01")
    assert set(seen.scorecard.weights) == set(seen.scorecard.verdicts)
    assert "no_threats" not in stands(store, settings, seen).verdicts
