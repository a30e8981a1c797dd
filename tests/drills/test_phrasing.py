"""What a good reply does for each step is heard however it is put: other words, another order, another hour,
usted, tú or vos; and what a reply does not do is not heard in it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from drills.checklist import checklist
from drills.drill import Drill, Play, findings_in, replayed
from drills.lines import Book
from drills.phrasing import asks_payment, takes_calls
from drills.small import small_marks
from drills.steps import step_marks
from rubrics.labels import OBJECTIONS
from tests.drills.conftest import DATA, MONDAY
from tests.drills.written import DRILLS, read
from transcripts.types import CaseFacts, Recording, Turn

CURRENCY = {"MX": "MXN", "CO": "COP", "AR": "ARS", "CL": "CLP", "PE": "PEN", "ES": "EUR", "GT": "GTQ"}
STEPS = {"R": "recognise", "E": "explore", "A": "answer", "K": "ask"}


class Put(NamedTuple):
    """A reply, and the steps that it has: all of their points are earned."""

    objection: str
    country: str
    steps: str
    text: str


GOOD = [Put(*one) for one in read(DATA / "put_otherwise.yaml")]


def _play(book: Book, put: Put) -> Play:
    line = read(DRILLS / "lines" / f"{put.objection}.yaml")["calm"][0]
    facts = CaseFacts(amount_due=Decimal(2640), currency=CURRENCY[put.country], days_late=12)
    turns = (Turn("agent", "Buenas tardes, le llamo por su crédito."), Turn("debtor", line))
    case = Recording("r", MONDAY, country=put.country, facts=facts)
    return replayed(Drill("one_reply", case, turns, ((1, put.objection),)), (put.text,), book)


def _points(book: Book, put: Put) -> dict[str, int]:
    play = _play(book, put)
    found = findings_in(play)
    return {one.id: one.got for one in (*step_marks(play, found, ()), *small_marks(play, found))}


@pytest.mark.parametrize("put", GOOD, ids=lambda put: f"{put.objection}-{put.text[:30]}")
def test_a_good_reply_earns_the_steps_that_it_has(book: Book, put: Put) -> None:
    got = _points(book, put)
    assert {STEPS[one]: got[STEPS[one]] for one in put.steps} == {STEPS[one]: 2 for one in put.steps}
    assert got["sure"] == 1


def test_every_objection_is_put_otherwise() -> None:
    assert {put.objection for put in GOOD} == set(OBJECTIONS)


@pytest.mark.parametrize(
    "put",
    [
        Put("call_later", "MX", "", "Claro, le llamo más tarde."),
        Put("call_later", "MX", "", "Bueno, cuando pueda me marca, no hay prisa."),
        Put("call_later", "CO", "", "Claro que sí, que le vaya muy bien."),
        Put("no_money", "MX", "", "Entiendo. ¿Le llamo mañana a las diez?"),
        Put("vague_promise", "MX", "", "Perfecto, ahí queda entonces. Gracias."),
        Put("distrust", "PE", "", "Soy Ana Ruiz y llamo de una empresa seria."),
        Put("hostile", "AR", "", "Entiendo que estés con bronca."),
    ],
    ids=lambda put: put.text[:30],
)
def test_what_asks_for_nothing_is_no_asking_again(book: Book, put: Put) -> None:
    assert _points(book, put)["ask"] == 0


def test_one_hour_proposed_asks_nothing_of_the_debtor(book: Book) -> None:
    got = _points(book, Put("call_later", "MX", "", "Entiendo. Le marco mañana a las diez en punto."))
    assert (got["explore"], got["ask"]) == (0, 2)


def test_an_hour_to_speak_is_no_asking_again_where_the_payment_is_at_stake_too(book: Book) -> None:
    play = _play(book, Put("call_later", "MX", "", "Claro. ¿Le marco hoy a las seis?"))
    later = (*play.turns, Turn("debtor", "Ahí luego le pago."), Turn("agent", "Muy bien, gracias."))
    both = Play(play.drill, later, (*play.raised, (3, "vague_promise")), (*play.mine, 4))
    assert {one.id: one.got for one in step_marks(both, findings_in(both), ())}["ask"] == 1


def test_what_asking_again_is_follows_from_what_the_playbook_asks() -> None:
    calls = {label for label in OBJECTIONS if takes_calls([label])}
    assert calls == {
        "call_later", "distrust", "hostile", "harassment_complaint", "legal_threat", "needs_third_party",
        "refusal", "wrong_amount", "bad_service",
    }  # fmt: skip
    assert not takes_calls(["call_later", "vague_promise"])


def test_no_sum_is_wanted_where_only_a_time_to_speak_is_to_be_fixed(book: Book) -> None:
    sums = {label for label in OBJECTIONS if asks_payment([label])}
    assert {"call_later", "distrust", "hostile", "harassment_complaint", "legal_threat"}.isdisjoint(sums)
    assert {"no_money", "vague_promise", "wrong_amount", "refusal", "asks_discount"} <= sums
    play = _play(book, Put("call_later", "MX", "", "Claro. ¿Le marco hoy a las seis?"))
    found = findings_in(play)
    marks = [*step_marks(play, found, ()), *small_marks(play, found)]
    assert "figures" not in {one.id for one in marks}
    assert checklist(play) == tuple((one.id, one.of) for one in marks)


@pytest.mark.parametrize(
    "reply",
    ["Claro, no le quito más tiempo. ¿Le marco a las seis?", "No lo molesto más. ¿A qué hora le llamo?"],
)
def test_who_leaves_a_busy_person_in_peace_and_fixes_an_hour_gives_nothing_up(book: Book, reply: str) -> None:
    got = _points(book, Put("call_later", "MX", "", reply))
    assert (got["sure"], got["ask"]) == (1, 2)


def test_to_take_no_more_of_a_busy_persons_time_is_no_doubt(book: Book) -> None:
    got = _points(book, Put("call_later", "MX", "", "Claro, no le quito más tiempo. Que tenga buen día."))
    assert (got["sure"], got["ask"]) == (1, 0)
    assert _points(book, Put("no_money", "MX", "", "Entiendo, ya no le insisto, ni modo."))["sure"] == 0
