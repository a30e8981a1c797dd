"""«Eso no es mi problema»: what the debtor told is sent back, and that is no empathy."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def empathy(answer: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, le habla Carlos Mota, de Cobranza Total. ¿Hablo con la señora Irma Solís?
        D: Sí, soy yo.
        A: Debe ocho mil pesos desde septiembre. ¿Qué pasó con el pago?
        D: Es que mi esposo está en el hospital, lo operaron el lunes, y todo se me fue en medicinas.
        A: {answer}
        D: Pues no tengo ahorita.
        A: ¿Cuándo va a pagar?
    """)
    return score(call, analyze(call), load_rubric()).verdicts["empathy"]


@pytest.mark.parametrize(
    "answer",
    [
        "Eso no es mi problema, señora. Todos salen con el mismo cuento.",
        "No es mi problema, señora, todos dicen lo mismo. Usted tiene que pagar.",
        "Ese no es asunto nuestro, señora.",
        "Ese es su problema.",
        "Eso ya es bronca suya.",
        "Eso a mí me da igual.",
        "A nosotros eso no nos incumbe.",
        "Al banco eso no le interesa.",
        "Ese es tu rollo.",
        "Sus problemas no son asunto mío.",
        "Esa es cosa de usted, no del banco.",
        "Allá usted, señora.",
    ],
)
def test_a_matter_sent_back_is_no_empathy(answer: str) -> None:
    assert empathy(answer).outcome == "fail"


@pytest.mark.parametrize(
    "answer",
    [
        "Comprendo lo de su esposo, lo siento mucho; y no es problema, lo resolvemos juntos.",
        "Entiendo su problema, señora, debe ser muy duro.",
        "Lamento mucho lo de su esposo, señora. Eso nos importa.",
    ],
)
def test_problems_taken_in_are_empathy(answer: str) -> None:
    assert empathy(answer).outcome == "pass"
