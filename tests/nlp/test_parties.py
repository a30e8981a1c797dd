"""Who answered, where only the channel is known."""

from __future__ import annotations

import pytest

from nlp.parties import name_far_side, name_voices
from tests.dialogue import dialogue
from transcripts.formats.labels import with_doubts
from transcripts.formats.roles import with_roles
from transcripts.types import Transcript


def speakers(text: str) -> str:
    return "".join(turn.speaker[0] for turn in name_far_side(dialogue(text)).turns)


def test_a_relative_who_answers_is_somebody_else_from_the_first_word() -> None:
    assert (
        speakers("A: ¿El señor Hilario Candia?\nD: ¿Bueno?\nA: ¿Hilario?\nD: No está, yo soy su esposa.")
        == "aoao"
    )


def test_the_debtor_who_comes_to_the_phone_is_the_debtor_again() -> None:
    call = (
        "A: ¿La señora Luz?\nD: No, soy la mamá. Ya se la paso.\nA: Gracias."
        "\nD: ¿Aló? Sí, soy yo.\nA: Buenas.\nD: Dígame."
    )
    assert speakers(call) == "aoadad"


def test_a_debtor_stays_the_debtor() -> None:
    assert speakers("A: ¿Hablo con Ana?\nD: Sí, soy yo.\nA: Es por su cuota.\nD: No tengo dinero.") == "adad"


def test_whoever_takes_over_after_ya_viene_is_the_debtor() -> None:
    assert (
        speakers("A: ¿El señor Rojas?\nD: Yo soy la mamá. Espere, ya viene.\nA: Gracias.\nD: ¿Aló?") == "aoad"
    )


@pytest.mark.parametrize(
    "answer",
    [
        "La hija habla, ¿qué necesita?",
        "Habla el marido. Dígame.",
        "No, aquí no es.",
        "No, no es Jonathan.",
        "Teléfono de Jonathan, ¿quién habla?",
        "El Jonathan no está, salió.",
        "Yo soy la que lleva las cuentas, dígame a mí.",
        "Soy quien contesta. ¿Le tomo un recado?",
        "¡Jonathan! Te llama una señora.",
        "Tengo catorce años.",
        "No está, joven, salió.",
        "No se encuentra ahorita, llega a las seis.",
        "Pues no está, señor.",
    ],
)
def test_somebody_else_is_known_by_what_they_say(answer: str) -> None:
    call = dialogue(f"A: ¿Con el señor Jonathan Prieto?\nD: {answer}", debtor_name="Jonathan Prieto")
    assert [turn.speaker for turn in name_far_side(call).turns] == ["agent", "other"]


@pytest.mark.parametrize(
    "answer",
    [
        "¿Quién lo busca?",
        "Sí, bajito, que estoy en el hospital con mi hija.",
        "¿De parte de quién?",
        "Jonathan Prieto, sí, dígame.",
        "Sí, aquí estoy, pero mi esposa no está.",
    ],
)
def test_a_debtor_who_is_wary_or_busy_is_still_the_debtor(answer: str) -> None:
    call = dialogue(f"A: ¿Con el señor Jonathan Prieto?\nD: {answer}", debtor_name="Jonathan Prieto")
    assert name_far_side(call).turns[1].speaker == "debtor"


def test_a_denial_late_in_the_call_is_about_somebody_else() -> None:
    lines = (
        "A: ¿Jonathan?\nD: Dígame.\nA: Es por su cuota.\nD: Ya.\nA: ¿Cuándo?\nD: Mañana.\nA: ¿Y hoy?\nD: No."
    )
    call = dialogue(f"{lines}\nA: ¿Y su esposa?\nD: No está, salió a trabajar.")
    assert {turn.speaker for turn in name_far_side(call).turns} == {"agent", "debtor"}


def test_an_answering_menu_is_not_the_debtor_and_says_nothing_of_who_comes_after() -> None:
    call = "A: Buenas.\nD: Gracias por llamar a Uniformes Vega, para ventas marque uno.\nA: Uno.\nD: ¿Bueno?"
    assert speakers(call) == "aoad"


def test_whoever_answers_the_phone_anew_after_a_relative_is_the_debtor() -> None:
    assert (
        speakers("A: ¿El señor Rojas?\nD: Soy su hijo. ¡Papá!\nA: Gracias.\nD: ¿Aló?\nA: ¿Señor?\nD: Sí.")
        == "aoadad"
    )


def voiced(text: str, **facts: str) -> Transcript:
    """A call with its labels as they stand, read as a file of text is."""
    labels, turns = zip(*(line.split(": ", 1) for line in text.splitlines()), strict=True)
    call = dialogue("\n".join(f"A: {said}" for said in turns), **facts)
    return name_voices(with_roles(call, labels))


def test_a_voice_that_says_it_is_not_the_debtor_is_another_person() -> None:
    call = voiced(
        "Agente: ¿Se encuentra el señor Jorge Luna?\nSeñora: No está, mi hijo. ¿Tú quién eres?"
        "\nAgente: ¿A qué hora lo encuentro?\nSeñora: En la tarde, búscalo a las seis."
    )

    assert [turn.speaker for turn in call.turns] == ["agent", "other", "agent", "other"]
    assert call.trust.sure_speakers
    assert [n.text for n in call.trust.notices] == [
        "«Señora» se tomó por otra persona: dice que no es el titular. Si no es así, corrija quién habla."
    ]


def test_a_named_voice_is_no_surer_than_a_turn_that_may_hold_another_s_words() -> None:
    said = "Señora: Sí, soy yo. Agnete: Es por su cuota.\nAgente: ¿Cuándo la paga?\nSeñora: El viernes."
    labels, turns = zip(*(line.split(": ", 1) for line in said.splitlines()), strict=True)
    call = with_doubts(with_roles(dialogue("\n".join(f"A: {one}" for one in turns)), labels), ("Agnete",))

    assert [turn.speaker_confidence for turn in name_voices(call).turns] == [0.5, None, 0.95]


@pytest.mark.parametrize(
    ("answer", "why"),
    [("Sí, soy yo.", "así lo dice"), ("Sí, dígame.", "es la única otra voz")],
)
def test_the_one_voice_that_faces_the_agent_is_the_debtor_unless_it_says_otherwise(
    answer: str, why: str
) -> None:
    call = voiced(
        f"Agente: ¿Hablo con la señora Luz?\nSeñora: {answer}\nAgente: Es por su cuota.\nSeñora: Ya."
    )

    assert [turn.speaker for turn in call.turns] == ["agent", "debtor", "agent", "debtor"]
    assert call.trust.sure_speakers
    assert [n.text for n in call.trust.notices] == [
        f"«Señora» se tomó por el titular: {why}. Si no es así, corrija quién habla."
    ]


def test_of_two_voices_the_one_that_is_left_is_the_debtor() -> None:
    call = voiced(
        "Agente: ¿Está Luis?\nLupita: No, no está. Ya viene.\nJoven: ¿Bueno?\nAgente: ¿Luis?\nJoven: Sí."
    )

    assert [turn.speaker for turn in call.turns] == ["agent", "other", "debtor", "agent", "debtor"]
    assert call.trust.sure_speakers


def test_two_voices_that_say_nothing_of_themselves_stay_unknown() -> None:
    call = voiced("Agente: Buenas tardes.\nLupita: Buenas.\nJoven: ¿Qué pasó?\nAgente: Es por su cuota.")

    assert [turn.speaker for turn in call.turns] == ["agent", "unknown", "unknown", "agent"]
    assert (call.trust.sure_speakers, call.voices) == (False, ())


def test_a_voice_that_says_both_leaves_the_speakers_unsure() -> None:
    call = voiced("Agente: ¿Hablo con Luz?\nSeñora: No está, salió.\nAgente: ¿Luz?\nSeñora: Sí, soy yo.")

    assert [turn.speaker for turn in call.turns] == ["agent", "debtor", "agent", "debtor"]
    assert not call.trust.sure_speakers


@pytest.mark.parametrize(
    "answer", ["No vive aquí.", "Aquí no hay ningún Jorge.", "Ya no trabaja aquí.", "Aquí no vive."]
)
def test_who_says_that_nobody_of_the_name_is_here_is_not_the_debtor(answer: str) -> None:
    assert speakers(f"A: ¿El señor Jorge Luna?\nD: {answer}\nA: Disculpe.") == "aoa"
