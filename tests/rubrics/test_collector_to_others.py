"""Only the company is named to somebody else: if its name says that debts are collected, a person hears."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.checks.tells_no_other import Params, check
from rubrics.types import Verdict
from tests.dialogue import dialogue

SURE = 0.6


def told(said: str, country: str, company: str = "Crédito Norte") -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de {company}. ¿Está el señor Mario Quiroga?
        O: No está, soy su compañero de trabajo. ¿De parte de quién?
        A: {said}
        O: Ah, ya. A las seis llega.
        A: Gracias, que esté bien.
        """,
        country=country,
    )
    return check(call, analyze(call), Params())


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("MX", "Le llamo del despacho de cobranza Salas."),
        ("CO", "De Recaudos Andinos, gestión de cobro."),
        ("AR", "Soy Ana, de Recuperadora del Plata."),
        ("CL", "De Cobranzas del Norte."),
        ("PE", "Somos una agencia de cobranzas."),
        ("US", "Le hablo de Gulf Recovery."),
    ],
)
def test_a_name_that_tells_why_waits_for_a_person(country: str, said: str) -> None:
    verdict = told(said, country)
    assert verdict.outcome == "pass"
    assert verdict.confidence < SURE
    assert {quote.turn for quote in verdict.evidence} == {2}


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("MX", "De Crédito Norte."),
        ("GT", "Le llamo de Banco Los Volcanes."),
        ("ES", "De parte de Ana Ruiz, es un asunto personal."),
        ("EC", "Le hablo de Estudio Salas."),
        ("CO", "No somos de cobranzas, es un asunto personal."),
        ("CL", "Es personal. ¿A qué hora lo encuentro?"),
    ],
)
def test_a_name_that_tells_nothing_is_no_disclosure(country: str, said: str) -> None:
    verdict = told(said, country)
    assert verdict.outcome == "pass"
    assert verdict.confidence > SURE


def test_the_name_of_the_greeting_was_said_before_anybody_knew_who_listens() -> None:
    verdict = told("Es personal. ¿A qué hora lo encuentro?", "MX", company="Cobranzas del Norte")
    assert verdict.confidence > SURE


def test_the_debt_told_beside_it_fails() -> None:
    verdict = told("De Cobranzas del Norte, es por la deuda del señor Quiroga.", "MX")
    assert verdict.outcome == "fail"
