"""Who talked how much and how fast, who cut in on whom, where nobody spoke, how the agent puts things."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.talk import talk_stats
from tests.dialogue import dialogue, found
from transcripts.types import Stretch, Trust, Word

CALL = """
    A[0-4]: Buenas tardes, le habla Ana Ruiz, de Crédito Norte.
    D[4.2-5]: Sí, dígame.
    A[5-13]: Le llamo por su cuota de mil pesos que venció el martes.
    D[11-16]: Es que no tengo dinero, señorita, de verdad.
"""


def test_shares_are_of_the_seconds_both_speak() -> None:
    talk = talk_stats(dialogue(CALL))
    assert (talk.agent_s, talk.debtor_s, talk.overlap_s) == (12.0, 5.8, 2.0)
    assert talk.agent_share == pytest.approx(12 / 17.8)


def test_the_longest_turn_has_words_and_seconds() -> None:
    talk = talk_stats(dialogue("A[0-9]: Mire… pues… no.\nA[9-12]: Le llamo por su cuota del mes."))
    assert (talk.longest_agent_turn, talk.longest_agent_turn_words) == (1, 7)
    assert (talk.longest_agent_turn_by_time, talk.longest_agent_turn_s) == (0, 9.0)


def test_pace_is_words_a_minute_and_needs_a_few_words() -> None:
    talk = talk_stats(dialogue("A[0-10]: " + "uno " * 30 + "\nD[10-11]: Sí."))
    assert (talk.agent_wpm, talk.debtor_wpm) == (180.0, None)


def test_who_cut_in_on_whom() -> None:
    call = dialogue("""
        A[0-6]: Le llamo por el saldo de su tarjeta que venció.
        D[4-8]: Ya le dije que no puedo pagar eso.
        A[6.5-9]: Pero tiene que pagarlo, señora.
    """)
    talk = talk_stats(call)
    assert talk.cuts_by_debtor == ((1, 0),)
    assert talk.interruptions == (2,)


@pytest.mark.parametrize(
    "listening",
    [
        "A[2-2.8]: Ajá.",
        "A[2-2.9]: Sí, claro.",
        "A[2-3.2]: Ya, ya, la entiendo.",
        "A[5.7-9]: Permítame revisar su cuenta.",
    ],
)
def test_signs_of_listening_and_short_overlaps_cut_nobody(listening: str) -> None:
    talk = talk_stats(dialogue(f"D[0-6]: Es que me quedé sin trabajo y ahora no tengo.\n{listening}"))
    assert talk.interruptions == ()


def test_a_drawn_out_claro_is_no_longer_a_sign_of_listening() -> None:
    talk = talk_stats(dialogue("D[0-6]: Es que me quedé sin trabajo.\nA[2-4.5]: Claro."))
    assert talk.interruptions == (1,)


def test_to_speak_in_a_pause_of_the_other_is_not_to_cut_in() -> None:
    call = dialogue("D[0-9]: No puedo. Es que perdí el trabajo.\nA[2-4]: Entiendo su situación.")
    said = ((0, 1, "No"), (1, 1.5, "puedo."), (5, 7, "Es"), (7, 9, "que"))
    words = tuple(Word(start, end, text, 0.9) for start, end, text in said)
    call = replace(call, turns=(replace(call.turns[0], words=words), call.turns[1]))
    assert talk_stats(call).interruptions == ()


def test_a_doubtful_turn_is_no_evidence_of_cutting_in() -> None:
    call = dialogue("D[0-6]: Me quedé sin trabajo.\nA[2-5]{low_confidence}: Eso no me importa, señor.")
    assert talk_stats(call).interruptions == ()


PAUSED = """
    A[0-4]: ¿Cuándo podría pagar la cuota?
    D[9-12]: No sé, deje le pregunto a mi esposa.
    A[12-14]: Permítame un momento.
    D[14.2-14.6]: Sí.
    A[30-32]: Gracias por esperar.
"""


def test_a_silence_after_a_hold_is_told_apart() -> None:
    call = dialogue(PAUSED)
    talk = talk_stats(call, found(call, "hold@2").findings)
    assert talk.silences == ((4.0, 9.0),)
    assert talk.holds == ((14.6, 30.0),)


def test_without_a_hold_every_long_pause_is_a_silence() -> None:
    assert talk_stats(dialogue(PAUSED)).silences == ((4.0, 9.0), (14.6, 30.0))


def test_music_is_a_hold_and_speech_without_text_is_no_silence() -> None:
    stretches = (Stretch("music", 15, 29), Stretch("unheard", 4, 8.5))
    talk = talk_stats(dialogue(PAUSED, trust=Trust(stretches=stretches)))
    assert (talk.silences, talk.holds) == ((), ((14.6, 30.0),))


def test_ringing_before_the_first_word_is_no_silence() -> None:
    assert talk_stats(dialogue("A[20-22]: ¿Bueno?\nD[22-23]: Sí.")).silences == ()


def test_seconds_until_the_debt_is_told() -> None:
    call = dialogue(CALL)
    talk = talk_stats(call, found(call, "states_debt@2: Le llamo por su cuota").findings)
    assert talk.debt_told_s == 5.0


def test_a_debt_never_told_has_no_second() -> None:
    assert talk_stats(dialogue(CALL)).debt_told_s is None


def test_questions_are_counted_but_not_their_tags() -> None:
    call = dialogue("""
        A: ¿Hablo con Luz Ospina?
        D: ¿Quién es?
        A: ¿Bueno? Le llamo por su cuota, ¿verdad? ¿Cuándo puede pagar? ¿Y cuánto?
    """)
    assert talk_stats(call).agent_questions == 3


def test_a_tag_makes_a_question_of_a_turn_that_is_known_to_ask() -> None:
    call = dialogue("A: De Crédito Norte. Es usted Luz Ospina, ¿no?\nD: Sí.\nA: Su cuota venció, ¿verdad?")
    talk = talk_stats(call, found(call, "verifies_identity@0: Es usted Luz Ospina").findings)
    assert talk.agent_questions == 1


def test_text_without_marks_asks_where_it_is_known_to_ask() -> None:
    call = dialogue("A: cuando podria pagar la cuota\nD: no se\nA: le llamo mañana")
    talk = talk_stats(call, found(call, "asks_commitment@0").findings)
    assert talk.agent_questions == 1


def test_hedges_and_fillers_a_hundred_words() -> None:
    call = dialogue(
        "A: Pues, este, a ver si tal vez puede dar algo, aunque sea poquito, o sea, lo que pueda."
    )
    talk = talk_stats(call)
    assert (talk.agent_hedges, talk.agent_fillers) == (4, 3)
    assert talk.hedges_per_100 == pytest.approx(100 * 4 / 18, abs=0.01)


@pytest.mark.parametrize(
    ("asked", "doubts"),
    [
        ("¿Con cuánto podría contar usted el viernes?", 0),
        ("¿Qué cantidad le gustaría abonar esta quincena?", 0),
        ("¿Y qué día podríamos dejar el pago, señora?", 0),
        ("¿De cuánto podría ser el abono?", 0),
        ("¿Cree que podría pagar el viernes?", 1),
        ("¿Sería posible que abonara algo el viernes?", 1),
        ("¿Podría decirme cuándo va a pagar?", 1),
    ],
)
def test_a_question_for_what_the_debtor_can_do_is_no_doubt_of_the_agent(asked: str, doubts: int) -> None:
    call = dialogue(f"A: {asked}")
    talk = talk_stats(call, found(call, f"asks_commitment@0: {asked.strip('¿?')}").findings)
    assert talk.agent_hedges == doubts


@pytest.mark.parametrize(
    ("said", "doubts"),
    [("Me parece bien que lo hable en casa.", 0), ("Me parece que el viernes se puede.", 1)],
)
def test_to_approve_is_no_doubt(said: str, doubts: int) -> None:
    assert talk_stats(dialogue(f"A: {said}")).agent_hedges == doubts


def test_a_conditional_hedges_only_where_payment_is_asked_for() -> None:
    call = dialogue("A: ¿Podría confirmarme su nombre?\nD: Luz.\nA: ¿Podría pagar algo hoy?")
    talk = talk_stats(call, found(call, "asks_commitment@2: pagar algo hoy").findings)
    assert talk.agent_hedges == 1


def test_este_before_a_noun_is_no_filler() -> None:
    assert talk_stats(dialogue("A: El pago vence este martes, no se atrase.")).agent_fillers == 0


def test_without_times_only_words_are_counted() -> None:
    talk = talk_stats(dialogue("A: ¿Puede pagar hoy?\nD: No."))
    assert (talk.agent_words, talk.debtor_words, talk.agent_questions) == (3, 1, 1)
    assert (talk.agent_share, talk.overlap_s, talk.silences, talk.agent_wpm) == (None, None, None, None)


def test_guessed_speakers_give_no_seconds_and_no_manner() -> None:
    talk = talk_stats(dialogue(CALL, trust=Trust(sure_speakers=False)))
    assert (talk.agent_s, talk.overlap_s, talk.agent_questions, talk.hedges_per_100) == (None,) * 4


def test_an_empty_transcript_breaks_nothing() -> None:
    talk = talk_stats(replace(dialogue("A: Hola."), turns=()))
    assert (talk.agent_words, talk.agent_share, talk.silences) == (0, None, None)


def test_a_turn_without_times_hides_nobody_who_cut_in() -> None:
    talk = talk_stats(
        dialogue(CALL.replace("D[11-16]", "A[11-16]").replace("A[5-13]", "D[5-13]") + "D: ¿Bueno?")
    )
    assert talk.interruptions == (3,)
    assert (talk.overlap_s, talk.cuts_by_debtor) == (None, None)
