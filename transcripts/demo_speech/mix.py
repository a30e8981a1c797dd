"""What the demo model hears: the shares of sample sentences, recombinations, grammar and soup."""

import random
import re
from dataclasses import dataclass

from transcripts.demo_speech.samples import pieces, recombined, sample_turns, swapped, wide_lines
from transcripts.demo_speech.text import grammar_sentence, grammar_words, soup

_WORD = re.compile(r"[a-záéíóúñü]{2,}")
_SHARES = (("sample", 0.33), ("wide", 0.12), ("recombined", 0.20), ("grammar", 0.15), ("soup", 0.20))


@dataclass(frozen=True, slots=True)
class Mix:
    """All text sources: the sides of the sample calls, wide lines, the pool of both, the soup's words."""

    sides: tuple[tuple[str, ...], ...]
    wide: tuple[str, ...]
    pool: tuple[str, ...]
    words: tuple[str, ...]

    def passage(self, r: random.Random) -> list[str]:
        """One to four texts that one voice says one after the other."""
        kind = r.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]
        if kind == "sample":
            return self._from_samples(r)
        if kind == "wide" and self.wide:
            return pieces(r.choice(self.wide))
        if kind in ("recombined", "wide"):
            return [recombined(list(self.pool), r)]
        return [grammar_sentence(r)] if kind == "grammar" else [soup(self.words, r)]

    def _from_samples(self, r: random.Random) -> list[str]:
        side = r.choices(self.sides, [len(side) for side in self.sides])[0]
        start = r.randrange(len(side))
        return list(side[start : start + r.choice([1, 1, 2, 3, 4])])


def load_mix() -> Mix:
    """The text sources as they lie in the project now."""
    sides = [tuple(side) for side in sample_turns()]
    wide = tuple(wide_lines())
    pool = tuple(piece for side in sides for piece in side) + tuple(p for line in wide for p in pieces(line))
    words = {word for piece in pool for word in _WORD.findall(piece.lower())}
    return Mix(tuple(sides), wide, pool, tuple(sorted(words | set(grammar_words()))))


def stream(mix: Mix, r: random.Random) -> str:
    """A single text, for building the tokenizer."""
    text = r.choice(mix.passage(r))
    return swapped(text, r) if r.random() < 0.1 else text
