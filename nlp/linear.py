"""The linear tagger: word and character n-grams, cues and concepts of a turn, weighed for each label.

Trained with scikit-learn by `nlp.learn.linear`. At work the weights of all labels stand in one sparse matrix, so
that a call costs one product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.cues import Scored
from nlp.text import plain

Floats = NDArray[np.float32]
CUES, CONCEPTS, BEFORE = 0.5, 0.3, 0.4  # how much each kind of feature weighs beside the words


@dataclass(frozen=True, slots=True)
class Seen:
    """A turn as the linear tagger reads it. `before`: the turn before it, "" where there is none."""

    text: str
    before: str
    found: Mapping[str, Scored]
    concepts: frozenset[str]


def hints(turn: Seen) -> dict[str, float]:
    """Cues with their scores, the patterns behind them, and concepts, as named features."""
    out = {f"cue {label}": one.score for label, one in turn.found.items()}
    out.update({f"pattern {hit.source}": 1.0 for one in turn.found.values() for hit in one.hits})
    out.update({f"concept {name}": CONCEPTS / CUES for name in turn.concepts})
    return out


def features(parts: Mapping[str, Any], turns: Sequence[Seen]) -> sparse.csr_matrix:
    """The turns as rows. `parts` are the fitted vectorisers «words», «letters», «before», «hints»."""
    texts = [plain(turn.text) for turn in turns]
    return sparse.hstack(
        [
            parts["words"].transform(texts),
            parts["letters"].transform(texts),
            BEFORE * parts["before"].transform([plain(turn.before) for turn in turns]),
            CUES * parts["hints"].transform([hints(turn) for turn in turns]),
        ]
    ).tocsr()


class Linear:
    """The linear tagger of one side; `labels` in the order of the columns."""

    def __init__(self, artefact: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(artefact["labels"])
        self._parts, self._weights, self._bias = artefact, artefact["weights"], artefact["bias"]

    def scores(self, turns: Sequence[Seen]) -> Floats:
        """Probabilities [turns, labels]."""
        if not turns:
            return np.zeros((0, len(self.labels)), np.float32)
        raw = np.asarray((features(self._parts, turns) @ self._weights).todense()) + self._bias
        return (1 / (1 + np.exp(-raw))).astype(np.float32)  # type: ignore[no-any-return]
