"""What a case fills the slots of the playbook with, in the words of its country."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rubrics.case_words import debtor_type, known_words, stage_of
from tests.dialogue import dialogue, found

CALL = """
    A: Buenas tardes, le habla Ana. Señora Elvia, su cuota venció.
    D: Se me pasó, señorita.
"""


def words(*labels: str, call: str = CALL, **recording: Any) -> dict[str, str]:
    transcript = dialogue(call, **recording)
    return known_words(found(transcript, *labels), transcript)


def test_what_the_call_does_not_tell_fills_no_slot() -> None:
    assert words() == {}


def test_the_facts_of_the_case_fill_theirs() -> None:
    known = words(
        company="Crédito Norte",
        agent="Ana Ruiz",
        product="préstamo",
        days_late=12,
        authorized_offers=["3 cuotas", "x"],
    )
    assert known == {
        "empresa": "Crédito Norte",
        "agente": "Ana Ruiz",
        "producto": "préstamo",
        "dias": "12",
        "oferta": "3 cuotas",
    }


@pytest.mark.parametrize(
    ("country", "currency", "amount", "shown"),
    [
        ("MX", "MXN", "4380", "4,380 pesos"),
        ("CL", "CLP", "153700", "153.700 pesos"),
        ("PE", "PEN", "80.5", "80.50 soles"),
        ("ES", "EUR", "12500", "12.500 euros"),
        ("US", "USD", "99.99", "99.99 dólares"),
        (None, None, "500", "500 pesos"),
    ],
)
def test_a_sum_is_written_as_in_the_country(
    country: str | None, currency: str | None, amount: str, shown: str
) -> None:
    assert words(country=country, currency=currency, amount_due=amount)["monto"] == shown


@pytest.mark.parametrize(
    ("called", "near", "pay_day"),
    [
        (date(2025, 11, 10), "jueves 13 de noviembre", "lunes 1 de diciembre"),
        (date(2025, 11, 13), "lunes 17 de noviembre", "lunes 1 de diciembre"),  # no Sunday
        (date(2025, 12, 4), "lunes 8 de diciembre", "lunes 15 de diciembre"),
        (date(2026, 2, 11), "sábado 14 de febrero", "sábado 28 de febrero"),
        (date(2025, 12, 23), "viernes 26 de diciembre", "jueves 15 de enero"),
    ],
)
def test_days_lie_ahead_of_the_call(called: date, near: str, pay_day: str) -> None:
    known = words(call_started_at=called)
    assert (known["fecha"], known["segunda_fecha"]) == (near, pay_day)


def test_the_debtor_is_addressed_as_the_agent_did() -> None:
    assert words("debtor_name@0: Señora Elvia")["nombre"] == "señora Elvia"


@pytest.mark.parametrize("said", ["Elvia Vega", "Señora Elvia Vega de la Peña", "Señora"])
def test_a_name_without_title_or_with_many_words_is_not_used(said: str) -> None:
    assert "nombre" not in words(f"debtor_name@0: {said}", call=f"A: {said}, su cuota venció.")


def test_the_last_treatment_counts() -> None:
    call = "A: ¿Hablo con doña Elvia?\nD: Sí.\nA: Señora Elvia Vega, su cuota venció."
    assert words("debtor_name@0: doña Elvia", "debtor_name@2: Señora Elvia Vega", call=call)["nombre"] == (
        "señora Elvia Vega"
    )


@pytest.mark.parametrize(
    ("days_late", "stage"),
    [
        (None, None), (0, "preventiva"), (1, "temprana"), (30, "temprana"), (31, "tardia"), (90, "tardia"),
        (91, "prejuridica"),
    ],
)  # fmt: skip
def test_how_far_on_a_case_is(days_late: int | None, stage: str | None) -> None:
    assert stage_of(dialogue(CALL, days_late=days_late).recording) == stage


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ((), None),
        (("payment_channel@1",), None),
        (("no_money@1",), "fortuito"),
        (("bad_service@1", "no_money@3", "job_loss@5"), "fortuito"),
        (("refusal@1",), "intencional"),
        (("no_money@1", "vague_promise@3", "vague_promise@5"), "intencional"),
        (("vague_promise@1",), None),
    ],
)
def test_most_of_what_is_objected_speaks_for_a_type_of_debtor(
    labels: tuple[str, ...], kind: str | None
) -> None:
    call = dialogue("A: ¿Y bien?\nD: Bueno.\n" * 3)
    assert debtor_type(call, found(call, *labels)) == kind
