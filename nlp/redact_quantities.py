"""Numbers that count something: sums, days, hours, ages, «los últimos cuatro». None of them gives anybody
away.
"""

from __future__ import annotations

import re

from nlp.countries import country_of
from nlp.redact_figures import Group, Run, is_number
from nlp.redact_words import ends_with, starts_with
from nlp.text import sound

_WORD = re.compile(r"[^\W_]+")
_SUM_SIGNS = re.compile(r"(?:us\$|s/\.?|[$€£₡]|(?<!\w)q)\s*$")
_AND_MORE = re.compile(r"\s*,?\s+(?:con|o|u)\s+(?P<number>[^\W_]+)")
_SUM = 8  # figures of the longest sum
_FEW = 12  # a count of digits asked for


def without_quantities(low: str, run: Run, country: str | None) -> Run | None:
    """`run` without the sum, count or hour at its ends; None where nothing is left."""
    groups = run.groups
    if run.thousands and _is_quantity(low, groups[-1], country):
        return None  # «1 240 500 pesos» is one sum
    while groups and _is_quantity(low, groups[-1], country):
        groups = groups[:-1]
    while groups and _SUM_SIGNS.search(low, max(0, groups[0].start - 5), groups[0].start):
        groups = groups[1:]
    if not groups:
        return None
    before = low[max(0, groups[0].start - 20) : groups[0].start]
    owed = sum(len(group.digits) for group in groups) <= _SUM and ends_with("owed_before").search(before)
    if owed or ends_with("sum_before").search(before):
        return None
    lone = len(groups) == 1 and groups[0].value < 100
    if lone and ends_with("hour_before", "age_before").search(before):
        return None
    return Run(groups)


def _is_quantity(low: str, group: Group, country: str | None) -> bool:
    """Whether the group is a sum, a count, a day of the month or «los últimos cuatro»."""
    if counts_something(low, group.end, country) or starts_with("month_after").match(low, group.end):
        return True
    return group.value <= _FEW and starts_with("count_after").match(low, group.end) is not None


def counts_something(low: str, end: int, country: str | None) -> bool:
    """Whether the number that ends at `end` counts money, time or things («cuatro cuotas», «dos con 50»)."""
    if starts_with("unit_after").match(low, end) or starts_with("owed_after").match(low, end):
        return True
    more = _AND_MORE.match(low, end)
    if more is not None and is_number(more["number"]):
        return True
    after = _WORD.match(low, end + 1)
    units = country_of(country).units
    if after is None or low[end] != " ":
        return low[end : end + 1] in ("%", "€")
    word = sound(after.group())
    if word == "de":
        after = _WORD.match(low, after.end() + 1)
        word = sound(after.group()) if after else word
    return (word,) in units


def is_day(low: str, run: Run) -> bool:
    """Whether it is a day of the month: «el 15», «del treinta»."""
    lone = len(run.groups) == 1 and run.groups[0].value <= 31
    return lone and ends_with("day_before").search(low, max(0, run.start - 20), run.start) is not None
