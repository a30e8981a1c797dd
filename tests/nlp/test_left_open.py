"""What leaves a promise open: another sum or day, a condition on the house, a «vale» to something else."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.promises import weighed
from nlp.types import Promise
from transcripts.types import CaseFacts, Recording, Speaker, Transcript, Turn

ON = datetime.date(2026, 11, 24)  # a Tuesday
SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor"}


def heard(call: str, country: str, due: int) -> Promise | None:
    lines = [line.strip().split(": ", 1) for line in call.strip().splitlines()]
    recording = Recording("c", call_started_at=ON, country=country, facts=CaseFacts(amount_due=Decimal(due)))
    return weighed(Transcript(recording, tuple(Turn(SPEAKERS[who], said) for who, said in lines))).promise


def promised(call: str, country: str, due: int) -> Promise:
    found = heard(call, country, due)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("told", "noted", "reply", "country", "due", "turns"),
    [
        (
            "Ya, bueno, le pago noventa y dos mil el doce de diciembre.",
            "Perfecto. Entonces queda en setenta y dos mil pesos el doce de diciembre.",
            "Ya.",
            "CL",
            276000,
            (1, 2),
        ),
        (
            "Sí, le deposito seiscientos soles el lunes.",
            "Anoto setecientos soles el lunes. ¿Correcto?",
            "Correcto, gracias.",
            "PE",
            1800,
            (1, 2),
        ),
        (
            "Le transfiero mil doscientos el jueves 26.",
            "Muy bien, quedamos en mil doscientos el miércoles 25. ¿De acuerdo?",
            "Sí, gracias.",
            "MX",
            3600,
            (1, 2),
        ),
        (
            "Le consigno trescientos mil el cinco de diciembre.",
            "Listo, registro trescientos mil para el seis de diciembre.",
            "Ajá, así es.",
            "CO",
            900000,
            (1, 2),
        ),
    ],
)
def test_another_sum_or_day_noted_is_left_open(
    told: str, noted: str, reply: str, country: str, due: int, turns: tuple[int, int]
) -> None:
    found = promised(f"A: ¿Cuánto puede pagar y qué día?\nD: {told}\nA: {noted}\nD: {reply}", country, due)

    assert found.doubtful
    assert found.otherwise is not None
    assert (found.otherwise.told.turn, found.otherwise.noted.turn) == turns


@pytest.mark.parametrize(
    ("told", "noted", "reply", "country", "due"),
    [
        # said again as it was said, in other words
        ("Le pago noventa y dos mil el viernes.", "Queda en $92.000 el viernes 27.", "Ya.", "CL", 276000),
        ("Le deposito seiscientos el viernes 27.", "Anoto seiscientos el viernes.", "Sí.", "PE", 1800),
        # taken up by name
        (
            "Le pago mil el jueves 26.",
            "Entonces quedamos en mil el viernes 27.",
            "Sí, el viernes 27 le pago los mil.",
            "MX",
            3600,
        ),
        # a counter-offer, taken
        (
            "Le pago mil el jueves.",
            "Necesito por lo menos mil quinientos el jueves. ¿Se puede?",
            "Bueno, está bien, hago el esfuerzo.",
            "MX",
            3600,
        ),
        (
            "Le abono doscientos el lunes.",
            "¿Y si lo dejamos para mañana, los doscientos?",
            "Sí, mañana está bien.",
            "EC",
            900,
        ),
        # less, because the agent offers less
        (
            "Le pago mil el jueves.",
            "Con el descuento le queda en ochocientos el jueves. ¿Le parece?",
            "Sí, perfecto.",
            "AR",
            3600,
        ),
        # the slip put right
        (
            "Le pago mil doscientos el jueves.",
            "Quedamos en mil cien el jueves.\nD: No, mil doscientos.\nA: Perdón: mil doscientos el jueves.",
            "Sí.",
            "MX",
            3600,
        ),
    ],
)
def test_what_was_settled_stays_sure(told: str, noted: str, reply: str, country: str, due: int) -> None:
    found = promised(f"A: ¿Cuánto puede pagar y qué día?\nD: {told}\nA: {noted}\nD: {reply}", country, due)

    assert found.otherwise is None
    assert not found.doubtful


PROPOSED = """A: ¿Cuándo puede pagar los 140?
D: Pues a ver si el viernes, que cobro.
A: Entonces 140 el viernes 27, por transferencia.
D: {}
A: {}
D: {}
A: Gracias, buen día."""


@pytest.mark.parametrize("vague", ["Bueno, ya veré.", "Ya veremos.", "Ahí vemos, no le aseguro."])
@pytest.mark.parametrize("country", ["ES", "MX", "CO"])
def test_a_yes_to_something_else_agrees_to_nothing(vague: str, country: str) -> None:
    found = heard(PROPOSED.format(vague, "Le llegará un correo con la cuenta.", "Vale, venga."), country, 140)

    assert found is None or found.doubtful


def test_a_bare_yes_to_the_same_again_is_doubtful() -> None:
    call = PROPOSED.format("Bueno, ya veré.", "Quedamos entonces en 140 el viernes 27.", "{}")

    bare = heard(call.replace("{}", "Vale."), "ES", 140)
    assert bare is None or bare.doubtful
    assert not promised(call.replace("{}", "Sí, el viernes 27 le pago los 140."), "ES", 140).doubtful


CONDITION = """A: ¿Cuánto puede pagar y qué día?
D: {}
A: {}
D: {}
A: Queda anotado. Gracias."""


@pytest.mark.parametrize(
    ("told", "noted", "reply", "country"),
    [
        (
            "Puedo trescientos el cuatro de diciembre, si me arreglan lo del Oxxo.",
            "Muy bien, trescientos el cuatro de diciembre. ¿Correcto?",
            "Correcto.",
            "MX",
        ),
        (
            "Le pago trescientos el cuatro de diciembre.",
            "Muy bien, trescientos el cuatro de diciembre. ¿Correcto?",
            "Si me reconocen lo que ya pagué, sí.",
            "US",
        ),
        (
            "Le pago trescientos el viernes, siempre y cuando me borren del Infocorp.",
            "Trescientos el viernes, entonces.",
            "Sí.",
            "PE",
        ),
    ],
)
def test_a_condition_that_lies_with_the_house_is_left_open(
    told: str, noted: str, reply: str, country: str
) -> None:
    found = promised(CONDITION.format(told, noted, reply), country, 900)

    assert found.doubtful
    assert found.condition is not None


@pytest.mark.parametrize(
    "told",
    [
        "Le pago trescientos el viernes, si me manda la cuenta.",
        "Le pago trescientos el viernes, cuando me pagan.",
        "Sí me arreglaron lo otro. Le pago trescientos el viernes.",
    ],
)
def test_what_is_no_such_condition(told: str) -> None:
    found = promised(
        CONDITION.format(told, "Entonces trescientos el viernes 27. ¿Correcto?", "Sí."), "MX", 900
    )

    assert found.condition is None


def test_a_condition_that_is_granted_leaves_nothing_open() -> None:
    call = CONDITION.format(
        "Le pago trescientos el viernes, si me corrigen lo del recibo.",
        "Se lo corregimos hoy mismo. Trescientos el viernes, entonces. ¿Correcto?",
        "Correcto, sí.",
    )
    assert promised(call, "MX", 900).condition is None


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("Ya mandé cien por Zelle. Puedo trescientos el viernes.", "Tarjeta"),
        ("Puedo trescientos el viernes, si me arreglan lo del Zelle.", "Tarjeta"),
        ("No me llamen a la oficina. Le pago trescientos el viernes.", "Tarjeta"),
        ("Ya mandé cien la otra vez. Le pago trescientos el viernes por Zelle.", "Zelle"),
    ],
)
def test_the_way_to_pay_is_that_of_the_agreement(told: str, channel: str) -> None:
    found = promised(
        CONDITION.format(told, "Trescientos el viernes 27, con su tarjeta. ¿Correcto?", "Sí."), "US", 900
    )

    assert found.channel == channel


@pytest.mark.parametrize(
    ("told", "noted", "reply"),
    [
        ("El viernes le doy mil.", "Muy bien, mil pesos el viernes once de diciembre, ¿verdad?", "Verdad."),
        ("Mil pesos este jueves le deposito.", "Queda en mil pesos el jueves tres, ¿sí?", "Ajá."),
        ("Este lunes le pago mil.", "Anoto mil pesos el lunes siete de diciembre.", "Ajá, gracias."),
    ],
)
def test_a_weekday_that_was_noted_by_the_number_of_another(told: str, noted: str, reply: str) -> None:
    found = promised(f"A: ¿Cuánto y qué día?\nD: {told}\nA: {noted}\nD: {reply}", "MX", 3600)

    assert not found.counts
    assert found.otherwise is not None
    assert found.otherwise.day


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        ("El viernes le doy mil.", "Muy bien, mil pesos el viernes veintisiete, ¿verdad?"),
        ("Le pago mil el lunes.", "Anoto mil pesos el lunes treinta de noviembre."),
        ("El viernes de la otra semana le doy mil.", "Mil pesos el viernes cuatro de diciembre, ¿sí?"),
        ("Mil pesos el cuatro.", "Mil pesos el viernes cuatro de diciembre, ¿sí?"),
        ("Le pago mil el lunes.", "Anoto mil pesos el lunes siete de diciembre, ¿correcto?"),
    ],
)
def test_a_weekday_that_was_noted_by_its_own_number(told: str, noted: str) -> None:
    found = promised(f"A: ¿Cuánto y qué día?\nD: {told}\nA: {noted}\nD: Sí, correcto.", "MX", 3600)

    assert found.counts
