"""Debts in two currencies in one call wait for a person; a sum changed into other money is one debt."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.two_currencies import two_currencies
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from transcripts.types import Transcript

OPEN = ("states_purpose", "gets_commitment", "reads_back_agreement")


def call(debt: str, country: str, paid: str = "ochocientos soles") -> Transcript:
    return dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Mario Quiroga?
        D: Sí, soy yo.
        A: {debt} ¿Qué pasó con el pago?
        D: Se me complicó. Le pago {paid} el viernes cuatro.
        A: Entonces {paid} el viernes cuatro. ¿Correcto?
        D: Sí, correcto.
        A: Gracias, hasta luego.
        """,
        country=country,
        call_started_at="2026-12-01",
    )


def judged(transcript: Transcript) -> dict[str, Verdict]:
    return score(transcript, analyze(transcript), load_rubric()).verdicts


@pytest.mark.parametrize(
    ("country", "debt", "paid"),
    [
        ("PE", "Debe ochocientos soles y trescientos dólares desde hace dos meses.", "ochocientos soles"),
        (
            "AR",
            "Tiene dos deudas: trescientos dólares del préstamo y noventa mil pesos de la tarjeta, vencidas "
            "desde octubre.",
            "noventa mil pesos",
        ),
        (
            "GT",
            "Debe dos mil quetzales de la tarjeta y doscientos dólares del otro crédito, los dos vencidos "
            "desde octubre.",
            "quinientos quetzales",
        ),
        (
            "CL",
            "Su tarjeta debe cien mil pesos desde octubre. Y la línea internacional presenta un saldo de "
            "cuatrocientos dólares.",
            "cien mil pesos",
        ),
        (
            "MX",
            "Debe cinco mil pesos y doscientos dólares desde hace treinta días.",
            "cinco mil pesos",
        ),
    ],
)
def test_two_debts_wait_for_a_person(country: str, debt: str, paid: str) -> None:
    transcript = call(debt, country, paid)
    verdicts = judged(transcript)
    assert {name: verdicts[name].needs_review for name in OPEN} == dict.fromkeys(OPEN, True)
    promise = analyze(transcript).promise
    assert promise is None or not promise.counts


def test_one_of_them_told_without_its_day_is_no_sure_fail() -> None:
    verdict = judged(call("Debe ochocientos soles y trescientos dólares.", "PE"))["states_purpose"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)


@pytest.mark.parametrize(
    ("country", "debt"),
    [
        ("PE", "Debe ochocientos soles desde hace dos meses."),
        ("PE", "Debe ochocientos soles, unos doscientos veinte dólares al cambio, desde hace dos meses."),
        ("PE", "Debe doscientos dólares, que son setecientos sesenta soles, desde hace dos meses."),
        ("CR", "Debe cien dólares o su equivalente de cincuenta mil colones desde hace dos meses."),
        ("CL", "Debe doce UF, cuatrocientos mil pesos, desde hace dos meses."),
        ("EC", "Debe ochocientos dólares desde hace dos meses."),
        ("MX", "Debe dos cuotas de cuatrocientos pesos y quinientos pesos de mora desde octubre."),
    ],
)
def test_one_debt_is_told_in_one_currency(country: str, debt: str) -> None:
    assert two_currencies(call(debt, country)) == ()


def test_what_the_debtor_earns_is_no_debt() -> None:
    transcript = dialogue("A: Debe ochocientos soles desde octubre.\nD: Gano mil dólares.", country="PE")
    assert two_currencies(transcript) == ()
