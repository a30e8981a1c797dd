"""Labelled turns as the net reads them: numbers of pieces, targets, and where the words of a label stand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from nlp.labels import act_ids
from nlp.learn.examples import LABELS, Example, LabelledTurn
from nlp.learn.noise import noisy
from nlp.net import GAP, LONGEST, PAD, SPEAKERS, UNKNOWN, place_of

NUMBER = {label: at for at, label in enumerate(LABELS)}
OF_AGENT = np.array([label in act_ids() for label in LABELS])
BEGUN_LATE = 0.2  # share of calls that are read from a turn in their middle on


@dataclass(frozen=True, slots=True)
class Read:
    """One turn as pieces; `carried[label]` are the pieces (half-open) that carry a label."""

    ids: list[int]
    carried: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Several calls side by side; `where[i]` is (call, place in it) of turn i, `rows[i]` its number."""

    ids: Tensor
    turn_of: Tensor
    where: Tensor
    who: Tensor
    place: Tensor
    rows: list[int]
    carried: Tensor


def side_mask(turn: LabelledTurn) -> NDArray[np.float32]:
    """1 for the labels that a turn of this side may have; 0 everywhere on a turn that is only context."""
    if turn.context:
        return np.zeros(len(LABELS), np.float32)
    return (OF_AGENT if turn.side == "agent" else ~OF_AGENT).astype(np.float32)


def targets(turn: LabelledTurn) -> NDArray[np.float32]:
    out = np.zeros(len(LABELS), np.float32)
    for name in turn.ids & NUMBER.keys():
        out[NUMBER[name]] = 1
    return out


def read(turn: LabelledTurn, tokenizer: Any, noise: random.Random | None = None) -> Read:
    """The turn's pieces, of a noisy copy where `noise` is given."""
    text, spans = turn.text, {NUMBER[one.id]: (one.start, one.end) for one in turn.labels if one.id in NUMBER}
    if noise is not None:
        copy = noisy(text, noise)
        placed = {label: copy.span(*span) for label, span in spans.items()}
        text, spans = copy.text, {label: span for label, span in placed.items() if span is not None}
    pieces = tokenizer.encode(text, add_special_tokens=False)
    carried: dict[int, tuple[int, int]] = {}
    for label, (start, end) in spans.items():
        inside = [i for i, (s, e) in enumerate(pieces.offsets[:LONGEST]) if s < end and e > start]
        if inside:
            carried[label] = (inside[0], inside[-1] + 1)
    return Read(pieces.ids[:LONGEST] or [UNKNOWN], carried)


class Turns:
    """All turns of some examples in a row, with their targets and what may be asked of them."""

    def __init__(self, examples: Sequence[Example], tokenizer: Any) -> None:
        self.examples, self.tokenizer = examples, tokenizer
        turns = [turn for example in examples for turn in example.turns]
        self.first = np.cumsum([0, *(len(example.turns) for example in examples)])
        self.truth = np.stack([targets(turn) for turn in turns])
        self.mask = np.stack([side_mask(turn) for turn in turns])
        self.clean = [[read(turn, tokenizer) for turn in example.turns] for example in examples]

    def reads(self, dice: random.Random, share: float) -> list[list[Read]]:
        """All turns; a share of the clean examples as noisy copies."""
        return [
            [read(turn, self.tokenizer, dice) for turn in example.turns]
            if example.noise == "clean" and dice.random() < share
            else self.clean[e]
            for e, example in enumerate(self.examples)
        ]

    def batch(
        self,
        reads: list[list[Read]],
        group: Sequence[int],
        dice: random.Random | None = None,
        alone: float = 0.0,
    ) -> Batch:
        """The calls `group`; a share `alone` of them cut into single turns."""
        chains: list[tuple[int, list[int], bool]] = []
        for e in group:
            count = len(self.examples[e].turns)
            if count == 1 or alone >= 1 or (dice and dice.random() < alone):
                chains += [(e, [t], True) for t in range(count)]
            else:
                late = dice is not None and dice.random() < BEGUN_LATE
                chains.append(
                    (e, list(range(dice.randrange(count - 1) if dice and late else 0, count)), False)
                )
        flat = [(e, t) for e, ts, _ in chains for t in ts]
        lengths = [len(reads[e][t].ids) for e, t in flat]
        turn_of = laid_out(lengths)
        ids = torch.full((len(turn_of),), PAD)
        ids[turn_of >= 0] = torch.tensor([piece for e, t in flat for piece in reads[e][t].ids])
        shape = (len(chains), max(len(ts) for _, ts, _ in chains))
        who, place = torch.zeros(*shape, len(SPEAKERS)), torch.zeros(*shape, 2)
        for c, (e, ts, single) in enumerate(chains):
            for k, t in enumerate(ts):
                who[c, k, SPEAKERS.index(self.examples[e].turns[t].speaker)] = 1
                place[c, k] = torch.tensor(place_of(None if single else t))
        return Batch(
            ids,
            turn_of,
            torch.tensor([[c, k] for c, (_, ts, _) in enumerate(chains) for k in range(len(ts))]),
            who,
            place,
            [int(self.first[e]) + t for e, t in flat],
            _carried([reads[e][t] for e, t in flat], lengths),
        )


def laid_out(lengths: Sequence[int]) -> Tensor:
    """The turn of every place, -1 in the gap after each turn."""
    return torch.tensor([turn for i, length in enumerate(lengths) for turn in (*[i] * length, *[-1] * GAP)])


def _carried(reads: Sequence[Read], lengths: Sequence[int]) -> Tensor:
    """[places without gaps, labels]: 1 where a piece carries a label."""
    starts = np.cumsum([0, *lengths])
    out = torch.zeros(int(starts[-1]), len(LABELS))
    for at, one in enumerate(reads):
        for label, (start, end) in one.carried.items():
            out[starts[at] + start : starts[at] + end, label] = 1
    return out
