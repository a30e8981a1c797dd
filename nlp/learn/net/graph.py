"""The exported graph of a net made small and quick.

The dense layers multiply whole numbers of a byte: weights have a scale for each output, what comes in has one
for each row of turns, found as it comes. Rows of pieces are kept as bytes too, and made floats where they are
looked up. Attention becomes one step of onnxruntime's own in place of a dozen.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LEAST = 1_000_000  # numbers in a table that is worth keeping as bytes
OWN = "com.microsoft"  # onnxruntime's own steps
_MIXED = re.compile(r"(/layers\.\d+)/mixed/MatMul_output_0")


def fused(model: onnx.ModelProto, heads: int) -> onnx.ModelProto:
    """The model with the attention of each layer as one step: names are those of `nlp.learn.net.model`.

    `nlp.net` reads each row by itself: no place is padding, and nothing is left out of sight.
    """
    graph = model.graph
    nodes: list[NodeProto] = []
    for node in graph.node:
        layer = _MIXED.fullmatch(node.output[0])
        if layer:
            asked = [f"{layer[1]}/{part}/Add_output_0" for part in ("query", "key", "value")]
            seen = f"{layer[1]}/seen"
            nodes.append(helper.make_node("MultiHeadAttention", asked, [seen], domain=OWN, num_heads=heads))
            node.input[0] = seen
        nodes.append(node)
    kept = _used(nodes, {one.name for one in graph.output})
    del graph.node[:]
    graph.node.extend(kept)
    if all(one.domain != OWN for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(OWN, 1))
    onnx.checker.check_model(model)
    return model


def _used(nodes: list[NodeProto], wanted: set[str]) -> list[NodeProto]:
    """The nodes that lead to what is wanted, in their order."""
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.append(node)
            wanted.update(node.input)
    return kept[::-1]


def in_whole_numbers(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with dense layers that multiply bytes; a quarter of the size, twice as quick.

    Weights keep to seven bits: with eight, sums overflow on processors without instructions for them.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "whole.onnx"
        quantize_dynamic(
            model, file, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=True, extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
        return onnx.load(file)


def looked_up(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model with every large table that rows are looked up in as bytes, each row with its scale."""
    graph = model.graph
    tables = {tensor.name: tensor for tensor in graph.initializer}
    nodes = []
    for node in graph.node:
        table = tables.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None or table.data_type != TensorProto.FLOAT or numpy_helper.to_array(table).size < LEAST:
            nodes.append(node)
            continue
        small, scale = whole_numbers(numpy_helper.to_array(table))
        name, rows = table.name, node.input[1]
        graph.initializer.remove(table)
        graph.initializer.append(numpy_helper.from_array(small, f"{name}.bytes"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}.scale"))
        nodes += [
            helper.make_node("Gather", [f"{name}.bytes", rows], [f"{name}.row"]),
            helper.make_node("Gather", [f"{name}.scale", rows], [f"{name}.by"]),
            helper.make_node("Cast", [f"{name}.row"], [f"{name}.cast"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}.cast", f"{name}.by"], [node.output[0]]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def whole_numbers(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """`table` [rows, width] as bytes, and the scale of each row [rows, 1]."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)
