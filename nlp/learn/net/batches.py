"""Labelled turns as the net reads them: rows of pieces, targets, and where the words of a label stand."""

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
from nlp.net import BEFORE, LONGEST, PAD, ROW, SPEAKERS, UNKNOWN, Row, laid_out, rows

NUMBER = {label: at for at, label in enumerate(LABELS)}
OF_AGENT = np.array([label in act_ids() for label in LABELS])
LEAST_NEW = 90  # pieces of new turns in a row: rows begin at other turns in every epoch


@dataclass(frozen=True, slots=True)
class Read:
    """One turn as pieces; `carried[label]` are the pieces (half-open) that carry a label."""

    ids: list[int]
    carried: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows side by side; `numbers` are those of their turns in the whole; `carried` [kept places, labels]."""

    ids: Tensor
    who: Tensor
    single: Tensor
    turn_of: Tensor
    numbers: list[int]
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

    def rows(
        self, reads: Sequence[Sequence[Read]], dice: random.Random, alone: float
    ) -> list[tuple[int, Row]]:
        """(example, row) of everything; a share `alone` of the calls cut into single turns."""
        out = []
        for e, example in enumerate(self.examples):
            ids = [one.ids for one in reads[e]]
            who = [SPEAKERS.index(turn.speaker) for turn in example.turns]
            single = len(ids) == 1 or dice.random() < alone
            room = dice.randrange(LEAST_NEW + BEFORE, ROW + 1)
            for before, new in rows([len(one) for one in ids], room=room, in_call=not single):
                if not (single and example.turns[new[0]].context):
                    out.append((e, laid_out(ids, who, before, new, single=single)))
        return out

    def batch(self, reads: Sequence[Sequence[Read]], chosen: Sequence[tuple[int, Row]]) -> Batch:
        shape = (len(chosen), max(len(row.ids) for _, row in chosen))
        ids, who = torch.full(shape, PAD), torch.zeros(shape, dtype=torch.long)
        turn_of = torch.full(shape, -1)
        numbers: list[int] = []
        carried = []
        for r, (e, row) in enumerate(chosen):
            ids[r, : len(row.ids)], who[r, : len(row.who)] = torch.tensor(row.ids), torch.tensor(row.who)
            for turn, first, end in row.turns:
                turn_of[r, first:end] = len(numbers)
                numbers.append(int(self.first[e]) + turn)
                carried.append(_carried(reads[e][turn]))
        single = torch.tensor([float(row.single) for _, row in chosen])
        return Batch(ids, who, single, turn_of, numbers, torch.cat(carried))


def _carried(one: Read) -> Tensor:
    """[pieces, labels]: 1 where a piece carries a label."""
    out = torch.zeros(len(one.ids), len(LABELS))
    for label, (first, end) in one.carried.items():
        out[first:end, label] = 1
    return out


def batches(laid: Sequence[tuple[int, Row]], size: int, dice: random.Random) -> list[list[tuple[int, Row]]]:
    """Rows of about one length together, up to `size` places; in random order."""
    out: list[list[tuple[int, Row]]] = []
    batch: list[tuple[int, Row]] = []
    for one in sorted(laid, key=lambda one: len(one[1].ids) + 16 * dice.random()):
        longest = max([len(one[1].ids), *(len(row.ids) for _, row in batch)])
        if batch and longest * (len(batch) + 1) > size:
            out.append(batch)
            batch = []
        batch.append(one)
    out.append(batch)
    dice.shuffle(out)
    return out
