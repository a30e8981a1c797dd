"""The linear tagger: word and character n-grams, cues and concepts of a turn, weighed for each label.

Trained with scikit-learn by `nlp.learn.linear`. At work the weights of all labels stand in one sparse
matrix, so that a call costs one product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nlp.cues import Scored
from nlp.text import plain
from nlp.vectors import Cut, Names, Terms, one_word, two_words, word_letters

if TYPE_CHECKING:  # it takes a second to load, and only training needs it
    from sklearn.feature_extraction.text import TfidfVectorizer

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
    """The turns as rows. `parts` «words», «letters», «before», «hints»: just fitted, or `unpacked`."""
    texts = [plain(turn.text) for turn in turns]
    return sparse.hstack(
        [
            parts["words"].transform(texts),
            parts["letters"].transform(texts),
            BEFORE * parts["before"].transform([plain(turn.before) for turn in turns]),
            CUES * parts["hints"].transform([hints(turn) for turn in turns]),
        ]
    ).tocsr()


def words(**fixed: Any) -> TfidfVectorizer:
    """One and two words in a row."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32, **fixed)


def letters(**fixed: Any) -> TfidfVectorizer:
    """Two to five letters in a row, within words: forgiving of what a recogniser misspells."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32, **fixed
    )


def before(**fixed: Any) -> TfidfVectorizer:
    """The words of the turn before."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **fixed)


MAKERS = {"words": words, "letters": letters, "before": before}


def packed(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Fitted vectorisers as arrays and text: a vocabulary entry by entry takes half a minute to load."""
    out: dict[str, Any] = {"hints": "\n".join(parts["hints"].get_feature_names_out())}
    for name in MAKERS:
        out[name] = {"terms": "\n".join(parts[name].get_feature_names_out()), "idf": parts[name].idf_}
    return out


CUTS: dict[str, Cut] = {"words": two_words, "letters": word_letters, "before": one_word}  # as `MAKERS` cut


def unpacked(data: Mapping[str, Any]) -> dict[str, Any]:
    """What `packed` put away, ready to work."""
    out: dict[str, Any] = {"hints": Names(data["hints"].split("\n"))}
    for name, cut in CUTS.items():
        out[name] = Terms(data[name]["terms"].split("\n"), data[name]["idf"], cut)
    return out


class Linear:
    """The linear tagger of one side; `labels` in the order of the columns."""

    def __init__(self, artefact: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(artefact["labels"])
        self._parts = unpacked(artefact["parts"])
        self._weights, self._bias = artefact["weights"], artefact["bias"]

    def scores(self, turns: Sequence[Seen]) -> Floats:
        """Probabilities [turns, labels]."""
        if not turns:
            return np.zeros((0, len(self.labels)), np.float32)
        raw = np.asarray((features(self._parts, turns) @ self._weights).todense()) + self._bias
        return (1 / (1 + np.exp(-raw))).astype(np.float32)  # type: ignore[no-any-return]
