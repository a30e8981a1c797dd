"""Addresses, written and spoken: «calle 19 número 6-68, piso 8», «colonia Valle Verde, pasaje cuatro, casa
once», «vivo en Corrientes 1234».
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from nlp.redact_figures import is_number
from nlp.redact_quantities import counts_something
from nlp.redact_words import Span, alternatives, flat, given_names, may_hold, phrases, word_set, words

_WORD = re.compile(r"[^\W_]+|#")
_STOP = re.compile(r"[?!;:…]|\.\.|\.(?=\s|$)")
_DIRECTION_WORDS, _ANSWER_WORDS = 24, 10
_NAME_WORDS = 3  # of a street in small letters, before its number


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    low: str
    capital: bool

    @property
    def number(self) -> bool:
        return is_number(self.low)


def addresses(text: str, country: str | None, *, asked: bool) -> list[Span]:
    """Streets with their numbers, districts, floors and flats. `asked`: the turn answers «¿su dirección?»."""
    homes = may_hold(text, "lives_in", "street_after")
    if not (asked or homes) and _keys().isdisjoint(word_set(text)):
        return []
    walk = _Walk(text, flat(text), country)
    out: list[Span] = []
    lived_in = walk.homes() if homes else {}
    for at in range(len(walk.words)):
        if out and walk.words[at].start < out[-1].end:
            continue
        span = lived_in.get(at) or walk.address(at, asked=asked and not out and at < _ANSWER_WORDS)
        if span is not None:
            out.append(span)
    return out


@cache
def _english_street() -> re.Pattern[str]:
    door = r"(?:,?\s+(?:apartment|apt|unit|suite)\.?\s+#?\w{1,5}(?!\w))?"
    return re.compile(rf"(?<!\w)\d{{1,5}}(?:\s+[a-z]+){{1,3}}\s+{alternatives('street_after')}(?!\w){door}")


@cache
def _no_street_names() -> frozenset[str]:
    return words("address_stop") | words("company_words")


@cache
def _keys() -> frozenset[str]:
    return words("street_words") | words("lone_unit_words")


class _Walk:
    """The words of one text, and how far an address reaches from one of them."""

    def __init__(self, text: str, low: str, country: str | None) -> None:
        self.text, self.low, self.country = text, low, country
        self.cased = text != text.lower()
        self.words = [
            _Word(m.start(), m.end(), low[m.start() : m.end()], text[m.start()].isupper())
            for m in _WORD.finditer(text)
        ]

    def address(self, at: int, *, asked: bool) -> Span | None:
        if asked and at == 0 and self.words[0].low not in _keys() and (end := self._leading_name()):
            if end + 1 < len(self.words) and self._house_number(end + 1):
                end = max(end + 1, self._extent(0, street=True)[0])
            return Span(self.words[0].start, self.words[end].end, "address")
        word = self.words[at]
        street, unit = word.low in words("street_words"), word.low in words("lone_unit_words")
        first = at
        if street and at and self._before_street(at):
            first = at - 1  # «ocho calle», as Guatemala counts its streets
        elif asked and at and self._house_number(at) and self._names_street(at):
            first = at - 1  # «Thames 1340»
        elif not (street or unit or (asked and self._house_number(at))):
            return None
        end, keys, named = self._extent(at, street=street or asked)
        if end == at and first == at and not (asked and word.number):
            return None
        if word.low == "pasaje" and keys == 1 and not named:
            return None  # «pasaje 40» is a fare
        return Span(self.words[first].start, self.words[end].end, "address")

    def homes(self) -> dict[int, Span]:
        """Addresses without «calle», by their first word: «vivo en Corrientes 1234», «1234 Main Street»."""
        found = [Span(*match.span(), "address") for match in _english_street().finditer(self.low)]
        starts = [word.start for word in self.words]
        out = {bisect_left(starts, span.start): span for span in found}
        for match in phrases("lives_in").finditer(self.low):
            at = bisect_left(starts, match.end())
            article = at < len(self.words) and self.words[at].low in words("articles")
            at += article and not self.words[at].capital  # «la Roma 120», but «Los Aromos 345»
            number = self._after_name(at)
            if number > at and self._house_number(number) and self._ends_address(number):
                end = self._extent(at, street=True)[0]
                out[at] = Span(self.words[at].start, self.words[max(end, number)].end, "address")
        return out

    def _after_name(self, at: int) -> int:
        """The word after the name of a street or a district that begins at word `at`."""
        for here in range(at, min(at + _NAME_WORDS + 2, len(self.words))):
            word = self.words[here]
            named = word.capital if self.cased else word.low not in words("no_street") | _no_street_names()
            glued = here > at and word.low in words("name_particles")
            if (
                word.number
                or not (named or glued)
                or _STOP.search(self.low, self.words[at].start, word.start)
            ):
                return here
        return at

    def _ends_address(self, number: int) -> bool:
        """Whether the house number at word `number` ends what is said, or a flat follows; where capitals
        show the street, it may also stand right beside it.
        """
        before, end = self.words[number - 1], self._number_end(number)
        if before.low in words("name_particles"):
            return False  # «vivimos en Getafe los 4»
        if self.cased and self.low[before.end : self.words[number].start] == " ":
            return True
        after = _WORD.search(self.low, end)
        return after is None or self.low[end] != " " or after.group() in words("unit_words")

    def _house_number(self, at: int) -> bool:
        number = self.words[at].number
        return number and not counts_something(self.low, self._number_end(at), self.country)

    def _leading_name(self) -> int:
        """The last word of a district that opens the answer («San Juan Bosco, en León»); 0: none."""
        end = 0
        for here, word in enumerate(self.words[: _NAME_WORDS + 1]):
            beside = not here or self.low[self.words[here - 1].end : word.start] == " "
            if not (self.cased and word.capital and beside) or word.low in _no_street_names():
                break
            end = here
        return end if end and self.words[0].low not in given_names() else 0

    def _before_street(self, at: int) -> bool:
        before, word = self.words[at - 1], self.words[at]
        counted = before.number or before.low in words("street_ordinals")
        return counted and word.low in ("calle", "avenida") and self.low[before.end : word.start] == " "

    def _names_street(self, at: int) -> bool:
        before = self.words[at - 1]
        beside = self.low[before.end : self.words[at].start] == " "
        return self.cased and before.capital and beside and before.low not in words("address_stop")

    def _extent(self, at: int, *, street: bool) -> tuple[int, int, bool]:
        """(last word, key words, whether a name is in it) of the address that begins at word `at`."""
        last, keys, named, loose, pending = at, 1, False, 0, False
        key, numbered = self.words[at].low, False
        for here in range(at + 1, min(at + _DIRECTION_WORDS, len(self.words))):
            word, gap = self.words[here], self.low[self.words[here - 1].end : self.words[here].start]
            comma = "," in gap
            if _STOP.search(gap) and not (gap.startswith(".") and self.words[here - 1].low in _SHORT):
                break
            if word.number:
                if counts_something(self.low, self._number_end(here), self.country):
                    break
                last, numbered, loose = here, True, 0
                if not named and pending:
                    named = True
            elif word.low in words("street_words") or word.low in words("unit_words"):
                keys, key, loose = keys + 1, word.low, 0
            elif self.cased and word.capital and (not comma or numbered) and (street or len(word.low) <= 2):
                last, named, loose = here, True, 0
            elif word.low == "#" or (
                word.low in self._glue(unit=not street and last == at) and loose < 3 and not comma
            ):
                loose += 1
            elif self._flat_letter(word, gap) and (numbered or key in words("unit_words")):
                last = here
            elif not (self.cased or numbered or comma) and self._small_name(here, at, word):
                pending = True
                if key in words("bare_street_words") and here == at + 1:
                    last, named = here, True
            else:
                break
        return last, keys, named

    @staticmethod
    def _flat_letter(word: _Word, gap: str) -> bool:
        """«4 B», «cuatro be»."""
        spelled = gap == " " and word.low in words("flat_letters")
        return spelled or (len(word.low) == 1 and word.low not in "ayoe")

    def _glue(self, *, unit: bool) -> frozenset[str]:
        """Words inside an address; between «piso» and its number only «número»."""
        return words("unit_glue") if unit else words("address_glue")

    def _number_end(self, at: int) -> int:
        """Where the number ends whose first word stands at `at`: «setenta y un»."""
        here = at
        while here + 1 < len(self.words) and self.low[self.words[here].end] == " ":
            after = self.words[here + 1]
            if not after.number and after.low not in ("y", "un", "una"):
                break
            here += 1
        return self.words[here].end

    def _small_name(self, here: int, at: int, word: _Word) -> bool:
        """Whether a word in small letters may name the street whose number follows."""
        return here - at <= _NAME_WORDS + 1 and word.low not in words("address_stop")


_SHORT = frozenset("av avda no num nro col jr urb mz depto dpto apto int c p cra".split())
