"""What Temple recommends is graded as what it recommends it for, over the whole playbook."""

from __future__ import annotations

from decimal import Decimal

import pytest

from drills.drill import Drill, findings_in, replayed
from drills.lines import Book
from drills.recommended import ACT, said_of
from drills.steps import step_marks
from rubrics.playbook import STEPS, Play, Playbook, load_playbook
from tests.drills.conftest import MONDAY
from transcripts.types import CaseFacts, Recording, Transcript, Turn

PLAYBOOK: Playbook = load_playbook()
KNOWN = {
    "nombre": "señora Elvia", "monto": "1,500 pesos", "fecha": "viernes 6 de marzo",
    "segunda_fecha": "domingo 15 de marzo", "empresa": "Cobros del Centro", "agente": "Ana",
    "producto": "tarjeta", "dias": "12", "oferta": "pagar en dos partes",
}  # fmt: skip
COUNTRIES = ("MX", "CO", "AR", "CL", "PE", "EC", "ES", "US", "GT", "CR")
VAGUE = "Ahí miro cómo hago."


@pytest.mark.parametrize("play", PLAYBOOK.plays, ids=lambda play: play.objection)
def test_each_wording_of_the_playbook_is_heard_as_its_step(play: Play) -> None:
    for step in STEPS:
        for wording in play.wordings(step):
            for country in wording.in_ or [one for one in COUNTRIES if one not in wording.not_in]:
                text = f"Buenas tardes. {wording.say.format(**KNOWN)} Dígame."
                call = Transcript(
                    Recording("r", MONDAY, country=country), (Turn("debtor", "…"), Turn("agent", text))
                )
                heard = {one.label for one in said_of(call, ((0, play.objection),), PLAYBOOK)}
                assert ACT[step] in heard, (step, country, text)


def _got(book: Book, objection: str, line: str, reply: str, country: str = "CO") -> dict[str, int]:
    facts = CaseFacts(amount_due=Decimal(300000), currency="COP", days_late=12)
    turns = (Turn("agent", "Buenas tardes, le llamo por su crédito."), Turn("debtor", line))
    case = Recording("r", MONDAY, country=country, facts=facts)
    play = replayed(Drill("one_reply", case, turns, ((1, objection),)), (reply,), book)
    return {one.id: one.got for one in step_marks(play, findings_in(play), ())}


@pytest.mark.parametrize("who", ["sumercé", "señor Arboleda"])
def test_the_recommended_thanks_are_an_acknowledgement(book: Book, who: str) -> None:
    said = f"Le agradezco, {who}, que tenga la voluntad de ponerse al día. ¿Qué día le entra plata?"
    assert _got(book, "vague_promise", VAGUE, said)["recognise"] == 2


def test_the_contrary_of_a_wording_is_not_the_wording(book: Book) -> None:
    said = "No le agradezco que tenga la voluntad de ponerse al día."
    call = Transcript(Recording("r", MONDAY, country="CO"), (Turn("debtor", VAGUE), Turn("agent", said)))
    assert not said_of(call, ((0, "vague_promise"),), PLAYBOOK)


def test_an_objection_without_a_play_recommends_nothing() -> None:
    call = Transcript(Recording("r", MONDAY, country="CO"), (Turn("debtor", VAGUE), Turn("agent", "Dígame.")))
    assert said_of(call, ((0, "not_in_the_playbook"),), PLAYBOOK) == []
