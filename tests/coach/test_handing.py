"""Calls of the queue handed on, several at once: who may get them, and what stays where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from coach import audit, blind, calibration, handing, notices, people, tasks
from coach.handing import Handed
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.review_people import NOW, person
from tests.coach.test_tasks import ids, put


def number(viewer: Viewer) -> int:
    assert viewer.user_id is not None
    return viewer.user_id


def test_who_has_least_in_hand_is_offered_first(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    person(store, "rosa", "agent")
    person(store, "eva", "trainer")
    first = put(store, settings, "a", due_on=(NOW - timedelta(days=3)).date())
    tasks.claim(store, settings, ana, first, now=NOW)
    tasks.assign(store, settings, ana, put(store, settings, "b"), number(luz), now=NOW)
    tasks.assign(store, settings, ana, put(store, settings, "c"), number(luz), now=NOW)
    found = handing.takers(store, settings, ana, [], now=NOW)
    assert [(one.name, one.waiting, one.overdue) for one in found] == [
        ("Eva", 0, 0),
        ("Ana", 1, 1),
        ("Luz", 2, 0),
    ]


def test_who_left_is_offered_no_more(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    tasks.claim(store, settings, luz, put(store, settings, "a"), now=NOW)
    people.deactivate(store, HOUSE, "luz")
    assert [one.name for one in handing.takers(store, settings, ana, [], now=NOW)] == ["Ana"]


def test_what_somebody_had_in_hand_goes_back_when_they_leave(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    tasks.claim(store, settings, luz, put(store, settings, "taken"), now=NOW)
    tasks.assign(store, settings, ana, put(store, settings, "given"), number(luz), now=NOW)
    tasks.claim(store, settings, ana, put(store, settings, "other"), now=NOW)
    done = put(store, settings, "done", state="done", assigned_to=number(luz))
    assert people.deactivate(store, HOUSE, "luz") == 2
    assert sorted(ids(store, settings, ana, holder="nobody")) == ["given", "taken"]
    assert ids(store, settings, ana, holder="mine") == ["other"]
    with store.reading() as connection:
        row = connection.execute(select(table.c.state, table.c.assigned_to).where(table.c.id == done)).one()
    assert row == ("done", number(luz))
    entries = audit.entries(store, HOUSE, action="deactivate").rows
    assert [entry.detail for entry in entries] == [{"given_back": 2}]
    (back, _) = audit.entries(store, HOUSE, action="give_back").rows
    assert back.detail["login"] == "luz"


def test_a_role_that_reviews_no_calls_gives_back_what_was_in_hand(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    tasks.claim(store, settings, luz, put(store, settings, "taken"), now=NOW)
    people.change(store, HOUSE, "luz", name="Luz Díaz")
    assert ids(store, settings, ana, holder="nobody") == []
    people.change(store, HOUSE, "luz", role="lead")
    assert ids(store, settings, ana, holder="nobody") == ["taken"]


def test_who_saw_the_verdicts_is_told_apart_and_gets_only_the_rest(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    hidden, plain = put(store, settings, "hidden", blind=True), put(store, settings, "plain")
    audit.note(store, luz, blind.SAW, "call:hidden")
    audit.note(store, luz, blind.SAW, "call:plain")
    found = {one.name: one.seen for one in handing.takers(store, settings, ana, [hidden, plain], now=NOW)}
    assert found == {"Ana": frozenset(), "Luz": {hidden}}
    handed = handing.assign(store, settings, ana, [hidden, plain], number(luz), now=NOW)
    assert handed.done == 1
    assert "a ciegas la revisa otra" in handed.refused[0]
    assert ids(store, settings, luz, holder="mine") == ["plain"]
    assert ids(store, settings, ana, holder="nobody") == ["hidden"]


def test_who_judges_a_call_in_a_calibration_does_not_get_it(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = put(store, settings, "a")
    calibration.create(
        store, ana, "Septiembre", ["a"], [number(luz), number(person(store, "eva", "trainer"))]
    )
    seen = {one.name: one.seen for one in handing.takers(store, settings, ana, [task], now=NOW)}
    assert seen == {"Ana": frozenset(), "Luz": {task}, "Eva": {task}}
    with pytest.raises(CoachError, match="en una calibración"):
        tasks.assign(store, settings, ana, task, number(luz), now=NOW)
    assert handing.assign(store, settings, ana, [task], number(luz), now=NOW).done == 0


def test_where_everybody_saw_the_verdicts_anybody_gets_it(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = put(store, settings, "hidden", blind=True)
    for one in (ana, luz):
        audit.note(store, one, blind.SAW, "call:hidden")
    assert [one.seen for one in handing.takers(store, settings, ana, [task], now=NOW)] == [frozenset()] * 2
    assert handing.assign(store, settings, ana, [task], number(luz), now=NOW) == Handed(1)


def test_a_call_under_review_stays_and_the_others_go(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    hers, free = put(store, settings, "hers"), put(store, settings, "free")
    tasks.claim(store, settings, luz, hers, now=NOW)
    given = handing.assign(store, settings, ana, [hers, free], number(ana), now=NOW)
    assert (given.done, len(given.refused)) == (1, 1)
    gone = handing.drop(store, settings, ana, [hers, free], "Son de prueba.", now=NOW)
    assert (gone.done, len(gone.refused)) == (1, 1)
    assert "Pídale que la devuelva" in gone.refused[0]
    assert ids(store, settings, luz) == ["hers"]


def test_an_admin_takes_a_call_from_whoever_has_it(store: Store, settings: Settings, luz: Viewer) -> None:
    ada = person(store, "ada", "admin")
    task = put(store, settings, "a")
    tasks.claim(store, settings, luz, task, now=NOW)
    assert handing.give_back(store, ada, [task]) == Handed(1)
    assert ids(store, settings, luz, holder="nobody") == ["a"]


def test_who_is_given_calls_finds_them_among_what_waits(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    given = [put(store, settings, "a"), put(store, settings, "b")]
    before = notices.badge(store, luz, now=NOW)
    handing.assign(store, settings, ana, given, number(luz), now=NOW)
    assert notices.badge(store, luz, now=NOW) == before + 2
    (told,) = (one for one in notices.waiting(store, settings, luz, now=NOW) if one.kind == "tasks")
    assert told.n == 2


def test_who_does_not_review_hands_nothing_on(store: Store, settings: Settings, ana: Viewer) -> None:
    task = put(store, settings, "a")
    rosa = person(store, "rosa", "agent")
    with pytest.raises(CoachError, match="no tiene permiso"):
        handing.takers(store, settings, rosa, [task])
    assert handing.give_back(store, rosa, [task]).done == 0
    assert handing.assign(store, settings, rosa, [task], number(ana)).done == 0
    assert handing.drop(store, settings, rosa, [task], "Porque sí.").done == 0
    assert ids(store, settings, ana, holder="nobody") == ["a"]
