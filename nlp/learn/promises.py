"""Learns what each piece of evidence weighs for a promise (`nlp/promise_weights.yaml`).

    python -m nlp.learn.promises nlp/corpus --cases tests/cases/promises.yaml

Every call offers its pairs of sum and day, and «none», whose score is 0; the weights make the labelled one
the likeliest (softmax, ridge). Calls are read with their labels as the taggers would find them, some of them
missed and some made up (`as_found`), and every second call without any, as where no tagger ran. First every
author is left out in turn and judged by weights learned from the others: that figure is the honest one. Calls
whose promise no pair has are left out of the learning.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy.optimize import minimize

from nlp.learn.examples import CORPUS, Example, read_examples
from nlp.promises import view_of
from nlp.types import Finding
from nlp.weighing import FILE, NONE_FROM, evidence_by_pair
from transcripts.types import CaseFacts, Recording, Speaker, Transcript, Turn

RIDGE, STEPS, CASES_COUNT = 40.0, 300, 10  # the short cases count ten times: they are few and sure
# how often the taggers miss a label, and where they find one that is not there (tagged dev calls)
MISSED = {
    "read_back": 0.28, "asks_commitment": 0.3, "vague_promise": 0.5, "refusal": 0.5, "needs_third_party": 0.3,
    "already_paid": 0.3, "not_my_debt": 0.6,
}  # fmt: skip
MADE_UP: dict[str, tuple[frozenset[str], float]] = {
    "read_back": (frozenset({"asks_commitment", "answers", "offers_alternatives", "states_debt"}), 0.06),
    "vague_promise": (frozenset(), 0.03),
    "refusal": (frozenset(), 0.01),
    "needs_third_party": (frozenset(), 0.01),
}
_SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor", "O": "other"}
_HEAD = """\
# What each piece of evidence (`nlp/evidence.py`, `nlp/pair_evidence.py`) adds to the log-odds that a sum
# and a day were promised. Learned by `nlp.learn.promises`: not to be edited by hand.
"""
Floats = NDArray[np.float64]
Answer = tuple[Decimal, datetime.date]


@dataclass(frozen=True, slots=True)
class Task:
    """A call as the learner sees it: one row of evidence a pair, row 0 is «none». `gold` -1: no row fits."""

    author: str
    rows: tuple[dict[str, float], ...]
    gold: int
    promised: bool

    def posed(self, names: Sequence[str]) -> Posed:
        table = np.array([[row.get(name, 0.0) for name in names] for row in self.rows])
        return Posed(self.author, table, self.gold, self.promised)


@dataclass(frozen=True, slots=True)
class Posed:
    """A task as a table of figures, one column a name."""

    author: str
    table: Floats
    gold: int
    promised: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS)
    parser.add_argument(
        "--cases", type=Path, help="short cases (YAML) that count as calls of one more author"
    )
    args = parser.parse_args()
    calls = [e for e in read_examples(args.corpus, ["train"]) if e.kind == "call" and not e.part]
    tasks = [_task(example, read=True) for example in calls]
    unread = [_task(example, read=False) for example in calls[::2]]
    cases = [task_of(*case, "cases") for case in read_cases(args.cases)] if args.cases else []
    names = sorted({name for task in (*tasks, *unread, *cases) for row in task.rows for name in row})
    posed, bare, sure = ([task.posed(names) for task in some] for some in (tasks, unread, cases))
    right = 0
    for author in sorted({one.author for one in posed}):
        others = [one for one in (*posed, *bare) if one.author != author]
        weights = learn([*others, *sure * CASES_COUNT])
        right += sum(judged(one, weights) for one in posed if one.author == author)
    sys.stdout.write(f"each author left out in turn: {right} of {len(posed)} calls right\n")
    weights = learn([*posed, *bare, *sure * CASES_COUNT])
    lines = [f"{name}: {weight:.3f}\n" for name, weight in zip(names, weights, strict=True)]
    FILE.write_text(_HEAD + "".join(lines), encoding="utf-8")


def _task(example: Example, *, read: bool) -> Task:
    transcript, answer = told_in(example)
    return task_of(transcript, answer, example.author, as_found(example, transcript) if read else ())


def as_found(example: Example, transcript: Transcript) -> list[Finding]:
    """The labels of a call as taggers may find them: some missed, some made up, the same ones each time."""
    chance = random.Random(example.id)
    out = []
    for index, turn in enumerate(example.turns):
        labels = {label.id for label in turn.labels}
        kept = [label for label in sorted(labels) if chance.random() >= MISSED.get(label, 0.0)]
        for label, (beside, share) in MADE_UP.items():
            fits = bool(labels & beside) if beside else turn.side == "debtor"
            if label not in labels and fits and chance.random() < share:
                kept.append(label)
        out += [Finding(label, transcript.quote(index), 1.0, "label") for label in kept]
    return out


def told_in(example: Example) -> tuple[Transcript, Answer | None]:
    started = datetime.date.fromisoformat(example.call_date) if example.call_date else None
    recording = Recording(example.id, call_started_at=started, country=example.country)
    transcript = Transcript(recording, tuple(Turn(turn.speaker, turn.text) for turn in example.turns))
    told = example.promise
    if told is None or told.amount is None or told.date is None:
        return transcript, None
    return transcript, (Decimal(str(told.amount)), datetime.date.fromisoformat(told.date))


def read_cases(path: Path) -> list[tuple[Transcript, Answer | None]]:
    return [_case(case) for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def _case(case: dict[str, Any]) -> tuple[Transcript, Answer | None]:
    lines = [line.split(": ", 1) for line in case["call"].strip().splitlines()]
    due = Decimal(str(case["due"])) if "due" in case else None
    recording = Recording(
        case["id"], call_started_at=case["date"], country=case["country"], facts=CaseFacts(amount_due=due)
    )
    transcript = Transcript(recording, tuple(Turn(_SPEAKERS[who], said) for who, said in lines))
    told = case["promise"]
    return transcript, (Decimal(str(told["amount"])), told["date"]) if told else None


def task_of(
    transcript: Transcript, answer: Answer | None, author: str, found: Sequence[Finding] = ()
) -> Task:
    pairs = evidence_by_pair(view_of(transcript, found))
    rows = [{name: figure for part in parts for name, figure in part.items()} for parts in pairs.values()]
    gold = 0
    if answer is not None:
        gold = list(pairs).index(answer) + 1 if answer in pairs else -1
    return Task(author, ({}, *rows), gold, answer is not None)


def learn(posed: Sequence[Posed]) -> Floats:
    """The weights that make the labelled answers likeliest; the same tasks give the same weights."""
    usable = [one for one in posed if one.gold >= 0]
    table = np.concatenate([one.table for one in usable])
    sizes = np.array([len(one.table) for one in usable])
    starts = np.cumsum(sizes) - sizes
    gold = starts + np.array([one.gold for one in usable])
    spread = table.std(0) + 0.1
    table = table / spread
    wanted = table[gold].sum(0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ weights
        shares, logs = _shares(scores, starts, sizes)
        value = float((logs - scores[gold]).sum() + RIDGE * (weights @ weights) / 2)
        return value, np.asarray(table.T @ shares - wanted + RIDGE * weights)

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(found.x / spread)


def _shares(scores: Floats, starts: NDArray[np.int_], sizes: NDArray[np.int_]) -> tuple[Floats, Floats]:
    """The probability of each row within its call, and the log of each call's sum."""
    highest = np.maximum.reduceat(scores, starts)
    raised = np.exp(scores - np.repeat(highest, sizes))
    sums = np.add.reduceat(raised, starts)
    return raised / np.repeat(sums, sizes), np.log(sums) + highest


def judged(one: Posed, weights: Floats) -> bool:
    """Whether the weights find the labelled pair, or none where none was promised."""
    scores = one.table @ weights
    shares = np.exp(scores - scores.max())
    none = len(scores) == 1 or shares[0] / shares.sum() > NONE_FROM
    return not one.promised if none else int(scores[1:].argmax()) + 1 == one.gold


if __name__ == "__main__":
    main()
