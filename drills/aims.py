"""What an exercise aims at, and what the trainee did in it: read by every mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drills import phrasing
from drills.reply import cited
from drills.scenario import DISPUTES
from drills.worth import found_in
from nlp.types import Finding, Findings
from transcripts.types import Quote

if TYPE_CHECKING:  # only named, never made here
    from drills.drill import Play


def of_mine(play: Play, findings: Findings, labels: Sequence[str]) -> list[Finding]:
    """What was surely found of `labels` in the trainee's turns, in order."""
    return found_in(findings, labels, play.mine)


def words_of(play: Play, quote: Quote) -> str:
    """A quote of the talk as a mark shows it."""
    return cited(play.read[quote.turn].text, quote)


def pays(play: Play) -> bool:
    """Whether a payment is what the exercise is about."""
    case = play.drill.scenario
    goal = case is None or case.success.kind in ("promise", "partial_promise")
    return goal and not disputed(play)


def names_sums(play: Play) -> bool:
    """Whether a sum and a day are to be named: not to who is busy, doubts or is angry, if that is all."""
    labels = {label for _, label in play.raised}
    return pays(play) and phrasing.asks_payment(labels)


def disputed(play: Play) -> bool:
    """Whether all that was objected calls for help or a check, not for payment."""
    labels = {label for _, label in play.raised}
    return bool(labels) and labels <= DISPUTES


def agreed_at(play: Play) -> int | None:
    """The trainee's turn to which the debtor said yes; None where nothing was agreed."""
    return next((why.turn for why in play.whys if why.cause == "accepted"), None)
