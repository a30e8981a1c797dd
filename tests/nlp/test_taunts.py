"""Cold calls without a flagrant word: what was borrowed thrown in one's face, a word not believed."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "¿Y entonces para qué pide?",
        "¿Y para qué pide prestado si no va a pagar?",
        "¿Entonces para qué firmó?",
        "¿Y no pensó que había que pagar?",
        "¿Y de qué vive, del aire?",
        "¿Y para eso sí le prestan?",
        "¿Y cuándo piensa pagar, el treinta de febrero?",
        "Lo anoto, aunque no le creo.",
    ],
)
def test_a_taunt_fails_and_waits_for_a_person(said: str) -> None:
    verdict = verdicts(said)["courteous"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True), verdict


@pytest.mark.parametrize("said", ["Uy, sí, claro.", "Pobrecita.", "Ajá. A ver si es cierto."])
def test_what_may_be_one_is_for_a_person_to_hear(said: str) -> None:
    verdict = verdicts(said)["courteous"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", True), verdict


@pytest.mark.parametrize(
    "said",
    [
        "¿Y para qué pidió el préstamo, fue para el negocio?",
        "Entonces, ¿para qué día lo deja?",
        "Entonces, ¿para qué fecha saco el recibo?",
        "Entonces, ¿para qué pide el plazo, para juntar lo de la quincena?",
        "No le creo necesario venir a la sucursal.",
        "¿De qué vive usted actualmente, de un sueldo o de un negocio?",
        "¿Y para eso sí le alcanza, con quinientos al mes?",
        "Sí, claro, con gusto se lo repito: son mil pesos.",
    ],
)
def test_plain_questions_are_none(said: str) -> None:
    verdict = verdicts(said)["courteous"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", False), verdict
