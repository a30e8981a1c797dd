"""An agent's sheet: the own numbers with what they stand on, two things to work on, kind words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from coach import editions, own_calls, queries, reviews
from coach.intervals import Mean
from coach.kappa import Share
from coach.own_calls import Example
from coach.peers import Beside
from coach.queries import ALL
from coach.schema_work import releases
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import Lost
from coach.viewers import HOUSE, Role, Viewer
from coach.words import forms_for
from rubrics.types import Criterion, Verdict
from tests.coach.people import somebody
from tests.views import seed
from tests.views.test_screens import component, dashboard, run, screen, texts
from views import _agent_parts

DAYS = "2026-08-01_2026-10-31"


@pytest.fixture
def house(fresh: Store) -> Store:
    """The hand-made calls; Rubén does not ask for the reason in half a dozen of his; all are released."""
    settings = Settings(data_dir=fresh.data_dir)
    seed.fill(fresh, settings)
    for week in range(6):
        call = seed.history(settings, week, "rarce", "Rubén Arce", points=60.0)
        missed = Verdict("fail", "No pregunta por el motivo.", (seed.quote(call.transcript, 0),), 0.9)
        card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "asks_reason": missed})
        fresh.save(replace(call, scorecard=card))
    out(fresh, *(row.id for row in queries.calls(fresh, HOUSE, size=99).rows))
    somebody(fresh, "agent", "rarce", name="Rubén Arce", holds=("rarce",), team="Norte")
    return fresh


def test_what_is_said_of_the_difference_is_that_of_the_figures_beside_it() -> None:
    own, others = Mean(25, 90.4, 4.0), 65.6
    said = _agent_parts._compared(Beside(own, others, 13.0, 4, 20, 25), yours=True)
    assert said.endswith("4 colegas tienen 66 ± 13 puntos de promedio y usted 90 ± 4. Son 24 puntos más.")
    said = _agent_parts._compared(Beside(Mean(25, 64.6, 0.2), others, 0.2, 4, 20, 25), yours=False)
    assert said.endswith("y esta persona 65 ± 0. Es 1 punto menos.")


def test_the_page_says_which_calls_each_of_its_figures_counts(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    signed_in(house, "agent", "rarce")
    assert "Cuenta todas las que le entregaron. El puntaje del mes, solo las" in texts(
        screen("agent", days=DAYS)
    )
    signed_in(house, "analyst")
    said = texts(screen("agent", agent="rarce", days=DAYS))
    assert "Cuenta todas sus llamadas." in said
    assert "puntos de promedio en 1" in said


@pytest.mark.parametrize(
    ("mean", "said"),
    [
        (Mean(0, None, None), "Todavía sin llamadas con puntos"),
        (Mean(1, 1.0, None), "1 punto de promedio en 1 llamada"),
        (Mean(2, 1.0, None), "1 punto de promedio en 2 llamadas"),
        (Mean(2, 90.0, None), "90 puntos de promedio en 2 llamadas"),
    ],
)
def test_the_average_is_said_of_none_and_of_one(mean: Mean, said: str) -> None:
    assert _agent_parts._average(mean) == said


def out(store: Store, *ids: str) -> None:
    now = datetime.now(UTC)
    rows = [{"recording_id": one, "released_at": now, "visible_from": now} for one in ids]
    with store.writing() as connection:
        connection.execute(insert(releases), rows)


@pytest.fixture
def ruben(house: Store, signed_in: Callable[..., Viewer]) -> Viewer:
    return signed_in(house, "agent", "rarce")


def test_the_agent_reads_where_the_own_calls_stand(house: Store, ruben: Viewer) -> None:
    app = screen("agent", days=DAYS)
    assert app.title[0].value == "¿Cómo van mis llamadas?"
    assert "10 llamadas" in texts(app)


def test_points_of_two_versions_of_a_form_are_told(
    house: Store, ruben: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "versiones distintas de una misma pauta o de las mismas reglas"
    assert said not in texts(screen("agent"))
    monkeypatch.setattr(editions, "mixed", lambda *_: ("cobranza@1", "cobranza@2"))
    assert f"{said}: cobranza@1, cobranza@2. Sus puntos no se comparan" in texts(screen("agent"))


def test_two_things_to_work_on_come_with_own_words_and_better_ones(house: Store, ruben: Viewer) -> None:
    said = texts(screen("agent", days=DAYS))
    assert "Dos cosas para trabajar" in said
    assert "Indaga el motivo" in said
    assert "No pregunta por el motivo.\n> «**Buenas.**»" in said  # what the words lack, then the words
    assert "Pruebe así:" in said


def test_what_goes_well_is_said_too(house: Store, ruben: Viewer) -> None:
    assert "✓] Maneja las objeciones: 100 % de 10 llamadas" in texts(screen("agent", days=DAYS))


def test_a_critical_failure_nobody_confirmed_is_not_on_the_sheet(
    house: Store, ruben: Viewer, signed_in: Callable[..., Viewer]
) -> None:
    app = screen("agent", days=DAYS)
    assert "Sin amenazas" not in texts(app)
    assert "Crítica" not in str(component(app, "own")["rows"])
    analyst = somebody(house, "analyst")
    settings = Settings(data_dir=house.data_dir)
    reviews.override(house, settings, analyst, "mx-embargo", "no_threats", "fail", "Amenazó.")
    said = texts(screen("agent", days=DAYS))
    assert "✕ Sin amenazas" in said
    assert "Si no paga **la vamos a embargar**" in said
    assert "Mejor así:" in said


def test_a_confirmed_failure_of_a_criterion_that_is_none_any_more_says_what_it_was(
    house: Store, ruben: Viewer
) -> None:
    settings = Settings(data_dir=house.data_dir)
    call = house.call("mx-embargo")
    gone = {**call.scorecard.verdicts, "keeps_secret": Verdict("fail", "Lo contó (turno 1).")}
    card = replace(
        call.scorecard, rubric="cobranza@1+0123456789ab", verdicts=gone, critical_failures=("keeps_secret",)
    )
    house.save(replace(call, scorecard=card))
    reviews.override(
        house, settings, somebody(house, "analyst"), call.id, "keeps_secret", "fail", "Lo contó."
    )
    said = texts(screen("agent", days=DAYS))
    assert "✕ Keeps secret" in said
    assert "Regla del país" not in said


def test_below_the_least_there_is_no_score_and_no_comparison(house: Store, ruben: Viewer) -> None:
    said = texts(screen("agent", days=DAYS))
    assert "aún pocas llamadas" in said
    assert "Promedio de las llamadas sorteadas y entregadas" in said  # how a score is made
    assert "Sin comparación con el equipo" in said


def test_the_address_of_a_colleague_shows_the_own_sheet(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    signed_in(house, "agent", "mtapia", name="Marisol Tapia", holds=("mtapia",))
    app = screen("agent", agent="rarce", days=DAYS)
    assert app.title[0].value == "¿Cómo van mis llamadas?"
    rows = component(app, "own")["rows"]
    assert {row["cells"]["agent"]["text"] for row in rows} == {"Marisol Tapia"}


def test_an_agent_without_released_calls_reads_what_will_be_here(
    fresh: Store, signed_in: Callable[..., Viewer]
) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    signed_in(fresh, "agent", "rarce", holds=("rarce",))
    assert "cuando se las entreguen" in texts(screen("agent"))


@pytest.mark.parametrize("role", ["admin", "analyst", "trainer", "lead"])
def test_others_open_it_by_the_agents_login(
    house: Store, signed_in: Callable[..., Viewer], role: Role
) -> None:
    signed_in(house, role, "alguien", leads="Norte" if role == "lead" else "")
    app = screen("agent", agent="rarce", days=DAYS)
    assert app.title[0].value.replace("\\", "") == "¿Cómo va Rubén Arce?"
    assert "Indaga el motivo" in texts(app)


def test_quotes_come_from_released_calls_only(fresh: Store, signed_in: Callable[..., Viewer]) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    for week in range(6):
        call = seed.history(settings, week, "rarce", "Rubén Arce", points=60.0)
        missed = Verdict("fail", "No pregunta.", (seed.quote(call.transcript, 0),), 0.9)
        card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "asks_reason": missed})
        fresh.add_recording(call.transcript.recording)
        fresh.save(replace(call, scorecard=card))
    signed_in(fresh, "analyst")
    assert "Ninguna llamada entregada lo muestra todavía." in texts(screen("agent", agent="rarce", days=DAYS))


@pytest.mark.parametrize("wanted", ["mtapia", "nadie", ""])
def test_a_lead_reaches_no_agent_of_another_team(
    house: Store, signed_in: Callable[..., Viewer], wanted: str
) -> None:
    signed_in(house, "lead", "leo", leads="Norte")
    app = screen("agent", agent=wanted)
    assert app.title[0].value == "Agente"
    assert "Elija uno en Equipo" in texts(app)
    assert "Marisol" not in texts(app)


def test_an_auditor_gets_nothing_of_it(house: Store, signed_in: Callable[..., Viewer]) -> None:
    signed_in(house, "auditor")
    app = dashboard()
    app.switch_page("views/agent.py")
    app.query_params["agent"] = "rarce"
    run(app)
    assert "Rubén" not in texts(app)


def test_words_that_look_like_markup_stay_text(fresh: Store, signed_in: Callable[..., Viewer]) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    for week in range(6):
        call = seed.history(settings, week, "x", "<script>alert(1)</script>", points=60.0)
        missed = Verdict("fail", "<b>No</b> [pregunta](http://a.b)", (), 0.9)
        card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "asks_reason": missed})
        fresh.add_recording(call.transcript.recording)
        fresh.save(replace(call, scorecard=card))
        out(fresh, call.id)
    signed_in(fresh, "analyst")
    app = screen("agent", agent="x", days=DAYS)
    assert app.title[0].value == "¿Cómo va \\<script\\>alert\\(1\\)\\</script\\>?".replace("/", "\\/")
    assert any("\\<b\\>No" in text.value for text in app.markdown)


def test_what_to_try_is_made_for_the_calls_that_are_shown(
    house: Store, ruben: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_agent_parts, "missed", lambda one: None)  # it links to a page of the dashboard
    settings = Settings(data_dir=house.data_dir)
    call = house.call("mx-embargo")
    missed = replace(call.scorecard.verdicts["empathy"], needs_review=False)
    card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "empathy": missed})
    house.save(replace(call, scorecard=card))
    (example,) = own_calls.examples(house, settings, ruben, ALL, "empathy", better=True)
    form, _ = forms_for(call, settings)
    criterion = next(one for one in form.criteria if one.id == "empathy")
    assert example.better not in ("", criterion.better)
    said = tried(criterion, example)
    assert f"**Pruebe así:** {example.better}" in said
    assert criterion.better not in said
    said = tried(criterion, example, replace(example, better=""))
    assert f"Mejor así: {example.better}" in said
    assert "Pruebe así:" not in said
    assert f"**Pruebe así:** {criterion.better}" in tried(criterion)


def tried(criterion: Criterion, *found: Example) -> str:
    """What is drawn of a thing to work on."""

    def drawn() -> None:
        import streamlit as st

        from views import _agent_parts

        _agent_parts.to_work_on(st.session_state["lost"], st.session_state["found"], place=0)

    app = AppTest.from_function(drawn)
    app.session_state["lost"] = Lost(criterion, Share(4, 10), 3.0)
    app.session_state["found"] = found
    return texts(app.run())
