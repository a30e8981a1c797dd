"""A day whose month nobody said: «el cinco», where «el cinco de diciembre» was only the last day to pay.

A bare day is the one of its name that was spoken of before (`heard.days_of`). Where that was a day to pay on,
the debtor means it; where it was a deadline, a due date or the day of the next call, the month is a guess and
a person hears it, unless somebody names it and the other side agrees.
"""

from __future__ import annotations

import datetime

from nlp.clues import sought, sought_before
from nlp.dates import dates
from nlp.evidence import CallView
from nlp.folded import folded
from nlp.heard import names_no_month
from nlp.mentions import Mention
from nlp.sentences import sentence
from nlp.stance import Stance
from nlp.types import Promise
from transcripts.types import Quote, Transcript

_FALLS_DUE_BEFORE, _FALLS_DUE_AFTER = sought_before("falls_due_before"), sought("falls_due_after")
_NO_PAYING = (Stance.CALLS, Stance.PAST, Stance.SPENDS, Stance.DENIES)
_GIVEN = (Stance.PAYS, Stance.SUGGESTS)


def month_open(view: CallView, promise: Promise) -> Quote | None:
    """The debtor's or agent's words that name the promised day without its month, where only a day of its
    name on which nothing is paid tells it.
    """
    call = view.transcript.recording
    if promise.date is None or call.call_date is None:
        return None
    transcript = view.transcript
    said = view.days.get(promise.date, [])
    bare = [m for m in said if names_no_month(_words(transcript, m))]
    if not bare or any(_pays_on(view, promise, m) for m in said if m not in bare):
        return None
    own = {day.date for day in dates(_words(transcript, bare[0]), call.call_date, call.country, asked=True)}
    lent = promise.date not in own
    if not lent and not _another(view, promise.date, bare[0]):
        return None
    return sentence(transcript, bare[0].turn, bare[0].start, bare[0].end)


def _words(transcript: Transcript, mention: Mention) -> str:
    return transcript.turns[mention.turn].text[mention.start : mention.end]


def _pays_on(view: CallView, promise: Promise, mention: Mention) -> bool:
    """Whether a day that is named in full is one to pay on, and one that both sides have heard."""
    if mention.stance in _NO_PAYING or _falls_due(view.transcript, mention):
        return False
    if not mention.by_agent:
        return not mention.deadline or mention.asked or mention.stance in _GIVEN
    if mention.deadline:
        return False
    confirmed = promise.confirmed is not None and promise.confirmed.turn > mention.turn
    return mention.turn < promise.quote.turn or confirmed or view.replies[mention.turn] == "yes"


def _falls_due(transcript: Transcript, mention: Mention) -> bool:
    turn = folded(transcript.turns[mention.turn].text)
    first, last = turn.begin(mention.start) or 0, turn.after(mention.end) - 1
    return _FALLS_DUE_BEFORE.is_before(turn, first) or _FALLS_DUE_AFTER.is_after(turn, last)


def _another(view: CallView, date: datetime.date, bare: Mention) -> bool:
    """Whether the same number of another month was named before, as the day of a call."""
    named = (m for found in view.days.values() for m in found if m.turn <= bare.turn)
    return any(
        isinstance(m.worth, datetime.date)
        and m.by_number
        and m.stance is Stance.CALLS
        and m.worth.day == date.day
        and m.worth != date
        for m in named
    )
