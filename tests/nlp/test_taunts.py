"""Cold calls without a flagrant word: what was borrowed thrown in one's face, a word not believed."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "¿Y entonces para qué pide?",
        "¿Y para qué pide prestado si no va a pagar?",
        "¿Y para qué se mete en créditos si no sabe sumar?",
        "¿Para qué firmó si no sabe hacer cuentas?",
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


@pytest.mark.parametrize(
    "said",
    [
        "Uy, sí, claro.",
        "Pobrecita.",
        "Ajá. A ver si es cierto.",
        "Yo no sé usted cómo hace para dormir tranquilo debiendo.",
    ],
)
def test_what_may_be_one_is_for_a_person_to_hear(said: str) -> None:
    verdict = verdicts(said)["courteous"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", True), verdict


@pytest.mark.parametrize(
    "said",
    ["Ay, pobrecito, menos horas, qué tragedia griega.", "Qué telenovela la suya.", "¿Usted no sabe leer?"],
)
def test_a_play_made_of_it_does_not_go_unseen(said: str) -> None:
    assert verdicts(said)["courteous"].needs_review


@pytest.mark.parametrize(
    "said",
    [
        "¿Y para qué pidió el préstamo, fue para el negocio?",
        "Entonces, ¿para qué día lo deja?",
        "Qué tragedia lo de su casa, lo siento mucho.",
        "Si no sabe leer bien la letra chica, yo se la leo con gusto.",
        "No sé cómo hace para salir adelante con tanto.",
        "Nadie le está diciendo que usted sea irresponsable.",
        "Le repito la cuenta con gusto, las veces que haga falta.",
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
