"""A hardship met with nothing but the question when the money comes is not answered: a person hears it."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def handles(agent: str, later: str = "¿El treinta?") -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, ¿hablo con la señora Teresa Robles?
        D: Sí, soy yo.
        A: Le habla Marta Gil, de Crédito Norte. Debe novecientos pesos desde el 5 de noviembre. ¿Qué pasó?
        D: Es que me bajaron las horas en la fábrica y no me alcanzó.
        A: {agent}
        D: Pues no sé.
        A: {later}
        D: Bueno, los novecientos el treinta.
        A: Entonces novecientos pesos el treinta de noviembre, por transferencia.
        D: Sí, de acuerdo.
        A: Le mando un recordatorio un día antes. Muchas gracias, señora Teresa, hasta luego.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["handles_objections"]


@pytest.mark.parametrize(
    "agent",
    [
        "Ajá. ¿Y cuándo paga?",
        "Bueno. ¿Y entonces cuándo?",
        "Ya. ¿Qué día paga?",
        "Mjm. ¿Y qué día me deposita?",
    ],
)
def test_a_bare_request_answers_no_hardship(agent: str) -> None:
    verdict = handles(agent)
    assert verdict.outcome == "fail"
    assert "solo se vuelve a pedir" in verdict.reason


@pytest.mark.parametrize(
    ("agent", "later"),
    [
        ("Entiendo, qué difícil que le bajen las horas. ¿Qué día paga?", "¿El treinta?"),
        ("Ajá. ¿Y cuándo le pagan?", "¿El treinta?"),
        ("¿Desde cuándo le bajaron las horas?", "¿El treinta?"),
        ("Ya. ¿Qué día paga?", "Podemos partirla: la mitad el quince y la mitad el treinta, sin recargo."),
    ],
)
def test_what_recognises_explores_or_offers_is_more(agent: str, later: str) -> None:
    assert handles(agent, later).outcome == "pass"
