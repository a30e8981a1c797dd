"""Days a turn names, counted from the day of the call.

`dates("se lo pago el jueves", date(2025, 10, 8), "MX")` is Thursday 9 October. A day is firm where the
words fix it; «cuando cobre», «en estos días», «el lunes o el martes» and «creo que el viernes» do not. How
phrases become days stands in `date_rules.py`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.clues import Rows, sought, sought_before, with_clues
from nlp.countries import country_of
from nlp.date_meanings import Rule, answer, figures, month_first
from nlp.date_rules import ANSWER, RULES, TRIGGER
from nlp.day_lists import listed
from nlp.folded import Folded, folded


@dataclass(frozen=True, slots=True)
class Day:
    """Characters `start..end` name a day. `date` is None for words that fix none («cuando cobre»).

    `firm`: the words leave no doubt. `deadline`: the day is the last one («antes del 20»). `agrees`: False
    where weekday and day of the month belong to different days («viernes 16» where the 16th is a Saturday);
    the day of the month is kept. `later`: in a row of days, after one that came before.
    """

    start: int
    end: int
    date: datetime.date | None
    firm: bool
    deadline: bool = False
    agrees: bool = True
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int  # characters of the line
    end: int
    date: datetime.date | None
    firm: bool
    agrees: bool
    later: bool = False


_DEADLINE_BEFORE = sought_before("deadline_before")
_DEADLINE_AFTER = sought("deadline_after")
_SOFT_BEFORE = sought_before("soft_before")
_SOFT_AFTER = sought("soft_after")
_TRIGGER = with_clues(TRIGGER)
_RULES = (*RULES, ANSWER)
_ROWS = Rows(pattern for pattern, _ in _RULES)
_LINK = re.compile(r" ?(?:, |o sea |(?:ke es|osea) |el |dia |este |i |es |seria )*$")


@lru_cache(maxsize=1024)
def dates(
    text: str, call_date: datetime.date, country: str | None = None, *, asked: bool = False
) -> tuple[Day, ...]:
    """The days that `text` names, in order, not overlapping.

    `country` decides the order of day and month in figures: «3/5» is the third of May, in the United States
    the fifth of March, though not firmly (a month over twelve is a day everywhere). `asked`: the turn
    answers «¿qué día?», so that a bare number may be a day of the month.
    """
    turn = folded(text)
    in_figures = month_first if country_of(country).month_first else figures
    hits = [_Hit(d.first, d.end, d.date, d.firm, d.agrees, d.later) for d in listed(turn.line, call_date)]
    in_row = [(hit.first, hit.end) for hit in hits]
    for rule, match, first in _matches(text, asked):
        if any(first < end and begin < match.end() for begin, end in in_row):
            continue
        named = (in_figures if rule is figures else rule)(match, call_date)
        if named is not None:
            hits.append(_Hit(first, match.end(), named.date, named.firm, named.agrees))
    return tuple(_day(turn, hit) for hit in _merged(_longest(hits), turn.line))


@lru_cache(maxsize=1024)
def _matches(text: str, asked: bool) -> tuple[tuple[Rule, re.Match[str], int], ...]:
    """(rule, match, where the day itself begins) of every pattern that fits, whatever the day of the call."""
    turn = folded(text)
    if not asked and not _TRIGGER.may_be_in(turn):
        return ()
    found = []
    for at in _ROWS.likely(turn):
        pattern, rule = _RULES[at]
        if rule is answer and not asked:
            continue
        for match in pattern.finditer(turn.line):
            first = match.start("core") if "core" in pattern.groupindex else match.start()
            found.append((rule, match, first))
    if found and not asked and not _TRIGGER.is_in(turn):
        return ()
    return tuple(found)


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Of hits that overlap, the one that begins first, then the longest."""
    out: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.first, -h.end)):
        if not out or hit.first >= out[-1].end:
            out.append(hit)
    return out


def _merged(hits: list[_Hit], line: str) -> list[_Hit]:
    """One hit where a day is named twice running: «el viernes, el diecisiete», «hoy jueves»."""
    out: list[_Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        if last and last.date == hit.date and hit.date and _LINK.match(line[last.end : hit.first]):
            out[-1] = replace(last, end=hit.end, firm=last.firm and hit.firm)
        else:
            out.append(hit)
    return out


def _day(turn: Folded, hit: _Hit) -> Day:
    start, end = turn.span(hit.first, hit.end)
    soft = _SOFT_BEFORE.is_before(turn, hit.first) or _SOFT_AFTER.is_after(turn, hit.end)
    deadline = _DEADLINE_BEFORE.is_before(turn, hit.first) or _DEADLINE_AFTER.is_after(turn, hit.end)
    return Day(start, end, hit.date, hit.firm and not soft, deadline, hit.agrees, hit.later)
