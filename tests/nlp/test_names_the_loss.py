"""What befell the debtor, said back as the loss it is, or as sorrow at it; pity for a person stays pity."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def empathy(said: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Teresa Paz?
        D: Sí, soy yo.
        A: Su cuota de novecientos pesos venció el cinco de noviembre. ¿Qué pasó con ese pago?
        D: Es que me bajaron las horas en la fábrica y no me alcanzó.
        A: {said} ¿Y cuándo le vuelven a pagar?
        D: Cada quince.
        A: Puede ser la mitad el quince y la mitad el treinta.
        D: Bueno.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["empathy"]


@pytest.mark.parametrize(
    "said",
    [
        "Cuánto trabajo perdido, doña Teresa.",
        "No me diga, después de tantos años en la fábrica.",
        "Con menos horas las cuentas no salen, claro.",
        "Le recortan las horas y la renta no se recorta, ¿verdad?",
        "Qué tristeza que le quiten horas después de tanto trabajar.",
        "Qué tristeza, doña Teresa, que le recorten las horas a una.",
        "Caramba, y a estas alturas del año.",
    ],
)
def test_a_loss_said_back_is_recognised(said: str) -> None:
    assert empathy(said).outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Qué tristeza la suya, doña Teresa.",
        "Cuánto tiempo perdido llamándola.",
        "No me diga, después de tantos años y ni un pago.",
        "Con menos pretextos las cuentas no salen.",
        "Qué tristeza que pierda el descuento.",
    ],
)
def test_pity_and_reproach_are_not(said: str) -> None:
    assert empathy(said).outcome == "fail"


def test_sorrow_at_a_theft_is_no_pity() -> None:
    said = "que tristeza don harold que le roben a uno la herramienta con la que come"
    assert "pity" not in hear(said, "agent").found
    assert "pity" in hear("que tristeza don harold, su vida", "agent").found
