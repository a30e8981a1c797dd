"""Labelled turns as the nets read them: numbers of pieces, targets, and where the words of a label stand."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from nlp.labels import act_ids
from nlp.learn.examples import LABELS, Example, LabelledTurn
from nlp.learn.net.pieces import PAD
from nlp.learn.noise import noisy

LONGEST = 160  # pieces of a turn; longer ones are cut
CONTEXT_TURNS, CONTEXT_PIECES = 3, 64
NAMES = {"agent": "asesor:", "debtor": "deudor:", "other": "otro:"}
SPEAKERS = ("agent", "debtor", "other")
_NUMBER = {label: at for at, label in enumerate(LABELS)}
_OF_AGENT = np.array([label in act_ids() for label in LABELS])


@dataclass(slots=True)
class Read:
    """One turn as pieces; `carried[label]` marks the pieces that carry a label."""

    ids: list[int]
    carried: dict[int, tuple[int, int]]


def side_mask(turn: LabelledTurn) -> NDArray[np.float32]:
    """1 for the labels that a turn of this side may have; 0 everywhere on a turn that is only context."""
    if turn.context:
        return np.zeros(len(LABELS), np.float32)
    return (_OF_AGENT if turn.side == "agent" else ~_OF_AGENT).astype(np.float32)


def targets(turn: LabelledTurn) -> NDArray[np.float32]:
    out = np.zeros(len(LABELS), np.float32)
    for name in turn.ids & _NUMBER.keys():
        out[_NUMBER[name]] = 1
    return out


def read(turn: LabelledTurn, tokenizer: Any, noise: random.Random | None) -> Read:
    """The turn's pieces, of a noisy copy where `noise` is given."""
    text, spans = turn.text, {_NUMBER[one.id]: (one.start, one.end) for one in turn.labels if one.id in _NUMBER}
    if noise is not None:
        copy = noisy(text, noise)
        placed = {label: copy.span(*span) for label, span in spans.items()}
        text, spans = copy.text, {label: span for label, span in placed.items() if span is not None}
    pieces = tokenizer.encode(text, add_special_tokens=False)
    ids = pieces.ids[:LONGEST] or [PAD + 2]
    carried: dict[int, tuple[int, int]] = {}
    for label, (start, end) in spans.items():
        inside = [i for i, (s, e) in enumerate(pieces.offsets[:LONGEST]) if s < end and e > start]
        if inside:
            carried[label] = (inside[0], inside[-1] + 1)
    return Read(ids, carried)


def read_all(
    examples: Sequence[Example], tokenizer: Any, dice: random.Random, noise_share: float
) -> list[list[Read]]:
    """All turns of all examples; a share of the clean examples as noisy copies."""
    out = []
    for example in examples:
        noise = dice if example.noise == "clean" and dice.random() < noise_share else None
        out.append([read(turn, tokenizer, noise) for turn in example.turns])
    return out


def with_context(
    example: Example, reads: Sequence[Read], at: int, names: dict[str, list[int]], *, alone: bool
) -> tuple[list[int], int]:
    """Pieces of the turn after the turns before it, and where the turn itself begins."""
    before: list[int] = []
    if not alone:
        for k in range(max(0, at - CONTEXT_TURNS), at):
            before += names[example.turns[k].speaker] + reads[k].ids
    before = before[-CONTEXT_PIECES:]
    head = [0, *before, 2, *names[example.turns[at].speaker]]
    return [*head, *reads[at].ids, 2], len(head)


def padded(rows: Sequence[Sequence[int]], fill: int = PAD) -> Tensor:
    width = max(len(row) for row in rows)
    out = torch.full((len(rows), width), fill, dtype=torch.long)
    for at, row in enumerate(rows):
        out[at, : len(row)] = torch.tensor(row, dtype=torch.long)
    return out


def carried_mask(rows: Sequence[dict[int, tuple[int, int]]], width: int, shift: Sequence[int]) -> Tensor:
    """[rows, words, labels]: 1 where a word carries a label; all 0 for labels without a known place."""
    out = torch.zeros(len(rows), width, len(LABELS))
    for at, row in enumerate(rows):
        for label, (start, end) in row.items():
            out[at, start + shift[at] : end + shift[at], label] = 1
    return out


def shuffled(size: int, per_batch: int, lengths: Sequence[int], dice: random.Random) -> Iterator[list[int]]:
    """Batches of indices of like length, in random order."""
    order = sorted(range(size), key=lambda i: lengths[i] + dice.random() * 8)
    groups = [order[i : i + per_batch] for i in range(0, size, per_batch)]
    dice.shuffle(groups)
    yield from groups
