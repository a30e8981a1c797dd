"""The net: convolutions over the pieces of all turns in a row, then a memory of the turns before.

Turns lie behind one another with a gap, so that no work is lost on padding. For each label the net weighs
the words of a turn apart, so that what carries a label can be quoted.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nlp.net import GAP

REACH = 2 * GAP + 1  # pieces that a convolution sees
LOW = -9.0  # below any normalised feature


class Block(nn.Module):
    """A convolution over neighbouring pieces, then two layers on each."""

    def __init__(self, width: int, inner: int, drop: float) -> None:
        super().__init__()
        self.near = nn.Conv1d(width, width, REACH, padding=GAP, groups=width)
        self.ln = nn.LayerNorm(width)
        self.up, self.down, self.drop = nn.Linear(width, inner), nn.Linear(inner, width), nn.Dropout(drop)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        y = self.near((x * there).t()[None])[0].t()
        return x + self.drop(self.down(F.gelu(self.up(self.ln(y)), approximate="tanh")))


class TurnReader(nn.Module):
    """Pieces of turns in a row [places] -> for each place: features, weight and say for every label."""

    def __init__(
        self, pieces: int, source: int, labels: int, width: int, inner: int, blocks: int, drop: float
    ):
        super().__init__()
        self.word, self.into = nn.Embedding(pieces, source), nn.Linear(source, width)
        self.blocks = nn.ModuleList(Block(width, inner, drop) for _ in range(blocks))
        self.ln, self.drop = nn.LayerNorm(width), nn.Dropout(drop)
        self.key, self.say = nn.Linear(width, labels), nn.Linear(width, labels)
        nn.init.constant_(self.say.bias, -3.0)

    def forward(self, ids: Tensor, there: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`there` [places, 1] is 0 in the gaps."""
        x = self.into(self.drop(self.word(ids)))
        for block in self.blocks:
            x = block(x, there)
        x = self.ln(x)
        return x, self.key(x).clamp(-15, 15), self.say(self.drop(x))


class TurnPool(nn.Module):
    """What the places of a turn say together: logits, weight of each place, the turn's vector."""

    def __init__(self, width: int, vector: int) -> None:
        super().__init__()
        self.vector = nn.Linear(2 * width, vector)

    def forward(self, x: Tensor, key: Tensor, say: Tensor, turn_of: Tensor, turns: int) -> tuple[Tensor, ...]:
        weight = torch.exp(key)
        total = torch.zeros(turns, key.shape[1], device=x.device).index_add(0, turn_of, weight) + 1e-6
        weight = weight / total[turn_of]
        logits = torch.zeros_like(total).index_add(0, turn_of, weight * say)
        ones = torch.ones(len(turn_of), 1, device=x.device)
        count = torch.zeros(turns, 1, device=x.device).index_add(0, turn_of, ones).clamp(min=1)
        mean = torch.zeros(turns, x.shape[1], device=x.device).index_add(0, turn_of, x) / count
        peak = torch.full_like(mean, LOW).scatter_reduce(0, turn_of[:, None].expand_as(x), x, "amax")
        return logits, weight, torch.tanh(self.vector(torch.cat([mean, peak], dim=1)))


class Dialogue(nn.Module):
    """What the turns before make of a turn: a memory of vectors, speakers and labels so far."""

    def __init__(self, vector: int, labels: int, state: int, drop: float) -> None:
        super().__init__()
        self.memory = nn.GRU(vector + labels + 3, state, batch_first=True)
        self.mix = nn.Linear(vector + labels + 3 + 2 + state, state)
        self.out, self.drop = nn.Linear(state, labels), nn.Dropout(drop)

    def forward(self, logits: Tensor, vectors: Tensor, who: Tensor, place: Tensor) -> Tensor:
        """Logits [calls, turns, labels] with what came before; `who` one-hot, `place` two numbers."""
        told = torch.cat([vectors, torch.sigmoid(logits), who], dim=-1)
        states, _ = self.memory(self.drop(told))
        before = torch.cat([torch.zeros_like(states[:, :1]), states[:, :-1]], dim=1)
        mixed = F.gelu(self.mix(torch.cat([told, place, before], dim=-1)), approximate="tanh")
        return logits + self.out(self.drop(mixed))  # type: ignore[no-any-return]


class Net(nn.Module):
    def __init__(
        self, pieces: int, labels: int, *, source: int, width: int, inner: int, blocks: int,
        vector: int = 128, state: int = 128, drop: float = 0.25,
    ) -> None:  # fmt: skip
        super().__init__()
        self.turn = TurnReader(pieces, source, labels, width, inner, blocks, drop)
        self.pool = TurnPool(width, vector)
        self.call = Dialogue(vector, labels, state, drop)
