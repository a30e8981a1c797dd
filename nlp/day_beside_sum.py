"""A day and a sum side by side, which sound like one number: «el lunes dieciséis mil ciento setenta».

Speech has no comma there and a recogniser writes none. What the call tells otherwise decides: the sum or the
day named elsewhere, a weekday that belongs to that day of the month, a whole that nobody owes. `parted` puts
a mark between day and sum, so that whoever reads the turn finds two numbers; what nothing decides stays open.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from nlp import days
from nlp.calendar_names import WEEKDAYS
from nlp.date_meanings import AHEAD
from nlp.dates import dates
from nlp.folded import folded
from nlp.heard import hear_agent
from nlp.mentions import Mention
from nlp.money import amounts
from nlp.number_words import AND, MILLION_ALONE, THOUSAND
from nlp.numbers import Number, numbers_of
from nlp.said import UNKNOWN_DAY, Frame
from nlp.text import sound
from nlp.tokens import Token, tokens_of
from transcripts.types import Quote, Recording, Transcript, Turn

MARK = "—"  # is heard as a comma; no row of figures runs over it
_SURE_OPENERS = frozenset(map(sound, ("el", "día")))  # «el treinta mil»: no sum is called so
_OPENERS = _SURE_OPENERS | WEEKDAYS.keys() | AHEAD.keys() | set(map(sound, ("al", "del")))
_NOT_BEFORE = frozenset(map(sound, ("por", "es", "número", "folio", "código", "año", "referencia")))
_FIGURES = re.compile(r"(?P<day>[1-9][0-9]?)[.,]?(?P<rest>[0-9]{3})")
_LAST_DAY = 31
_LEAST_SUM = 100
_YEARS = range(1990, 2060)
_MORE = Decimal("1.1")  # so many times the debt is more than anybody pays
_SURE, _AGREES, _LIKELY, _NEVER = 2, 1, 1, 9  # what a reason weighs
_A = TypeVar("_A")


@dataclass(frozen=True, slots=True)
class Open:
    """Characters `start..end` of a turn may be a day and a sum, or one sum."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    cut: int | None  # character of the blank between day and sum; None in «16,170», where there is none
    day: int
    rest: Decimal
    uneven: bool  # «veintiuno mil»: as one number it would be «veintiún mil»
    thousand: bool = False  # the sum begins with «mil»


@dataclass(frozen=True, slots=True)
class _Place:
    turn: int
    start: int
    end: int
    opener: str
    weekday: int | None
    ahead: int | None  # days from the call: «mañana diecinueve novecientos»
    whole: Decimal
    readings: tuple[_Reading, ...]


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What the call names without any doubt of this kind."""

    sums: frozenset[Decimal]
    days: frozenset[int]  # days of the month
    debt: Decimal | None


def parted(transcript: Transcript) -> tuple[Transcript, tuple[Open, ...]]:
    """`transcript` with a mark between day and sum where they stand side by side, and the places that may
    be read either way. Every character keeps its place.
    """
    places = [
        p for i, turn in enumerate(transcript.turns) if turn.doubt is None for p in _places(turn.text, i)
    ]
    if not places:
        return transcript, ()
    known = _elsewhere(transcript, places)
    turns, left = list(transcript.turns), list[Open]()
    for place in places:
        reading, open_ = _read(place, known, transcript.recording)
        cut = reading.cut if reading is not None else None
        if open_ or (reading is not None and cut is None):
            left.append(Open(place.turn, place.start, place.end))
        if cut is not None:
            text = turns[place.turn].text
            text = text[:cut] + MARK + text[cut + 1 :]
            turns[place.turn] = replace(turns[place.turn], text=text)
    return replace(transcript, turns=tuple(turns)), tuple(left)


def stands_on(said: Iterable[Mention], open_: Iterable[Open]) -> bool:
    """Whether a sum or a day that was said stands in a place that may be read either way."""
    places = list(open_)
    return any(m.turn == o.turn and m.start < o.end and o.start < m.end for m in said for o in places)


def quoted(found: _A, transcript: Transcript) -> _A:
    """`found` with its quotes as they stand in `transcript`, without the marks."""
    if isinstance(found, Quote):
        return transcript.quote(found.turn, found.start, found.end)  # type: ignore[return-value]
    if not is_dataclass(found) or isinstance(found, type):
        return found
    values: dict[str, Any] = {one.name: getattr(found, one.name) for one in fields(found)}
    return replace(found, **{name: quoted(value, transcript) for name, value in values.items()})


@lru_cache(maxsize=1024)
def _places(text: str, turn: int) -> tuple[_Place, ...]:
    if "#" not in folded(text).clues:
        return ()
    tokens = tokens_of(text)
    return tuple(place for n in numbers_of(text) if (place := _place(text, tokens, n, turn)) is not None)


def _place(text: str, tokens: tuple[Token, ...], number: Number, turn: int) -> _Place | None:
    first, end = number.first, number.end
    if first == 0 or number.loose or number.value < 1000:
        return None
    opener, before = tokens[first - 1].sound, [t.sound for t in tokens[max(0, first - 4) : first]]
    if opener not in _OPENERS or (opener not in WEEKDAYS and not _NOT_BEFORE.isdisjoint(before)):
        return None
    ahead = AHEAD.get(" ".join(before[-2:]), AHEAD.get(opener))
    if opener not in WEEKDAYS and number.value in _YEARS:
        return None  # «el dos mil veintiséis»
    readings = tuple(_readings(text, tokens, number))
    weekday = next((WEEKDAYS[word] for word in reversed(before) if word in WEEKDAYS), None)
    start, stop = tokens[first].start, tokens[end - 1].end
    return _Place(turn, start, stop, opener, weekday, ahead, number.value, readings) if readings else None


def _readings(text: str, tokens: tuple[Token, ...], number: Number) -> Iterator[_Reading]:
    """The ways to cut a number into a day of the month and a sum."""
    figures = _FIGURES.fullmatch(text, tokens[number.first].start, tokens[number.end - 1].end)
    if figures and int(figures["day"]) <= _LAST_DAY and tokens[number.first - 1].sound in WEEKDAYS:
        yield _Reading(None, int(figures["day"]), Decimal(1000 + int(figures["rest"])), uneven=False)
    for cut in range(number.first + 1, number.end):
        if tokens[cut].sound in AND or tokens[cut].start != tokens[cut - 1].end + 1:
            continue
        day = _alone(text, tokens[number.first : cut])
        rest = _alone(text, tokens[cut : number.end])
        if day is None or rest is None or not 1 <= day <= _LAST_DAY or rest < _LEAST_SUM:
            continue
        thousand = tokens[cut].sound in MILLION_ALONE | {THOUSAND}
        uneven = thousand and tokens[cut - 1].sound.endswith(sound("uno"))
        yield _Reading(tokens[cut - 1].end, int(day), rest, uneven, thousand)


def _alone(text: str, tokens: tuple[Token, ...]) -> Decimal | None:
    """The number that these tokens are, and nothing else."""
    said = text[tokens[0].start : tokens[-1].end]
    found = numbers_of(said)
    whole = len(found) == 1 and (found[0].first, found[0].end) == (0, len(tokens))
    return found[0].value if whole and found[0].value == int(found[0].value) else None


def _elsewhere(transcript: Transcript, places: list[_Place]) -> _Elsewhere:
    call = transcript.recording
    on = call.call_date or UNKNOWN_DAY
    unsure = {(p.turn, p.start) for p in places}
    spoken = [(i, turn) for i, turn in enumerate(transcript.turns) if turn.doubt is None]
    debt = call.facts.amount_due
    if debt is None:
        debt = _told_debt(transcript, spoken, unsure)
    sums, numbered = set[Decimal](), set[int]()
    for index, turn in spoken:
        inside = [(p.start, p.end) for p in places if p.turn == index]
        for amount in amounts(turn.text, call.country, hint=debt, asked=True):
            if amount.value and not _within(amount.start, inside):
                sums.add(amount.value)
        for day in dates(turn.text, on, call.country, asked=True):
            if (
                day.date
                and "#" in folded(turn.text[day.start : day.end]).clues
                and not _within(day.end - 1, inside)
            ):
                numbered.add(day.date.day)
    return _Elsewhere(frozenset(sums), frozenset(numbered), debt)


def _told_debt(
    transcript: Transcript, spoken: Sequence[tuple[int, Turn]], unsure: Container[tuple[int, int]]
) -> Decimal | None:
    """The largest sum that the agent tells as owed, or tells at all."""
    call = transcript.recording
    frame = Frame(call.call_date or UNKNOWN_DAY, call.country)
    agent = (i for i, turn in spoken if turn.speaker == "agent")
    told = [s for i in agent for s in hear_agent(transcript.turns[i].text, i, frame).amounts]
    sums = [s for s in told if s.amount is not None and (s.turn, s.start) not in unsure]
    owed = [s for s in sums if s.debt] or sums
    return max((s.amount for s in owed if s.amount is not None), default=None)


def _within(at: int, places: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)


def _read(place: _Place, known: _Elsewhere, call: Recording) -> tuple[_Reading | None, bool]:
    """(how to cut the number, None where it is one sum; whether that is open)."""
    best = max(place.readings, key=lambda reading: _for(reading, place, known, call))
    apart = _for(best, place, known, call) - _for_whole(place, known)
    if apart >= _SURE:
        return best, False
    return (best, True) if apart > 0 else (None, apart == 0)


def _for(reading: _Reading, place: _Place, known: _Elsewhere, call: Recording) -> int:
    """How much speaks for a day and a sum."""
    reasons = _SURE * (reading.rest in known.sums) + _AGREES * (reading.day in known.days)
    reasons += _SURE * reading.uneven + _LIKELY * (place.opener not in WEEKDAYS)
    reasons += _LIKELY * (place.opener in _SURE_OPENERS)
    if known.debt is not None and place.whole > known.debt * _MORE >= reading.rest:
        reasons += _SURE
    if place.ahead is not None and call.call_date is not None:
        # «mañana doce mil pesos» is a sum, unless the call tells otherwise
        is_it = reading.day == days.plus(call.call_date, place.ahead).day
        return reasons + (_AGREES - _SURE * reading.thousand if is_it else -_NEVER)
    if place.weekday is None or call.call_date is None:
        return reasons
    return reasons + (_AGREES if _agrees(reading.day, place.weekday, call.call_date) else -_SURE)


def _for_whole(place: _Place, known: _Elsewhere) -> int:
    """How much speaks for one sum."""
    return _SURE * (place.whole in known.sums) + _SURE * (place.whole == known.debt)


def _agrees(day: int, weekday: int, today: datetime.date) -> bool:
    """Whether the next such day of the month, or the one after it, is that day of the week."""
    date = days.next_day_of_month(today, day)
    return weekday in (date.weekday(), days.in_month(date.year, date.month + 1, day).weekday())
