"""Where one objection comes back round after round: which rounds were met by words that fit it."""

from __future__ import annotations

from drills import phrasing
from drills.asking import only_when_paid
from drills.credit import reached
from drills.drill import Play
from drills.matter import fits, of_money
from drills.meant import ASK
from drills.scenario import DISPUTES
from drills.worth import found_in, of_payment, sentence_of
from nlp.types import Findings

ROUNDS = "three_escalating"  # the format
FULL = 2  # points of a step that is fully there
MOST = 2  # rounds of three that are to be met: one weak reply is practice, two are none


def held(play: Play, findings: Findings) -> bool:
    """Whether most rounds were met, and what was objected was taken up in one of them at least."""
    enough = sum(met(play, findings, turn) for turn in play.mine) >= MOST
    return enough and any(_takes_up(play, findings, turn) for turn in play.mine)


def met(play: Play, findings: Findings, turn: int) -> bool:
    """Whether a round was met: a step of its own is fully there. To ask for the payment meets none where the
    objection calls for something else.
    """
    label = play.raised[-1][1]
    asked = [f.quote for f in found_in(findings, (ASK,), (turn,))]
    if label in DISPUTES and asked:
        return False
    if not phrasing.asks_payment((label,)) and any(of_payment(play, findings, one) for one in asked):
        return False
    return reached("recognise", play, findings, label, (turn,)).points == FULL or _takes_up(
        play, findings, turn
    )


def _takes_up(play: Play, findings: Findings, turn: int) -> bool:
    """Whether what was objected is explored or answered; to ask again does, where money is the
    matter and more is said than «¿cuándo puede pagar?».
    """
    label = play.raised[-1][1]
    if any(reached(step, play, findings, label, (turn,)).points == FULL for step in ("explore", "answer")):
        return True
    asked = found_in(findings, (phrasing.ASKS, phrasing.ASKS_CALL), (turn,))
    name = play.drill.recording.debtor_name or ""
    more = [f.quote for f in asked if not only_when_paid(sentence_of(play, f.quote), name)]
    return any(of_money(label) or fits(label, quote.text) for quote in more)
