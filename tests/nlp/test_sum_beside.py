"""A bare sum in digits beside what is owed, the number of a paper, and how late by what fell due."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def hears(text: str, label: str) -> bool:
    return label in hear(text, "agent").found


def told(debt: str) -> Verdict:
    call = dialogue(f"""
        A: buenas tardes le habla ana ruiz de credinorte hablo con luis perez
        D: si soy yo
        A: señor luis {debt}
        D: no pues no tengo ahorita
        A: lo entiendo puede pagar una parte hoy o el sabado
        D: yo le aviso
        A: gracias luis hasta luego
    """)
    return score(call, analyze(call), load_rubric()).verdicts["states_purpose"]


@pytest.mark.parametrize(
    "text",
    [
        "es por las 2 cuotas del electrodomestico 178000 vencidas hace 40 dias",
        "Es por las dos cuotas del electrodoméstico: 178.000, vencidas hace 40 días.",
        "tiene vencida la cuota 178000 hace 40 dias",
        "tiene 1450 de atraso desde el 5 de noviembre",
        "su prestamo tiene un atraso 1450 desde el 5 de noviembre",
        "le llamo por los 1450 de su credito que vencieron el 5 de noviembre",
        "de su tarjeta 1450 vencidos el 5 de noviembre",
        "Su cuota, 1450, venció el 5 de noviembre.",
        "la cuota de noviembre 1450 no se ha pagado",
        "el recibo de octubre 120,50 vino devuelto",
        "su dividendo 250000 esta impago desde octubre",
        "su saldo 45900 lleva 15 dias vencido",
        "tiene 2 letras 960 sin pagar desde agosto",
        "nos debe las 2 quincenas 1200 desde octubre",
        "de su abono semanal 310 atrasado desde el lunes",
        "su resumen 84500 vencio el 10",
    ],
)
def test_a_bare_sum_is_heard_beside_what_is_owed(text: str) -> None:
    assert hears(text, "amount_said")


@pytest.mark.parametrize(
    "text",
    [
        "su tarjeta terminada en 1450 tiene un atraso desde el 5 de noviembre",
        "su cuenta numero 178000 esta vencida hace 40 dias",
        "su credito folio 4521 esta atrasado 30 dias",
        "el contrato 45210 tiene 3 cuotas vencidas desde octubre",
        "la cuota 12 vencio hace 40 dias",
        "su cuota del 5 de noviembre de 2026 esta vencida",
        "tiene atraso de 180 dias",
        "lleva 365 dias de mora",
        "su tarjeta con los ultimos digitos 4521 vencida el 5",
        "el articulo 1450 y su atraso desde agosto",
    ],
)
def test_the_number_of_a_paper_a_year_and_a_count_are_none(text: str) -> None:
    assert not hears(text, "amount_said")
    assert not hears(text, "perhaps_sum")


def test_a_bare_sum_states_the_debt() -> None:
    verdict = told("es por las 2 cuotas de la nevera 178000 vencidas hace 40 dias")
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "debt",
    [
        "es sobre su prestamo 1450 con 25 dias de atraso",
        "su tarjeta 1450 vencio el 5 de noviembre",
        "su factura 4521 vencida hace 40 dias",
    ],
)
def test_a_number_that_may_be_either_waits(debt: str) -> None:
    assert not hears(debt, "amount_said")
    assert told(debt).needs_review


def test_the_number_of_a_contract_leaves_the_sum_surely_unsaid() -> None:
    verdict = told("el contrato 45210 tiene 3 cuotas vencidas desde octubre")
    assert (verdict.outcome, verdict.needs_review) == ("fail", False)


@pytest.mark.parametrize(
    "text",
    [
        "trae usted un atrasito de 3 semanas",
        "trae 3 semanitas de atraso",
        "trae usted vencidas 3 semanas de 310",
        "debe 3 semanas",
        "se le pasaron 3 semanas",
        "anda atrasadita 3 semanas",
        "nos debe tres mesecitos de la moto",
        "lleva dos semanitas sin abonar",
        "se le juntaron dos quincenas",
        "quedó debiendo dos meses",
        "debe dos cuoticas de la nevera",
        "va atrasadito con dos quincenitas",
        "le hablo de las 3 semanas que trae atrasadas",
        "su pago vencio el 5 de noviembre",
    ],
)
def test_how_late_is_told_by_what_fell_due_and_in_small_words(text: str) -> None:
    assert hears(text, "lateness_said")


@pytest.mark.parametrize(
    "text",
    [
        "puede pagar en 3 semanas",
        "debe esperar 3 semanas",
        "debe pagar en dos cuotas",
        "en 3 semanitas queda al corriente",
        "no debe tres semanas",
        "tiene 3 semanas para ponerse al día",
        "si se le juntan 3 semanas le sube el cargo",
        "debe abonar cada 3 semanas",
        "lleva tres semanas sin contestar",
        "se le fueron 3 semanas de viaje",
    ],
)
def test_time_to_pay_and_other_weeks_tell_no_delay(text: str) -> None:
    assert not hears(text, "lateness_said")
