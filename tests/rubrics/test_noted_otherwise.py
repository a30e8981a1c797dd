"""Both verdicts on an agreement say the same where the agent noted another sum or day than was said."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue

BOTH = ("gets_commitment", "reads_back_agreement")


@pytest.mark.parametrize(
    ("told", "noted", "what", "country"),
    [
        ("Le doy mil quinientos el viernes.", "mil cincuenta pesos el viernes", "un monto", "MX"),
        ("Le doy mil quinientos el viernes 27.", "mil quinientos el jueves 26", "un día", "CO"),
    ],
)
def test_both_wait_with_both_quotes(told: str, noted: str, what: str, country: str) -> None:
    said = dialogue(
        f"""
        A: Buenas tardes, habla Óscar Villalta, de Crédito Norte. ¿Hablo con Graciela Montes?
        D: Sí, ella habla.
        A: Su cuota de tres mil venció el tres de noviembre. ¿Cuánto puede pagar y cuándo?
        D: {told}
        A: Muy bien. Queda su pago de {noted}. ¿De acuerdo?
        D: Sí, gracias.
        A: Gracias a usted, hasta luego.
        """,
        country=country,
        call_started_at="2026-11-24T10:00:00+00:00",
    )
    card = score(said, analyze(said), load_rubric())
    for name in BOTH:
        verdict = card.verdicts[name]
        assert verdict.needs_review, name
        assert verdict.doubt == (
            f"El deudor dijo {what} (turno 4) y el agente anotó otro (turno 5): falta oír cuál quedó."
        )
        assert [quote.turn for quote in verdict.evidence][:2] == [3, 4]
