"""Names of people: the debtor's and the agent's from the facts of the call, those after «señora», «me llamo»,
«mi hija», and given names that are known. Companies, places and saints are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from nlp.redact_figures import is_number
from nlp.redact_people import (
    Facts,
    Line,
    Written,
    called_so,
    doubtful,
    full_names,
    is_diminutive,
    is_telling,
    listed,
    listed_sounds,
    surnames_follow,
    tells_a_day,
)
from nlp.redact_words import Span, flat, given_names, may_hold, phrases, word_list, word_set, words
from nlp.text import sound
from transcripts.types import Recording, Turn

_LONGEST = 8  # words of one name
_LEADS = ("introduces", "relatives", "title_phrases")
_LONG_NAME = 7  # sounds: a longer word in small letters is hardly another word by chance


def names(turns: Iterable[Turn], recording: Recording) -> list[list[Span]]:
    """The names of people in every turn. A name that a title gave away counts again later."""
    facts = Facts(recording)
    said = [turn.text for turn in turns]
    seeds = facts.seeds(frozenset().union(*map(word_set, said)))
    texts = [_Text(text, facts, seeds) for text in said]
    found = [list(text.names()) for text in texts]
    learnt = frozenset(name for text in texts for name in text.learnt)
    if learnt:
        again = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(learnt)))})(?!\w)")
        found = [sorted([*found[at], *text.again(again, found[at])]) for at, text in enumerate(texts)]
    before = [frozenset[str](), *map(doubtful, said, found)]
    return [
        [*spans, *text.taken_up(said_before, spans)] if said_before else spans
        for text, spans, said_before in zip(texts, found, before, strict=False)
    ]


class _Text:
    """One turn's words, and which of them name somebody."""

    def __init__(self, text: str, facts: Facts, seeds: frozenset[str]) -> None:
        self.text, self.facts, self.seeds = text, facts, seeds
        self.low = flat(text)
        self.learnt: set[str] = set()

    @cached_property
    def words(self) -> Line:
        return Line(self.text)

    @property
    def cased(self) -> bool:
        return self.words.cased

    @cached_property
    def company(self) -> list[Span]:
        company = self.facts.company
        return [Span(*match.span(), "name") for match in company.finditer(self.low)] if company else []

    def names(self) -> Iterator[Span]:
        """Every name of the turn, in order."""
        led, seeds, full = self._led(), self.seeds & word_set(self.text), full_names(self.words)
        done = -1
        for at, low in enumerate(word_list(self.text) if led or seeds or full else ()):
            named = (low in seeds and self._known(at)) or (at in led and self._may_be_led(at)) or at in full
            if at <= done or not named:
                continue
            first, last = self._extent(at, done + 1)
            if self._is_no_person(first, last):
                continue
            if at in led:
                self.learnt |= {self.words[i].low for i in range(at, last + 1) if is_telling(self.words[i])}
            yield Span(self.words[first].start, self.words[last].end, "name")
            done = last

    def again(self, learnt: re.Pattern[str], found: list[Span]) -> list[Span]:
        """Names learnt elsewhere in the call that stand here too."""
        return [
            Span(match.start(), match.end(), "name")
            for match in learnt.finditer(self.low)
            if (at := self._at(match.start())) is not None
            and not self._is_no_person(at, at)
            and not _covered(found, match.start())
        ]

    def taken_up(self, before: frozenset[str], found: list[Span]) -> list[Span]:
        """Names of the turn `before` that are also other words, said again: «Rosa no está»."""
        return [
            Span(self.words[at].start, self.words[at].end, "name")
            for at, low in enumerate(word_list(self.text))
            if low in before
            and (self.words[at].capital if self.cased else at == 0)
            and not _covered(found, self.words[at].start)
            and not self._is_no_person(at, at)
            and not tells_a_day(self.words, at)
        ]

    def _at(self, start: int) -> int | None:
        """The word that begins at `start`, where it is written like a name."""
        at = self.words.starting(start)
        return at if self.words[at].capital or not self.cased else None

    def _led(self) -> frozenset[int]:
        """Words that a title, an introduction or a relation leads to."""
        if not may_hold(self.text, *_LEADS):
            return frozenset()
        out = set()
        for match in phrases(*_LEADS).finditer(self.low):
            at = self.words.starting(match.end())
            if at == 0 or at == len(self.words):
                continue
            gap = self.low[match.end() : self.words[at].start]
            if gap == " " or (gap == ". " and self.words[at - 1].low in words("short_titles")):
                out.add(at)
            if match.group() in words("relatives_words") and match.group() not in words("titles"):
                out |= called_so(self.words, at, gap)
        return frozenset(out)

    def _may_be_led(self, at: int) -> bool:
        """Whether the word after a title or «me llamo» is a name."""
        word = self.words[at]
        if any(word.low in words(name) for name in ("titles", "company_words", "companies", "address_stop")):
            return False
        if self.cased:
            return word.capital
        before = self.words[at - 1].low
        if before in words("is_called") and at > 1:
            before = self.words[at - 2].low
        if word.low not in words("address_stop") and surnames_follow(self.words, at):
            return True
        if before in words("relatives_words") and before not in words("titles"):
            return self._is_sure(word)
        sure = before in words("sure_titles") or sound(word.low) in listed_sounds()
        return sure or self._is_fact(word, led=True)

    def _known(self, at: int) -> bool:
        """Whether the word is a name by itself: of the facts, or a given name that is no other word."""
        word = self.words[at]
        if self.cased and not word.capital:
            return False
        if word.low in words("also_words"):
            return self._is_name_here(at)
        if word.low in given_names() or self.facts.exact(word.low) or is_diminutive(word.low):
            return True
        opens = self.cased and self.words.opens(at) and not self.words.stands_alone(at)
        return not opens and self._is_fact(word, led=False)

    def _is_name_here(self, at: int) -> bool:
        """Whether a name that is also a word («Luz», «Mora») is the name: by capital or neighbours."""
        word = self.words[at]
        fact = self.facts.exact(word.low)
        known = fact or word.low in given_names()
        if at and self.words.beside(at - 1) and self._is_sure(self.words[at - 1]):
            return known or (self.cased and word.low in words("surnames"))
        if known and self._surname_after(at):
            return True
        if not self.cased or self._is_feast(at) or self._in_other_name(at):
            return False
        return self.words.stands_alone(at) and fact if self.words.opens(at) else known

    def _surname_after(self, at: int) -> bool:
        """Whether a sure name follows, a particle between or not: «luz marina», «amparo de cifuentes»."""
        here = at + 1
        while here < len(self.words) and self.words.beside(here - 1):
            word = self.words[here]
            if word.low not in words("name_particles"):
                plain_surname = word.low in words("surnames") and word.low not in words("also_words")
                return self._is_sure(word) or (plain_surname and (word.capital or not self.cased))
            here += 1
        return False

    def _is_feast(self, at: int) -> bool:
        """«Día de la Candelaria», «Virgen del Socorro», «Estrella del Norte»."""
        before = [self.words[i].low for i in range(max(0, at - 3), at)]
        return not words("feast_words").isdisjoint(before) or self._goes_on_unknown(at)

    def _in_other_name(self, at: int) -> bool:
        """«Provincia Clara»: a capital that is no person's stands before it."""
        if not at or not self.words.beside(at - 1) or self.words.opens(at - 1):
            return False
        before = self.words[at - 1]
        return before.capital and not self._is_listed(before) and before.low not in words("titles")

    def _goes_on_unknown(self, at: int) -> bool:
        """«Estrella del Norte»: a name of something else."""
        if at + 2 >= len(self.words) or self.words[at + 1].low not in ("de", "del"):
            return False
        named = self.words[at + 2]
        return named.capital and not self._is_listed(named)

    def _is_sure(self, word: Written) -> bool:
        if word.low in words("also_words") or (self.cased and not word.capital):
            return False
        return word.low in given_names() or self.facts.exact(word.low)

    def _is_fact(self, word: Written, *, led: bool) -> bool:
        """Whether the word sounds like a name of the facts, or nearly so where it looks like a name."""
        if self.facts.exact(word.low):
            return True
        if not (led or word.capital or len(word.low) >= _LONG_NAME):
            return False
        return self.facts.near(word.low, 2 if led and len(word.low) >= _LONG_NAME else 1)

    def _extent(self, at: int, free: int) -> tuple[int, int]:
        """(first, last) word of the name that word `at` belongs to; words before `free` belong to another."""
        first = last = at
        least, most = max(free, at - _LONGEST), min(len(self.words), at + _LONGEST)
        while first > least and self.words.beside(first - 1) and self._is_sure_or_also(first - 1):
            first -= 1
        here = at + 1
        while here < most and self.words.beside(here - 1) and here - last <= 2:
            word = self.words[here]
            if word.low in words("name_particles"):
                here += 1
                continue
            linked = here - last > 1  # by a particle: «de la Cruz», but not «de Trujillo»
            if not self._goes_on(here) or (linked and not self._is_listed(word)):
                break
            if linked and word.low in words("places") and not self.facts.exact(word.low):
                break
            last, here = here, here + 1
        return first, last

    def _goes_on(self, at: int) -> bool:
        word = self.words[at]
        if word.low in words("titles") or word.low in words("company_words"):
            return False
        if self.cased:
            return word.capital
        surname = word.low in words("surnames") and word.low not in words("also_words")
        return surname or self._is_sure(word) or self._is_fact(word, led=True)

    def _is_listed(self, word: Written) -> bool:
        return word.low in listed() or self.facts.exact(word.low)

    def _is_sure_or_also(self, at: int) -> bool:
        word = self.words[at]
        if self.cased:
            return word.capital and not self.words.opens(at) and word.low in listed()
        return word.low in given_names() and word.low not in words("also_words")

    def _is_no_person(self, first: int, last: int) -> bool:
        """Whether the words name a company, a place or a saint."""
        start = self.words[first].start
        if _covered(self.company, start) or self._of_company(first):
            return True
        if first == 0:
            return False
        before = self.words[first - 1]
        if first == last and self.words[first].low in words("money_names") and self._counts(before.low):
            return True  # «veinte lucas»
        touching = self.words.beside(first - 1)
        if touching and (before.low in words("not_people") or before.low in words("company_words")):
            return True
        if (
            touching
            and before.capital
            and before.low in words("articles")
            and not self.words.opens(first - 1)
        ):
            return True  # «La Virginia»
        alone = first == last and self.words[first].low in words("places")
        return touching and alone and before.low in words("place_before")

    @staticmethod
    def _counts(word: str) -> bool:
        return is_number(word) or word in words("money_before")

    def _of_company(self, at: int) -> bool:
        """«Soy Ramiro, de Costa Clara»: a part of the company's name beside another."""
        word, parts = self.words[at], self.facts.company_words
        if word.low not in parts or self.facts.exact(word.low):
            return False
        return any(
            self.words[i].low in parts
            for i in (at - 1, at + 1)
            if 0 <= i < len(self.words) and self.words.beside(min(i, at))
        )


def _covered(found: list[Span], start: int) -> bool:
    """Whether one of the stretches, which stand in order, holds character `start`."""
    at = bisect_left(found, start + 1, key=lambda span: span.start)
    return at > 0 and start < found[at - 1].end
