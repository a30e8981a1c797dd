"""How a call ends: who hung up, who only said goodbye, and what farewell is cordial."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Gloria Vargas?
    D: Sí, soy yo.
    A: Señora Gloria, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
    D: Yo no compré nada, me robaron la cédula y puse el denuncio.
    A: ¿Paga el viernes, entonces?
    D: ¡Que no! Tengo el denuncio acá en la mano.
"""


def closing(end: str) -> Verdict:
    call = dialogue(OPENING + end, debtor_name="Gloria Vargas")
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return card.verdicts["polite_close"]


MOCKS = "A: Pues guárdelo bien, que le va a servir de recuerdo."
LEAVES = "D: Qué falta de respeto tan grande. Hasta luego."


def test_mockery_is_no_farewell_and_hides_no_hanging_up() -> None:
    assert closing(f"{MOCKS}\n{LEAVES}\nA: ¿Señora? ¿Señora Gloria?").reason == "El deudor colgó."


@pytest.mark.parametrize("dead", ["¿Señora? ¿Señora?", "señora señora gloria", "¿Bueno? ¿Bueno?"])
def test_who_calls_a_name_into_silence_was_hung_up_on(dead: str) -> None:
    end = f"A: Lo revisamos.\nD: Ya no le creo nada.\nA: {dead}"
    assert closing(end).reason == "El deudor colgó."


def test_a_name_with_words_after_it_is_no_dead_line() -> None:
    end = "A: Lo revisamos.\nD: Ya no le creo nada.\nA: Señora, señora Gloria, gracias. Hasta luego."
    assert closing(end).outcome == "pass"


def test_a_goodbye_in_anger_is_told_as_one_and_not_as_hanging_up() -> None:
    verdict = closing("A: ¿A qué hora me deposita?\nD: Usted es un malcriado. Hasta luego.")
    assert verdict.outcome == "na"
    assert verdict.reason == "El deudor se despidió y terminó la llamada (turno 8)."


@pytest.mark.parametrize(
    "last",
    [
        "Bueno, ahí usted sabrá. Luego no diga que no le avisé.",
        "Allá usted.",
        "Pues pague y duerme, así de fácil.",
    ],
)
def test_a_farewell_that_answers_being_sent_away_ends_nothing(last: str) -> None:
    verdict = closing(f"A: {last}\nD: Hasta luego.")
    assert verdict.outcome == "fail"


@pytest.mark.parametrize(
    "last",
    [
        "Cien mil no me sirve para nada. Ahí le queda mañana. Chao.",
        "Pues pague y duerme, así de fácil, ahí nos vemos.",
        "Luego no diga que no le avisé. Adiós.",
    ],
)
def test_a_farewell_beside_a_word_that_sends_away_is_not_cordial(last: str) -> None:
    verdict = closing(f"A: {last}\nD: Bueno.")
    assert verdict.outcome == "fail"
    assert "junto con" in verdict.reason


@pytest.mark.parametrize(
    "last",
    [
        "Gracias por su tiempo, hasta luego.",
        "Que la niña se mejore pronto. Gracias.",
        "Que le sea leve el turno. Gracias.",
        "Que mejore su papá. Gracias por todo.",
    ],
)
def test_thanks_and_a_wish_are_both_heard(last: str) -> None:
    verdict = closing(f"A: {last}\nD: Bueno.")
    assert verdict.outcome == "pass"
    assert "para la próxima" not in verdict.reason


def test_a_day_until_which_nobody_calls_is_no_farewell() -> None:
    verdict = closing("A: El lunes se resuelve; hasta entonces no le llamamos.\nD: Bueno.")
    assert verdict.outcome == "fail"


def test_a_goodbye_beside_what_may_be_rude_waits_for_a_person() -> None:
    verdict = closing("A: Listo, queda grabado que te negás, después no me vengas a llorar acá, eh, chau.")
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)
    assert "llorar" in verdict.reason


def test_a_goodbye_in_another_turn_than_what_may_be_rude_is_sure() -> None:
    verdict = closing("A: Después no venga a llorar acá.\nD: Como diga.\nA: Gracias, hasta luego.")
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "last",
    [
        "No me haga perder el tiempo, gracias, hasta luego.",
        "Pobrecita, siempre con cuentos. Chao.",
    ],
)
def test_a_goodbye_beside_what_is_not_surely_rude_fails_for_a_person_to_hear(last: str) -> None:
    verdict = closing(f"A: {last}\nD: Bueno.")
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert "junto con" in verdict.reason


@pytest.mark.parametrize("last", ["Usted es una ladrona. Hasta luego.", "Es usted una ratera, adiós."])
def test_a_goodbye_beside_a_plain_insult_fails_surely(last: str) -> None:
    verdict = closing(f"A: {last}\nD: Bueno.")
    assert (verdict.outcome, verdict.needs_review) == ("fail", False)


@pytest.mark.parametrize(
    "last",
    [
        "Yo pido permiso hasta para comprar el pan.",
        "Yo la espero hasta donde usted me diga.",
        "Hasta yo me río.",
    ],
)
def test_a_preposition_is_no_farewell(last: str) -> None:
    assert closing(f"A: {last}\nD: Y bueno.").outcome == "fail"


def test_a_farewell_that_breaks_off_is_one() -> None:
    assert closing("A: Lo revisamos, señora Gloria. Hasta...\nD: Chao.").outcome == "pass"
