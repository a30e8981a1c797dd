"""How near `nlp.ladder` comes to labelled pairs of objection and answer: does it fit, which rungs are there.

Three ways: objections and acts where people labelled them; objections there and acts as found; both as found,
over the objections that were found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlp.labels import act_ids, objection_ids
from nlp.ladder import pairs
from nlp.ladder_model import RUNGS
from nlp.learn.examples import Example
from nlp.learn.figures import Pair, table
from nlp.learn.ladder import with_gold
from nlp.types import Findings

GIVEN: dict[str, frozenset[str]] = {
    "labelled": frozenset((*objection_ids(), *act_ids())),
    "found_acts": frozenset(objection_ids()),
    "found": frozenset(),
}  # the labels that stand where people put them, by way
OUTCOMES = ("fits", "unfit")
Met = dict[str, list[Pair]]  # by way: outcome and rungs of each pair, by hand and as told


def met(example: Example, findings: Findings) -> Met:
    """The labelled pairs of a call, and what `nlp.ladder` says of them."""
    gold = {(one.turn, one.id): one for one in example.answered if one.fit is not None}
    out: Met = {}
    for way, given in GIVEN.items() if gold else ():
        told = pairs(example.transcript(), with_gold(example, findings, given))
        out[way] = [
            (_labels(one.rungs, bool(one.fit)), _labels(pair.rungs, pair.outcome in ("fits", "call_ended")))
            for pair in told
            if (one := gold.get((pair.objection.quote.turn, pair.objection.label)))
        ]
    return out


def _labels(rungs: Sequence[str] | Mapping[str, Any], fits: bool) -> frozenset[str]:
    return frozenset(rungs) | {OUTCOMES[0] if fits else OUTCOMES[1]}


def figures(calls: Sequence[Met], seed: int) -> dict[str, Any]:
    """By way: `n` pairs, tables of outcomes and of rungs. Of the outcomes, F1 "micro" is the share right."""
    return {
        way: {
            "n": sum(len(one[way]) for one in calls if one),
            "outcomes": table([one[way] for one in calls if one], OUTCOMES, seed),
            "rungs": table([one[way] for one in calls if one], RUNGS, seed),
        }
        for way in GIVEN
    }
