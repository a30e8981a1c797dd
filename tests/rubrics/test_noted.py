"""«Queda anotado» keeps the complaints' rule where the complaint is what was noted, not the payment."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_packs, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def judged(rest: str, answer: str = "¿Cuándo paga?") -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, habla Óscar Villalta, de Crédito Norte. ¿Hablo con Graciela Montes?
        D: Sí, ella habla. Y ya me tienen harta, me llaman diez veces al día, esto es acoso.
        A: {answer}
        {rest}
        """,
        country="MX",
        call_started_at="2026-11-24T10:00:00+00:00",
    )
    return score(call, analyze(call), load_rubric(), load_packs()["MX"]).pack_verdicts["complaints_channel"]


@pytest.mark.parametrize(
    "rest",
    [
        "D: El viernes le deposito los quinientos.\nA: Perfecto, queda anotado.",
        "D: El viernes pago todo.\nA: Muy bien, el viernes quinientos pesos. Queda anotado en el sistema.",
        "D: El viernes.\nA: Queda registrado su pago del viernes por quinientos pesos. Gracias.",
        "D: El viernes deposito quinientos.\nA: Listo, lo anoto.",
        "D: El viernes deposito quinientos.\nA: Tomo nota, hasta luego.",
    ],
)
def test_a_payment_that_is_noted_is_no_complaint_taken_down(rest: str) -> None:
    verdict = judged(rest)
    assert verdict.outcome == "fail", verdict


@pytest.mark.parametrize(
    "rest",
    [
        "D: El viernes deposito quinientos.\nA: Perfecto. Y queda anotada su queja por las llamadas.",
        "D: El viernes deposito quinientos, pero dejen de llamarme tanto.\nA: Lo anoto, señora.",
        "D: Es un señor Rojas.\nA: Lo anoto.",
        "D: ¿Y lo del cobro?\nA: Dejo constancia de su queja por el cobro doble y los pagos que no se ven.",
    ],
)
def test_a_complaint_that_is_noted_is(rest: str) -> None:
    verdict = judged(rest)
    assert (verdict.outcome, "toma nota" in verdict.reason) == ("pass", True), verdict


def test_a_complaint_that_is_noted_at_once_is_what_was_noted() -> None:
    verdict = judged("D: El viernes quinientos.\nA: Gracias.", "Tiene razón, queda anotado. ¿Cuándo paga?")
    assert (verdict.outcome, [quote.turn for quote in verdict.evidence]) == ("pass", [2])
