"""What a robbery is: an emergency where somebody was attacked or lost what they live by; a reason of
money where money was taken; a phone or a purse that was stolen some day is no objection.
"""

from __future__ import annotations

import pytest

from tests.nlp.test_bare_words import objects

ASKED = "Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?"


@pytest.mark.parametrize(
    "said",
    [
        "me asaltaron anoche y me dieron siete puntos en la cabeza",
        "Me atracaron con cuchillo saliendo de la pega y todavía estoy golpeado.",
        "me robaron la moto me pusieron el fierro en la cabeza",
        "nos asaltaron con escopolamina y amanecí tirado",
        "anoche se nos metieron los ladrones a la casa y nos amarraron",
        "la moto me la robaron en agosto ahí tengo la denuncia",
        "me robaron la bici con la que reparto hace dos meses",
        "se nos metieron a robar al negocio y quedamos sin nada",
        "la moto me la quitaron unos tipos en la calle",
        "se me llevaron la moto los rateros",
        "nos golpearon anoche saliendo del trabajo",
    ],
)
def test_an_attack_or_the_loss_of_what_one_lives_by_is_an_emergency(said: str) -> None:
    assert "health_emergency" in objects(ASKED, said)


@pytest.mark.parametrize(
    "said",
    [
        "me robaron la quincena en el camión",
        "Me quitaron el sueldo saliendo del banco unos tipos.",
        "me vaciaron la cuenta y no tengo nada",
        "me chorearon la billetera con toda la plata del mes",
        "unos sujetos me quitaron la venta del día",
        "entraron los choros y se llevaron toda la plata",
    ],
)
def test_money_that_was_stolen_is_a_reason_of_money(said: str) -> None:
    found = objects(ASKED, said)
    assert "no_money" in found
    assert "health_emergency" not in found


@pytest.mark.parametrize(
    "said",
    [
        "el celular me lo robaron hace tiempo apunte mi número nuevo",
        "apunte mis datos nuevos que el teléfono viejo me lo robaron",
        "me robaron la cartera en el camión adentro estaba todo lo de la tarjeta",
        "me robaron la mochila en la estación",
        "ya me robaron bastante ustedes",
        "ustedes me robaron la plata con esos intereses",
        "me robaron todo el tiempo con sus llamadas",
        "me golpearon hoy con la puerta",
        "las herramientas me las llevaron a arreglar",
        "la moto me la llevaron al taller",
        "la moto me la quitaron en el retén",
        "el carro me lo quitaron los de la financiera",
        "la grúa se me llevó el carro",
        "ya me llevaron la plata al banco, ya está pagado",
        "me llevaron el dinero a la oficina para pagar",
        "me quitaron la plata de la cuenta por el embargo",
        "me quitaron la venta los inspectores",
    ],
)
def test_a_phone_or_a_purse_or_an_accusation_is_neither(said: str) -> None:
    assert not {"health_emergency", "no_money"} & objects(ASKED, said)
