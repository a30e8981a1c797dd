"""A small grammar for phrases: patterns over words and concepts, all matched in one walk over a turn.

    no @have ~1 @money          words, concepts (`lexicon/*.yaml`), a gap of up to one word
    pag* (hoy|ya mismo)         a stem, alternatives of one or more words
    (ya)? lo @paid              an optional part
    pagar+                      an infinitive or gerund with or without pronouns: pagarlo, pagarles, pagárselo
    @paid !(de mas)             what may not follow
    ^ no $                      start and end of a sentence
    paga ~2 (hoy|?)             the mark that ends a question, alone or in a group

`#num` is any number, `#word` any one word, `#if` and `#when` are «si» and «cuando» written without
accent, `#no` also a «no» before a comma, which answers rather than denies.
Gaps never cross a sentence mark. A turn costs what it says, hardly more with the number of patterns
(`nlp/waiting.py`): spaCy's Matcher would cost in proportion to that number.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from nlp.pattern_text import parts_of
from nlp.steps import Part, PatternError, Turn, numbers_in
from nlp.text import NO_THEN, QUESTION, STOP
from nlp.waiting import ANY, IF, NO, NUMBER, WHEN, Sought, Waiting

_UNACCENTED = {"si": (IF,), "kuando": (WHEN,), "no": (NO,), NO_THEN: (NO,)}
_ACCENTED = {"sí": "si", "cuándo": "kuando"}
_NAME = re.compile(r"@[a-z_0-9]+")


class Match(NamedTuple):
    """Words `first..end` (end excluded) fit the pattern called `name`."""

    first: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class _Sense:
    """What a word or a concept is to the patterns."""

    symbols: tuple[str, ...]  # the word as it is written in patterns, its stems, its kind
    bits: int  # of these symbols and of all concepts that they make
    wakes: list[Sought]
    says: Sequence[str]  # the names that it speaks for by itself


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
        self._named = [f"@{name}" for name in self._sources]
        self._waiting = Waiting(self._named, self._ways, self._depth, sought, self._top)
        self._all_named = (1 << len(self._named)) - 1
        self._every_bit = (1 << len(self._waiting.bits)) - 1
        self._stem_sizes = sorted({len(stem) for stem in self._stems})
        self._as_word = lru_cache(maxsize=50_000)(self._word)
        self._as_concept = lru_cache(maxsize=50_000)(self._concept)
        self._makers = lru_cache(maxsize=50_000)(self._made_by)

    def knows(self, word_sound: str) -> bool:
        """Whether any pattern uses the word."""
        return word_sound in self._words or any(word_sound[:size] in self._stems for size in self._stem_sizes)

    def find(self, sounds: tuple[str, ...]) -> list[Match]:
        """Every match in the words, in order of place; the shortest end of each (first, name) comes first."""
        return self.read(sounds)[0]

    def read(self, sounds: tuple[str, ...]) -> tuple[list[Match], frozenset[str]]:
        """What `find` gives, and every named concept that the words hold."""
        senses = [*map(self._as_word, sounds)]
        said, woken = self._waiting.pairs(tuple([sense.symbols[0] for sense in senses]))
        words: dict[str, int] = {}
        for at, sense in enumerate(senses):
            for symbol in sense.symbols:
                words[symbol] = words.get(symbol, 0) | 1 << at
            if sense.says:
                said += [(name, at, at + 1) for name in sense.says]
        held = 0
        awake: list[set[Sought]] = [set() for _ in range(self._top + 1)]
        for sense in set(senses):
            held |= sense.bits
            woken += sense.wakes
        for one in (*self._waiting.always, *woken):
            awake[one.depth].add(one)
        marks = words.get(STOP, 0) | words.get(QUESTION, 0)
        turn = Turn(len(sounds), marks, words, self._makers, held)
        matches = {Match(first, end, name) for name, first, end in said if name[0] != "@"}
        self._hold(turn, awake, [one for one in said if one[0][0] == "@"])
        for layer in awake[:-1]:
            lacking = turn.held ^ self._every_bit
            able = [one for one in layer if not one.needs & lacking]
            found = [(name, *at) for one in able for at in one.found(turn) for name in one.names]
            self._hold(turn, awake, found)
        lacking = turn.held ^ self._every_bit
        for one in awake[-1]:
            if not one.needs & lacking:
                matches.update([Match(*at, name) for at in one.found(turn) for name in one.names])
        named = frozenset([self._named[at] for at in numbers_in(turn.held & self._all_named)])
        return sorted(matches), named

    def _hold(self, turn: Turn, awake: list[set[Sought]], found: Iterable[tuple[str, int, int]]) -> None:
        """Put concepts that were found into the turn; wake what waits for them and for those they make."""
        for symbol, first, end in found:
            turn.put(symbol, first, end)
            sense = self._as_concept(symbol)
            held = turn.held | sense.bits
            if held != turn.held:
                turn.held = held
                for one in sense.wakes:
                    awake[one.depth].add(one)

    def _word(self, word: str) -> _Sense:
        if word in (STOP, QUESTION):
            return self._sense((word,))
        stems = [
            word[:size] + "*" for size in self._stem_sizes if size <= len(word) and word[:size] in self._stems
        ]
        kind = (NUMBER,) if word.isdigit() else _UNACCENTED.get(word, ())
        return self._sense((_ACCENTED.get(word, word), ANY, *kind, *stems))

    def _concept(self, symbol: str) -> _Sense:
        return self._sense((symbol,))

    def _sense(self, symbols: tuple[str, ...]) -> _Sense:
        made = {name for symbol in symbols for name in _reached(symbol, self._concepts_of)}
        bits = 0
        for symbol in made:
            bits |= self._waiting.bits.get(symbol, 0)
        wakes = [one for symbol in made for one in self._waiting.for_(symbol)]
        return _Sense(symbols, bits, wakes, self._waiting.alone(symbols[0]))

    def _concepts_of(self, symbol: str) -> Iterable[str]:
        return self._within.get(symbol, ())

    def _made_by(self, symbol: str) -> frozenset[str]:
        """`symbol` and every word, stem and concept that makes it by itself."""
        return frozenset(_reached(symbol, self._wholes))

    def _wholes(self, concept: str) -> list[str]:
        """The symbols that are a whole alternative of a concept."""
        return [parts[0].symbol for parts in self._ways.get(concept, ()) if _whole(parts)]

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
                    raise PatternError(f"«{text}»: ningún concepto se llama {symbol}")
            elif symbol[-1] == "*":
                self._stems.add(symbol[:-1])
            else:
                self._words.add(symbol)

    def _layer_of(self, symbol: str, above: tuple[str, ...]) -> int:
        """The layer in which a concept is found: one above the concepts that it is made of."""
        if symbol in above:
            raise PatternError(f"{symbol}: los conceptos se usan en círculo: {' > '.join(above)}")
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
            if _whole(parts):
                self._within.setdefault(parts[0].symbol, []).append(symbol)


def _whole(parts: tuple[Part, ...]) -> bool:
    """Whether a word, a mark or a concept is a whole alternative."""
    return len(parts) == 1 and parts[0].needed


def _reached(symbol: str, ways: Callable[[str], Iterable[str]]) -> set[str]:
    """`symbol` and all that `ways` lead to from there."""
    out = {symbol}
    todo = [symbol]
    while todo:
        new = [one for one in ways(todo.pop()) if one not in out]
        out.update(new)
        todo += new
    return out
