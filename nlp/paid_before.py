"""A payment that was made before the call: what the debtor tells of it, most of all because the agent asks
(«¿qué día pagó?» — «El viernes», «¿y el monto?» — «Mil»), is not to come, whichever Friday it seems to be.

Who holds that the debt is paid speaks of that payment until somebody speaks of one to come; who was only
asked for an earlier payment, in that answer. What the agent says again of it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from nlp.bargain import agent_turn_before
from nlp.clues import sought
from nlp.folded import folded
from nlp.heard import hear_payer
from nlp.mentions import Mention, Worth
from nlp.said import UNKNOWN_DAY, Frame
from nlp.stance import Stance
from nlp.thresholds import call_bar
from nlp.types import Finding
from nlp.yes import says_paid
from transcripts.types import Transcript

_ASKED = sought("asks_paid")
_TO_PAY = sought("asks_to_pay")
_TO_COME = (Stance.PAYS, Stance.COULD, Stance.SUGGESTS)
_SHORT = 4  # words of a turn that asks nothing new: «Sí, dígame.»


def without_past_asks(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` where a question about a payment that was made asks for no payment, and what is said again of
    it repeats no agreement.
    """
    claimed = {f.quote.turn for f in found if f.label == "already_paid" and f.score >= call_bar(f.label)}
    call = transcript.recording
    frame, paid = Frame(call.call_date or UNKNOWN_DAY, call.country), PaidBefore(claimed)
    of_it: set[int] = set()
    for index, turn in enumerate(transcript.turns):
        if turn.speaker == "agent" and paid.speaks_of_it(turn.text):
            of_it.add(index)
        elif turn.speaker != "agent":
            paid.only(transcript, index, frame, [])
    asked = {f.quote.turn for f in found if f.label == "probes"}
    out = []
    for f in found:
        if f.label == "asks_commitment" and f.quote.turn in of_it - asked:
            out.append(replace(f, label="probes"))
        elif f.label not in ("asks_commitment", "read_back") or f.quote.turn not in of_it:
            out.append(f)
    return out


class PaidBefore:
    """What the payer told of a payment already made, turn after turn. `claimed`: the turns in which an
    objection was heard that it is paid.
    """

    def __init__(self, claimed: Collection[int] = ()) -> None:
        self._claimed = claimed
        self._worths: set[Worth] = set()
        self._held = False  # that the debt is paid, and nobody has spoken of another payment since

    def only(self, transcript: Transcript, index: int, frame: Frame, said: list[Mention]) -> bool:
        """Whether all that a turn names, `said`, is of such a payment."""
        turn = transcript.turns[index]
        if turn.speaker == "agent":
            self.speaks_of_it(turn.text)
            of_it = self._held or all(m.worth in self._worths and m.stance not in _TO_COME for m in said)
            return bool(said) and of_it
        if hear_payer(turn.text, index, frame).pays:
            self._held = False
            return False
        if index in self._claimed or says_paid(turn.text):
            self._held = True
            return False
        of_it = _asked_before(transcript, index) or self._held
        if not said or not of_it or any(m.stance in _TO_COME for m in said):
            return False
        self._worths |= {m.worth for m in said}
        return True

    def speaks_of_it(self, text: str) -> bool:
        """Whether a turn of the agent is about such a payment; words of one to come put an end to that."""
        line = folded(text)
        if _TO_PAY.is_in(line):
            self._held = False
            return False
        return self._held or _ASKED.is_in(line)


def _asked_before(transcript: Transcript, index: int) -> bool:
    before = agent_turn_before(transcript, index)
    while before is not None:
        text = transcript.turns[before].text
        if _ASKED.is_in(folded(text)):
            return True
        if len(text.split()) > _SHORT:
            return False
        before = agent_turn_before(transcript, before)
    return False
