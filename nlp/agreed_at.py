"""The turn at which a promise is quoted: not the «ah» or the question that came first after the offer, where
the debtor takes it up in words of their own later.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import yes
from nlp.bargain import agent_turn_before
from nlp.dates import dates
from nlp.folded import says_only
from nlp.money import amounts
from nlp.phrases import phrases
from nlp.sentences import sentence
from nlp.types import Promise
from transcripts.types import Quote, Transcript

_SOUND = phrases("mere_sound")


def quoted_where_agreed(promise: Promise | None, transcript: Transcript) -> Promise | None:
    """`promise` with the words that agree to it, where those it is quoted by name and agree to nothing."""
    if promise is None or not promise.firm or not _says_nothing(transcript, promise):
        return promise
    first, back = promise.quote.turn, promise.read_back
    end = back.turn if back is not None and back.turn > first else len(transcript.turns)
    who = transcript.turns[first].speaker
    turns = [i for i, turn in transcript.said_by(who) if first < i < end and turn.doubt is None]
    found = next((quote for i in turns if (quote := _agrees(transcript, i, promise))), None)
    return promise if found is None else replace(promise, quote=found)


def _says_nothing(transcript: Transcript, promise: Promise) -> bool:
    """Whether the turn of the quote holds a sound, or no more than a question, and names neither part."""
    text = transcript.turns[promise.quote.turn].text
    return (
        yes.says_yes(text) is None
        and (text.rstrip().endswith("?") or says_only(_SOUND, text.split(".")[0]))
        and not _named(transcript, promise.quote.turn, promise)
    )


def _agrees(transcript: Transcript, turn: int, promise: Promise) -> Quote | None:
    """The words of a turn that name the sum or the day, or say yes where the agent has just named one."""
    text = transcript.turns[turn].text
    if text.rstrip().endswith("?") or yes.refuses(text) is not None:
        return None
    places = _named(transcript, turn, promise)
    said = yes.says_yes(text)
    before = agent_turn_before(transcript, turn)
    if said is not None and before is not None and _named(transcript, before, promise):
        places = [said]
    if not places:
        return None
    return sentence(transcript, turn, min(p[0] for p in places), max(p[1] for p in places))


def _named(transcript: Transcript, turn: int, promise: Promise) -> list[tuple[int, int]]:
    """Where a turn names the sum or the day of the promise, in characters."""
    text, call = transcript.turns[turn].text, transcript.recording
    sums = [(a.start, a.end) for a in amounts(text, call.country) if a.value == promise.amount]
    days = dates(text, call.call_date, call.country) if call.call_date else ()
    return [*sums, *((d.start, d.end) for d in days if d.date == promise.date)]
