"""Which patterns a turn wakes. A pattern sleeps until what it cannot do without is said.

Phrases of plain words are looked up by their first two words. Other patterns wait for a pair of words or,
where they hold none, for the rarest of their words and concepts; they are walked only where all that they
need is said somewhere in the turn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nlp.steps import Part, Step, Turn, steps_of, walked

NUMBER, ANY, IF, WHEN, NO = "#num", "#word", "#if", "#when", "#no"
# how often they are said, beside a word's count in the patterns; a pair is rarer than its words
_OFTEN = {ANY: math.inf, NUMBER: 50.0, IF: 200.0, WHEN: 100.0, NO: 1000.0}
_PAIR = 0.1
Key = str | tuple[str, str]


@dataclass(slots=True, eq=False)
class Sought:
    """A pattern that waits to be woken; its steps are made when it first is. `names`: whom it speaks for."""

    names: list[str]
    parts: tuple[Part, ...]
    depth: int
    needs: int  # bits of the symbols without which it cannot stand, but for what wakes it
    steps: tuple[Step, ...] = ()

    def found(self, turn: Turn) -> list[tuple[int, int]]:
        """(first, end) wherever it stands in the turn."""
        if not self.steps:
            self.steps = steps_of(self.parts)
        return walked(self.steps, turn)


@dataclass(slots=True)
class _Pair:
    """What two words in a row are the beginning of, and what they wake."""

    phrases: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    sought: list[Sought] = field(default_factory=list)


class Waiting:
    """`ways`: the alternatives of each concept, `depth` the layer of each; `top` is that of `patterns`.

    `bits`: a bit for each symbol that a pattern cannot do without, those of `named` first.
    """

    def __init__(
        self,
        named: Sequence[str],
        ways: Mapping[str, Sequence[tuple[Part, ...]]],
        depth: Mapping[str, int],
        patterns: Sequence[tuple[str, tuple[Part, ...]]],
        top: int,
    ) -> None:
        self._alone: dict[str, list[str]] = {}  # phrases of one word
        self._pairs: dict[tuple[str, ...], _Pair] = {}  # by two words in a row
        self._sought: dict[str, list[Sought]] = {}
        self.bits = {symbol: 1 << at for at, symbol in enumerate(named)}
        every = [(name, parts, depth[name]) for name, some in ways.items() for parts in some]
        every += [(name, parts, top) for name, parts in patterns]
        often = _Often(ways, (parts for _, parts, _ in every))
        alike: dict[object, Sought] = {}
        for name, parts, layer in every:
            if len(parts) == 1 and layer < top and parts[0].needed:
                continue  # what is one word alone is known without looking around
            if all(part.plain for part in parts):
                self._phrase(tuple([part.symbol for part in parts])).append(name)
                continue
            if all(part.kind in ("not", "bound") for part in parts):
                continue  # where no word is taken nothing is found
            shape = (layer, *((p.kind, p.symbol, p.optional, p.size, p.bounds) for p in parts))
            if shape in alike:
                alike[shape].names.append(name)
                continue
            key = often.rarest(parts)
            one = alike[shape] = Sought([name], parts, layer, self._bits_of(parts, key))
            waiting = self._sought.setdefault(key, []) if isinstance(key, str) else self._pair(key).sought
            waiting.append(one)
        self.always = self.for_("")  # what any turn wakes

    def _bits_of(self, parts: tuple[Part, ...], key: Key) -> int:
        """What a pattern needs, but for the word, concept or pair that it waits for."""
        out = 0
        for symbol in _needs(parts):
            bit = self.bits.get(symbol)
            if bit is None:
                bit = self.bits[symbol] = 1 << len(self.bits)
            if symbol != key and symbol not in key:
                out |= bit
        return out

    def _phrase(self, words: tuple[str, ...]) -> list[str]:
        """The names that a phrase of plain words speaks for."""
        if len(words) == 1:
            return self._alone.setdefault(words[0], [])
        return self._pair(words[:2]).phrases.setdefault(words, [])

    def _pair(self, words: tuple[str, ...]) -> _Pair:
        if words not in self._pairs:
            self._pairs[words] = _Pair()
        return self._pairs[words]

    def alone(self, word: str) -> Sequence[str]:
        """The names that a word by itself speaks for."""
        return self._alone.get(word, ())

    def pairs(self, words: tuple[str, ...]) -> tuple[list[tuple[str, int, int]], list[Sought]]:
        """(name, first, end) of every phrase of plain words, of two at least; what waits for two in a row."""
        said: list[tuple[str, int, int]] = []
        woken: list[Sought] = []
        for at, two in enumerate(pairwise(words)):
            pair = self._pairs.get(two)
            if pair:
                woken += pair.sought
                for phrase, names in pair.phrases.items():
                    end = at + len(phrase)
                    if phrase == words[at:end]:
                        said += [(name, at, end) for name in names]
        return said, woken

    def for_(self, symbol: str) -> Sequence[Sought]:
        """What waits for a word or concept."""
        return self._sought.get(symbol, ())


class _Often:
    """How often a symbol is said: of a word, how many patterns use it; of a concept, the sum of its ways."""

    def __init__(
        self, ways: Mapping[str, Sequence[tuple[Part, ...]]], every: Iterable[tuple[Part, ...]]
    ) -> None:
        self._ways = ways
        self._counts = Counter([part.symbol for parts in every for part in parts])
        self._known: dict[str, float] = dict(_OFTEN)

    def rarest(self, parts: tuple[Part, ...]) -> Key:
        """What a pattern best waits for; "" where it needs nothing in particular."""
        keys: list[Key] = [*sorted(_needs(parts))]
        keys += [(a.symbol, b.symbol) for a, b in pairwise(parts) if a.plain and b.plain]
        return min(keys, key=self._of, default="")

    def _of(self, key: Key) -> float:
        if isinstance(key, tuple):
            return _PAIR * min(map(self._of, key))
        if key not in self._known:
            ways = self._ways.get(key)
            self._known[key] = (
                self._counts[key]
                if ways is None
                else sum(min(map(self._of, _needs(parts)), default=0.0) for parts in ways)
            )
        return self._known[key]


def _needs(parts: tuple[Part, ...]) -> frozenset[str]:
    """The symbols that must stand in a turn where the pattern does."""
    return frozenset([part.symbol for part in parts if part.needed])
