"""Which patterns a turn wakes. A pattern sleeps until what it cannot do without is said.

Phrases of plain words are looked up by their first two words. Other patterns wait for a pair of words or,
where they hold none, for the rarest of their words and concepts; they are walked only where all that they
need is said somewhere in the turn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.trie import Node, Part, Turn, graph_of, walk

NUMBER, ANY, IF, WHEN, NO = "#num", "#word", "#if", "#when", "#no"
# how often they are said, beside a word's count in the patterns; a pair is rarer than its words
_OFTEN = {ANY: math.inf, NUMBER: 50.0, IF: 200.0, WHEN: 100.0, NO: 1000.0}
_PAIR = 0.1
Key = str | tuple[str, str]


@dataclass(slots=True, eq=False)
class Sought:
    """A pattern that waits to be woken; its graph is made when it first is. `names`: whom it speaks for."""

    names: list[str]
    parts: tuple[Part, ...]
    depth: int
    needs: frozenset[str]  # symbols without which it cannot stand
    graph: Node | None = None

    def found(self, turn: Turn) -> list[tuple[int, int]]:
        """(first, end) wherever it stands in the turn."""
        if self.graph is None:
            self.graph = graph_of(self.parts)
        return walk(self.graph, turn)


class Waiting:
    """`ways`: the alternatives of each concept, `depth` the layer of each; `top` is that of `patterns`."""

    def __init__(
        self,
        ways: Mapping[str, Sequence[tuple[Part, ...]]],
        depth: Mapping[str, int],
        patterns: Sequence[tuple[str, tuple[Part, ...]]],
        top: int,
    ) -> None:
        self._phrases: dict[Key, dict[tuple[str, ...], list[str]]] = {}  # by their beginning
        self._sought: dict[Key, list[Sought]] = {}
        every = [(name, parts, depth[name]) for name, some in ways.items() for parts in some]
        every += [(name, parts, top) for name, parts in patterns]
        often = _Often(ways, (parts for _, parts, _ in every))
        alike: dict[object, Sought] = {}
        for name, parts, layer in every:
            if len(parts) == 1 and layer < top and parts[0].needed:
                continue  # what is one word alone is known without looking around
            if all(part.plain for part in parts):
                words = tuple(part.symbol for part in parts)
                self._phrases.setdefault(_begin(words), {}).setdefault(words, []).append(name)
                continue
            shape = (layer, *((p.kind, p.symbol, p.optional, p.size, p.bounds) for p in parts))
            if shape in alike:
                alike[shape].names.append(name)
                continue
            one = alike[shape] = Sought([name], parts, layer, _needs(parts))
            self._sought.setdefault(often.rarest(parts), []).append(one)

    def said(self, words: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
        """(first, end, names) of every phrase of plain words."""
        for at, word in enumerate(words):
            keys: tuple[Key, ...] = (word, (word, words[at + 1])) if at + 1 < len(words) else (word,)
            for key in keys:
                for phrase, names in self._phrases.get(key, {}).items():
                    if phrase == tuple(words[at : at + len(phrase)]):
                        yield at, at + len(phrase), names

    def woken(self, words: Iterable[str]) -> Iterator[Sought]:
        """What any turn wakes, and what waits for a pair of these words."""
        yield from self._sought.get("", ())
        for pair in pairwise(words):
            yield from self._sought.get(pair, ())

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


def _begin(words: tuple[str, ...]) -> Key:
    return (words[0], words[1]) if len(words) > 1 else words[0]


def _needs(parts: tuple[Part, ...]) -> frozenset[str]:
    """The symbols that must stand in a turn where the pattern does."""
    return frozenset([part.symbol for part in parts if part.needed])
