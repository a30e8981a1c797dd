"""The marks of the steps, where the course of the call decides what a sentence is worth."""

from __future__ import annotations

from drills.drill import Drill, Play, findings_in
from drills.marks import Mark
from drills.steps import step_marks
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Turn

ASK = "¿Me confirma el pago para hoy?"
PAID = "Yo ya consigné el martes."


def marked(turns: tuple[Turn, ...], *raised: tuple[int, str], country: str = "CO") -> dict[str, Mark]:
    drill = Drill("one_reply", Recording("r", MONDAY, country=country), (), raised)
    mine = tuple(at for at, turn in enumerate(turns) if turn.speaker == "agent")
    play = Play(drill, turns, raised, mine)
    return {one.id: one for one in step_marks(play, findings_in(play), ())}


def test_who_asked_before_the_dispute_was_told_did_not_ask_in_a_dispute() -> None:
    reply = "Le agradezco que me lo diga. ¿Por qué medio consignó?"
    turns = (Turn("debtor", "¿Aló?"), Turn("agent", ASK), Turn("debtor", PAID), Turn("agent", reply))
    assert marked(turns, (2, "already_paid"))["no_ask"].got == 2


def test_who_asks_after_it_did() -> None:
    turns = (Turn("debtor", PAID), Turn("agent", f"Entiendo. {ASK}"))
    assert marked(turns, (0, "already_paid"))["no_ask"].got == 0
