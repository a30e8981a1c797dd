"""One pattern as a graph of steps, and the walk of it over a turn's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nlp.text import QUESTION, STOP


class PatternError(Exception):
    """A pattern that cannot be read; the message names the pattern and the part that is wrong."""


@dataclass(slots=True)
class Node:
    """A place in a pattern. `edges` by symbol, `gaps` as (most words, node), `nots` as (symbol, node)."""

    edges: dict[str, Node] = field(default_factory=dict)
    gaps: list[tuple[int, Node]] = field(default_factory=list)
    nots: dict[str, Node] = field(default_factory=dict)
    bounds: dict[str, Node] = field(default_factory=dict)
    ends: bool = False
    plain: bool = True  # nothing but edges leads on


@dataclass(frozen=True, slots=True)
class Part:
    """A word or concept, a gap of up to `size` words, what may not follow, or a bound."""

    kind: str  # "word", "gap", "not", "bound"
    symbol: str
    optional: bool = False
    size: int = 0
    bounds: tuple[str, ...] = ()  # alternatives that are a start or an end: (hoy|$)
    inner: tuple[tuple[Part, ...], ...] = ()  # the alternatives of a group in brackets
    needed: bool = field(init=False, default=False)  # without it the pattern cannot stand
    plain: bool = field(init=False, default=False)  # a word as it is, and needed

    def __post_init__(self) -> None:
        needed = self.kind == "word" and not (self.optional or self.bounds)
        object.__setattr__(self, "needed", needed)
        object.__setattr__(self, "plain", needed and self.symbol[0].isalnum() and self.symbol[-1] != "*")


def graph_of(parts: Iterable[Part]) -> Node:
    """The pattern made of `parts`, one of which at least is no option, as a graph."""
    root = Node()
    nodes = [root]
    for part in parts:
        after: list[Node] = []
        for node in nodes:
            ways = [part, *(Part("bound", bound) for bound in part.bounds)]
            for child in (_child(node, way) for way in ways):
                if not any(child is other for other in after):
                    after.append(child)
        nodes = nodes + [n for n in after if not any(n is o for o in nodes)] if part.optional else after
    for node in nodes:
        node.ends = True
    return root


def _child(node: Node, part: Part) -> Node:
    node.plain = node.plain and part.kind == "word"
    if part.kind == "gap":
        for size, child in node.gaps:
            if size == part.size:
                return child
        node.gaps.append((part.size, Node()))
        return node.gaps[-1][1]
    table = {"word": node.edges, "not": node.nots, "bound": node.bounds}[part.kind]
    return table.setdefault(part.symbol, Node())


Extra = dict[str, tuple[int, ...]]  # symbols that stand for several words, with how many


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn's words as patterns read them: the symbols each word is, and longer ones from there on."""

    sounds: tuple[str, ...]
    symbols: tuple[frozenset[str], ...]
    longer: list[Extra]
    stops: tuple[bool, ...]
    long: set[str] = field(default_factory=set)  # all symbols in `longer`
    _begins: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def begins(self, symbol: str) -> list[tuple[int, int]]:
        """(first, end) of every place where `symbol` stands, looked up once: later ones are not seen."""
        found = self._begins.get(symbol)
        if found is None:
            found = [(at, at + 1) for at, here in enumerate(self.symbols) if symbol in here]
            if symbol in self.long:
                sizes = ((at, here.get(symbol, ())) for at, here in enumerate(self.longer))
                found += [(at, at + size) for at, some in sizes for size in some]
            self._begins[symbol] = found
        return found


def walk(root: Node, turn: Turn) -> list[tuple[int, int]]:
    """(first, end) of every way through the pattern; the same one may come twice."""
    symbols, longer, stops = turn.symbols, turn.longer, turn.stops
    total = len(symbols)
    found: list[tuple[int, int]] = []
    stack: list[tuple[int, Node, int]] = _starts(root, turn)
    while stack:
        first, node, at = stack.pop()
        if node.ends and at > first:
            found.append((first, at))
        if node.edges and at < total:
            _step(stack, first, node, symbols[at], longer[at], at)
        if node.plain:
            continue
        for symbol, child in node.nots.items():
            if at >= total or not (symbol in symbols[at] or symbol in longer[at]):
                stack.append((first, child, at))
        for symbol, child in node.bounds.items():
            if _at_bound(symbol, at, turn.sounds):
                stack.append((first, child, at))
        for size, child in node.gaps:
            if child.ends or not child.plain:
                stack.append((first, child, at))
                for skipped in range(at, min(at + size, total)):
                    if stops[skipped]:
                        break
                    stack.append((first, child, skipped + 1))
                continue
            for here in range(at, min(at + size + 1, total)):  # only words can follow: look at once
                _step(stack, first, child, symbols[here], longer[here], here)
                if stops[here]:
                    break
    return found


def _starts(root: Node, turn: Turn) -> list[tuple[int, Node, int]]:
    if not root.plain:
        return [(first, root, first) for first, stops in enumerate(turn.stops) if not stops]
    return [
        (first, child, at)
        for symbol, child in root.edges.items()
        for first, at in turn.begins(symbol)
        if not turn.stops[first]
    ]


def _step(
    stack: list[tuple[int, Node, int]], first: int, node: Node, here: frozenset[str], more: Extra, at: int
) -> None:
    """Push where the word at `at`, whose symbols are `here` and `more`, leads from `node`."""
    for symbol, child in node.edges.items():
        if symbol in here:
            stack.append((first, child, at + 1))
        if symbol in more:
            stack.extend([(first, child, at + size) for size in more[symbol]])


def _at_bound(symbol: str, at: int, sounds: tuple[str, ...]) -> bool:
    if symbol == "^":
        return at == 0 or sounds[at - 1] in (STOP, QUESTION)
    return at == len(sounds) or sounds[at] in (STOP, QUESTION)
