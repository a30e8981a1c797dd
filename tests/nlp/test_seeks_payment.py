"""A payment that the debtor says was made is looked for: its proof asked for answers «ya pagué»."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric, pack_of
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def verdicts(agent: str) -> dict[str, Verdict]:
    said = dialogue(
        f"""
        A: Buenos días, le llama Pedro Díaz de Crédito Norte, ¿con la señora Rosa Vega?
        D: Sí, dígame.
        A: Tiene una cuota vencida de mil pesos desde el 3 de noviembre, señora Rosa.
        D: Yo ya pagué eso la semana pasada por transferencia.
        A: {agent}
        D: Sí, claro.
        A: Muchas gracias, señora Rosa. Que tenga buen día.
        """,
        country="MX",
    )
    judged = score(said, analyze(said), load_rubric(), pack_of("MX"))
    return {**judged.verdicts, **judged.pack_verdicts}


@pytest.mark.parametrize(
    "said",
    [
        "¿Me puede enviar el comprobante para verificar el pago?",
        "Para verificarlo, ¿me comparte el comprobante de pago?",
        "¿Me puede dar el número del comprobante? Así lo verifico.",
        "¿Me ayuda con el comprobante para revisarlo?",
        "Páseme por favor la captura de la transferencia para que lo aclaren.",
        "Necesito que me facilite el número de operación para rastrear el pago.",
        "buenisimo me pasas el voucher asi lo chequeo",
        "¿Cuál es el número de autorización que le dio el banco?",
    ],
)
def test_a_proof_asked_for_answers_who_has_paid(said: str) -> None:
    found = verdicts(said)
    assert found["handles_objections"].outcome == "pass"
    assert found["dispute_handling"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Sí, pero mándeme el comprobante cuando pague.",
        "Hágame llegar el comprobante de domicilio.",
        "Igual tiene que pagar.",
    ],
)
def test_a_proof_of_what_is_still_to_be_paid_answers_nobody(said: str) -> None:
    assert verdicts(said)["handles_objections"].outcome == "fail"
