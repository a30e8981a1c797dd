"""The net: the first layers of multilingual-e5-small over a row of turns, and heads that weigh words.

For each label every piece has a weight within its turn and something to say; the mean of the turn's pieces
has a say too.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nlp.net import PAD, SPEAKERS

WIDTH, INNER, HEADS, LAYERS, PLACES = 384, 1536, 12, 6, 512
FAR = 15.0  # a weight's logit is no farther from 0


class Whole(nn.Linear):
    """A dense layer that is taught with the roundings that it will have: see `nlp.learn.net.graph`."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        return F.linear(_rounded(x, 127.5, (1, 2)), _rounded(self.weight, 63.0, (1,)), self.bias)


def _rounded(x: Tensor, steps: float, over: tuple[int, ...]) -> Tensor:
    """`x` in whole steps of its largest number `over` those axes; it learns as if nothing were rounded."""
    step = x.detach().abs().amax(over, keepdim=True).clamp(min=1e-8) / steps
    return x + (torch.round(x.detach() / step) * step - x.detach())


class Layer(nn.Module):
    """Attention and two dense layers, each added to what came in and normalised, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (Whole(WIDTH, WIDTH) for _ in range(3))
        self.mixed, self.after_mixed = Whole(WIDTH, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        self.up, self.down, self.after = (
            Whole(WIDTH, INNER),
            Whole(INNER, WIDTH),
            nn.LayerNorm(WIDTH, 1e-12),
        )

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        rows, places, _ = x.shape
        query, key, value = (
            part(x).view(rows, places, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None, :])
        x = self.after_mixed(x + self.mixed(seen.transpose(1, 2).reshape(rows, places, WIDTH)))
        return self.after(x + self.down(F.gelu(self.up(x))))  # type: ignore[no-any-return]


class Net(nn.Module):
    """`pieces` and `labels` are counts; `drop` is of what enters the first layer."""

    def __init__(self, pieces: int, labels: int, *, layers: int = LAYERS, drop: float = 0.1) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.who, self.alone = nn.Embedding(len(SPEAKERS), WIDTH), nn.Parameter(torch.zeros(WIDTH))
        self.before, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(drop)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.key, self.say, self.mean = (Whole(WIDTH, labels) for _ in range(3))
        self.drop_head = nn.Dropout(2 * drop)
        nn.init.zeros_(self.who.weight)
        nn.init.zeros_(self.key.weight)
        nn.init.constant_(self.say.bias, -2.5)

    def forward(self, ids: Tensor, who: Tensor, single: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """For every place [rows, places, labels]: its weight's logit, its say, its part in the mean."""
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + self.kind + self.who(who)
        x = self.drop(self.before(x + single[:, None, None] * self.alone))
        there = ids != PAD
        for layer in self.layers:
            x = layer(x, there)
        dropped = self.drop_head(x)
        return self.key(x).clamp(-FAR, FAR), self.say(dropped), self.mean(dropped)


def pooled(out: tuple[Tensor, Tensor, Tensor], turn_of: Tensor, turns: int) -> tuple[Tensor, Tensor]:
    """(logits [turns, labels], weights [kept places, labels]); `turn_of` [rows, places] is -1 where no turn
    is to be read.
    """
    kept = turn_of >= 0
    at = turn_of[kept]
    key, say, mean = (part[kept] for part in out)
    weight = key.exp()
    zeros = torch.zeros(turns, weight.shape[1], device=weight.device)
    weight = weight / (zeros.index_add(0, at, weight) + 1e-6)[at]
    count = torch.zeros(turns, 1, device=weight.device)
    count = count.index_add(0, at, torch.ones(len(at), 1, device=weight.device)).clamp(min=1)
    return zeros.index_add(0, at, weight * say) + zeros.index_add(0, at, mean) / count, weight
