"""Days of birth as identity is asked for by them: month and year, the year alone, over several turns."""

from __future__ import annotations

import pytest

from tests.nlp.test_redact_digits import told

BORN = [
    ("Ah, ya. Junio del 75.", "Junio del 75"),
    ("Noviembre del dos mil uno", "Noviembre del dos mil uno"),
    ("Ochenta y cuatro.", "Ochenta y cuatro"),
    ("¿Y para qué? Bueno, junio del 75.", "junio del 75"),
    ("Doce de marzo.", "Doce de marzo"),
    ("en el dos mil", "dos mil"),
]


@pytest.mark.parametrize(("answer", "covered"), BORN)
@pytest.mark.parametrize(
    "asked",
    [
        "A: ¿me da el mes y año de su nacimiento?",
        "A: ¿Me dice nada más mes y año, por favor?",
        "A: ¿Cuándo cumple años?",
        "A: ¿Su fecha de nac?",
        """A: ¿me da el mes y año de su nacimiento?
           D: ¿Y para qué quiere eso?
           A: Es solo para validar que hablo con usted antes de darle información, por seguridad.""",
        """A: ¿me da el mes y año de su nacimiento?
           D: ¿De mi nacimiento?
           A: Sí.""",
    ],
)
def test_a_day_of_birth_told_in_parts_is_covered(asked: str, answer: str, covered: str) -> None:
    assert told(f"{asked}\nD: {answer}") == [f"digits: {covered}"]


def test_what_was_left_out_is_asked_for_next() -> None:
    asked = "A: ¿me da el mes y año de su nacimiento?"
    assert told(f"{asked}\nD: Junio.\nA: ¿Y el año?\nD: Setenta y cinco.\nA: Junio del setenta y cinco.") == [
        "digits: Junio",
        "digits: Setenta y cinco",
        "digits: Junio del setenta y cinco",
    ]
    assert told(f"{asked}\nD: Ya, mire. Junio. Y el año, setenta y cinco.") == [
        "digits: Junio",
        "digits: setenta y cinco",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "A: ¿En qué mes y año hizo su último pago?\nD: Junio del 25.",
        "A: ¿mes y año de nacimiento?\nD: Dos mil pesos le pago.",
        """A: ¿mes y año de nacimiento?
           D: No doy.
           A: Bueno, entonces le comento que usted tiene una deuda de dos mil pesos con nosotros. ¿Cuándo?
           D: El 12 de marzo.""",
    ],
)
def test_days_of_payment_stay(lines: str) -> None:
    assert told(lines) == []


def test_days_of_payment_stay_after_the_day_of_birth() -> None:
    lines = (
        "A: ¿mes y año de nacimiento?\nD: Junio del 75.\nA: ¿Qué día paga?\nD: El 15 de junio, dos mil pesos."
    )
    assert told(lines) == ["digits: Junio del 75"]


@pytest.mark.parametrize(
    "answer",
    ["Llámeme el quince de diciembre.", "Mejor el quince de diciembre le deposito quinientos pesos."],
)
def test_a_day_to_call_or_to_pay_is_no_birthday_though_one_was_asked_for(answer: str) -> None:
    asked = """A: ¿Me confirma su fecha de nacimiento?
        D: No le doy datos.
        A: Es por su seguridad, antes de darle información necesito validar con quién hablo."""
    assert told(f"{asked}\nD: {answer}") == []
