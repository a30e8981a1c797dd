"""The legs of a transferred call as one transcript: times moved on, and nothing of them lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rubrics.conditions import transferred_in
from tests.dialogue import dialogue, found
from transcripts.formats import call_json
from transcripts.parts import joined, missing
from transcripts.types import Cover, Notice, Part, Recording, Stretch, Transcript, Trust, Turn, Word


def leg(name: str, *turns: Turn, **trust: Any) -> Transcript:
    recording = Recording(name, duration_s=10.0, agent=name.title(), legs=2)
    return Transcript(recording, turns, trust=Trust(**trust))


ONE = leg("ana", Turn("agent", "Hola.", 0.5, 1.0, (Word(0.5, 1.0, "Hola.", 0.9),)), channels=2, speech_s=4.0)
TWO = leg(
    "luis", Turn("debtor", "¿Sí?", 2.0, 3.0), Turn("agent", "Soy Luis."), channels=1, speech_s=5.0,
    stretches=(Stretch("music", 1.0, 2.0),), ends_cut=True, sure_speakers=False,
)  # fmt: skip


def test_times_of_turns_words_and_stretches_move_on() -> None:
    whole = joined(Recording("9001"), (ONE, TWO), (1, 2))
    assert [turn.start_s for turn in whole.turns] == [0.5, 12.0, None]
    assert joined(Recording("9001"), (TWO, ONE), (1, 2)).turns[2].words == (Word(10.5, 11.0, "Hola.", 0.9),)
    assert whole.trust.stretches == (Stretch("music", 11.0, 12.0),)
    assert whole.recording.duration_s == 20.0
    assert whole.agents == "Ana, Luis"
    assert whole.parts == (Part("ana", 1, 0, 0.0, "Ana"), Part("luis", 2, 1, 10.0, "Luis"))
    assert [part.agent if (part := whole.part_of(i)) else "" for i in range(3)] == ["Ana", "Luis", "Luis"]


def test_it_is_believed_as_far_as_its_least_sure_leg() -> None:
    trust = joined(Recording("9001"), (ONE, TWO), (1, 2)).trust
    assert (trust.channels, trust.speech_s, trust.ends_cut, trust.sure_speakers) == (1, 9.0, True, False)
    assert trust.notices == ()


def test_a_missing_leg_is_told() -> None:
    (notice,) = joined(Recording("9001"), (TWO,), (2,)).trust.notices
    assert notice == Notice(
        "leg_missing", "Falta el tramo 1 de esta llamada transferida: se evaluó lo que llegó."
    )


@pytest.mark.parametrize(
    ("numbers", "told", "gone"),
    [((1, 2), None, ()), ((2,), 2, (1,)), ((1,), 3, (2, 3)), ((1, 3), None, (2,))],
)
def test_which_legs_are_missing(numbers: tuple[int, ...], told: int | None, gone: tuple[int, ...]) -> None:
    assert missing(numbers, told) == gone


def test_what_a_correction_left_covered_stays_so() -> None:
    whole = joined(Recording("9001"), (ONE, replace(TWO, covers=(Cover(0, 1, 3, "id"),))), (1, 2))
    assert whole.covers == (Cover(len(ONE.turns), 1, 3, "id"),)


def test_as_json_and_back_it_is_the_same() -> None:
    whole = joined(Recording("9001"), (ONE, replace(TWO, covers=(Cover(0, 1, 3, "id"),))), (1, 2))
    assert call_json.call_of(call_json.as_dict(whole), "9001.json") == whole


@pytest.mark.parametrize(("number", "moved"), [(1, False), (2, True)])
def test_a_greeting_is_asked_for_only_where_the_first_leg_is_there(number: int, moved: bool) -> None:
    """«Me pasaron con usted» is said in the second leg; whether the call came transferred, the legs say."""
    call = dialogue("A: Hola.\nD: Me pasaron con usted.")
    findings = found(call, "transferred_in@1")
    assert transferred_in(call, findings) is not None
    whole = joined(call.recording, (call,), (number,))
    assert (transferred_in(whole, findings) is not None) is moved
