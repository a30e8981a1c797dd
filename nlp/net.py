"""The trained net at work: a small transformer that reads the turns of a call in their order.

Turns are laid out in rows of up to `ROW` pieces, each row with the end of what came before it, so that a
turn is understood in its place. For each label the net weighs the words of a turn apart: what carries a
label can be quoted. Trained by `nlp.learn.net`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcripts.types import Speaker

Floats = NDArray[np.float32]
LONGEST = 160  # pieces of a turn that are read; what comes after them is left out
ROW, BEFORE = 256, 40  # pieces of a row; those of them that may be turns read before
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
SPEAKERS = ("agent", "debtor", "other")
FILES = ("net.onnx", "pieces.json", "labels.json")
CARRIES = 0.35  # of the heaviest piece's weight: what else carries a label


@dataclass(frozen=True, slots=True)
class Reading:
    """What the net says of one turn: a probability for each label, and the words that carry it."""

    scores: Floats
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


@dataclass(frozen=True, slots=True)
class Row:
    """Turns side by side: pieces, who says each, and where each turn that is to be read begins and ends."""

    ids: list[int]
    who: list[int]
    single: bool  # a turn by itself, without its call
    turns: tuple[tuple[int, int, int], ...]  # (turn, first, end)


def rows(
    sizes: Sequence[int], *, room: int = ROW, in_call: bool = True
) -> Iterator[tuple[list[int], list[int]]]:
    """(turns read before, turns to read) of every row, by the pieces of each turn; alone: one turn a row."""
    if not in_call:
        yield from (([], [turn]) for turn in range(len(sizes)))
        return
    at = 0
    while at < len(sizes):
        new, length = [at], sizes[at] + 2
        at += 1
        while at < len(sizes) and length + sizes[at] + 1 <= room - BEFORE:
            new.append(at)
            length += sizes[at] + 1
            at += 1
        before: list[int] = []
        held = 0
        for turn in range(new[0] - 1, -1, -1):
            held += sizes[turn] + 1
            if held > BEFORE:
                break
            before.insert(0, turn)
        yield before, new


def laid_out(
    ids: Sequence[Sequence[int]],
    who: Sequence[int],
    before: Sequence[int],
    new: Sequence[int],
    *,
    single: bool,
) -> Row:
    """The row of some turns, each ended by `END`."""
    pieces, says, places = [BEGIN], [who[new[0]]], []
    for turn in (*before, *new):
        if turn >= new[0]:
            places.append((turn, len(pieces), len(pieces) + len(ids[turn])))
        pieces += [*ids[turn], END]
        says += [who[turn]] * (len(ids[turn]) + 1)
    return Row(pieces, says, single, tuple(places))


class Net:
    """The net of a folder: `net.onnx`, `pieces.json`, `labels.json`."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # a call is small; workers run side by side
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._run = onnxruntime.InferenceSession(
            folder / "net.onnx", options, providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the two steps apart take a fifth of the time
        ).run  # fmt: skip
        self._tokenizer = Tokenizer.from_file(str(folder / "pieces.json"))
        self.labels: tuple[str, ...] = tuple(json.loads((folder / "labels.json").read_text(encoding="utf-8")))

    def read(self, turns: Sequence[tuple[Speaker, str]], *, in_call: bool = True) -> list[Reading]:
        """A reading of every turn, in order. `in_call` False: every turn stands alone."""
        if not turns:
            return []
        found = self._tokenizer.encode_batch([text for _, text in turns], add_special_tokens=False)
        ids = [one.ids[:LONGEST] or [UNKNOWN] for one in found]
        who = [SPEAKERS.index(speaker) if speaker in SPEAKERS else 1 for speaker, _ in turns]
        single = not in_call or len(turns) == 1
        laid = [
            laid_out(ids, who, before, new, single=single)
            for before, new in rows([len(one) for one in ids], in_call=in_call)
        ]
        out: dict[int, Reading] = {}
        for row in laid:
            for turn, scores, weights in self._row(row):
                out[turn] = Reading(scores, weights, tuple(found[turn].offsets[:LONGEST]) or ((0, 0),))
        return [out[turn] for turn in range(len(turns))]

    def _row(self, row: Row) -> Iterator[tuple[int, Floats, Floats]]:
        """(turn, probabilities, weight of each piece) of every turn in the row.

        A row is read by itself: its figures stay in the processor's cache, and no other row's hang on them.
        """
        asked = {
            "ids": np.array([row.ids]),
            "who": np.array([row.who]),
            "single": np.array([row.single], np.float32),
        }
        out: Any = self._run(None, asked)
        key, say, mean = (part[0] for part in out)
        for turn, first, end in row.turns:
            weights = np.exp(key[first:end])
            weights /= weights.sum(axis=0) + 1e-6
            raw = (weights * say[first:end]).sum(axis=0) + mean[first:end].mean(axis=0)
            yield turn, (1 / (1 + np.exp(-raw))).astype(np.float32), weights
