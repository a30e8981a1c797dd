"""Tú and vos told from usted, and hints from proof."""

from __future__ import annotations

import pytest

from nlp.address import HINT, familiar_forms
from nlp.text import words_of
from nlp.thresholds import OPERATING


def forms(text: str) -> list[tuple[str, bool]]:
    """(words, whether they are sure) of every familiar form."""
    words = words_of(text)
    return [(text[slice(*words.span(f.first, f.end))], f.score >= OPERATING) for f in familiar_forms(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Cuándo puedes pagar?", "puedes"),
        ("Te llamo de Crédito Norte", "Te llamo"),
        ("Es por tu deuda", "tu deuda"),
        ("Vos sabés", "Vos"),
        ("¿Ya pagaste?", "pagaste"),
        ("Mándame el comprobante", "Mándame"),
        ("mandame el comprobante", "mandame"),
        ("No te preocupes", "te preocupes"),
        ("¿Has pagado algo?", "Has pagado"),
        ("Podrías pagar hoy", "Podrías"),
        ("¿Tenís plata?", "Tenís"),
        ("Quiero ayudarte", "ayudarte"),
        ("Depende de ti", "ti"),
        ("Contame qué pasó", "Contame"),
    ],
)
def test_a_familiar_form_is_quoted(text: str, expected: str) -> None:
    assert (expected, True) in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuándo puede usted pagar?",
        "Además, después del mes hay más interés.",
        "Existe y consiste en una parte aparte.",
        "Son dieciséis o veintitrés meses, disculpas.",
        "Estas fechas son difíciles.",
        "Usted me dijo «te pago mañana».",
        "Le hablo de Tu Crédito.",
        "Le habla Andrés Cortés.",
        "Llámeme cuando pueda y mándeme las facturas.",
        "Los impuestos, las compras y las cuentas.",
    ],
)
def test_usted_is_never_taken_for_familiar(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize("text", ["Mira, le explico.", "Oye, disculpe.", "Paga hoy.", "¿Cómo estás, señora?"])
def test_what_may_be_harmless_is_only_a_hint(text: str) -> None:
    words = words_of(text)
    assert [form.score for form in familiar_forms(words)] == [HINT]
