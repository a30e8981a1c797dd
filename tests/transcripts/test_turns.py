"""From words to turns: who had the floor, who only murmured, who talked over whom."""

from __future__ import annotations

from transcripts.spoken import utterances
from transcripts.turns import build_turns, is_murmur
from transcripts.types import Segment, Turn, Word


def heard(
    channel: int, start_s: float, text: str, *, confidence: float = 0.9, pace_s: float = 0.3
) -> Segment:
    """`text` said without a pause from `start_s` on, a word every `pace_s`."""
    words = tuple(
        Word(round(start_s + i * pace_s, 3), round(start_s + (i + 1) * pace_s, 3), word, confidence)
        for i, word in enumerate(text.split())
    )
    return Segment(words[0].start_s, words[-1].end_s, text, words, channel)


def turns(*segments: Segment) -> list[str]:
    built = build_turns(
        [each for segment in segments for each in utterances(segment)], {0: "agent", 1: "debtor"}
    )
    return [f"{turn.speaker[0].upper()}: {turn.text}" for turn in built]


def test_sides_that_alternate_make_a_turn_each() -> None:
    assert turns(
        heard(0, 0.0, "Buenos días."), heard(1, 1.0, "¿Quién habla?"), heard(0, 2.0, "Le habla Ana.")
    ) == ["A: Buenos días.", "D: ¿Quién habla?", "A: Le habla Ana."]


def test_pause_of_one_speaker_does_not_end_the_turn() -> None:
    assert turns(heard(0, 0.0, "Le llamo"), heard(0, 2.0, "por su cuota.")) == ["A: Le llamo por su cuota."]


def test_long_silence_ends_the_turn() -> None:
    assert turns(heard(0, 0.0, "Un momento."), heard(0, 20.0, "Gracias por esperar.")) == [
        "A: Un momento.", "A: Gracias por esperar.",
    ]  # fmt: skip


def test_murmur_inside_a_sentence_does_not_split_it() -> None:
    assert turns(
        heard(0, 0.0, "Si paga antes del viernes"),
        heard(1, 1.55, "Ajá."),
        heard(0, 2.0, "le quitamos el recargo."),
    ) == ["A: Si paga antes del viernes le quitamos el recargo.", "D: Ajá."]


def test_yes_after_a_question_is_an_answer_and_takes_the_floor() -> None:
    asked, answered = heard(0, 0.0, "¿Hablo con don José?"), heard(1, 1.4, "Sí.")

    assert turns(asked, answered, heard(0, 2.0, "Le llamo del banco.")) == [
        "A: ¿Hablo con don José?", "D: Sí.", "A: Le llamo del banco.",
    ]  # fmt: skip


def test_talk_over_keeps_both_turns_whole_and_overlapping() -> None:
    built = build_turns(
        [
            heard(0, 0.0, "Yo le explico lo que debe usted ahora mismo"),
            heard(1, 1.5, "No me interesa nada"),
        ],
        {0: "agent", 1: "debtor"},
    )

    agent, debtor = built
    assert (agent.text, debtor.text) == (
        "Yo le explico lo que debe usted ahora mismo",
        "No me interesa nada",
    )
    assert debtor.start_s is not None
    assert agent.end_s is not None
    assert debtor.start_s < agent.end_s


def test_words_in_a_pause_take_the_floor_even_when_they_began_as_talk_over() -> None:
    assert turns(
        heard(0, 0.0, "Usted tiene una deuda"),
        heard(1, 1.0, "Ya le dije que no"),
        heard(0, 2.6, "y hay que pagarla."),
    ) == ["A: Usted tiene una deuda", "D: Ya le dije que no", "A: y hay que pagarla."]


def test_agent_channel_decides_the_role() -> None:
    built = build_turns([heard(1, 0.0, "Le habla Ana.")], {1: "agent", 0: "debtor"})

    assert [(turn.speaker, turn.channel) for turn in built] == [("agent", 1)]


def test_turn_keeps_words_and_times() -> None:
    (turn,) = build_turns([heard(0, 3.0, "Buenos días.")], {0: "agent", 1: "debtor"})

    assert isinstance(turn, Turn)
    assert (turn.start_s, turn.end_s) == (3.0, 3.6)
    assert " ".join(word.text for word in turn.words) == turn.text


def test_badly_heard_turn_is_in_doubt() -> None:
    good, bad = build_turns(
        [heard(0, 0.0, "Buenos días."), heard(1, 2.0, "mñs prst", confidence=0.2)], {0: "agent", 1: "debtor"}
    )

    assert (good.doubt, bad.doubt) == (None, "low_confidence")


def test_murmurs() -> None:
    assert is_murmur("Ajá, sí.")
    assert not is_murmur("Sí, pago mañana.")
    assert not is_murmur("sí sí sí sí sí")
