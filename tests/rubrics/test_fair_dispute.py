"""A dispute that the agent takes up for checking leaves no payment to ask for: asking for the date of a paper
is no asking on.
"""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import Scorecard, score
from tests.dialogue import dialogue

BARGAIN = ("firm", "offers_alternatives", "gets_commitment")


def judged(asked: str) -> Scorecard:
    call = dialogue(
        f"""
        A: Buenas tardes, habla Óscar Villalta, de Lakeside. ¿Hablo con la señora Graciela Montes?
        D: Sí, ella habla.
        A: Es la cuenta del hospital, cuatrocientos dólares, pendiente desde octubre. ¿Qué pasó?
        D: Esa cuenta está mal: yo debía ciento cincuenta de copago, no cuatrocientos. Tengo la carta.
        A: Le entiendo, debe ser frustrante. {asked}
        D: Tres de noviembre, termina en ocho cinco dos.
        A: Abro la disputa, le pedimos al hospital el desglose y se lo mandamos por correo.
        D: Muchas gracias.
        A: Gracias a usted, que pase buena tarde.
        """,
        country="US",
    )
    return score(call, analyze(call), load_rubric())


@pytest.mark.parametrize(
    "asked", ["¿Qué fecha tiene, y trae número de reclamo?", "¿Qué fecha trae la carta?", "¿Qué número dice?"]
)
def test_the_date_of_a_paper_is_no_payment(asked: str) -> None:
    card = judged(asked)
    assert [card.verdicts[name].outcome for name in BARGAIN] == ["na"] * 3


@pytest.mark.parametrize("asked", ["¿Qué fecha tiene pensada para pagar?", "¿Cuándo puede pagarla?"])
def test_asking_on_is(asked: str) -> None:
    assert judged(asked).verdicts["gets_commitment"].outcome == "fail"
