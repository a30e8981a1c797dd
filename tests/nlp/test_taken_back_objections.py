"""An objection's words that are over, another's or denied are none; another's trouble may yet be one."""

from __future__ import annotations

import pytest

from tests.nlp.test_plain_objections import objections


@pytest.mark.parametrize(
    "said",
    [
        "El internet falló en enero pero ya lo arreglaron.",
        "La lavadora salió muy buena, no tengo queja.",
        "La cocina llegó rayada pero me la cambiaron al toque.",
        "Mi hermano quedó cesante, yo sigo pagando igual.",
        "Mi hermano está sin trabajo pero yo no.",
        "Estuve en el paro, pero eso fue hace años.",
        "No, no estuve enferma, se me pasó.",
        "Mi hija es enfermera en urgencias.",
        "No quiero descuento, lo pago completo hoy.",
        "No voy a pagar en efectivo, le transfiero los cien mañana.",
        "Yo no le debo a nadie más, solo a ustedes.",
        "Sí es mi cuenta, yo saqué ese préstamo.",
        "Sí, la cantidad está bien, son dos mil.",
        "Ya me desbloquearon la cuenta, hoy sale la transferencia.",
        "Salí del paro en junio, estoy trabajando.",
        "A mi primo le robaron la identidad, a mí no.",
        "Sí me avisaron, me cayó el mensajito el lunes.",
        "Yo sé que usted es del banco, le doy el dato.",
        "Vivo frente a la defensoría, para que se ubique.",
        "No necesito más plazo, el jueves cancelo los ciento ochenta.",
        "La hipoteca la terminé en mayo, ya no me pesa.",
    ],
)
def test_it_is_over_or_anothers_or_denied(said: str) -> None:
    assert objections("", said) == set()


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("job_loss", "Mi esposo quedó cesante y con lo mío no llegamos."),
        ("health_emergency", "Mi mamá está internada y yo no puedo dejarla sola."),
        ("needs_third_party", "Esa cuenta la paga mi hermano, yo nomás firmé."),
        ("wrong_amount", "Ese saldo está mal, debo menos."),
        ("refusal", "No voy a pagar nada."),
        ("wrong_amount", "Sí es mía la deuda, pero me están cobrando de más."),
        ("wrong_amount", "Yo saqué ese crédito pero no es ese monto, me inflaron los intereses."),
        ("not_my_debt", "El monto es correcto pero esa deuda no es mía."),
        (
            "health_emergency",
            "mi mamá está internada en el hospital y mi hermano perdió el trabajo pero yo no puedo",
        ),
        ("health_emergency", "a mi mamá la operaron, yo pago mañana"),
        ("health_emergency", "mi esposo está en el hospital y yo sigo pagando como puedo"),
        ("health_emergency", "Salí del hospital hace dos días, me operaron y sigo en cama."),
        ("health_emergency", "Eso fue hace mucho, ahora mi mamá está en el hospital."),
        ("health_emergency", "No estuve enferma, estuve hospitalizada por un accidente."),
        ("refusal", "No necesito más plazo porque no voy a pagar."),
        ("refusal", "No quiero descuento, no voy a pagar."),
        ("distrust", "Le doy mis datos y me roban, no confío."),
        ("distrust", "Yo sé que usted es de la estafa esa, no le creo."),
        ("no_notice", "Me llegó el aviso ayer, pero nunca me mandan el estado de cuenta."),
        ("legal_threat", "Estoy al lado de mi abogado, él les va a demandar."),
        ("payment_channel", "queda cerca pero está cerrado el banco"),
    ],
)
def test_what_stands_is_heard_all_the_same(label: str, said: str) -> None:
    assert label in objections(label, said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("wrong_amount", "Sé que debo tres mil pesos, pero ahorita no puedo pagar tres mil."),
        ("wrong_amount", "Debo 500 y no tengo ni 100."),
        ("call_later", "Estoy montado en una deuda con el banco, no me da."),
        ("call_later", "No puedo con esto ahora, tengo muchas deudas."),
        ("call_later", "Póngame a las cinco el viernes y ahí le pago los 3000."),
        ("call_later", "Sí, mañana hablamos."),
        ("not_my_debt", "No sé de qué tarjeta me habla, tengo varias."),
        ("job_loss", "Cerramos el negocio el domingo. El lunes le pago los 3000."),
        ("job_loss", "Me dieron las gracias por pagar la cuota pasada."),
        ("distrust", "prefiero ir a la oficina para verificar mi saldo"),
        ("distrust", "voy a la sucursal a ver si es cierto lo del descuento"),
        ("wrong_amount", "en mi cuenta me sale menos dinero"),
        ("harassment_complaint", "Deje de llamarme señor, dígame Luis."),
    ],
)
def test_words_of_another_matter_are_not_it(label: str, said: str) -> None:
    assert label not in objections(label, said)
