import random

import pytest

from transcripts.demo_speech.numerals import digits, spell
from transcripts.demo_speech.text import common_words, expand, grammar_sentence, lists, soup, templates


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "cero"),
        (16, "dieciséis"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (1250, "mil doscientos cincuenta"),
        (21_000, "veintiún mil"),
        (286_000, "doscientos ochenta y seis mil"),
        (1_000_000, "un millón"),
        (2_300_000, "dos millones trescientos mil"),
    ],
)
def test_numbers_are_spelt_as_people_say_them(number: int, words: str) -> None:
    assert spell(number) == words


def test_one_is_shortened_before_a_noun() -> None:
    assert spell(21, before_noun=True) == "veintiún"
    assert spell(301, before_noun=True) == "trescientos un"


def test_digits_are_read_one_by_one() -> None:
    assert digits([4, 0, 7]) == "cuatro cero siete"


def test_choices_and_slots_are_filled() -> None:
    sentence = expand("[Hola|Hola], le llama {apellido}, [|]¿me oye", random.Random(1))
    assert sentence.startswith("Hola, le llama ")
    assert sentence.endswith(", ¿me oye?")


@pytest.mark.parametrize("template", templates())
def test_every_line_of_the_grammar_becomes_a_sentence(template: str) -> None:
    for seed in range(5):
        sentence = expand(template, random.Random(seed))
        assert not set("[]{}|@") & set(sentence)
        assert sentence[-1] in ".?!"
        assert sentence.count("¿") == sentence.count("?")


def test_the_same_seed_says_the_same() -> None:
    assert grammar_sentence(random.Random(9)) == grammar_sentence(random.Random(9))


def test_verb_stems_get_the_endings_of_their_own_conjugation() -> None:
    assert {"pagaremos", "vendieron", "vivimos"} <= set(common_words())
    assert "vendaron" not in common_words()


def test_soup_mixes_given_words_with_names_and_numbers() -> None:
    r = random.Random(2)
    pots = " ".join(soup(("zanahoria",), r) for _ in range(200)).lower()
    assert "zanahoria" in pots
    assert any(name.lower() in pots for name in lists()["apellido"])
    assert "cientos" in pots
