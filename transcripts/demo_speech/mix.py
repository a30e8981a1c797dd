"""What the demo model hears: the shares of sample and corpus sentences, recombinations, grammar and soup."""

import random
import re
from dataclasses import dataclass

from transcripts.demo_speech.samples import (
    corpus_sides,
    pieces,
    recombined,
    sample_turns,
    swapped,
    wide_lines,
)
from transcripts.demo_speech.text import grammar_sentence, grammar_words, soup

_WORD = re.compile(r"[a-záéíóúñü]{2,}")
_SHARES = (
    ("sample", 0.18),
    ("wide", 0.06),
    ("corpus", 0.32),
    ("recombined", 0.20),
    ("grammar", 0.10),
    ("soup", 0.14),
)

Sides = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """The text sources: sides of sample calls and corpus, wide lines, the pool of all, the soup's words."""

    sides: Sides
    corpus: Sides
    wide: tuple[str, ...]
    pool: tuple[str, ...]
    words: tuple[str, ...]

    def passage(self, r: random.Random) -> list[str]:
        """One to four texts that one voice says one after the other."""
        kind = r.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]
        if kind == "sample":
            return _stretch(self.sides, r)
        if kind == "corpus" and self.corpus:
            return _stretch(self.corpus, r)
        if kind == "wide" and self.wide:
            return pieces(r.choice(self.wide))
        if kind in ("recombined", "corpus", "wide"):
            return [recombined(self.pool, r)]
        return [grammar_sentence(r)] if kind == "grammar" else [soup(self.words, r)]


def _stretch(sides: Sides, r: random.Random) -> list[str]:
    """One to four neighbouring texts of a side; long sides speak more often."""
    side = r.choices(sides, [len(side) for side in sides])[0]
    start = r.randrange(len(side))
    return list(side[start : start + r.choice([1, 1, 2, 3, 4])])


def load_mix() -> Mix:
    """The text sources as they lie in the project now."""
    sides = [tuple(side) for side in sample_turns()]
    corpus = [tuple(side) for side in corpus_sides()]
    wide = tuple(wide_lines())
    pool = tuple(piece for side in (*sides, *corpus) for piece in side)
    pool += tuple(piece for line in wide for piece in pieces(line))
    words = {word for piece in pool for word in _WORD.findall(piece.lower())}
    return Mix(tuple(sides), tuple(corpus), wide, pool, tuple(sorted(words | set(grammar_words()))))


def stream(mix: Mix, r: random.Random) -> str:
    """A single text, for building the tokenizer."""
    text = r.choice(mix.passage(r))
    return swapped(text, r) if r.random() < 0.1 else text
