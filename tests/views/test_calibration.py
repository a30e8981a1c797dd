"""Calibration on the screen: which criteria count, sessions from beginning to end, strictness, old sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from coach import calibrating, calibration, listings, queries, releases
from coach.pipeline import rubric_of
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from rubrics.types import Outcome
from tests.coach.house import rated
from tests.views import seed
from tests.views.test_coaching import refused
from tests.views.test_screens import component, dashboard, run, screen, texts

SignIn = Callable[..., Viewer]
HOSTILE = "<script>alert(1)</script> ![x](http://example.org/x.png) =1+1"


@pytest.fixture
def filled(fresh: Store) -> Store:
    """The hand-made calls in a store of this test alone."""
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    return fresh


def cells(app: AppTest, key: str) -> dict[str, dict[str, Any]]:
    """The cells of a list by row."""
    return {row["id"]: row["cells"] for row in component(app, key)["rows"]}


def everything(store: Store, recording_id: str, **other: Outcome) -> Mapping[str, Outcome]:
    """A person's word on every criterion: pass, but for `other`."""
    form = rubric_of(Settings(data_dir=store.data_dir))
    return {criterion.id: other.get(criterion.id, "pass") for criterion in form.criteria}


def begin(store: Store, who: Viewer, *others: Viewer, title: str = "Octubre", call: str = "h-rarce-0") -> int:
    people = [one.user_id for one in (who, *others) if one.user_id is not None]
    return calibration.create(store, who, title, [call], people)


def hand_in(store: Store, who: Viewer, number: int, call: str = "h-rarce-0", **other: Outcome) -> None:
    said = {name: (outcome, "") for name, outcome in everything(store, call, **other).items()}
    calibration.score(store, who, number, call, said)


# the criteria


@pytest.mark.parametrize("role", ["analyst", "trainer", "admin"])
def test_who_calibrates_sees_every_criterion(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role)
    app = screen("calibration")
    assert app.title[0].value == "¿En qué coincide la máquina con las personas?"
    assert "todos los criterios cuentan" in texts(app)
    assert "Sin esta configuración: Un criterio cuenta con 50 revisiones a ciegas" in texts(app)
    rows = cells(app, "trust-machine")
    assert rows["no_threats"]["share"]["text"] == "—"
    assert rows["no_threats"]["state"]["text"] == "No pesa en los puntos"
    assert rows["no_threats"]["state"]["sub"] == "confirmada, la falta anula la llamada"
    assert rows["empathy"]["state"]["text"] == "Cuenta"
    assert "Todavía no hay revisiones a ciegas" in texts(app)


@pytest.mark.parametrize("role", ["lead", "agent", "auditor"])
def test_others_are_not_led_there(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role)
    app = dashboard()
    app.switch_page("views/calibration.py")
    app.query_params["view"] = "past"
    app.run()
    assert "¿En qué coincide" not in texts(app)
    assert "Traiga lo que su equipo" not in texts(app)


def test_only_blind_reviews_count_and_the_row_says_how_many(
    filled: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TRUST__COUNT_ALL", "false")
    eva = signed_in(filled, "analyst", "eva")
    for at in range(4):
        rated(filled, f"h-rarce-{at}", eva, {"no_threats": "fail" if at == 3 else "pass"})
    rated(filled, "h-rarce-5", eva, {"no_threats": "fail"}, blind=False)
    app = screen("calibration")
    row = cells(app, "trust-machine")["no_threats"]
    assert row["n"]["text"] == "4 de 50"
    assert row["share"]["text"] == "75 %"
    assert row["share"]["sub"] == "30–95 %"
    assert row["state"]["text"] == "Solo sugerencia"
    assert row["state"]["sub"] == "faltan 46 revisiones a ciegas"
    assert "Cuentan 0 de" in texts(app)
    assert "Todavía no hay revisiones a ciegas" not in texts(app)


def test_english_says_the_same(filled: Store) -> None:
    app = screen("calibration", lang="en")
    assert app.title[0].value == "What do machine and people agree on?"


# sessions


def test_without_sessions_the_screen_teaches(fresh: Store) -> None:
    assert "varias personas evalúan las mismas llamadas" in texts(screen("calibration", view="sessions"))


def test_a_session_is_prepared_on_the_screen(filled: Store, signed_in: SignIn) -> None:
    eva = signed_in(filled, "analyst", "eva", name="Eva Luna")
    luis = signed_in(filled, "trainer", "luis", name="Luis Paz")
    app = screen("calibration", view="sessions")
    app.text_input(key="new-title").set_value(HOSTILE)
    assert "al menos una llamada y dos personas" in refused(app, "Crear la calibración")
    app.multiselect(key="new-calls").set_value(["h-rarce-0"])
    app.multiselect(key="new-people").set_value([eva.user_id, luis.user_id])
    app = run(app)
    assert "(http" not in app.multiselect(key="new-calls").options[0]
    app.button(key="new-create").click()
    said = texts(run(app))
    assert HOSTILE in said
    assert "Le falta 1 llamada por evaluar." in said
    assert [one.title for one in calibration.sessions(filled, luis)] == [HOSTILE]


def test_a_judge_is_told_what_waits_and_led_there(filled: Store, signed_in: SignIn) -> None:
    elena = signed_in(filled, "trainer", "elena")
    ines = signed_in(filled, "analyst", "ines")
    number = begin(filled, elena, ines, title="Octubre *2*")
    app = run(dashboard())
    assert "La calibración «Octubre *2*» espera su lectura" in texts(app).replace("\\", "")
    assert component(screen("calibration"), "sessions")["rows"][0]["id"] == str(number)
    begin(filled, elena, ines, title="Noviembre")
    assert "2 calibraciones esperan su lectura" in texts(run(dashboard()))
    hand_in(filled, ines, number)
    assert "La calibración «Noviembre» espera su lectura" in texts(run(dashboard()))
    calibration.close(filled, elena, number + 1)
    assert "espera su lectura" not in texts(run(dashboard()))
    assert cells(screen("calibration"), "trust-machine")


def test_a_judge_sees_no_verdict_and_each_answer_is_saved(filled: Store, signed_in: SignIn) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    number = begin(filled, eva, luis, call="mx-embargo")
    app = screen("calibration", session=str(number))
    drawn = component(app, "judge-mx-embargo")
    assert (drawn["groups"], drawn["objections"], drawn["alone"]) == ([], [], True)
    assert all(not turn["tags"] and not turn["marks"] for turn in drawn["turns"])
    assert "Amenaza con un embargo" not in texts(app)
    key = f"said-{number}-mx-embargo-no_threats"
    app.segmented_control(key=key).set_value("fail")
    app = run(app)
    assert app.button(key="hand-in").disabled
    again = screen("calibration", session=str(number))
    assert again.segmented_control(key=key).value == "fail"
    assert again.text_input(key=key.replace("said", "note")).value == ""


def test_an_answer_after_the_end_is_refused_in_words_and_does_not_stand_there(
    filled: Store, signed_in: SignIn
) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    number = begin(filled, eva, luis)
    app = screen("calibration", session=str(number))
    calibration.close(filled, luis, number)
    app.segmented_control(key=f"said-{number}-h-rarce-0-firm").set_value("fail")
    app.run()
    assert "las evaluaciones no se cambian más" in app.error[0].value
    assert component(app, "session-strict")  # the comparison, which is there now


def test_the_call_itself_is_bare_too_while_it_is_judged(filled: Store, signed_in: SignIn) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    settings = Settings(data_dir=filled.data_dir)
    number = begin(filled, eva, luis, call="mx-embargo")
    bare = releases.shown(filled, settings, eva, "mx-embargo")
    assert (bare.scorecard.verdicts, bare.findings.findings) == ({}, ())
    app = screen("call", call="mx-embargo")
    assert not app.exception
    assert "Está en una calibración suya" in texts(app)
    assert not {"begin", "forgo"} & {button.key for button in app.button}
    calibration.close(filled, eva, number)
    assert releases.shown(filled, settings, eva, "mx-embargo").scorecard.verdicts


def test_a_full_paper_is_handed_in(filled: Store, signed_in: SignIn) -> None:
    luis = signed_in(filled, "trainer", "luis", name=HOSTILE)
    eva = signed_in(filled, "analyst", "eva")
    number = begin(filled, eva, luis)
    for criterion in everything(filled, "h-rarce-0"):
        calibrating.save(filled, eva, number, "h-rarce-0", criterion, "pass", "")
    app = screen("calibration", session=str(number))
    assert "Listo para entregar" in texts(app)
    app.button(key="hand-in").click()
    said = texts(run(app))
    assert "Usted ya terminó." in said
    assert f"Falta 1 persona por terminar: {HOSTILE}." in said
    state = cells(screen("calibration", view="sessions"), "sessions")[str(number)]["state"]
    assert state["sub"] == f"1 de 2 terminaron. Sin terminar: {HOSTILE}"
    assert calibrating.session(filled, eva, number).done == 1


def test_an_answer_changed_after_handing_in_counts_and_the_screen_says_so(
    filled: Store, signed_in: SignIn
) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    number = begin(filled, eva, luis)
    hand_in(filled, eva, number)
    app = screen("calibration", session=str(number))
    app.segmented_control(key=f"said-{number}-h-rarce-0-firm").set_value("fail")
    said = texts(run(app))
    assert "Hasta que todos terminen puede cambiarla: cada cambio cuenta enseguida." in said
    assert calibrating.scored(filled, eva, number, "h-rarce-0")["firm"] == ("fail", "")
    app.segmented_control(key=f"said-{number}-h-rarce-0-firm").set_value(None)
    app.run()
    assert "cambie la respuesta en vez de quitarla" in app.error[0].value
    assert app.segmented_control(key=f"said-{number}-h-rarce-0-firm").value == "fail"


def test_the_matrix_shows_where_people_differ(filled: Store, signed_in: SignIn) -> None:
    luis, eva = (
        signed_in(filled, "trainer", "luis", name="Luis"),
        signed_in(filled, "analyst", "eva", name="Eva"),
    )
    number = begin(filled, eva, luis, title=HOSTILE)
    hand_in(filled, eva, number, empathy="fail")
    hand_in(filled, luis, number)
    app = screen("calibration", session=str(number))
    assert "Las personas difieren en **1 de" in texts(app)
    matrix = component(app, "matrix-1")
    assert [column["label"] for column in matrix["columns"]] == ["Criterio", "Eva", "Luis", "Máquina"]
    assert list(cells(app, "matrix-1")) == ["h-rarce-0/empathy"]
    row = cells(app, "matrix-1")["h-rarce-0/empathy"]
    assert [row[name]["text"] for name in ("p0", "p1", "machine")] == ["no cumple", "cumple", "cumple"]
    assert cells(app, "session-strict")[str(eva.user_id)]["own"]["text"] != "0 %"
    assert row["label"]["text"] == "Empatía"
    app.segmented_control(key="at-show").set_value("all")
    assert len(cells(run(app), "matrix-1")) == len(everything(filled, "h-rarce-0"))


def test_an_open_session_is_closed_after_a_second_yes(filled: Store, signed_in: SignIn) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    number = begin(filled, eva, luis)
    hand_in(filled, eva, number)
    app = screen("calibration", session=str(number))
    app.button(key="close-session").click()
    said = texts(run(app))
    assert "1 de 2 terminaron. Sin terminar: Luis" in said
    assert "Ninguna llamada la evaluaron dos personas: no hay qué comparar." in said
    none = begin(filled, eva, luis)
    calibration.close(filled, eva, none)
    said = texts(screen("calibration", session=str(none)))
    assert "Nadie entregó su evaluación: no hay qué comparar." in said


def test_people_agree_only_on_what_two_of_them_judged(filled: Store, signed_in: SignIn) -> None:
    luis, eva = signed_in(filled, "trainer", "luis"), signed_in(filled, "analyst", "eva")
    ids = [one.user_id for one in (luis, eva) if one.user_id is not None]
    number = calibration.create(filled, eva, "Octubre", ["h-rarce-0", "h-rarce-1"], ids)
    for call in ("h-rarce-0", "h-rarce-1"):
        hand_in(filled, eva, number, call)
    hand_in(filled, luis, number)
    calibration.close(filled, eva, number)
    assert "Donde juzgaron dos o más, dijeron lo mismo en todo." in texts(
        screen("calibration", session=str(number))
    )


def test_who_is_behind_is_named_to_who_prepared_it_and_to_who_still_judges(
    filled: Store, signed_in: SignIn
) -> None:
    luis, eva, ines = (
        signed_in(filled, "analyst", login, name=login.title()) for login in ("luis", "eva", "ines")
    )
    number = begin(filled, luis, eva, ines)
    hand_in(filled, eva, number)
    said = texts(screen("calibration", session=str(number)))
    assert "**Le falta 1 llamada por evaluar.** Falta 1 persona por terminar: Luis." in said
    hand_in(filled, luis, number)
    assert "evaluar.** Los demás ya terminaron." in texts(screen("calibration", session=str(number)))
    signed_in(filled, "trainer", "tere")
    said = texts(screen("calibration", session=str(number)))
    assert "Falta 1 persona por terminar: Ines." in said


def test_an_address_of_no_session_says_so(fresh: Store) -> None:
    app = dashboard()
    app.switch_page("views/calibration.py")
    app.query_params["session"] = "999"
    app.run()
    assert len(app.error) == 1


# strictness


def test_nobody_to_compare_yet(fresh: Store) -> None:
    assert "Aquí verá qué tan exigente" in texts(screen("calibration", view="people"))


def test_a_stricter_reviewer_is_named_with_what_it_stands_on(filled: Store, signed_in: SignIn) -> None:
    luis = signed_in(filled, "analyst", "luis", name="Luis *Paz*")
    eva = signed_in(filled, "analyst", "eva", name="Eva")
    at = datetime.now(UTC) - timedelta(days=2)
    for week in range(6):
        rated(filled, f"h-rarce-{week}", luis, everything(filled, "", empathy="fail", firm="fail"), at=at)
        rated(filled, f"h-rarce-{week}", eva, everything(filled, ""), at=at)
    app = screen("calibration", view="people")
    assert "**Luis *Paz*** evalúa con más exigencia que los demás" in texts(app)
    row = cells(app, "strict")[str(luis.user_id)]
    assert row["others"]["text"].startswith("+")
    assert "6 llamadas" in row["others"]["sub"]
    assert row["others"]["sign"] == "?"


def test_of_a_single_call_nothing_is_said(filled: Store, signed_in: SignIn) -> None:
    luis, eva = signed_in(filled, "analyst", "luis"), signed_in(filled, "analyst", "eva")
    at = datetime.now(UTC) - timedelta(days=2)
    rated(filled, "h-rarce-0", luis, everything(filled, "", empathy="fail"), at=at)
    rated(filled, "h-rarce-0", eva, everything(filled, ""), at=at)
    row = cells(screen("calibration", view="people"), "strict")[str(luis.user_id)]
    assert (row["others"]["text"], row["others"]["sub"]) == ("—", "1 llamada: muy poco para comparar")


# evaluations of old

SHEET = (
    "llamada;evaluador;no_threats;empathy;Color\nh-rarce-0;Ana;no;si;rojo\nzz;=1+1;quiza;=HYPERLINK(1);x\n"
)


def test_a_sheet_is_looked_at_before_anything_is_kept(filled: Store, signed_in: SignIn) -> None:
    eva = signed_in(filled, "analyst", "eva")
    app = screen("calibration", view="past")
    assert "Traiga lo que su equipo evaluó antes" in texts(app)
    app.file_uploader(key="past-file-0").upload("viejas.csv", SHEET.encode(), "text/csv")
    said = texts(run(app))
    assert "2 resultados nuevos" in said
    for fault in (
        "viejas.csv: fila 3: «evaluador»: «=1+1» es una fórmula; pegue el valor; la fila no se usó.",
        "viejas.csv: fila 3: «no_threats»: «quiza» no es un resultado (use cumple, no cumple, "
        "no aplica; 1, 0, NA; sí, no); el dato no se usó.",
        "viejas.csv: fila 3: «empathy»: «=HYPERLINK(1)» es una fórmula; pegue el valor; el dato no se usó.",
    ):
        assert fault in said
    app.button(key="past-keep").click()
    said = texts(run(app))
    assert "Hay **2 resultados** de 1 llamada; 1 están en Temple" in said
    other = cells(screen("calibration", side="past"), "trust-past")["no_threats"]
    assert (other["n"]["text"], other["share"]["text"]) == ("1", "0 %")
    assert queries.call(filled, eva, "h-rarce-0").scorecard.points == 55.0


def test_what_is_no_table_is_said_and_the_screen_stays(fresh: Store) -> None:
    app = screen("calibration", view="past")
    app.file_uploader(key="past-file-0").upload("libro.xlsx", b"no es un libro")
    app.run()
    assert "no es un libro de Excel" in app.error[0].value
    assert app.title[0].value.startswith("¿En qué coincide")


def test_the_newest_calls_are_offered_without_how_they_went(filled: Store, signed_in: SignIn) -> None:
    eva = signed_in(filled, "analyst", "eva")
    newest = listings.calls(filled, eva, CallFilter(), sort="-date", page=0, size=1).rows[0]
    offered = screen("calibration", view="sessions").multiselect(key="new-calls").options[0]
    assert (newest.debtor_name or newest.id) in offered
    assert "71" not in offered
