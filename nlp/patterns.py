"""A small grammar for phrases: patterns over words and concepts, all matched in one walk over a turn.

    no @have ~1 @money          words, concepts (`lexicon/*.yaml`), a gap of up to one word
    pag* (hoy|ya mismo)         a stem, alternatives of one or more words
    (ya)? lo @paid              an optional part
    pagar+                      an infinitive or gerund with or without pronouns: pagarlo, pagarles, pagárselo
    @paid !(de mas)             what may not follow
    ^ no $                      start and end of a sentence

`#num` is any number, `#word` any one word, `#if` and `#when` are «si» and «cuando» written without
accent, `#no` also a «no» before a comma, which answers rather than denies.
Gaps never cross a sentence mark. A turn costs what it says, hardly more with the number of patterns
(`nlp/waiting.py`): spaCy's Matcher would cost in proportion to that number.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from nlp.pattern_text import parts_of
from nlp.text import NO_THEN, QUESTION, STOP
from nlp.trie import Part, PatternError, Turn
from nlp.waiting import ANY, IF, NO, NUMBER, WHEN, Sought, Waiting

_UNACCENTED = {"si": (IF,), "kuando": (WHEN,), "no": (NO,), NO_THEN: (NO,)}
_ACCENTED = {"sí": "si", "cuándo": "kuando"}
_NAME = re.compile(r"@[a-z_0-9]+")


class Match(NamedTuple):
    """Words `first..end` (end excluded) fit the pattern called `name`."""

    first: int
    end: int
    name: str


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage is sought while much is made that lives on: it would be gone through again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Grammar:
    """Concepts and patterns, read once, matched many times.

    `concepts` maps a name to its alternatives, each a pattern; concepts may use others, never in a circle.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]], patterns: Iterable[tuple[str, str]]) -> None:
        self._sources = {name: tuple(items) for name, items in concepts.items()}
        with _uncollected():
            self._build(patterns)

    def _build(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._stems: set[str] = set()
        self._words: set[str] = set()
        self._depth: dict[str, int] = {}
        self._within: dict[str, list[str]] = {}  # symbol -> concepts that hold it as a whole alternative
        self._ways: dict[str, list[tuple[Part, ...]]] = {}  # concept -> its alternatives
        parsed = [(name, text, parts_of(text)) for name, text in patterns]
        for _, text, parts in parsed:
            self._take(parts, text)
        for symbol in {part.symbol for _, _, parts in parsed for part in parts}:
            if symbol.startswith("@"):
                self._layer_of(symbol, ())
        self._top = max(self._depth.values(), default=-1) + 1  # the layer of the patterns themselves
        sought = [(name, parts) for name, _, parts in parsed]
        self._waiting = Waiting(self._ways, self._depth, sought, self._top)
        self._named = frozenset(f"@{name}" for name in self._sources)
        self._stem_sizes = sorted({len(stem) for stem in self._stems})
        self._closure = lru_cache(maxsize=50_000)(self._closed)
        self._symbols_of = lru_cache(maxsize=50_000)(self._symbols)
        self._woken_by = lru_cache(maxsize=50_000)(self._wakes)

    def knows(self, word_sound: str) -> bool:
        """Whether any pattern uses the word."""
        return word_sound in self._words or any(word_sound[:size] in self._stems for size in self._stem_sizes)

    def find(self, sounds: tuple[str, ...]) -> list[Match]:
        """Every match in the words, in order of place; the shortest end of each (first, name) comes first."""
        return self.read(sounds)[0]

    def read(self, sounds: tuple[str, ...]) -> tuple[list[Match], frozenset[str]]:
        """What `find` gives, and every named concept that the words hold."""
        turn = Turn(
            sounds,
            tuple(map(self._symbols_of, sounds)),
            [{} for _ in sounds],
            tuple(word in (STOP, QUESTION) for word in sounds),
        )
        held: set[str] = set().union(*turn.symbols)
        awake: list[set[Sought]] = [set() for _ in range(self._top + 1)]
        plain = [_ACCENTED.get(word, word) for word in sounds]
        for one in (*self._waiting.woken(plain), *(s for word in set(sounds) for s in self._woken_by(word))):
            awake[one.depth].add(one)
        told = [(name, first, end) for first, end, names in self._waiting.said(plain) for name in names]
        matches = {Match(first, end, name) for name, first, end in told if name[0] != "@"}
        self._hold(turn, held, awake, (one for one in told if one[0][0] == "@"))
        for layer in awake[:-1]:
            found = [
                (name, *at)
                for one in layer
                if one.needs <= held
                for at in one.found(turn)
                for name in one.names
            ]
            self._hold(turn, held, awake, found)
        for one in awake[-1]:
            if one.needs <= held:
                matches.update(Match(*at, name) for at in one.found(turn) for name in one.names)
        return sorted(matches), self._named & held

    def _hold(
        self,
        turn: Turn,
        held: set[str],
        awake: list[set[Sought]],
        found: Iterable[tuple[str, int, int]],
    ) -> None:
        """Put concepts that were found, and those that they make, into the turn; wake what waits for them."""
        for symbol, first, end in found:
            size, here, longer = end - first, turn.symbols[first], turn.longer[first]
            for name in self._closure(symbol):
                if (size > 1 or name not in here) and size not in longer.get(name, ()):
                    longer[name] = (*longer.get(name, ()), size)
                    turn.long.add(name)
                    if name not in held:
                        held.add(name)
                        for one in self._waiting.for_(name):
                            awake[one.depth].add(one)

    def _symbols(self, word: str) -> frozenset[str]:
        if word in (STOP, QUESTION):
            return frozenset((word,))
        stems = (
            word[:size] + "*" for size in self._stem_sizes if size <= len(word) and word[:size] in self._stems
        )
        kind = (NUMBER,) if word.isdigit() else _UNACCENTED.get(word, ())
        plain = (_ACCENTED.get(word, word), ANY, *kind, *stems)
        return frozenset(name for symbol in plain for name in self._closure(symbol))

    def _closed(self, symbol: str) -> tuple[str, ...]:
        """`symbol` and every concept that it alone makes."""
        out = {symbol: None}
        todo = [symbol]
        while todo:
            for concept in self._within.get(todo.pop(), ()):
                if concept not in out:
                    out[concept] = None
                    todo.append(concept)
        return tuple(out)

    def _wakes(self, word: str) -> tuple[Sought, ...]:
        return tuple(one for symbol in self._symbols_of(word) for one in self._waiting.for_(symbol))

    # reading

    def _take(self, parts: tuple[Part, ...], text: str) -> None:
        """Note the words, stems and groups of a pattern."""
        for part in parts:
            symbol = part.symbol
            if part.plain:
                self._words.add(symbol)
            elif part.inner:
                if symbol not in self._depth:
                    for alternative in part.inner:
                        self._take(alternative, text)
                    self._place(symbol, part.inner)
            elif part.kind in ("gap", "bound") or symbol[0] == "#" or symbol in (STOP, QUESTION):
                continue
            elif symbol[0] == "@":
                if symbol[1:] not in self._sources:
                    raise PatternError(f"«{text}»: no concept is called {symbol}")
            elif symbol[-1] == "*":
                self._stems.add(symbol[:-1])
            else:
                self._words.add(symbol)

    def _layer_of(self, symbol: str, above: tuple[str, ...]) -> int:
        """The layer in which a concept is found: one above the concepts that it is made of."""
        if symbol in above:
            raise PatternError(f"{symbol}: concepts use each other in a circle: {' > '.join(above)}")
        if symbol not in self._depth:
            alternatives = []
            for item in self._sources[symbol[1:]]:
                for name in _NAME.findall(item) if "@" in item else ():
                    if name[1:] in self._sources:
                        self._layer_of(name, (*above, symbol))
                parts = parts_of(item)
                self._take(parts, symbol)
                alternatives.append(parts)
            self._place(symbol, alternatives)
        return self._depth[symbol]

    def _place(self, symbol: str, alternatives: Iterable[tuple[Part, ...]]) -> None:
        ways = list(alternatives)
        inner = {part.symbol for parts in ways for part in parts if not part.plain and part.symbol[0] == "@"}
        self._depth[symbol] = max((self._layer_of(name, (symbol,)) + 1 for name in inner), default=0)
        self._ways[symbol] = ways
        for parts in ways:
            if len(parts) == 1 and parts[0].needed:
                self._within.setdefault(parts[0].symbol, []).append(symbol)
