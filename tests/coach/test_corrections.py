"""What a person heard takes the place of what the machine heard; times stay where they can."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coach.corrections import TurnEdit, corrected, words_anew
from tests.dialogue import dialogue
from transcripts.formats.roles import ROLES_GUESSED
from transcripts.types import Notice, Transcript, Trust, Turn, Word

HEARD = "Debe doscientos cuarenta soles"


def timed(text: str = HEARD) -> Turn:
    """One second a word, from 10 s on."""
    words = tuple(Word(10.0 + n, 11.0 + n, word, 0.5) for n, word in enumerate(text.split()))
    return Turn("agent", text, 10.0, 10.0 + len(words), words)


def call(turn: Turn) -> Transcript:
    return Transcript(dialogue("A: x").recording, (turn, Turn("debtor", "Ya pagué.", 14.0, 15.0)))


def test_words_that_stay_keep_their_times_and_new_ones_share_the_rest() -> None:
    words = words_anew(timed(), "Debe trescientos dos soles.")
    assert [(w.text, w.start_s, w.end_s) for w in (words[0], words[-1])] == [
        ("Debe", 10.0, 11.0),
        ("soles.", 13.0, 14.0),
    ]
    assert [w.text for w in words[1:3]] == ["trescientos", "dos"]
    assert (words[1].start_s, words[2].end_s) == (11.0, 13.0)
    assert (words[0].confidence, words[1].confidence) == (0.5, 1.0)


def test_a_correction_keeps_the_turn_s_place_and_the_other_turns() -> None:
    before = call(timed())
    after = corrected(before, (TurnEdit(0, HEARD, "Debe trescientos soles"),))
    assert after.turns[1] == before.turns[1]
    assert (after.turns[0].text, after.turns[0].start_s, len(after.turns[0].words)) == (
        "Debe trescientos soles", 10.0, 3,
    )  # fmt: skip


def test_a_named_speaker_wins_over_a_swap() -> None:
    after = corrected(call(timed()), (TurnEdit(0, HEARD, None, "other"),), swapped=True)
    assert [turn.speaker for turn in after.turns] == ["other", "agent"]


def test_nothing_changed_is_the_same_transcript() -> None:
    before = call(timed())
    assert corrected(before, ()) == before


@given(st.lists(st.sampled_from(["debe", "mil", "pesos", "ya", "pagué", "quinientos"]), min_size=1))
def test_words_spell_the_text_and_follow_one_another(said: list[str]) -> None:
    turn = timed()
    words = words_anew(turn, " ".join(said))
    assert [word.text for word in words] == said
    times = [at for word in words for at in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert turn.words[0].start_s <= times[0] <= times[-1] <= turn.words[-1].end_s


def test_who_speaks_is_sure_once_a_person_says_it_is_right() -> None:
    guessed = call(timed())
    turns = tuple(replace(turn, speaker_confidence=0.7) for turn in guessed.turns)
    notice = Notice(ROLES_GUESSED, "Los papeles se dedujeron.")
    guessed = replace(guessed, turns=turns, trust=Trust(sure_speakers=False, notices=(notice,)))
    right = corrected(guessed, (), settled=True)
    assert right.trust.sure_speakers
    assert right.trust.notices == ()
    assert [turn.speaker for turn in right.turns] == [turn.speaker for turn in guessed.turns]
    other = corrected(guessed, (), swapped=True, settled=True)
    assert other.trust.sure_speakers
    assert [turn.speaker for turn in other.turns] == [turn.speaker for turn in reversed(guessed.turns)]


def test_a_turn_of_nobody_known_leaves_the_speakers_unsure() -> None:
    guessed = call(timed())
    turns = (replace(guessed.turns[0], speaker="unknown"), guessed.turns[1])
    guessed = replace(guessed, turns=turns, trust=Trust(sure_speakers=False))
    assert not corrected(guessed, (), settled=True).trust.sure_speakers
