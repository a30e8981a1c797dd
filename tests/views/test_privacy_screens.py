"""What the screens show of debtors, to whom; and the panel that says how long things are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from coach import holds, retention
from coach.retention import Rule
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role
from tests.coach.privacy import ACCOUNT, CARD, NAME, keep
from tests.views.conftest import SignIn
from tests.views.test_screens import component, run, screen, texts
from transcripts.types import Recording


@pytest.fixture
def one(fresh: Store) -> Store:
    keep(fresh, Settings(data_dir=fresh.data_dir), "pe-01")
    return fresh


def said(app: AppTest) -> str:
    return "\n".join(turn["text"] for turn in component(app, "player-pe-01")["turns"])


@pytest.mark.parametrize(("role", "named"), [("analyst", True), ("trainer", False)])
def test_names_are_shown_to_who_may_know_them(one: Store, signed_in: SignIn, role: Role, named: bool) -> None:
    signed_in(one, role, f"una-{role}")
    app = screen("call", call="pe-01")
    assert CARD not in said(app)
    assert (NAME in said(app)) == named == any(NAME in title.value for title in app.title)
    assert bool(app.toggle) == named


def test_who_may_know_them_can_cover_them(one: Store, signed_in: SignIn) -> None:
    signed_in(one, "analyst", "eva")
    app = screen("call", call="pe-01")
    next(each for each in app.toggle if each.label == "Ocultar datos personales").set_value(True)
    run(app)
    assert NAME not in said(app)
    assert not any(NAME in title.value for title in app.title)


def test_an_erased_recording_says_since_when(one: Store, signed_in: SignIn) -> None:
    retention.put(one, HOUSE, Rule(audio_days=1, transcript_days=1))
    retention.run(one, HOUSE)
    signed_in(one, "analyst", "eva")
    app = screen("call", call="pe-01")
    assert any(each.value.startswith("Grabación borrada el ") for each in app.info)
    assert any("Quedan los veredictos" in each.value for each in app.info)


def test_the_panel_says_what_would_go_and_what_is_held(one: Store, signed_in: SignIn) -> None:
    keep(one, Settings(data_dir=one.data_dir), "pe-02", account="77-1")
    retention.put(one, HOUSE, Rule(audio_days=1, country="PE"))
    holds.place(one, HOUSE, "account", ACCOUNT, "Juicio 12", until=date(2099, 1, 1))
    signed_in(one, "admin", "ada")
    app = screen("administration", view="keeping")
    told = texts(app)
    assert "| todos | PE | 1 día | siempre | siempre |" in told
    assert "1 llamada cumplió su plazo." in told
    assert "- pe-02 · " in told
    assert "Juicio 12" in told
    assert not any(button.label == "Borrar lo que toca" for button in app.button)
    app.checkbox(key="sure").set_value(True)
    run(app)
    next(button for button in app.button if button.label == "Borrar lo que toca").click()
    run(app)
    assert one.recording("pe-02").audio is None
    assert one.recording("pe-01").audio is not None


def test_the_panel_lists_what_is_held_by_itself(one: Store, signed_in: SignIn) -> None:
    signed_in(one, "admin", "ada")
    assert "hoy no hay ninguno" in texts(screen("administration", view="keeping"))
    one.update_recording(replace(one.recording("pe-01"), disposition="Queja", call_started_at=date.today()))
    told = texts(screen("administration", view="keeping"))
    assert "- pe-01 · reclamo: Queja" in told
    assert "hoy no hay ninguno" not in told


def test_a_hold_on_an_account_tells_of_calls_that_bear_it_only_in_their_name(
    one: Store, signed_in: SignIn
) -> None:
    one.add_recording(Recording(f"{ACCOUNT}_martes"))
    signed_in(one, "admin", "ada")
    app = screen("administration", view="keeping")
    app.radio(key="hold-kind").set_value("Una cuenta")
    app.text_input(key="hold-subject").set_value(ACCOUNT)
    app.text_input(key="hold-reason").set_value("Juicio 12")
    app.button(key="place-hold").click()
    run(app)
    assert holds.holds(one, HOUSE)
    (told,) = [each.value for each in app.success]
    assert told.startswith("Queda retenido")
    assert "martes" in told
