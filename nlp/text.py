"""Words of a turn as the rules see them: forgiving of accents, homophones and a recogniser's spelling.

A `Words` keeps, for every word, where it stands in the text as it was said, so that whatever a rule finds
can be quoted verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

STOP, QUESTION, NO_THEN = ".", "?", "no,"
_MARKS = (STOP, QUESTION)

# «pagao», «cansaos»: a d between vowels is hardly said on the islands, the coasts and in the south of Spain
_DROPPED = re.compile(r"^(?!(?:caca|bacala|sara|calla|bilba|taga|curaza)o)(\w{3,})ao(s?)$")
_BARE = re.compile(r"\w+")
_WORD = re.compile(
    r"[sS]/\.?(?=\s*\d)"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
    r"|[$€£%]|[.?!…]+|[«»“”\"]"
)
_COMMAS = frozenset(",;:—–")
_OPENING, _EITHER = frozenset("«“"), '"'
_QUOTES = frozenset('«“»”"')
_ABBREVIATIONS = {"sr", "sra", "srta", "lic", "dr", "dra", "ing", "ud", "uds", "vd", "av", "num", "tel"}
# an accent tells these from «si» and «cuando», where it was written at all
_ACCENTED = frozenset(("sí", "cuándo"))
_CURRENCY = {"$": "pesos", "€": "euros", "£": "libras", "%": "porsiento", "s/": "soles", "s/.": "soles"}
_HESITATIONS = {"eh", "em", "ehm", "emm", "mm", "mmm", "hmm", "ah", "uh", "eeh", "eee", "este…"}
_SPOKEN = {
    "pa": ("para",), "pal": ("para", "el"), "pos": ("pues",), "pus": ("pues",), "toy": ("estoy",),
    "tamos": ("estamos",), "ta": ("esta",), "mu": ("muy",),
    "q": ("que",), "xq": ("porque",), "porq": ("porque",), "pq": ("porque",), "d": ("de",),
    "nomas": ("no", "mas"),
    "porfavor": ("por", "favor"), "porfa": ("por", "favor"), "aver": ("a", "ver"), "osea": ("o", "sea"),
    "talvez": ("tal", "vez"), "envez": ("en", "vez"), "sinembargo": ("sin", "embargo"), "ud": ("usted",),
    "uds": ("ustedes",), "usté": ("usted",), "uste": ("usted",), "vd": ("usted",), "asi que": ("asi", "que"),
    "asique": ("asi", "que"), "deacuerdo": ("de", "acuerdo"), "derepente": ("de", "repente"), "okay": ("ok",),
    "okey": ("ok",), "oquei": ("ok",), "ajá": ("aja",), "wasap": ("whatsapp",), "guasap": ("whatsapp",),
    "whats": ("whatsapp",), "watsap": ("whatsapp",), "nadamas": ("nada", "mas"), "nadien": ("nadie",),
    "haiga": ("haya",), "naa": ("nada",), "pue": ("pues",), "sip": ("si",), "nop": ("no",), "nel": ("no",),
    "enserio": ("en", "serio"), "alomejor": ("a", "lo", "mejor"), "ose": ("o", "sea"),
}  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


class _Plain(dict[int, str]):
    """Each character without its accents, found when it is first asked for."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code))
        self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """`text` in small letters without accents; ñ becomes n, which recognisers often write."""
    return text.lower().translate(_PLAIN)


# a letter that must be there, what is written, how it sounds
_SOUNDS: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (letter, re.compile(pattern), sound)
    for letter, pattern, sound in (
        ("h", r"(?<!c)h", ""),
        ("q", r"qu(?=[ei])", "k"),
        ("v", r"v", "b"),
        ("l", r"ll", "y"),
        ("c", r"c(?=[ei])", "s"),
        ("c", r"c(?!h)", "k"),
        ("z", r"z", "s"),
        ("g", r"g(?=[ei])", "j"),
        ("x", r"x(?=[^aeiou])", "s"),
        ("n", r"n(?=[bp])", "m"),
        ("y", r"y$", "i"),
        ("p", r"^ps", "s"),
        ("", r"([^rlc])\1+", lambda doubled: doubled[1]),
    )
)


def bare(text: str) -> str:
    """The plain words of a text, set apart by single spaces, without any mark: «¿Y cuándo?» is «y cuando»."""
    return " ".join(_BARE.findall(plain(text)))


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How `word` sounds, as one spelling: «haber» and «a ver» stay apart, «envargo» and «embargo» do not."""
    word = plain(word)
    if word.isdigit() or not word.isalpha():
        return word
    for letter, pattern, heard in _SOUNDS:
        if letter in word:
            word = pattern.sub(heard, word)
    return word or "h"


class Word(NamedTuple):
    """One word: its sound, its raw spelling, its place `start..end` in the text, how it hangs on the one
    before.
    """

    sound: str
    raw: str
    start: int
    end: int
    comma_before: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    words: tuple[Word, ...]
    sounds: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sounds", tuple([word.sound for word in self.words]))

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Characters of the words `first..end` (end excluded)."""
        return self.words[first].start, self.words[end - 1].end


def words_of(text: str, known: Callable[[str], bool] | None = None) -> Words:
    """`text` cut into words. `known`, whether a sound is in the rules' vocabulary, lets joined words part."""
    out: list[Word] = []
    quoted = False
    last_end = 0
    for match in _WORD.finditer(text):
        raw = match[0]
        start, end = match.span()
        between = text[last_end:start]
        last_end = end
        if raw in _QUOTES:
            quoted = not quoted if raw == _EITHER else raw in _OPENING
            continue
        if raw[0] in ".?!…":
            mark = _mark(raw, out)
            if mark and out and out[-1].sound not in _MARKS:
                out.append(Word(mark, raw, start, end))
            continue
        comma = between != " " and not _COMMAS.isdisjoint(between)
        for part in _heard(raw, known):
            if out:
                before = out[-1]
                if before.sound == part and not part[0].isdigit():
                    comma = out.pop().comma_before  # «no, no tengo»: said twice counts once
                elif comma and before.sound == "no":  # denies nothing that follows: «no, tengo el dinero»
                    out[-1] = before._replace(sound=NO_THEN)
            out.append(Word(part, raw, start, end, comma, quoted))
    return Words(text, tuple(out))


def _mark(raw: str, out: list[Word]) -> str:
    """The sentence mark that `raw` stands for; "" for an ellipsis or the dot of an abbreviation."""
    if "?" in raw:
        return QUESTION
    if "…" in raw or raw.count(".") > 1:
        return ""
    if raw == "." and out and _is_short(out[-1].raw):
        return ""
    return STOP


def _is_short(raw: str) -> bool:
    return raw.lower() in _ABBREVIATIONS or (len(raw) == 1 and raw.isalpha())


@lru_cache(maxsize=20_000)
def _spoken(low: str) -> tuple[str, ...]:
    if low in _ACCENTED:
        return (low,)
    if low in _CURRENCY:
        return (_CURRENCY[low],)
    if low[0].isdigit():
        return (re.sub(r"\D", "", low) or low,)
    return tuple(sound(part) for part in _SPOKEN.get(plain(low), (_DROPPED.sub(r"\1ado\2", low),)))


_JOINED_FIRST = ("no", "ya", "me", "yo", "nos", "le", "lo")


@lru_cache(maxsize=50_000)
def _heard(raw: str, known: Callable[[str], bool] | None) -> tuple[str, ...]:
    """The sounds of a word as it is written, none of a hesitation; «notengo» is two words where both are
    known and the whole is not.
    """
    low = raw.lower()
    if low in _HESITATIONS:
        return ()
    parts = _spoken(low)
    if known is None or len(parts) > 1 or len(low) < 6 or known(parts[0]):
        return parts
    for first in _JOINED_FIRST:
        rest = sound(low[len(first) :]) if low.startswith(first) else ""
        if len(rest) >= 4 and known(rest):
            return (sound(first), rest)
    return parts
