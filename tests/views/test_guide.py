"""The guide: by objection, country and words; a trainer's own wordings are tried before they are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach import own_wordings
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, ROLES, Role
from rubrics.playbook import Wording
from tests.views.conftest import SignIn
from tests.views.test_screens import component, dashboard, run, screen, texts


def objections(app: AppTest) -> list[str]:
    return [row["id"] for row in component(app, "objections")["rows"]]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_finds_every_objection(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, f"una-{role}")
    app = screen("guide")
    assert app.title[0].value == "¿Qué se puede responder?"
    assert len(objections(app)) == 20


@pytest.mark.parametrize("role", ["agent", "lead", "analyst", "auditor"])
def test_only_who_may_write_finds_the_editor(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, f"una-{role}")
    assert not screen("guide", objection="no_money").toggle


def test_words_of_a_reply_lead_to_their_objections(fresh: Store) -> None:
    app = screen("guide", say="nomina")
    assert "no_money" in objections(app)
    assert len(objections(app)) < 20


def test_nothing_found_says_what_next(fresh: Store) -> None:
    assert "Quite alguno para ver más" in texts(screen("guide", say="xyz"))


def test_an_objection_says_why_what_to_avoid_and_the_steps(fresh: Store) -> None:
    app = screen("guide", objection="no_money")
    said = texts(app)
    assert app.title[0].value == "¿Qué responder a «Falta de dinero»?"
    assert "una parte con fecha vale más" in said
    assert "- Proponer que pida prestado." in said
    assert "##### 2 · Indagar" in said
    assert "De los [monto], ¿qué parte tiene hoy disponible?" in said


def test_where_asking_again_is_wrong_it_says_so(fresh: Store) -> None:
    said = texts(screen("guide", objection="already_paid"))
    assert "Aquí no se vuelve a pedir el pago." in said
    assert "· Volver a pedir" not in said


def test_colombia_is_not_asked_why_and_reads_the_rule(fresh: Store) -> None:
    said = texts(screen("guide", objection="no_money", country="CO"))
    assert "Colombia: No pregunta el motivo de la mora" in said
    assert "Ley 2300 de 2023" in said
    assert "para que no le alcanzara" not in said
    assert "por PSE o Nequi" in said


@pytest.mark.parametrize("wanted", ["nada", "../x", ""])
def test_an_objection_that_is_not_there_shows_the_list(fresh: Store, wanted: str) -> None:
    assert len(objections(screen("guide", objection=wanted))) == 20


def editing(objection: str = "no_money") -> AppTest:
    app = screen("guide", objection=objection)
    app.toggle(key="guide-edit").set_value(True)
    return run(app)


def write(app: AppTest, say: str) -> AppTest:
    app.text_area[0].set_value(say)
    return run(app)


def keep(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "Guardar en la guía").click()
    return run(app)


def may_keep(app: AppTest) -> bool:
    return not next(button for button in app.button if button.label == "Guardar en la guía").disabled


def test_a_trainers_wording_is_tried_kept_and_suggested_first(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer", "tvidal", name="Tomás Vidal")
    app = write(editing(), "Le entiendo, {nombre}. ¿Con cuánto comienza el {fecha}?")
    assert "Ninguna regla la objeta." in texts(app)
    app = keep(app)
    assert "se sugiere desde ahora" in app.success[0].value
    assert "Le entiendo, [nombre]. ¿Con cuánto comienza el [fecha]?" in texts(app)
    assert "versión 1" in texts(app)
    assert "Tomás Vidal" in texts(app)
    assert "propia" in texts(screen("guide", objection="no_money"))


def test_what_is_chosen_is_drawn_anew_in_the_other_language(fresh: Store, signed_in: SignIn) -> None:
    """The browser keeps the name that it was given until it is told of another."""
    signed_in(fresh, "trainer")
    app = editing()
    app.selectbox(key="step-0").set_value("explore")
    app.multiselect(key="in-0").set_value(["MX"])
    app = run(app)
    app.segmented_control(key="lang").set_value("en")
    app = run(app)
    for field, drawn in (("step-0", "Ask about it"), ("tone-0", "Any")):
        one = app.selectbox(key=field)
        assert one.proto.set_value
        assert one.proto.raw_value == drawn
    assert app.selectbox(key="step-0").value == "explore"
    assert app.multiselect(key="in-0").proto.set_value


@pytest.mark.parametrize(
    ("say", "told"),
    [
        ("Si usted no paga hoy, le cortamos la luz del negocio.", "Podría sonar a"),
        ("le condonamos el 90 % de la deuda, se lo prometo yo", "cuyo caso lo autoriza"),
        ("Le perdono la mora si paga hoy sin falta.", "cuyo caso lo autoriza"),
    ],
)
def test_what_is_doubtful_is_not_told_to_be_fine(
    say: str, told: str, fresh: Store, signed_in: SignIn
) -> None:
    signed_in(fresh, "trainer")
    app = write(editing(), say)
    assert told in texts(app)
    assert "Ninguna regla la objeta." not in texts(app)
    if told == "Podría sonar a":
        assert not may_keep(app)
        (sure,) = app.checkbox
        sure.check()
        app = run(app)
    else:
        assert not app.checkbox
    app = keep(app)
    assert "se sugiere desde ahora" in app.success[0].value
    shown = texts(screen("guide", objection="no_money"))
    assert ("dígala solo si el caso lo autoriza" in shown) is (told == "cuyo caso lo autoriza")


def test_a_threat_cannot_be_kept(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    app = write(editing(), "Si no paga lo vamos a embargar.")
    assert "No se dice en ningún país" in texts(app)
    assert not may_keep(app)


def test_a_question_for_the_reason_is_told_for_colombia(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    app = write(editing(), "¿Por qué motivo no pagó este mes?")
    assert "**Colombia**: No pregunta el motivo de la mora" in texts(app)
    assert not may_keep(app)
    app.multiselect[1].set_value(["CO"])
    app = run(app)
    assert may_keep(app)


@pytest.mark.parametrize(
    ("say", "why"),
    [("Son {monto pesos.", "Una llave no se abre"), ("Son {plata}.", "no existe: plata. Hay: nombre, monto")],
)
def test_a_slot_that_cannot_be_is_told(fresh: Store, signed_in: SignIn, say: str, why: str) -> None:
    signed_in(fresh, "trainer")
    app = write(editing(), say)
    assert why in texts(app)
    assert not may_keep(app)


def test_a_wording_is_left_out_and_taken_back(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "admin")
    app = editing()
    app.button(key="out-recognise-0").click()
    app = run(app)
    assert "Frases de Temple que aquí no se dicen" in texts(app)
    app.button(key="back-0").click()
    assert "Frases de Temple que aquí no se dicen" not in texts(run(app))


def test_text_that_looks_like_markup_stays_text(fresh: Store, tmp_path: Path) -> None:
    say = "Entiendo <script>alert(1)</script> ![x](http://example.org/x.png)"
    settings = Settings(data_dir=tmp_path)
    own_wordings.add(fresh, settings, HOUSE, "no_money", "replies", Wording(say=say), "<b>nota</b>")
    app = screen("guide", objection="no_money")
    (card,) = [one.value for one in app.markdown if "alert" in one.value]
    assert "\\<script\\>" in card
    assert "\\!\\[x\\]\\(" in card


def test_an_own_file_that_cannot_be_read_is_told(fresh: Store, tmp_path: Path) -> None:
    file = Settings(data_dir=tmp_path).own_playbook
    file.parent.mkdir(parents=True)
    file.write_text("version: 1\nbased_on: temple\nplays: [{objection: no_mony}]\n", encoding="utf-8")
    app = screen_with_error("guide")
    assert "Las frases propias no se usan" in app.error[0].value
    assert len(objections(app)) == 20


def screen_with_error(name: str) -> AppTest:
    app = dashboard()
    app.switch_page(f"views/{name}.py")
    return app.run()


def test_the_guide_speaks_english(fresh: Store) -> None:
    app = screen("guide", objection="no_money", lang="en")
    assert app.title[0].value == "What to say to “Lack of money”?"


# the guide to take away


def test_the_guide_is_downloaded_by_everybody_who_reads_it(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "rosa")
    for address in ({}, {"objection": "no_money"}):
        labels = [one.proto.label for one in screen("guide", **address).get("download_button")]
        assert labels == ["Página para imprimir (HTML)", "Tabla CSV"]


def test_a_file_is_made_with_what_the_screen_says(fresh: Store, settings: Settings) -> None:
    from coach.guide import Wanted
    from views import _guide_handout

    asked = _guide_handout.asked("no_money", Wanted(country="PE"), "en")
    page = _guide_handout._made(fresh, HOUSE, asked=asked, kind="html").decode()
    assert "Peru" in page
    assert "Lack of money" in page
