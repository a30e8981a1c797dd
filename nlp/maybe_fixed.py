"""A day or a sum that the debtor only said perhaps, that the agent then noted as fixed, and that no more than
a «sí» let stand: «a lo mejor el treinta le pago» — «quedamos en mil el treinta» — «sí».

The yes may be meant, so the promise stands; whether it is one a person hears, unless the debtor has said
since that they pay, named it plainly or was asked whether that is sure.
"""

from __future__ import annotations

from nlp import yes
from nlp.bargain import agent_turn_before
from nlp.clues import sought, sought_before
from nlp.evidence import CallView
from nlp.folded import folded
from nlp.heard import days_of, pays
from nlp.hedges import hedged, only_maybe
from nlp.money import amounts
from nlp.said import UNKNOWN_DAY, Frame
from nlp.sentences import sentence
from nlp.stance import Stance
from nlp.types import Promise
from transcripts.types import Quote

_PERHAPS = sought_before("perhaps_before")
_SURE = sought("sure_after_all")
_ASKS_IF_SURE = sought("asks_if_sure")
_SAID_NO_SUM = (Stance.DENIES, Stance.CALLS, Stance.PAST, Stance.EARNS, Stance.SPENDS)
Place = tuple[int, int]


def noted_as_fixed(view: CallView, promise: Promise) -> Quote | None:
    """The words that said the promised day or sum only perhaps, where nothing but a yes came since."""
    debtor = [i for i, turn in view.transcript.said_by("debtor") if turn.doubt is None]
    agreed = max(promise.quote.turn, promise.confirmed.turn if promise.confirmed else 0)
    found = ((i, place) for i in reversed(debtor) if i < agreed and (place := _doubts(view, promise, i)))
    at, place = next(found, (None, None))
    if at is None or place is None or any(_settles(view, i) for i in debtor if i > at):
        return None
    return sentence(view.transcript, at, *place)


def _doubts(view: CallView, promise: Promise, index: int) -> Place | None:
    """Where the debtor's turn says the promised day or sum, or what the agent had just proposed, only
    perhaps.
    """
    text = view.transcript.turns[index].text
    named = _named(view, promise, text)
    turn = folded(text)
    unsure = [place for place in named if _PERHAPS.is_before(turn, turn.begin(place[0]) or 0)]
    if unsure:
        return unsure[0]
    doubted = hedged(text)
    before = agent_turn_before(view.transcript, index)
    if not doubted or pays(text):
        return None
    if named:
        return named[0]
    proposed = before is not None and _named(view, promise, view.transcript.turns[before].text)
    return doubted[0] if proposed else None


def _named(view: CallView, promise: Promise, text: str) -> list[Place]:
    """Where `text` names the promised day or sum."""
    call = view.transcript.recording
    known = (promise.date,) if promise.date is not None else ()
    frame = Frame(call.call_date or UNKNOWN_DAY, call.country, days=known)
    days = [(d.start, d.end) for d in days_of(text, frame) if d.date is not None and d.date == promise.date]
    sums = amounts(text, call.country, hint=view.table.hint)
    return [*days, *((a.start, a.end) for a in sums if a.value and a.value == promise.amount)]


def _settles(view: CallView, index: int) -> bool:
    """Whether the debtor's turn says more than yes: that they pay, a day or a sum, or that it is sure."""
    text = view.transcript.turns[index].text
    own = [m for m in view.at.get(index, ()) if not m.by_agent and not m.in_question]
    if any(m.stance not in _SAID_NO_SUM and not only_maybe(text, m.start) for m in own):
        return True
    if pays(text) or _SURE.is_in(folded(text)):
        return True
    before = agent_turn_before(view.transcript, index)
    asked = before is not None and _ASKS_IF_SURE.is_in(folded(view.transcript.turns[before].text))
    return asked and yes.says_yes(text) is not None
