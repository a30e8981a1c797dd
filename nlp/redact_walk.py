"""One pass over a call for what gives people away: each turn heard against what was asked for before it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from nlp.redact_again import digits_of, echoes
from nlp.redact_asked import BIRTH, Asked, asked_after
from nlp.redact_birth import births
from nlp.redact_digits import Heard, figures
from nlp.redact_mails import aliases, emails
from nlp.redact_names import names
from nlp.redact_places import addresses
from nlp.redact_secrets import secrets
from nlp.redact_words import Kind, Span, flat, only_thinks, phrases
from transcripts.types import Recording, Speaker, Turn

_FIRST: tuple[Kind, ...] = ("email", "card", "account", "id", "phone", "address", "digits", "name")
_DICTATION_TURNS = 3  # within so many turns of figures that somebody dictated they may dictate more
_DAY_WORDS = 3  # of a day that is known again; «mayo» alone is not
_ECHO_TURNS = 4  # within so many turns a short number said again is the same one
_ECHO_SURE, _ECHO_LEAST = 4, 2  # figures of a number that is the same one anywhere, or nearby
_MONTH_OF = re.compile(r"(?<!\w)([a-z]+),?\s+(?:de\s+|del\s+)?(?:ano\s+)?$")


def stretches(turns: Sequence[Turn], recording: Recording) -> list[list[Span]]:
    """What gives people away in each turn, in order, not overlapping."""
    found = _walk(turns, recording.country)
    _add_echoes(turns, found, recording.country)
    _add_days(turns, found)
    named = names(turns, recording)
    return [_apart(turn.text, [*found[i], *named[i]]) for i, turn in enumerate(turns)]


def _walk(turns: Sequence[Turn], country: str | None) -> list[list[Span]]:
    """Everything but names, turn by turn, with what was asked for and what is being dictated in mind."""
    out: list[list[Span]] = []
    asked: Asked | None = None
    dictation = _Dictation()
    answered = -1  # the turn that told a day of birth it was asked for
    for index, turn in enumerate(turns):
        put = _put_to(turn, index, asked)
        kinds = put.kinds if put else frozenset()
        heard = Heard(country, put, dictation.by(turn.speaker, index), dictation.spoken_of(index))
        numbers = figures(turn.text, heard)
        born = births(turn.text, asked=BIRTH in kinds)
        told = [*numbers, *addresses(turn.text, country, asked="address" in kinds)]
        told += [*emails(turn.text), *aliases(turn.text)]
        told += secrets(turn.text, kinds if put and not put.tries else frozenset())
        told = [span for span in told if not any(span.start < b.end and b.start < span.end for b in born)]
        out.append([*born, *told])
        dictated = dictation.note(turn, index, numbers)
        if asked is not None and put is asked and not only_thinks(turn.text):
            asked = asked.after(frozenset((*(span.kind for span in told), *([BIRTH] if born else []))))
        asked = asked_after(turn.text, turn.speaker, index, asked, born=answered == index - 1)
        if born and BIRTH in kinds:
            answered = index
        if asked is not None and asked.turn == index and dictated:
            asked = replace(asked, told=True)
    return out


def _put_to(turn: Turn, index: int, asked: Asked | None) -> Asked | None:
    """The question that `turn` may answer; its own where nobody knows who speaks."""
    if asked is not None and asked.put_to(turn.speaker, index):
        return asked
    return asked_after(turn.text, turn.speaker, index, None) if turn.speaker == "unknown" else None


class _Dictation:
    """Who has been dictating what, and when."""

    def __init__(self) -> None:
        self._last: dict[Speaker, tuple[Kind, int]] = {}

    def note(self, turn: Turn, index: int, spans: Sequence[Span]) -> bool:
        """Whether `turn` dictates a number; it is remembered."""
        numbers = [s for s in spans if len(digits_of(turn.text[s.start : s.end])) >= _ECHO_LEAST]
        if numbers:
            self._last[turn.speaker] = numbers[-1].kind, index
        return bool(numbers)

    def by(self, speaker: Speaker, index: int) -> Kind | None:
        kind, since = self._last.get(speaker, (None, index))
        return kind if index - since <= _DICTATION_TURNS else None

    def spoken_of(self, index: int) -> Kind | None:
        """A card or an account that somebody named a moment ago."""
        fresh = (kind for kind, since in self._last.values() if index - since <= _DICTATION_TURNS)
        return next((kind for kind in fresh if kind in ("card", "account")), None)


def _add_echoes(turns: Sequence[Turn], found: list[list[Span]], country: str | None) -> None:
    """Numbers and days given away in one turn and said again in another: read back, repeated, spelled."""
    told = [
        (index, span.kind, digits)
        for index, spans in enumerate(found)
        for span in spans
        if span.kind not in ("email", "address")
        and len(digits := digits_of(turns[index].text[span.start : span.end])) >= _ECHO_LEAST
    ]
    if not told:
        return
    for index, turn in enumerate(turns):
        known = {
            digits: kind
            for said, kind, digits in told
            if len(digits) >= _ECHO_SURE or 0 < index - said <= _ECHO_TURNS
        }
        if known:
            found[index] += echoes(turn.text, known, country)


def _add_days(turns: Sequence[Turn], found: list[list[Span]]) -> None:
    """Days of birth said again word for word: «nueve de febrero, ¿correcto?»."""
    told = {
        flat(turns[index].text[span.start : span.end])
        for index, spans in enumerate(found)
        for span in spans
        if span.kind == "digits"
    }
    _add_months(turns, found, told)
    days = [day for day in told if len(day.split()) >= _DAY_WORDS and phrases("months").search(day)]
    if days:
        again = re.compile("|".join(map(re.escape, sorted(days, key=len, reverse=True))))
        for spans, turn in zip(found, turns, strict=True):
            spans.extend(Span(*match.span(), "digits") for match in again.finditer(flat(turn.text)))


def _add_months(turns: Sequence[Turn], found: list[list[Span]], told: Collection[str]) -> None:
    """The month of birth before its year said again in other words: «junio del setenta y cinco, gracias»."""
    months = {month.group() for day in told for month in phrases("months").finditer(day)}
    for spans, turn in zip(found, turns, strict=True):
        low = flat(turn.text)
        before = [(_MONTH_OF.search(low, 0, span.start), span) for span in spans if span.kind == "digits"]
        spans += [
            Span(month.start(1), span.end, "digits") for month, span in before if month and month[1] in months
        ]


def _apart(text: str, spans: Iterable[Span]) -> list[Span]:
    """`spans` in order without overlaps: the surer kind keeps its ground, neighbours of one kind join."""
    kept: list[Span] = []
    taken = bytearray(len(text))
    for span in sorted(spans, key=lambda s: (_FIRST.index(s.kind), s.start, -s.end)):
        start, end = span.start, span.end
        while start < end and (taken[start] or not text[start].isalnum()):
            start += 1
        cut = taken.find(1, start, end)
        end = end if cut < 0 else cut
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            kept.append(Span(start, end, span.kind))
            taken[start:end] = b"\1" * (end - start)
    return _joined(text, sorted(kept))


def _joined(text: str, spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        before = out[-1] if out else None
        beside = before is not None and not text[before.end : span.start].strip(" ,-")
        if before is not None and beside and before.kind == span.kind != "name":
            out[-1] = Span(before.start, span.end, span.kind)
        else:
            out.append(span)
    return out
