"""Debtors who are shamed before others or dared not to pay; words made small; patience that ends."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "si no el cobrador va ala escuela y te los pide ahí adelante dela directora",
        "Entonces mañana voy a su trabajo y se lo cobro delante de su jefe.",
        "O paga hoy, o mando a los muchachos a su puesto del mercado.",
        "vos probá no pagar y fijate",
        "Pruebe a no pagar y verá.",
    ],
)
def test_shame_held_out_is_a_threat(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "Nadie le va a cobrar delante de su jefe, quédese tranquila.",
        "Si está frente a sus alumnos, le llamo más tarde.",
        "Puede pagar en la tienda, enfrente de la escuela.",
        "Pruebe a pagar por la aplicación y verá qué fácil.",
    ],
)
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    ["Basta de cuentitos, señora.", "ya me cansé de sus novelitas, es una artista para inventar"],
)
def test_words_made_small_are_mockery(said: str) -> None:
    assert verdicts(said)["courteous"].outcome == "fail"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Ay, doña Rosa, es que ya llevamos aquí un buen rato y a mí me están pidiendo una fecha.", "fail"),
        ("yo no andaría aquí todo harto marque y marque", "fail"),
        ("Ya llevamos un buen rato, gracias por su paciencia.", "pass"),
    ],
)
def test_time_that_wears_is_impatience(said: str, outcome: str) -> None:
    assert verdicts(said)["calm"].outcome == outcome


def test_a_complaint_of_the_calls_agrees_to_no_payment() -> None:
    call = dialogue("""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Tiene tres quincenas vencidas, son 2150 pesos, necesito que me los cubra hoy.
        D: ya sé oiga si es la quinta vez que me marcan hoy y me despertaron a la bebé
        A: ¿A qué hora me deposita los 2150?
        D: Ahí nos vemos, bye.
    """)
    assert analyze(call).promise is None


def test_nor_does_one_undo_what_is_promised_beside_it() -> None:
    call = dialogue("""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Tiene tres quincenas vencidas, son 2150 pesos. ¿Cuándo los cubre?
        D: Es la quinta vez que me marcan hoy. El viernes le pago los 2150 y ya no me llamen.
        A: Muy bien, el viernes los 2150. Gracias, hasta luego.
    """)
    assert analyze(call).promise is not None
