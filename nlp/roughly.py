"""A sum or a day that the debtor says only about: «como unos mil», «por ahí del cinco», «creo que mañana».

Who says so may well pay it, and names no other sum or day; but what was agreed a person hears, unless it was
said again without the doubt, or repeated so and confirmed.
"""

from __future__ import annotations

from nlp import yes
from nlp.clues import sought, sought_before
from nlp.evidence import CallView
from nlp.folded import folded
from nlp.mentions import Mention
from nlp.sentences import sentence
from nlp.stance import Stance
from nlp.types import Promise
from transcripts.types import Quote, Transcript

_BEFORE, _AFTER = sought_before("roughly_before"), sought("roughly_after")
_MAYBE = sought("roughly_before")  # «creo que sí» confirms nothing
_YES_ROUGHLY = sought("yes_roughly")  # «sí, más o menos» as little
_SUM_BEFORE, _SUM_AFTER = sought_before("about_so_much_before"), sought("about_so_much_after")
_DAY_BEFORE = sought_before("about_that_day_before")
_SET_ASIDE = (Stance.DENIES, Stance.CALLS, Stance.PAST, Stance.EARNS, Stance.SPENDS)


def said_roughly(view: CallView, promise: Promise) -> Quote | None:
    """The words that say the promised sum or day only about, where nothing firm was said since."""
    here = [m for m in view.at.get(promise.quote.turn, ()) if not m.by_agent]
    for said, days in _of(view, promise):
        own = [m for m in said if not m.by_agent]
        # «como unos mil» may be all that the debtor says where the whole debt is taken for the sum
        own = own or [m for m in here if m.is_day == days] or said
        rough = [m for m in own if m.stance not in _SET_ASIDE and is_rough(view.transcript, m)]
        if rough and not _firm_since(view, promise, said, rough[-1]):
            return sentence(view.transcript, rough[-1].turn, rough[-1].start, rough[-1].end)
    return None


def _of(view: CallView, promise: Promise) -> list[tuple[list[Mention], bool]]:
    """All that was said of the promised sum, and of the promised day; whether it is the day."""
    sums = [(view.sums.get(promise.amount, []), False)] if promise.amount is not None else []
    return [*sums, (view.days.get(promise.date, []), True)] if promise.date is not None else sums


def is_rough(transcript: Transcript, mention: Mention) -> bool:
    turn = folded(transcript.turns[mention.turn].text)
    first, last = turn.begin(mention.start) or 0, turn.after(mention.end) - 1
    before = _DAY_BEFORE if mention.is_day else _SUM_BEFORE
    if _BEFORE.is_before(turn, first) or before.is_before(turn, first):
        return True
    return _AFTER.is_after(turn, last) or (not mention.is_day and _SUM_AFTER.is_after(turn, last))


def _firm_since(view: CallView, promise: Promise, said: list[Mention], rough: Mention) -> bool:
    """Whether the debtor said it plainly after that, or said yes to the agent who did."""
    later = [m for m in said if (m.turn, m.order) > (rough.turn, rough.order)]
    firm = [m for m in later if m.stance not in _SET_ASIDE and not is_rough(view.transcript, m)]
    return any(_settles(view, promise, m) for m in firm)


def _settles(view: CallView, promise: Promise, mention: Mention) -> bool:
    if not mention.by_agent:
        return not mention.in_question
    turns = view.transcript.turns
    after = next((turn for turn in turns[mention.turn + 1 :] if turn.speaker == "debtor"), None)
    if view.replies[mention.turn] == "yes" and after is not None:
        return not _YES_ROUGHLY.is_in(folded(after.text))
    answer = promise.confirmed
    if answer is None or answer.turn <= mention.turn or _YES_ROUGHLY.is_in(folded(answer.text)):
        return False
    return yes.confirms(answer.text) is not None or not _MAYBE.is_in(folded(answer.text))
