"""Each screen alone, over a store with hand-made calls: what it says, and that it never breaks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coach import jobs
from coach.cli_show import points
from coach.demo import EXAMPLES
from coach.settings import Settings
from coach.store import Store
from nlp.types import Findings, TalkStats
from rubrics.loader import load_rubric
from rubrics.settled import Settled
from tests.coach.review_people import keep_call
from tests.views import seed
from transcripts.types import Recording
from views import _filters

ROOT = Path(__file__).parents[2]


def screen(name: str, **address: str) -> AppTest:
    """The screen after its first run; an error in it fails the test."""
    app = dashboard()
    app.switch_page(f"views/{name}.py")
    for key, value in address.items():
        app.query_params[key] = value
    return run(app)


def dashboard() -> AppTest:
    return AppTest.from_file(str(ROOT / "coach_app.py"), default_timeout=60)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


def texts(app: AppTest) -> str:
    """All that is written on the screen."""
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(part.value.replace("\\", "") for part in parts)


def component(app: AppTest, key: str) -> dict[str, Any]:
    """What one of our own components got to draw."""
    for element in app.get("bidi_component"):
        if f"-{key}-" in f"{element.proto.id}-":
            return dict(json.loads(element.proto.json))
    raise AssertionError(f"no component {key}")


def ids(app: AppTest) -> list[str]:
    return [row["id"] for row in component(app, "calls")["rows"]]


# the list of calls


def test_an_empty_store_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá las llamadas evaluadas" in texts(screen("calls"))


def test_the_list_answers_its_question_first(shown: Store) -> None:
    app = screen("calls")
    assert app.title[0].value == "¿Qué llamadas conviene escuchar hoy?"
    assert ids(app)[0] == "mx-embargo"


def test_figures_say_what_they_stand_on(shown: Store) -> None:
    said = texts(screen("calls"))
    assert "73 ± 8" in said
    assert "21 llamadas" in said


def test_the_state_filter_leaves_what_waits(shown: Store) -> None:
    app = screen("calls")
    app.segmented_control(key="filter-state").set_value("critical")
    assert ids(run(app)) == ["mx-embargo"]


def test_filters_come_from_the_address(shown: Store) -> None:
    app = screen("calls", agent="irojas")
    assert ids(app) == ["cl-buzon"]
    assert app.selectbox(key="filter-agent").value == "irojas"


def test_an_address_with_nonsense_shows_the_whole_list(shown: Store) -> None:
    assert len(ids(screen("calls", agent="nadie", state="?", days="ayer", sort="drop"))) == 22


def test_calls_of_nobody_can_be_asked_for(shown: Store) -> None:
    assert ids(screen("calls", agent="-")) == ["pe-sin-asignar"]


def test_where_no_call_is_found_the_words_or_the_filters_are_named(shown: Store) -> None:
    assert "Ninguna llamada tiene lo que busca: jirafa. Pruebe con otras" in texts(
        screen("calls", q="jirafa")
    )
    both = texts(screen("calls", q="jirafa", country="MX"))
    assert "con estos filtros tiene lo que busca: jirafa. Quite alguno" in both
    assert "cumple estos filtros" in texts(screen("calls", country="MX", agent="irojas"))


def test_the_example_of_a_search_is_said_in_the_demonstration() -> None:
    (example,) = re.findall('[\'"]"(.+?)" encuentra', Path(_filters.__file__).read_text(encoding="utf-8"))
    assert example in (EXAMPLES / "history" / "demo_calls.jsonl").read_text(encoding="utf-8")


def test_words_said_are_found(shown: Store) -> None:
    app = screen("calls")
    app.text_input(key="filter-q").set_value("embargar")
    assert ids(run(app)) == ["mx-embargo"]
    (row,) = component(app, "calls")["rows"]
    assert ["embargar", True] in row["said"]["pieces"]
    assert row["href"].partition("&from=")[0].endswith("turn=2")
    said = texts(app)
    assert "Entre comillas, las palabras seguidas y en ese orden, en cualquiera de sus formas" in said
    assert "de 1 llamada" in said
    assert "1–1" not in said


def test_days_in_the_address_are_both_included(shown: Store) -> None:
    assert ids(screen("calls", days="2026-10-05_2026-10-06")) == ["cl-buzon", "pe-sin-asignar"]


def test_filters_without_calls_say_what_next(shown: Store) -> None:
    app = screen("calls")
    app.text_input(key="filter-q").set_value("zzzz")
    assert "Pruebe con otras palabras" in texts(run(app))


def test_the_order_comes_from_the_address(shown: Store) -> None:
    assert ids(screen("calls", sort="points"))[0] == "h-rarce-8"  # the newest of the lowest


def test_firm_promises_are_told_of_the_calls_that_may_hold_one(shown: Store) -> None:
    said = texts(screen("calls"))
    assert "Promesas firmes" in said
    assert "de 22 llamadas" in said.partition("Promesas firmes")[2]
    assert not re.search(r"de \d+ evaluable", said)


# one call


def test_a_call_shows_who_when_and_its_range(shown: Store) -> None:
    said = texts(screen("call", call="mx-embargo"))
    assert "Rubén Arce con Lorena Bustos" in said
    assert "jue 8 oct 2026 · 17:40 · 24 s · Crédito Alameda · México · $2,100, 47 días de atraso" in said
    assert "66–78" in said


def test_a_critical_failure_is_said_with_its_words_and_the_safe_ones(shown: Store) -> None:
    said = texts(screen("call", call="mx-embargo"))
    assert "Sin amenazas**] · crítica por confirmar" in said
    assert (
        "«Debe dos mil cien pesos. Si no paga **la vamos a embargar**.» (0:10 · Rubén Arce · turno 3)" in said
    )
    assert "Mejor así:" in said


def test_the_promise_tells_amount_day_and_whether_it_was_repeated(shown: Store) -> None:
    said = texts(screen("call", call="mx-embargo"))
    assert "jue 15 oct 2026" in said
    assert "✓ El agente la repitió" in said
    assert "✓ El deudor la confirmó" in said


def test_a_vague_promise_shows_what_is_missing(shown: Store) -> None:
    said = texts(screen("call", call="es-vaga"))
    assert "sin fecha firme" in said
    assert "– El agente no la repitió" in said


def test_notices_and_stretches_that_are_no_evidence_are_told(shown: Store) -> None:
    said = texts(screen("call", call="mx-embargo"))
    assert "? La grabación empieza con la llamada ya iniciada." in said
    assert "1 tramo que no cuenta como prueba" in said


def test_how_it_was_talked_is_told_as_far_as_it_was_measured(shown: Store) -> None:
    said = texts(screen("call", call="mx-embargo"))
    for fact in (
        "Lo interrumpieron: 1 vez", "Palabras por minuto: Agente 152", "1 silencio largo · 0 esperas",
        "Tardó 6 s en decir el motivo", "2 preguntas del agente", "1 palabra de duda · 0 muletillas",
        "tuvo 14 palabras. 5 s.",
    ):  # fmt: skip
        assert fact in said


def test_talk_by_words_says_so_where_there_are_no_times(shown: Store) -> None:
    assert "según las palabras" in texts(screen("call", call="pe-sin-asignar"))


def test_text_that_looks_like_markup_stays_text(shown: Store) -> None:
    app = screen("call", call="pe-sin-asignar")
    assert app.title[0].value.startswith("Agente con \\!\\[x\\]\\(")


def test_voice_mail_says_why_it_is_not_judged(shown: Store) -> None:
    assert "Contestó un buzón de voz." in texts(screen("call", call="cl-buzon"))


def test_the_player_gets_sound_rubric_and_replies(shown: Store) -> None:
    data = component(screen("call", call="mx-embargo"), "player")
    assert data["audio"] == "/api/audio/mx-embargo"
    assert data["objections"][0]["replies"]
    assert sum(len(group["criteria"]) for group in data["groups"]) == len(load_rubric().criteria)


def test_a_shared_address_lights_its_turn(shown: Store) -> None:
    assert component(screen("call", call="mx-embargo", turn="3"), "player")["turn"] == 3


@pytest.mark.parametrize("turn", ["99", "-1", "x", ""])
def test_a_turn_that_is_not_there_lights_nothing(shown: Store, turn: str) -> None:
    assert component(screen("call", call="mx-embargo", turn=turn), "player")["turn"] is None


def test_next_leads_along_the_list(shown: Store) -> None:
    app = screen("call", call="mx-embargo")
    before, after = (next(b for b in app.button if b.label == name) for name in ("Anterior", "Siguiente"))
    assert before.disabled
    after.click()
    assert run(app).query_params["call"] == "cl-buzon"


def test_a_critical_failure_tells_its_price_before_it_is_confirmed(fresh: Store, tmp_path: Path) -> None:
    seed.fill(fresh, Settings(data_dir=tmp_path))
    app = screen("call", call="mx-embargo")
    assert any("La llamada queda anulada: pasa de" in text.value for text in app.markdown)
    next(button for button in app.button if button.label == "Sí, es una falta").click()
    app = run(app)
    assert "0 puntos" in app.success[0].value
    assert any("crítica confirmada" in text.value for text in app.markdown)
    assert any("anulada; habrían sido" in text.value for text in (*app.markdown, *app.caption))


def test_the_terminal_counts_the_failures_that_void_a_call() -> None:
    now = Settled({}, {}, 0.0, None, None, void=True, would_be=80.0, confirmed=("no_threats", "no_lawyer"))
    told = points(seed.threatening(Settings()), now)
    assert told == "0 puntos: anulada por 2 faltas críticas confirmadas; habrían sido 80"
    one = points(seed.threatening(Settings()), replace(now, confirmed=("no_threats",)))
    assert one.startswith("0 puntos: anulada por una falta crítica confirmada;")


def test_who_talked_where_the_debtor_never_came_to_the_phone(fresh: Store) -> None:
    lines = """
        A: ¿Está don Ramiro?
        O: No está, soy la mamá.
    """
    keep_call(fresh, Settings(data_dir=fresh.data_dir), "mama", lines=lines)
    call = fresh.call("mama")
    fresh.save(replace(call, findings=Findings(talk=TalkStats(3, 0))), "nlp-1")
    said = texts(screen("call", call="mama"))
    assert "38 % · 62 %" in said
    assert "agente · otra persona, según las palabras" in said


@pytest.mark.parametrize("wanted", ["no-existe", "../../etc/passwd", ""])
def test_a_call_that_is_not_there_offers_the_way_back(shown: Store, wanted: str) -> None:
    app = screen("call", call=wanted)
    assert app.info
    assert app.get("page_link")


# recordings in


def test_without_jobs_there_is_only_the_place_to_drop(fresh: Store) -> None:
    app = screen("upload")
    assert component(app, "uploader")["address"] == "/api/upload"
    assert "En proceso" not in texts(app)


def test_a_waiting_recording_can_be_cancelled_and_retried(fresh: Store) -> None:
    fresh.add_recording(Recording("nueva"))
    jobs.submit(fresh, "nueva", "nueva.wav")
    app = screen("upload")
    assert "nueva.wav" in texts(app)
    assert "en cola" in texts(app)
    app.button[0].click()
    assert "cancelada" in texts(run(app))
    app.button[0].click()
    assert "en cola" in texts(run(app))


def test_a_failed_recording_says_why(fresh: Store) -> None:
    fresh.add_recording(Recording("rota"))
    jobs.submit(fresh, "rota", "rota.wav")
    taken = jobs.take(fresh, jobs.worker_name())
    assert taken is not None
    jobs.end(fresh, taken, "failed", "rota.wav: el archivo está dañado.")
    assert "✕ falló: rota.wav: el archivo está dañado." in texts(screen("upload"))


def test_what_was_kept_in_spanish_is_read_in_english(fresh: Store) -> None:
    fresh.add_recording(Recording("rota"))
    jobs.submit(fresh, "rota", "rota.wav")
    taken = jobs.take(fresh, jobs.worker_name())
    assert taken is not None
    error = "rota.wav: el archivo no contiene sonido. Exporte la llamada como audio."
    jobs.end(fresh, taken, "failed", error)
    assert error in texts(screen("upload"))
    assert "✕ failed: rota.wav: the file holds no sound. Export the call as sound." in texts(
        screen("upload", lang="en")
    )


def test_facts_go_with_the_recordings(fresh: Store) -> None:
    app = screen("upload")
    app.text_input(key="fact-login").set_value("rarce")
    assert component(run(app), "uploader")["facts"] == {"agent_login": "rarce"}


def test_transcripts_go_the_same_way_and_replace_words_only_when_asked(fresh: Store) -> None:
    app = screen("upload")
    drawn = component(app, "uploader")
    assert "SRT" in drawn["words"]["limitsText"]
    assert drawn["facts"] == {}
    app.checkbox(key="fact-replace").check()
    assert component(run(app), "uploader")["facts"] == {"replace": "1"}


# the whole


def test_the_dashboard_opens_on_what_waits_with_its_notices(
    shown: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DEMO", "true")
    app = dashboard()
    said = texts(run(app))
    assert "¿Qué le espera hoy, Admin?" in said
    assert "se entra con un clic y sin contraseña" in said


def test_settings_that_cannot_be_are_told_in_words(shown: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "muchos")
    app = dashboard()
    app.run()
    assert not app.exception
    assert "COACH_PORT" in app.error[0].value.replace("\\", "")


def test_a_fault_of_the_program_is_told_and_logged(
    shown: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("insides")

    monkeypatch.setattr("coach.notices.waiting", broken)
    app = dashboard()
    app.run()
    assert "Es un error de Temple" in app.error[0].value.replace("\\", "")
    assert "Traceback" in caplog.text


def test_english_is_a_choice_that_is_kept_with_the_account(fresh: Store) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    app = screen("calls")
    assert app.selectbox(key="filter-agent").options[0] == "Todos"
    app.segmented_control(key="lang").set_value("en")
    app = run(app)
    assert app.title[0].value == "Which calls deserve a listen today?"
    assert app.session_state["filter-agent"] == ""  # what was chosen is still
    assert app.selectbox(key="filter-agent").options[0] == "All"
    assert "lang" not in app.query_params
    assert screen("calls").selectbox(key="filter-agent").options[0] == "All"  # another address, later


def test_a_language_is_always_chosen(fresh: Store) -> None:
    """A second click on it takes nothing away; nor does a session that came without one."""
    app = dashboard()
    switch = run(app).segmented_control(key="lang")
    assert switch.proto.required
    switch.set_value("en")
    app = run(app)
    app.segmented_control(key="lang").set_value(None)
    run(app)
    assert "What waits for you today" in texts(run(dashboard()))


def test_english_says_what_stays_in_the_language_of_the_calls(shown: Store) -> None:
    app = dashboard()
    said = (
        "Quotes, the reasons of verdicts and the guide stay in Spanish;"
        " so does what a form of your own says in Spanish only."
    )
    assert said not in [one.value for one in run(app).sidebar.caption]
    app = dashboard()
    app.query_params["lang"] = "en"
    assert [one.value for one in run(app).sidebar.caption].count(said) == 1


def test_the_language_stays_in_the_address(shown: Store) -> None:
    app = dashboard()
    app.query_params["lang"] = "en"
    assert "What waits for you today, Admin?" in texts(run(app))
    assert app.query_params["lang"] == "en"


@pytest.mark.parametrize(
    ("lang", "skip", "sends"),
    [
        ("es", "Ir al contenido", "Pulse {key} para enviar"),
        ("en", "Skip to main content", "Press {key} to send"),
    ],
)
def test_the_page_is_told_its_language_and_streamlits_own_words_in_it(
    shown: Store, lang: str, skip: str, sends: str
) -> None:
    told = component(screen("calls", lang=lang), "tongue")
    assert (told["language"], told["skip"], told["keys"]["submit form"]) == (lang, skip, sends)


def test_streamlit_still_says_of_enter_what_the_page_puts_into_other_words() -> None:
    """They lie in its own script: a newer one that says them otherwise would stay English."""
    scripts = (Path(st.__file__).parent / "static" / "static" / "js").glob("InputInstructions.*.js")
    own = "".join(one.read_text(encoding="utf-8") for one in scripts)
    assert "`Press Enter to ${e}`" in own
    assert all(f"`{what}`" in own for what in ("submit form", "apply"))
    assert "`InputInstructions`" in own
