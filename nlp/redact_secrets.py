"""Users, passwords and the days on which cards expire: «mi usuario es lperez85 y la contraseña gatito123»,
«la tarjeta vence en agosto del veintiocho».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from nlp.redact_figures import Group, Run, runs_of
from nlp.redact_words import HEAD, Span, alternatives, flat, may_hold, phrases, without_fillers, words

SECRET, EXPIRY = "secret", "expiry"

_MIXED = re.compile(r"(?<![^\W_])(?=[a-z._-]*\d)(?=[\d._-]*[a-z]{2})[a-z\d]+(?:[._-][a-z\d]+)*(?![^\W_])")
_CHOSEN = re.compile(r"[a-z]+(?:[._][a-z\d]+)*(?![^\W_])")
_ENDS = re.compile(r"\s*(?:$|[.,;!?…]|(?:y|con|todo|en minusculas?|en mayusculas?)\b)")
_ANSWER = re.compile(r"[\W_]*(?P<said>[a-z]+(?:[._][a-z\d]+)*)[\W_]*$")
_SHORTEST = 5  # characters of letters with figures that are no «2do» or «3er»
_TO_YEAR = re.compile(r"[\s,]+(?P<of>(?:(?:de|del|ano)\s+)*)")
_WRITTEN = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])\s?/\s?(?:20)?(?:2[4-9]|3\d|4[0-5])(?!\d)")  # «08/28»
_DAY_OF = re.compile(r"[^\W_]\s+de\s+$")
_YEARS = frozenset((*range(24, 46), *range(2024, 2046)))
_MONTHS = range(1, 13)
_LEAD = 20  # characters before a month in which a day stands
_FAR = 60  # characters before the day in which a card is named, and that it expires


def secrets(text: str, asked: frozenset[str]) -> list[Span]:
    """Users, passwords and days of expiry in `text`. `asked`: what the turn before asked for."""
    low = flat(text)
    out = list(_named(low)) if may_hold(text, "secret_words") else []
    if SECRET in asked:
        out += _answered(low)
    if EXPIRY in asked or may_hold(text, "expires"):
        out += _expiries(text, low, asked=EXPIRY in asked)
    return out


def _named(low: str) -> Iterator[Span]:
    """What is said to be somebody's user or password."""
    leads = list(_leads().finditer(low))
    for lead in leads:
        mixed = _MIXED.match(low, lead.end())
        if mixed is not None and len(mixed.group()) >= _SHORTEST:
            yield Span(*mixed.span(), "digits")
            continue
        chosen = _CHOSEN.match(low, lead.end())
        own = len(leads) > 1 or lead["own"] or phrases("passwords").search(lead.group())
        if chosen is None or not (own and lead["named"]) or chosen.group() in words("no_secret"):
            continue
        if _ENDS.match(low, chosen.end()):
            yield Span(*chosen.span(), "digits")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<own>(?:mi|su|tu)\s+)?{alternatives('secret_words')}(?:\s+(?:de|del)\s+(?:(?:la|el|mi)\s+)?[a-z]+)?"
        r"(?P<named>\s*:|\s+(?:es|era|seria|is))?[\s,]+"
    )


def _answered(low: str) -> Iterator[Span]:
    """A password that answers the question for it: one word, or letters with figures."""
    mixed = [each for each in _MIXED.finditer(low[:HEAD]) if len(each.group()) >= _SHORTEST]
    yield from (Span(*each.span(), "digits") for each in mixed)
    only = _ANSWER.match(without_fillers(low)) if not mixed else None
    if only is not None and only["said"] not in words("no_secret"):
        yield Span(*only.span("said"), "digits")


def _expiries(text: str, low: str, *, asked: bool) -> Iterator[Span]:
    """Month and year in which a card expires; never a day, which is one to pay on."""
    years = {run.start: run for run in runs_of(text) if _is_year(run.groups[0])}
    for month in phrases("months").finditer(low):
        link = _TO_YEAR.match(low, month.end())
        year = years.get(link.end()) if link else None
        if year is None or link is None or _DAY_OF.search(low, max(0, month.start() - _LEAD), month.start()):
            continue
        if asked or (_expires(low, month.start()) and (link["of"] or year.groups[0].value not in range(100))):
            yield Span(month.start(), year.groups[0].end, "digits")
    if asked:
        yield from (Span(each.start(), each.end(), "digits") for each in _WRITTEN.finditer(low))
        runs = runs_of(text)
        yield from (Span(run.start, run.end, "digits") for run in runs if _month_and_year(run))
        for before, after in pairwise(runs):
            link = _TO_YEAR.fullmatch(low, before.end, after.start)
            if link and link["of"] and int(before.digits) in _MONTHS and _is_year(after.groups[0]):
                yield Span(before.start, after.groups[0].end, "digits")


def _is_year(group: Group) -> bool:
    if group.form == "cardinal":  # «dos mil veintiocho»: its digits are 2 and 28
        return group.digits[0] == "2" and int(group.digits[1:] or "0") in _YEARS
    return group.value in _YEARS


def _month_and_year(run: Run) -> bool:
    """«ocho veintiocho», «08 28»."""
    *month, year = run.groups
    return bool(month) and int("".join(group.digits for group in month)) in _MONTHS and _is_year(year)


def _expires(low: str, start: int) -> bool:
    """Whether the words before character `start` speak of a card that expires then."""
    near = max(0, start - _FAR)
    card, ends = (phrases(name).search(low, near, start) for name in ("card_words", "expires"))
    return bool(card and ends) and phrases("to_pay").search(low, near, start) is None
