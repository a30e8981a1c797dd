"""Who talks beside the point is not understood, and offends nobody; who speaks of the matter never is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills.debtor import answer
from drills.drill import Drill, Play, findings_in
from drills.reply import Reply, read_reply
from drills.state import OFFENCES, Scene, begin
from drills.steps import step_marks
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

BROKE = "Este mes no me alcanza."
BESIDE = (
    "Hoy hace un clima muy bonito en Guadalajara, ¿verdad?",
    "Le cuento que tenemos una nueva tarjeta de crédito con muchos beneficios y viajes.",
    "El partido de ayer estuvo increíble, ¿lo vio?",
    "Anoche vi una serie muy buena en la tele.",
    "¿Ya tiene planes para las vacaciones en la playa?",
    "También ofrecemos seguros de vida y de auto, muy completos.",
)


def heard(text: str, said: str = BROKE) -> Reply:
    turns = (Turn("debtor", said), Turn("agent", text))
    return read_reply(Transcript(Recording("r", MONDAY, country="MX"), turns), ((0, "no_money"),))


@pytest.mark.parametrize("text", BESIDE)
def test_who_talks_beside_the_point_is_asked_what_that_has_to_do_with_it(hospital: Scene, text: str) -> None:
    debtor = replace(begin(hospital.scenario), raised=True, said=(BROKE,))
    reply = heard(text)
    assert not reply.has(*OFFENCES)
    for _ in range(2):
        debtor, _, why = answer(debtor, hospital, reply)
        assert why.cause == "beside"
    for _ in range(6):
        debtor, _, why = answer(debtor, hospital, reply)
        if debtor.ended:
            break
    assert (debtor.ended, why.cause, debtor.sour) == ("refusal", "not_understood", 0)


@pytest.mark.parametrize("text", [*BESIDE, "Mi perro se llama Canelo.", "Ajá, qué bien."])
def test_nobody_speaks_of_money_before_the_debt_was_named(hospital: Scene, text: str) -> None:
    picked_up = replace(begin(hospital.scenario), identified=True, said=("¿Bueno? Sí, soy yo.",))
    debtor, line, why = answer(picked_up, hospital, heard(text, "¿Bueno? Sí, soy yo."))
    assert (why.cause, debtor.raised) == ("asks_purpose", False)
    assert "?" in line


@pytest.mark.parametrize(
    "text",
    [
        "Le llamo por su cuenta vencida.",
        "Es por el saldo pendiente.",
        "¿Cuándo realiza su pago?",
        "Tiene dos mensualidades sin cubrir.",
    ],
)
def test_who_was_told_the_matter_objects(hospital: Scene, text: str) -> None:
    picked_up = replace(begin(hospital.scenario), identified=True, said=("¿Bueno? Sí, soy yo.",))
    debtor, _, why = answer(picked_up, hospital, heard(text, "¿Bueno? Sí, soy yo."))
    assert (why.cause, debtor.raised) == ("objection", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Qué pena lo de la lluvia en su casa.", "Con la lluvia se me inundó el puesto."),
        ("¿Su pareja tiene ingresos?", BROKE),
        ("¿Después de las vacaciones le pagan?", BROKE),
        ("Tenemos un plan de pagos nuevo para usted.", BROKE),
        ("¿Sacó un nuevo préstamo con otro banco?", BROKE),
        ("Tenemos registrada su tarjeta con 30 días de retraso.", BROKE),
    ],
)
def test_what_turns_on_the_matter_is_not_beside_it(text: str, said: str) -> None:
    assert not heard(text, said).has("beside")


def test_what_is_beside_the_point_earns_no_step() -> None:
    turns = (Turn("debtor", BROKE), *(Turn("agent", one) for one in BESIDE[:3]))
    raised = ((0, "no_money"),)
    play = Play(
        Drill("one_reply", Recording("r", MONDAY, country="MX"), (), raised), turns, raised, (1, 2, 3)
    )
    marks = {one.id: one.got for one in step_marks(play, findings_in(play), ())}
    assert set(marks.values()) == {0}


def test_an_insult_beside_the_point_stays_an_insult() -> None:
    assert heard("El partido estuvo bueno, payaso.").has("rude")
