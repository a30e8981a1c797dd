"""The end of an agreement: the agent's repetition, the debtor's yes to it, the way to pay."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from nlp import yes
from nlp.channels import Channel, places_named
from nlp.clues import sought_before
from nlp.folded import folded
from nlp.heard import days_of
from nlp.money import amounts
from nlp.phrases import phrases
from nlp.said import Frame
from nlp.stance import Stance, stance_on, stances
from nlp.types import Promise
from transcripts.types import Quote, Transcript

_END = re.compile(r"[.?!…;]+[»”\"]?(?=\s|$)")
_SUM_UP = phrases("sum_up")
_PARTS = phrases("parts_at_once")
_COMING = frozenset({Stance.PAYS, Stance.SUGGESTS, Stance.COULD})
_LO_DE = sought_before("lo_de")
_LONGEST_QUOTE = 220
_DENIES = (
    " no ",
    " komo ",
    " espere ",
    " espereme ",
    " kual ",
    " kuanto ",
    " ke ",
    " perdon ",
    " mande ",
    " alo ",
    " oiga ",
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
    """(the agent's repetition, the debtor's yes) of an agreement made at `turn`.

    The repetition counts once sum AND day have been repeated, in one turn or over several; the quote is
    the turn that completes them. A proposal that already holds both and is met with a yes is its own
    repetition where it sums up («entonces…») or where both had been said before it.
    """
    found = _completed(transcript, range(turn + 1, len(transcript.turns)), [False, False], amount, date, hint)
    before = _agent_before(transcript, turn)
    says_yes = yes.says_yes(transcript.turns[turn].text)
    if (
        found is None
        and before is not None
        and (says_yes or _says_again(transcript, turn, amount, date, hint))
    ):
        heard = [bool(spans) for spans in _repeated(transcript, before, amount, date, hint)]
        sums_up = _SUM_UP.search(folded(transcript.turns[before].text).line) is not None
        if all(heard) and (sums_up or _said_before(transcript, before, amount, date, hint)):
            found = _completed(transcript, range(before, before + 1), [False, False], amount, date, hint)
        elif says_yes and not all(heard):
            found = _completed(transcript, range(turn + 1, len(transcript.turns)), heard, amount, date, hint)
    if found is None:
        return None, None
    return found, _confirmation(transcript, found.turn, amount, date, hint)


def repeats(transcript: Transcript, turn: int, promise: Promise) -> tuple[bool, bool]:
    """Whether a turn names the sum, and the day, of what was promised."""
    if promise.amount is None:
        return False, False
    due = transcript.recording.facts.amount_due
    sums, days = _repeated(transcript, turn, promise.amount, promise.date, due)
    return bool(sums), bool(days)


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
    transcript: Transcript, index: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> Quote | None:
    """The debtor's yes within the next turns: in words, by saying sum or day again, or by going on from it
    without a word against it.
    """
    for later in range(index + 1, min(index + 4, len(transcript.turns))):
        said = transcript.turns[later]
        if said.speaker != "debtor":
            continue
        if yes.refuses(said.text) is not None:
            return None
        found = yes.confirms(said.text)
        places = [place for span in _repeated(transcript, later, amount, date, hint) for place in span]
        if found or (places and " no " not in folded(said.text).line):
            first, last = found or (min(p[0] for p in places), max(p[1] for p in places))
            return sentence(transcript, later, first, last)
    return _goes_on(transcript, index, amount, date, hint)


def _goes_on(
    transcript: Transcript, index: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> Quote | None:
    """The debtor's next words where they take the repetition as settled: no denial, no other sum or day."""
    after = next((i for i, _ in transcript.said_by("debtor") if i > index), None)
    if after is None or after > index + 2 or transcript.turns[after].doubt is not None:
        return None
    text, recording = transcript.turns[after].text, transcript.recording
    line = folded(text).line
    told = line.startswith(" komo ") and "?" not in text  # «como a las seis voy»
    denied = line.startswith(_DENIES) and not told
    if text.lstrip().startswith("¿") or denied or any(word in line for word in _DOUBTS):
        return None
    asked = transcript.turns[index].text.rstrip().endswith("?")
    if asked and (bye := _PARTS.match(line, 1)) is not None and bye.end() >= len(line) - 1:
        return None  # asked, and answered with no more than a goodbye
    if any(a.value and a.value != amount for a in amounts(text, recording.country, hint=hint)):
        return None
    if recording.call_date is not None and date is not None:
        frame = Frame(recording.call_date, recording.country, days=(date,))
        if any(d.date not in (None, date) for d in days_of(text, frame)):
            return None
    return sentence(transcript, after, 0, len(text.split(".")[0]))


def channel_of(transcript: Transcript, turn: int, read_back: Quote | None) -> str | None:
    """The way to pay that goes with the agreement: the debtor's own word counts most, then the agent's
    repetition.

    A list of ways that the agent only offers is no agreement on one.
    """
    own = [
        channel.name
        for index, said in transcript.said_by("debtor")
        if index >= turn - 6
        for channel in places_named(said.text)
        if channel.wanted and not _of_no_payment_to_come(said.text, channel)
    ]
    repeated = places_named(transcript.turns[read_back.turn].text) if read_back else ()
    names = [channel.name for channel in repeated if channel.wanted]
    if own:
        return next((name for name in names if name in own), own[-1])
    if len(set(names)) == 1:
        return names[0]
    offered = {
        channel.name
        for index, said in transcript.said_by("agent")
        if index >= turn - 3
        for channel in places_named(said.text)
        if channel.wanted
    }
    return offered.pop() if len(offered) == 1 else None


def _of_no_payment_to_come(text: str, channel: Channel) -> bool:
    """Whether a way to pay is that of a payment told of («ya mandé por Zelle», «lo del Zelle»), or no way to
    pay at all («no me llamen a la oficina»).
    """
    if stance_on(text, channel.start, channel.end) in (Stance.PAST, Stance.CALLS):
        return True
    turn = folded(text)
    at = turn.begin(channel.start) or 0
    start = max((m.end() for m in _END.finditer(text, 0, channel.start)), default=0)
    before = [stance for first, _, stance in stances(text) if (turn.begin(start) or 0) <= first < at]
    told = Stance.PAST in before and _COMING.isdisjoint(before[before.index(Stance.PAST) :])
    return told or _LO_DE.is_before(turn, at)
