"""Drills asked of people by a day: who may ask whom, who is told, who has done it, who is late."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from coach import assignments, audit, notices
from coach.assignment_rows import asks_for, assignment, listed, of_person, progress
from coach.assignments import Order
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
from coach.workdays import local_day
from tests.coach.conftest import Clock
from tests.coach.people import somebody

NOW = datetime(2026, 10, 5, 15, tzinfo=UTC)
TODAY = NOW.date()
ORDER = Order("one_reply", date(2026, 10, 9), objection="no_money", times=2, note="Antes del viernes.")


@pytest.fixture
def ruben(store: Store) -> Viewer:
    return somebody(store, "agent", "rarce", name="Rubén Arce", holds=("rarce",), team="Norte")


@pytest.fixture
def marisol(store: Store) -> Viewer:
    return somebody(store, "agent", "mtapia", name="Marisol Tapia", holds=("mtapia",), team="Sur")


@pytest.fixture
def trainer(store: Store) -> Viewer:
    return somebody(store, "trainer")


@pytest.fixture
def lead(store: Store, ruben: Viewer) -> Viewer:
    return somebody(store, "lead", "leo", leads="Norte")


Ask = Callable[..., int]


@pytest.fixture
def ask(store: Store, settings: Settings) -> Ask:
    def put(viewer: Viewer, *people: Viewer, order: Order = ORDER, teams: tuple[int, ...] = ()) -> int:
        ids = [one.user_id for one in people if one.user_id is not None]
        return assignments.assign(store, settings, viewer, order, ids, teams, now=NOW)

    return put


def attempt(
    store: Store, who: Viewer, assignment_id: int | None, *, passed: bool, points: int = 12, **more: object
) -> int:
    """A finished attempt, as practising leaves it."""
    values = {
        "user_id": who.user_id, "assignment_id": assignment_id, "format": "one_reply",
        "scenario": "quincena_corta", "seed": 1, "on_date": TODAY, "started_at": NOW, "finished_at": NOW,
        "seconds": 40.0, "spoken": False, "body": "{}", "points": points, "points_of": 15,
        "passed": passed, "versions": "{}",
        "grade": json.dumps({"marks": [{"id": "recognise", "got": 2, "of": 2}]}), **more,
    }  # fmt: skip
    with store.writing() as connection:
        new = insert(drill_attempts).values(**values).returning(drill_attempts.c.id)
        return int(connection.execute(new).scalar_one())


def test_a_trainer_asks_and_each_of_them_is_told(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, marisol: Viewer, ask: Ask
) -> None:
    number = ask(trainer, ruben, marisol)
    (told,) = [one for one in notices.waiting(store, settings, ruben, now=NOW) if one.id is not None]
    assert (told.kind, told.of, told.title) == ("drill_assigned", number, "Una respuesta: Falta de dinero")
    (mine,) = of_person(store, ruben.user_id or 0)
    assert (mine.passes, mine.times, mine.due_on) == (0, 2, ORDER.due_on)
    (entry,) = audit.entries(store, HOUSE, action="drill.assign").rows
    assert (entry.login, entry.subject, entry.detail["people"]) == ("trainer", f"assignment:{number}", 2)


def test_a_whole_team_is_asked_as_it_is_today(
    store: Store, trainer: Viewer, ruben: Viewer, marisol: Viewer, lead: Viewer, ask: Ask
) -> None:
    number = ask(trainer, teams=lead.teams)
    assert [one.name for one in progress(store, trainer, number, today=TODAY)] == ["Rubén Arce"]


def test_who_is_asked_stands_in_the_order_of_spanish(store: Store, trainer: Viewer, ask: Ask) -> None:
    names = ("Óscar Paz", "Zoe Zúñiga", "Ñusta Quispe", "Nadia Sol")
    ask(trainer, *(somebody(store, "agent", f"p{at}", name=name) for at, name in enumerate(names)))
    (row,) = listed(store, trainer, today=TODAY).rows
    assert row.who == ("Nadia Sol", "Ñusta Quispe", "Óscar Paz", "Zoe Zúñiga")


def test_who_has_passed_how_often_and_who_is_late(
    store: Store, trainer: Viewer, ruben: Viewer, marisol: Viewer, ask: Ask
) -> None:
    number = ask(trainer, ruben, marisol)
    for passed in (True, False, True):
        attempt(store, ruben, number, passed=passed, points=13 if passed else 4)
    attempt(store, marisol, number, passed=True)
    attempt(store, marisol, number, passed=True, finished_at=None)  # broken off
    attempt(store, marisol, None, passed=True)  # practised by themselves
    late = TODAY + timedelta(days=9)
    first, second = progress(store, trainer, number, today=late)
    assert (first.name, first.passes, first.attempts, first.standing) == ("Marisol Tapia", 1, 1, "late")
    assert (second.name, second.passes, second.attempts, second.standing) == ("Rubén Arce", 2, 3, "done")
    assert second.best == pytest.approx(13 / 15)
    (row,) = listed(store, trainer, today=late).rows
    assert (row.people, row.done, row.late) == (2, 1, 1)
    (before,) = listed(store, trainer, today=TODAY).rows
    assert before.late == 0


def test_what_everybody_has_done_is_past(store: Store, trainer: Viewer, ruben: Viewer, ask: Ask) -> None:
    number = ask(trainer, ruben, order=Order("whole_call", ORDER.due_on, scenario="quincena_corta"))
    attempt(store, ruben, number, passed=True)
    assert listed(store, trainer, "open", today=TODAY).total == 0
    (row,) = listed(store, trainer, "past", today=TODAY).rows
    assert row.title == "Llamada completa: " + row.title.partition(": ")[2]


def test_a_scenario_is_asked_for_until_everybody_has_done_it(
    store: Store, trainer: Viewer, ruben: Viewer, marisol: Viewer, ask: Ask
) -> None:
    order = Order("whole_call", ORDER.due_on, scenario="quincena_corta")
    number = ask(trainer, ruben, marisol, order=order)
    assert asks_for(store, "quincena_corta", TODAY)
    attempt(store, ruben, number, passed=True)
    assert asks_for(store, "quincena_corta", TODAY), "one of two has yet to do it"
    attempt(store, marisol, number, passed=True)
    assert asks_for(store, "quincena_corta", TODAY) == ""


def test_withdrawing_takes_it_from_everybody_and_keeps_what_was_practised(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, ask: Ask
) -> None:
    number, other = ask(trainer, ruben), ask(trainer, ruben)
    attempt(store, ruben, number, passed=True)
    assignments.withdraw(store, trainer, number, now=NOW)
    assert [one.id for one in of_person(store, ruben.user_id or 0)] == [other]
    assert [one.of for one in notices.waiting(store, settings, ruben) if one.id] == [other]
    assert progress(store, trainer, number)[0].passes == 1


def test_a_lead_asks_the_own_people_and_nobody_else(
    store: Store, lead: Viewer, ruben: Viewer, marisol: Viewer, trainer: Viewer, ask: Ask
) -> None:
    ask(lead, ruben)
    with pytest.raises(CoachError, match="no está entre las que usted acompaña"):
        ask(lead, ruben, marisol)
    both = ask(trainer, ruben, marisol)
    hers = ask(trainer, marisol)
    seen = {row.id: row for row in listed(store, lead, today=TODAY).rows}
    assert seen[both].people == 1
    assert hers not in seen
    assert [one.name for one in progress(store, lead, both, today=TODAY)] == ["Rubén Arce"]
    with pytest.raises(CoachError, match="entre las que usted ve"):
        progress(store, lead, hers)
    with pytest.raises(CoachError, match="la asignó otra persona"):
        assignments.withdraw(store, lead, both)
    with pytest.raises(CoachError, match="entre las que usted ve"):
        assignments.withdraw(store, lead, hers)


@pytest.mark.parametrize("role", ["analyst", "agent", "auditor"])
def test_nobody_else_asks_or_looks(store: Store, settings: Settings, ruben: Viewer, role: Role) -> None:
    viewer = somebody(store, role, "alguien")
    for act in (
        lambda: assignments.assign(store, settings, viewer, ORDER, [ruben.user_id or 0], now=NOW),
        lambda: listed(store, viewer),
        lambda: progress(store, viewer, 1),
        lambda: assignment(store, viewer, 1),
        lambda: assignments.withdraw(store, viewer, 1),
    ):
        with pytest.raises(CoachError, match="no tiene permiso"):
            act()


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Order("one_reply", ORDER.due_on), "un escenario o una objeción"),
        (Order("one_reply", ORDER.due_on, scenario="x"), "ya no está"),
        (Order("one_reply", ORDER.due_on, objection="x"), "no es una objeción"),
        (Order("cantar", ORDER.due_on, objection="no_money"), "no es un formato"),  # type: ignore[arg-type]
        (Order("one_reply", ORDER.due_on, objection="no_money", times=0), "de 1 a 10"),
        (Order("third_party", ORDER.due_on, objection="no_money"), "se practica sobre «No es el titular»"),
        (Order("close_vague", ORDER.due_on, objection="no_money"), "se practica sobre «Promesa vaga"),
        (Order("close_vague", ORDER.due_on, scenario="contesta_la_hermana"), "contesta otra persona"),
        (Order("close_vague", ORDER.due_on, scenario="no_es_buen_momento"), "sin pedir el pago"),
        (Order("one_reply", date(2026, 10, 4), objection="no_money"), "ya pasó"),
        (Order("one_reply", ORDER.due_on, objection="no_money", title="a" * 201), "hasta 200"),
    ],
)
def test_what_cannot_be_asked_says_why(
    trainer: Viewer, ruben: Viewer, ask: Ask, order: Order, why: str
) -> None:
    with pytest.raises(CoachError, match=why):
        ask(trainer, ruben, order=order)


def test_nobody_to_ask_says_so(trainer: Viewer, ask: Ask) -> None:
    with pytest.raises(CoachError, match="Falta a quién"):
        ask(trainer)


def test_an_analyst_cannot_be_asked(store: Store, trainer: Viewer, ask: Ask) -> None:
    with pytest.raises(CoachError, match="no está entre"):
        ask(trainer, somebody(store, "analyst"))


@pytest.mark.parametrize(
    ("zone", "now"),
    [
        ("America/Lima", datetime(2026, 10, 10, 1, 0, tzinfo=UTC)),  # 20:00 of the 9th
        ("America/Lima", datetime(2026, 10, 9, 5, 30, tzinfo=UTC)),  # 00:30
        ("Europe/Madrid", datetime(2026, 10, 9, 18, 0, tzinfo=UTC)),
        ("Europe/Madrid", datetime(2026, 10, 8, 22, 30, tzinfo=UTC)),
    ],
)
def test_what_is_due_today_is_asked_by_the_clock_of_the_house(
    store: Store, settings: Settings, trainer: Viewer, ruben: Viewer, clock: Clock, zone: str, now: datetime
) -> None:
    clock(zone)
    yesterday = replace(ORDER, due_on=ORDER.due_on - timedelta(days=1))
    assert assignments.assign(store, settings, trainer, ORDER, [ruben.user_id or 0], now=now)
    with pytest.raises(CoachError, match="ya pasó"):
        assignments.assign(store, settings, trainer, yesterday, [ruben.user_id or 0], now=now)


@pytest.mark.parametrize("zone", ["America/Lima", "Europe/Madrid"])
def test_nobody_is_late_before_the_day_is_over_there(
    store: Store, trainer: Viewer, ruben: Viewer, ask: Ask, clock: Clock, zone: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    clock(zone)
    asked = ask(trainer, ruben)
    place = ZoneInfo(zone)
    for hour, standing in ((datetime(2026, 10, 9, 20), "open"), (datetime(2026, 10, 10, 0, 30), "late")):
        instant = hour.replace(tzinfo=place)

        class Day(date):
            @classmethod
            def today(cls) -> date:  # type: ignore[override]
                return local_day(instant)  # noqa: B023

        monkeypatch.setattr("coach.assignment_rows.date", Day)
        assert [one.standing for one in progress(store, trainer, asked)] == [standing]
        assert listed(store, trainer).rows[0].late == (standing == "late")
