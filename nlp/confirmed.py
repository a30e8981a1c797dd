"""The yes to an agreement that was repeated: of the debtor, or of who promised in the debtor's place."""

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
from nlp.sentences import sentence
from nlp.stance import Stance, stance_on
from nlp.turn_marks import names_channel
from transcripts.types import Quote, Speaker, Transcript

_LEAVE = phrases("takes_leave_only")
_GIVES_IN = phrases("gives_in")
_ASKS_FOR_DOUBTS, _NO_DOUBTS = phrases("asks_for_doubts"), phrases("has_no_doubts")
_NOT_TO_FAIL, _HOPED_NO = phrases("asks_not_to_fail"), phrases("hoped_no")
_WONT_FAIL, _EMPTY_NO, _TAKES_BACK = phrases("wont_fail"), phrases("empty_no"), phrases("takes_it_back")
_MARK = re.compile(r"[.?!…]")
_DENIES = tuple(
    f" {word} " for word in "no komo espere espereme kual kuanto ke perdon mande alo oiga".split()
)
_DOUBTS = phrases("goes_on_in_doubt")
Spans = list[tuple[int, int]]


def takes_leave(text: str) -> bool:
    return yes.confirms(text) is None and says_only(_LEAVE, text)


def repeated(
    transcript: Transcript, index: int, amount: Decimal, date: datetime.date | None, hint: Decimal | None
) -> tuple[Spans, Spans]:
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


def confirmation(
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
        places = [place for span in repeated(transcript, later, amount, date, hint) for place in span]
        if found or (places and " no " not in folded(said.text).line):
            first, last = found or (min(p[0] for p in places), max(p[1] for p in places))
            return sentence(transcript, later, first, last)
    return _goes_on(transcript, index, amount, date, hint, payers)


def _gives_in(text: str) -> tuple[int, int] | None:
    """Where `text` agrees because there is no other way: «pues toca», «qué más», «no me queda de otra»."""
    return (0, len(text)) if "?" not in text and says_only(_GIVES_IN, text) else None


def _has_no_doubts(transcript: Transcript, index: int) -> tuple[int, int] | None:
    """All of a turn that answers «¿le queda alguna duda?» with no."""
    text = transcript.turns[index].text
    none = _asks_for_doubts(folded(transcript.turns[index - 1].text).line) and says_only(_NO_DOUBTS, text)
    return (0, len(text)) if none else None


def _asks_for_doubts(line: str) -> bool:
    """Whether «¿alguna duda?», «¿algún inconveniente?» is the last question of a turn."""
    return any("?" not in line[match.end() :] for match in _ASKS_FOR_DOUBTS.finditer(line))


def _does_as_hoped(transcript: Transcript, index: int) -> bool:
    """Whether a turn that begins with a no does by it what was hoped for, and takes nothing back: «no le
    fallo», or the answer to «no me vaya a fallar» and «¿algún inconveniente?».
    """
    line, asked = folded(transcript.turns[index].text).line, folded(transcript.turns[index - 1].text).line
    begins = _WONT_FAIL.match(line, 1) or _EMPTY_NO.match(line, 1)
    if begins is None and (_NOT_TO_FAIL.search(asked) or _asks_for_doubts(asked)):
        begins = _HOPED_NO.match(line, 1)
    if begins is None:
        return False
    rest = _EMPTY_NO.sub("", _WONT_FAIL.sub("", line[begins.end() :]))
    return _TAKES_BACK.search(rest) is None


def _goes_on(
    transcript: Transcript,
    index: int,
    amount: Decimal,
    date: datetime.date | None,
    hint: Decimal | None,
    payers: tuple[Speaker, ...],
) -> Quote | None:
    """The payer's next words where they take the repetition as settled: no denial, no other sum or day."""
    after = answer_to(transcript, index, payers)
    if after is None or takes_leave(transcript.turns[after].text):
        return None
    text, recording = transcript.turns[after].text, transcript.recording
    line = folded(text).line
    told = line.startswith(" komo ") and "?" not in text  # «como a las seis voy»
    denied = line.startswith(_DENIES) and not told and not _does_as_hoped(transcript, after)
    mark = _MARK.search(text)
    asks = text.lstrip().startswith("¿") or (
        mark is not None and mark.group() == "?" and not names_channel(text[: mark.end()])
    )  # «¿con Zelle se puede?» goes on with what was agreed
    if asks or denied or _DOUBTS.search(line):
        return None
    if any(a.value and a.value != amount for a in amounts(text, recording.country, hint=hint)):
        return None
    if recording.call_date is not None and date is not None:
        frame = Frame(recording.call_date, recording.country, days=(date,))
        if any(d.date not in (None, date) for d in days_of(text, frame)):
            return None
    first = sentence(transcript, after, 0, len(text.split(".")[0]))
    # «gracias» alone is no yes; with «¿y dónde pago?» after it both are quoted
    return sentence(transcript, after, 0, len(text)) if takes_leave(first.text) else first


def answer_to(transcript: Transcript, index: int, payers: tuple[Speaker, ...]) -> int | None:
    """The payer's next turn, where it comes within two and was heard well."""
    after = next((i for i, _ in transcript.said_by(*payers) if i > index), None)
    heard = after is not None and after <= index + 2 and transcript.turns[after].doubt is None
    return after if heard else None


def payers_of(transcript: Transcript, turn: int) -> tuple[Speaker, ...]:
    """Whose yes counts: the debtor's, and that of who promised in the debtor's place at `turn`."""
    return ("debtor", "other") if transcript.turns[turn].speaker == "other" else ("debtor",)
