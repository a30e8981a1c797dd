"""Copies of a text as a mediocre recogniser would print it, with its words kept track of.

Case, punctuation, accents, joined and dropped small words, digits for number words, homophones. What was
labelled keeps its place: every word of the copy knows which characters of the original it stands for.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from nlp.text import plain

_WORD = re.compile(r"\S+")
_DIGITS = {
    "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8",
    "nueve": "9", "diez": "10", "once": "11", "doce": "12", "trece": "13", "catorce": "14", "quince": "15",
    "dieciséis": "16", "diecisiete": "17", "dieciocho": "18", "diecinueve": "19", "veinte": "20",
    "veinticinco": "25", "treinta": "30", "cuarenta": "40", "cincuenta": "50", "cien": "100",
    "doscientos": "200", "trescientos": "300", "cuatrocientos": "400", "quinientos": "500", "mil": "1000",
}  # fmt: skip
_HEARD = (
    ("haber", "a ver"), ("a ver", "haber"), ("hay", "ahí"), ("ahí", "hay"), ("ha", "a"), ("hecho", "echo"),
    ("va a", "va"), ("voy a", "voy"), ("porque", "por que"), ("si no", "sino"), ("vaya", "valla"),
    ("haya", "halla"), ("oiga", "hoy ga"), ("está", "esta"), ("tú", "tu"), ("él", "el"), ("para", "pa"),
    ("usted", "ustedes"), ("bueno", "buena"), ("también", "tan bien"), ("sé", "se"), ("qué", "que"),
)  # fmt: skip
_HEARD_AS = {said: heard for said, heard in _HEARD if " " not in said}
_SMALL = frozenset("de la el los las en a y que se lo me le un una por al del es con".split())


@dataclass(frozen=True, slots=True)
class Copy:
    """A noisy text; `places` gives for each of its words (start, end, start and end in the original)."""

    text: str
    places: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the original's characters `start..end` stand in the copy; None where none is left."""
        inside = [(s, e) for s, e, was, till in self.places if was < end and till > start]
        return (inside[0][0], inside[-1][1]) if inside else None


def noisy(text: str, dice: random.Random, *, strength: float = 1.0) -> Copy:
    """A copy of `text` as a recogniser prints it; `strength` 0 only lowers the case and drops the marks."""
    out: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    bare = dice.random() < 0.5
    size = 0
    for match in _WORD.finditer(text):
        word = _heard(match.group(), dice, strength, bare)
        if not word or (word in _SMALL and dice.random() < 0.02 * strength):
            continue
        joins = bool(out) and word in _SMALL and dice.random() < 0.04 * strength
        if out and not joins:
            size += 1
            out.append(" ")
        places.append((size, size + len(word), match.start(), match.end()))
        out.append(word)
        size += len(word)
    return Copy("".join(out), tuple(places))


def _heard(word: str, dice: random.Random, strength: float, bare: bool) -> str:
    low = word.lower().strip('.,;:¿?¡!…«»"()—–-')
    if bare:
        low = plain(low) if "ñ" not in low else low
    if low in _DIGITS and dice.random() < 0.6 * strength:
        return _DIGITS[low]
    if low in _HEARD_AS and dice.random() < 0.1 * strength:
        return _HEARD_AS[low]
    if len(low) > 5 and dice.random() < 0.03 * strength:
        cut = dice.randrange(2, len(low) - 2)
        return f"{low[:cut]} {low[cut:]}" if dice.random() < 0.5 else low[:cut] + low[cut + 1 :]
    return low
