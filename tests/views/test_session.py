"""A group practices at its screens: who plays types, the others score on their own, all compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach import group_sessions
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from drills.drill import Play
from tests.coach.people import somebody
from tests.coach.test_group_sessions import CASE, REPLY, points
from tests.views.test_coaching import press, refused
from tests.views.test_screens import component, run, screen, texts

HOSTILE = "<b>Mesa</b> ![x](http://a.b/x.png)"
SignIn = Callable[..., Viewer]


@pytest.fixture
def settings(fresh: Store) -> Settings:
    return Settings(data_dir=fresh.data_dir)


@pytest.fixture
def number(fresh: Store, settings: Settings) -> int:
    """Rubén plays, Marisol scores, Tomás leads."""
    trainer = somebody(fresh, "trainer", "tvidal", name="Tomás Vidal")
    ruben = somebody(fresh, "agent", "rarce", name="Rubén Arce", team="Norte").user_id or 0
    marisol = somebody(fresh, "agent", "mtapia", name="Marisol Tapia", team="Norte").user_id or 0
    return group_sessions.open_session(
        fresh, settings, trainer, HOSTILE, "one_reply", CASE, ruben, [marisol], seed=3
    )


def at(number: int) -> AppTest:
    return screen("session", session=str(number))


def test_one_plays_at_one_screen_and_the_others_read_it_at_theirs(
    fresh: Store, number: int, signed_in: SignIn
) -> None:
    signed_in(fresh, "agent", "rarce")
    app = at(number)
    assert "**Usted practica**" in texts(app)
    app.text_area[0].set_value(REPLY)
    app = press(app, "Decirlo")
    assert "**Puntúese primero usted**" in texts(app)
    signed_in(fresh, "agent", "mtapia")
    seen = at(number)
    assert REPLY in texts(seen)
    assert "Primero se puntúa **Rubén Arce**" in texts(seen)
    assert "Entregar mi puntaje" not in {button.label for button in seen.button}
    assert {"Comparar", "Decirlo"}.isdisjoint({button.label for button in seen.button})


def test_a_reply_that_was_sent_while_the_other_screen_said_one_is_not_forgotten(
    fresh: Store, settings: Settings, number: int, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slow: between two looks of one page somebody else has said something."""
    trainer = somebody(fresh, "trainer", "tvidal")
    ruben = somebody(fresh, "agent", "rarce").user_id or 0
    marisol = somebody(fresh, "agent", "mtapia").user_id or 0
    talk = group_sessions.open_session(
        fresh, settings, trainer, "Dos pantallas", "whole_call", CASE, ruben, [marisol], seed=3
    )
    signed_in(fresh, "agent", "rarce")
    app = at(talk)
    app.text_area[0].set_value("Buenas tardes, ¿hablo con Araceli?")
    looks: list[int] = []

    def slow(*args: Any) -> Play:
        looks.append(1)
        if len(looks) == 2:
            group_sessions.say(fresh, settings, trainer, talk, "Buenas tardes.")
        return seen(*args)

    seen = group_sessions.talk
    monkeypatch.setattr(group_sessions, "talk", slow)
    app = press(app, "Decirlo")
    assert "**Usted:** Buenas tardes, ¿hablo con Araceli?" in texts(app).replace("\\", "")
    assert app.text_area[0].value == ""


def test_all_compare_once_who_leads_says_so(
    fresh: Store, settings: Settings, number: int, signed_in: SignIn
) -> None:
    ruben, marisol = somebody(fresh, "agent", "rarce"), somebody(fresh, "agent", "mtapia")
    group_sessions.say(fresh, settings, ruben, number, REPLY)
    group_sessions.score(fresh, settings, ruben, number, points(fresh, settings, ruben, number, 1.0))
    signed_in(fresh, "agent", "mtapia")
    assert "**Le toca puntuar.**" in texts(at(number))
    hers = points(fresh, settings, marisol, number, 0.0)
    group_sessions.score(fresh, settings, marisol, number, hers, HOSTILE)
    signed_in(fresh, "trainer", "tvidal")
    app = press(at(number), "Sí, comparar")
    assert "Donde más se distancian" in texts(app)
    assert not any("![x](" in one.value for one in app.markdown)
    drawn = component(app, "compared")
    assert [one["label"] for one in drawn["columns"]] == [
        "Línea", "Rubén Arce", "Marisol Tapia", "Grupo", "Máquina"
    ]  # fmt: skip
    assert drawn["rows"][0]["cells"]["group"] == {"text": "0", "shade": 1.0}
    assert not drawn["rows"][-1]["cells"]["group"]["text"].endswith((",0", ".0"))
    assert ", el grupo 0 y la máquina 2" in texts(app)
    signed_in(fresh, "agent", "mtapia")
    assert "Donde más se distancian" in texts(at(number))


def test_who_alone_scored_is_not_told_that_all_agree(
    fresh: Store, settings: Settings, number: int, signed_in: SignIn
) -> None:
    ruben = somebody(fresh, "agent", "rarce")
    group_sessions.say(fresh, settings, ruben, number, REPLY)
    signed_in(fresh, "trainer", "tvidal")
    waits = texts(at(number))
    assert "desde su cuenta. Cuando lo entregue, aquí aparece la lista" in waits
    assert "0 de 3 puntuaron. Primero se puntúa Rubén Arce; después, los demás." in waits
    assert "…" not in waits  # a rule's blank
    group_sessions.score(fresh, settings, ruben, number, points(fresh, settings, ruben, number, 1.0))
    app = press(at(number), "Sí, comparar")
    assert "Solo puntuó Rubén Arce" in texts(app)
    assert "Sin puntuar: Marisol Tapia y Tomás Vidal." in texts(app)
    assert "puntuaron igual" not in texts(app)


def test_points_are_handed_in_at_the_screen(
    fresh: Store, settings: Settings, number: int, signed_in: SignIn
) -> None:
    ruben = signed_in(fresh, "agent", "rarce")
    group_sessions.say(fresh, settings, ruben, number, REPLY)
    app = at(number)
    lines = [one for one in app.get("button_group") if (one.key or "").startswith("score-")]
    for place, one in enumerate(lines):
        one.set_value(1 if place else 2)
    app = press(app, "Entregar mi puntaje")
    assert "Su puntaje está entregado" in texts(app)
    assert "Puntaje entregado" in app.success[0].value  # beside the button, and not only far above
    assert "Cambiar mi puntaje" in {button.label for button in app.button}
    mine = group_sessions.own_score(fresh, ruben, number)
    assert mine["recognise"] == 2
    assert mine["usted"] == 1


def test_a_line_without_points_is_told(
    fresh: Store, settings: Settings, number: int, signed_in: SignIn
) -> None:
    ruben = signed_in(fresh, "agent", "rarce")
    group_sessions.say(fresh, settings, ruben, number, REPLY)
    app = at(number)
    next(button for button in app.button if button.label == "Entregar mi puntaje").click()
    app.run()
    assert "Falta puntuar: Reconocer, Indagar" in app.error[0].value


def test_who_plays_is_spoken_to_and_knows_the_case_and_its_goal(
    fresh: Store, settings: Settings, signed_in: SignIn
) -> None:
    trainer = somebody(fresh, "trainer", "tvidal", name="Tomás Vidal")
    ruben = somebody(fresh, "agent", "rarce", name="Rubén Arce", team="Norte").user_id or 0
    marisol = somebody(fresh, "agent", "mtapia", name="Marisol Tapia", team="Norte").user_id or 0
    number = group_sessions.open_session(
        fresh, settings, trainer, "", "whole_call", CASE, ruben, [marisol], seed=3
    )
    signed_in(fresh, "agent", "rarce")
    app = at(number)
    for known in ("**País:** México", "**Atraso:**", "**Acreedor:**", "**Meta:** Un compromiso de al menos"):
        assert known in texts(app)
    assert app.text_area[0].label == "Lo que usted dice"


def test_a_title_that_looks_like_markup_stays_text(fresh: Store, number: int, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer", "tvidal")
    assert "\\<b\\>Mesa" in at(number).title[0].value


def test_who_was_not_invited_finds_nothing(fresh: Store, number: int, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "otra")
    assert "No hay ninguna sesión" in texts(at(number))
    assert "Una persona practica" in texts(screen("session"))


@pytest.mark.parametrize("role", ["trainer", "admin"])
def test_who_coaches_opens_one(fresh: Store, number: int, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, "otra")
    app = screen("session")
    marisol = somebody(fresh, "agent", "mtapia").user_id
    ruben = somebody(fresh, "agent", "rarce").user_id
    app.selectbox(key="open-player").set_value(ruben)
    assert "Falta quien puntúe" in refused(run(app), "Abrir")
    app.multiselect(key="open-people").set_value([marisol])
    app = press(run(app), "Abrir")
    assert "Practica **Rubén Arce**" in texts(app)
    assert app.query_params["session"] == str(number + 1)


def test_an_agent_opens_none(fresh: Store, number: int, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "mtapia")
    app = screen("session")
    assert not app.expander
    assert component(app, "sessions")["rows"][0]["cells"]["state"]["text"] == "Practicando"
    assert "Participa en una práctica en grupo" in texts(screen("home"))
