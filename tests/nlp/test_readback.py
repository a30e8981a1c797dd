"""The agent's repetition is found wherever the debtor's last words on the agreement lie."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlp.promises import weighed
from nlp.readback import read_back_of
from tests.dialogue import dialogue

MONDAY, SUM = date(2026, 11, 30), Decimal(400_000)


def found(lines: str, turn: int) -> tuple[int | None, int | None]:
    call = dialogue(lines, country="CO", call_started_at=date(2026, 11, 26), amount_due=700_000)
    said, confirmed = read_back_of(call, turn, SUM, MONDAY, Decimal(700_000))
    return said.turn if said else None, confirmed.turn if confirmed else None


def test_a_repetition_before_the_last_word_on_it_counts() -> None:
    lines = """
        D: El lunes le consigo cuatrocientos mil.
        A: Cuatrocientos mil el lunes.
        D: Bueno, pues toca.
        A: ¿Y por dónde paga?
        D: Por PSE, el lunes.
        A: Listo, gracias.
        """
    assert found(lines, 0) == (1, 2)
    assert found(lines, 4) == (1, 2)


def test_words_of_the_agent_before_the_debtor_gave_sum_and_day_repeat_nothing() -> None:
    lines = """
        D: ¿Y si doy los cuatrocientos mil?
        A: El lunes, cuatrocientos mil.
        D: ¿Cuál lunes? Me depositan el treinta.
        A: El treinta, entonces. Diga.
        D: El lunes treinta, cuatrocientos mil.
        A: Listo.
        """
    assert found(lines, 4) == (None, None)


def test_of_several_repetitions_the_one_met_with_a_yes_counts() -> None:
    lines = """
        D: El lunes le consigo cuatrocientos mil.
        A: Cuatrocientos mil el lunes. ¿Y el resto?
        D: El resto a mitad de mes.
        A: Cuatrocientos mil el lunes y el resto a mitad de mes, ¿cierto?
        D: Qué más.
        """
    assert found(lines, 0)[1] == 4


def test_one_of_two_ways_that_are_offered_is_taken_and_not_yet_repeated() -> None:
    lines = """
        D: Todo no puedo.
        A: Entonces tengo dos maneras: cuatrocientos mil el lunes, o si no tres pagos iguales.
        D: Los cuatrocientos mil el lunes los puedo poner.
        A: Le queda anotado.
        D: Ah, y eso lo pago donde siempre.
        """
    assert found(lines, 2) == (None, None)


@pytest.mark.parametrize(
    "asked", ["Che, ¿y el código cuándo llega? Acá no entró nada.", "Mire, ¿y me mandan un recibo?"]
)
def test_who_goes_on_to_ask_something_confirms_nothing(asked: str) -> None:
    lines = f"""
        D: El lunes le consigo cuatrocientos mil.
        A: Entonces, cuatrocientos mil el lunes.
        D: {asked}
        """
    assert found(lines, 0)[1] is None


def test_who_asks_by_which_way_to_pay_takes_the_rest_as_settled() -> None:
    lines = """
        D: El lunes le consigo cuatrocientos mil.
        A: Entonces, cuatrocientos mil el lunes. ¿Con tarjeta?
        D: Con Zelle, ¿se puede?
        """
    assert found(lines, 0)[1] == 2


def test_who_promised_in_the_debtors_place_confirms_it_too() -> None:
    lines = """
        D: Se la paso, ella le va a pagar.
        O: Yo le consigno los cuatrocientos mil el lunes.
        A: Entonces cuatrocientos mil el lunes treinta, ¿correcto?
        O: Sí, correcto.
        """
    assert found(lines, 1) == (2, 3)


def test_somebody_else_confirms_nothing_that_the_debtor_promised() -> None:
    lines = """
        D: El lunes le consigno los cuatrocientos mil.
        A: Entonces cuatrocientos mil el lunes treinta, ¿correcto?
        O: Sí, correcto, mami.
        """
    assert found(lines, 0) == (1, None)


def read_back(lines: str) -> int | None:
    call = dialogue(lines, country="MX", call_started_at=date(2026, 11, 18), amount_due=900)
    promise = weighed(call).promise
    assert promise is not None
    return promise.read_back.turn if promise.read_back else None


@pytest.mark.parametrize(
    ("told", "noted"),
    [
        (
            "En tres, la primera el treinta.",
            "Trescientos el treinta de noviembre, trescientos el quince y trescientos el 30 de diciembre.",
        ),
        (
            "una por quincena la primera el 30",
            "o sea 300 el 30 de noviembre 300 el 15 y 300 el 30 de diciembre en la farmacia",
        ),
        ("Doscientos semanal, empezando el sábado.", "Doscientos cada sábado a partir de este veintiuno."),
        ("Doscientos semanal, desde el sábado.", "200 cada sábado desde el 21 por el banco."),
        ("Doscientos semanal, desde el sábado.", "Doscientos todos los sábados, el primero este sábado 21."),
        ("Enero mejor. Diez enero, los dos.", "Apuntado: novecientos el diez de enero. ¿Conforme?"),
        ("El viernes doscientos podría.", "Doscientos el viernes veinte, por transferencia."),
    ],
)
def test_what_the_debtor_chose_is_repeated_by_the_words_that_spell_it_out(told: str, noted: str) -> None:
    lines = f"""
        A: Son novecientos. Puede pagarlos el treinta, o en partes. ¿Cómo prefiere?
        D: {told}
        A: {noted}
        D: Sí, está bien.
        """
    assert read_back(lines) == 2


def test_parts_that_the_agent_offers_afresh_repeat_nothing() -> None:
    lines = """
        A: Son novecientos. ¿Puede pagarlos el treinta?
        D: No me alcanza.
        A: ¿Y trescientos el treinta, trescientos el quince y trescientos el treinta de diciembre?
        D: Sí, está bien.
        """
    assert read_back(lines) is None


@pytest.mark.parametrize(
    ("told", "noted", "answer", "found"),
    [
        ("El viernes no puedo. Un día después.", "Sábado veintiocho, novecientos.", "El sábado, sí.", 2),
        ("Al día siguiente.", "Sábado veintiocho, novecientos.", "Sábado.", 2),
        ("Mejor el lunes de la otra semana.", "Lunes treinta, novecientos pesos.", "Lunes, sí.", 2),
        ("Ese viernes no, el otro.", "Viernes cuatro de diciembre, novecientos.", "Ese viernes, sí.", 2),
        ("El viernes no puedo.", "¿Y novecientos el jueves veintiséis?", "El jueves, sí.", None),
    ],
)
def test_who_works_out_the_day_that_was_told_by_another_repeats_it(
    told: str, noted: str, answer: str, found: int | None
) -> None:
    lines = f"""
        A: Son novecientos. Puede pagarlos el viernes veintisiete, o en dos partes.
        D: {told}
        A: {noted}
        D: {answer}
        """
    assert read_back(lines) == found
