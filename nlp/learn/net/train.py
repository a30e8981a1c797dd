"""Train the net on labelled examples; say what it thinks of others. Seeded; needs torch."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from nlp.learn.examples import LABELS
from nlp.learn.net.batches import Batch, Turns
from nlp.learn.net.model import Net

log = logging.getLogger(__name__)
Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a net is trained. `per_batch` calls at a time; `noise` and `alone` are shares of calls."""

    epochs: int = 14
    per_batch: int = 6
    rate: float = 1.5e-3
    noise: float = 0.35
    alone: float = 0.25
    smooth: float = 0.02
    span_weight: float = 0.15
    source: int = 160
    width: int = 128
    inner: int = 192
    blocks: int = 2


def run(net: Net, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """(logits with context, logits alone, weights of the places without gaps)."""
    there = (batch.turn_of >= 0)[:, None].float()
    x, key, say = net.turn(batch.ids, there)
    kept = batch.turn_of >= 0
    logits, weights, vectors = net.pool(x[kept], key[kept], say[kept], batch.turn_of[kept], len(batch.rows))
    chain, at = batch.where.T
    shape = batch.who.shape[:2]
    side_by_side = torch.zeros(*shape, logits.shape[-1]).index_put((chain, at), logits)
    seen = torch.zeros(*shape, vectors.shape[-1]).index_put((chain, at), vectors)
    return net.call(side_by_side, seen, batch.who, batch.place)[chain, at], logits, weights


def label_loss(logits: Tensor, wanted: Tensor, mask: Tensor, smooth: float) -> Tensor:
    wanted = wanted * (1 - 2 * smooth) + smooth * 0.5
    return (F.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * mask).sum() / mask.sum()


def span_loss(weights: Tensor, batch: Batch) -> Tensor:
    """How little of the weight lies on the words that carry a label, where those are known."""
    turn_of = batch.turn_of[batch.turn_of >= 0]
    blank = torch.zeros(len(batch.rows), weights.shape[1])
    inside = blank.index_add(0, turn_of, weights * batch.carried)
    known = blank.index_add(0, turn_of, batch.carried) > 0
    return -inside[known].clamp(min=1e-4).log().mean() if known.any() else weights.sum() * 0


def train(turns: Turns, chosen: Sequence[int], vectors: Rows, plan: Plan, seed: int) -> Net:
    """A net trained on the examples `chosen`; `vectors` [pieces, source] are the pieces' first vectors."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    net = Net(
        len(vectors),
        len(LABELS),
        source=vectors.shape[1],
        width=plan.width,
        inner=plan.inner,
        blocks=plan.blocks,
    )
    with torch.no_grad():
        net.turn.word.weight.copy_(torch.from_numpy(vectors))
    groups = _Groups(turns, chosen, plan, dice)
    words = [net.turn.word.weight]
    rest = [p for name, p in net.named_parameters() if name != "turn.word.weight"]
    optimiser = torch.optim.AdamW(
        [{"params": words, "lr": plan.rate / 8, "weight_decay": 0.0}, {"params": rest, "lr": plan.rate}],
        weight_decay=0.05,
    )
    slope = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [plan.rate / 8, plan.rate], total_steps=plan.epochs * groups.count + 1, pct_start=0.1
    )
    truth, mask = torch.from_numpy(turns.truth), torch.from_numpy(turns.mask)
    for epoch in range(plan.epochs):
        net.train()
        log.info("época %d de %d", epoch + 1, plan.epochs)
        reads = turns.reads(dice, plan.noise)
        for group in groups.shuffled():
            batch = turns.batch(reads, group, dice, plan.alone)
            logits, alone, weights = run(net, batch)
            wanted, asked = truth[batch.rows], mask[batch.rows]
            loss = (
                10 * label_loss(logits, wanted, asked, plan.smooth)
                + 4 * label_loss(alone, wanted, asked, plan.smooth)
                + plan.span_weight * span_loss(weights, batch)
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            slope.step()
    return net


class _Groups:
    """Batches: calls a few at a time, single utterances many."""

    def __init__(self, turns: Turns, chosen: Sequence[int], plan: Plan, dice: random.Random) -> None:
        self.calls = [e for e in chosen if len(turns.examples[e].turns) > 2]
        self.singles = [e for e in chosen if len(turns.examples[e].turns) <= 2]
        self.size, self.many, self.dice = plan.per_batch, plan.per_batch * 25, dice

    @property
    def count(self) -> int:
        return -(-len(self.calls) // self.size) - (-len(self.singles) // self.many)

    def shuffled(self) -> list[list[int]]:
        out: list[list[int]] = []
        for pool, size in ((self.calls, self.size), (self.singles, self.many)):
            self.dice.shuffle(pool)
            out += [pool[i : i + size] for i in range(0, len(pool), size)]
        self.dice.shuffle(out)
        return out


def says(net: Net, turns: Turns, chosen: Sequence[int], *, alone: bool) -> tuple[list[int], Rows]:
    """Numbers of the turns of the examples `chosen`, and their logits [turns, labels]."""
    net.eval()
    rows: list[int] = []
    out: list[Any] = []
    with torch.no_grad():
        for i in range(0, len(chosen), 12):
            batch = turns.batch(turns.clean, chosen[i : i + 12], alone=1.0 if alone else 0.0)
            rows += batch.rows
            out.append(run(net, batch)[0].numpy())
    return rows, np.concatenate(out)
