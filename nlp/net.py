"""The trained net at work: all turns of a call in one pass of onnxruntime, words weighed for each label.

Two graphs: one reads the pieces of all turns in a row, one adds what the turns before make of each. Between
them the places of a turn are summed up here. Trained by `nlp.learn.net`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcripts.types import Speaker

Floats = NDArray[np.float32]
LONGEST = 160  # pieces of a turn that are read; what comes after them is left out
GAP = 3  # empty places after a turn, so that no convolution sees two turns
PAD, UNKNOWN = 1, 3
SPEAKERS = ("agent", "debtor", "other")
FILES = ("turn.onnx", "call.onnx", "pieces.json", "labels.json")
FAR_IN = 20  # turns from which on a call is simply under way
CARRIES = 0.35  # of the heaviest piece's weight: what else carries a label


def place_of(turn: int | None) -> tuple[float, float]:
    """Where a turn stands, as the net is told: how far into the call (0..1), and whether it stands alone."""
    return (0.0, 1.0) if turn is None else (min(turn, FAR_IN) / FAR_IN, 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the net says of one turn: a probability for each label, with context and alone; and the words."""

    in_call: Floats
    alone: Floats
    weights: Floats  # [pieces, labels]
    places: tuple[tuple[int, int], ...]  # characters of each piece

    def span(self, label: int) -> tuple[int, int]:
        """Characters of the stretch that carries `label`: around the heaviest piece, gaps of two allowed."""
        weights = self.weights[:, label]
        if not len(weights):
            return 0, 0
        top = int(weights.argmax())
        first = last = top
        for step, end in ((-1, -1), (1, len(weights))):
            missed = 0
            for at in range(top + step, end, step):
                if weights[at] >= CARRIES * weights[top]:
                    first, last, missed = min(first, at), max(last, at), 0
                else:
                    missed += 1
                    if missed > 2:
                        break
        return self.places[first][0], self.places[last][1]


class Net:
    """The net of a folder: `turn.onnx`, `call.onnx`, `pieces.json`, `labels.json`."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = (
            1  # a call is small; workers run side by side
        )
        self._turn, self._call = (
            onnxruntime.InferenceSession(folder / f"{name}.onnx", options, providers=["CPUExecutionProvider"])
            for name in ("turn", "call")
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "pieces.json"))
        self.labels: tuple[str, ...] = tuple(json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    def read(self, turns: Sequence[tuple[Speaker, str]], *, in_call: bool = True) -> list[Reading]:
        """A reading of every turn, in order. `in_call` False: every turn stands alone."""
        if not turns:
            return []
        found = self._tokenizer.encode_batch([text for _, text in turns], add_special_tokens=False)
        ids = [one.ids[:LONGEST] or [UNKNOWN] for one in found]
        features, key, say = self._pieces(ids)
        lengths = np.array([len(one) for one in ids])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        weights = np.exp(key)
        weights /= np.repeat(np.add.reduceat(weights, starts), lengths, axis=0) + 1e-6
        logits = np.add.reduceat(weights * say, starts)
        seen = np.concatenate(
            [np.add.reduceat(features, starts) / lengths[:, None], np.maximum.reduceat(features, starts)],
            axis=1,
        )
        alone = self._in_call(logits, seen, turns, in_call=False)
        with_context = self._in_call(logits, seen, turns, in_call=True) if in_call else alone
        return [
            Reading(with_context[i], alone[i], weights[a : a + n], tuple(one.offsets[:LONGEST]) or ((0, 0),))
            for i, (one, a, n) in enumerate(zip(found, starts, lengths, strict=True))
        ]

    def _pieces(self, ids: list[list[int]]) -> tuple[Floats, Floats, Floats]:
        """Features, keys and says of every piece, turns behind one another without gaps."""
        row = np.array([piece for one in ids for piece in (*one, *[PAD] * GAP)], dtype=np.int64)
        kept = np.array([there for one in ids for there in (*[True] * len(one), *[False] * GAP)])
        out: Any = self._turn.run(None, {"ids": row, "there": kept[:, None].astype(np.float32)})
        features, key, say = (part[kept] for part in out)
        return features, key, say

    def _in_call(
        self, logits: Floats, seen: Floats, turns: Sequence[tuple[Speaker, str]], *, in_call: bool
    ) -> Floats:
        """Probabilities [turns, labels]; alone, every turn is a call of its own."""
        who = np.zeros((len(turns), len(SPEAKERS)), np.float32)
        for i, (speaker, _) in enumerate(turns):
            who[i, SPEAKERS.index(speaker) if speaker in SPEAKERS else 1] = 1
        place = np.array([place_of(i if in_call else None) for i in range(len(turns))], np.float32)
        parts = {"logits": logits, "seen": seen, "who": who, "place": place}
        shaped = {k: (v[None] if in_call else v[:, None]).astype(np.float32) for k, v in parts.items()}
        out: Any = self._call.run(None, shaped)[0]
        return (1 / (1 + np.exp(-out.reshape(len(turns), -1)))).astype(np.float32)  # type: ignore[no-any-return]
