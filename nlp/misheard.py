"""A sum or a day that the debtor said and the agent noted otherwise, with nothing said to make it another.

«Los ochenta y cinco para el doce» — «queda en cincuenta y ocho mil el doce» — «ya»: which of the two stands
nobody can tell from the words. A counter-offer that the debtor takes is no such thing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlp import yes
from nlp.calendar_names import MONTHS, WEEKDAYS
from nlp.clues import sought
from nlp.evidence import CallView
from nlp.folded import folded, says_only
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.sentences import sentence
from nlp.stance import GIVEN, Stance
from nlp.text import sound
from nlp.types import Otherwise, Promise
from transcripts.types import Quote, Transcript

_COUNTERS = sought("counters")
_REJECTS = sought("rejects")
_CHANGES = sought("changes")
_LESS = sought("noted_less")
_SUM_UP = sought("sum_up")
_NOTED = sought("noted")
_ONE_OF_PARTS = sought("one_of_parts")
_BARE = phrases("bare_ya")
_VAGUE_DAY = re.compile(r"\b(semana|quincena|fin|finde|mes|entre|primero)")
_THIS = sound("este")
_ELSEWHERE = (Stance.CALLS, Stance.PAST, Stance.DENIES, Stance.EARNS, Stance.SPENDS)
_FAR = 8  # times
_THOUSANDS = (Decimal(1000), Decimal(1_000_000))


@dataclass(frozen=True, slots=True)
class _Noted:
    mention: Mention
    counters: bool  # openly another offer


def noted_otherwise(view: CallView, promise: Promise) -> Otherwise | None:
    """Where the sum or the day that the agent noted is not the one that the debtor said last, and the debtor
    let it stand.
    """
    for days in (False, True):
        found = _left_open(view, days=days)
        worth = promise.date if days else promise.amount
        if found is not None and worth in (found[0].worth, found[1].worth):
            told, noted = found
            if worth == noted.worth and _narrowed(view.transcript, told, noted):
                continue
            return Otherwise(_quote(view, told), _quote(view, noted), days)
    return None


def _narrowed(transcript: Transcript, told: Mention, noted: Mention) -> bool:
    """Whether the note only says which of its days a weekday is: «el viernes», «el viernes veintisiete»."""
    nearest = _THIS in _words(transcript, told)  # «este viernes» is one day
    narrows = noted.by_number and not (told.by_number or nearest)
    return narrows and _named_alike(transcript, told, noted)


def _quote(view: CallView, said: Mention) -> Quote:
    return sentence(view.transcript, said.turn, said.start, said.end)


def _left_open(view: CallView, *, days: bool) -> tuple[Mention, Mention] | None:
    told: Mention | None = None
    noted: _Noted | None = None
    for index, turn in enumerate(view.transcript.turns):
        if turn.doubt is not None or not turn.text.strip():
            continue
        if turn.speaker == "debtor":
            told, noted = _after_debtor(view, index, told, noted, days=days)
        elif turn.speaker == "agent" and told is not None:
            noted = _after_agent(view, index, told, noted)
    return (told, noted.mention) if told is not None and noted is not None else None


def _after_debtor(
    view: CallView, index: int, told: Mention | None, noted: _Noted | None, *, days: bool
) -> tuple[Mention | None, _Noted | None]:
    text = view.transcript.turns[index].text
    named = [m for m in view.at.get(index, ()) if m.is_day == days]
    if noted is not None and any(_same(view.transcript, m, noted.mention) for m in named):
        return None, None  # taken up by name
    own = _own(view, index, named)
    if len({m.worth for m in own}) == 1:
        return own[0], None
    if named:
        return None, None  # several, or none that is given: there is no one word to hold the note against
    if noted is None:
        return told, None
    taken = noted.counters and not says_only(_BARE, text)
    if taken or yes.refuses(text) is not None or _CHANGES.is_in(folded(text)):
        return None, None
    return told, noted


def _own(view: CallView, index: int, named: Sequence[Mention]) -> list[Mention]:
    """What the debtor gives in a turn; «no, mejor el dieciséis, que el quince pasa lleno» gives the one that
    the agent had not named.
    """
    due = view.transcript.recording.facts.amount_due
    given = [m for m in named if _plain(view.transcript, m) and m.worth != due and m.stance in GIVEN]
    before = max((i for i in view.agent_turns if i < index), default=None)
    line = folded(view.transcript.turns[index].text)
    if (
        len({m.worth for m in given}) > 1
        and before is not None
        and (_CHANGES.is_in(line) or " no " in line.line)
    ):
        proposed = {m.worth for m in view.at.get(before, ())}
        given = [m for m in given if m.worth not in proposed]
    return given


def _after_agent(view: CallView, index: int, told: Mention, noted: _Noted | None) -> _Noted | None:
    transcript = view.transcript
    every = view.at.get(index, ())
    named = [m for m in every if m.is_day == told.is_day]
    if any(_same(transcript, m, told) for m in named):
        return None  # repeated as it was said
    due = transcript.recording.facts.amount_due
    noted_here = [
        m
        for m in named
        if _plain(transcript, m, question=True)
        and not m.debt
        and m.worth != due
        and m.stance not in _ELSEWHERE
    ]
    if len({m.worth for m in noted_here}) != 1 or len({m.worth for m in every if m.is_day}) > 1:
        return noted
    mention = noted_here[0]
    line = folded(transcript.turns[index].text)
    notes = _SUM_UP.is_in(line) or _NOTED.is_in(line)
    together = any(mention in pair for pair in view.beside.get(index, ()))
    beside = together or (not told.is_day and notes and index <= told.turn + 2)
    if not beside or _far_apart(told, mention) or _loosely_said(view, told, mention):
        return noted
    less = (
        isinstance(told.worth, Decimal) and isinstance(mention.worth, Decimal) and mention.worth < told.worth
    )
    if less and (_LESS.is_in(line) or _ONE_OF_PARTS.is_in(line)):
        return noted
    asked = mention.in_question and not notes
    offers = _COUNTERS.is_in(line) or _REJECTS.is_in(line) or _CHANGES.is_in(line) or asked
    return _Noted(mention, counters=offers and not less)  # nobody bargains down


def _far_apart(told: Mention, noted: Mention) -> bool:
    """Whether two sums are too unlike to be one misheard: a fee, a balance, a figure cut short."""
    if not isinstance(told.worth, Decimal) or not isinstance(noted.worth, Decimal):
        return False
    low, high = sorted((told.worth, noted.worth))
    return low * _FAR < high


def _loosely_said(view: CallView, told: Mention, noted: Mention) -> bool:
    """Whether a bare figure («los seis cuatro ochenta») stands for a sum that had been named before it."""
    return told.bare and any(m.turn < told.turn for m in view.sums.get(noted.worth, ()))


def _plain(transcript: Transcript, mention: Mention, *, question: bool = False) -> bool:
    """Whether a mention fixes one sum or one day."""
    if mention.rest or mention.corrected or mention.deadline or not mention.firm or not mention.agrees:
        return False
    words = transcript.turns[mention.turn].text[mention.start : mention.end].lower()
    return (question or not mention.in_question) and not (mention.is_day and _VAGUE_DAY.search(words))


def _same(transcript: Transcript, one: Mention, other: Mention) -> bool:
    """Whether two mentions may mean the same: a weekday alone is every day of its name, until the other side
    numbers another day of that name.
    """
    first, second = one.worth, other.worth
    if first == second:
        return True
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        low, high = sorted((first, second))
        return int(low) == int(high) or high / low in _THOUSANDS
    assert isinstance(first, datetime.date)
    assert isinstance(second, datetime.date)
    words = [_words(transcript, mention) for mention in (one, other)]
    if all(any(w in MONTHS for w in some) for some in words):
        return False
    if one.by_number and other.by_number:
        return first.day == second.day
    if one.by_number is not other.by_number and one.by_agent is not other.by_agent:
        return False
    return _named_alike(transcript, one, other)


def _named_alike(transcript: Transcript, one: Mention, other: Mention) -> bool:
    """Whether two days are the same of the week and one of them is called so."""
    first, second = one.worth, other.worth
    if not (isinstance(first, datetime.date) and isinstance(second, datetime.date)):
        return False
    by_name = any(word in WEEKDAYS for mention in (one, other) for word in _words(transcript, mention))
    return by_name and first.weekday() == second.weekday()


def _words(transcript: Transcript, mention: Mention) -> Iterable[str]:
    text = transcript.turns[mention.turn].text[mention.start : mention.end]
    return [sound(word) for word in re.findall(r"\w+", text)]
