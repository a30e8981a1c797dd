"""A sum or a day said only about: the promise waits for a person, until it is said or confirmed plainly."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.analyze import analyze
from nlp.types import Promise
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue

ON = datetime.date(2026, 11, 24)  # a Tuesday
CALL = """
    A: Buenas tardes, ¿hablo con don Darío Paz?
    D: Sí, soy yo.
    A: Le habla Ana Ruiz, de Crédito Norte. Su saldo vencido es de 3,600 pesos. ¿Cuánto puede pagar y qué día?
    D: {}
    A: {}
"""
ON_HE_GOES = """Muy bien. ¿Por qué medio lo va a hacer?
    D: Por Oxxo.
    A: Listo, queda registrado su compromiso por mil pesos. Gracias.
    D: A usted."""


def promised(said: str, then: str = ON_HE_GOES) -> Promise | None:
    call = dialogue(CALL.format(said, then), call_started_at=ON, country="MX", amount_due=3600)
    return analyze(call).promise


@pytest.mark.parametrize(
    "said",
    [
        "Le pago más o menos mil pesos el viernes 27.",
        "Le pago como unos mil pesos el viernes 27, por Oxxo.",
        "Le deposito por ahí de mil pesos el viernes 27.",
        "Creo que el viernes 27 le deposito mil pesos.",
        "Mil pesos, por ahí del viernes 27 se los deposito.",
        "Yo creo que le puedo pagar mil el viernes 27.",
        "Le deposito mil pesos el viernes 27, más o menos.",
        "Le deposito mil pesos el viernes 27, creo.",
        "Le pago casi mil pesos el viernes 27.",
        "Le pago mil y pico el viernes 27.",
        "Le deposito mil pesos después del viernes 27.",
        "Supongo que el viernes 27 le deposito mil pesos.",
        "Le deposito mil pesos más o menos en efectivo el viernes 27.",
        "Le deposito mil pesos el viernes 27, más o menos, en la tarde.",
        "Le deposito mil pesos el viernes 27, tal vez el sábado.",
    ],
)
def test_about_so_much_or_about_that_day_waits_for_a_person(said: str) -> None:
    found = promised(said)

    assert found is not None
    assert (found.amount, found.date) == (Decimal(1000), datetime.date(2026, 11, 27))
    assert found.doubtful
    assert found.roughly is not None
    assert found.roughly.text in said


@pytest.mark.parametrize(
    "said",
    [
        "Le pago mil pesos el viernes 27, por Oxxo.",
        "Le deposito mil pesos el viernes 27, como a las tres.",
        "Como el viernes 27 me pagan, ese día le deposito mil pesos.",
        "Le deposito mil pesos el viernes 27, por ahí por la tarde.",
        "No creo que tarde, le deposito mil pesos el viernes 27.",
        "El viernes 27, más o menos a las cinco, le deposito los mil pesos.",
        "Le pago mil pesos el viernes 27, a lo mejor en efectivo.",
        "Le deposito mil pesos el viernes 27, tal vez en la tarde.",
        "Le deposito mil pesos el viernes 27, quizá por transferencia.",
        "Le deposito mil pesos el viernes 27, a lo mejor ya con mi tarjeta.",
        "Primero creí que no. Le deposito mil pesos el viernes 27, sin falta.",
    ],
)
def test_what_is_said_plainly_is_not_taken_for_about(said: str) -> None:
    found = promised(said)

    assert found is not None
    assert found.roughly is None


@pytest.mark.parametrize(
    "then",
    [
        "¿Seguro, don Darío?\n    D: Sí, seguro, el viernes 27 le pago los mil.\n    A: Gracias.",
        "Entonces son mil pesos el viernes 27, ¿correcto?\n    D: Correcto, gracias.\n    A: Gracias.",
        "Anoto mil pesos para el viernes 27. ¿Está de acuerdo?\n    D: Sí, de acuerdo.\n    A: Gracias.",
    ],
)
@pytest.mark.parametrize(
    "said", ["Le pago como unos mil pesos el viernes 27.", "Creo que el viernes 27 le deposito mil pesos."]
)
def test_said_again_or_confirmed_plainly_it_is_sure(said: str, then: str) -> None:
    found = promised(said, then)

    assert found is not None
    assert found.roughly is None
    assert not found.doubtful


@pytest.mark.parametrize(
    "then",
    [
        "Quedamos en unos mil pesos el viernes 27, más o menos. ¿De acuerdo?\n    D: Sí, de acuerdo.",
        "Entonces son mil pesos el viernes 27, ¿correcto?\n    D: Creo que sí.",
        "¿Seguro, don Darío?\n    D: Sí, como unos mil.",
        "Entonces mil pesos el viernes 27.\n    D: Sí, más o menos.",
        "Entonces mil pesos el viernes 27.\n    D: Sí, supongo que sí.",
        "Entonces mil pesos el viernes 27, ¿correcto?\n    D: Sí, tal vez.",
    ],
)
def test_a_repetition_as_vague_leaves_it_open(then: str) -> None:
    found = promised("Le pago como unos mil pesos el viernes 27, por Oxxo.", then + "\n    A: Gracias.")

    assert found is not None
    assert found.doubtful
    assert found.roughly is not None


def test_the_form_says_what_is_to_be_heard() -> None:
    call = dialogue(
        CALL.format("Le pago como unos mil pesos el viernes 27.", ON_HE_GOES),
        call_started_at=ON,
        country="MX",
        amount_due=3600,
    )
    verdict = score(call, analyze(call), load_rubric()).verdicts["gets_commitment"]

    assert verdict.outcome == "pass"
    assert verdict.needs_review
    assert "aproximada" in verdict.told
    assert [quote.text for quote in verdict.evidence] == ["Le pago como unos mil pesos el viernes 27."]
