"""Near-duplicates among turns: texts that share most of their n-grams teach and measure nothing new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nlp.text import plain

GRAM = 5  # characters
ALIKE = 0.7  # share of the n-grams of both that both have (Jaccard)
LEAST_WORDS = 7  # shorter turns («sí, señorita, dígame») are alike by nature
_KEY_WORDS = 4  # words in a row that two texts must share to be compared at all
_COMMON = 40  # texts that share a key: past it the key is a set phrase


def near_duplicates(texts: Sequence[str], alike: float = ALIKE) -> list[tuple[int, int, float]]:
    """Pairs (i, j, likeness) of nearly the same texts of `LEAST_WORDS` words or more, i before j."""
    plains = [" ".join(plain(text).split()) for text in texts]
    homes: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, text in enumerate(plains):
        words = text.split()
        if len(words) >= LEAST_WORDS:
            for key in {tuple(words[k : k + _KEY_WORDS]) for k in range(len(words) - _KEY_WORDS + 1)}:
                homes[key].append(i)
    candidates = {
        (i, j) for home in homes.values() if len(home) <= _COMMON for i in home for j in home if i < j
    }
    grams: dict[int, frozenset[str]] = {}
    out = []
    for i, j in sorted(candidates):
        for k in (i, j):
            if k not in grams:
                grams[k] = frozenset(plains[k][at : at + GRAM] for at in range(len(plains[k]) - GRAM + 1))
        likeness = len(grams[i] & grams[j]) / max(1, len(grams[i] | grams[j]))
        if likeness >= alike:
            out.append((i, j, round(likeness, 3)))
    return out
