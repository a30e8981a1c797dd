"""What a few words mean by what was asked before them."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from tests.dialogue import dialogue


def objects(asked: str, said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: {asked}
        D: {said}
        A: Bueno, gracias. Hasta luego.
        """
    )
    found = analyze(call).findings
    known = objection_ids()
    return {f.label for f in found if f.quote.turn == 3 and f.label in known and f.score >= call_bar(f.label)}


@pytest.mark.parametrize(
    "asked",
    [
        "¿Puede pagar hoy los mil pesos?",
        "¿Puede hacer el pago hoy?",
        "¿Cuándo nos realiza el depósito?",
        "¿Y cincuenta pesos por lo menos?",
        "¿Le parece si lo dejamos para mañana?",
        "¿Me puede mandar mil pesos hoy?",
        "¿Y con cuánto puede abonar?",
        "¿Me dice cuándo paga?",
        "Necesito que pague hoy los mil pesos. ¿Qué me dice?",
    ],
)
@pytest.mark.parametrize(
    "said",
    ["Ahora no puedo.", "ahorita no puedo señorita", "no ahora no puedo", "la verdad no puedo ahorita"],
)
def test_who_was_asked_for_money_cannot_pay(asked: str, said: str) -> None:
    found = objects(asked, said)
    assert "no_money" in found
    assert "call_later" not in found


@pytest.mark.parametrize(
    "asked",
    [
        "¿Tiene unos minutos para hablar?",
        "Le llamo por su cuota de mil pesos, ¿tiene un momento?",
        "Le hablo por su cuenta pendiente, ¿puede hablar?",
        "le llamo para ver cuándo paga ¿hablo en buen momento?",
        "¿A qué hora le puedo llamar para hablar del pago?",
        "¿Cuándo le llamo para lo del pago?",
        "¿Puede enviarme el comprobante del pago?",
        "¿Me puede mandar el recibo de la cuota?",
        "¿Puede anotar la referencia de pago?",
        "¿Puede apuntar el número de cuenta para el depósito?",
        "¿Puede descargar la aplicación para ver su saldo?",
        "¿Me puede dar los últimos dígitos de su tarjeta?",
        "Su cuota venció. ¿Me confirma su dirección?",
    ],
)
@pytest.mark.parametrize("said", ["Ahora no puedo.", "ahorita no puedo señorita"])
def test_who_was_asked_for_a_minute_cannot_talk(asked: str, said: str) -> None:
    found = objects(asked, said)
    assert "call_later" in found
    assert "no_money" not in found


def test_a_ground_of_its_own_is_heard_whatever_was_asked() -> None:
    assert "call_later" in objects("¿Puede pagar hoy los mil pesos?", "Ahora no puedo, estoy manejando.")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Puede pagarlo en línea con su tarjeta de débito.", "No tengo ninguna tarjeta, ¿y en el Oxxo?"),
        ("¿Tiene alguna otra tarjeta para hacer el cargo?", "no no tengo ninguna tarjeta"),
        ("¿Lo puede hacer por transferencia?", "no tengo ninguna cuenta para transferir"),
        ("¿Tiene otras deudas?", "no no tengo ninguna deuda más que esta"),
        ("¿Tiene usted otros créditos?", "No tengo ningún crédito aparte del suyo."),
        ("¿Qué pasó?", "ya no tengo ninguna tarjeta la perdí hace un mes y por eso no pude pagar"),
        ("¿Qué pasó?", "ya no tengo ninguna tarjeta porque me la cancelaron y sigo pagando"),
        ("¿Qué pasó?", "no tengo ninguna tarjeta ahorita me robaron la cartera el martes"),
    ],
)
def test_who_has_no_card_left_denies_no_debt(asked: str, said: str) -> None:
    assert "not_my_debt" not in objects(asked, said)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Debe mil pesos de su tarjeta. ¿Qué pasó?", "No tengo ninguna tarjeta con ustedes."),
        ("Debe mil pesos de su tarjeta. ¿Qué pasó?", "yo no tengo ninguna tarjeta de ese banco"),
        ("¿Puede pagar con su tarjeta de débito?", "No tengo ninguna tarjeta, se equivocan."),
        ("¿Qué pasó con el pago?", "no tengo ninguna deuda señorita"),
        (
            "Debe mil pesos. ¿Los puede pagar por transferencia?",
            "Yo no tengo ningún préstamo, está equivocado.",
        ),
        ("¿Por qué medio va a pagar?", "No tengo ningún préstamo con Crédito Norte."),
        ("¿Puede pagar por transferencia la deuda?", "No tengo ninguna deuda."),
        ("¿Lo hace con otra tarjeta?", "yo no tengo ningún crédito"),
        ("¿Va a pagar con la tarjeta?", "Yo no tengo deuda alguna."),
        ("¿Reconoce usted la compra con tarjeta?", "No tengo ninguna tarjeta."),
        ("¿Es suyo ese cargo a su tarjeta?", "no tengo ninguna tarjeta"),
    ],
)
def test_who_never_had_one_denies_it(asked: str, said: str) -> None:
    assert "not_my_debt" in objects(asked, said)
