"""A promise that hangs on money which the debtor may not get: «si me sale el préstamo; si no, no puedo».

Wages on their day («cuando me paguen», «si me pagan el viernes») are how people pay: they hold nothing open
until somebody says what comes of it otherwise. A loan, an insurance or a sale does, and so does a bound
(«siempre y cuando», «solo si»). What the creditor is to do first is heard in `house_condition.py`.
"""

from __future__ import annotations

from nlp.clues import Sought, sought
from nlp.evidence import CallView
from nlp.folded import Folded, folded
from nlp.sentences import sentence
from nlp.terms import in_question, terms_in
from nlp.types import Promise
from transcripts.types import Quote, Transcript

_ELSE_NO_MONEY = sought("else_no_money")  # «si no me pagan, no puedo»
_ELSE_NONE = sought("else_none")  # «si no, ni modo»
_BOUND = sought("only_with_income")
_UNSURE = sought("if_unsure_income")
_INCOME = sought("if_income")
_ELSE_MOVED = sought("else_moved")
_ALL_THE_SAME = sought("pays_all_the_same")
_SURE = sought("sure_after_all")
_BEFORE, _AFTER = 2, 2  # turns before the promise and after its yes in which a condition is of it


def hangs_on_income(view: CallView, promise: Promise) -> Quote | None:
    """The debtor's last words by which `promise` hangs on money that may not come, unless sum or day were
    named again without it or it is paid «de todos modos».
    """
    last = promise.confirmed.turn if promise.confirmed is not None else promise.quote.turn
    found = None
    for index, turn in view.transcript.said_by("debtor"):
        if turn.doubt is not None or index < promise.quote.turn - _BEFORE:
            continue
        if index > max(last, promise.quote.turn) + _AFTER:
            break
        named = any(not m.by_agent for m in view.at.get(index, ()))
        place = _condition(view.transcript, index, pays=named or index == promise.quote.turn)
        if place is not None:
            found = sentence(view.transcript, index, *place)
        elif named or _SURE.is_in(folded(turn.text)):
            found = None
    return found


def _condition(transcript: Transcript, index: int, *, pays: bool) -> tuple[int, int] | None:
    """Where the debtor's turn makes a payment hang on money that may not come. `pays`: it speaks of one."""
    turn = folded(transcript.turns[index].text)
    if terms_in(turn.text) is not None or _ALL_THE_SAME.is_in(turn):
        return None
    income = _first(turn, _INCOME)
    if income is not None and (_ELSE_NONE.is_in(turn) or _agent_leaves_open(transcript, index)):
        return income
    return _first(turn, _ELSE_NO_MONEY) or _first(turn, _BOUND) or (_first(turn, _UNSURE) if pays else None)


def _agent_leaves_open(transcript: Transcript, index: int) -> bool:
    """Whether the agent's next words reckon with the money not coming: «si no salió, lo movemos»."""
    after = next((turn for turn in transcript.turns[index + 1 :] if turn.speaker == "agent"), None)
    return after is not None and _ELSE_MOVED.is_in(folded(after.text))


def _first(turn: Folded, phrase: Sought) -> tuple[int, int] | None:
    """Where `phrase` is first said, in characters; «sí me pagan» and «¿y si no me pagan?» set none."""
    for match in phrase.all_in(turn):
        start, end = turn.span(match.start() + 1, match.end())
        if not turn.text[start:].lower().startswith("sí") and not in_question(turn.text, end):
            return start, end
    return None
