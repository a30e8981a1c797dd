"""Teacher and student: a transformer that reads a turn after its context, and a small net of convolutions.

Both weigh the words of a turn for each label apart, so that what carries a label can be quoted.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

WIDTH, HEADS, INNER, LAYERS, PLACES = 384, 12, 1536, 12, 512
FAR = -1e4  # attention to what is not there


class Layer(nn.Module):
    """One layer of the e5 encoder, with the names of its file."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.aln, self.oln = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        size, length, _ = x.shape

        def heads(t: Tensor) -> Tensor:
            return t.view(size, length, HEADS, -1).transpose(1, 2)

        seen = F.scaled_dot_product_attention(
            heads(self.q(x)), heads(self.k(x)), heads(self.v(x)), attn_mask=there[:, None, None, :]
        )
        x = self.aln(x + self.drop(self.ao(seen.transpose(1, 2).reshape(size, length, WIDTH))))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


class LabelHead(nn.Module):
    """For each label: which words of the turn matter (softmax over them), and what they say together."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.key = nn.Linear(width, labels)
        self.say = nn.Parameter(torch.randn(labels, width) * 0.02)
        self.bias = nn.Parameter(torch.full((labels,), -3.0))

    def forward(self, x: Tensor, current: Tensor) -> tuple[Tensor, Tensor]:
        """(logits [n, labels], weights [n, words, labels]); `current` marks the words of the turn itself."""
        weights = torch.softmax(self.key(x) + (~current)[:, :, None] * FAR, dim=1)
        pooled = torch.einsum("blk,bld->bkd", weights, x)
        return (pooled * self.say).sum(-1) + self.bias, weights


class Teacher(nn.Module):
    """e5-small over context and turn; `segment` 1 marks the turn itself."""

    def __init__(self, pieces: int, labels: int, drop: float = 0.1) -> None:
        super().__init__()
        self.word, self.pos = nn.Embedding(pieces, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.seg, self.ln = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.drop, self.head = nn.Dropout(drop), LabelHead(WIDTH, labels)

    def forward(self, ids: Tensor, there: Tensor, segment: Tensor) -> tuple[Tensor, Tensor]:
        x = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.seg(segment)
        x = self.drop(self.ln(x))
        for layer in self.layers:
            x = layer(x, there)
        return self.head(self.drop(x), there & (segment == 1))  # type: ignore[no-any-return]

    def start_from(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        """Take over the weights of e5-small as `weights.read` gives them."""
        with torch.no_grad():
            self._take(self.word.weight, arrays["emb.word"])
            self._take(self.pos.weight, arrays["emb.pos"])
            for row in range(2):
                self._take(self.seg.weight[row], arrays["emb.type"][:WIDTH])
            self._take(self.ln.weight, arrays["emb.ln.w"])
            self._take(self.ln.bias, arrays["emb.ln.b"])
            for number, layer in enumerate(self.layers):
                for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                    part = getattr(layer, name)
                    self._take(part.weight, arrays[f"l{number}.{name}.w"])
                    self._take(part.bias, arrays[f"l{number}.{name}.b"])

    @staticmethod
    def _take(into: Tensor, array: NDArray[np.float32]) -> None:
        into.copy_(torch.from_numpy(array.copy()).view(into.shape))


class Block(nn.Module):
    """A convolution over neighbouring words, then two layers on each word."""

    def __init__(self, width: int, inner: int, drop: float, reach: int = 7) -> None:
        super().__init__()
        self.near = nn.Conv1d(width, width, reach, padding=reach // 2, groups=width)
        self.ln = nn.LayerNorm(width)
        self.up, self.down, self.drop = nn.Linear(width, inner), nn.Linear(inner, width), nn.Dropout(drop)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        y = self.near((x * there).transpose(1, 2)).transpose(1, 2)
        return x + self.drop(self.down(F.gelu(self.up(self.ln(y)), approximate="tanh")))


class TurnReader(nn.Module):
    """One turn by itself: logits of every label, the weight of every word for each, and the turn's vector."""

    def __init__(self, pieces: int, labels: int, width: int, inner: int, blocks: int, vector: int, drop: float):
        super().__init__()
        self.word, self.into = nn.Embedding(pieces, WIDTH), nn.Linear(WIDTH, width)
        self.blocks = nn.ModuleList(Block(width, inner, drop) for _ in range(blocks))
        self.ln, self.head = nn.LayerNorm(width), LabelHead(width, labels)
        self.vector = nn.Linear(2 * width, vector)
        self.drop = nn.Dropout(drop)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        current = ids != 1
        there = current[:, :, None].to(self.into.weight.dtype)
        x = self.into(self.drop(self.word(ids)))
        for block in self.blocks:
            x = block(x, there)
        x = self.ln(x) * there
        logits, weights = self.head(x, current)
        mean = x.sum(1) / there.sum(1).clamp(min=1)
        peak = (x + (1 - there) * FAR).amax(1).clamp(min=FAR / 2)
        return logits, weights, torch.tanh(self.vector(torch.cat([mean, peak], dim=1)))


class Dialogue(nn.Module):
    """What the turns before make of a turn: a recurrent state over turn vectors, speakers and labels so far."""

    def __init__(self, vector: int, labels: int, state: int, drop: float) -> None:
        super().__init__()
        self.memory = nn.GRU(vector + labels + 3, state, batch_first=True)
        self.mix = nn.Linear(vector + labels + 3 + 2 + state, state)
        self.out, self.drop = nn.Linear(state, labels), nn.Dropout(drop)

    def forward(self, logits: Tensor, vectors: Tensor, who: Tensor, place: Tensor) -> Tensor:
        """Logits [calls, turns, labels] with what came before; `who` one-hot speakers, `place` two numbers."""
        told = torch.cat([vectors, torch.sigmoid(logits), who], dim=-1)
        states, _ = self.memory(self.drop(told))
        before = F.pad(states, (0, 0, 1, 0))[:, :-1]
        mixed = F.gelu(self.mix(torch.cat([told, place, before], dim=-1)), approximate="tanh")
        return logits + self.out(self.drop(mixed))  # type: ignore[no-any-return]


class Student(nn.Module):
    def __init__(
        self, pieces: int, labels: int, *, width: int = 256, inner: int = 384, blocks: int = 3,
        vector: int = 128, state: int = 128, drop: float = 0.2,
    ) -> None:  # fmt: skip
        super().__init__()
        self.turn = TurnReader(pieces, labels, width, inner, blocks, vector, drop)
        self.call = Dialogue(vector, labels, state, drop)
