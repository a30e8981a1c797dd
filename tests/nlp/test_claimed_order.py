"""A court's order or a warrant that a collector says is there already."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.utterance import tag
from tests.dialogue import dialogue

HARM = {"threat", "lawyer"}


@pytest.mark.parametrize(
    "words",
    [
        "Por sistema ya tiene una orden del juez.",
        "Me aparece en el sistema una orden judicial a su nombre.",
        "El juzgado ya firmó la orden en su contra.",
        "El juez ya dictó sentencia contra usted.",
        "El juez ya firmó.",
    ],
)
def test_an_order_of_a_judge_is_a_threat_and_brings_in_the_law(words: str) -> None:
    assert {label.id for label in tag(words, "agent")} >= HARM


@pytest.mark.parametrize(
    "words",
    [
        "Ya tiene orden de embargo en su contra.",
        "Ya le salió la orden de captura.",
        "Ya está girada la orden de aprehensión.",
        "Por el sistema me sale una requisitoria a su nombre.",
    ],
)
def test_a_warrant_is_a_threat(words: str) -> None:
    assert "threat" in {label.id for label in tag(words, "agent")}


@pytest.mark.parametrize(
    "words",
    [
        "¿Tiene usted una orden del juez que le impida pagar?",
        "¿Recibió usted alguna orden del juzgado?",
        "No hay ninguna orden del juez en su contra.",
        "No se preocupe, no tiene orden de captura ni nada de eso.",
        "Sin orden de un juez nadie le puede embargar nada.",
        "Si hay una orden del juez, usted la recibiría por escrito.",
    ],
)
def test_an_order_that_is_denied_asked_about_or_explained_is_none(words: str) -> None:
    assert not {label.id for label in tag(words, "agent")} & HARM


def test_in_a_call_both_stand_with_their_words() -> None:
    call = dialogue("D: El Yape no me pasa.\nA: Por sistema ya tiene una orden del juez, yo lo arreglo.")

    for label in sorted(HARM):
        (found,) = analyze(call).of(label)
        assert found.score >= 0.5
        assert "orden del juez" in found.quote.text
