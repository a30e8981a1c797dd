"""Users, passwords, expiry days and mails that are said in words, and numbers with commas."""

from __future__ import annotations

import pytest

from nlp.redact import redacted
from tests.dialogue import dialogue


def last(lines: str, country: str = "MX") -> str:
    return redacted(dialogue(lines, country=country)).turns[-1].text


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (
            "D: mi usuario es lperez85 y la contraseña gatito123.",
            "mi usuario es [dato] y la contraseña [dato].",
        ),
        ("D: el usuario es lperez y la clave es gatito", "el usuario es [dato] y la clave es [dato]"),
        ("D: Mi contraseña es Gatito2020, con mayúscula.", "Mi contraseña es [dato], con mayúscula."),
        (
            "D: Mi usuario de la app es jperez.90 y la clave es Millos1946.",
            "Mi usuario de la app es [dato] y la clave es [dato].",
        ),
        ("D: la contraseña es boquita, todo en minúscula", "la contraseña es [dato], todo en minúscula"),
        ("D: my password is Tigers22", "my password is [dato]"),
        ("A: ¿La clave de la app?\nD: gatito123.", "[dato]."),
        ("A: ¿La clave de la app?\nD: Gatito.", "[dato]."),
        ("A: ¿Cuál es su usuario?\nD: pepe_argento", "[dato]"),
    ],
)
def test_users_and_passwords(lines: str, left: str) -> None:
    assert last(lines) == left


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("A: ¿Fecha de caducidad de la tarjeta?\nD: Agosto del veintiocho.", "[dato]."),
        ("A: ¿Cuándo vence su tarjeta?\nD: En agosto de dos mil veintiocho.", "En [dato]."),
        (
            "A: ¿Me dice la caducidad de la tarjeta?\nD: Sí, marzo del dos mil veintisiete, y listo.",
            "Sí, [dato], y listo.",
        ),
        ("A: ¿Y la fecha de expiración?\nD: Once, veintinueve.", "[dato]."),
        ("A: ¿Fecha de vencimiento de su tarjeta?\nD: Cero tres del veintinueve.", "[dato]."),
        ("A: ¿La caducidad?\nD: 08/28.", "[dato]."),
        ("D: La tarjeta vence en agosto del veintiocho.", "La tarjeta vence en [dato]."),
        ("D: Caduca mi tarjeta en marzo del 27.", "Caduca mi tarjeta en [dato]."),
    ],
)
def test_the_month_in_which_a_card_expires(lines: str, left: str) -> None:
    assert last(lines) == left


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("D: El mail: lucho, punto, ugalde, a, gmail, com.", "El mail: [correo]."),
        ("D: mi correo es jlopez85 a hotmail punto com", "mi correo es [correo]"),
        ("D: mi mail es pedro guion bajo ruiz a outlook punto es", "mi mail es [correo]"),
        ("D: apunte: ana77 a yahoo punto com punto mx", "apunte: [correo]"),
    ],
)
def test_a_mail_whose_at_sign_was_heard_as_a_word(lines: str, left: str) -> None:
    assert last(lines) == left


@pytest.mark.parametrize(
    ("country", "lines", "left"),
    [
        ("MX", "A: a qué número le marco\nD: al 5,512,345,678", "al [teléfono]"),
        ("MX", "A: ¿Su teléfono?\nD: 5,512,345,678", "[teléfono]"),
        ("CO", "D: mi celular es el 3,104,567,890", "mi celular es el [teléfono]"),
        ("PE", "A: ¿Cuál es su celular?\nD: 987,654,321", "[teléfono]"),
    ],
)
def test_a_telephone_written_like_a_sum(country: str, lines: str, left: str) -> None:
    assert last(lines, country) == left
