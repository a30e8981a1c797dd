"""The queue's calls handed on from its screen: what each role finds to press, and what becomes of the calls.

AppTest presses no box of our own list: `tick` says which are ticked where the list would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from coach import audit, blind, tasks
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from tests.coach.people import somebody
from tests.views import seed
from tests.views.test_review_screens import FAIR, THREAT, queue_up
from tests.views.test_screens import component, run, screen, texts
from views import _list, _queue_parts

SignIn = Callable[..., Viewer]
Tick = Callable[..., None]


@pytest.fixture
def house(fresh: Store, settings: Settings) -> Store:
    """Two calls in the queue; Luz and Eva, who review too."""
    seed.fill(fresh, settings)
    somebody(fresh, "analyst", "luz", name="Luz *Peña*")
    somebody(fresh, "trainer", "eva", name="Eva Ruiz")
    queue_up(fresh, THREAT)
    queue_up(fresh, FAIR)
    return fresh


@pytest.fixture
def tick(monkeypatch: pytest.MonkeyPatch, house: Store) -> Tick:
    """`tick(THREAT)`: the boxes of these calls are ticked until something is done with them."""

    def these(*calls: str) -> None:
        boxes = {str(number(house, one)) for one in calls}
        begun: list[int] = []

        def listing(columns: Any, rows: Any, *, key: str, ticks: Any = None, **more: Any) -> _list.Picked:
            picked = _list.listing(columns, rows, key=key, ticks=ticks, **more)
            begun.append(ticks.round if ticks else 0)
            still = ticks is not None and ticks.round == begun[0]
            return replace(picked, ticked=tuple(row["id"] for row in rows if still and row["id"] in boxes))

        monkeypatch.setattr(_queue_parts, "listing", listing)

    return these


def number(store: Store, recording_id: str) -> int:
    with store.reading() as connection:
        its = select(table.c.id).where(table.c.recording_id == recording_id)
        return int(connection.execute(its).scalar_one())


def who(app: AppTest) -> list[str]:
    return [row["cells"]["who"]["text"] for row in component(app, "queue")["rows"]]


def doors(app: AppTest) -> dict[str, bool]:
    """What can be done with what is ticked, and whether it is open."""
    row = [block.proto.popover for block in app.get("popover")]
    found = {one.label: not one.disabled for one in row}
    return found | {one.label: not one.disabled for one in app.button if one.label == "Devolver a la cola"}


def choose(app: AppTest, name: str) -> AppTest:
    box = next(one for one in app.selectbox if one.label == "Quién revisa")
    box.select_index(next(i for i, label in enumerate(box.options) if name in label))
    return run(app)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


def success(app: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in app.success)


@pytest.mark.parametrize("role", ["admin", "analyst", "trainer"])
def test_who_reviews_finds_the_doors_shut_until_something_is_ticked(
    house: Store, signed_in: SignIn, tick: Tick, role: Role
) -> None:
    signed_in(house, role, "alguien")
    app = screen("queue")
    shut = {"Asignar a…": False, "Quitar de la cola": False, "Devolver a la cola": False}
    assert doors(app) == shut
    assert "Marque llamadas para asignarlas" in texts(app)
    assert component(app, "queue")["ticks"] == {
        "one": "Marcar la llamada de", "all": "Marcar todas", "round": 0,
    }  # fmt: skip
    tick(THREAT)
    app = screen("queue")
    assert doors(app) == shut | {"Asignar a…": True, "Quitar de la cola": True}
    assert "1 llamada marcada." in texts(app)


@pytest.mark.parametrize("role", ["lead", "agent", "auditor"])
def test_who_does_not_review_finds_none(house: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(house, role, "alguien")
    assert doors(screen("queue")) == {}


def test_calls_are_assigned_to_whoever_has_room(
    house: Store, settings: Settings, signed_in: SignIn, tick: Tick
) -> None:
    luz = somebody(house, "analyst", "luz", name="Luz *Peña*")
    ana = signed_in(house, "analyst", "ana", name="Ana Mora")
    tasks.claim(house, settings, ana, number(house, FAIR))
    tick(THREAT, FAIR)
    app = screen("queue")
    (box,) = (one for one in app.selectbox if one.label == "Quién revisa")
    assert "Luz *Peña* · nada en sus manos" in box.options
    assert box.options[-1] == "usted · 1 en sus manos, 1 vencida"  # the busiest last
    app = press(choose(app, "Luz"), "assign")
    assert "2 llamadas quedan a nombre de Luz *Peña*" in success(app)
    assert who(app) == ["Luz *Peña*"] * 2
    assert not any(doors(app).values())  # nothing is ticked any more
    assert tasks.queue(house, settings, luz).rows[0].assigned_to == luz.user_id


def test_who_saw_the_verdicts_is_said_not_to_get_the_blind_one(
    house: Store, settings: Settings, signed_in: SignIn, tick: Tick
) -> None:
    with house.writing() as connection:
        connection.execute(table.update().where(table.c.recording_id == FAIR).values(blind=True))
    luz = somebody(house, "analyst", "luz", name="Luz *Peña*")
    audit.note(house, luz, blind.SAW, f"call:{FAIR}")
    signed_in(house, "analyst", "ana")
    tick(THREAT, FAIR)
    app = choose(screen("queue"), "Luz")
    assert "Luz *Peña* ya vio lo que dijo Temple de 1 de 2" in texts(app)
    assert app.button(key="assign").label == "Asignar 1 llamada"
    press(app, "assign")
    assert [row.recording_id for row in tasks.queue(house, settings, luz).rows] == [THREAT]
    tick(FAIR)
    assert choose(screen("queue"), "Luz").button(key="assign").disabled


def test_ones_own_goes_back_at_once(house: Store, settings: Settings, signed_in: SignIn, tick: Tick) -> None:
    ana = signed_in(house, "analyst", "ana")
    tasks.claim(house, settings, ana, number(house, THREAT))
    tick(THREAT, FAIR)
    app = press(screen("queue"), "give-back")
    assert "1 llamada volvió a la cola." in success(app)
    assert who(app) == ["nadie", "nadie"]


def test_what_another_is_at_stays_with_them(
    house: Store, settings: Settings, signed_in: SignIn, tick: Tick
) -> None:
    luz = somebody(house, "analyst", "luz", name="Luz *Peña*")
    tasks.claim(house, settings, luz, number(house, THREAT))
    signed_in(house, "analyst", "ana")
    tick(THREAT)
    app = screen("queue")
    assert not any(doors(app).values())
    assert "1 la está revisando otra persona: queda con ella." in texts(app)


def test_an_admin_is_asked_before_taking_it_from_them(
    house: Store, settings: Settings, signed_in: SignIn, tick: Tick
) -> None:
    luz = somebody(house, "analyst", "luz", name="Luz *Peña*")
    tasks.claim(house, settings, luz, number(house, THREAT))
    signed_in(house, "admin", "ada")
    tick(THREAT)
    app = screen("queue")
    assert "Están a nombre de Luz *Peña*" in texts(app)
    assert who(press(app, "give-back")) == ["nadie", "nadie"]


def test_a_call_is_taken_out_with_a_reason_that_the_log_tells(
    house: Store, signed_in: SignIn, tick: Tick
) -> None:
    signed_in(house, "admin", "ada")
    tick(THREAT)
    app = press(screen("queue"), "drop")
    assert "Escriba por qué no se revisa" in texts(app)
    assert len(component(app, "queue")["rows"]) == 2
    next(one for one in app.text_area).set_value("Es de *prueba*.")
    app = press(app, "drop")
    assert "1 llamada salió de la cola." in success(app)
    assert len(component(app, "queue")["rows"]) == 1
    said = texts(screen("log"))
    assert "sacó de la cola" in said
    assert "motivo: Es de *prueba*." in said
    assert "task" not in said


def test_what_was_quicker_elsewhere_is_said_and_the_rest_goes(
    house: Store, settings: Settings, signed_in: SignIn, tick: Tick, monkeypatch: pytest.MonkeyPatch
) -> None:
    luz = somebody(house, "analyst", "luz", name="Luz *Peña*")
    signed_in(house, "analyst", "ana")
    tick(THREAT, FAIR)
    app = screen("queue")
    next(one for one in app.text_area).set_value("Son de prueba.")
    run(app)
    whole = tasks.drop

    def meanwhile(store: Store, *given: Any, **more: Any) -> None:
        if given[2] == number(house, THREAT):
            tasks.claim(house, settings, luz, given[2])
        whole(store, *given, **more)

    monkeypatch.setattr(tasks, "drop", meanwhile)
    app = press(app, "drop")
    assert "1 llamada salió de la cola." in success(app)
    assert "1 llamada queda como estaba. Otra persona está revisando esta llamada." in texts(app)


def test_other_rows_begin_with_empty_boxes(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst", "ana")
    app = screen("queue")
    assert component(app, "queue")["ticks"]["round"] == 0
    app.selectbox(key="queue-why").set_value("critical")
    assert component(run(app), "queue")["ticks"]["round"] == 1
    assert component(run(app), "queue")["ticks"]["round"] == 1
