"""Who speaks: the agent's channel checked against the words, machines, guesses on one channel."""

from __future__ import annotations

import pytest

from tests.transcripts.test_turns import heard
from transcripts.speakers import (
    Span,
    agent_likeness,
    guessed_turns,
    looks_swapped,
    sounds_like_both,
    with_machines,
)
from transcripts.turns import build_turns
from transcripts.types import Segment, Turn


def call(*lines: str, roles: str = "AD") -> tuple[Turn, ...]:
    """Turns of «A: …» and «D: …» lines, one after the other; `roles` says who is on channels 0 and 1."""
    names = {"A": "agent", "D": "debtor"}
    segments = [heard("AD".index(line[0]), 5.0 * i, line[3:], pace_s=0.2) for i, line in enumerate(lines)]
    return build_turns(segments, {i: names[role] for i, role in enumerate(roles)})  # type: ignore[misc]


LINES = (
    "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don José?",
    "D: Sí, soy yo. ¿De parte de quién?",
    "A: Le llamo por su cuota, que tiene doce días de atraso.",
    "D: Es que me quedé sin trabajo y no tengo dinero.",
)


def test_sides_as_set_do_not_look_swapped() -> None:
    assert not looks_swapped(call(*LINES))


def test_sides_that_speak_like_each_other_look_swapped() -> None:
    assert looks_swapped(call(*LINES, roles="DA"))


def test_call_without_any_cue_does_not_look_swapped() -> None:
    assert not looks_swapped(call("A: El martes.", "D: El jueves.", roles="DA"))


def test_voice_mail_is_no_debtor() -> None:
    turns = with_machines(
        call(
            "D: El número que usted llama no puede contestar. Deje su mensaje después del tono.",
            "A: Buenas tardes, este mensaje es para don Julio.",
        )
    )

    assert [turn.speaker for turn in turns] == ["other", "agent"]


def test_debtor_who_picks_up_after_the_network_is_the_debtor() -> None:
    turns = with_machines(call("D: Su llamada va al buzón de voz.", "A: ¿Aló?", "D: Sí, dígame."))

    assert [turn.speaker for turn in turns] == ["other", "agent", "debtor"]


def test_person_who_mentions_a_message_later_stays_the_debtor() -> None:
    turns = with_machines(
        call("D: ¿Bueno?", "A: Le llamo de Crédito Norte.", "D: Me dejaron en el buzón de voz.")
    )

    assert [turn.speaker for turn in turns] == ["debtor", "agent", "debtor"]


@pytest.mark.parametrize("text", ["Le llamo por su cuota.", "¿Me confirma su fecha de nacimiento?"])
def test_agents_phrases_weigh_for_the_agent(text: str) -> None:
    assert agent_likeness(text) > 1


@pytest.mark.parametrize(
    "text", ["Me quedé sin trabajo.", "¿De parte de quién?", "No me llame más, señorita."]
)
def test_debtors_phrases_weigh_for_the_debtor(text: str) -> None:
    assert agent_likeness(text) < -1


def _mono(*lines: str) -> list[Segment]:
    return [heard(0, 4.0 * i, line, pace_s=0.2) for i, line in enumerate(lines)]


def test_one_channel_gets_roles_from_the_words_with_a_confidence() -> None:
    turns = guessed_turns(_mono(*(line[3:] for line in LINES)))

    assert [turn.speaker for turn in turns] == ["agent", "debtor", "agent", "debtor"]
    assert all(turn.speaker_confidence is not None and 0.75 <= turn.speaker_confidence < 1 for turn in turns)
    assert all(turn.channel is None for turn in turns)


def test_answer_without_a_pause_is_another_persons_turn() -> None:
    turns = guessed_turns(_mono("Le llamo por su cuota. ¿Hablo con don José? Sí, soy yo."))

    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("agent", "Le llamo por su cuota. ¿Hablo con don José?"), ("debtor", "Sí, soy yo."),
    ]  # fmt: skip


def test_weak_guess_stays_unknown() -> None:
    turns = guessed_turns(_mono("El martes.", "El jueves.", "A las cuatro."))

    assert {turn.speaker for turn in turns} == {"unknown"}
    assert all((turn.speaker_confidence or 0) < 0.75 for turn in turns)


def test_voices_of_a_diarizer_carry_the_role_to_every_sentence() -> None:
    lines = [line[3:] for line in LINES] + ["El viernes.", "De acuerdo."]
    spans = [Span(4.0 * i, 4.0 * i + 3.9, f"voice-{i % 2}") for i in range(len(lines))]

    turns = guessed_turns(_mono(*lines), spans)

    assert [turn.speaker for turn in turns] == ["agent", "debtor"] * 3


def test_channel_with_phrases_of_both_roles_holds_the_whole_call() -> None:
    assert sounds_like_both(_mono(*(line[3:] for line in LINES)))
    assert not sounds_like_both(_mono(LINES[0][3:], LINES[2][3:]))


def test_nothing_heard_is_no_turn() -> None:
    assert guessed_turns([]) == ()
