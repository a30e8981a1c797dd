"""Who makes sure of speaking with the debtor is answered, as people do: with the name, and with no datum."""

from __future__ import annotations

import re

import pytest

from drills.drill import Play, replayed
from drills.formats import FORMATS
from drills.grade import Tools, grade_play
from drills.lines import Book
from drills.loader import load_lines, load_scenarios
from drills.scenario import MOODS
from drills.who import says_datum
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.test_asking import DAY

CASE = "quincena_corta"
GREETS = "Buenas tardes, le habla Ana Ruiz, de Recuperadora Mirasol."
PURPOSE = "Le llamo por su préstamo: tiene un pago vencido de 4,800 pesos, con 20 días de atraso."


@pytest.fixture(scope="module")
def book() -> Book:
    return load_lines()


def call(book: Book, *replies: str, scenario: str = CASE, **changes: object) -> Play:
    case = load_scenarios()[scenario].model_copy(update=changes)
    drill = FORMATS["whole_call"].build(case, 1, DAY, book, load_playbook())
    return replayed(drill, replies, book)


def last(play: Play) -> tuple[str, str]:
    return play.whys[-1].cause, play.turns[-1].text


@pytest.mark.parametrize(
    "asks", ["¿Con quién tengo el gusto?", "¿Con quién hablo?", "¿Me dice su nombre, por favor?"]
)
def test_who_is_there_is_answered_with_the_name(book: Book, asks: str) -> None:
    cause, said = last(call(book, f"{GREETS} {asks}"))
    assert cause == "asked_identity"
    assert said.endswith(f"{load_scenarios()[CASE].debtor_name}.")


@pytest.mark.parametrize(
    "asks",
    [
        "Por seguridad, ¿me confirma los últimos cuatro dígitos de su documento?",
        "¿Me confirma su fecha de nacimiento, por favor?",
        "Para validar su identidad, ¿cuál es su número de cédula?",
    ],
)
@pytest.mark.parametrize("before", [(), ("¿Hablo con el señor?",), (PURPOSE,)])
def test_a_datum_is_confirmed_and_not_told(book: Book, before: tuple[str, ...], asks: str) -> None:
    play = call(book, *(f"{GREETS} {one}" for one in before), asks if before else f"{GREETS} {asks}")
    cause, said = last(play)
    assert cause == "asked_identity"
    assert said in {line.text for lines in book.pool("confirms_datum").values() for line in lines}


def test_who_has_not_said_who_calls_is_asked_that_first(book: Book) -> None:
    openings = ("Buenas.", "Buenas.")
    play = call(book, "Buenas tardes. ¿Me confirma su fecha de nacimiento?", openings=openings)
    assert last(play)[0] == "asks_who_first"
    assert "?" in play.turns[-1].text


def test_asked_again_in_the_midst_it_says_so_and_keeps_the_objection(book: Book) -> None:
    play = call(book, f"{GREETS} {PURPOSE}", "Disculpe, ¿estoy hablando con el titular?")
    cause, said = last(play)
    assert cause == "asked_identity"
    assert re.search(r"\b(?:soy yo|misma persona|quién más|Soy yo)\b", said)
    assert play.debtor is not None
    assert play.debtor.raised
    assert play.debtor.open == load_scenarios()[CASE].objections


def test_the_same_question_is_answered_once(book: Book) -> None:
    asks = "¿Me confirma su fecha de nacimiento, por favor?"
    play = call(book, f"{GREETS} {PURPOSE}", asks, asks)
    assert [why.cause for why in play.whys[1:]] == ["asked_identity", "identity_again"]


@pytest.mark.parametrize(
    "asks", ["¿Quién me contesta?", "¿Con quién hablo?", "¿Hablo con el titular?", "¿Me da su cédula?"]
)
def test_who_is_there_asked_again_opens_nothing(book: Book, asks: str) -> None:
    play = call(book, f"{GREETS} {PURPOSE}", asks, asks, asks)
    assert {why.cause for why in play.whys[2:]} == {"identity_again"}
    assert play.turns[-1].text in {line.text for some in book.pool("told_who").values() for line in some}
    assert play.debtor is not None
    assert (play.debtor.revealed, play.debtor.asked, "explore" in play.debtor.rungs) == (False, 0, False)
    tools = Tools(book, load_playbook(), load_rubric())
    steps = {one.id: one.got for one in grade_play(play, tools).marks}
    assert steps["explore"] == 0


def test_a_question_beside_it_is_still_a_good_one(book: Book) -> None:
    asks = "¿Quién me contesta?"
    play = call(book, f"{GREETS} {PURPOSE}", asks, f"{asks} ¿Qué le pasó que no pudo pagar?")
    assert last(play)[0] != "identity_again"
    assert play.debtor is not None
    assert "explore" in play.debtor.rungs


@pytest.mark.parametrize(
    "asks",
    [
        "¿Me da los últimos cuatro de su documento?",
        "¿Me confirma los últimos 4 dígitos de su cédula?",
        "¿Me indica su fecha de nacimiento?",
        "¿En qué número termina su documento?",
    ],
)
def test_no_datum_is_called_right_that_nobody_read_out(book: Book, asks: str) -> None:
    assert not says_datum(asks)
    held = re.compile(r"es el mío|son los míos|es[ea] dato|coincide|El dato está|es[ea] mism[oa] que")
    lines = [line.text for some in book.pool("confirms_datum").values() for line in some]
    assert not any(map(held.search, lines))


@pytest.mark.parametrize(
    "asks",
    ["¿Su documento termina en 4521?", "¿Su fecha de nacimiento es el 3 de mayo de 1980?"],
)
def test_a_datum_that_is_read_out_is_called_right(book: Book, asks: str) -> None:
    play = call(book, f"{GREETS} {PURPOSE}", "¿Su cédula acaba en 778?", asks)
    assert last(play)[0] == "asked_identity"
    assert play.turns[-1].text in {line.text for some in book.pool("confirms_said").values() for line in some}


def test_who_distrusts_gives_no_datum(book: Book) -> None:
    play = call(
        book,
        f"{GREETS} {PURPOSE}",
        "¿Me confirma su fecha de nacimiento, por favor?",
        objections=("distrust",),
    )
    assert last(play)[0] != "asked_identity"


def test_who_offers_beside_it_is_answered_for_the_offer(book: Book) -> None:
    offer = "Entiendo que no le alcance. ¿Me confirma su documento? Le anoto 2,400 pesos el viernes 14."
    play = call(book, f"{GREETS} {PURPOSE}", offer)
    assert last(play)[0] != "asked_identity"


def test_no_line_holds_a_datum_and_every_mood_has_its_own(book: Book) -> None:
    for kind in ("gives_name", "confirms_datum", "confirms_said", "told_who", "is_self"):
        pool = book.pool(kind)
        assert set(pool) == set(MOODS)
        assert not any(re.search(r"\d", line.text) for lines in pool.values() for line in lines)
