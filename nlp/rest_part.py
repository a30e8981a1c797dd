"""The rest of the debt as the second part of an agreement: «cuatrocientos mil el lunes y el resto el quince».

Nobody says its sum: it is what the first part leaves of the debt, where that is known for sure.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from nlp.clues import sought
from nlp.evidence import CallView
from nlp.figures import agent_figures
from nlp.folded import folded
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.stance import Stance
from nlp.types import Part
from transcripts.types import Transcript

_REST, _OTHER_HALF = sought("rest_of_debt"), sought("other_half")
_PAID_THEN = re.compile("(?: " + phrases("paid_then").pattern + ")* ")
_NOT_MEANT = (Stance.DENIES, Stance.PAST, Stance.EARNS, Stance.CALLS, Stance.DOUBTS)


def rest_of_debt(
    view: CallView, amount: Decimal, date: datetime.date, turns: Iterable[int]
) -> tuple[Part, ...]:
    """What `amount` on `date` leaves of the debt, on the day that the last of `turns` to tell one names."""
    days = [day for index in turns if (day := _day_of_rest(view, index, amount, date)) is not None]
    due = _due(view.transcript) if days else None
    return (Part(due - amount, days[-1]),) if due is not None and due > amount else ()


def _due(transcript: Transcript) -> Decimal | None:
    """The debt in full; None where it is not known, the agent told another or offered to take off some."""
    figures = agent_figures(transcript)
    if any(figure.kind in ("share_off", "extras_off") for figure in figures):
        return None
    told = {figure.value for figure in figures if figure.kind == "debt"}
    due = transcript.recording.facts.amount_due
    if due is None:
        return told.pop() if len(told) == 1 else None
    return due if not told or due in told else None


def _day_of_rest(view: CallView, index: int, amount: Decimal, date: datetime.date) -> datetime.date | None:
    """The one later day of a turn, where it is that of the rest and no other sum is told with it."""
    said = view.at.get(index, ())
    due = view.transcript.recording.facts.amount_due
    known = {amount, due, due - amount if due is not None else None}
    coming = [one for one in said if one.is_day and one.worth != date and not one.corrected]
    if any(not one.is_day and one.worth not in known for one in said) or len(coming) != 1:
        return None
    day = coming[0]
    assert isinstance(day.worth, datetime.date)
    open_ = day.conditional or not day.firm or (day.in_question and not day.by_agent)
    if open_ or day.stance in _NOT_MEANT or day.worth < date:
        return None
    half = due is not None and amount * 2 == due
    return day.worth if _is_of_rest(view.transcript.turns[index].text, day, half=half) else None


def _is_of_rest(text: str, day: Mention, *, half: bool) -> bool:
    """Whether «el resto» (after a half «la otra» too) stands by the day, with no more than «se lo pago»
    between.
    """
    turn = folded(text)
    first, end = turn.begin(day.start) or 0, turn.after(day.end)
    found = [*_REST.all_in(turn), *(_OTHER_HALF.all_in(turn) if half else ())]
    between = (
        turn.line[match.end() : first] if match.end() <= first else turn.line[end - 1 : match.start()]
        for match in found
    )
    return any(_PAID_THEN.fullmatch(words) is not None for words in between)
