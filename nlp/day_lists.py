"""Days told in a row: «los sábados cinco, doce y diecinueve de diciembre». Each number is a day, no sum."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlp import days
from nlp.calendar_names import A_MONTH, A_WEEKDAY, MONTHS, WEEKDAYS
from nlp.date_rules import NOT_COUNTED
from nlp.folded import phrase

_N = "#(?:[1-9]|[12][0-9]|3[01])"
_W = f"(?:(?P<w>{A_WEEKDAY})(?:s)? (?:, )?)"
_MORE = f"(?:(?:(?: ,)? (?:y|e)| ,) (?:el )?{_N})+"
_TAIL = f"(?: del? (?P<m>{A_MONTH})|(?P<every> de cada mes| de todos los meses))"
_PLURAL = phrase(f"(?:los|estos|dias) (?P<day>{_W}?(?P<numbers>{_N}{_MORE}){_TAIL}?){NOT_COUNTED}")
_SINGULAR = phrase(
    f"(?:(?:el|dia|este) |(?={_W.replace('?P<w>', '?:')}))(?P<day>{_W}?(?P<numbers>{_N}{_MORE}){_TAIL})"
)
_BETWEEN = phrase("(?:entre|del|desde)(?: el| los| dia)?")  # a range is no row
_THEN = phrase(
    "(?:luego|despues|posteriormente|de ahi|seguido|siguen|continua|continuan)(?: los| el| dias| este)*"
)
_DAY = re.compile(r"#(\d+)")


@dataclass(frozen=True, slots=True)
class Listed:
    """Characters `first..end` of the line name one day of a row. `later`: after a day that came before."""

    first: int
    end: int
    date: datetime.date
    firm: bool
    agrees: bool
    later: bool


def listed(line: str, today: datetime.date) -> Iterator[Listed]:
    """The days of every row in a folded line. In the singular only a month shows that it is one."""
    done = 0
    found = [match for pattern in (_PLURAL, _SINGULAR) for match in pattern.finditer(line)]
    for match in sorted(found, key=lambda m: m.start("day")):
        if match.start("day") >= done and not _ends(_BETWEEN, line[: match.start("day")]):
            done = match.end("day")
            yield from _row(match, today)


def _ends(words: re.Pattern[str], before: str) -> bool:
    return any(m.end() >= len(before) - 1 for m in words.finditer(before))


def _row(match: re.Match[str], today: datetime.date) -> Iterator[Listed]:
    told = list(_DAY.finditer(match["numbers"]))
    later = _ends(_THEN, match.string[: match.start("day")])
    at, weekday = match.start("numbers"), WEEKDAYS.get(match["w"] or "")
    for one, date in zip(
        told, _dates([int(one[1]) for one in told], match["m"], weekday, today), strict=True
    ):
        first = at + one.start() if one is not told[0] else match.start("day")
        end = at + one.end() if one is not told[-1] else match.end("day")
        yield Listed(
            first,
            end,
            date,
            not match["every"],
            weekday in (None, date.weekday()),
            later or one is not told[0],
        )


def _dates(
    numbers: list[int], month: str | None, weekday: int | None, today: datetime.date
) -> list[datetime.date]:
    """In order, a smaller number being of the month after; a month that is named is that of the last."""
    ahead = [0]
    for before, number in pairwise(numbers):
        ahead.append(ahead[-1] + (number <= before))
    if month is not None:
        last = days.nearest_year(today, MONTHS[month], numbers[-1])
        start = days.in_month(last.year, last.month - ahead[-1], 1)
    else:
        start = days.next_day_of_month(today, numbers[0])
        later = days.in_month(start.year, start.month + 1, numbers[0])
        if weekday not in (None, start.weekday()) and later.weekday() == weekday:
            start = later
    return [
        days.in_month(start.year, start.month + more, day) for day, more in zip(numbers, ahead, strict=True)
    ]
