"""Does more corpus still help? The linear tagger, taught by ever more authors, on dev authors it never saw.

    python -m benchmarks.curve [--orders 5] [--out benchmarks/results/curve.json]

Authors are added in random orders (seeded). F1 is micro, per turn; the one threshold is chosen on half of the
dev authors and measured on the other, both ways. The linear tagger stands for the whole: the net takes hours
to teach, and votes beside it. `last_2000`: what the last 2,000 turns lifted, from the straight line through
the last two points.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.cues import Side
from nlp.learn.examples import Example, read_examples
from nlp.learn.linear import train_linear
from nlp.learn.train import turns_of
from nlp.linear import Linear, Seen
from nlp.trained import SIDES, labels_of

SHARES = (0.25, 0.5, 0.75, 1.0)
BARS = np.linspace(0.05, 0.9, 35)
Known = NDArray[np.bool_]


def curve(train: Sequence[Example], dev: Sequence[Example], side: Side, orders: int) -> list[dict[str, Any]]:
    """One point for each share of the authors: turns and F1, means over the orders."""
    authors = sorted({example.author for example in train})
    halves = _halves(dev, side)
    points = []
    for share in SHARES:
        turns, f1 = [], []
        for order in range(orders if share < 1 else 1):
            drawn = random.Random(order).sample(authors, max(1, round(share * len(authors))))
            seen, truth = turns_of([e for e in train if e.author in drawn], side)
            artefact = train_linear(seen, truth, labels_of(side))
            turns.append(len(seen))
            f1.append(_measured(Linear(artefact), halves))
        points.append({"turns": round(statistics.mean(turns)), "f1": round(statistics.mean(f1), 4)})
        print(side, points[-1], flush=True)
    return points


def _halves(dev: Sequence[Example], side: Side) -> list[tuple[list[Seen], Known]]:
    authors = sorted({example.author for example in dev})
    names = labels_of(side)
    out = []
    for part in (authors[::2], authors[1::2]):
        seen, truth = turns_of([e for e in dev if e.author in part], side)
        out.append((seen, np.array([[name in one for name in names] for one in truth])))
    return out


def _measured(tagger: Linear, halves: list[tuple[list[Seen], Known]]) -> float:
    scores = [tagger.scores(seen) for seen, _ in halves]
    known = [truth for _, truth in halves]
    found = []
    for here, there in ((0, 1), (1, 0)):
        bar = max(BARS, key=lambda bar: _f1(scores[here] >= bar, known[here]))
        found.append(_f1(scores[there] >= bar, known[there]))
    return statistics.mean(found)


def _f1(said: Known, known: Known) -> float:
    both = int((said & known).sum())
    return 2 * both / max(1, int(said.sum() + known.sum()))


def last_2000(points: Sequence[dict[str, Any]]) -> float:
    """What 2,000 turns more lifted F1 by at the end, in points of 100."""
    before, last = points[-2:]
    return round(100 * 2000 * (last["f1"] - before["f1"]) / (last["turns"] - before["turns"]), 2)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--orders", type=int, default=5, help="random orders of the authors")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    train, dev = read_examples(splits=("train",)), read_examples(splits=("dev",))
    report: dict[str, Any] = {}
    for side in SIDES:
        points = curve(train, dev, side, options.orders)
        report[side] = {"points": points, "last_2000": last_2000(points)}
    print(json.dumps(report, indent=1))
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
