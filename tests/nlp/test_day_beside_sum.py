"""A day and a sum side by side, which sound like one number, and sums after a weekday that are none."""

from __future__ import annotations

import datetime

import pytest

from nlp.day_beside_sum import parted
from nlp.figures import agent_figures
from nlp.promises import weighed
from nlp.readback import repeats
from nlp.types import Promise
from tests.dialogue import dialogue
from transcripts.types import Transcript

ON = datetime.date(2026, 3, 11)  # a Wednesday
CALL = """
    A: Su saldo vencido es de {} pesos. ¿Qué día entonces y cuánto?
    D: {}
    A: {}
    D: Sí, es correcto.
"""


def told(
    said: str, noted: str, due: int = 2340, country: str = "MX", on: datetime.date | None = ON
) -> Transcript:
    return dialogue(
        CALL.format(due, said, noted),
        call_started_at=on,
        country=country,
        amount_due=due,
        company="Crédito Norte",
    )


def promised(call: Transcript) -> Promise:
    found = weighed(call).promise
    assert found is not None
    for quote in (found.quote, found.read_back, found.confirmed):
        assert quote is None or quote == call.quote(quote.turn, quote.start, quote.end)
    return found


@pytest.mark.parametrize(
    ("said", "noted", "due", "country", "amount", "day"),
    [
        (
            "Este lunes le doy la mitad.",
            "Entonces el lunes dieciséis mil ciento setenta pesos, y el resto el treinta. ¿Es correcto?",
            2340, "MX", 1170, "2026-03-16",
        ),
        (
            "El veintisiete le doy mil ciento setenta.",
            "perfecto el viernes veintisiete mil ciento setenta pesos es correcto",
            2340, "MX", 1170, "2026-03-27",
        ),
        (
            "El veinte le doy mil.",
            "Entonces el viernes veinte mil pesos en Oxxo.",
            2340, "MX", 1000, "2026-03-20",
        ),
        (
            "Dos mil el viernes que viene.",
            "Listo, el viernes veinte dos mil pesos.",
            2340, "MX", 2000, "2026-03-20",
        ),
        ("Mil soles este viernes.", "Ya, este viernes trece mil soles.", 3000, "PE", 1000, "2026-03-13"),
        (
            "Mil pesos el treinta.",
            "Quedamos el treinta mil pesos, ¿está bien?",
            2340, "MX", 1000, "2026-03-30",
        ),
        (
            "El sábado le abono mil doscientos.",
            "Anoto el sábado catorce mil doscientos, ¿sí?",
            2340, "MX", 1200, "2026-03-14",
        ),
        (
            "El martes le consigno cien mil.",
            "Listo, el martes treinta y uno cien mil pesos.",
            300000, "CO", 100000, "2026-03-31",
        ),
        (
            "El quince, mil pesos.",
            "Bueno, para el quince mil pesos, ¿verdad?",
            2340, "MX", 1000, "2026-03-15",
        ),
        (
            "Mil quetzales el día veinticinco.",
            "El día veinticinco mil quetzales, entonces.",
            4000, "GT", 1000, "2026-03-25",
        ),
        (
            "El veinte le transfiero un millón.",
            "El viernes veinte un millón de pesos, ¿cierto?",
            3000000, "CO", 1000000, "2026-03-20",
        ),
        (
            "Cinco mil el viernes veinte.",
            "El viernes veinte cinco mil colones.",
            30000, "CR", 5000, "2026-03-20",
        ),
    ],
)  # fmt: skip
def test_day_and_sum_are_two_numbers(
    said: str, noted: str, due: int, country: str, amount: int, day: str
) -> None:
    call = told(said, noted, due, country)
    found = promised(call)

    assert found.amount == amount
    assert found.date == datetime.date.fromisoformat(day)
    assert found.counts
    assert repeats(call, 2, found) == (True, True)


@pytest.mark.parametrize(
    ("said", "noted", "due", "country", "amount", "day"),
    [
        (
            "El viernes le pago todo.",
            "El viernes veinte mil pesos, ¿de acuerdo?",
            20000, "MX", 20000, "2026-03-13",
        ),
        ("El viernes, veinte mil.", "Anoto el viernes veinte mil pesos.", 90000, "CO", 20000, "2026-03-13"),
        ("Trece mil el jueves.", "Entonces el jueves trece mil pesos.", 50000, "CL", 13000, "2026-03-12"),
        (
            "Le doy dieciséis mil el lunes.",
            "El lunes dieciséis mil pesos, muy bien.",
            16000, "AR", 16000, "2026-03-16",
        ),
        (
            "Veintidós mil este sábado.",
            "Este sábado veintidós mil colones, ¿sí?",
            60000, "CR", 22000, "2026-03-14",
        ),
        (
            "El domingo le paso treinta mil.",
            "El domingo treinta mil pesos, listo.",
            120000, "CO", 30000, "2026-03-15",
        ),
        ("Mañana le deposito doce mil.", "Mañana doce mil pesos, anotado.", 40000, "MX", 12000, "2026-03-12"),
    ],
)  # fmt: skip
def test_a_sum_after_a_weekday_is_one_number(
    said: str, noted: str, due: int, country: str, amount: int, day: str
) -> None:
    call = told(said, noted, due, country)
    found = promised(call)

    assert found.amount == amount
    assert found.date == datetime.date.fromisoformat(day)
    assert found.counts
    assert parted(call) == (call, ())


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("Este viernes le doy algo.", "Entonces el viernes veinte mil pesos. ¿Es correcto?"),
        ("El lunes paso a pagarle.", "Anoto el lunes dieciséis mil quinientos pesos, ¿sí?"),
        ("El sábado catorce mil doscientos le deposito.", "Muy bien, así queda."),
    ],
)
def test_what_nothing_decides_waits(said: str, noted: str) -> None:
    call = told(said, noted, 90000)
    found = weighed(call).promise

    assert parted(call)[1]
    assert found is None or not found.counts


@pytest.mark.parametrize(
    "said",
    [
        "El convenio se firmó en el dos mil veintiséis.",
        "Su número de folio es el dieciséis mil ciento setenta.",
        "Son veinte mil pesos, el viernes.",
        "el viernes trece, mil quinientos pesos",
        "La dirección es calle Nogal, el kilómetro doce, mil cien",
        "Cuarenta y cuatro mil seiscientos.",
        "el lunes a las dos, mil pesos",
        "los veinte mil pesos del viernes",
    ],
)
def test_other_numbers_stay_as_they_are(said: str) -> None:
    call = told(said, "Muy bien.")

    assert parted(call) == (call, ())


@pytest.mark.parametrize(
    "noted", ["Entonces el lunes 16,170 pesos, ¿sí?", "entonces el lunes 16170 pesos correcto"]
)
def test_figures_written_as_one_wait(noted: str) -> None:
    assert not promised(told("Este lunes le doy la mitad.", noted)).counts


@pytest.mark.parametrize("noted", ["El lunes 16 mil 170 pesos, ¿sí?", "el lunes 16 1170 pesos correcto"])
def test_figures_written_apart_are_two(noted: str) -> None:
    found = promised(told("Este lunes le doy la mitad.", noted))

    assert found.amount == 1170
    assert found.date == datetime.date(2026, 3, 16)
    assert found.counts


def test_the_agent_told_the_sum_without_the_day() -> None:
    call = told("El veinte le doy mil.", "Entonces el viernes veinte mil pesos en Oxxo.")
    figures = [figure for figure in agent_figures(call) if figure.quote.turn == 2]

    assert [figure.value for figure in figures] == [1000]
    assert [figure.quote.text for figure in figures] == ["mil pesos"]


def test_a_call_of_an_unknown_day_goes_by_the_sums() -> None:
    call = told("El veinte le doy mil.", "Entonces el viernes veinte mil pesos en Oxxo.", on=None)

    assert promised(call).amount == 1000
