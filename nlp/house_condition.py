"""A promise that hangs on what the creditor is to do first: «puedo el doce, si me arreglan lo del Zelle».

Until it is granted nobody can tell whether the debtor will pay; what is asked off the debt itself, or as more
time, is heard in `terms.py`.
"""

from __future__ import annotations

from functools import lru_cache

from nlp.clues import sought
from nlp.evidence import CallView
from nlp.folded import folded
from nlp.sentences import sentence
from nlp.terms import grants, terms_in
from nlp.types import Promise
from transcripts.types import Quote

_CONDITION = sought("house_condition")
_GRANTS_RIGHTING = sought("grants_righting")
_BEFORE = 2  # turns before the promise in which a condition is of it


@lru_cache(maxsize=1024)
def sets_condition(text: str) -> tuple[int, int] | None:
    """Where `text` asks the creditor to put something right first; «sí me arreglaron…» asks nothing."""
    turn = folded(text)
    for match in _CONDITION.all_in(turn):
        start, end = turn.span(match.start(), match.end())
        if "sí" not in text[start:end].lower() and "?" not in text[end : end + 40]:
            return start, end
    return None


def condition_on(view: CallView, promise: Promise) -> Quote | None:
    """The debtor's last words that set a condition on `promise`, if the agent did not grant it nor the debtor
    name sum or day again without it.
    """
    transcript = view.transcript
    last = promise.confirmed.turn if promise.confirmed is not None else promise.quote.turn
    found = None
    for index, turn in enumerate(transcript.turns):
        if turn.doubt is not None or index < promise.quote.turn - _BEFORE:
            continue
        if turn.speaker == "agent" and found is not None:
            righted = _GRANTS_RIGHTING.is_in(folded(turn.text)) and grants(turn.text) is not False
            found = None if righted else found
        elif turn.speaker == "debtor" and index <= max(last, promise.quote.turn) + 2:
            place = sets_condition(turn.text)
            if place is not None and terms_in(turn.text) is None:
                found = sentence(transcript, index, *place)
            elif any(not m.by_agent for m in view.at.get(index, ())):
                found = None
    return found
