"""Somebody else answers: what counts as word left, as a goodbye, and what they say to a question."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from drills.drill import Play, begin_play, say
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook

SCENARIOS = load_scenarios()
OTHERS = [name for name, case in SCENARIOS.items() if case.with_third_party]
TOOLS = Tools(load_lines(), load_playbook(), load_rubric(Path("rubrics/cobranza.yaml")))


def talk(name: str, *replies: str) -> tuple[Play, Grade, dict[str, int]]:
    drill = FORMATS["whole_call"].build(
        SCENARIOS[name], 1, datetime.date(2026, 3, 2), TOOLS.book, TOOLS.playbook
    )
    play = begin_play(drill, TOOLS.book)
    for reply in replies:
        play = say(play, reply, TOOLS.book)
    grade = grade_play(play, TOOLS)
    return play, grade, {one.id: one.got for one in grade.marks}


def last(play: Play) -> str:
    return play.turns[-1].text


def test_there_is_more_than_one_such_scenario() -> None:
    assert len(OTHERS) > 1


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize(
    "reply",
    [
        "Gracias, señora. ¿A qué hora puedo encontrar a {name}?",
        "Muchas gracias, señora. ¿Me puede decir a qué hora llega?",
        "Muy amable. ¿Y cuándo vuelve a la casa?",
    ],
)
def test_a_question_is_answered_and_leaves_no_word(name: str, reply: str) -> None:
    first = SCENARIOS[name].debtor_name.split()[0]
    play, grade, got = talk(name, reply.format(name=first))
    pool = TOOLS.book.pool("tells_when")
    assert last(play) in {line.text for lines in pool.values() for line in lines}
    assert not play.over
    assert (got["leaves_word"], got["closes"], got["present"]) == (0, 0, 0)
    assert got["asks_for"] == 2
    assert not grade.passed
    assert "nombre" not in told(play.whys[-1])
    assert "recado" not in told(play.whys[-1])


def test_thanks_alone_are_no_goodbye_and_a_goodbye_without_word_wins_nothing() -> None:
    play, _, got = talk(OTHERS[0], "Gracias, señora.")
    assert not play.over
    assert got["closes"] == 1
    play, grade, _ = talk(OTHERS[0], "Muchas gracias, hasta luego.")
    assert play.over
    assert grade.won is False


@pytest.mark.parametrize(
    "word",
    [
        "¿Le puede decir que me llame al 5555 1234, por favor?",
        "¿Me puede anotar mi número? Es el 5555 1234.",
        "Vuelvo a llamar a las ocho.",
        "Por favor, que se comunique conmigo.",
    ],
)
def test_word_is_left_by_a_call_to_return_a_number_or_an_hour(word: str) -> None:
    play, grade, got = talk(
        "contesta_la_hermana", "Buenas tardes, le saluda Ana Ruiz. ¿A qué hora lo encuentro?", word
    )
    assert not play.over  # there is room for a goodbye
    assert (got["leaves_word"], grade.won) == (2, True)
    play = say(play, "Muchas gracias, que tenga buena tarde.", TOOLS.book)
    assert (play.over, grade_play(play, TOOLS).points) == (True, 10)


def test_that_somebody_called_is_half_a_message() -> None:
    play, grade, got = talk("contesta_la_hermana", "Dígale que lo llamé, por favor.")
    assert (got["leaves_word"], grade.won) == (1, False)
    assert last(play) in {one.text for one in TOOLS.book.pool("asks_whom_to_call")["calm"]}
    assert (
        talk("contesta_la_hermana", "Dígale que lo llamé, por favor.", "Al 5555 1234.")[2]["leaves_word"] == 2
    )


def test_word_that_names_the_debt_is_none() -> None:
    _, _, got = talk(
        "contesta_la_hermana", "Dígale que me llame al 5555 1234 por su deuda de 1275 quetzales."
    )
    assert (got["leaves_word"], got["keeps"]) == (0, 0)


def test_to_ask_who_answers_asks_for_nobody_else() -> None:
    play, _, got = talk("contesta_la_hermana", "Muchas gracias, señora. ¿Con quién tengo el gusto?")
    assert (got["asks_for"], got["present"]) == (0, 0)
    assert last(play) in {one.text for one in TOOLS.book.pool("tells_who")["calm"]}


@pytest.mark.parametrize(
    ("reply", "over"),
    [
        ("Le puedo esperar hasta mañana con el pago. Dígame con cuánto cuenta.", False),
        ("Tiene hasta mañana para decidirlo.", False),
        ("Muchas gracias, señor. ¿Con cuánto cuenta hoy?", False),
        ("Muchas gracias por su tiempo, hasta mañana.", True),
        ("Hasta luego, don Rubén.", True),
    ],
)
def test_a_term_or_a_question_in_the_first_turn_ends_no_call(reply: str, over: bool) -> None:
    assert talk("quincena_corta", reply)[0].over is over


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("buenas tardes, soy gala ruiz. ¿a qué hora la encuentro? hasta luego", 2),
        ("Buenas tardes, soy gala ruiz. ¿A qué hora la encuentro? Hasta luego.", 2),
        ("hola buenas soy gala ruiz, a q hora la encuentro? gracias hasta luego", 2),
        ("hola habla maria lopez, a que hora la encuentro? hasta luego", 2),
        ("buenas tardes, dígale que la llamó ximena, hasta luego", 2),
        ("buenas tardes, dígale que la llamó alguien, hasta luego", 1),
        ("buenas tardes, soy nuevo aquí, ¿a qué hora la encuentro?", 1),
        ("buenas soy la asesora, a que hora llega?", 1),
        ("hola soy su vecina y quisiera hablar con ella", 1),
    ],
)
def test_a_name_in_small_letters_says_who_calls(said: str, present: int) -> None:
    _, _, got = talk("contesta_la_hermana", said)
    assert got["present"] == present
