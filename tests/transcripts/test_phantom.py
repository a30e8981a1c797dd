"""Text that nobody said: taken out and kept apart; text that somebody did say: left alone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.transcripts.test_turns import heard
from transcripts.channels import FRAME_S, Side
from transcripts.phantom import phantom_phrases, without_loops, without_phantoms
from transcripts.spoken import with_words
from transcripts.types import Segment, Stretch


def side(*, speech: float, level_db: float = -20.0, seconds: float = 20.0) -> Side:
    """A channel with the same sound from its second second on; silence before."""
    count = int(seconds / FRAME_S)
    chance, level = np.full(count, speech, np.float32), np.full(count, level_db, np.float32)
    chance[: int(2 / FRAME_S)], level[: int(2 / FRAME_S)] = 0.0, -70.0
    return Side(0, level, chance)


def removed(segment: Segment, on: Side, hotwords: str | None = None) -> list[str]:
    _, phantoms = without_phantoms([segment], [on], hotwords)
    return [phantom.text for phantom in phantoms]


def test_words_where_nobody_speaks_are_taken_out_and_kept_apart() -> None:
    kept, phantoms = without_phantoms([heard(0, 5.0, "Gracias por su pago.")], [side(speech=0.05)])

    assert kept == []
    assert phantoms == [Stretch("phantom", 5.0, 6.2, 0, "Gracias por su pago.")]


def test_words_that_are_clearly_spoken_stay() -> None:
    assert removed(heard(0, 5.0, "Gracias por su pago."), side(speech=0.95)) == []


@pytest.mark.parametrize(
    "text", ["Subtítulos realizados por la comunidad de Amara.org", "¡Suscríbete al canal!"]
)
def test_subtitlers_phrases_over_weak_sound_are_taken_out(text: str) -> None:
    assert removed(heard(0, 5.0, text), side(speech=0.6)) == [text]


def test_thanks_that_are_badly_heard_on_weak_sound_are_taken_out() -> None:
    assert removed(heard(0, 5.0, "Gracias.", confidence=0.6), side(speech=0.4)) == ["Gracias."]
    assert removed(heard(0, 5.0, "Gracias.", confidence=0.6), side(speech=0.7)) == []


def test_short_answer_that_is_loud_and_sure_stays_though_the_detector_hesitates() -> None:
    assert removed(heard(0, 5.0, "Bueno.", confidence=0.93), side(speech=0.4)) == []


def test_known_phrase_that_is_clearly_spoken_stays() -> None:
    assert removed(heard(0, 5.0, "Suscríbete."), side(speech=0.98)) == []


def test_more_letters_than_a_mouth_can_say_are_taken_out() -> None:
    text = "Subimos la oferta hasta fin de mes"
    click = side(speech=0.0)
    click.speech[int(5 / FRAME_S) : int(5.3 / FRAME_S)] = 0.9

    assert removed(heard(0, 5.0, text, pace_s=0.05), click) == [text]


def test_squeezed_word_in_flowing_speech_stays() -> None:
    assert removed(heard(0, 5.0, "por transferencia,", pace_s=0.1), side(speech=0.9)) == []


def test_name_from_the_hotwords_over_weak_sound_is_taken_out() -> None:
    segment = heard(0, 5.0, "Wilmer Chávez", confidence=0.7)

    assert removed(segment, side(speech=0.4), "Wilmer Chávez, Caja Los Sauces, 320") == ["Wilmer Chávez"]
    assert removed(segment, side(speech=0.9), "Wilmer Chávez, Caja Los Sauces, 320") == []
    assert removed(segment, side(speech=0.4)) == []


def test_text_that_the_engine_itself_doubts_is_taken_out() -> None:
    text = "El que no lo ve."
    doubted = with_words(heard(0, 5.0, text, confidence=0.2), heard(0, 5.0, text, confidence=0.2).words)

    assert removed(doubted, side(speech=0.4)) == [text]


def test_loop_of_a_phrase_is_reduced_to_its_first_round() -> None:
    once, loops = without_loops(
        heard(0, 0.0, "Mire, no puedo pagar no puedo pagar no puedo pagar no puedo pagar hoy.")
    )

    assert once
    assert once.text == "Mire, no puedo pagar hoy."
    assert [(loop.kind, loop.text) for loop in loops] == [
        ("repetition", "no puedo pagar no puedo pagar no puedo pagar")
    ]


def test_what_a_person_repeats_stays() -> None:
    for text in ("No, no, no, no, no, no, no puedo.", "cuatro cuatro uno uno", "ya voy, ya voy, ya voy"):
        assert without_loops(heard(0, 0.0, text))[1] == []


def test_word_repeated_faster_than_speech_is_a_loop() -> None:
    once, loops = without_loops(heard(0, 0.0, "sí sí sí sí sí sí sí sí", pace_s=0.02))

    assert once
    assert once.text == "sí"
    assert len(loops) == 1


def test_text_that_runs_in_circles_with_small_changes_is_taken_out_whole() -> None:
    text = " ".join(f"no, no puedo pagar la cuota {word} hoy," for word in "de del a al un ya".split() * 2)

    once, loops = without_loops(heard(0, 0.0, text))

    assert once is None
    assert [(loop.kind, loop.text) for loop in loops] == [("repetition", text)]


def test_list_of_phrases_is_long_and_each_has_its_kind() -> None:
    phrases = phantom_phrases()

    assert len(phrases) >= 30
    assert phrases["gracias"]
    assert not phrases["subtitulos realizados por la comunidad de amara org"]
