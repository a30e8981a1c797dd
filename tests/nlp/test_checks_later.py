"""What comes next, as the agent's own errand or as a paper to keep; what was looked up before is none."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def follow_up(said: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Teresa Paz?
        D: Sí, soy yo.
        A: Su cuota de novecientos pesos venció el cinco de noviembre. ¿Qué pasó con ese pago?
        D: Es que me bajaron las horas y no me alcanzó.
        A: Entiendo, qué difícil. ¿Los novecientos el treinta?
        D: Sí, el treinta.
        A: {said} Muchas gracias, doña Teresa, hasta luego.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["follow_up"]


@pytest.mark.parametrize(
    "said",
    [
        "El dos de diciembre checo que haya entrado.",
        "Mañana verifico en el sistema que haya quedado aplicado.",
        "El lunes me fijo si se acreditó.",
        "Yo estoy al pendiente el treinta de que caiga.",
        "Su ticket guárdelo por si hace falta aclarar.",
        "El mismo treinta confirmo con caja.",
        "El primero le quito el bloqueo.",
        "Nos hablamos el primero para ver que todo quedó.",
        "Si algo cambia, este es mi número directo.",
    ],
)
def test_what_the_agent_will_check_comes_next(said: str) -> None:
    assert follow_up(said).outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Ayer verifiqué que no había entrado.",
        "El treinta tiene que pagar.",
        "No veo que haya entrado nada.",
    ],
)
def test_what_was_found_before_does_not(said: str) -> None:
    assert follow_up(said).outcome == "fail"


@pytest.mark.parametrize(
    "text",
    ["¿Usted revisó que haya entrado?", "Ya reviso que haya entrado y no.", "Mañana le cobran interés."],
)
def test_other_looks_and_days_are_no_errand(text: str) -> None:
    assert "checks_later" not in hear(text, "agent").found
