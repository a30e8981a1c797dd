"""Fit the stacks and the operating thresholds on the dev calls: what each voter is worth with unseen authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.stack import Votes, vote_rows

STRENGTH = 1.0
GRID = np.linspace(0.08, 0.9, 83)
FEW = 12  # positives at which a label's own threshold weighs as much as the common one

Truth = NDArray[np.bool_]


def fit_stack(votes: Sequence[Votes], truth: Truth, labels: Sequence[str]) -> dict[str, Any]:
    """The artefact that `nlp.stack.Stack` reads; `truth` [turns, labels]."""
    rows, wanted = vote_rows(votes), truth.reshape(-1)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=0).fit(rows, wanted)
    scores = model.predict_proba(rows)[:, 1].reshape(truth.shape)
    return {"model": model, "bars": thresholds(scores, truth, labels)}


def thresholds(scores: NDArray[Any], truth: Truth, labels: Sequence[str]) -> Mapping[str, float]:
    """Per label where F1 is best, drawn toward the threshold that is best for all where there is little to go by."""
    common = GRID[int(np.argmax([f1(scores >= bar, truth) for bar in GRID]))]
    out = {}
    for k, label in enumerate(labels):
        count = int(truth[:, k].sum())
        own = GRID[int(np.argmax([f1(scores[:, k] >= bar, truth[:, k]) for bar in GRID]))] if count else common
        share = count / (count + FEW)
        out[label] = round(float(share * own + (1 - share) * common), 4)
    return out


def f1(said: Truth, truth: Truth) -> float:
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))
