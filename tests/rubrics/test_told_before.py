"""A later call takes up the reason told in an earlier one: a person hears whether that was asking for it."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def judged(said: str, country: str = "MX", far: str = "Pues igual.") -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Mario Quiroga?
        D: Sí, soy yo.
        A: Le llamo por su crédito, vencido desde hace dos meses: debe mil cuatrocientos. {said}
        D: {far}
        A: Comprendo. ¿Con cuánto puede contar para el viernes?
        D: Con doscientos.
        A: Gracias, hasta luego.
        """,
        country=country,
    )
    return score(call, analyze(call), load_rubric()).verdicts["asks_reason"]


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("MX", "Ayer me dijo que perdió el trabajo, ¿cómo le ha ido?"),
        ("CO", "La semana pasada me contó que lo habían operado. ¿Cómo sigue?"),
        ("PE", "Me comentó mi compañera que usted se quedó sin chamba, ¿ha encontrado algo?"),
        ("AR", "El otro día me dijiste que te echaron del laburo, ¿conseguiste algo?"),
        ("CL", "Tengo anotado en el sistema que estaba sin pega, ¿sigue igual?"),
        ("EC", "Quedamos en que esperaba el pago de su cliente, ¿ya le pagaron?"),
        ("ES", "Usted me había dicho que estaba en paro, ¿cómo va eso?"),
        ("GT", "La nota dice que su esposa estaba internada, ¿cómo está ella?"),
        ("US", "¿Y lo de su operación que me contó, cómo va?"),
        ("MX", "Hablamos el martes de lo de su pensión, ¿ya le depositaron?"),
    ],
)
def test_the_reason_of_an_earlier_call_taken_up_and_asked_on_about(country: str, said: str) -> None:
    verdict = judged(said, country)
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)
    assert {quote.turn for quote in verdict.evidence} == {2}


@pytest.mark.parametrize(
    "said",
    [
        "Me dijo ayer que perdió el trabajo.",
        "Me dijo ayer que perdió el trabajo, ¿cuánto puede pagar hoy?",
    ],
)
def test_taken_up_without_a_question_a_person_hears_it_too(said: str) -> None:
    verdict = judged(said)
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)


@pytest.mark.parametrize(
    "said",
    [
        "¿Cuándo paga?",
        "Nunca me dijo que perdió el trabajo.",
        "Un cliente me dijo que perdió el trabajo y pagó.",
        "Quedamos en que pagaba el viernes.",
        "Me dijo que me pagaba el viernes, ¿cuándo va a pagar?",
        "Si me dice que perdió el trabajo, lo anoto.",
    ],
)
def test_what_takes_up_no_reason_asks_for_none(said: str) -> None:
    verdict = judged(said)
    assert (verdict.outcome, verdict.needs_review) == ("fail", False)


def test_what_the_debtor_told_in_this_call_is_judged_as_before() -> None:
    called = judged("¿Cuándo paga?", far="Ayer perdí el trabajo y no tengo con qué.")
    assert "por su cuenta" in called.reason
