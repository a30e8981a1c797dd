"""A small grammar for phrases: patterns over words and concepts, all matched in one walk over a turn.

    no @have ~1 @money          words, concepts (`lexicon/*.yaml`), a gap of up to one word
    pag* (hoy|ya mismo)         a stem, alternatives of one or more words
    (ya)? lo @paid              an optional part
    pagar+                      an infinitive or gerund with or without pronouns: pagarlo, pagarles, pagárselo
    @paid !(de mas)             what may not follow
    ^ no $                      start and end of a sentence

`#num` is any number, `#word` any one word, `#if` and `#when` are «si» and «cuando» written without
accent, `#no` also a «no» before a comma, which answers rather than denies.
Gaps never cross a sentence mark. Patterns share their beginnings in one trie: the cost of a turn grows with
what it says and hardly with the number of patterns. spaCy's Matcher would cost in proportion to that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nlp.text import NO_THEN, QUESTION, STOP, sound
from nlp.trie import Node, Part, PatternError, Turn, insert, walk

_PIECE = re.compile(r"\(|\)\??|\||\^|\$|~\d?|!|@[a-z_0-9]+\??|#[a-z]+\??|[^\W_]+\*?\??|\?")
_CLITIC = re.compile(r"([^\W_]+)\+")
_CLITICS = ["", *"lo la los las le les me te se nos selo sela melo telo".split()]
DEFAULT_GAP = 2
NUMBER, ANY, IF, WHEN, NO = "#num", "#word", "#if", "#when", "#no"
_UNACCENTED = {"si": (IF,), "kuando": (WHEN,), "no": (NO,), NO_THEN: (NO,)}
_ACCENTED = {"sí": "si", "cuándo": "kuando"}


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Words `first..end` (end excluded) fit the pattern called `name`."""

    first: int
    end: int
    name: str


class Grammar:
    """Concepts and patterns, read once, matched many times.

    `concepts` maps a name to its alternatives, each a pattern; concepts may use others, never in a circle.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]], patterns: Iterable[tuple[str, str]]) -> None:
        self._sources = {name: tuple(items) for name, items in concepts.items()}
        self._stems: set[str] = set()
        self._words: set[str] = set()
        self._depth: dict[str, int] = {}
        self._layers: list[Node] = []
        self._within: dict[str, list[str]] = {}  # symbol -> concepts that hold it as a whole alternative
        parsed = [(name, text, self._parse(text)) for name, text in patterns]
        wanted = {part.symbol for _, _, parts in parsed for part in parts}
        for symbol in wanted:
            if symbol.startswith("@"):
                self._layer_of(symbol, ())
        self._root = Node()
        for name, text, parts in parsed:
            insert(self._root, parts, name, text)
        self._named = frozenset(f"@{name}" for name in self._sources)
        self._stem_sizes = sorted({len(stem) for stem in self._stems})
        self._closure = lru_cache(maxsize=50_000)(self._closed)
        self._symbols_of = lru_cache(maxsize=50_000)(self._symbols)

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
            tuple(self._symbols_of(word) for word in sounds),
            [{} for _ in sounds],
            tuple(word in (STOP, QUESTION) for word in sounds),
        )
        for layer in self._layers:
            for first, end, symbol in list(walk(layer, turn)):
                size, here, longer = end - first, turn.symbols[first], turn.longer[first]
                for name in self._closure(symbol):
                    if (size > 1 or name not in here) and size not in longer.get(name, ()):
                        longer[name] = (*longer.get(name, ()), size)
        held = frozenset().union(*turn.symbols, *turn.longer)
        matches = sorted({Match(first, end, name) for first, end, name in walk(self._root, turn)})
        return matches, held & self._named

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

    # reading

    def _parse(self, text: str) -> tuple[Part, ...]:
        spelled = _CLITIC.sub(lambda m: "(" + "|".join(m.group(1) + end for end in _CLITICS) + ")", text)
        if _top_level_choice(spelled):
            spelled = f"({spelled})"
        pieces = _PIECE.findall(spelled)
        if "".join(pieces) != re.sub(r"\s+", "", spelled):
            raise PatternError(f"«{text}»: a character that no pattern may hold")
        parts, rest = self._sequence(pieces, text)
        if rest:
            raise PatternError(f"«{text}»: a bracket closes that was never opened")
        if not any(part.kind == "word" and not part.optional for part in parts):
            raise PatternError(f"«{text}»: every part may be missing; keep at least one that must be there")
        return parts

    def _sequence(self, pieces: list[str], text: str) -> tuple[tuple[Part, ...], list[str]]:
        parts: list[Part] = []
        negated = False
        while pieces and pieces[0] not in ("|", ")", ")?"):
            piece, pieces = pieces[0], pieces[1:]
            if piece == "!":
                negated = True
                continue
            part, pieces = self._part(piece, pieces, text)
            parts.append(Part("not", part.symbol) if negated else part)
            negated = False
        return tuple(parts), pieces

    def _part(self, piece: str, pieces: list[str], text: str) -> tuple[Part, list[str]]:
        if piece == "(":
            return self._group(pieces, text)
        if piece in ("^", "$"):
            return Part("bound", piece), pieces
        if piece.startswith("~"):
            return Part("gap", piece, size=int(piece[1:] or DEFAULT_GAP)), pieces
        optional = piece.endswith("?") and piece != "?"
        return Part("word", self._symbol(piece.removesuffix("?") or "?", text), optional), pieces

    def _group(self, pieces: list[str], text: str) -> tuple[Part, list[str]]:
        """An alternation becomes a concept without a name, shared by all patterns that write it alike."""
        depth, size = 1, 0
        for piece in pieces:
            depth += (piece == "(") - (piece in (")", ")?"))
            if depth == 0:
                break
            size += 1
        if depth:
            raise PatternError(f"«{text}»: a bracket is not closed")
        bounds, rest = _without_bounds(pieces[:size])
        symbol = f"@({' '.join(rest)})"
        if symbol not in self._depth:
            self._place(symbol, self._alternatives(rest, text), text)
        return Part("word", symbol, pieces[size] == ")?", bounds=bounds), pieces[size + 1 :]

    def _alternatives(self, pieces: list[str], text: str) -> list[tuple[Part, ...]]:
        out: list[tuple[Part, ...]] = []
        while True:
            parts, pieces = self._sequence(pieces, text)
            out.append(parts)
            if not pieces:
                return out
            pieces = pieces[1:]

    def _symbol(self, piece: str, text: str) -> str:
        if piece.startswith("@"):
            if piece[1:] not in self._sources:
                raise PatternError(f"«{text}»: no concept is called {piece}")
            return piece
        if piece.startswith("#") or piece in (STOP, QUESTION):
            return piece
        if piece.endswith("*"):
            stem = sound(piece[:-1] + "a")[:-1] if piece[-2] in "cg" else sound(piece[:-1])
            self._stems.add(stem)
            return stem + "*"
        word = sound(piece)
        self._words.add(word)
        return word

    def _layer_of(self, symbol: str, above: tuple[str, ...]) -> int:
        """The layer in which a concept is found: one above the concepts that it is made of."""
        if symbol in above:
            raise PatternError(f"{symbol}: concepts use each other in a circle: {' > '.join(above)}")
        if symbol not in self._depth:
            alternatives = []
            for item in self._sources[symbol[1:]]:
                names = re.findall(r"@[a-z_0-9]+", item)
                for name in names:
                    if name[1:] in self._sources:
                        self._layer_of(name, (*above, symbol))
                alternatives.append(self._parse(item))
            self._place(symbol, alternatives, symbol)
        return self._depth[symbol]

    def _place(self, symbol: str, alternatives: Iterable[tuple[Part, ...]], text: str) -> None:
        alternatives = list(alternatives)
        inner = {part.symbol for parts in alternatives for part in parts if part.symbol.startswith("@")}
        depth = max((self._layer_of(name, (symbol,)) + 1 for name in inner), default=0)
        self._depth[symbol] = depth
        while len(self._layers) <= depth:
            self._layers.append(Node())
        for parts in alternatives:
            if len(parts) == 1 and parts[0].kind == "word" and not (parts[0].optional or parts[0].bounds):
                self._within.setdefault(parts[0].symbol, []).append(symbol)
            else:
                insert(self._layers[depth], parts, symbol, text)


def _top_level_choice(text: str) -> bool:
    """Whether `text` has a `|` outside all brackets: `a (b|c)|d`."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _without_bounds(pieces: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """A group's alternatives that are only a start or an end of a sentence, and the group without them."""
    groups: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece == "(") - (piece in (")", ")?"))
        if piece == "|" and depth == 0:
            groups.append([])
        else:
            groups[-1].append(piece)
    bounds = tuple(group[0] for group in groups if group in (["^"], ["$"]))
    rest = [group for group in groups if group not in (["^"], ["$"])]
    return bounds, [piece for at, group in enumerate(rest) for piece in (("|", *group) if at else group)]
