"""Weights to go on training from, read back from an exported model: the folder keeps no float checkpoint.

The layout is CTranslate2's binary format, version 6: per variable its name, shape, type and bytes; int8
weights have one scale per row, and value = int8 / scale. Exported again unchanged, they give the same file.
"""

import struct
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transcripts.demo_speech.errors import DemoSpeechError

_VERSION = 6
_FLOAT32, _INT8 = 0, 1
_LAYER_NAMES = (
    ("self_attn_layer_norm", "self_attention/layer_norm"),
    ("encoder_attn_layer_norm", "attention/layer_norm"),
    ("final_layer_norm", "ffn/layer_norm"),
    ("self_attn.out_proj", "self_attention/linear_1"),
    ("encoder_attn.q_proj", "attention/linear_0"),
    ("encoder_attn.out_proj", "attention/linear_2"),
    ("fc1", "ffn/linear_0"),
    ("fc2", "ffn/linear_1"),
)
# Projections that the format joins, row after row. Keys have no bias: theirs is written as zeros.
_JOINED = (
    ("self_attn", ("q_proj", "k_proj", "v_proj"), "self_attention/linear_0"),
    ("encoder_attn", ("k_proj", "v_proj"), "attention/linear_1"),
)

Variables = dict[str, npt.NDArray[np.float32]]


def exported_weights(folder: Path, positions: int) -> Variables:
    """The weights in `folder`/model.bin by the names of DemoWhisper, all but its phoneme reader.

    `positions`: the encoder's in training, to which one for the padding comes.
    Raises DemoSpeechError when the file is of another format.
    """
    found = read_variables(folder / "model.bin")
    named = {
        "decoder.embed_tokens.weight": found["decoder/embeddings/weight"],
        "decoder.embed_positions.weight": found["decoder/position_encodings/encodings"],
        # The export repeats the tail position for all the padding; one is enough here.
        "encoder.embed_positions.weight": found["encoder/position_encodings/encodings"][: positions + 1],
    }
    for conv in ("conv1", "conv2"):
        _take(named, f"encoder.{conv}", found, f"encoder/{conv}")
    for side in ("encoder", "decoder"):
        _take(named, f"{side}.layer_norm", found, f"{side}/layer_norm")
        for layer in count():
            if f"{side}/layer_{layer}/ffn/linear_0/weight" not in found:
                break
            _take_layer(named, f"{side}.layers.{layer}", found, f"{side}/layer_{layer}")
    return named


def _take_layer(named: Variables, ours: str, found: Variables, theirs: str) -> None:
    for name, other in _LAYER_NAMES:
        if f"{theirs}/{other}/bias" in found or f"{theirs}/{other}/beta" in found:
            _take(named, f"{ours}.{name}", found, f"{theirs}/{other}")
    for attention, parts, other in _JOINED:
        if f"{theirs}/{other}/weight" not in found:
            continue
        weights = np.split(found[f"{theirs}/{other}/weight"], len(parts))
        biases = np.split(found[f"{theirs}/{other}/bias"], len(parts))
        for part, weight, bias in zip(parts, weights, biases, strict=True):
            named[f"{ours}.{attention}.{part}.weight"] = weight
            if part != "k_proj":
                named[f"{ours}.{attention}.{part}.bias"] = bias


def _take(named: Variables, ours: str, found: Variables, theirs: str) -> None:
    """A linear layer, a convolution or a norm."""
    weight, bias = ("gamma", "beta") if theirs.endswith("layer_norm") else ("weight", "bias")
    named[f"{ours}.weight"], named[f"{ours}.bias"] = found[f"{theirs}/{weight}"], found[f"{theirs}/{bias}"]


def read_variables(path: Path) -> Variables:
    """Every float32 or int8 variable of the model file at `path`, as float32 with its scale undone."""
    data, at = path.read_bytes(), 0

    def take(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(f"<{form}", data, at)
        at += struct.calcsize(form)
        return int(value)

    def name() -> str:
        nonlocal at
        length = take("H")
        at += length
        return data[at - length : at - 1].decode()

    if (version := take("I")) != _VERSION:
        raise DemoSpeechError(f"{path}: formato {version} de CTranslate2, se esperaba {_VERSION}")
    name()
    take("I")
    stored: dict[str, npt.NDArray[np.generic]] = {}
    for _ in range(take("I")):
        called = name()
        dimensions = [take("I") for _ in range(take("B"))]
        kind, size = take("B"), take("I")
        if kind == _FLOAT32 or (kind == _INT8 and len(dimensions) > 1):
            form = np.float32 if kind == _FLOAT32 else np.int8
            stored[called] = np.frombuffer(data, form, int(np.prod(dimensions)), at).reshape(dimensions)
        at += size
    return {called: _plain(called, stored) for called in stored if not called.endswith("_scale")}


def _plain(called: str, stored: dict[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.float32]:
    value = np.asarray(stored[called], np.float32)
    if f"{called}_scale" not in stored:
        return value
    scale = np.asarray(stored[f"{called}_scale"], np.float32)
    return value / scale.reshape(-1, *[1] * (value.ndim - 1))
