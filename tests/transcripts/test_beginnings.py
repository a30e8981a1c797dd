"""What is written down from the middle of a sentence on."""

from __future__ import annotations

import pytest

from tests.dialogue import dialogue
from transcripts.beginnings import begins_mid_sentence
from transcripts.types import Transcript, Turn


def written(first: str, *, start: float | None = 0.0, then: str = "Gracias, doña Ana.") -> Transcript:
    said = (("agent", first, start), ("debtor", "Ana Paz.", 4.0), ("agent", then, 6.0))
    turns = tuple(Turn(who, text, at, None if at is None else at + 1.0) for who, text, at in said)  # type: ignore[arg-type]
    return Transcript(dialogue("A: x").recording, turns)


@pytest.mark.parametrize(
    "first",
    [
        "…de Tarjeta Cordillera, señora. ¿Me confirma su nombre?",
        "... por su crédito, ¿me da su nombre?",
        "de Tarjeta Cordillera, señora. ¿Me confirma su nombre?",
    ],
)
def test_a_sentence_that_goes_on_begins_before_the_recording(first: str) -> None:
    assert begins_mid_sentence(written(first))


@pytest.mark.parametrize("first", ["…de Tarjeta Cordillera, señora.", "...entonces eso sería, señora."])
def test_a_text_without_times_says_so_by_its_dots(first: str) -> None:
    assert begins_mid_sentence(written(first, start=None))


def test_what_begins_later_or_small_without_a_time_tells_nothing() -> None:
    assert not begins_mid_sentence(written("…de Tarjeta Cordillera, señora.", start=1.2))
    assert not begins_mid_sentence(written("de Tarjeta Cordillera, señora.", start=None))


def test_a_recogniser_writes_no_capitals_anywhere() -> None:
    assert not begins_mid_sentence(written("de tarjeta cordillera señora", then="gracias doña ana"))


@pytest.mark.parametrize("first", ["…buenas tardes, le habla Ana.", "De Tarjeta Cordillera, señora."])
def test_who_greets_or_begins_a_sentence_begins_the_call(first: str) -> None:
    assert not begins_mid_sentence(written(first))


def test_a_greeting_right_after_it_is_the_beginning() -> None:
    assert not begins_mid_sentence(written("…a ver.", then="Buenas tardes, le habla Ana Ruiz."))
