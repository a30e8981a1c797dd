"""The linear tagger: word and character n-grams, cues and concepts of a turn, weighed for each label.

Trained with scikit-learn by `nlp.learn.linear`. At work the weights of all labels stand in one
table, so that a call costs one product.
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
from nlp.vectors import Cut, Names, Terms, abreast, one_word, two_words, word_letters

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


# the kinds of features, in the order of their columns, and how much each weighs
_WEIGHTS = {"words": 1.0, "letters": 1.0, "before": BEFORE, "hints": CUES}


def _read(turns: Sequence[Seen]) -> dict[str, Sequence[Any]]:
    """What each kind of features is made of."""
    texts = [plain(turn.text) for turn in turns]
    before = [plain(turn.before) for turn in turns]
    return {"words": texts, "letters": texts, "before": before, "hints": [hints(turn) for turn in turns]}


def features(parts: Mapping[str, Any], turns: Sequence[Seen]) -> sparse.csr_matrix:
    """The turns as rows. `parts`: a vectoriser for each kind of features."""
    read = _read(turns)
    return sparse.hstack(
        [weight * parts[kind].transform(read[kind]) for kind, weight in _WEIGHTS.items()]
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
        # more than half of the weights are not 0: as a table they take less room and are read at one go
        self._weights, self._bias = artefact["weights"].toarray(), artefact["bias"]

    def scores(self, turns: Sequence[Seen]) -> Floats:
        """Probabilities [turns, labels]."""
        if not turns:
            return np.zeros((0, len(self.labels)), np.float32)
        raw = self._features(turns) @ self._weights + self._bias
        return (1 / (1 + np.exp(-raw))).astype(np.float32)  # type: ignore[no-any-return]

    def _features(self, turns: Sequence[Seen]) -> sparse.csr_matrix:
        """What `features` gives, without a matrix for each kind."""
        read = _read(turns)
        cells = [self._parts[kind].cells(read[kind]).times(weight) for kind, weight in _WEIGHTS.items()]
        widths = [len(self._parts[kind]) for kind in _WEIGHTS]
        return abreast(cells, widths).matrix(len(turns), sum(widths))
