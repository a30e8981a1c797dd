"""A quote tears no number: «nueve mil» out of «treinta y nueve mil» shows another sum than was said."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from nlp.money import Amount, amounts
from nlp.number_words import AND, ARTICLES, HUNDRED, JOINED, MILLION, OVER_HUNDRED, SMALL, THOUSAND
from nlp.text import sound

_WORD = re.compile(r"\S+")
_MARK = re.compile(r"[^\w%]+$")
_FIGURE = re.compile(r"\d")
_AT_EDGE = 3  # words at either end of a span among which a number may be torn


def whole_numbers(text: str, start: int, end: int, country: str | None) -> tuple[int, int]:
    """`start..end` of `text` widened to the sums and number words that it cuts through."""
    words, ends = _words(text)
    first, last = bisect_right(ends, start), bisect_left(words, (end,)) - 1
    if first > last:
        return start, end
    edge = {*range(first, min(first + _AT_EDGE, last + 1)), *range(max(first, last + 1 - _AT_EDGE), last + 1)}
    if not any(_is_number(text[slice(*words[i])]) for i in edge):
        return start, end
    sums = amounts(text, country)
    for amount in sums[bisect_right(sums, start, key=_end_of) :]:
        if amount.start >= end:
            break
        start, end = min(start, amount.start), max(end, amount.end)
    first, last = bisect_right(ends, start), bisect_left(words, (end,)) - 1
    before, after = _back(text, words, first), _on(text, words, last)
    return (words[before][0] if before < first else start), (
        max(end, _end(text, words[after])) if after > last else end
    )


@lru_cache(maxsize=64)  # a long turn is asked about once for each of its many hits
def _words(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where its words stand, in order; and where each ends."""
    words = [match.span() for match in _WORD.finditer(text)]
    return words, [end for _, end in words]


def _end_of(amount: Amount) -> int:
    return amount.end


def _back(text: str, words: Sequence[tuple[int, int]], first: int) -> int:
    """The word at which the number begins that the word `first` goes on with."""
    at = first
    while at and _is_number(_plain(text, words[at])) and _runs_on(text, words[at - 1]):
        said = _plain(text, words[at - 1])
        if sound(said) in AND and at > 1 and _is_number(_plain(text, words[at - 2])):
            at -= 2
        elif _is_number(said) and said.lower() not in ARTICLES:
            at -= 1
        else:
            break
    return at


def _on(text: str, words: Sequence[tuple[int, int]], last: int) -> int:
    """The word at which the number ends that the word `last` is in."""
    at = last
    while at + 1 < len(words) and _is_number(_plain(text, words[at])) and _runs_on(text, words[at]):
        said = _plain(text, words[at + 1])
        if sound(said) in AND and at + 2 < len(words) and _is_number(_plain(text, words[at + 2])):
            at += 2
        elif _is_number(said) and said.lower() not in ARTICLES:
            at += 1
        else:
            break
    return at


def _runs_on(text: str, word: tuple[int, int]) -> bool:
    """Whether no mark ends a word: «…noventa, que»."""
    return _MARK.search(text[slice(*word)]) is None


def _plain(text: str, word: tuple[int, int]) -> str:
    return _MARK.sub("", text[slice(*word)]).lstrip('¿¡«“"(')


def _end(text: str, word: tuple[int, int]) -> int:
    return word[0] + len(_MARK.sub("", text[slice(*word)]))


def _is_number(said: str) -> bool:
    if _FIGURE.search(said):
        return True
    heard = sound(said.strip(".,;:?!"))
    return (
        heard in SMALL
        or heard in JOINED
        or heard in HUNDRED
        or heard in OVER_HUNDRED
        or (heard == THOUSAND or heard in MILLION)
    )
