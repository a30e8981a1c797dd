"""The payer's offer that the agent turned down flat and nobody took up again: it binds nobody.

«Le puedo dar cien mil el quince. — Cien mil no me sirve. Ahí le queda mañana.» leaves no promise, neither of
the offer nor of what the agent asked in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp import yes
from nlp.bargain import Table, agent_turn_before
from nlp.clues import sought
from nlp.folded import folded
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.stance import Stance, about_paying, is_turned_down
from nlp.terms import Worth
from nlp.turn_marks import marks_of
from transcripts.types import Transcript

_FLAT = sought("offer_refused")
_FLAT_AT_START = phrases("offer_refused_start")
_GRANTED = sought("terms_granted")
_IN_EARNEST = sought("pays_in_earnest")
_WILL_PAY = sought("will_pay")
_ASKS_FIRST = sought("asks_first")
_INSISTS = sought("insists")
_DOUBTS = sought("answers_with_doubt")
_EMPTY_NO = phrases("empty_no")
_FIRST_NO = re.compile(r"^\W*(?:no\b\W*)+", re.IGNORECASE)
_ALONE = re.compile(r" (?:no|ni|tampoko) ")
_STORY = (Stance.EARNS, Stance.SPENDS, Stance.PAST, Stance.DENIES, Stance.CALLS)
_ANSWER_TURNS = 2
_BEFORE, _AFTER = 5, 2  # words in which a «no» turns down what is named


def without_refused(mentions: list[Mention], transcript: Transcript, table: Table) -> list[Mention]:
    """`mentions` without the last offer, where it was refused for good, and all that was bargained until
    then.

    What was agreed before the offer stands; otherwise nothing is left on the table.
    """
    offers = [m for m in mentions if _offered(m)]
    if not offers:
        return mentions
    at = offers[-1].turn
    if _is_settled(transcript.turns[at].text) or _only_repeats(transcript, at, mentions):
        return mentions
    worths = {m.worth for m in mentions if m.turn == at}
    again = [m for m in mentions if m.turn > at and m.worth in worths]
    answer = _refusal(
        transcript, at, [m for m in again if not (m.is_day and _for_other_sum(m, mentions, at))]
    )
    if answer is None or _taken_up(transcript, answer, mentions, worths):
        return mentions
    if table.committed is not None and table.committed < at:
        return [m for m in mentions if m.turn != at]
    table.clear()
    return [m for m in mentions if m.turn > answer]


def _for_other_sum(day: Mention, mentions: Sequence[Mention], offer: int) -> bool:
    """Whether the agent names the day offered for another sum: «no alcanza, el viernes me da novecientos»."""
    offered = {m.worth for m in mentions if m.turn == offer and not m.is_day}
    here = {m.worth for m in mentions if m.turn == day.turn and not m.is_day}
    return bool(offered) and bool(here - offered)


def _offered(mention: Mention) -> bool:
    return not mention.by_agent and (mention.terms is not None or mention.stance not in _STORY)


def _is_settled(text: str) -> bool:
    """«voy a pagar sesenta mil el lunes»: told, not offered; the agent's no changes nothing of it."""
    turn = folded(text)
    return _WILL_PAY.is_in(turn) and not _ASKS_FIRST.is_in(turn)


def _only_repeats(transcript: Transcript, at: int, mentions: Iterable[Mention]) -> bool:
    """Whether the payer only says again there what the agent has just named."""
    before = agent_turn_before(transcript, at)
    own = {m.worth for m in mentions if m.turn == at and not m.by_agent}
    asked = {m.worth for m in mentions if m.turn == before and m.by_agent}
    return own <= asked


def _refusal(transcript: Transcript, offer: int, again: Sequence[Mention]) -> int | None:
    """The agent's turn that turns down what was offered at `offer`; `again`: where it is named once more."""
    for index in range(offer + 1, min(offer + 1 + _ANSWER_TURNS, len(transcript.turns))):
        turn = transcript.turns[index]
        if turn.speaker == "agent" and turn.doubt is None:
            return index if _turns_down(turn.text, [m for m in again if m.turn == index]) else None
    return None


def _turns_down(text: str, again: Iterable[Mention]) -> bool:
    turn = folded(text)
    if yes.says_yes(text) or yes.says_yes(_FIRST_NO.sub("", text)) or _INSISTS.is_in(turn):
        return False  # «no, está bien, el quince entonces»
    line = _EMPTY_NO.sub(",", turn.line)
    flat = _FLAT.is_in(turn) or _FLAT_AT_START.match(line, 1) is not None
    return flat and all(_no_beside(text, m) for m in again)


def _no_beside(text: str, mention: Mention) -> bool:
    """«al treinta no», «no puedo esperar al treinta»: named only to be turned down."""
    turn = folded(text)
    before = turn.line[: turn.begin(mention.start) or 0].split()[-_BEFORE:]
    clause = " ".join(before).rpartition(" , ")[2].rpartition(" . ")[2]
    after = " ".join(turn.line[turn.after(mention.end) :].split()[:_AFTER])
    return any(_ALONE.search(f" {words} ") for words in (clause, after))


def _taken_up(transcript: Transcript, answer: int, mentions: Iterable[Mention], offered: set[Worth]) -> bool:
    """Whether, after the refusal, the payer agrees to anything or the agent comes round to the offer."""
    later = [m for m in mentions if m.turn > answer]
    in_doubt = False
    for index in range(answer + 1, len(transcript.turns)):
        turn = transcript.turns[index]
        here = [m for m in later if m.turn == index]
        if turn.doubt is not None:
            continue
        if turn.speaker == "agent":
            named = any(m.worth in offered and not _no_beside(turn.text, m) for m in here)
            marks = marks_of(turn.text)
            settles = marks.agrees and (marks.sums_up or marks.notes) and not in_doubt
            if named or settles or _GRANTED.is_in(folded(turn.text)):
                return True
        elif any(_offered(m) for m in here) or _agrees(transcript, index, mentions, answer):
            return True
        else:
            in_doubt = _DOUBTS.is_in(folded(turn.text))
    return False


def _agrees(transcript: Transcript, index: int, mentions: Iterable[Mention], answer: int) -> bool:
    """Whether the payer's turn says to pay, or yes to an agent who asks for it or names a sum or a day."""
    text = transcript.turns[index].text
    if yes.refuses(text) is not None:
        return False
    if _IN_EARNEST.is_in(folded(text)) and not marks_of(text).denies:
        return True
    before = agent_turn_before(transcript, index)
    if yes.says_yes(text) is None or before is None:
        return False
    asked = transcript.turns[before].text
    named = any(m.turn == before and not _no_beside(asked, m) for m in mentions)
    asks = "?" in asked if before == answer else yes.asks(asked)[2]
    return named or (asks and about_paying(asked))


def without_turned_down(text: str, said: list[Mention]) -> tuple[list[Mention], set[Worth]]:
    """What a turn of the payer names, less the days that it turns down flat and names no more, and those:
    «mañana no, el sábado». Nothing said of such a day before stands.
    """
    flat = {m for m in said if m.is_day and is_turned_down(text, m.start, m.end)}
    kept = [m for m in said if m not in flat]
    return kept, {m.worth for m in flat} - {m.worth for m in kept}


def answerable(transcript: Transcript, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` without the sums and days that only the agent named once the payer had spoken for the last
    time: nobody agreed to them, and they do not undo what was agreed.
    """
    last = max((i for i, turn in enumerate(transcript.turns) if turn.speaker != "agent"), default=-1)
    heard = {m.worth for m in mentions if m.turn <= last}
    return [m for m in mentions if m.turn <= last or m.worth in heard]
