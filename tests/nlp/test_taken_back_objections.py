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
    ],
)
def test_what_stands_is_heard_all_the_same(label: str, said: str) -> None:
    assert label in objections(label, said)
