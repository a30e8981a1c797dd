"""The end of an agreement: the agent's repetition and the yes to it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from nlp import yes
from nlp.calendar_names import WEEKDAYS
from nlp.confirmed import answer_to, confirmation, payers_of, repeated, takes_leave
from nlp.day_beside_sum import parted
from nlp.folded import folded
from nlp.heard import days_of
from nlp.money import amounts
from nlp.phrases import phrases
from nlp.picked import ways
from nlp.said import Frame
from nlp.sentences import sentence
from nlp.types import Promise
from transcripts.types import Quote, Speaker, Transcript

_SUM_UP = phrases("sum_up")
_WAYS = phrases("several_ways")
_THAT_DAY, _COUNTS_ON = phrases("that_day"), phrases("counts_on")
_EACH = re.compile(
    rf" (?:kada|todos los|desde(?: el| este)?|a partir del?(?: este)?) (?P<w>{'|'.join(WEEKDAYS)})s?(?= )"
)


def read_back_of(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> tuple[Quote | None, Quote | None]:
    """(the agent's repetition, the yes to it) of an agreement made at `turn` by the debtor or another payer.

    The repetition counts once sum AND day have been repeated, in one turn or over several; the quote is
    the turn that completes them. A proposal that already holds both and is met with a yes is its own
    repetition where it sums up («entonces…»), where both had been said before it or where it works out the
    day; so are the agent's words before `turn` that repeat what the debtor had just promised. Of several
    that which is met with a yes counts, then that which is met with thanks or a goodbye.
    """
    payers = payers_of(transcript, turn)
    ahead = range(turn + 1, len(transcript.turns))
    found = _completed(transcript, ahead, [False, False], amount, date, hint)
    if found is None:
        found = _proposed(transcript, turn, amount, date, hint)
    if found is None:
        ahead = range(_given_by(transcript, turn, amount, date, hint), turn)
        found = _completed(transcript, ahead, [False, False], amount, date, hint)
    best = found
    while found is not None:
        confirmed = confirmation(transcript, found.turn, amount, date, hint, payers)
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
    heard = [bool(spans) for spans in repeated(transcript, before, amount, date, hint)]
    line = folded(transcript.turns[before].text).line
    sums_up = _SUM_UP.search(line) is not None
    if says_yes is None and _WAYS.search(line):
        return None  # one of the ways that were offered is taken: nothing was agreed yet to be repeated
    said_before = _said_before(transcript, before, amount, date, hint)
    if all(heard) and (sums_up or said_before or _works_out(transcript, before, amount, date, hint)):
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
    return next((i for i in own if all(repeated(transcript, i, amount, date, hint))), turn)


def only_leave(transcript: Transcript, promise: Promise) -> Quote | None:
    """The debtor's answer to the repetition where it is thanks or a goodbye and no more: it neither confirms
    nor denies.
    """
    if promise.read_back is None or promise.confirmed is not None:
        return None
    return _leave_after(transcript, promise.read_back, payers_of(transcript, promise.quote.turn))


def _leave_after(transcript: Transcript, said: Quote, payers: tuple[Speaker, ...]) -> Quote | None:
    answer = answer_to(transcript, said.turn, payers)
    if answer is None or not takes_leave(transcript.turns[answer].text):
        return None
    return transcript.quote(answer)


def repeats(transcript: Transcript, turn: int, promise: Promise) -> tuple[bool, bool]:
    """Whether a turn names the sum, and the day, of what was promised."""
    if promise.amount is None:
        return False, False
    due = transcript.recording.facts.amount_due
    sums, days = repeated(parted(transcript)[0], turn, promise.amount, promise.date, due)
    return bool(sums), bool(days)


def names_that_day(text: str) -> bool:
    """Whether a turn calls a day by pointing at it: «ese día», «para esa fecha»."""
    return _THAT_DAY.search(folded(text).line) is not None


def repeats_other(transcript: Transcript, turn: int, promise: Promise) -> tuple[bool, bool]:
    """Whether a turn names another sum than that promised, and another day."""
    text, recording = parted(transcript)[0].turns[turn].text, transcript.recording
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
    again = any(repeated(transcript, turn, amount, date, hint))
    return again and yes.refuses(said) is None and " no " not in folded(said).line


def _said_before(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> bool:
    """Whether sum and day had both been named, by whomever, before an agent's `turn` names them: the sum may
    be one of parts that make up a sum that was named, where the debtor chose the day.
    """
    earlier = [repeated(transcript, index, amount, date, hint) for index in range(turn)]
    if date is None:
        return False
    if not any(sums for sums, _ in earlier):
        own = any(
            days
            for said, (_, days) in zip(transcript.turns, earlier, strict=False)
            if said.speaker == "debtor"
        )
        return own and _parts_of_known(transcript, turn, amount, hint)
    return any(days for _, days in earlier) or any(
        date.weekday() in _every(transcript.turns[index].text) for index in range(turn)
    )


def _works_out(
    transcript: Transcript, turn: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> bool:
    """Whether an agent's `turn` works out the day that the debtor just told by another («un día después», «el
    lunes que sigue»), for a sum that had been named.
    """
    before = transcript.turns[turn - 1] if turn else None
    if before is None or before.speaker != "debtor" or _COUNTS_ON.search(folded(before.text).line) is None:
        return False
    return any(repeated(transcript, index, amount, date, hint)[0] for index in range(turn))


def _parts_of_known(transcript: Transcript, turn: int, amount: Decimal, hint: Decimal | None) -> bool:
    """Whether the sums of `turn`, `amount` among them, are together one that was named before."""
    country = transcript.recording.country
    told = [one.value for one in amounts(transcript.turns[turn].text, country, hint=hint) if one.value]
    named = {
        one.value for at in range(turn) for one in amounts(transcript.turns[at].text, country, hint=hint)
    }
    return len(told) > 1 and amount in told and sum(told) in {*named, hint}


def _every(text: str) -> set[int]:
    """The weekdays that a turn names as those of every week: «cada lunes» (Monday 0)."""
    return {WEEKDAYS[found["w"]] for found in _EACH.finditer(folded(text).line)}


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
        spans = repeated(transcript, index, amount, date, hint)
        if not any(spans) or _is_choice(transcript, index, hint):
            continue
        heard = [was or bool(span) for was, span in zip(heard, spans, strict=True)]
        if all(heard):
            places = [place for span in spans for place in span]
            return sentence(transcript, index, min(p[0] for p in places), max(p[1] for p in places))
    return None


def _is_choice(transcript: Transcript, turn: int, hint: Decimal | None) -> bool:
    """Whether a turn offers several ways, each with its sum: nothing is agreed yet that it could repeat."""
    text = transcript.turns[turn].text
    sums = amounts(text, transcript.recording.country, hint=hint)
    return len(ways(text, [one.start for one in sums if one.value])) > 1


def _agent_before(transcript: Transcript, turn: int) -> int | None:
    return next(
        (i for i in range(turn - 1, max(-1, turn - 4), -1) if transcript.turns[i].speaker == "agent"), None
    )
