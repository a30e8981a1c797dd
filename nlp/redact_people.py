"""Which words name people: the names of the call's own facts, and the lists of given names and surnames."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from nlp.names import called
from nlp.redact_words import WORD, Span, flat, given_names, word_list, word_set, words
from nlp.text import sound
from transcripts.types import Recording

SIDE_BY_SIDE = re.compile(r"\s+|-")
_SHORTEST_NEAR = 5  # sounds of a name that may be misspelt
_LEARNT = 4  # letters of a name that counts again without its title
_SHORTEST_STEM = 3  # letters
_DIMINUTIVES = ("cito", "cita", "ito", "ita")


class Written(NamedTuple):
    """One word of a turn; `capital`: written like a name («Rosa», not «rosa» or «ROSA»)."""

    start: int
    end: int
    low: str
    capital: bool


class Line:
    """The words of one turn, each made when it is looked at: most never are."""

    def __init__(self, text: str) -> None:
        self.text, self.low, self.lows = text, flat(text), word_list(text)
        self.cased = text != text.lower() and text != text.upper()
        self.spans = [match.span() for match in WORD.finditer(self.low)]
        self._made: dict[int, Written] = {}

    def __len__(self) -> int:
        return len(self.lows)

    def __getitem__(self, at: int) -> Written:
        made = self._made.get(at)
        if made is None:
            start, end = self.spans[at]
            made = self._made[at] = Written(start, end, self.lows[at], self._proper(start, end))
        return made

    def beside(self, at: int) -> bool:
        """Whether nothing but blanks or a hyphen parts word `at` from the next."""
        return SIDE_BY_SIDE.fullmatch(self.low, self.spans[at][1], self.spans[at + 1][0]) is not None

    def opens(self, at: int) -> bool:
        """Whether word `at` opens a sentence, where every word has a capital."""
        if at == 0:
            return True
        gap = self.low[self.spans[at - 1][1] : self.spans[at][0]]
        return any(c in '.?!¿¡:…«"\n—' for c in gap)

    def stands_alone(self, at: int) -> bool:
        """«¿Alba?», «Alba, escúcheme.»: the word is a call."""
        end = self.spans[at][1]
        return self.low[end : end + 1] in ("?", "!", ",", ".", "…")

    def starting(self, start: int) -> int:
        """The first word that begins at character `start` or after."""
        return bisect_left(self.spans, (start, 0))

    def _proper(self, start: int, end: int) -> bool:
        """Written like a name; without capitals to go by no word is."""
        raw = self.text[start:end]
        return self.cased and raw[0].isupper() and (len(raw) == 1 or not raw.isupper())


def is_telling(word: Written) -> bool:
    """Whether a name is known again without its title."""
    return len(word.low) >= _LEARNT and word.low not in words("also_words") | words("name_particles")


def called_so(line: Line, at: int, gap: str) -> set[int]:
    """Where word `at` after a relation, or the next, names who it is: «mi garante es Segundo», «la mamá,
    Eufrosina».
    """
    if gap == " " and line[at].low in words("is_called"):
        return {at + 1} if at + 1 < len(line) and line.beside(at) else set()
    told = at > 1 and line[at - 2].low in words("one_of_mine") and line[at].capital
    return {at} if gap == ", " and told and line[at].low not in words("called_on") else set()


def doubtful(text: str, found: Iterable[Span]) -> frozenset[str]:
    """Those of the names `found` in `text` that are also other words: «¿la señora Rosa?»."""
    said = {low for span in found for low in word_list(text[span.start : span.end])}
    return frozenset(said & words("also_words"))


def tells_a_day(line: Line, at: int) -> bool:
    """Whether a name that is also a month or a day of the week is that here: «Julio no puedo» tells when,
    «Julio no está» who.
    """
    if line[at].low not in words("day_names"):
        return False
    after = [line[i].low for i in range(at + 1, min(at + 4, len(line)))]
    while after and after[0] in ("ya", "no"):
        del after[0]
    return not after or after[0] not in words("is_there")


@cache
def plain_surnames() -> frozenset[str]:
    """Surnames that are no other words and no towns."""
    return words("surnames") - words("also_words") - words("places")


def surnames_follow(line: Line, at: int) -> bool:
    """Whether two surnames stand right after word `at`, which must then be a given name, or one after a name
    that is also a word: «segundo toapanta».
    """
    if at + 1 >= len(line) or not line.beside(at):
        return False
    one = line[at].low in words("also_words") and line[at + 1].low in plain_surnames()
    return one or (at + 2 < len(line) and _pair(line, at + 1))


def full_names(line: Line) -> frozenset[int]:
    """Where a name begins that two surnames side by side end: «Eufrosina Quispe Mamani»."""
    if len(plain_surnames() & set(line.lows)) < 2:
        return frozenset()
    pairs = [at for at in range(len(line) - 1) if _pair(line, at)]
    return frozenset(start for at in pairs if (start := _beginning(line, at)) is not None)


def _pair(line: Line, at: int) -> bool:
    """Whether word `at` and the next are surnames side by side, written like names."""
    both = line[at], line[at + 1]
    written = all(word.capital or not line.cased for word in both)
    return written and line.beside(at) and all(word.low in plain_surnames() for word in both)


def _beginning(line: Line, at: int) -> int | None:
    """The first given name before the surnames at `at`; None where they name a place."""
    first = at
    while line.cased and first and line.beside(first - 1) and first > at - 2 and line[first - 1].capital:
        first -= 1
    while first < at and line[first].low in words("titles") | words("address_stop") | words("called_on"):
        first += 1
    return None if first and line[first - 1].low in words("in_a_place") else first


class Facts:
    """The names that the recording's own facts give: of the debtor, the agent and the company."""

    def __init__(self, recording: Recording) -> None:
        self.people = frozenset((*called(recording.debtor_name or ""), *called(recording.agent or "")))
        self.company = _company(recording.company)
        self.company_words = word_set(recording.company or "")
        self._near: dict[tuple[str, int], bool] = {}
        self._by_initial: dict[str, list[str]] = {}
        for name in self.people:
            if len(name) >= _SHORTEST_NEAR:
                self._by_initial.setdefault(name[0], []).append(name)

    def seeds(self, said: frozenset[str]) -> frozenset[str]:
        """Those of the words `said` in a call that may name somebody, however they are written."""
        heard = ((low, sound(low)) for low in said)
        near = [
            low
            for low, spoken in heard
            if spoken in self.people or (spoken[0] in self._by_initial and self.near(low, 1))
        ]
        return frozenset((*(said & listed_or_doubtful()), *near, *filter(is_diminutive, said)))

    def exact(self, word: str) -> bool:
        return len(word) >= 3 and sound(word) in self.people and word not in words("name_particles")

    def near(self, word: str, most: int) -> bool:
        """Whether `word` sounds like a name of the facts but for `most` letters."""
        key = word, most
        if key not in self._near:
            said = sound(word)
            alike = self._by_initial.get(said[0], ()) if len(said) >= _SHORTEST_NEAR else ()
            self._near[key] = any(
                DamerauLevenshtein.distance(name, said, score_cutoff=most) <= most for name in alike
            )
        return self._near[key]


@lru_cache(maxsize=256)
def _company(name: str | None) -> re.Pattern[str] | None:
    """The company's name, or its first telling words, in flat text."""
    parts = [m.group() for m in WORD.finditer(flat(name or ""))]
    return re.compile(r"(?<!\w)" + r"\W+(?:\w{1,3}\W+)?".join(map(re.escape, parts[:3]))) if parts else None


@cache
def listed() -> frozenset[str]:
    """Given names and surnames."""
    return given_names() | words("surnames")


@cache
def listed_sounds() -> frozenset[str]:
    """How given names and surnames sound, for names as a recogniser spells them («bermudes»)."""
    return frozenset(map(sound, listed()))


@cache
def listed_or_doubtful() -> frozenset[str]:
    """Given names, and names that are also words."""
    return given_names() | words("also_words")


@lru_cache(maxsize=20_000)
def is_diminutive(low: str) -> bool:
    """«Carlita», «Toñito»: made of a given name that is no other word."""
    ending = next((each for each in _DIMINUTIVES if low.endswith(each)), None)
    if ending is None or len(low) - len(ending) < _SHORTEST_STEM:
        return False
    stem = low[: -len(ending)]
    return any(name in words("given") - words("also_words") for name in (stem, stem + "o", stem + "a"))
