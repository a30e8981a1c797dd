"""Spanish words as the search sees them: stemmed, lower case, without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("spanish")
_WORD = re.compile(r"\w+")
_PHRASE = re.compile('["“«]([^"“”«»]+)["”»]')
MARK = "·"  # no letter of any word, and a letter to both indices
_LONGEST = 100  # letters of a word that count: an index takes no word without end


def stems(text: str) -> str:
    """« pag manan » for «Pago mañana»: stems between single spaces, so that ` stem ` finds whole words."""
    return " " + " ".join(_stem(word[:_LONGEST]) for word in _WORD.findall(text.lower())) + " "


def marked(words: str) -> str:
    """« ·me ·oper » for « me oper »: stems told apart from others of the same word; nobody can type them."""
    return " " + " ".join(f"{MARK}{stem}" for stem in words.split()) + " "


def placed(text: str) -> list[tuple[str, int, int]]:
    """Each word's stem with where the word begins and ends in `text`."""
    return [(_stem(m[0].lower()[:_LONGEST]), m.start(), m.end()) for m in _WORD.finditer(text)]


def phrases(text: str) -> tuple[str, tuple[str, ...]]:
    """What was typed without quotation marks, and what stood between them: in a row, in this order."""
    return _PHRASE.sub(r" \1 ", text), tuple(one for one in _PHRASE.findall(text) if stems(one).strip())


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # the accent goes last: Snowball needs it to know «pagó» and «pagará» for verbs
    return _without_accents(_STEMMER.stemWord(word))


def folded(text: str) -> str:
    """«alvarez» for «Álvarez»: names as the search sees them, small letters without accents."""
    return _without_accents(text.lower())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
