"""Train the net on labelled examples. Seeded; needs torch; about forty minutes an epoch on one core."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from nlp.learn.net.batches import Batch, Turns, batches
from nlp.learn.net.model import Net, pooled

log = logging.getLogger(__name__)
Out = tuple[Tensor, Tensor, Tensor]
LOSS_SCALE = 20.0  # label loss against span loss: most labels of a turn are absent


@dataclass(frozen=True, slots=True)
class Plan:
    """How a net is trained. `places` a batch; `noise` and `alone` are shares of calls; `fade`: how much less
    each lower layer learns.
    """

    epochs: int = 5
    places: int = 1500
    rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    fade: float = 0.9
    warm: float = 0.08
    noise: float = 0.35
    alone: float = 0.2
    smooth: float = 0.02
    span_weight: float = 0.15
    half: bool = False  # multiply in bfloat16: twice as quick where the processor knows it, slower elsewhere


FURTHER = Plan(epochs=2, rate=1e-4, head_rate=1e-3)  # for a net that can read already


def train_further(net: Net, turns: Turns, plan: Plan, seed: int) -> Net:
    """`net` with the mean of its weights before and after training: what it knew is not lost to new text."""
    before = {name: value.clone() for name, value in net.state_dict().items()}
    after = train(net, turns, plan, seed).state_dict()
    net.load_state_dict({name: (before[name] + after[name]) / 2 for name in before})
    return net


def train(net: Net, turns: Turns, plan: Plan, seed: int) -> Net:
    """`net`, taught on all examples of `turns`."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    optimiser = _optimiser(net, plan)
    rates = [group["lr"] for group in optimiser.param_groups]
    truth, mask = torch.from_numpy(turns.truth), torch.from_numpy(turns.mask)
    done = total = 0
    for epoch in range(plan.epochs):
        reads = turns.reads(dice, plan.noise)
        parts = batches(turns.rows(reads, dice, plan.alone), plan.places, dice)
        total = total or len(parts) * plan.epochs
        net.train()
        lost = 0.0
        for part in parts:
            done += 1
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * _slope(done / total, plan.warm)
            batch = turns.batch(reads, part)
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
                out = net(batch.ids, batch.who, batch.single)
            loss, whole = _losses(out, batch, truth[batch.numbers], mask[batch.numbers], plan)
            optimiser.zero_grad()
            whole.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            lost += float(loss.detach())
        log.info("época %d de %d: pérdida %.4f", epoch + 1, plan.epochs, lost / len(parts))
    net.eval()
    return net


def _optimiser(net: Net, plan: Plan) -> torch.optim.Optimizer:
    """Lower layers learn more slowly: they know the language already."""
    count = len(net.layers)
    low = [*net.word.parameters(), *net.place.parameters(), net.kind, *net.before.parameters()]
    groups = [{"params": low, "lr": plan.rate * plan.fade**count, "weight_decay": 0.0}]
    for at, layer in enumerate(net.layers):
        rate = plan.rate * plan.fade ** (count - 1 - at)
        groups.append({"params": list(layer.parameters()), "lr": rate, "weight_decay": 0.01})
    groups.append({"params": [net.alone, *net.who.parameters()], "lr": 5 * plan.rate, "weight_decay": 0.0})
    heads = [*net.key.parameters(), *net.say.parameters(), *net.mean.parameters()]
    groups.append({"params": heads, "lr": plan.head_rate, "weight_decay": 0.01})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def _slope(done: float, warm: float) -> float:
    """Up to 1 in the first `warm` of the way, then down in a straight line."""
    return min(done / warm, 1.0) * max(0.02, 1 - max(0.0, done - warm) / (1 - warm))


def _losses(out: Out, batch: Batch, truth: Tensor, mask: Tensor, plan: Plan) -> tuple[Tensor, Tensor]:
    """(mean loss a label, what is made smaller: that and how little weight lies on the words that carry)."""
    key, say, mean = (part.float() for part in out)
    logits, weights = pooled((key, say, mean), batch.turn_of, len(batch.numbers))
    wanted = truth * (1 - 2 * plan.smooth) + plan.smooth * 0.5
    each = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * mask
    loss = each.sum() / mask.sum()
    at = batch.turn_of[batch.turn_of >= 0]
    blank = torch.zeros(len(batch.numbers), weights.shape[1])
    inside = blank.index_add(0, at, weights * batch.carried)
    known = blank.index_add(0, at, batch.carried) > 0
    spans = -inside[known].clamp(min=1e-4).log().mean() if known.any() else weights.sum() * 0
    return loss, LOSS_SCALE * loss + plan.span_weight * spans
