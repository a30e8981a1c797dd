"""Whether the words taken for the agent's own name say one: «Aquí estamos», «Soy humano» name nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.names import no_names
from nlp.redact_people import Facts, Line, is_diminutive, listed, listed_sounds, plain_surnames
from nlp.redact_words import words
from nlp.text import plain, sound
from nlp.types import Finding
from transcripts.types import Transcript

_LABEL = "says_own_name"
# «aquí Jorge», and far oftener «aquí andamos»: in small letters only a name that is known is one there
_HERE = frozenset(("aqui", "aca", "lado"))
_NO_NAME_ENDS = (
    *("mos", "mente", "ando", "iendo", "endo", "cion", "dad", "aba", "ria"),
    *("oso", "osa", "ado", "ada", "ente", "ante", "able", "ible", "ista", "ivo", "iva", "tico", "tica"),
)
_NAME_FOLLOWS = ("habla", "saluda", "llama")
_NAME_BEFORE = ("para servirle", "a sus ordenes")
_NEXT_WORD = re.compile(r"\W+\w+")


def without_nameless(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without a name of the agent's own in which no word is a name."""
    if not any(f.label == _LABEL for f in found):
        return list(found)
    facts = Facts(transcript.recording)
    lines = [Line(turn.text) for turn in transcript.turns]
    cased = any(map(_has_capitals, lines))

    def names(one: Finding) -> bool:
        line = lines[one.quote.turn]
        # who types in haste sets no capitals, whatever the rest of the call has
        return _names(line, one, facts, cased=cased and line.text != line.text.lower())

    return [f for f in found if f.label != _LABEL or names(f)]


def _names(line: Line, one: Finding, facts: Facts, *, cased: bool) -> bool:
    start, end = _reach(line, one)
    at = [i for i, (first, last) in enumerate(line.spans) if start <= first and last <= end]
    here = not _HERE.isdisjoint(line[i].low for i in at)
    company = [match.span() for match in facts.company.finditer(line.low)] if facts.company else []

    def is_name(i: int) -> bool:
        word = line[i]
        low = word.low
        if facts.exact(low):
            return True
        if len(low) < 2 or low in _no_name() or any(a <= word.start < b for a, b in company):
            return False
        if line.text[word.start].isupper():
            return True
        known = low in listed() or is_diminutive(low)
        if cased:
            full = i + 1 < len(line) and line[i + 1].low in plain_surnames()
            return (known and low not in words("also_words")) or full
        return known or sound(low) in listed_sounds() or not (here or low.endswith(_NO_NAME_ENDS))

    return any(map(is_name, at))


def _reach(line: Line, one: Finding) -> tuple[int, int]:
    """The characters in which the name may stand: «Banco Altiplano, le saluda» goes on with it, «Tulio
    Arévalo, de Cartera Amiga, para servirle» began with it.
    """
    start, end = one.quote.start, one.quote.end
    low = line.low[start:end].rstrip()
    if low.endswith(_NAME_FOLLOWS):
        follows = _NEXT_WORD.match(line.low, end)
        return start, follows.end() if follows else end
    if low.endswith(_NAME_BEFORE):
        return max(line.low.rfind(mark, 0, start) for mark in ".?!…") + 1, end
    return start, end


def _has_capitals(line: Line) -> bool:
    """Whether some word that begins no sentence has a capital."""
    text = line.text
    return any(
        text[start].isupper() and text[:start].rstrip(" \t«\"'¿¡—-")[-1:] not in ("", *".?!…:\n")
        for start, _ in line.spans
    )


@cache
def _no_name() -> frozenset[str]:
    return frozenset(map(plain, (*no_names(), *words("company_words"), *words("titles"))))
