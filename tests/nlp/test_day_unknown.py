"""That the day cannot be known, and the same words said of a birth date, a day off, a caller."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def unknown(said: str) -> bool:
    call = dialogue(
        f"""
        A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué día la paga?
        D: {said}
        A: Bueno, gracias. Hasta luego.
        """
    )
    return any(f.label == "day_unknown" and f.quote.turn == 1 for f in analyze(call).findings)


@pytest.mark.parametrize(
    "said",
    [
        "no sé cuándo me van a pagar",
        "no tengo fecha todavía",
        "no hay fecha",
        "no hay forma de saber cuándo",
        "es imposible saber el día",
        "no hay manera de saber señorita",
        "no le puedo asegurar un día",
        "no me han dicho nada",
        "no me dijeron cuándo depositan",
        "no tengo seguridad de qué día me depositan",
    ],
)
def test_who_cannot_know_the_day_has_said_so(said: str) -> None:
    assert unknown(said)


@pytest.mark.parametrize(
    "said",
    [
        "no le puedo dar mi fecha de nacimiento",
        "no tengo día libre",
        "no tengo ni un día de descanso",
        "no hay seguridad en este barrio",
        "no hay forma de saber quién es usted",
        "es imposible saber si es del banco",
        "no me dijeron nada cuando firmé",
        "no me avisaron cuando compré",
        "no le puedo mentir, el día quince le pago",
    ],
)
def test_the_same_words_of_another_thing_tell_of_no_day(said: str) -> None:
    assert not unknown(said)
