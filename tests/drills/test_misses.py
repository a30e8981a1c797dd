"""A turn of a real call at which an objection was not met becomes an exercise that gives nobody away."""

from __future__ import annotations

import datetime

import pytest

from drills.drill import Attempt, begin_play
from drills.grade import Tools, grade
from drills.lines import Book
from drills.misses import drill_of, misses
from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.dialogue import dialogue
from transcripts.types import Transcript

TODAY = datetime.date(2025, 11, 20)
CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con Rosa López?
    D: Sí, soy Rosa López.
    A: Le llamo por su préstamo, tiene 3,000 pesos vencidos desde hace 18 días.
    D: Ay, la verdad es que no tengo dinero, no me alcanza. Mi teléfono es el 55 1234 5678.
    A: Eso no es mi problema, señora López. Pague ya.
    D: Bueno, ya veré.
    A: Hasta luego.
"""


@pytest.fixture(scope="module")
def call() -> Transcript:
    return dialogue(
        CALL,
        country="MX",
        debtor_name="Rosa López",
        agent="Ana Ruiz",
        account="4412",
        company="Crédito Norte",
        call_started_at=datetime.date(2025, 11, 10),
        amount_due=3000,
        currency="MXN",
    )


def test_the_turn_that_was_not_met_is_found(call: Transcript) -> None:
    first = misses(call, analyze(call))[0]
    assert (first.objection, first.turn, first.reply) == ("no_money", 3, 4)
    assert {"recognise", "explore"} <= set(first.missing)


def test_a_call_without_objections_has_none() -> None:
    call = dialogue("A: Buenas tardes.\nD: Buenas.\nA: ¿Hablo con Rosa?\nD: Sí, soy yo.")
    assert misses(call, analyze(call)) == ()


def test_the_exercise_gives_nobody_away_and_can_be_graded(call: Transcript, book: Book) -> None:
    findings = analyze(call)
    drill = drill_of(misses(call, findings)[0], call, findings.promise, TODAY)
    shown = " ".join(turn.text for turn in drill.turns)
    for secret in ("Rosa", "López", "Ana", "55 1234 5678", "4412"):
        assert secret not in shown + repr(drill.recording)
    assert "[nombre]" in shown
    assert drill.turns[-1].text.startswith("Ay, la verdad es que no tengo dinero")
    assert drill.source == ("prueba", 3)
    good = (
        "Comprendo que este mes no le alcance. ¿Qué día recibe su ingreso? ¿Le anoto 1,500 para el viernes?"
    )
    given = grade(drill, Attempt((good,)), Tools(book, load_playbook(), load_rubric()))
    assert given.passed
    assert "name" not in {mark.id for mark in given.marks}


def test_the_agent_s_own_words_can_be_written_anew(call: Transcript, book: Book) -> None:
    findings = analyze(call)
    drill = drill_of(misses(call, findings)[0], call, findings.promise, TODAY, rewrite=True)
    assert drill.format == "rewrite_bad_line"
    assert drill.bad is not None
    assert drill.bad.text == "Eso no es mi problema, señora [nombre]. Pague ya."
    assert begin_play(drill, book).turns == drill.turns
