"""Write a trained net as `nlp.net.Net` reads it: two ONNX graphs, the pieces, the labels."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from torch import Tensor, nn

from nlp.learn.examples import LABELS
from nlp.learn.net.model import Net

OPSET = 17


class _Reader(nn.Module):
    """The turn reader with its word table and first layer made one, in whole numbers of a byte."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        with torch.no_grad():
            table = net.turn.into(net.turn.word.weight)
            scale = table.abs().amax(1, keepdim=True).clamp(min=1e-6) / 127
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        self.net = net.turn

    def forward(self, ids: Tensor, there: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.table[ids].float() * self.scale[ids]
        for block in self.net.blocks:
            x = block(x, there)
        x = self.net.ln(x)
        return x, self.net.key(x).clamp(-15, 15), self.net.say(x)


class _Caller(nn.Module):
    def __init__(self, net: Net) -> None:
        super().__init__()
        self.vector, self.call = net.pool.vector, net.call

    def forward(self, logits: Tensor, seen: Tensor, who: Tensor, place: Tensor) -> Tensor:
        return self.call(logits, torch.tanh(self.vector(seen)), who, place)  # type: ignore[no-any-return]


def export(net: Net, pieces_json: Path, folder: Path) -> None:
    """Write `turn.onnx`, `call.onnx`, `pieces.json`, `labels.json` into `folder`."""
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    width, labels = net.turn.into.out_features, len(LABELS)
    torch.onnx.export(
        _Reader(net), (torch.ones(9, dtype=torch.long), torch.ones(9, 1)), str(folder / "turn.onnx"),
        input_names=["ids", "there"], output_names=["features", "key", "say"],
        dynamic_axes={name: {0: "places"} for name in ("ids", "there", "features", "key", "say")},
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    shape = (2, 3)
    torch.onnx.export(
        _Caller(net),
        (torch.zeros(*shape, labels), torch.zeros(*shape, 2 * width), torch.zeros(*shape, 3),
        torch.zeros(*shape, 2)),
        str(folder / "call.onnx"),
        input_names=["logits", "seen", "who", "place"], output_names=["out"],
        dynamic_axes={name: {0: "calls", 1: "turns"} for name in ("logits", "seen", "who", "place", "out")},
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    shutil.copyfile(pieces_json, folder / "pieces.json")
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
