"""What rules, linear tagger and net say of a label, weighed together into one calibrated score.

One logistic regression for each side and mode (whole call, single utterance), fitted on the dev calls by
`nlp.learn.stack`: a few common slopes, and for each label a bias of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Votes:
    """What each voter says of every label of a turn, 0..1; columns are the side's labels.

    `rule` is the cue score by itself, `rule_in_call` what remains of it at this place of the call.
    """

    linear: Floats
    net: Floats
    rule: Floats
    rule_in_call: Floats


def vote_rows(votes: Sequence[Votes]) -> Floats:
    """[turns * labels, votes + labels]: turn by turn, label by label; the labels one-hot."""
    linear, net, rule, in_call = (
        np.concatenate(said)
        for said in zip(*((one.linear, one.net, one.rule, one.rule_in_call) for one in votes), strict=True)
    )
    ruled = (in_call >= 0.5).astype(np.float32)
    columns = (_logit(linear), _logit(net), rule, in_call, ruled, ruled * linear)
    labels = np.eye(len(votes[0].linear), dtype=np.float32)
    return np.column_stack([*columns, np.tile(labels, (len(votes), 1))]).astype(np.float32)


def _logit(p: Floats) -> Floats:
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(clipped / (1 - clipped)).astype(np.float32)  # type: ignore[no-any-return]


class Stack:
    """`artefact`: the fitted regression («model») and each label's operating threshold («bars»); one without
    is the rules' alone.
    """

    def __init__(self, artefact: Mapping[str, Any]) -> None:
        self._slopes = artefact["model"].coef_[0]
        self._bias = float(artefact["model"].intercept_[0])
        self.bars: dict[str, float] = dict(artefact["bars"])

    def scores(self, votes: Sequence[Votes]) -> Floats:
        """Probabilities [turns, labels]."""
        if not votes:
            return np.zeros((0, 0), np.float32)
        raw = vote_rows(votes) @ self._slopes + self._bias
        return (1 / (1 + np.exp(-raw))).reshape(len(votes), -1).astype(np.float32)  # type: ignore[no-any-return]
