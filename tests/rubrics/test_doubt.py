"""What only makes the machine unsure stands apart from the reason: gone once a person has decided."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import Scorecard, score
from rubrics.settled import settle
from rubrics.verdicts import LOST
from tests.dialogue import dialogue
from transcripts.types import Trust

CALL = """
    A: Buenas tardes, habla Óscar Villalta, de Crédito Norte. ¿Hablo con Graciela Montes?
    D: Sí, ella habla.
    A: Su cuota de tres mil venció el tres de noviembre. ¿Cuánto puede pagar y cuándo?
    D: {told}
    A: Muy bien. Queda su pago de {noted}. ¿De acuerdo?
    D: Sí, gracias.
"""


def card_of(told: str, noted: str, trust: Trust | None = None) -> Scorecard:
    call = dialogue(
        CALL.format(told=told, noted=noted), trust=trust, country="MX",
        call_started_at="2026-11-24T10:00:00+00:00",
    )  # fmt: skip
    return score(call, analyze(call), load_rubric())


@pytest.mark.parametrize(
    ("name", "told", "noted", "trust", "doubt"),
    [
        ("polite_close", "Mil el viernes.", "mil el viernes", Trust(damaged=True), LOST),
        (
            "gets_commitment", "Le doy mil quinientos el viernes.", "mil cincuenta pesos el viernes", None,
            "El deudor dijo un monto (turno 4) y el agente anotó otro (turno 5): falta oír cuál quedó.",
        ),
    ],
)  # fmt: skip
def test_a_person_who_has_decided_leaves_no_doubt(
    name: str, told: str, noted: str, trust: Trust | None, doubt: str
) -> None:
    card = card_of(told, noted, trust)
    was = card.verdicts[name]
    assert (was.needs_review, was.doubt) == (True, doubt), was
    assert was.told == f"{was.reason} {doubt}"
    now = settle(card, {name: (was.outcome, "")}, load_rubric()).verdicts[name]
    assert (now.told, now.doubt) == (was.reason, "")


def test_who_says_why_is_who_is_read() -> None:
    card = card_of("Le doy mil quinientos el viernes.", "mil cincuenta pesos el viernes")
    now = settle(card, {"gets_commitment": ("fail", "No quedó en nada.")}, load_rubric())
    assert now.verdicts["gets_commitment"].told == "No quedó en nada."
