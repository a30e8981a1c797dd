"""Where one objection comes back round after round: which rounds were met by words that fit it."""

from __future__ import annotations

from drills import phrasing
from drills.drill import Play
from drills.meant import ASK
from drills.scenario import DISPUTES
from drills.steps import ACTS, reached
from drills.worth import found_in, of_payment
from nlp.types import Findings

ROUNDS = "three_escalating"  # the format
MOST = 2  # rounds of three that are to be met: one weak reply is practice, two are none


def held(play: Play, findings: Findings) -> bool:
    """Whether most rounds were met."""
    return sum(met(play, findings, turn) for turn in play.mine) >= MOST


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
    return any(reached(step, play, findings, label, (turn,)).points == 2 for step in ACTS) or bool(
        found_in(findings, (phrasing.ASKS, phrasing.ASKS_CALL), (turn,))
    )
