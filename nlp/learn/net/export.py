"""Write a trained net as `nlp.net.Net` reads it: one ONNX graph, the pieces, the labels."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import onnx
import torch

from nlp.learn.examples import LABELS
from nlp.learn.net.graph import fused, in_whole_numbers, looked_up
from nlp.learn.net.model import HEADS, Net

OPSET = 17
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
    onnx.save(looked_up(in_whole_numbers(fused(onnx.load(file), HEADS))), file)
    shutil.copyfile(pieces_json, folder / "pieces.json")
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
