"""One pattern as steps over a turn's words, and the walk through them.

Places in a turn are the bits of one number, so that a step is taken from all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


class PatternError(Exception):
    """A pattern that cannot be read; the message names the pattern and the part that is wrong."""


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


Spans = list[tuple[int, int]]  # of how many words, and wherever one of that length begins


class Turn(dict[str, Spans]):
    """A turn as patterns read it: wherever each symbol stands, found when it is first asked for.

    Places are bits: bit 3 is the fourth word, the bit past the last the end. `marks`: where sentence marks
    stand. `words`: where each word and stem is said. `makers`: of a symbol, all words, stems and concepts
    that make it. `held`: bits of the symbols that stand anywhere (`Waiting.bits`).
    """

    __slots__ = ("_concepts", "_makers", "_said", "_words", "bounds", "held", "inside")

    def __init__(
        self, size: int, marks: int, words: dict[str, int], makers: Callable[[str], frozenset[str]], held: int
    ) -> None:
        self.inside = (1 << size) - 1 & ~marks
        self.bounds = {"^": marks << 1 | 1, "$": marks | 1 << size}
        self.held = held
        self._words, self._said, self._makers = words, set(words), makers
        self._concepts: dict[str, dict[int, int]] = {}

    def put(self, concept: str, first: int, end: int) -> None:
        """`concept` stands for the words `first..end`; not seen by who asked for it before."""
        of_length = self._concepts.setdefault(concept, {})
        of_length[end - first] = of_length.get(end - first, 0) | 1 << first

    def __missing__(self, symbol: str) -> Spans:
        makers, concepts = self._makers(symbol), self._concepts
        ones = 0
        for word in makers & self._said:
            ones |= self._words[word]
        spans = [(1, ones)] if ones else []
        if concepts and not makers.isdisjoint(concepts):
            for concept in makers.intersection(concepts):
                spans += concepts[concept].items()
        self[symbol] = spans
        return spans

    def begins(self, symbol: str) -> int:
        """Wherever `symbol` begins."""
        out = 0
        for _, where in self[symbol]:
            out |= where
        return out


Step = tuple[str, str, int, bool, tuple[str, ...]]  # kind, symbol, size, optional, bounds


def steps_of(parts: Sequence[Part]) -> tuple[Step, ...]:
    return tuple([(part.kind, part.symbol, part.size, part.optional, part.bounds) for part in parts])


def walked(steps: Sequence[Step], turn: Turn) -> list[tuple[int, int]]:
    """(first, end) of every stretch of words that is a way through a pattern."""
    ends = _ends(steps, turn.inside, turn)
    if not ends:  # mostly no way at all
        return []
    out: list[tuple[int, int]] = []
    firsts = _firsts(steps, turn)
    for at in numbers_in(firsts):
        past = -2 << at  # all places after the first: a way takes one word at least
        if firsts != 1 << at:
            ends = _ends(steps, 1 << at, turn)
        out += [(at, end) for end in numbers_in(ends & past)]
    return out


def _ends(steps: Sequence[Step], places: int, turn: Turn) -> int:
    """Where the ways end that begin at any of `places`."""
    for kind, symbol, size, optional, bounds in steps:
        if kind == "word":
            after = places if optional else 0
            for words, where in turn[symbol]:
                after |= (places & where) << words
            for bound in bounds:
                after |= places & turn.bounds[bound]
            places = after
        elif kind == "gap":
            for _ in range(size):
                places |= (places & turn.inside) << 1
        elif kind == "not":
            places &= ~turn.begins(symbol)
        else:
            places &= turn.bounds[symbol]
        if not places:
            return 0
    return places


def _firsts(steps: Sequence[Step], turn: Turn) -> int:
    """Where a way may begin."""
    begins = 0
    for kind, symbol, _, optional, bounds in steps:
        if kind == "bound":
            return (begins | turn.bounds[symbol]) & turn.inside
        if kind != "word":
            break
        begins |= turn.begins(symbol)
        for bound in bounds:
            begins |= turn.bounds[bound]
        if not optional:
            return begins & turn.inside
    return turn.inside


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
