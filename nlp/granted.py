"""Which sums and days of a call may bind the payer: those offered on terms only once these are granted, those
of a maybe only once they are said again.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.bargain import Table
from nlp.hedges import hedged, only_maybe
from nlp.mentions import Mention
from nlp.terms import Terms, answers, in_question
from transcripts.types import Transcript

_ANSWER_TURNS = 6  # so many turns the agent has to answer an offer on terms


def binding(mentions: Sequence[Mention], transcript: Transcript, table: Table) -> list[Mention]:
    """`mentions` without those of offers on terms that nobody granted and the payer did not take up later.

    Where less than the debt was asked and granted, what was named as the debt before is no longer what is to
    be paid.
    """
    kept = list(mentions)
    for index, terms in {m.turn: m.terms for m in mentions if m.terms is not None}.items():
        if _granted(index, terms, mentions, transcript, table):
            if terms.less:
                kept = [m for m in kept if m.turn >= index or m.worth != table.hint]
        else:
            kept = [m for m in kept if m.turn != index or m.terms is None or _taken_up(m, table)]
    return _without_maybes(kept, transcript, table)


def _without_maybes(mentions: list[Mention], transcript: Transcript, table: Table) -> list[Mention]:
    """`mentions` without what was only a maybe when it was last spoken of, and what it answered.

    What was agreed before stands, and so does what was agreed after it.
    """
    debtor = transcript.said_by("debtor")
    doubts = [i for i, turn in debtor if turn.doubt is None and hedged(turn.text)]
    if not doubts or (table.committed is not None and table.committed >= doubts[-1]):
        return mentions
    last, text = doubts[-1], transcript.turns[doubts[-1]].text
    if table.committed is None:
        return [m for m in mentions if m.turn > last or (m.turn == last and not only_maybe(text, m.start))]
    return [m for m in mentions if m.turn != last or not only_maybe(text, m.start)]


def _granted(
    index: int, terms: Terms, mentions: Sequence[Mention], transcript: Transcript, table: Table
) -> bool:
    offered = {m.worth for m in mentions if m.turn == index and m.terms is not None}
    for later in range(index + 1, min(index + 1 + _ANSWER_TURNS, len(transcript.turns))):
        turn = transcript.turns[later]
        if turn.speaker == "agent" and turn.doubt is None:
            named = {m.worth for m in mentions if m.turn == later and not in_question(turn.text, m.end)}
            answer = answers(turn.text, terms, offered, named, table.hint)
            if answer is not None:
                return answer
    return False


def _taken_up(mention: Mention, table: Table) -> bool:
    """Whether the payer agreed later, without the terms, to what the offer named."""
    return table.committed is not None and any(
        said is not None and (said.turn, said.worth) == (mention.turn, mention.worth)
        for said in (table.amount, table.date)
    )
