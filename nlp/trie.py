"""The trie behind the pattern grammar: parts of patterns in a row, walked over a turn's words in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nlp.text import QUESTION, STOP


class PatternError(Exception):
    """A pattern that cannot be read; the message names the pattern and the part that is wrong."""


@dataclass(slots=True)
class Node:
    """A place in the trie. `edges` by symbol, `gaps` as (most words, node), `nots` as (symbol, node)."""

    edges: dict[str, Node] = field(default_factory=dict)
    gaps: list[tuple[int, Node]] = field(default_factory=list)
    nots: dict[str, Node] = field(default_factory=dict)
    bounds: dict[str, Node] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    begun: dict[str, tuple[Node, ...]] = field(default_factory=dict)  # of a root: first steps by word


@dataclass(frozen=True, slots=True)
class Part:
    """A word or concept, a gap of up to `size` words, what may not follow, or a bound."""

    kind: str  # "word", "gap", "not", "bound"
    symbol: str
    optional: bool = False
    size: int = 0
    bounds: tuple[str, ...] = ()  # alternatives that are a start or an end: (hoy|$)


def insert(root: Node, parts: Iterable[Part], name: str, text: str) -> None:
    """Add the pattern `name` to the trie; `text` is how it was written, for the error."""
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
        if node is root:
            raise PatternError(f"«{text}»: an alternative that is empty")
        if name not in node.ends:
            node.ends.append(name)


def _child(node: Node, part: Part) -> Node:
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
    """A turn's words as the trie reads them: the symbols each word is, and longer ones from there on."""

    sounds: tuple[str, ...]
    symbols: tuple[frozenset[str], ...]
    longer: list[Extra]
    stops: tuple[bool, ...]


def walk(root: Node, turn: Turn) -> Iterator[tuple[int, int, str]]:
    """(first, end, name) of every way through the trie."""
    sounds, symbols, longer, stops = turn.sounds, turn.symbols, turn.longer, turn.stops
    total = len(sounds)
    stack: list[tuple[Node, int]] = []

    def step(node: Node, at: int) -> None:
        edges = node.edges
        if not symbols[at].isdisjoint(edges):
            for symbol in symbols[at] & edges.keys():
                stack.append((edges[symbol], at + 1))
        for symbol, sizes in longer[at].items():
            if symbol in edges:
                stack.extend([(edges[symbol], at + size) for size in sizes])

    for first in range(total):
        if stops[first]:
            continue
        stack = _first_steps(root, turn, first)
        while stack:
            node, at = stack.pop()
            if node.ends and at > first:
                for name in node.ends:
                    yield first, at, name
            if at < total and node.edges:
                step(node, at)
            if node.nots:
                for symbol, child in node.nots.items():
                    if at >= total or not (symbol in symbols[at] or symbol in longer[at]):
                        stack.append((child, at))
            if node.bounds:
                for symbol, child in node.bounds.items():
                    if _at_bound(symbol, at, sounds):
                        stack.append((child, at))
            for size, child in node.gaps:
                if child.nots or child.bounds or child.gaps or child.ends:
                    stack.append((child, at))
                    for skipped in range(at, min(at + size, total)):
                        if stops[skipped]:
                            break
                        stack.append((child, skipped + 1))
                    continue
                for here in range(at, min(at + size + 1, total)):  # only words can follow: look at once
                    step(child, here)
                    if stops[here]:
                        break


def _first_steps(root: Node, turn: Turn, first: int) -> list[tuple[Node, int]]:
    """Where the walk goes with its first word: remembered by word, since a root has thousands of edges."""
    word = turn.sounds[first]
    begun = root.begun.get(word)
    if begun is None:
        begun = root.begun[word] = tuple(root.edges[s] for s in turn.symbols[first] & root.edges.keys())
    stack = [(child, first + 1) for child in begun]
    for symbol, sizes in turn.longer[first].items():
        if symbol in root.edges:
            stack.extend([(root.edges[symbol], first + size) for size in sizes])
    if root.nots or root.bounds or root.gaps:
        stack.append((Node(nots=root.nots, bounds=root.bounds, gaps=root.gaps), first))
    return stack


def _at_bound(symbol: str, at: int, sounds: tuple[str, ...]) -> bool:
    if symbol == "^":
        return at == 0 or sounds[at - 1] in (STOP, QUESTION)
    return at == len(sounds) or sounds[at] in (STOP, QUESTION)
