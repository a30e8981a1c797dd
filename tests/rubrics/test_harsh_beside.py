"""Kind words in the breath of a threat, and an order to pay that names no day: a person hears both."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

OPENING = """
    A: Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
    D: Sí, con él habla.
    A: Le llamo por su préstamo, tiene un saldo vencido de dos mil pesos desde agosto.
    D: Ando sin trabajo desde julio, no tengo para pagar.
"""


def judged(name: str, rest: str) -> Verdict:
    call = dialogue(OPENING + rest)
    return score(call, analyze(call), load_rubric()).verdicts[name]


@pytest.mark.parametrize(
    "harsh",
    [
        "Si usted no paga hoy, mando la patrulla a su casa y lo metemos a la cárcel.",
        "Si no paga, lo vamos a demandar.",
        "Pero no sea ratero.",
    ],
)
def test_recognition_in_the_breath_of_a_threat_waits(harsh: str) -> None:
    verdict = judged("empathy", f"A: Don Luis, lamento su situación. {harsh}\nD: ¿Me está amenazando?")
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)


def test_recognition_in_a_turn_of_its_own_stays_sure() -> None:
    rest = """
        A: Don Luis, lamento mucho su situación.
        D: Gracias.
        A: Pero si no paga hoy, mando la patrulla a su casa.
    """
    verdict = judged("empathy", rest)
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize("said", ["No sea ratero, pague.", "Pague o aténgase a las consecuencias."])
def test_a_bare_order_to_pay_is_no_sure_lack_of_asking(said: str) -> None:
    verdict = judged("firm", f"A: {said}\nD: No puedo.\nA: {said}")
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert "ordena pagar" in verdict.reason


def test_pressed_to_settle_at_once_is_no_begging() -> None:
    rest = """
        A: Se le baja la cuota a quinientos mensuales o se congela dos meses. ¿Cuál le sirve?
        D: Lo tengo que pensar.
        A: claro pienselo don luis pero mire que esta hasta el 30 le parece si lo dejamos de una vez
        D: No, déjeme hablar con mi mamá.
    """
    assert judged("firm", rest).outcome == "pass"


@pytest.mark.parametrize("said", ["Cuando pague me avisa.", "Que pague es lo de menos, tranquilo."])
def test_other_words_of_paying_are_no_order(said: str) -> None:
    assert "ordena pagar" not in judged("firm", f"A: {said}\nD: Bueno.").reason
