"""The day that stands with the payment, and an agreement in two parts, which counts as a whole."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest

from drills.drill import FormatId, Play, replayed
from drills.effects import LATER, filled, told
from drills.formats import FORMATS
from drills.grade import Tools, grade_play
from drills.lines import SLOTTED
from drills.loader import load_lines, load_scenarios
from drills.proposal import Offer, proposal
from drills.saying import offer_words
from drills.state import Scene
from nlp.types import Part
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from transcripts.types import CaseFacts, Recording, Transcript, Turn

TODAY = datetime.date(2026, 11, 30)
FRIDAY, NEXT = datetime.date(2026, 12, 4), datetime.date(2026, 12, 18)
HALF = Decimal("26.60")
FACTS = CaseFacts(amount_due=Decimal("53.20"), currency="USD")
IN_TWO = "26,60 dólares el viernes 4 de diciembre y 26,60 dólares el viernes 18 de diciembre"


def said(text: str) -> Transcript:
    return Transcript(Recording("x", TODAY, country="EC", facts=FACTS), (Turn("agent", text),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Le mando hoy el detalle. Entonces {IN_TWO}, por transferencia, ¿es correcto?", FRIDAY),
        ("Hoy mismo queda anotado. 26,60 dólares el viernes 4 de diciembre, ¿sí?", FRIDAY),
        ("Mañana le dejo corregido el correo. Quedamos en 26,60 el viernes 4 de diciembre.", FRIDAY),
        ("Le mando hoy el detalle y usted paga el viernes 4 de diciembre, ¿le parece?", FRIDAY),
        ("Le mando hoy el detalle. ¿Le parece bien?", None),
        ("¿Puede pagar 26,60 hoy?", TODAY),
        ("¿Le queda bien el viernes 4 de diciembre? Serían 26,60 dólares.", FRIDAY),
    ],
)
def test_the_day_is_that_of_the_payment(text: str, day: datetime.date | None) -> None:
    assert proposal(said(text), 0).day == day


@pytest.mark.parametrize(
    ("text", "later"),
    [
        (f"Entonces {IN_TWO}, ¿es correcto?", (Part(HALF, NEXT),)),
        ("La mitad el viernes 4 de diciembre y la otra mitad el 18, ¿correcto?", (Part(HALF, NEXT),)),
        ("26,60 dólares el viernes 4 de diciembre, ¿correcto?", ()),
        ("¿26,60 el viernes 4 de diciembre o el viernes 18?", ()),
    ],
)
def test_the_parts_after_the_first(text: str, later: tuple[Part, ...]) -> None:
    made = proposal(said(text), 0)
    assert (made.amount, made.day, made.later) == (HALF, FRIDAY, later)


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def played(tools: Tools, format_: FormatId, name: str, *replies: str) -> Play:
    drill = FORMATS[format_].build(load_scenarios()[name], 1, TODAY, tools.book, tools.playbook)
    return replayed(drill, replies, tools.book)


def test_both_halves_count_as_the_whole_and_are_repeated(tools: Tools) -> None:
    talk = (
        "Buenas tardes, le saluda Marisol Tapia de Recaudo Andino, ¿hablo con Jenny Tituaña?",
        "Le llamo por su plan de internet, doña Jenny: tiene 53,20 dólares con 35 días de atraso.",
        "Entiendo, qué molesto que no le llegara el aviso. ¿A qué dirección o correo le llegaba la planilla?",
        "Lamento que los avisos queden en la otra casa. Le actualizo la dirección y le mando el detalle.",
        "Tiene razón en revisar el valor, doña Jenny. ¿Qué cifra tenía usted? Son 53,20 dólares: sin recargo "
        "por mora si paga esta semana, y puede pagarlo en dos partes por transferencia.",
        f"Le mando hoy el detalle. Entonces {IN_TWO}, por transferencia, ¿es correcto?",
    )
    play = played(tools, "whole_call", "planilla_perdida", *talk)
    assert play.debtor is not None
    assert play.debtor.promise == Offer(HALF, FRIDAY, (Part(HALF, NEXT),))
    line = play.turns[-1].text  # the debtor names both as well
    first, second = line.index("viernes 4 de diciembre"), line.index("viernes 18 de diciembre")
    assert line.count("26.60 dólares") == 2 or line.count("26,60 dólares") == 2
    assert first < second
    assert "viernes 18 de diciembre" in told(play.whys[-1])
    given = grade_play(play, tools)
    assert given.won
    assert next(one.got for one in given.marks if one.id == "close") == 2


@pytest.mark.parametrize("kind", sorted(SLOTTED))
def test_every_line_about_an_agreement_in_parts_names_them_all(tools: Tools, kind: str) -> None:
    words = {"amount": "200 pesos", "date": "viernes 4", LATER: " y 200 pesos el martes 15"}
    for lines in tools.book.pool(kind).values():
        for line in lines:
            said = filled(line.text, words)
            assert said.count("200 pesos") == 2, line.text
            assert said.index("viernes 4") < said.index("martes 15"), line.text
            assert filled(line.text, {**words, LATER: ""}).count("200 pesos") == 1, line.text


def test_three_parts_are_told_one_after_another(tools: Tools) -> None:
    scene = Scene(load_scenarios()["planilla_perdida"], tools.book, TODAY, 1)
    offer = Offer(HALF, FRIDAY, (Part(HALF, NEXT), Part(HALF, NEXT.replace(day=28))))
    said = filled("Bueno, {amount} el {date}.", offer_words(offer, scene))
    assert re.sub(r"26.60 dólares", "X", said) == (
        "Bueno, X el viernes 4 de diciembre, X el viernes 18 de diciembre y X el lunes 28 de diciembre."
    )


@pytest.mark.parametrize(
    ("words", "got", "reason"),
    [
        ("¿Sería tan amable de decirle que lo llamó Marisol Tapia, por favor?", 1, "no_greeting"),
        ("Buenas tardes. Dígale que lo llamó Marisol Tapia, por favor.", 2, ""),
    ],
)
def test_a_name_left_in_a_message_is_half_of_saying_who_calls(
    tools: Tools, words: str, got: int, reason: str
) -> None:
    given = grade_play(played(tools, "third_party", "contesta_la_hermana", words), tools)
    present = next(one for one in given.marks if one.id == "present")
    assert (present.got, present.reason) == (got, reason)


def test_to_ask_a_relative_for_the_payment_gives_the_debt_away(tools: Tools) -> None:
    play = played(tools, "third_party", "contesta_la_hermana", "Entiendo, ¿cuándo paga?")
    assert play.whys[-1].cause == "asked_other"
    assert next(one.got for one in grade_play(play, tools).marks if one.id == "keeps") == 0


def test_in_an_emergency_no_question_for_the_payment_is_advised(tools: Tools) -> None:
    play = played(
        tools, "whole_call", "el_nene_golpeado", "Buenas tardes, le llamo por su cuota.", "Ah, bueno."
    )
    explore = next(one for one in grade_play(play, tools).marks if one.id == "explore")
    assert "con cuánto" not in explore.rule()
