"""What sounds like a yes to a proposal and is none: a doubt («ya veré si me alcanza»), a yes to an agent who
asks only to think it over, a «bueno» breathed right after «no le puedo prometer».

A sum and a day of the agent's that met nothing else from the debtor are no promise.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from nlp.types import Finding, Promise
from transcripts.types import Transcript

_DOUBTS = sought("answers_with_doubt")
_TO_THINK = sought("asks_to_think")
_CANNOT_PROMISE = sought("cannot_promise")
_RESIGNED = phrases("resigned_yes")
_BARE_YES = phrases("bare_yes")
_FLAT_NO = sought("flat_no_after")
_OWES_NOTHING = frozenset({"already_paid", "not_my_debt"})
_SURE_DENIAL = 0.75
_GIVES = (Stance.PAYS, Stance.SUGGESTS)


def only_doubted(view: CallView, promise: Promise) -> bool:
    """Whether the debtor's turn behind `promise` names nothing, or only complains, agrees to nothing and no
    yes came later.
    """
    if _only_complains(view, promise):
        return True
    turn = promise.quote.turn
    if any(not m.by_agent for m in view.at.get(turn, ())):
        return False
    if promise.confirmed is not None and promise.confirmed.turn > turn:
        return False
    said = folded(view.transcript.turns[turn].text)
    if yes.says_yes(said.text) is None:
        return _DOUBTS.is_in(said)
    sighs = says_only(_RESIGNED, said.text)
    return _asked_to_think(view, turn) or (sighs and _had_refused(view, turn))


def yes_after_doubt(view: CallView, promise: Promise) -> Literal["elsewhere", "bare"] | None:
    """How the debtor came round after «ya veré» to a sum or day of the agent's: with a yes to something else,
    which agrees to nothing, or with no more than a «vale» to the same once more.

    None where nothing was left vague, or more was said since.
    """
    transcript = view.transcript
    vague = max((i for i, _ in transcript.said_by("debtor") if _left_vague(view, i)), default=None)
    agreed = [promise.quote.turn] + ([promise.confirmed.turn] if promise.confirmed else [])
    if vague is None or max(agreed) < vague or (min(agreed) < vague and _given_before(view, min(agreed))):
        return None
    later = [i for i, turn in transcript.said_by("debtor") if i > vague and turn.doubt is None]
    if any(_named_by_debtor(view, i) or marks_of(transcript.turns[i].text).pays for i in later):
        return None
    asked = [i for i in later if _asked_again(view, i, vague)]
    if not asked:
        return "elsewhere"
    bare = all(says_only(_BARE_YES, transcript.turns[i].text) for i in asked)
    return "bare" if bare else None


def _left_vague(view: CallView, turn: int) -> bool:
    """Whether the debtor's turn only doubts what the agent just proposed."""
    said = folded(view.transcript.turns[turn].text)
    before = agent_turn_before(view.transcript, turn)
    proposed = before is not None and any(m.by_agent for m in view.at.get(before, ()))
    named = _named_by_debtor(view, turn)
    return proposed and not named and yes.says_yes(said.text) is None and _DOUBTS.is_in(said)


def _given_before(view: CallView, turn: int) -> bool:
    return _named_by_debtor(view, turn) and not _DOUBTS.is_in(folded(view.transcript.turns[turn].text))


def _named_by_debtor(view: CallView, turn: int) -> bool:
    return any(not m.by_agent for m in view.at.get(turn, ()))


def _asked_again(view: CallView, turn: int, since: int) -> bool:
    """Whether what the agent said just before names a sum or a day, or asks for something."""
    before = agent_turn_before(view.transcript, turn)
    if before is None or before < since:
        return False
    return "?" in view.transcript.turns[before].text or any(m.by_agent for m in view.at.get(before, ()))


def turned_down(
    transcript: Transcript, sums: Sequence[Mention], days: Sequence[Mention], promise: Promise
) -> bool:
    """Whether the payer turned the day down flat, naming it last («mañana nada»), or the sum («seiscientos no
    puedo»), and no yes came later.
    """
    if promise.confirmed is not None:
        return False
    own_days, own_sums = ([m for m in said if not m.by_agent] for said in (days, sums))
    if own_days and _flatly(transcript, own_days[-1]):
        return True
    refused = bool(own_sums) and all(m.stance is Stance.DENIES for m in own_sums)
    if not refused or promise.quote.turn > own_sums[-1].turn:
        return False
    here = own_sums[-1].turn  # with a day beside it more was said: «ochocientos no es mucho, el viernes»
    day_too = any(m.turn == here for m in own_days)
    return not day_too and yes.says_yes(transcript.turns[here].text) is None


def _flatly(transcript: Transcript, said: Mention) -> bool:
    turn = folded(transcript.turns[said.turn].text)
    return _FLAT_NO.is_after(turn, turn.after(said.end) - 1)


def denied(transcript: Transcript, findings: Sequence[Finding], promise: Promise) -> bool:
    """Whether the debtor holds that nothing is owed and nobody repeated a sum and a day after that.

    After «ya pagué» the sum and day named are mostly those of the search for the payment.
    """
    return promise.read_back is None and any(
        finding.label in _OWES_NOTHING
        and finding.score >= _SURE_DENIAL
        and finding.quote.turn < promise.quote.turn
        and transcript.turns[finding.quote.turn].speaker == "debtor"
        for finding in findings
    )


def _only_complains(view: CallView, promise: Promise) -> bool:
    """Whether all that the debtor's turn behind `promise` does is complain of the calls, and no yes came
    later: «sí, es la quinta vez que me marcan hoy» agrees to nothing.
    """
    turn = promise.quote.turn
    if turn not in view.heard.get("harassment_complaint", frozenset()):
        return False
    if promise.confirmed is not None and promise.confirmed.turn > turn:
        return False
    own = [m for m in view.at.get(turn, ()) if not m.by_agent]
    return all(m.is_day and m.stance not in _GIVES for m in own)


def _asked_to_think(view: CallView, turn: int) -> bool:
    before = agent_turn_before(view.transcript, turn)
    if before is None:
        return False
    text = view.transcript.turns[before].text
    return "?" not in text and _TO_THINK.is_in(folded(text))


def _had_refused(view: CallView, turn: int) -> bool:
    """Whether the debtor's turn before would promise nothing and the agent proposed nothing whole since."""
    earlier = max((i for i, _ in view.transcript.said_by("debtor") if i < turn), default=None)
    if earlier is None:
        return False
    text = view.transcript.turns[earlier].text
    if yes.refuses(text) is None and not _CANNOT_PROMISE.is_in(folded(text)):
        return False
    named = [m.is_day for i in range(earlier + 1, turn) for m in view.at.get(i, ()) if m.by_agent]
    return len(set(named)) < 2
