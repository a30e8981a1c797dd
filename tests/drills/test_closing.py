"""The agreement repeated: also where the debtor's yes came to the repetition itself."""

from __future__ import annotations

from functools import cache

import pytest

from drills.drill import Play, begin_play, say
from drills.formats import FORMATS
from drills.grade import Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.marks import Mark
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY

BEFORE = (
    "Buenos días, señora Amparo, le habla Carla Ruiz de Atenea Recobros.",
    "La llamo por su préstamo al consumo de Crédito Tajo, tiene 642,18 euros pendientes desde hace 73 días.",
    "Entiendo, señora Amparo, que esto lo paga su hija. ¿Qué ha pasado este mes?",
    "Lamento que su hija se quedara sin trabajo y que se enterara así. ¿Qué día cobra usted la pensión?",
    "Podemos dejarlo en 6 plazos de 107,03 euros. ¿Le viene bien el sábado 15 de noviembre?",
)


@cache
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


@cache
def told() -> Play:
    case, book = load_scenarios()["lo_paga_mi_hija"], tools().book
    play = begin_play(FORMATS["whole_call"].build(case, 0, MONDAY, book, tools().playbook), book)
    for text in BEFORE:
        play = say(play, text, book)
    return play


def close(said: str) -> tuple[bool, Mark]:
    """Whether the debtor agreed, and the mark for closing."""
    play = say(told(), said, tools().book)
    agreed = play.whys[-1].cause == "accepted"
    return agreed, next(one for one in grade_play(play, tools()).marks if one.id == "close")


@pytest.mark.parametrize(
    "said",
    [
        "Muy bien, señora Amparo: 107,03 euros el sábado 15 de noviembre por transferencia. ¿Es correcto?",
        "Entonces quedamos en 107,03 euros el sábado 15 de noviembre, ¿correcto?",
        "Perfecto, anoto 107,03 euros para el sábado 15 de noviembre. ¿Me lo confirma?",
        "Recapitulo: primer plazo de 107,03 euros, sábado 15 de noviembre. ¿Está bien así?",
        "Entonces, señora Amparo, el compromiso es 107,03 euros el sábado 15 de noviembre. ¿Me confirma?",
    ],
)
def test_what_was_put_forward_before_and_is_repeated_when_the_debtor_agrees_is_closed(said: str) -> None:
    agreed, mark = close(said)
    assert agreed
    assert (mark.got, mark.quote) == (2, said)


@pytest.mark.parametrize(
    "said",
    [
        "Comprendo que la cuenta esté a cero. ¿Podría pagar 107,03 euros el sábado 15 de noviembre?",
        "Le propongo 107,03 euros el sábado 15 de noviembre, ¿qué le parece?",
        "Comprendo que la cuenta esté a cero: 60 euros el viernes 21 de noviembre. ¿Es correcto?",
    ],
)
def test_an_offer_made_again_or_anew_repeats_nothing(said: str) -> None:
    _, mark = close(said)
    assert mark.got == 0


def test_what_is_said_once_the_debtor_has_agreed_meets_no_objection() -> None:
    case, book = load_scenarios()["quita_de_un_saque"], tools().book
    play = begin_play(FORMATS["whole_call"].build(case, 1, MONDAY, book, tools().playbook), book)
    for text in (
        "Hola, buen día. Soy Gala Ruiz, de Banco Paraná Chico. Le llamo por el saldo de su préstamo.",
        "Tengo una quita del 20 por ciento: 198.400 pesos. ¿Lo dejamos para el viernes 14 de noviembre?",
        "Perfecto: entonces son 198.400 pesos el viernes 14 de noviembre. ¿Es correcto?",
    ):
        play = say(play, text, book)
    assert "accepted" in {why.cause for why in play.whys[:-1]}
    marks = {one.id: one.got for one in grade_play(play, tools()).marks}
    assert (marks["recognise"], marks["explore"], marks["close"]) == (0, 0, 2)
