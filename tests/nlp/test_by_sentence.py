"""A threat in one sentence of a courteous turn waits for a person; a word of family or street does not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import OPERATING
from nlp.types import Finding
from tests.dialogue import dialogue

CALL = """
    A: Buenas tardes, ¿hablo con la señora Teresa Robles?
    D: Sí, soy yo.
    A: Le llamo por su cuota de novecientos pesos del cinco. ¿Qué pasó con el pago?
    D: Me bajaron las horas en la fábrica.
    A: Entiendo, señora Teresa, qué difícil que le bajen las horas. {said} ¿Y cuándo le vuelven a pagar?
    D: Cada quince.
"""


def threats(said: str) -> list[Finding]:
    return [one for one in analyze(dialogue(CALL.format(said=said))).findings if one.label == "threat"]


@pytest.mark.parametrize(
    "said",
    [
        "Usted vive sola con sus niños, ¿no?, imagínese si le tocan la puerta de noche.",
        "Piense en sus hijos, sería una lástima que vieran cómo sacan la sala.",
    ],
)
def test_a_threat_among_courteous_words_is_looked_at_and_no_claim(said: str) -> None:
    (hint,) = threats(said)
    assert hint.score < OPERATING
    assert hint.quote.text in said


@pytest.mark.parametrize(
    "said",
    [
        "¿Sus niños ya están mejor de la gripe?",
        "Le puedo mandar el recibo con el vecino que ya nos dejó dicho.",
        "En la fábrica donde usted trabaja tenemos un módulo para pagar los viernes.",
        "Nadie va a ir a su casa ni va a hablar con su jefe.",
        "Ojalá le repongan pronto las horas en la planta.",
    ],
)
def test_what_is_said_of_children_neighbours_and_work_is_none(said: str) -> None:
    assert threats(said) == []
