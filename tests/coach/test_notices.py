"""What waits for whom, and what is read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from coach import calibration, disputes, drafts, keeping, notices, releases, reviews, tasks, telling, wiping
from coach.schema_work import notices as table
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Viewer
from tests.coach.review_people import NOW, judged_call, keep_call, new_team, person
from tests.coach.test_drafts import drawn


@pytest.fixture
def ana(store: Store, settings: Settings) -> Viewer:
    keep_call(store, settings)
    return person(store, "ana", "analyst")


def kinds(store: Store, settings: Settings, viewer: Viewer) -> dict[str, int]:
    return {one.kind: one.n for one in notices.waiting(store, settings, viewer, now=NOW)}


def test_calls_that_are_judged_anew_together_are_told_as_one_with_their_list(
    store: Store, settings: Settings
) -> None:
    rosa, names = person(store, "rosa", "agent"), ("pe-01", "pe-02", "pe-03")
    for name in names:
        keep_call(store, settings, name, failed=(), debtor_name=f"Deudor {name}")
        releases.release(store, settings, HOUSE, name)
        releases.acknowledge(store, rosa, name)
        keeping.keep_rescored(store, settings, judged_call(settings, name, failed=("firm",)), history=True)
    reviews.override(store, settings, HOUSE, "pe-01", "empathy", "fail", "No la hubo en ningún turno.")
    keep_call(store, settings, "pe-04", failed=())
    releases.release(store, settings, HOUSE, "pe-04")
    releases.acknowledge(store, rosa, "pe-04")
    reviews.override(store, settings, HOUSE, "pe-04", "empathy", "fail", "No la hubo en ningún turno.")
    by_a_person, anew = notices.waiting(store, settings, rosa)
    assert (by_a_person.recording_id, by_a_person.bundle) == ("pe-04", ())
    assert (anew.kind, anew.n, anew.recording_id) == ("judged_worse", 3, None)
    assert [(one.recording_id, one.debtor) for one in anew.bundle] == [
        (name, f"Deudor {name}") for name in reversed(names)
    ]
    assert notices.badge(store, rosa) == 2
    notices.read_of_call(store, rosa, "pe-02")  # opened: it leaves the list
    _, anew = notices.waiting(store, settings, rosa)
    assert anew.n == 2
    notices.mark_read(store, rosa, anew)
    assert notices.waiting(store, settings, rosa) == (by_a_person,)


def test_an_analyst_is_told_of_tasks_drafts_and_missing_reviews(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    assert kinds(store, settings, ana) == {"quotas": 1}
    tasks.claim(store, settings, ana, drawn(store), now=NOW)
    drafts.open_review(store, settings, ana, "pe-01", now=NOW)
    assert kinds(store, settings, ana) == {"tasks": 1, "quotas": 1}  # the task says it already
    late = notices.waiting(store, settings, ana, now=NOW + timedelta(days=9))[0]
    assert (late.kind, late.overdue, late.due_on is not None) == ("tasks", 1, True)
    assert notices.badge(store, ana, now=NOW) == 1


def test_a_review_begun_without_a_task_is_told_as_such(store: Store, settings: Settings, ana: Viewer) -> None:
    drafts.open_review(store, settings, ana, "pe-01", now=NOW)
    assert kinds(store, settings, ana) == {"drafts": 1, "quotas": 1}
    (begun,) = (one for one in notices.waiting(store, settings, ana) if one.kind == "drafts")
    assert begun.recording_id == "pe-01"  # the way back to it, though it is in no queue
    assert notices.badge(store, ana, now=NOW) == 1


def test_a_calibration_waits_for_who_has_not_judged_it_all(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    luz, eva = person(store, "luz", "analyst"), person(store, "eva", "trainer")
    ids = [one.user_id for one in (ana, luz) if one.user_id is not None]
    number = calibration.create(store, eva, "Octubre", ["pe-01"], ids, NOW.date())
    assert "calibrations" not in kinds(store, settings, eva)
    one = next(one for one in notices.waiting(store, settings, luz, now=NOW) if one.kind == "calibrations")
    assert (one.n, one.of, one.title, one.due_on, one.overdue) == (1, number, "Octubre", NOW.date(), 0)
    assert notices.badge(store, luz, now=NOW) == 1
    late = notices.waiting(store, settings, luz, now=NOW + timedelta(days=1))[0]
    assert late.overdue == 1
    calibration.close(store, eva, number)
    assert notices.badge(store, luz, now=NOW) == 0


def test_a_calibration_whose_call_lost_its_words_waits_for_nobody(store: Store, settings: Settings) -> None:
    keep_call(store, settings, "pe-01")
    eva, luz = person(store, "eva", "analyst"), person(store, "luz", "analyst")
    ids = [one.user_id for one in (eva, luz) if one.user_id is not None]
    calibration.create(store, eva, "Octubre", ["pe-01"], ids)
    assert "calibrations" in kinds(store, settings, luz)
    with store.writing() as connection:
        wiping.wipe_words(connection, "pe-01", "retention", NOW)
    assert "calibrations" not in kinds(store, settings, luz)


def test_what_was_told_is_read_by_its_own_person_only(store: Store, settings: Settings, ana: Viewer) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte"))
    releases.release(store, settings, HOUSE, "pe-01")
    number = disputes.dispute(store, settings, rosa, "pe-01", "empathy", "Mi abuela lo oyó.")
    disputes.decide(store, settings, ana, number, "fail", "Palabras del fallo.")
    (told,) = notices.waiting(store, settings, rosa)  # who appeals a call has read it
    assert (told.kind, told.recording_id) == ("dispute_dismissed", "pe-01")
    assert told.id is not None
    notices.mark_read(store, ana, told)
    assert notices.badge(store, rosa) == 1
    notices.mark_read(store, rosa, told)
    assert notices.badge(store, rosa) == 0
    assert notices.waiting(store, settings, rosa) == ()
    with store.reading() as connection:
        kept = " ".join(connection.execute(select(table.c.detail)).scalars())
    assert "abuela" not in kept
    assert "fallo" not in kept


def test_a_call_out_of_reach_is_named_to_nobody(store: Store, settings: Settings, ana: Viewer) -> None:
    luis = person(store, "luis", "agent")
    with store.writing() as connection:
        assert luis.user_id is not None
        telling.tell(connection, luis.user_id, "dispute_upheld", "pe-01", NOW, "empathy")
    assert notices.waiting(store, settings, luis) == ()


def test_nothing_waits_for_the_house(store: Store, settings: Settings) -> None:
    assert (notices.badge(store, HOUSE), notices.waiting(store, settings, HOUSE)) == (0, ())
