"""Fit the stacks and the operating thresholds on dev calls: what each voter is worth with new authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.stack import Votes, vote_rows
from nlp.thresholds import GRAVE

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
    """Per label where F1 is best, drawn toward the threshold that is best for all where there is little to
    go by.

    What can cost an agent points counts precision twice (F0.5): a false alarm is worse than a miss.
    """
    common = GRID[int(np.argmax([f_score(scores >= bar, truth) for bar in GRID]))]
    out = {}
    for k, label in enumerate(labels):
        count = int(truth[:, k].sum())
        beta = 0.5 if label in GRAVE else 1.0
        fit = [f_score(scores[:, k] >= bar, truth[:, k], beta) for bar in GRID]
        own = GRID[int(np.argmax(fit))] if count else common
        share = count / (count + FEW)
        out[label] = round(float(share * own + (1 - share) * common), 4)
    return out


def f_score(said: Truth, truth: Truth, beta: float = 1.0) -> float:
    hit, weight = (said & truth).sum(), beta**2
    return float((1 + weight) * hit / max(1.0, weight * truth.sum() + said.sum()))
