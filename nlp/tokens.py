"""A text cut into words, figures, signs and marks, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nlp.number_words import NOT_TODAY
from nlp.text import sound

_TOKEN = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9/])"
    r"|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}(?![0-9]))"
    r"|(?P<hour>[0-9]{1,2}:[0-9]{2}(?![0-9]))"
    r"|(?P<digits>[0-9]+(?:[.,'’][0-9]+)*)"
    r"|(?P<sign>(?i:us\$|s/\.?(?=\s*[0-9]))|[$€₡%])"
    r"|(?P<word>[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*)"
    r"|(?P<mark>[.,;:?!¿¡…()«»\"“”\n—–])"
)


class Token(NamedTuple):  # made by the thousand: a frozen dataclass takes three times as long
    """A word, figure, sign or mark at `start..end` of the text; `sound` is its folded spelling (see
    `nlp.text.sound`).
    """

    sound: str
    raw: str
    start: int
    end: int
    kind: str  # "word", "digits", "date", "hour", "sign", "mark"


@lru_cache(maxsize=1024)
def tokens_of(text: str) -> tuple[Token, ...]:
    """`text` cut into words, figures, signs and marks, each with its place."""
    out = []
    for match in _TOKEN.finditer(text):
        kind, raw = match.lastgroup or "mark", match.group()
        # a named tuple's own constructor takes twice as long
        out.append(tuple.__new__(Token, (_spelled(raw, kind), raw, *match.span(), kind)))
    return tuple(out)


@lru_cache(maxsize=50_000)
def _spelled(raw: str, kind: str) -> str:
    if raw.lower() in NOT_TODAY:
        return "oir"
    return sound(raw) if kind == "word" else raw.lower()
