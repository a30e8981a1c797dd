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


def walk(
    root: Node, sounds: tuple[str, ...], arcs: list[dict[str, tuple[int, ...]]]
) -> Iterator[tuple[int, int, str]]:
    """(first, end, name) of every way through the trie; `arcs[i]` maps a symbol at word i to its lengths."""
    total = len(sounds)
    stops = [sound in (STOP, QUESTION) for sound in sounds]
    for first in range(total):
        if stops[first]:
            continue
        stack = [(root, first)]
        while stack:
            node, at = stack.pop()
            if node.ends and at > first:
                for name in node.ends:
                    yield first, at, name
            if at < total:
                here, edges = arcs[at], node.edges
                if len(edges) < len(here):
                    for symbol, child in edges.items():
                        if symbol in here:
                            stack.extend([(child, at + size) for size in here[symbol]])
                elif edges:
                    for symbol, sizes in here.items():
                        if symbol in edges:
                            found = edges[symbol]
                            stack.extend([(found, at + size) for size in sizes])
            for symbol, child in node.nots.items():
                if at >= total or symbol not in arcs[at]:
                    stack.append((child, at))
            for symbol, child in node.bounds.items():
                if _at_bound(symbol, at, sounds):
                    stack.append((child, at))
            for size, child in node.gaps:
                stack.append((child, at))
                for skipped in range(at, min(at + size, total)):
                    if stops[skipped]:
                        break
                    stack.append((child, skipped + 1))


def _at_bound(symbol: str, at: int, sounds: tuple[str, ...]) -> bool:
    if symbol == "^":
        return at == 0 or sounds[at - 1] in (STOP, QUESTION)
    return at == len(sounds) or sounds[at] in (STOP, QUESTION)
