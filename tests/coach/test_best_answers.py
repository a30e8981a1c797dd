"""The shop's own answers: ranked by what came of them, told without names, seen once a trainer says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach import best_answers
from coach.best_answers import LEAST_CALLS, Answer, Ranking
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue, found

REPLY = "Comprendo, señora Vega. Podemos dividirlo: la mitad hoy y el resto el día 30. ¿Con cuánto comienza?"


def call(name: str, reply: str = REPLY, *, promised: bool = False) -> Call:
    transcript = dialogue(
        f"A: Señora Vega, su cuota venció.\nD: No me alcanza este mes.\nA: {reply}\nD: Quinientos el lunes.",
        id=name,
        country="MX",
        debtor_name="Elvia Vega",
    )
    promise = {"quote": 3, "amount": 500, "date": "2025-11-14"} if promised else None
    said = ("empathy@2: Comprendo", "asks_commitment@2*0.9", "answers@2*0.9", "offers_alternatives@2*0.95")
    findings = found(transcript, "no_money@1", *said, promise=promise)
    return Call(transcript, findings, score(transcript, findings, load_rubric()))


def test_an_answer_that_led_to_a_promise_comes_first() -> None:
    ranking = best_answers.candidates([call("a"), call("b", promised=True)], "no_money")
    assert ranking.calls == 2
    assert [one.recording_id for one in ranking.answers][:1] == ["b"]


def test_nobodys_name_is_told() -> None:
    (one,) = best_answers.candidates([call("a", promised=True)], "no_money").answers
    assert "Vega" not in one.text
    assert "[nombre]" in one.text


def test_what_a_rule_would_fault_is_no_best_answer() -> None:
    threat = "Comprendo, pero si no paga hoy mismo le vamos a embargar la casa y todo lo que tenga en ella."
    assert best_answers.candidates([call("a", threat, promised=True)], "no_money").answers == ()


def test_too_few_calls_are_no_ground_for_a_ranking(store: Store) -> None:
    with pytest.raises(CoachError, match=f"hacen falta {LEAST_CALLS}"):
        best_answers.propose(store, HOUSE, Ranking("no_money", 3, ()))


def test_an_answer_is_seen_once_it_is_approved(store: Store) -> None:
    one = call("a")
    store.add_recording(one.transcript.recording)
    answer = Answer("no_money", "a", 2, "Comprendo. ¿Qué día recibe su ingreso?", 0.9, True, None)
    ranking = Ranking("no_money", LEAST_CALLS, (answer,))
    assert best_answers.propose(store, HOUSE, ranking) == 1
    assert best_answers.propose(store, HOUSE, ranking) == 0
    (kept,) = best_answers.answers(store, HOUSE, "no_money", "proposed")
    assert best_answers.answers(store, HOUSE, "no_money", "approved") == ()
    best_answers.decide(store, HOUSE, kept.id or 0, "approved")
    (seen,) = best_answers.answers(store, HOUSE, "no_money", "approved")
    assert (seen.text, seen.decided_by) == (answer.text, "Temple")
    assert replace(seen, id=None, state="proposed", decided_by="") == answer


def test_a_decision_on_nothing_is_an_error(store: Store) -> None:
    with pytest.raises(CoachError, match="número 99"):
        best_answers.decide(store, HOUSE, 99, "rejected")
