"""What is said kindly is no rudeness, what is laid aside is not asked for, and who has no money says so."""

from __future__ import annotations

import pytest

from nlp import merged
from nlp.analyze import analyze
from nlp.cues import cues_of
from nlp.merged import SOURCE
from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.types import Finding
from tests.dialogue import dialogue

KIND = "Entiendo que le pese, le doy la razón. Ya le dije que es así."


def left(worded: set[tuple[int, str]], *marked: tuple[str, int, int]) -> list[str]:
    """The labels that are left of those `marked` beside empathy in the first sentence."""
    call = dialogue(f"D: Ya no puedo más.\nA: {KIND}")
    found = [Finding("empathy", call.quote(1, 0, 37), 0.8, SOURCE)]
    found += [Finding(label, call.quote(1, start, end), 0.7, SOURCE) for label, start, end in marked]
    return [f.label for f in merged._without_kind_words(call, found, worded)]


def test_a_tone_that_no_words_bear_out_falls_beside_understanding_in_one_sentence() -> None:
    assert left(set(), ("rude", 0, 37), ("impatient", 9, 37)) == ["empathy"]


def test_a_tone_stays_in_another_sentence_or_where_words_bear_it_out() -> None:
    assert left(set(), ("impatient", 39, 61)) == ["empathy", "impatient"]
    assert left({(1, "rude")}, ("rude", 0, 37)) == ["empathy", "rude"]


@pytest.mark.parametrize(
    "said",
    [
        "Mire, no tengo plata.",
        "Es que no tenemos dinero ahorita.",
        "No me queda guita, señora.",
        "no tengo nada de lana joven",
    ],
)
def test_who_has_no_money_says_it_plainly(said: str) -> None:
    assert says_plainly(hear(said, "debtor"), "no_money") >= 0.7


@pytest.mark.parametrize(
    "said",
    [
        "No tengo dinero en efectivo, pero le transfiero.",
        "No tengo problema con el dinero.",
        "Mi hermana dice que no tiene plata.",
    ],
)
def test_what_only_sounds_like_it_does_not(said: str) -> None:
    assert "has_no_money" not in hear(said, "debtor").found


@pytest.mark.parametrize(
    "said",
    ["Del préstamo hoy no le hablo.", "No tratemos hoy lo de la cuota.", "El saldo ni lo mencionemos ahora."],
)
def test_what_is_laid_aside_is_not_asked_for(said: str) -> None:
    assert "lays_aside" in hear(said, "agent").found
    call = dialogue(f"D: Se murió mi tío ayer.\nA: Cuánto lo siento. {said}", country="CO")
    assert "asks_commitment" not in {f.label for f in analyze(call).findings if f.score >= 0.5}


def test_the_new_cues_are_said_by_one_side_only() -> None:
    assert "has_no_money" not in cues_of("agent").read(cues_of("agent").words("no tengo dinero"))[0]
