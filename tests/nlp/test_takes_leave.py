"""«Ya tengo que dejarlo, llegó el camión»: the call is put off though nobody says «llámeme»."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import call_bar
from tests.dialogue import dialogue


def put_off(said: str) -> bool:
    call = dialogue(
        f"""
        A: ¿Hablo con Luis Vega?
        D: Sí.
        A: Le llamo por su cuenta vencida de 640 dólares.
        D: {said}
        A: Claro. ¿A qué hora le llamo?
        """
    )
    return any(
        f.label == "call_later" and f.quote.turn == 3 and f.score >= call_bar(f.label)
        for f in analyze(call).findings
    )


@pytest.mark.parametrize(
    "said",
    [
        "oye mami yo toy trepao en un techo, yo no puedo con eso ahora",
        "ya tengo que dejarte que se me seca la mezcla",
        "Póngame para las ocho, que a esa hora ya estoy en la casa.",
        "Le tengo que colgar, ya llegó el camión.",
        "Lo dejo que me llaman a comer.",
        "Tengo la olla en el fuego, señorita.",
        "Me tengo que ir, se me va el bus.",
    ],
)
def test_who_breaks_off_puts_the_call_off(said: str) -> None:
    assert put_off(said)


@pytest.mark.parametrize(
    "said",
    [
        "Bueno, me tengo que ir, gracias por todo, hasta luego.",
        "Tengo que dejar de comprar carne para pagarles a ustedes.",
        "Me tocó cortar la luz del local porque no alcanza.",
        "Póngame quinientos para el viernes.",
        "Cuando tengo que irme al campo no llevo el teléfono.",
    ],
)
def test_other_leave_taking_puts_nothing_off(said: str) -> None:
    assert not put_off(said)
