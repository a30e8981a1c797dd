"""Objections: which cost most, how they are met, what worked; and who may say that it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from coach import best_answers, queries, rungs
from coach.best_answers import LEAST_CALLS, Answer, Ranking
from coach.kappa import Share
from coach.schema_work import releases
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer
from nlp.ladder import Pair
from nlp.types import Findings
from tests.coach.people import somebody
from tests.views import seed
from tests.views.test_screens import component, run, screen, texts
from transcripts.types import Transcript
from views import _objection_parts

SEASON = "2026-08-01_2026-10-31"  # all calls; without days the last four weeks are looked at
TEXT = "Comprendo. ¿Qué día recibe su ingreso y con cuánto comienza, [nombre]?"


@pytest.fixture
def house(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The hand-made calls; every refusal stays unanswered, every lack of money gets a fitting answer."""

    def told(_: Transcript, findings: Findings) -> tuple[Pair, ...]:
        met = [one for one in findings.findings if one.label in ("refusal", "no_money")]
        return tuple(
            Pair(one, (2,), {"recognise": (one.quote,)}, 0.9, "fits")
            if one.label == "no_money"
            else Pair(one, (), {}, 0.1, "unanswered")
            for one in met
        )

    monkeypatch.setattr(rungs, "pairs_of", told)
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    rungs.keep_up(fresh)
    return fresh


def propose(store: Store, text: str = TEXT) -> None:
    answer = Answer("no_money", "mx-embargo", 4, text, 0.9, True, None)
    best_answers.propose(store, HOUSE, Ranking("no_money", LEAST_CALLS, (answer,)))


def test_it_answers_its_question_first(house: Store) -> None:
    said = texts(screen("objections", days=SEASON))
    assert "La más frecuente es **Negativa a pagar**: aparece en 82 % de 22 llamadas." in said
    assert (
        "La que menos se resuelve, de las que sonaron en 10 llamadas o más, es **Negativa a pagar**" in said
    )


def test_objections_that_tie_for_the_most_frequent_are_all_named() -> None:
    tied = [
        rungs.Met(name, Share(2, 9), {}, Share(0, 0))
        for name in ("refusal", "no_money", "distrust", "hostile")
    ]
    said = _objection_parts.most_frequent(tied)
    assert said.startswith("Las más frecuentes son **")
    assert said.endswith(" y 1 más: cada una aparece en 22 % de 9 llamadas.")


def test_the_ladder_stands_beside_promise_and_payment(house: Store) -> None:
    rows = {row["id"]: row for row in component(screen("objections", days=SEASON), "ladder")["rows"]}
    assert rows["no_money"]["cells"]["recognise"] == {
        "text": "100 %", "sub": "2", "tip": "100 % de 2 veces que aparece (34–100 %)", "faint": True
    }  # fmt: skip
    assert rows["no_money"]["cells"]["promised"]["text"] == "50 %"
    assert rows["refusal"]["cells"]["resolved"] == {
        "text": "0 %", "sub": "18", "tip": "0 % de 18 llamadas (0–18 %)", "shade": 1.0
    }  # fmt: skip
    assert rows["refusal"]["cells"]["kept"] == {"text": "—", "faint": True}


def test_what_was_never_resolved_leads_to_its_turn(house: Store) -> None:
    app = screen("objections", days=SEASON)
    assert "18 llamadas en que no recibió una respuesta que encaje" in texts(app)
    first = component(app, "missed")["rows"][0]
    assert first["href"].partition("&from=")[0] == "call?call=h-mtapia-8&turn=1"


def test_an_objection_comes_from_the_address(house: Store) -> None:
    app = screen("objections", objection="no_money", days=SEASON)
    assert "Siempre recibió una respuesta que encaja." in texts(app)
    assert component(app, "ladder")["chosen"] == "no_money"
    assert screen("objections", objection="nada").query_params.get("objection") is None


def test_a_trainer_approves_an_answer_and_everybody_reads_it(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    propose(house)
    signed_in(house, "trainer")
    app = screen("objections", objection="no_money", days=SEASON)
    next(button for button in app.button if button.label == "Aprobar").click()
    app = run(app)
    assert "Aprobar" not in {button.label for button in app.button}
    signed_in(house, "analyst")
    assert f"«{TEXT}»" in texts(screen("objections", objection="no_money", days=SEASON))


def test_an_answer_that_is_discarded_is_shown_to_nobody(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    propose(house)
    signed_in(house, "trainer")
    app = screen("objections", objection="no_money", days=SEASON)
    next(button for button in app.button if button.label == "Descartar").click()
    assert TEXT not in texts(run(app))


@pytest.mark.parametrize("role", ["analyst", "lead", "agent"])
def test_who_may_not_approve_sees_no_proposal(
    house: Store, signed_in: Callable[..., Viewer], role: Role
) -> None:
    propose(house)
    now = datetime.now(UTC)
    with house.writing() as connection:
        for row in queries.calls(house, HOUSE, size=99).rows:
            connection.execute(
                insert(releases).values(recording_id=row.id, released_at=now, visible_from=now)
            )
    somebody(house, "agent", "rarce", holds=("rarce",), team="Norte")
    signed_in(house, role, "rarce" if role == "agent" else "", leads="Norte" if role == "lead" else "")
    app = screen("objections", objection="no_money", days=SEASON)
    assert TEXT not in texts(app)
    assert not {"Aprobar", "Buscar en las llamadas"} & {button.label for button in app.button}
    guide = next(link for link in app.get("page_link") if link.proto.label == "Más respuestas en la Guía")
    assert guide.proto.query_string == "objection=no_money"
    rows = {row["id"]: row for row in component(app, "ladder")["rows"]}
    assert rows["refusal"]["cells"]["calls"]["text"] == ("18" if role == "analyst" else "9")


def test_too_few_calls_are_told_when_looking_for_answers(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    signed_in(house, "trainer")
    app = screen("objections", objection="no_money", days=SEASON)
    app.button(key="search-answers").click()
    assert "hacen falta 20" in texts(run(app))


def test_an_answer_that_looks_like_markup_stays_text(house: Store, signed_in: Callable[..., Viewer]) -> None:
    propose(house, "<script>alert(1)</script> [clic](http://a.b)")
    signed_in(house, "trainer")
    app = screen("objections", objection="no_money", days=SEASON)
    assert any("\\<script\\>" in text.value for text in app.markdown)


def test_an_empty_store_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá qué objeciones aparecen" in texts(screen("objections"))


def test_without_ladders_yet_nothing_breaks(fresh: Store) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    assert "no se oyó ninguna objeción" in texts(screen("objections"))


def test_without_days_it_begins_with_the_last_four_weeks(house: Store) -> None:
    said = texts(screen("objections"))
    assert "de 22 llamadas" not in said
    assert "Llamadas " in said
