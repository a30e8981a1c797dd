"""Write a trained net as `nlp.net.Net` reads it: one ONNX graph, the pieces, the labels.

Large weights are kept in whole numbers of a byte, each row with its scale, and made floats when the graph is
loaded: a quarter of the size, the same speed.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from nlp.learn.examples import LABELS
from nlp.learn.net.model import Net

OPSET = 17
LEAST = 10_000  # numbers in a weight that is worth packing
NAMES = ("key", "say", "mean")


def export(net: Net, pieces_json: Path, folder: Path) -> None:
    """Write `net.onnx`, `pieces.json`, `labels.json` into `folder`."""
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "net.onnx"
    example = (torch.ones(2, 9, dtype=torch.long) * 5, torch.zeros(2, 9, dtype=torch.long), torch.zeros(2))
    axes = {name: {0: "rows", 1: "places"} for name in ("ids", "who", *NAMES)} | {"single": {0: "rows"}}
    torch.onnx.export(
        net, example, str(file),
        input_names=["ids", "who", "single"], output_names=list(NAMES),
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    onnx.save(packed(onnx.load(file)), file)
    shutil.copyfile(pieces_json, folder / "pieces.json")
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")


def packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with each large weight as bytes and scales, and two steps that make it a float again."""
    graph = model.graph
    nodes, kept = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < LEAST:
            kept.append(tensor)
            continue
        small, scale = whole_numbers(values)
        name = tensor.name
        kept += [
            numpy_helper.from_array(small, f"{name}.bytes"),
            numpy_helper.from_array(scale, f"{name}.scale"),
        ]
        nodes.append(helper.make_node("Cast", [f"{name}.bytes"], [f"{name}.cast"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.cast", f"{name}.scale"], [name]))
    del graph.initializer[:]
    graph.initializer.extend(kept)
    after = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *after])
    onnx.checker.check_model(model)
    return model


def whole_numbers(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """`values` as bytes and the scale of each output: the smaller error of rows and columns."""
    best: tuple[float, NDArray[np.int8], NDArray[np.float32]] | None = None
    for axis in (0, 1) if values.ndim == 2 else (0,):
        scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-8) / 127
        small = np.round(values / scale).astype(np.int8)
        error = float(((small * scale - values) ** 2).sum())
        if best is None or error < best[0]:
            best = (error, small, scale.astype(np.float32))
    assert best is not None
    return best[1], best[2]
