"""One exercise from the case to the result: each of the eight formats typed, the voice, hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from coach import practice, practice_turns, scenarios, spoken
from coach.attempt_body import Line, Point, Shown, read_body, write_body
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from drills.drill import FormatId
from nlp.labels import Text
from tests.views.conftest import SignIn
from tests.views.test_screens import component, run, screen, texts
from views import _drill_talk, _voice
from views._drill_result import _counted

CASE = "cerro_la_planta"
GOOD = (
    "Comprendo, Araceli, que este mes no le alcance. ¿Qué día recibe su ingreso? "
    "Puede ser en dos pagos: ¿le anoto 1,300 para el viernes?"
)


@pytest.fixture
def ana(fresh: Store, signed_in: SignIn) -> Viewer:
    return signed_in(fresh, "agent", "ana", name="Ana Ruiz", team="Norte")


@pytest.fixture
def begun(fresh: Store, ana: Viewer) -> Callable[..., AppTest]:
    """The screen of a new exercise."""

    def begin(format_: FormatId, case: str = CASE) -> AppTest:
        settings = Settings(data_dir=fresh.data_dir)
        new = practice.begin(fresh, settings, ana, format_, case, seed=3)
        app = screen("drill", attempt=str(new))
        if waiting := [one for one in app.button if one.label == "Empezar a responder"]:
            waiting[0].click()
            app = run(app)
        return app

    return begin


def say(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    next(one for one in app.button if one.label == "Responder").click()
    return run(app)


def answer(app: AppTest, *places: int) -> AppTest:
    for radio, place in zip(app.radio, places, strict=True):
        radio.set_value(place)
    next(one for one in app.button if one.label == "Responder").click()
    return run(app)


def is_over(app: AppTest) -> bool:
    return bool(app.title[0].value == "¿Cómo le fue?")


# each format


def test_the_clock_waits_until_the_trainee_begins(fresh: Store, ana: Viewer) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    new = practice.begin(fresh, settings, ana, "one_reply", CASE, seed=3)
    app = screen("drill", attempt=str(new))
    assert not app.text_area
    assert "tendrá 60 s desde que empiece" in texts(app)
    later = datetime.now(UTC) + timedelta(minutes=5)
    practice_turns.start(fresh, settings, ana, new, now=later)
    practice_turns.start(fresh, settings, ana, new, now=later + timedelta(minutes=1))  # not put back
    practice_turns.reply(fresh, settings, ana, new, GOOD, now=later + timedelta(seconds=59))
    app = screen("drill", attempt=str(new))
    assert is_over(app)
    assert "respuesta tarde" not in texts(app)


def test_what_was_said_too_much_is_quoted_and_not_called_missing(begun: Callable[..., AppTest]) -> None:
    said = texts(say(begun("one_reply"), f"{GOOD} Más o menos eso sería, Araceli."))
    assert "Sin palabras de duda · 0 de 1" in said
    assert "Usted dijo: «Más o menos»" in said
    assert "Faltó." not in said.split("Sin palabras de duda · 0 de 1")[1].split("#####")[0]


def test_one_reply(begun: Callable[..., AppTest]) -> None:
    app = begun("one_reply")
    assert app.title[0].value == "¿Qué responde?"
    said = texts(app)
    assert "**Persona:** Araceli Domínguez Peña" in said
    assert "**Debe:** $5,280" in said
    assert component(app, "voice-1")["clock"]["limit"] == 60
    app = say(app, GOOD)
    assert is_over(app)
    said = texts(app)
    assert "lograda" in said
    assert "Es práctica: no entra en sus puntos, en el mes ni en la paga." in said
    assert "vuelve a tocarle el" in said
    steps = [row["id"] for row in component(app, "marks")["rows"]]
    assert steps[:4] == ["recognise", "explore", "answer", "ask"]


def test_a_bad_line_is_said_anew(begun: Callable[..., AppTest]) -> None:
    app = begun("rewrite_bad_line")
    assert "Lo que se dijo: «" in texts(app)
    assert component(app, "voice-1")["clock"] is None
    app = say(app, GOOD)
    assert is_over(app)
    assert "Contó para: Reconocer (2 de 2), " in texts(app)


def test_a_lone_reply_that_nobody_answered_says_what_was_missing(begun: Callable[..., AppTest]) -> None:
    said = texts(say(begun("rewrite_bad_line"), "Comprendo, Araceli, que este mes no le alcance."))
    assert "Contó para: Reconocer (2 de 2)" in said
    assert "Faltó: Indagar, " in said
    assert "Faltó: Reconocer" not in said


def test_three_turns(begun: Callable[..., AppTest]) -> None:
    app = begun("three_escalating")
    for n in range(3):
        assert not is_over(app)
        app = say(app, f"{GOOD} Parte {n}." if n else "Bueno, está bien.")
    assert is_over(app)
    assert "Contó para: " in texts(app)
    assert "No contó para ningún paso." in texts(app)


def test_a_turn_after_all_steps_were_complete_is_told_so() -> None:
    text = Text(es="Reconocer", en="Acknowledge")
    marks = tuple(Point(one, text, text, 2, 2, "Le entiendo") for one in ("recognise", "explore"))
    lines = tuple(
        Line("agent", one, mine=True) for one in ("Le entiendo, Araceli.", "Aquí sigo.", "Le entiendo.")
    )
    shown = Shown(4, 4, True, True, marks, (), (), (), lines)
    assert _counted(lines[0], shown)[0].startswith("Contó para: ")
    assert [_counted(one, shown) for one in lines[1:]] == [["Los pasos ya estaban completos."]] * 2


def test_a_last_reply_that_is_sent_twice_shows_its_result(begun: Callable[..., AppTest]) -> None:
    """The second run comes from a screen that did not know of the first."""
    app = begun("one_reply")
    real = practice_turns.reply

    def twice(*args: Any, **more: Any) -> None:
        real(*args, **more)
        real(*args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(practice_turns, "reply", twice)
        app = say(app, GOOD)
    assert is_over(app)
    assert not app.error


def test_a_whole_call_shows_its_goal_and_goes_on_after_a_reload(begun: Callable[..., AppTest]) -> None:
    app = begun("whole_call")
    assert "**Meta:** Un compromiso de al menos $1,300 en 20 días." in texts(app)
    app = say(app, "Buenas tardes, le saluda Ana Ruiz. ¿Hablo con Araceli Domínguez?")
    again = screen("drill", attempt="1")
    assert "¿Hablo con Araceli Domínguez?" in texts(again)
    again.button(key="drill-end").click()
    again = run(again)
    assert is_over(again)
    assert "No alcanzó la meta." in texts(again)
    assert "Usted usó su nombre («Araceli Domínguez»)" in texts(again)


def test_a_vague_promise_is_closed(begun: Callable[..., AppTest]) -> None:
    app = begun("close_vague")
    for n in range(6):
        if is_over(app):
            break
        app = say(app, f"Comprendo. ¿Le anoto {1300 + n} pesos para el viernes?")
    assert is_over(app)


def test_somebody_else_answers(begun: Callable[..., AppTest]) -> None:
    app = begun("third_party")
    assert "Dejar recado sin mencionar la deuda." in texts(app)
    assert "**Otra persona**" in texts(app)
    talk = (
        "Buenas tardes, le saluda Ana Ruiz. ¿A qué hora la encuentro?",
        "Gracias, llamo mañana.",
        "Gracias, que tenga buen día.",
        "Llamo a las diez.",
        "Muy amable.",
        "Hasta luego.",
    )
    for text in talk:
        if is_over(app):
            break
        app = say(app, text)
    assert is_over(app)


def test_the_best_of_four(begun: Callable[..., AppTest]) -> None:
    app = begun("choose_best")
    assert [len(radio.options) for radio in app.radio] == [4, 4]
    app = answer(app, 0, 0)
    assert is_over(app)
    assert "su elección" in texts(app)
    assert "Los motivos" in texts(app)


def test_the_fault_is_spotted(begun: Callable[..., AppTest]) -> None:
    app = begun("spot_fault")
    assert app.title[0].value == "¿Qué turno falla?"
    app = answer(app, 0, 0)
    assert is_over(app)
    assert "✕ Este es el turno que falla." in texts(app)


def test_a_choice_not_made_is_asked_for(begun: Callable[..., AppTest]) -> None:
    app = begun("choose_best")
    next(one for one in app.button if one.label == "Responder").click()
    app.run()
    assert "Falta elegir una de las opciones" in app.error[0].value


# what is said of it


def test_a_threat_is_told_with_the_safe_wording(begun: Callable[..., AppTest]) -> None:
    said = texts(say(begun("one_reply"), "Si no paga hoy, lo vamos a embargar."))
    assert "0 de" in said
    assert "**Mejor así:**" in said
    assert "anularía una llamada real" in said


def test_text_that_looks_like_markup_stays_text(begun: Callable[..., AppTest]) -> None:
    hostile = "Comprendo <script>alert(1)</script> ![x](http://example.org/x.png). ¿Qué día le pagan?"
    app = say(begun("three_escalating"), hostile)
    (line,) = [one.value for one in app.markdown if "alert" in one.value]
    assert "\\<script\\>" in line
    assert "\\!\\[x\\]\\(" in line


def test_an_empty_answer_asks_for_one_and_loses_nothing(begun: Callable[..., AppTest]) -> None:
    app = begun("one_reply")
    next(one for one in app.button if one.label == "Responder").click()
    app.run()
    assert "Falta su respuesta" in app.error[0].value
    app.text_area[0].set_value(GOOD)
    next(one for one in app.button if one.label == "Responder").click()
    assert is_over(run(app))


def test_a_sign_alone_is_no_answer(begun: Callable[..., AppTest]) -> None:
    app = begun("one_reply")
    app.text_area[0].set_value("?")
    next(one for one in app.button if one.label == "Responder").click()
    app.run()
    assert "Falta su respuesta" in app.error[0].value


def test_late_is_marked(fresh: Store, begun: Callable[..., AppTest]) -> None:
    begun("one_reply")
    with fresh.writing() as connection:
        body = read_body(connection.execute(select(drill_attempts.c.body)).scalar_one())
        old = replace(body, since=datetime.now(UTC) - timedelta(seconds=90))
        connection.execute(update(drill_attempts).values(body=write_body(old)))
    app = screen("drill", attempt="1")
    assert component(app, "voice-1")["clock"]["elapsed"] > 80
    assert "1 respuesta tarde" in texts(say(app, GOOD))


def test_an_exercise_is_thrown_away(begun: Callable[..., AppTest]) -> None:
    app = begun("one_reply")
    app.button(key="drill-drop").click()
    assert run(app).title[0].value == "¿Qué practica hoy?"
    assert "No hay ningún ejercicio" in texts(screen("drill", attempt="1"))


def test_from_the_result_one_goes_on(begun: Callable[..., AppTest]) -> None:
    for key, title in (
        ("again", "¿Qué responde?"),
        ("next-format", "¿Qué"),
        ("next-today", "¿Qué responde?"),
    ):
        app = say(begun("one_reply"), GOOD)
        app.button(key=key).click()
        assert run(app).title[0].value.startswith(title)


def test_a_result_says_what_became_of_its_case(fresh: Store, begun: Callable[..., AppTest]) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    text = scenarios.text_in_use(settings, CASE).replace(f"id: {CASE}", "id: mi_caso")
    scenarios.publish(fresh, settings, "mi_caso", text, HOUSE)
    number = say(begun("one_reply", "mi_caso"), GOOD).query_params["attempt"][0]
    assert "Este caso" not in texts(screen("drill", attempt=number))
    now = re.sub("^amount: .*", 'amount: "6100"', text, flags=re.MULTILINE)
    scenarios.publish(fresh, settings, "mi_caso", now, HOUSE)
    app = screen("drill", attempt=number)
    assert "Este caso cambió desde entonces" in texts(app)
    app.button(key="again").click()
    assert "6,100" in texts(run(app))
    scenarios.retire(fresh, settings, "mi_caso", HOUSE)
    app = screen("drill", attempt=number)
    assert "Este caso ya no se practica: siga con otro." in texts(app)
    assert "again" not in [one.key for one in app.button]


# whose it is


def test_a_trainer_reads_it_an_other_agent_does_not(
    fresh: Store, signed_in: SignIn, begun: Callable[..., AppTest]
) -> None:
    say(begun("one_reply"), "Comprendo, Araceli. ¿Qué le pasó este mes? ¿Y usted qué dice?")
    signed_in(fresh, "trainer", "tvidal")
    app = screen("drill", attempt="1")
    assert app.title[0].value == "¿Cómo le fue a Ana Ruiz?"
    told = texts(app)
    assert "Ana Ruiz dijo: «" in told
    assert "**Ana Ruiz**" in told  # who speaks, turn by turn
    assert "Ana Ruiz preguntó qué ocurrió" in told
    assert "Usted" not in told
    assert "You " not in texts(screen("drill", attempt="1", lang="en"))
    assert [one.key for one in app.button if one.key == "again"] == []
    signed_in(fresh, "agent", "otra")
    assert "No hay ningún ejercicio con el número 1" in texts(screen("drill", attempt="1"))


def test_a_trainer_does_not_answer_for_another(
    fresh: Store, signed_in: SignIn, begun: Callable[..., AppTest]
) -> None:
    begun("one_reply")
    signed_in(fresh, "trainer", "tvidal")
    app = screen("drill", attempt="1")
    assert "Ana Ruiz no terminó todavía este ejercicio." in texts(app)
    assert not app.text_area


@pytest.mark.parametrize("wanted", ["", "999", "-1", "x", "1 or 1=1"])
def test_an_address_with_nonsense_leads_back(fresh: Store, ana: Viewer, wanted: str) -> None:
    app = screen("drill", attempt=wanted)
    assert "No hay ningún ejercicio" in texts(app)


# the voice


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A button in the place of the recorder: its click is a recording."""

    def button(line: str, *, on_sound: Callable[[bytes, str], None], **_: object) -> None:
        st.button("mic", key="mic", on_click=on_sound, args=(b"sound", "audio/webm"))

    monkeypatch.setattr(_drill_talk, "voice", button)


def test_what_was_heard_can_be_corrected_before_it_is_sent(
    begun: Callable[..., AppTest], microphone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken, "heard", lambda *_: "Comprendo, Araceli. ¿Qué día recive su ingreso?")
    app = begun("one_reply")
    app.button(key="mic").click()
    app = run(app)
    assert app.text_area[0].value == "Comprendo, Araceli. ¿Qué día recive su ingreso?"
    assert app.text_area[0].label == "Lo que se oyó: corríjalo si hace falta"
    assert is_over(say(app, GOOD))


def test_what_cannot_be_heard_is_told_and_typing_goes_on(
    begun: Callable[..., AppTest], microphone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> str:
        raise CoachError("No se oyó ninguna palabra.")

    monkeypatch.setattr(spoken, "heard", silent)
    app = begun("one_reply")
    app.button(key="mic").click()
    app.run()
    assert "No se oyó ninguna palabra" in app.error[0].value.replace("\\", "")
    assert is_over(say(app, GOOD))


def test_after_every_recording_the_recorder_is_drawn_anew(
    begun: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser draws it again only for new data: without a clock nothing else would change."""
    drawn = []

    def recorder(*, data: dict[str, object], key: str, on_sound_change: Callable[[], None]) -> None:
        drawn.append(data)
        st.session_state.setdefault(key, {"sound": {"data": "", "type": "audio/webm"}})
        st.button("mic", key="mic", on_click=on_sound_change)

    monkeypatch.setattr(_voice, "_component", recorder)
    app = begun("whole_call")
    app.toggle(key="drill-aloud").set_value(True)
    app = run(app)
    before = drawn[-1]
    app.button(key="mic").click()
    app.run()
    assert "vacía" in app.error[0].value
    assert drawn[-1] != before
    assert drawn[-1]["turn"] == before["turn"]


def test_the_demonstration_s_model_says_what_it_cannot_do(
    begun: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    for known, told in (("demo", "no entiende voces humanas"), ("none", "no hay un modelo de voz")):
        monkeypatch.setattr(spoken, "model", lambda _, it=known: it)
        app = begun("one_reply")
        app.toggle(key="drill-aloud").set_value(True)
        said = texts(run(app))
        assert told in said
        assert "pida a quien administra Temple" in said
        assert "coach models" not in said, "no command for who cannot give it"


def test_the_result_speaks_english(begun: Callable[..., AppTest]) -> None:
    say(begun("one_reply"), GOOD)
    app = screen("drill", attempt="1", lang="en")
    assert app.title[0].value == "How did it go?"
    assert component(app, "marks")["rows"][0]["cells"]["step"]["text"].startswith("Acknowledge · ")
