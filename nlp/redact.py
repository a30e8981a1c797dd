"""What gives a person away in a call, as verbatim stretches with the seconds to mute.

One list of stretches serves the text on screen, the search index, exports and training text alike. The
promise's amount and day are never among them, nor are other sums, days to pay on, hours and counts.

    redactions(call, promise) -> (Redaction(Quote(3, 9, 29, "cuatro uno uno siete"), "card", 14.2, 16.0), ...)
    redacted(call, promise)   -> the call with «[tarjeta]» in their place
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nlp.dates import dates
from nlp.money import amounts
from nlp.redact_walk import stretches
from nlp.redact_words import Kind, Span
from nlp.types import Promise
from transcripts.types import Quote, Recording, Transcript, Turn, Word

PLACEHOLDERS: dict[Kind, str] = {
    "card": "[tarjeta]",
    "account": "[cuenta]",
    "id": "[documento]",
    "phone": "[teléfono]",
    "email": "[correo]",
    "address": "[dirección]",
    "digits": "[dato]",
    "name": "[nombre]",
}


_LEAST_S = 0.03  # a letter: nobody says a word faster, so one that lasts less is heard elsewhere too


@dataclass(frozen=True, slots=True)
class Redaction:
    """One stretch that gives somebody away.

    `start_s`, `end_s`: seconds of the audio to mute, from the words' times where they are `exact`; from the
    turn's own times, in proportion to characters, where its words do not tell, or in a time too short to say
    them; None where it has no times.
    """

    quote: Quote
    kind: Kind
    start_s: float | None = None
    end_s: float | None = None
    exact: bool = False


def redactions(transcript: Transcript, promise: Promise | None = None) -> tuple[Redaction, ...]:
    """Every stretch of `transcript` that gives somebody away, in order, not overlapping.

    Doubtful turns are read too: they are shown. What names the sum or the day of `promise` is spared.
    """
    out: list[Redaction] = []
    covers: dict[int, list[Span]] = {}
    for one in transcript.covers:
        covers.setdefault(one.turn, []).append(Span(one.start, one.end, one.kind))
    for index, found in enumerate(stretches(transcript.turns, transcript.recording)):
        turn, held = transcript.turns[index], covers.get(index, [])
        spans = _around(turn.text, held, found)
        figures = any(span.kind != "name" for span in spans)
        spared = _spared(turn.text, promise, transcript.recording) if promise and figures else []
        placed = _placed(turn)
        for span in spans:
            named = any(span.start < end and start < span.end for start, end in spared)
            if named and span.kind != "name" and span not in held:
                continue
            quote = transcript.quote(index, span.start, span.end)
            out.append(Redaction(quote, span.kind, *_seconds(turn, placed, span.start, span.end)))
    return tuple(out)


def _around(text: str, held: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """What is `held`, and of what was found in the words that which stands outside."""
    out = list(held)
    for span in found:
        start = span.start
        for cover in held:
            if cover.end > start and cover.start < span.end:
                out.append(Span(start, cover.start, span.kind))
                start = cover.end
        out.append(Span(start, span.end, span.kind))
    return sorted(span for span in out if any(map(str.isalnum, text[span.start : span.end])))


def redacted_text(turn_text: str, spans: Iterable[Redaction]) -> str:
    """`turn_text` with a placeholder for each of `spans`, the redactions of that one turn."""
    out, last = [], 0
    for each in sorted(spans, key=lambda each: each.quote.start):
        out += [turn_text[last : each.quote.start], PLACEHOLDERS[each.kind]]
        last = each.quote.end
    return "".join((*out, turn_text[last:]))


def redacted(transcript: Transcript, promise: Promise | None = None) -> Transcript:
    """`transcript` with placeholders in its turns, their words, and the text that was taken out of it.

    The facts of the recording stay as they are. Words that cannot be placed in their turn's text are left
    out.
    """
    by_turn: dict[int, list[Redaction]] = {}
    for each in redactions(transcript, promise):
        by_turn.setdefault(each.quote.turn, []).append(each)
    turns = tuple(_redacted_turn(turn, by_turn.get(i, ())) for i, turn in enumerate(transcript.turns))
    stretches = tuple(
        replace(stretch, text=_redacted_alone(stretch.text, transcript.recording))
        if stretch.text
        else stretch
        for stretch in transcript.trust.stretches
    )
    trust = replace(transcript.trust, stretches=stretches)
    return replace(transcript, turns=turns, trust=trust, covers=())


def redact_text(text: str) -> str:
    """`text` of which no facts are known (a note, a search) with placeholders."""
    return _redacted_alone(text, Recording("text"))


def _redacted_alone(text: str, recording: Recording) -> str:
    return redacted_text(text, redactions(Transcript(recording, (Turn("unknown", text),))))


# the promise


def _spared(text: str, promise: Promise, recording: Recording) -> list[tuple[int, int]]:
    """Where `text` names the promise's sum or day."""
    hint = recording.facts.amount_due
    places = [
        (sum_.start, sum_.end)
        for sum_ in amounts(text, recording.country, hint=hint)
        if promise.amount is not None and sum_.value == promise.amount
    ]
    if promise.date is not None and recording.call_date is not None:
        named = dates(text, recording.call_date, recording.country)
        places += [(day.start, day.end) for day in named if day.date == promise.date]
    return places


# times and words


def _placed(turn: Turn) -> list[tuple[int, int]] | None:
    """Where each word of `turn` stands in its text; None where the words do not spell the whole text."""
    out, at = [], 0
    for word in turn.words:
        said = word.text.strip()
        start = turn.text.find(said, at)
        if start < 0 or turn.text[at:start].strip():
            return None
        at = start + len(said)
        out.append((start, at))
    return None if turn.text[at:].strip() else out


def _seconds(
    turn: Turn, placed: list[tuple[int, int]] | None, start: int, end: int
) -> tuple[float | None, float | None, bool]:
    """From when to when characters `start..end` of `turn` are heard, and whether its words tell."""
    if placed:
        heard = [w for w, (a, b) in zip(turn.words, placed, strict=True) if a < end and start < b]
        if heard and all(map(_lasts, heard)):
            return min(w.start_s for w in heard), max(w.end_s for w in heard), True
    if turn.start_s is None or turn.end_s is None:
        return None, None, False
    each = (turn.end_s - turn.start_s) / max(1, len(turn.text))
    return turn.start_s + start * each, turn.start_s + end * each, False


def _lasts(word: Word) -> bool:
    """Whether the word could be said in its time: one that a person wrote between two others has none."""
    return word.end_s - word.start_s >= _LEAST_S * sum(map(str.isalnum, word.text))


def _redacted_turn(turn: Turn, spans: Sequence[Redaction]) -> Turn:
    if not spans:
        return turn
    return replace(turn, text=redacted_text(turn.text, spans), words=_redacted_words(turn, spans))


def _redacted_words(turn: Turn, spans: Sequence[Redaction]) -> tuple[Word, ...]:
    """The words of `turn`, those that a stretch joins as one word that lasts as long as they did."""
    placed = _placed(turn)
    if placed is None:
        return ()
    out: list[Word] = []
    left = deque(sorted(spans, key=lambda each: each.quote.start))
    at = 0
    while at < len(placed):
        last, inside = at, []
        while left and left[0].quote.start < placed[last][1]:
            inside.append(left.popleft())
            while last + 1 < len(placed) and placed[last + 1][0] < inside[-1].quote.end:
                last += 1
        out.append(_one_word(turn, placed, at, last, inside) if inside else turn.words[at])
        at = last + 1
    return tuple(out)


def _one_word(
    turn: Turn, placed: list[tuple[int, int]], first: int, last: int, inside: Sequence[Redaction]
) -> Word:
    """Words `first..last` as one, with placeholders for what stands `inside` them."""
    start, end = placed[first][0], placed[last][1]
    moved = [
        replace(each, quote=replace(each.quote, start=each.quote.start - start, end=each.quote.end - start))
        for each in inside
    ]
    heard = turn.words[first : last + 1]
    return Word(
        min(w.start_s for w in heard),
        max(w.end_s for w in heard),
        redacted_text(turn.text[start:end], moved),
        min(w.confidence for w in heard),
    )
