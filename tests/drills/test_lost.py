"""A goal that was not reached is told why in one sentence; to somebody else no offer is made."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from drills.drill import FormatId, Play, replayed
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY


def graded(name: str, format_: FormatId, replies: Sequence[str]) -> tuple[Play, Grade]:
    book, playbook = load_lines(), load_playbook()
    drill = FORMATS[format_].build(load_scenarios()[name], 1, MONDAY, book, playbook)
    play = replayed(drill, replies, book)
    return play, grade_play(play, Tools(book, playbook, load_rubric()))


@pytest.mark.parametrize(
    ("name", "format_", "replies", "why"),
    [
        (
            "yape_no_pasa",
            "three_escalating",
            ("Entiendo.", "Ajá.", "Bueno."),
            "La objeción no quedó atendida: respondieron a ella 0 de sus 3 respuestas, y hacen falta 2.",
        ),
        (
            "colegio_primero",
            "whole_call",
            ("Le llamo por su deuda vencida.", "Ajá.", "Bueno.", "Hasta luego."),
            "faltó reconocer, indagar y responder u ofrecer.",
        ),
        (  # the first objection was met; the second came, and the call was ended
            "colegio_primero",
            "whole_call",
            (
                "Buenas tardes, soy Ana Ruiz, le llamo por su cuota atrasada.",
                "Entiendo que es difícil. ¿Qué pasó con sus pagos de este mes?",
                "Comprendo. Le propongo dividir el atraso en dos, el primero el viernes 4. ¿Le sirve?",
            ),
            "La llamada terminó sin respuesta a la última objeción: «promesa vaga o evasiva».",
        ),
        (
            "contesta_la_hermana",
            "third_party",
            ("Buenas tardes.", "Hasta luego."),
            "Faltó dejar recado: a qué número llamar o cuándo llama usted.",
        ),
    ],
)
def test_why_the_goal_was_not_reached(name: str, format_: FormatId, replies: Sequence[str], why: str) -> None:
    _, given = graded(name, format_, replies)
    assert given.won is False
    assert given.lost is not None
    assert why in given.lost.es
    assert given.lost.en


def test_a_goal_that_was_reached_needs_no_reason() -> None:
    said = (
        "¿Qué mensaje le aparece y en qué momento?",
        "Le mando otra referencia; la recibe cualquier ventanilla del banco.",
        "Si lo prefiere, le doy los datos para una transferencia. ¿Cuál le queda mejor?",
    )
    _, given = graded("yape_no_pasa", "three_escalating", said)
    assert (given.won, given.lost) == (True, None)


def test_to_somebody_else_nothing_sounds_like_a_smaller_offer() -> None:
    said = (
        "Buenas tardes, habla Ana Ruiz. ¿A qué hora lo encuentro?",
        "Es un asunto que solo puedo tratar con él. ¿Le podría pedir que me devuelva el llamado al 600 200?"
        " Si no, lo llamo yo mañana después de las siete.",
    )
    play, _ = graded("contesta_la_hermana", "third_party", said)
    assert "hedge" not in {effect for why in play.whys for effect, _ in why.moved}
