"""A loss of these days bars the question for the reason; one of years ago, or a state, does not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def reason(told: str) -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?
        D: Sí, soy yo.
        A: Tiene un saldo vencido de 2500 pesos desde el tres de marzo. ¿Cuándo podría pagar?
        D: {told}
        A: ¿Puede pagar la mitad el viernes, o el total el quince?
        D: El viernes le pago los 2500.
        A: Gracias, hasta luego.
        """
    )
    return score(call, analyze(call), load_rubric()).verdicts["asks_reason"]


@pytest.mark.parametrize(
    "told", ["Se me olvidó. Soy viuda de Pérez, así está en el recibo.", "Mi esposo murió hace cinco años."]
)
def test_a_loss_of_long_ago_or_a_state_bars_no_question(told: str) -> None:
    assert reason(told).outcome == "fail"


def test_a_loss_of_these_days_does() -> None:
    assert reason("Mi esposo, que pagaba, murió hace dos semanas.").outcome == "na"
