"""The day that a debtor points at: «bueno, ese día le pago» is said of the day that the agent just named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.bargain import agent_turn_before
from nlp.folded import folded
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.stance import Stance, stance_on
from transcripts.types import Transcript

_THAT_DAY = phrases("that_day")


def pointed(
    mentions: Sequence[Mention], transcript: Transcript, index: int, said: Sequence[Mention]
) -> list[Mention]:
    """The day of debtor's turn `index` that stands in none of its own words, where it is one of payment."""
    before = agent_turn_before(transcript, index)
    turn = folded(transcript.turns[index].text)
    found = _THAT_DAY.search(turn.line)
    if found is None or before is None or any(m.is_day for m in said) or " si " in turn.line[found.end() :]:
        return []  # «ese día le digo si le pago» points at no payment
    days = {m.worth: m for m in mentions if m.is_day and m.turn == before and not m.debt}
    start, end = turn.span(found.start(), found.end())
    if len(days) != 1 or stance_on(turn.text, start, end) is not Stance.PAYS:
        return []
    return [
        replace(day, turn=index, start=start, end=end, by_agent=False, stance=Stance.PAYS, in_question=False)
        for day in days.values()
    ]
