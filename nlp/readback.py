"""The end of an agreement: the agent's repetition and the yes to it, of the debtor or who promised instead."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from nlp import yes
from nlp.folded import folded, says_only
from nlp.heard import days_of
from nlp.money import amounts
from nlp.phrases import phrases
from nlp.said import Frame
from nlp.stance import Stance, stance_on
from nlp.turn_marks import names_channel
from nlp.types import Promise
from transcripts.types import Quote, Speaker, Transcript

_END = re.compile(r"[.?!…;]+[»”\"]?(?=\s|$)")
_SUM_UP = phrases("sum_up")
_WAYS = phrases("several_ways")
_LEAVE = phrases("takes_leave_only")
_GIVES_IN = phrases("gives_in")
_ASKS_FOR_DOUBTS, _NO_DOUBTS = phrases("asks_for_doubts"), phrases("has_no_doubts")
_MARK = re.compile(r"[.?!…]")
_LONGEST_QUOTE = 220
_DENIES = tuple(
    f" {word} " for word in "no komo espere espereme kual kuanto ke perdon mande alo oiga".split()
)
_DOUBTS = (
    " no puedo ",
    " no le prometo ",
    " no se si ",
    " no es seguro ",
    " boy a ber ",
    " bamos a ber ",
    " si puedo ",
)


def sentence(transcript: Transcript, turn: int, start: int, end: int) -> Quote:
    """The sentence (or sentences) of a turn around characters `start..end`; cut to the words themselves
    where it runs on.
    """
    text = transcript.turns[turn].text
    first = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    stop = _END.search(text, max(end - 1, 0))
    last = stop.end() if stop else len(text)
    if last - first > _LONGEST_QUOTE:
        first = max(first, text.rfind(" ", 0, max(start - 60, 0)) + 1)
        space = text.find(" ", min(end + 60, len(text)))
        last = min(last, space if space >= 0 else len(text))
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return transcript.quote(turn, first, last) if last > first else transcript.quote(turn, start, end)


def read_back_of(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> tuple[Quote | None, Quote | None]:
    """(the agent's repetition, the yes to it) of an agreement made at `turn` by the debtor or another payer.

    The repetition counts once sum AND day have been repeated, in one turn or over several; the quote is
    the turn that completes them. A proposal that already holds both and is met with a yes is its own
    repetition where it sums up («entonces…») or where both had been said before it; so are the agent's words
    before `turn` that repeat what the debtor had just promised. Of several that which is met with a yes
    counts, then that which is met with thanks or a goodbye.
    """
    payers = _payers(transcript, turn)
    ahead = range(turn + 1, len(transcript.turns))
    found = _completed(transcript, ahead, [False, False], amount, date, hint)
    if found is None:
        found = _proposed(transcript, turn, amount, date, hint)
    if found is None:
        ahead = range(_given_by(transcript, turn, amount, date, hint), turn)
        found = _completed(transcript, ahead, [False, False], amount, date, hint)
    best = found
    while found is not None:
        confirmed = _confirmation(transcript, found.turn, amount, date, hint, payers)
        if confirmed is not None:
            return found, confirmed
        if best is not None and _leave_after(transcript, best, payers) is None:
            best = found if _leave_after(transcript, found, payers) else best
        again = range(found.turn + 1, ahead.stop)
        found = _completed(transcript, again, [False, False], amount, date, hint)
    return best, None


def _proposed(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> Quote | None:
    """The agent's proposal that the debtor agrees to at `turn`, where it is its own repetition."""
    before = _agent_before(transcript, turn)
    says_yes = yes.says_yes(transcript.turns[turn].text)
    if before is None or not (says_yes or _says_again(transcript, turn, amount, date, hint)):
        return None
    heard = [bool(spans) for spans in _repeated(transcript, before, amount, date, hint)]
    line = folded(transcript.turns[before].text).line
    sums_up = _SUM_UP.search(line) is not None
    if says_yes is None and _WAYS.search(line):
        return None  # one of the ways that were offered is taken: nothing was agreed yet to be repeated
    if all(heard) and (sums_up or _said_before(transcript, before, amount, date, hint)):
        return _completed(transcript, range(before, before + 1), [False, False], amount, date, hint)
    if says_yes and not all(heard):
        return _completed(transcript, range(turn + 1, len(transcript.turns)), heard, amount, date, hint)
    return None


def _given_by(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> int:
    """The debtor's first turn before `turn` that names both sum and day; `turn` where none does."""
    if date is None:
        return turn
    own = (index for index, _ in transcript.said_by("debtor") if index < turn)
    return next((i for i in own if all(_repeated(transcript, i, amount, date, hint))), turn)


def only_leave(transcript: Transcript, promise: Promise) -> Quote | None:
    """The debtor's answer to the repetition where it is thanks or a goodbye and no more: it neither confirms
    nor denies.
    """
    if promise.read_back is None or promise.confirmed is not None:
        return None
    return _leave_after(transcript, promise.read_back, _payers(transcript, promise.quote.turn))


def _leave_after(transcript: Transcript, said: Quote, payers: tuple[Speaker, ...]) -> Quote | None:
    answer = _answer_to(transcript, said.turn, payers)
    if answer is None or not _takes_leave(transcript.turns[answer].text):
        return None
    return transcript.quote(answer)


def _takes_leave(text: str) -> bool:
    return yes.confirms(text) is None and says_only(_LEAVE, text)


def repeats(transcript: Transcript, turn: int, promise: Promise) -> tuple[bool, bool]:
    """Whether a turn names the sum, and the day, of what was promised."""
    if promise.amount is None:
        return False, False
    due = transcript.recording.facts.amount_due
    sums, days = _repeated(transcript, turn, promise.amount, promise.date, due)
    return bool(sums), bool(days)


def repeats_other(transcript: Transcript, turn: int, promise: Promise) -> tuple[bool, bool]:
    """Whether a turn names another sum than that promised, and another day."""
    text, recording = transcript.turns[turn].text, transcript.recording
    sums = amounts(text, recording.country, hint=recording.facts.amount_due, asked=True)
    named = {one.value for one in sums} - {None}
    days = set()
    if recording.call_date is not None and promise.date is not None:
        frame = Frame(recording.call_date, recording.country, days=(promise.date,))
        days = {one.date for one in days_of(text, frame)} - {None}
    return bool(named) and promise.amount not in named, bool(days) and promise.date not in days


def _says_again(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> bool:
    """Whether the debtor's turn answers by saying sum or day once more, and nothing against them."""
    said = transcript.turns[turn].text
    again = any(_repeated(transcript, turn, amount, date, hint))
    return again and yes.refuses(said) is None and " no " not in folded(said).line


def _said_before(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> bool:
    """Whether sum and day had both been named, by whomever, before an agent's `turn` names them."""
    earlier = [_repeated(transcript, index, amount, date, hint) for index in range(turn)]
    return date is not None and any(sums for sums, _ in earlier) and any(days for _, days in earlier)


def _completed(
    transcript: Transcript,
    turns: range,
    heard: list[bool],
    amount: Decimal,
    date: datetime.date | None,
    hint: Decimal | None,
) -> Quote | None:
    """The agent's words that complete the repetition of sum and day, `heard` telling which were repeated
    before.
    """
    for index in turns:
        said = transcript.turns[index]
        if said.speaker != "agent" or said.doubt is not None:
            continue
        spans = _repeated(transcript, index, amount, date, hint)
        if not any(spans):
            continue
        heard = [was or bool(span) for was, span in zip(heard, spans, strict=True)]
        if all(heard):
            places = [place for span in spans for place in span]
            return sentence(transcript, index, min(p[0] for p in places), max(p[1] for p in places))
    return None


def _agent_before(transcript: Transcript, turn: int) -> int | None:
    return next(
        (i for i in range(turn - 1, max(-1, turn - 4), -1) if transcript.turns[i].speaker == "agent"), None
    )


_Spans = list[tuple[int, int]]


def _repeated(
    transcript: Transcript, index: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> tuple[_Spans, _Spans]:
    """Where a turn names the sum, and where it names the day of the agreement."""
    text, recording = transcript.turns[index].text, transcript.recording
    sums = [
        (a.start, a.end) for a in amounts(text, recording.country, hint=hint, asked=True) if a.value == amount
    ]
    call_date = recording.call_date
    if call_date is None or date is None:
        return sums, sums
    days = [
        (d.start, d.end)
        for d in days_of(text, Frame(call_date, recording.country, days=(date,)))
        if d.date == date and stance_on(text, d.start, d.end) is not Stance.CALLS
    ]
    return sums, days


def _confirmation(
    transcript: Transcript,
    index: int,
    amount: Decimal,
    date: datetime.date | None,
    hint: Decimal | None,
    payers: tuple[Speaker, ...],
) -> Quote | None:
    """The payer's yes within the next turns: in words, by saying sum or day again, or by going on from it
    without a word against it.
    """
    for later in range(index + 1, min(index + 4, len(transcript.turns))):
        said = transcript.turns[later]
        if said.speaker not in payers:
            continue
        if yes.refuses(said.text) is not None:
            return None
        found = yes.confirms(said.text) or _gives_in(said.text) or _has_no_doubts(transcript, later)
        places = [place for span in _repeated(transcript, later, amount, date, hint) for place in span]
        if found or (places and " no " not in folded(said.text).line):
            first, last = found or (min(p[0] for p in places), max(p[1] for p in places))
            return sentence(transcript, later, first, last)
    return _goes_on(transcript, index, amount, date, hint, payers)


def _gives_in(text: str) -> tuple[int, int] | None:
    """Where `text` agrees because there is no other way: «pues toca», «qué más», «no me queda de otra»."""
    return (0, len(text)) if "?" not in text and says_only(_GIVES_IN, text) else None


def _has_no_doubts(transcript: Transcript, index: int) -> tuple[int, int] | None:
    """All of a turn that answers «¿le queda alguna duda?» with no."""
    text, asked = transcript.turns[index].text, folded(transcript.turns[index - 1].text).line
    none = _ASKS_FOR_DOUBTS.search(asked) is not None and says_only(_NO_DOUBTS, text)
    return (0, len(text)) if none else None


def _goes_on(
    transcript: Transcript,
    index: int,
    amount: Decimal,
    date: datetime.date | None,
    hint: Decimal | None,
    payers: tuple[Speaker, ...],
) -> Quote | None:
    """The payer's next words where they take the repetition as settled: no denial, no other sum or day."""
    after = _answer_to(transcript, index, payers)
    if after is None or _takes_leave(transcript.turns[after].text):
        return None
    text, recording = transcript.turns[after].text, transcript.recording
    line = folded(text).line
    told = line.startswith(" komo ") and "?" not in text  # «como a las seis voy»
    denied = line.startswith(_DENIES) and not told
    mark = _MARK.search(text)
    asks = text.lstrip().startswith("¿") or (
        mark is not None and mark.group() == "?" and not names_channel(text[: mark.end()])
    )  # «¿con Zelle se puede?» goes on with what was agreed
    if asks or denied or any(word in line for word in _DOUBTS):
        return None
    if any(a.value and a.value != amount for a in amounts(text, recording.country, hint=hint)):
        return None
    if recording.call_date is not None and date is not None:
        frame = Frame(recording.call_date, recording.country, days=(date,))
        if any(d.date not in (None, date) for d in days_of(text, frame)):
            return None
    first = sentence(transcript, after, 0, len(text.split(".")[0]))
    # «gracias» alone is no yes; with «¿y dónde pago?» after it both are quoted
    return sentence(transcript, after, 0, len(text)) if _takes_leave(first.text) else first


def _answer_to(transcript: Transcript, index: int, payers: tuple[Speaker, ...]) -> int | None:
    """The payer's next turn, where it comes within two and was heard well."""
    after = next((i for i, _ in transcript.said_by(*payers) if i > index), None)
    heard = after is not None and after <= index + 2 and transcript.turns[after].doubt is None
    return after if heard else None


def _payers(transcript: Transcript, turn: int) -> tuple[Speaker, ...]:
    """Whose yes counts: the debtor's, and that of who promised in the debtor's place at `turn`."""
    return ("debtor", "other") if transcript.turns[turn].speaker == "other" else ("debtor",)
