"""A person's corrections make a new transcript and settle what was guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.transcripts.test_speakers import LINES, call
from transcripts.corrections import correct_turn, settle_sides, swap_sides
from transcripts.trust import notice
from transcripts.types import Recording, Transcript, TranscriptError, Trust


@pytest.fixture
def transcript() -> Transcript:
    trust = Trust(
        channels=2, sure_speakers=False, notices=(notice("sides_maybe_swapped"), notice("demo_model"))
    )
    return Transcript(Recording("prueba"), call(*LINES), trust=trust)


def test_swap_exchanges_agent_and_debtor_and_takes_the_warning_away(transcript: Transcript) -> None:
    swapped = swap_sides(transcript)

    assert [turn.speaker for turn in swapped.turns] == ["debtor", "agent", "debtor", "agent"]
    assert [turn.text for turn in swapped.turns] == [turn.text for turn in transcript.turns]
    assert [each.code for each in swapped.trust.notices] == ["demo_model"]
    assert swapped.trust.sure_speakers
    assert swap_sides(swapped).turns == transcript.turns


def test_to_confirm_the_sides_takes_the_warning_away_too(transcript: Transcript) -> None:
    settled = settle_sides(transcript)

    assert settled.turns == transcript.turns
    assert settled.trust.sure_speakers
    assert [each.code for each in settled.trust.notices] == ["demo_model"]


def test_one_turn_corrected_tells_nothing_of_sides_that_may_be_swapped(transcript: Transcript) -> None:
    assert not correct_turn(transcript, 1, text="Sí, dígame.").trust.sure_speakers


def test_swap_leaves_third_parties_alone(transcript: Transcript) -> None:
    first = replace(transcript.turns[0], speaker="other")

    assert swap_sides(replace(transcript, turns=(first,))).turns == (first,)


def test_corrected_text_is_sure_and_has_no_word_times(transcript: Transcript) -> None:
    doubted = replace(transcript.turns[3], doubt="low_confidence")
    transcript = replace(transcript, turns=(*transcript.turns[:3], doubted))

    turn = correct_turn(transcript, 3, text="  Es que perdí el trabajo. ").turns[3]

    assert (turn.text, turn.words, turn.doubt) == ("Es que perdí el trabajo.", (), None)
    assert (turn.start_s, turn.speaker) == (doubted.start_s, "debtor")


def test_corrected_speaker_keeps_text_and_words(transcript: Transcript) -> None:
    turn = correct_turn(transcript, 1, speaker="other").turns[1]

    assert turn == replace(transcript.turns[1], speaker="other")


def test_speakers_are_sure_once_a_person_has_settled_all(transcript: Transcript) -> None:
    guessed = tuple(replace(turn, speaker_confidence=0.8) for turn in transcript.turns)
    transcript = replace(transcript, turns=guessed, trust=Trust(channels=1, sure_speakers=False))

    for index in range(3):
        transcript = correct_turn(transcript, index, speaker=transcript.turns[index].speaker)
    assert not transcript.trust.sure_speakers

    assert correct_turn(transcript, 3, speaker="debtor").trust.sure_speakers


@pytest.mark.parametrize("index", [-1, 4])
def test_turn_that_does_not_exist_says_how_many_there_are(transcript: Transcript, index: int) -> None:
    with pytest.raises(TranscriptError, match="la llamada tiene 4"):
        correct_turn(transcript, index, speaker="agent")


def test_empty_text_is_refused(transcript: Transcript) -> None:
    with pytest.raises(TranscriptError, match="quedaría vacío"):
        correct_turn(transcript, 0, text="  ")
