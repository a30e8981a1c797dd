"""An apology that takes up a complaint of the calls recognises it; one for something else does not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

AT_WORK = "Ya les pedí que no me llamen al trabajo, mi supervisor me está mirando."
EARLY = "Me llaman a las siete de la mañana, oiga, esto es acoso."


def empathy(far: str, agent: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Teresa Paz?
        D: Sí, soy yo.
        A: Su cuota de novecientos pesos venció el cinco de noviembre. ¿Qué pasó con ese pago?
        D: {far}
        A: {agent}
        D: Pues dígame.
        A: Puede ser la mitad el quince y la mitad el treinta.
        D: Luego le digo.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["empathy"]


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (AT_WORK, "Disculpe, señora Teresa. Queda anotado: no se le llama al trabajo."),
        (AT_WORK, "Qué pena con usted. Anoto que no se le marque a la oficina."),
        (EARLY, "Perdone, señora Teresa, esa hora no es para llamar. Anoto que sea después de las diez."),
        (EARLY, "Le pido disculpas, no debieron llamarla a esa hora."),
    ],
)
def test_an_apology_that_takes_the_complaint_up_recognises_it(far: str, agent: str) -> None:
    assert empathy(far, agent).outcome == "pass"


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (AT_WORK, "Perdone que insista, ¿cuándo paga?"),
        (AT_WORK, "Disculpe, ¿me escucha?"),
        (AT_WORK, "Disculpe, queda anotado que no se le llame, pero tiene que pagar hoy."),
        ("Me bajaron las horas en la fábrica.", "Disculpe. Queda anotado: no se le llama al trabajo."),
    ],
)
def test_other_apologies_recognise_nothing(far: str, agent: str) -> None:
    assert empathy(far, agent).outcome == "fail"
