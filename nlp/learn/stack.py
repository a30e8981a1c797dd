"""Fit the stacks and the operating thresholds on dev calls: what each voter is worth with new authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.stack import Votes, vote_rows
from nlp.thresholds import GRAVE

STRENGTH = 1.0
GRID = np.linspace(0.08, 0.9, 83)
RIGHT, RIGHT_CRITICAL = (
    0.7,
    0.9,
)  # share of a grave label's alarms that must be right; where it can void a call
CRITICAL = frozenset({"threat", "lawyer", "discloses_debt"})
COSTLY = frozenset((*GRAVE, "hedge"))  # what can cost an agent points
FEWEST = 4  # alarms that a threshold of a grave label must rest on
FEW = 12  # positives at which a label's own threshold weighs as much as the common one

Truth = NDArray[np.bool_]


def fit_stack(
    votes: Sequence[Votes],
    truth: Truth,
    labels: Sequence[str],
    bars_on: Truth | None = None,
    net: Set[str] | None = None,
) -> dict[str, Any]:
    """The artefact that `nlp.stack.Stack` reads; `truth` [turns, labels].

    `bars_on` marks the turns on which the thresholds are chosen, where they are not chosen on all; `net` is
    the labels that the net knows, all where it is None. A label that there is too little to weigh by gets no
    threshold and is the rules' alone.
    """
    rows, wanted = vote_rows(votes), truth.reshape(-1)
    model = LogisticRegression(C=STRENGTH, max_iter=2000, random_state=0).fit(rows, wanted)
    scores = model.predict_proba(rows)[:, 1].reshape(truth.shape)
    chosen = np.ones(len(truth), bool) if bars_on is None else bars_on
    bars = thresholds(scores[chosen], truth[chosen], labels)
    alone = rules_alone(truth, labels, frozenset(labels) if net is None else net)
    return {"model": model, "bars": {label: bar for label, bar in bars.items() if label not in alone}}


def rules_alone(truth: Truth, labels: Sequence[str], net: Set[str]) -> frozenset[str]:
    """Labels that no turn of `truth` carries, or fewer than `FEW` where the net has no word of them: weighed
    with the others they would lack a voice that the others have, and never reach their threshold.

    Not what can cost an agent points: its threshold is the highest where nothing is known.
    """
    counts = zip(labels, truth.sum(axis=0), strict=True)
    return frozenset(n for n, count in counts if count < (1 if n in net else FEW) and n not in COSTLY)


def thresholds(scores: NDArray[Any], truth: Truth, labels: Sequence[str]) -> Mapping[str, float]:
    """Per label where F1 is best, drawn toward the threshold that is best for all where there is little to
    go by.

    What can cost an agent points counts from where most alarms are right: a false one is worse.
    """
    common = GRID[int(np.argmax([f_score(scores >= bar, truth) for bar in GRID]))]
    out = {}
    for k, label in enumerate(labels):
        count = int(truth[:, k].sum())
        if label in COSTLY:
            right = RIGHT_CRITICAL if label in CRITICAL else RIGHT
            out[label] = _where_right(scores[:, k], truth[:, k], right)
            continue
        fit = [f_score(scores[:, k] >= bar, truth[:, k]) for bar in GRID]
        own = GRID[int(np.argmax(fit))] if count else common
        share = count / (count + FEW)
        out[label] = round(float(share * own + (1 - share) * common), 4)
    return out


def _where_right(scores: NDArray[Any], truth: Truth, right: float) -> float:
    """The lowest threshold from which on enough of what is said is right; the highest where none is."""
    for bar in GRID:
        said = scores >= bar
        if said.sum() >= FEWEST and (said & truth).sum() >= right * said.sum():
            return round(float(bar), 4)
    return round(float(GRID[-1]), 4)


def f_score(said: Truth, truth: Truth) -> float:
    return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))
