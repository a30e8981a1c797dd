"""«Practicar»: what is due today, what was assigned, one's own misses, any other, mastery with its n."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from coach import practice, practice_cards, practice_plan, practice_turns, scenarios
from coach.attempts import Kept
from coach.practice_cards import Missed
from coach.schema_drills import drill_assigned, drill_assignments
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer
from drills.drill import FormatId
from drills.formats import FORMATS
from tests.views.conftest import SignIn
from tests.views.test_screens import component, dashboard, run, screen, texts
from views import _drill_words

HOSTILE = "<b>Cerrar</b> ![x](http://example.org/x.png)"


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_asks_something_of_its_own(format_: FormatId) -> None:
    its = SimpleNamespace(source=None, format=format_)
    assert _drill_words.question(cast(Kept, its)).endswith("?"), "views/_drill_words.py: question"


def settings(store: Store) -> Settings:
    return Settings(data_dir=store.data_dir)


def ask(store: Store, of: Viewer, **changes: Any) -> None:
    values = {
        "title": HOSTILE, "format": "one_reply", "scenario": "cerro_la_planta", "objection": "no_money",
        "times": 2, "note": "Mire <script>esto</script>", "due_on": date.today() + timedelta(days=2),
        "created_at": datetime.now(UTC), **changes,
    }  # fmt: skip
    with store.writing() as connection:
        made = insert(drill_assignments).values(**values).returning(drill_assignments.c.id)
        new = connection.execute(made).scalar_one()
        connection.execute(insert(drill_assigned).values(assignment_id=new, user_id=of.user_id))


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return run(app)


@pytest.mark.parametrize("role", ["agent", "trainer", "lead", "admin"])
def test_who_practises_finds_today_s_minutes(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, f"una-{role}")
    app = screen("practice")
    assert app.title[0].value == "¿Qué practica hoy?"
    said = texts(app)
    assert "Hoy: 3 ejercicios, cerca de 3 minutos." in said
    assert "**Falta de dinero** · una respuesta · nueva para usted" in said
    assert "Aquí verá cada objeción que practique" in said


@pytest.mark.parametrize("role", ["analyst", "auditor"])
def test_who_does_not_practise_has_no_such_screen(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, f"una-{role}")
    app = dashboard()
    app.switch_page("views/practice.py")
    app.run()
    assert "¿Qué practica hoy?" not in [title.value for title in app.title]


def test_start_leads_to_the_first_of_today(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    app = click(screen("practice"), "start-today")
    assert app.title[0].value == "¿Qué responde?"
    said = texts(screen("practice"))
    assert "Sin terminar" in said
    (left,) = [line for line in said.splitlines() if "Una respuesta · " in line]
    assert len(left.split(" · ")) == 3  # the exercise, its case, the day


def test_a_chosen_exercise_keeps_to_what_was_chosen(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    app = screen("practice", format="whole_call", objection="refusal", country="MX")
    assert app.selectbox(key="at-format").value == "whole_call"
    assert "Del saludo a la despedida" in texts(app)
    app = click(app, "start-chosen")
    assert app.title[0].value == "¿Cómo lleva esta llamada?"
    assert "México" in texts(app)


def test_no_case_says_what_next(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    app = screen("practice", format="one_reply", objection="refusal", country="GT", level="5")
    assert "Ningún caso cumple estos filtros. Quite alguno" in texts(app)


def test_a_case_can_be_picked_by_who_tries_it_out(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer", "tvidal")
    app = screen("practice", scenario="cerro_la_planta")
    assert app.selectbox(key="at-format").value == "whole_call"
    app = click(app, "start-chosen")
    assert "Araceli Domínguez Peña" in texts(app)


def test_what_was_assigned_is_shown_with_its_day_and_as_it_is_written(
    fresh: Store, signed_in: SignIn
) -> None:
    ask(fresh, signed_in(fresh, "agent", "ana"))
    app = screen("practice")
    said = texts(app)
    assert "Asignado a usted" in said
    assert HOSTILE in said
    (card,) = [one.value for one in app.markdown if "Cerrar" in one.value]
    assert "\\<b\\>" in card
    assert "\\!\\[x\\]" in card
    assert "lograda 0 de 2 veces" in said
    app = click(app, "asked-1")
    assert app.title[0].value == "¿Qué responde?"


def test_what_is_overdue_says_so(fresh: Store, signed_in: SignIn) -> None:
    ask(fresh, signed_in(fresh, "agent", "ana"), due_on=date.today() - timedelta(days=1))
    assert "venció el" in texts(screen("practice"))


def test_a_task_whose_case_is_gone_is_no_dead_end(fresh: Store, signed_in: SignIn) -> None:
    late = date.today() - timedelta(days=1)
    ask(fresh, signed_in(fresh, "agent", "ana"), scenario="se_fue", objection="", due_on=late)
    app = screen("practice")
    assert "no le cuenta como atraso" in texts(app)
    assert "venció el" not in texts(app)
    assert "asked-1" not in [one.key for one in app.button]


@pytest.mark.parametrize("case", ["cerro_la_planta", "se_fue"])
def test_who_has_finished_the_day_is_told_of_tasks_that_can_be_done(
    fresh: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(practice_plan, "today", lambda *_, **__: practice_plan.Today((), 3, None))
    ask(fresh, signed_in(fresh, "agent", "ana"), scenario=case)
    told = "Más abajo le espera lo que le pidieron practicar." in texts(screen("practice"))
    assert told is (case != "se_fue")


def test_one_s_own_misses_ask_what_would_be_said(
    fresh: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(fresh, "agent", "ana")
    found = (Missed("mx-1", date.today() - timedelta(days=4), "no_money", 3),)
    monkeypatch.setattr(practice_cards, "missed", lambda *_, **__: found)
    app = screen("practice")
    assert "De sus llamadas" in texts(app)
    assert app.button(key="miss-mx-1-3").label == "¿Qué diría aquí?"


def finished(store: Store, who: Viewer, *said: str) -> int:
    new = practice.begin(store, settings(store), who, "one_reply", "cerro_la_planta", seed=3)
    for text in said:
        practice_turns.reply(store, settings(store), who, new, text)
    return new


def test_what_was_done_is_listed_and_mastery_has_its_n(fresh: Store, signed_in: SignIn) -> None:
    ana = signed_in(fresh, "agent", "ana")
    new = finished(fresh, ana, "Comprendo que este mes no le alcance. ¿Qué día recibe su ingreso?")
    app = screen("practice")
    (row,) = component(app, "mastery")["rows"]
    assert row["cells"]["share"] == {"text": "pocos intentos", "sub": "1 intento"}
    (row,) = component(app, "attempts")["rows"]
    assert row["href"] == f"drill?attempt={new}"
    assert "Hoy: 2 ejercicios" in texts(app)


def test_what_was_done_and_what_was_begun_keep_the_name_of_the_case_as_it_was(
    fresh: Store, signed_in: SignIn
) -> None:
    ana = signed_in(fresh, "agent", "ana")
    finished(fresh, ana, "Comprendo que este mes no le alcance. ¿Qué día recibe su ingreso?")
    finished(fresh, ana)
    case = scenarios.scenarios(settings(fresh))["cerro_la_planta"]
    text = scenarios.text_in_use(settings(fresh), case.id).replace(case.title, "Otro caso")
    scenarios.publish(fresh, settings(fresh), case.id, text, HOUSE)
    app = screen("practice")
    (row,) = component(app, "attempts")["rows"]
    assert case.title in row["cells"]["drill"]["sub"]
    assert "versión anterior" not in row["cells"]["drill"]["sub"]
    assert f"Una respuesta · {case.title}" in texts(app)
    text = text.replace("¿es de la mueblería?", "¿quién me busca?")
    scenarios.publish(fresh, settings(fresh), case.id, text, HOUSE)
    app = screen("practice")
    (row,) = component(app, "attempts")["rows"]
    assert row["cells"]["drill"]["sub"].endswith(" · versión anterior")
    assert texts(app).count(case.title) == 1
    assert "· versión anterior" in texts(app)


def test_when_the_day_is_done_it_says_when_the_next_is(fresh: Store, signed_in: SignIn) -> None:
    ana = signed_in(fresh, "agent", "ana")
    new = practice.begin(fresh, settings(fresh), ana, "whole_call", "cerro_la_planta", seed=3)
    practice_turns.reply(fresh, settings(fresh), ana, new, "Le llamo por 5,280 pesos vencidos.")
    practice_turns.end(fresh, settings(fresh), ana, new)
    said = texts(screen("practice"))
    assert "✓ Por hoy terminó: 1 ejercicio." in said
    assert "Lo próximo le toca el" in said


def test_home_shows_today_s_practice_to_an_agent(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    app = screen("home")
    assert "Su práctica de hoy: cerca de 3 minutos" in texts(app)
    assert click(app, "go-practice").title[0].value == "¿Qué responde?"


def test_the_guide_leads_to_practice(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    labels = [link.proto.label for link in screen("guide", objection="refusal").get("page_link")]
    assert "Practicar esta objeción" in labels


def test_it_speaks_english(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "ana")
    app = screen("practice", lang="en")
    assert app.title[0].value == "What do you practise today?"
    assert "Today: 3 exercises, about 3 minutes." in texts(app)


def test_a_link_to_a_case_that_is_not_there_says_so_and_where_the_others_are(
    fresh: Store, signed_in: SignIn
) -> None:
    signed_in(fresh, "trainer", "tvidal")
    app = screen("practice", scenario="no_existe")
    assert "El caso «no_existe» no está" in texts(app)
    assert "En «Elegir otro», más abajo" in texts(run(app))  # it stays when something is chosen
    app.selectbox(key="at-scenario").set_value("cerro_la_planta")
    assert "no está: pudo" not in texts(run(app))
    assert "no está: pudo" not in texts(screen("practice", scenario="cerro_la_planta"))
