"""Train the linear tagger of one side: one logistic regression a label over the same features."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from nlp.linear import Seen, before, features, hints, letters, packed, words
from nlp.text import plain

STRENGTH = 6.0  # inverse of the regularisation; chosen on dev
SMALLEST = 0.02  # weights below this change nothing and are left out
LETTERS = 60_000


def train_linear(
    turns: Sequence[Seen],
    truth: Sequence[frozenset[str]],
    labels: Sequence[str],
    each: Callable[[int], None] = lambda done: None,
) -> dict[str, Any]:
    """The artefact that `nlp.linear.Linear` reads; `truth` holds the labels of each turn. `each` is told
    how many labels are done.
    """
    texts = [plain(turn.text) for turn in turns]
    parts: dict[str, Any] = {
        "words": words(min_df=2).fit(texts),
        "letters": letters(min_df=3, max_features=LETTERS).fit(texts),
        "before": before(min_df=3).fit([plain(turn.before) for turn in turns]),
        "hints": DictVectorizer(dtype=np.float32).fit([hints(turn) for turn in turns]),
    }
    rows = features(parts, turns)
    weights, bias = [], []
    for done, label in enumerate(labels, 1):
        wanted = np.array([label in one for one in truth])
        model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(rows, wanted)
        kept = np.where(np.abs(model.coef_[0]) >= SMALLEST, model.coef_[0], 0.0)
        weights.append(sparse.csr_matrix(kept.astype(np.float32)))
        bias.append(float(model.intercept_[0]))
        each(done)
    return {
        "parts": packed(parts),
        "weights": sparse.vstack(weights).T.tocsr(),
        "bias": np.array(bias, np.float32),
        "labels": list(labels),
    }
