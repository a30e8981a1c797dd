"""The trained taggers of a process: linear tagger and net, loaded once from `models/tagger`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import models
from models.loader import load, verify
from nlp.cues import Side
from nlp.labels import act_ids, objection_ids
from nlp.linear import Linear, Seen
from nlp.net import Net, Reading
from nlp.stack import Stack, Votes
from nlp.tagger import Heard, side_of
from transcripts.types import Speaker

FOLDER = Path(models.__file__).parent / "tagger"
Floats = NDArray[np.float32]
SIDES: tuple[Side, ...] = ("agent", "debtor")
# whether somebody is addressed as tú is told by grammar (`nlp.address`); «none» is the absence of the others
RULED = frozenset({"tuteo", "none"})


def labels_of(side: Side) -> tuple[str, ...]:
    """The labels that taggers of one side are trained on, in the order of their columns."""
    names = act_ids() if side == "agent" else objection_ids()
    return tuple(name for name in names if name not in RULED)


@dataclass(frozen=True, slots=True)
class Said:
    """What the trained taggers say of one turn; columns are `labels`, those that they were trained on. A
    label that is newer than the taggers, or that the stack has no threshold for, is the rules' alone; one
    newer than the net has no word of the net.
    """

    side: Side
    labels: tuple[str, ...]
    linear: Floats
    net: Floats
    reading: Reading
    columns: Mapping[str, int]  # label -> column of the net

    def span(self, label: str) -> tuple[int, int]:
        """Characters of the words that carry `label`, as the net weighs them."""
        if label in self.columns:
            return self.reading.span(self.columns[label])
        places = self.reading.places
        return (places[0][0], places[-1][1]) if places else (0, 0)

    def votes(self, heard: Heard, kept: Mapping[str, float]) -> Votes:
        """These scores beside the rules': `kept` is what the rules hold of each label at this place."""
        names = self.labels
        rule = [heard.found[name].score if name in heard.found else 0.0 for name in names]
        held = np.array([kept.get(name, 0.0) for name in names], np.float32)
        return Votes(self.linear, self.net, np.array(rule, np.float32), held)


class Taggers:
    """`linear` by side, the net, and the stacks by (side, mode); mode "call" or "utterance"."""

    def __init__(
        self, linear: Mapping[Side, Linear], net: Net, stacks: Mapping[tuple[str, str], Stack]
    ) -> None:
        self.linear, self.net, self.stacks = linear, net, stacks
        self.known = frozenset(name for one in linear.values() for name in one.labels)
        self._columns = {label: at for at, label in enumerate(net.labels)}

    def read(
        self, turns: Sequence[tuple[Speaker, str]], heard: Sequence[Heard], *, in_call: bool = True
    ) -> list[Said]:
        """What is said of every turn, in order; `in_call` False: without the turns before."""
        readings = self.net.read(turns, in_call=in_call)
        out: dict[int, Said] = {}
        for side in SIDES:
            mine = [i for i, (speaker, _) in enumerate(turns) if side_of(speaker) == side]
            seen = [
                Seen(turns[i][1], turns[i - 1][1] if in_call and i else "", heard[i].found, heard[i].concepts)
                for i in mine
            ]
            names = self.linear[side].labels
            columns = [self._columns.get(name, -1) for name in names]  # -1: a column of zeros
            for i, row in zip(mine, self.linear[side].scores(seen), strict=True):
                one = readings[i]
                net = np.append(one.scores, np.float32(0.0))[columns]
                out[i] = Said(side, names, row, net, one, self._columns)
        return [out[i] for i in range(len(turns))]


@lru_cache(maxsize=1)
def taggers() -> Taggers:
    """The taggers in `models/tagger`. Raises ModelError where a file is not what its card says."""
    verify("net", FOLDER)
    return Taggers(
        {side: Linear(_part(f"linear-{side}")) for side in SIDES},
        Net(FOLDER),
        {
            (side, mode): Stack(_part(f"stack-{side}-{mode}"))
            for side in SIDES
            for mode in ("call", "utterance")
        },
    )


def _part(name: str) -> Mapping[str, Any]:
    artefact, _ = load(name, FOLDER)
    return artefact  # type: ignore[no-any-return]
