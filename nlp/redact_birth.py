"""Days of birth: «nueve de febrero del sesenta y ocho», «el 61», «agosto del 2002», «12/05/1980».

They give somebody away only where they were asked for, or where «nací» or «fecha de nacimiento» leads to
them: any other day of a call is one to pay on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nlp.redact_figures import Group, runs_of
from nlp.redact_words import Span, alternatives, flat, may_hold, phrases, starts_with, words_in

_LINK = re.compile(r"[\s,]*(?:(?:de|del|el|la|en|dia|mes|ano|y|a)\b[\s,]*){0,3}")
_YEAR_BEFORE = re.compile(r"(?:(?<!\w)(?:(?:del|el|en el)\s+|ano[\s,:]+)|(?:^|[.!?…])\W*)$")
_DAY_BEFORE = re.compile(r"(?:^|[.!…])\W*(?:el\s+)?(?:dia\s+)?$")
_MONTH_BEFORE = re.compile(r"(?:(?<!\w)(?:en|de|mes de)\s+|(?:^|[.!?…])\W*)$")
_ENDS = ".!?…"
_LEAD = 60  # characters before a day that are looked at
_HEAD_WORDS, _FIRST_WORDS = 12, 4
_SPOKEN_YEARS, _WRITTEN_YEARS = range(30, 100), range(1920, 2015)
_DAYS = range(1, 32)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    group: Group | None = None  # None: a month


def births(text: str, *, asked: bool) -> list[Span]:
    """Where `text` tells a day or year of birth. `asked`: it answers a question for one."""
    if not asked and not may_hold(text, "born"):
        return []
    low = flat(text)
    return [
        Span(chain[0].start, chain[-1].end, "digits")
        for chain in _chains(text, low)
        if (asked and _answers(low, chain)) or _led().search(low, *_lead(chain[0].start))
    ]


def _chains(text: str, low: str) -> list[list[_Piece]]:
    """Numbers and months that belong together, in order."""
    pieces = [_Piece(match.start(), match.end()) for match in phrases("months").finditer(low)]
    for run in runs_of(text):
        pieces += [
            _Piece(group.start, group.end, group)
            for group in run.groups
            if not starts_with("unit_after").match(low, group.end)
            and not starts_with("currency_after").match(low, group.end)
        ]
    pieces.sort(key=lambda piece: piece.start)
    chains = [[piece] for piece in pieces[:1]]
    for before, piece in pairwise(pieces):
        if _LINK.fullmatch(low, before.end, piece.start):
            chains[-1].append(piece)
        else:
            chains.append([piece])
    return chains


def _answers(low: str, chain: list[_Piece]) -> bool:
    """Whether a chain in the answer is what was asked for, and not a day to pay on."""
    at, before = words_in(low, chain[0].start), _lead(chain[0].start)
    groups = [piece.group for piece in chain if piece.group is not None]
    if any(group.form == "date" for group in groups):
        return True
    if not groups:
        return at <= _HEAD_WORDS and _MONTH_BEFORE.search(low, *before) is not None
    if _is_year(groups[-1]) and (len(chain) > 1 or _YEAR_BEFORE.search(low, *before) is not None):
        return True
    if _is_appointed(low, chain):
        return False
    if len(chain) > 1:
        return at <= _HEAD_WORDS and groups[0].value in _DAYS
    lone = groups[0].value in _DAYS and groups[0].form != "cardinal"
    return lone and at <= _FIRST_WORDS and _DAY_BEFORE.search(low, *before) is not None


def _is_appointed(low: str, chain: list[_Piece]) -> bool:
    """Whether the sentence of a day speaks of paying or of a call: «llámeme el quince de diciembre»."""
    first = max(low.rfind(mark, 0, chain[0].start) for mark in _ENDS) + 1
    stops = [at for mark in _ENDS if (at := low.find(mark, chain[-1].end)) >= 0]
    said = low[first : min(stops, default=len(low))]
    return any(phrases(name).search(said) for name in ("to_the_money", "to_a_call"))


def _lead(start: int) -> tuple[int, int]:
    return max(0, start - _LEAD), start


def _is_year(group: Group) -> bool:
    if group.form == "cardinal":
        # «dos mil» (its digits are a 2), «dos mil seis», «mil novecientos ochenta»
        return group.digits == "2" or len(group.digits) in (2, 3, 4)
    return group.value in (*_SPOKEN_YEARS, *_WRITTEN_YEARS)


@cache
def _led() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){alternatives('born')}(?:[\s,:¿]+(?:es|el|en|la|de|del|mi|su|fue|dia|ano|yo|seria|por)(?!\w)){{0,5}}"
        r"[\s,:]*$"
    )
