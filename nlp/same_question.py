"""Whether a question was asked before, in whatever forms of the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nlp.text import plain

LONG = 5  # letters that tell a word whatever its ending
MOST = 0.75  # of a question's own words, in an earlier one
_QUESTION = re.compile(r"¿([^?¿]+)\?|([^.?!¿¡]+)\?")
_WORD = re.compile(r"\w+")
_PLAIN = frozenset(
    "que cual cuales quien como donde cuando cuanto cuanta para por con sin una uno unos unas los las del le"
    " les lo la el se su sus mi me nos esta este esto eso esa ese usted ustedes hay ser son era fue tiene"
    " tener haya mas muy bien sobre entre desde hasta pero porque entonces tambien algo todo toda asi ahi"
    " aqui".split()
)


@lru_cache(maxsize=20_000)
def asked_in(text: str) -> tuple[frozenset[str], ...]:
    """The words of each question of `text`; of all of it where it bears no mark, as transcripts may."""
    said = [one or other for one, other in _QUESTION.findall(text)]
    return tuple(filter(None, map(_telling, said or [text])))


def asks_again(text: str, before: Iterable[frozenset[str]]) -> bool:
    """Whether one of the questions in `text` has its words in one of `before`; one word tells nothing."""
    if "?" not in text:
        return False
    earlier = tuple(before)
    return any(
        len(mine) > 1 and len(mine & one) >= MOST * len(mine) for mine in asked_in(text) for one in earlier
    )


def _telling(question: str) -> frozenset[str]:
    words = _WORD.findall(plain(question))
    return frozenset(word[:LONG] for word in words if len(word) > 2 and word not in _PLAIN)
