"""Whisper in plain PyTorch with the parameter names of Hugging Face, small, with two helpers for training.

The encoder sees 10 s (500 positions) and ONE tail position with an attention bias of log(1000): the exact
stand-in for the 1000 equal frames that faster-whisper pads windows with. The export repeats that position.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

POSITIONS = 1500
TEXT_POSITIONS = 448
MELS = 80


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's sizes; `positions`: the encoder's in training; `guided`: heads that learn the times."""

    vocabulary: int
    phonemes: int
    width: int = 192
    heads: int = 3
    encoder_layers: int = 4
    decoder_layers: int = 2
    positions: int = 500
    guided: int = 2


def sinusoids(length: int, channels: int) -> Tensor:
    """Whisper's fixed positions, shape (length, channels)."""
    step = math.log(10000) / (channels // 2 - 1)
    scaled = torch.arange(length).view(-1, 1) * torch.exp(-step * torch.arange(channels // 2)).view(1, -1)
    return torch.cat([scaled.sin(), scaled.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; gives the raw weights of the first heads when asked."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        """(batch, n, width) to (batch, heads, n, width / heads)."""
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(
        self, x: Tensor, source: Tensor, mask: Tensor | None = None, causal: bool = False, guided: int = 0
    ) -> tuple[Tensor, Tensor | None]:
        """`x` (batch, n, width) attends to `source`; weights (batch, guided, n, m) before the softmax."""
        query = self._split(self.q_proj(x))
        key, value = self._split(self.k_proj(source)), self._split(self.v_proj(source))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
        out = self.out_proj(mixed.transpose(1, 2).reshape(x.shape))
        if not guided:
            return out, None
        weights: Tensor = (query[:, :guided] @ key[:, :guided].transpose(-1, -2)).float()
        weights = weights / math.sqrt(query.shape[-1])
        return out, weights if mask is None else weights + mask.float()


class EncoderLayer(nn.Module):
    """Self-attention and a feed-forward part, normalised first."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attn = Attention(shape.width, shape.heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, 4 * shape.width)
        self.fc2 = nn.Linear(4 * shape.width, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(batch, n, width) in and out."""
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn(normed, normed, mask)[0]
        further: Tensor = self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x))))
        return x + further


class DecoderLayer(nn.Module):
    """Self-attention on the text so far, attention on the sound, feed-forward."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attn = Attention(shape.width, shape.heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        self.encoder_attn = Attention(shape.width, shape.heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, 4 * shape.width)
        self.fc2 = nn.Linear(4 * shape.width, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)

    def forward(self, x: Tensor, heard: Tensor, mask: Tensor, guided: int) -> tuple[Tensor, Tensor | None]:
        """Text (batch, n, width) and the attention on the sound of the guided heads."""
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn(normed, normed, causal=True)[0]
        found, weights = self.encoder_attn(self.encoder_attn_layer_norm(x), heard, mask, guided=guided)
        x = x + found
        return x + self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x)))), weights


class Encoder(nn.Module):
    """Features (batch, 80, frames) to (batch, frames / 2 + 1, width): the last position is the padding."""

    mask: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.positions + 1, shape.width)
        self.layers = nn.ModuleList([EncoderLayer(shape) for _ in range(shape.encoder_layers)])
        self.layer_norm = nn.LayerNorm(shape.width)
        self.embed_positions.weight.data[:-1] = sinusoids(shape.positions, shape.width)
        self.embed_positions.weight.data[-1].normal_(0, 0.5)

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """The encoded sound and its attention bias (1, 1, 1, positions + 1)."""
        count = features.shape[2] // 2
        padded = torch.cat([features, features.new_zeros(features.shape[0], MELS, 6)], 2)
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(padded)))).transpose(1, 2)
        x = torch.cat([x[:, :count], x[:, count + 1 : count + 2]], 1)
        positions = self.embed_positions.weight
        x = x + torch.cat([positions[:count], positions[-1:]], 0)
        mask = x.new_zeros(1, 1, 1, count + 1)
        mask[..., -1] = math.log(POSITIONS - count)
        for layer in self.layers:
            x = layer(x, mask)
        return self.layer_norm(x), mask


class Decoder(nn.Module):
    """Tokens (batch, n) and encoded sound to (batch, n, width)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.guided = shape.guided
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.embed_positions = nn.Embedding(TEXT_POSITIONS, shape.width)
        self.layers = nn.ModuleList([DecoderLayer(shape) for _ in range(shape.decoder_layers)])
        self.layer_norm = nn.LayerNorm(shape.width)
        self.embed_tokens.weight.data.normal_(0, shape.width**-0.5)
        self.embed_positions.weight.data = sinusoids(TEXT_POSITIONS, shape.width) * 0.1

    def forward(self, tokens: Tensor, heard: Tensor, mask: Tensor) -> tuple[Tensor, list[Tensor]]:
        """The text's states, and each layer's guided attention."""
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        attention = []
        for layer in self.layers:
            x, weights = layer(x, heard, mask, self.guided)
            attention.append(weights)
        return self.layer_norm(x), attention


class DemoWhisper(nn.Module):
    """Encoder, decoder, and a phoneme reader on the encoder that only training uses."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.phonemes = nn.Linear(shape.width, shape.phonemes)

    def forward(self, features: Tensor, tokens: Tensor) -> tuple[Tensor, list[Tensor], Tensor]:
        """States of the text, guided attention by layer, phoneme scores (batch, positions, phonemes)."""
        heard, mask = self.encoder(features)
        states, attention = self.decoder(tokens, heard, mask)
        return states, attention, self.phonemes(heard[:, :-1])

    def scores(self, states: Tensor) -> Tensor:
        """Token scores of decoder states."""
        return functional.linear(states, self.decoder.embed_tokens.weight)
