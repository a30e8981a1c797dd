"""Words as the rules see them, and their places in the text as it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text import QUESTION, STOP, sound, words_of


def sounds(text: str) -> tuple[str, ...]:
    return words_of(text).sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("embargo", "envargo"),
        ("haber", "aver"),
        ("hacer", "aser"),
        ("voy", "boy"),
        ("llamada", "yamada"),
        ("pagué", "pague"),
        ("señor", "senor"),
        ("gente", "jente"),
    ],
)
def test_spellings_that_sound_alike_are_one_word(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("caro", "carro"), ("pago", "pego"), ("casa", "cosa")])
def test_words_that_sound_apart_stay_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_sentence_marks_part_sentences_and_ellipses_do_not() -> None:
    assert sounds("No sé... mañana. ¿Cuánto es?") == ("no", "se", "manana", STOP, "kuanto", "es", QUESTION)


def test_the_dot_of_an_abbreviation_ends_no_sentence() -> None:
    assert STOP not in sounds("El Sr. Pérez y la Sra. Ruiz")


def test_a_word_said_twice_counts_once() -> None:
    assert sounds("No, no, no tengo") == ("no", "tengo")


def test_hesitations_are_left_out() -> None:
    assert sounds("eh, pues mmm no") == ("pues", "no")


def test_spoken_short_forms_are_spelled_out() -> None:
    assert sounds("toy sin plata pa pagar") == sounds("estoy sin plata para pagar")


def test_joined_words_part_where_both_are_known() -> None:
    known = {"no", "tengo"}.__contains__
    assert words_of("notengo", known).sounds == ("no", "tengo")


def test_a_known_word_is_never_parted() -> None:
    known = {"nosotros", "sotros"}.__contains__
    assert words_of("nosotros", known).sounds == ("nosotros",)


def test_money_signs_and_marks_inside_numbers() -> None:
    assert sounds("$1,500 o S/ 350") == ("pesos", "1500", "o", "soles", "350")


def test_what_stands_in_quotes_is_known_as_quoted() -> None:
    assert [w.quoted for w in words_of("dijo «te pago» ayer").words] == [False, True, True, False]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    words = words_of(text)
    last = 0
    for word in words.words:
        assert text[word.start : word.end] == word.raw
        assert last <= word.start
        last = word.start
