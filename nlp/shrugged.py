"""An answer that leaves it all to the agent: «anote lo que quiera» agrees to nothing, and an «ajá» to what
was noted then is no yes.

«Como usted diga», «lo que sea» may be a yes or a way out of the call: such a promise waits for a person.
"""

from __future__ import annotations

from typing import Literal

from nlp import yes
from nlp.bargain import agent_turn_before
from nlp.clues import sought
from nlp.evidence import CallView
from nlp.folded import folded, says_only
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.stance import Stance
from nlp.turn_marks import marks_of
from nlp.types import Promise

_SHRUGS = sought("shrugs")
_SAME_TO_ME = sought("same_to_me")
_DEFERS = sought("defers")
_PAY_NOW, _WILL_PAY = sought("pay_now"), sought("will_pay")
_NO_ANSWER, _BARE_YES = phrases("back_channel"), phrases("bare_si")
_NOT_GIVEN = (Stance.DENIES, Stance.DOUBTS, Stance.EARNS, Stance.SPENDS, Stance.PAST, Stance.CALLS)


def shrugged(view: CallView, promise: Promise) -> Literal["off", "open"] | None:
    """What a shrug of the debtor's at the agent's sum or day leaves of `promise`: nothing, or a doubt.

    None where there was none, where the debtor had named sum and day before, or gave them since.
    """
    debtor = [i for i, turn in view.transcript.said_by("debtor") if turn.doubt is None]
    at = next((i for i in reversed(debtor) if _kind(view, i) is not None), None)
    if at is None:
        return None
    given = {m.is_day for m in _own(view, promise) if m.turn < at}
    later = [view.transcript.turns[i].text for i in debtor if i > at]
    if len(given) == 2 or any(_named(view, i) for i in debtor if i > at):
        return None
    if any(_agrees(text) for text in later):
        return None
    sighed = all(says_only(_NO_ANSWER, text) or yes.confirms(text) is None for text in later)
    off = _kind(view, at) == "off" and sighed and not given and not _agreed_before(view, promise, at)
    return "off" if off else "open"


def _agreed_before(view: CallView, promise: Promise, at: int) -> bool:
    """Whether the debtor had said yes before the shrug at turn `at`, which may then be about a detail."""
    turn = promise.quote.turn
    return turn < at and yes.says_yes(view.transcript.turns[turn].text) is not None


def _kind(view: CallView, turn: int) -> Literal["off", "open"] | None:
    """How the debtor's turn shrugs at what the agent has just proposed, naming nothing."""
    before = agent_turn_before(view.transcript, turn)
    if before is None or _named(view, turn):
        return None
    said = folded(view.transcript.turns[turn].text)
    proposed = any(m.by_agent for m in view.at.get(before, ()))
    if not proposed and yes.refuses(said.text) is None:  # a refusal has taken what was proposed away
        return None
    if _SHRUGS.is_in(said):
        pays = _PAY_NOW.is_in(said) or _WILL_PAY.is_in(said)
        return "open" if pays and " no " not in said.line else "off"  # «ponga el día que quiera, ahí le pago»
    defers = _DEFERS.is_in(said) and yes.says_yes(said.text) is None
    return "open" if defers or _SAME_TO_ME.is_in(said) else None


def _named(view: CallView, turn: int) -> bool:
    return any(not m.by_agent and m.stance not in _NOT_GIVEN for m in view.at.get(turn, ()))


def _own(view: CallView, promise: Promise) -> list[Mention]:
    """Where the debtor names the promised sum or day."""
    sums = view.sums.get(promise.amount, []) if promise.amount is not None else []
    coming = view.days.get(promise.date, []) if promise.date is not None else []
    return [m for m in (*sums, *coming) if not m.by_agent and m.stance not in _NOT_GIVEN]


def _agrees(text: str) -> bool:
    """Whether a later turn says to pay, or yes in more than a word: «sí, está bien, ahí lo deposito»."""
    if says_only(_BARE_YES, text) or _SHRUGS.is_in(folded(text)):
        return False
    return marks_of(text).pays > 0 or yes.confirms(text) is not None
