"""Train the net: teachers on folds of authors, then a student on the labels and on what the teachers say.

    python -m nlp.learn.net.train --weights e5.npz --tokenizer tokenizer.json --out FOLDER

A teacher never says anything about an author it was trained on, so its scores carry over to authors nobody
has seen. Seeded; on a GPU two runs differ in the last digits.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from nlp.learn.examples import LABELS, Example, read_examples
from nlp.learn.net import batches
from nlp.learn.net.batches import Read
from nlp.learn.net.model import Student, Teacher
from nlp.learn.net.weights import read as read_weights

FOLDS = 5
SPAN_WEIGHT = 0.15
SMOOTH = 0.02
Rows = NDArray[np.float32]


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def span_loss(weights: Tensor, carried: Tensor) -> Tensor:
    """How little of the attention lies on the words that carry a label, where those are known."""
    known = carried.sum(1) > 0
    inside = (weights * carried).sum(1)
    return -(inside[known].clamp(min=1e-4)).log().mean() if known.any() else weights.sum() * 0


def label_loss(logits: Tensor, wanted: Tensor, mask: Tensor) -> Tensor:
    wanted = wanted * (1 - 2 * SMOOTH) + SMOOTH * 0.5
    return (F.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * mask).sum() / mask.sum()


class Turns:
    """All turns of some examples in a row, as places (example, turn)."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.places = [(e, t) for e, one in enumerate(examples) for t in range(len(one.turns))]
        self.mask = np.stack([batches.side_mask(examples[e].turns[t]) for e, t in self.places])
        self.truth = np.stack([batches.targets(examples[e].turns[t]) for e, t in self.places])


def teacher_batches(
    turns: Turns, reads: list[list[Read]], names: dict[str, list[int]], dice: random.Random, size: int,
    alone_share: float,
) -> Any:  # fmt: skip
    rows = [
        batches.with_context(turns.examples[e], reads[e], t, names, alone=dice.random() < alone_share)
        for e, t in turns.places
    ]
    for group in batches.shuffled(len(rows), size, [len(ids) for ids, _ in rows], dice):
        ids = batches.padded([rows[i][0] for i in group])
        segment = torch.zeros_like(ids)
        for at, i in enumerate(group):
            segment[at, rows[i][1] : len(rows[i][0]) - 1] = 1
        spans = [reads[turns.places[i][0]][turns.places[i][1]].carried for i in group]
        yield group, ids, segment, spans, [rows[i][1] for i in group]


def train_teacher(
    examples: Sequence[Example], arrays: Any, tokenizer: Any, names: dict[str, list[int]],
    *, pieces: int, epochs: int, seed: int, size: int = 48, rate: float = 6e-5,
) -> Teacher:  # fmt: skip
    torch.manual_seed(seed)
    dice = random.Random(seed)
    net = Teacher(pieces, len(LABELS)).to(device())
    net.start_from(arrays)
    turns = Turns(examples)
    fresh = [p for name, p in net.named_parameters() if name.startswith("head")]
    old = [p for name, p in net.named_parameters() if not name.startswith("head")]
    steps = epochs * (len(turns.places) // size + 1)
    optimiser = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": fresh, "lr": 1e-3}], weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rate, 1e-3], total_steps=steps + 1, pct_start=0.1, anneal_strategy="linear"
    )
    for _ in range(epochs):
        net.train()
        reads = batches.read_all(examples, tokenizer, dice, 0.35)
        for group, ids, segment, spans, shift in teacher_batches(turns, reads, names, dice, size, 0.3):
            ids, segment = ids.to(device()), segment.to(device())
            with torch.autocast(device(), torch.bfloat16, enabled=device() == "cuda"):
                logits, weights = net(ids, ids != 1, segment)
            carried = batches.carried_mask(spans, ids.shape[1], shift).to(device())
            wanted = torch.from_numpy(turns.truth[group]).to(device())
            mask = torch.from_numpy(turns.mask[group]).to(device())
            loss = label_loss(logits.float(), wanted, mask) * 10 + SPAN_WEIGHT * span_loss(weights.float(), carried)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            plan.step()
    return net


@torch.no_grad()
def teacher_says(
    net: Teacher, examples: Sequence[Example], tokenizer: Any, names: dict[str, list[int]], *, alone: bool
) -> Rows:
    """Logits [turns, labels] of all turns of `examples`, in order."""
    net.eval()
    turns = Turns(examples)
    reads = batches.read_all(examples, tokenizer, random.Random(0), 0.0)
    out = np.zeros((len(turns.places), len(LABELS)), np.float32)
    for group, ids, segment, _, _ in teacher_batches(
        turns, reads, names, random.Random(0), 256, 1.0 if alone else 0.0
    ):
        ids, segment = ids.to(device()), segment.to(device())
        with torch.autocast(device(), torch.bfloat16, enabled=device() == "cuda"):
            logits, _ = net(ids, ids != 1, segment)
        out[group] = logits.float().cpu().numpy()
    return out


def student_batch(
    examples: Sequence[Example], reads: Sequence[list[Read]], group: Sequence[int], soft: Sequence[Rows],
    alone_soft: Sequence[Rows], dice: random.Random, alone_share: float,
) -> dict[str, Tensor]:  # fmt: skip
    """Several calls side by side; some of them cut into single turns, some begun in the middle."""
    chains: list[tuple[int, list[int], bool]] = []
    for e in group:
        count = len(examples[e].turns)
        if count == 1 or dice.random() < alone_share:
            chains += [(e, [t], True) for t in range(count)]
        else:
            first = dice.randrange(0, count - 1) if dice.random() < 0.3 else 0
            chains.append((e, list(range(first, count)), False))
    longest = max(len(ts) for _, ts, _ in chains)
    flat = [(e, t) for e, ts, _ in chains for t in ts]
    ids = batches.padded([reads[e][t].ids for e, t in flat])
    where = torch.tensor([[c, k] for c, (_, ts, _) in enumerate(chains) for k in range(len(ts))])
    shape = (len(chains), longest)
    wanted, mask = torch.zeros(*shape, len(LABELS)), torch.zeros(*shape, len(LABELS))
    hard, who, place = torch.zeros_like(wanted), torch.zeros(*shape, 3), torch.zeros(*shape, 2)
    for c, (e, ts, single) in enumerate(chains):
        for k, t in enumerate(ts):
            turn = examples[e].turns[t]
            wanted[c, k] = torch.from_numpy((alone_soft if single else soft)[e][t])
            hard[c, k] = torch.from_numpy(batches.targets(turn))
            mask[c, k] = torch.from_numpy(batches.side_mask(turn))
            who[c, k, batches.SPEAKERS.index(turn.speaker)] = 1
            place[c, k, 0], place[c, k, 1] = min(t, 20) / 20 * (not single), float(single)
    carried = batches.carried_mask([reads[e][t].carried for e, t in flat], ids.shape[1], [0] * len(flat))
    alone = torch.stack([torch.from_numpy(alone_soft[e][t]) for e, t in flat])
    return {"ids": ids, "where": where, "wanted": wanted, "hard": hard, "mask": mask, "who": who,
            "place": place, "carried": carried, "alone": alone}  # fmt: skip


def run_student(net: Student, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """(logits in the call, logits alone, word weights)."""
    logits, weights, vectors = net.turn(batch["ids"])
    shape = batch["who"].shape[:2]
    chain, at = batch["where"].T
    put = torch.zeros(*shape, logits.shape[-1], device=logits.device).index_put((chain, at), logits.float())
    vec = torch.zeros(*shape, vectors.shape[-1], device=logits.device).index_put((chain, at), vectors.float())
    return net.call(put, vec, batch["who"], batch["place"]), logits, weights


def train_student(
    examples: Sequence[Example], soft: Sequence[Rows], alone_soft: Sequence[Rows], words: Tensor, tokenizer: Any,
    *, epochs: int, seed: int, hard_share: float = 0.4, size: int = 8, rate: float = 1.5e-3,
    shape: dict[str, Any] | None = None,
) -> Student:  # fmt: skip
    """`soft`, `alone_soft`: per example, the teachers' probabilities with and without context."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    net = Student(words.shape[0], len(LABELS), **(shape or {})).to(device())
    with torch.no_grad():
        net.turn.word.weight.copy_(words)
    singles = [i for i, e in enumerate(examples) if len(e.turns) <= 2]
    calls = [i for i, e in enumerate(examples) if len(e.turns) > 2]
    packs = size * 16
    steps = epochs * (len(calls) // size + len(singles) // packs + 2)
    words_of = [net.turn.word.weight]
    rest = [p for name, p in net.named_parameters() if name != "turn.word.weight"]
    optimiser = torch.optim.AdamW([{"params": words_of, "lr": rate / 10}, {"params": rest, "lr": rate}], weight_decay=0.02)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, [rate / 10, rate], total_steps=steps + 1, pct_start=0.1)
    for _ in range(epochs):
        net.train()
        reads = batches.read_all(examples, tokenizer, dice, 0.4)
        dice.shuffle(calls)
        dice.shuffle(singles)
        groups = [calls[i : i + size] for i in range(0, len(calls), size)]
        groups += [singles[i : i + packs] for i in range(0, len(singles), packs)]
        dice.shuffle(groups)
        for group in groups:
            batch = {
                k: v.to(device()) for k, v in student_batch(examples, reads, group, soft, alone_soft, dice, 0.3).items()
            }
            logits, alone, weights = run_student(net, batch)
            wanted = hard_share * batch["hard"] + (1 - hard_share) * batch["wanted"]
            flat_mask = batch["mask"][batch["where"][:, 0], batch["where"][:, 1]]
            loss = (
                10 * label_loss(logits, wanted, batch["mask"])
                + 5 * label_loss(alone, batch["alone"], flat_mask)
                + SPAN_WEIGHT * span_loss(weights, batch["carried"])
            )
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            plan.step()
    return net


@torch.no_grad()
def student_says(net: Student, examples: Sequence[Example], tokenizer: Any, *, alone: bool) -> list[Rows]:
    """Per example, logits [turns, labels]."""
    net.eval()
    reads = batches.read_all(examples, tokenizer, random.Random(0), 0.0)
    blank = [np.zeros((len(e.turns), len(LABELS)), np.float32) for e in examples]
    out = []
    for e, example in enumerate(examples):
        batch = student_batch(
            examples, reads, [e], blank, blank, random.Random(1), 1.0 if alone else -1.0
        ) if alone else _whole(examples, reads, e, blank)  # fmt: skip
        batch = {k: v.to(device()) for k, v in batch.items()}
        logits, _, _ = run_student(net, batch)
        chain, at = batch["where"].T
        out.append(logits[chain, at].float().cpu().numpy().reshape(len(example.turns), -1))
    return out


def _whole(examples: Sequence[Example], reads: Sequence[list[Read]], e: int, blank: Sequence[Rows]) -> dict[str, Tensor]:
    never = random.Random(0)
    never.random = lambda: 1.0  # type: ignore[method-assign]
    return student_batch(examples, reads, [e], blank, blank, never, 0.0)


def figures(scores: Rows, truth: Rows, mask: Rows, bars: Rows | float) -> dict[str, float]:
    """Micro and macro F1 of objections and acts."""
    out: dict[str, float] = {}
    said = (scores >= bars) & (mask > 0)
    gold = (truth > 0) & (mask > 0)
    for name, part in (("objections", slice(0, 20)), ("acts", slice(20, None))):
        hit = (said & gold)[:, part].sum(0)
        each = 2 * hit / np.maximum(1, said[:, part].sum(0) + gold[:, part].sum(0))
        out[f"{name}_micro"] = round(float(2 * hit.sum() / max(1, said[:, part].sum() + gold[:, part].sum())), 4)
        out[f"{name}_macro"] = round(float(each[gold[:, part].sum(0) > 0].mean()), 4)
    return out


def best_bars(scores: Rows, truth: Rows, mask: Rows) -> Rows:
    """Per label the threshold with the best F1, drawn toward one half where there is little to go by."""
    grid = np.linspace(0.1, 0.9, 33)
    bars = np.full(scores.shape[1], 0.5, np.float32)
    for k in range(scores.shape[1]):
        rows = mask[:, k] > 0
        s, g = scores[rows, k], truth[rows, k] > 0
        f1 = [2 * ((s >= b) & g).sum() / max(1, (s >= b).sum() + g.sum()) for b in grid]
        if g.sum():
            shrink = g.sum() / (g.sum() + 10)
            bars[k] = shrink * grid[int(np.argmax(f1))] + (1 - shrink) * 0.4
    return bars


def sigmoid(x: Rows) -> Rows:
    return (1 / (1 + np.exp(-x))).astype(np.float32)


def folds(examples: Sequence[Example], count: int) -> list[list[int]]:
    """Examples by author into `count` folds of about the same number of turns."""
    sizes: dict[str, int] = {}
    for one in examples:
        sizes[one.author] = sizes.get(one.author, 0) + len(one.turns)
    load = [0] * count
    home: dict[str, int] = {}
    for author, turns in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        home[author] = load.index(min(load))
        load[home[author]] += turns
    return [[i for i, one in enumerate(examples) if home[one.author] == k] for k in range(count)]


def main() -> int:
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher-epochs", type=int, default=6)
    parser.add_argument("--student-epochs", type=int, default=30)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--limit", type=int, help="so many examples only, to try the path")
    parser.add_argument("--shapes", default="256:384:3", help="width:inner:blocks of the students, by commas")
    parser.add_argument("--soft", type=Path, help="the teachers' words of an earlier run, instead of training any")
    options = parser.parse_args()
    started = time.time()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    names = {who: tokenizer.encode(name, add_special_tokens=False).ids for who, name in batches.NAMES.items()}
    source = {"folder": options.corpus} if options.corpus else {}
    train = _some(read_examples(splits=("train",), **source), options.limit)
    dev = _some(read_examples(splits=("dev",), **source), options.limit)
    arrays = read_weights(options.weights)
    pieces = tokenizer.get_vocab_size()
    turns, dev_turns = Turns(train), Turns(dev)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.soft:
        said = np.load(options.soft)
    else:
        said = _teach(train, dev, arrays, tokenizer, names, pieces, options, started)
        np.savez_compressed(options.out / "teachers.npz", **{k: v.astype(np.float16) for k, v in said.items()})
    report: dict[str, Any] = {"labels": LABELS, "train_turns": len(turns.places), "dev_turns": len(dev_turns.places)}
    for kind, told in (("oof", turns), ("dev", dev_turns)):
        for mode in ("call", "alone"):
            scores = sigmoid(said[f"{kind}_{mode}"].astype(np.float32))
            report[f"teacher_{kind}_{mode}"] = figures(scores, told.truth, told.mask, best_bars(scores, told.truth, told.mask))
    print(json.dumps({k: v for k, v in report.items() if k != "labels"}, indent=1), flush=True)
    starts = np.cumsum([0, *(len(e.turns) for e in train)])
    soft = [sigmoid(said["oof_call"][a:b].astype(np.float32)) for a, b in zip(starts, starts[1:], strict=False)]
    alone = [sigmoid(said["oof_alone"][a:b].astype(np.float32)) for a, b in zip(starts, starts[1:], strict=False)]
    words = torch.from_numpy(arrays["emb.word"].reshape(pieces, -1).copy())
    for shape in options.shapes.split(","):
        width, inner, blocks = map(int, shape.split(":"))
        net = train_student(
            train, soft, alone, words, tokenizer, epochs=options.student_epochs, seed=7,
            shape={"width": width, "inner": inner, "blocks": blocks},
        )  # fmt: skip
        for mode in ("call", "alone"):
            scores = sigmoid(np.concatenate(student_says(net, dev, tokenizer, alone=mode == "alone")))
            bars = best_bars(scores, dev_turns.truth, dev_turns.mask)
            report[f"student_{shape}_{mode}"] = figures(scores, dev_turns.truth, dev_turns.mask, bars)
            print(shape, mode, report[f"student_{shape}_{mode}"], round(time.time() - started), "s", flush=True)
        name = shape.replace(":", "-")
        torch.save({k: v.half().cpu() for k, v in net.state_dict().items()}, options.out / f"student-{name}.pt")
    (options.out / "net.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


def _some(examples: list[Example], limit: int | None) -> list[Example]:
    return examples if limit is None else examples[:: max(1, len(examples) // limit)]


def _teach(
    train: list[Example], dev: list[Example], arrays: Any, tokenizer: Any, names: dict[str, list[int]], pieces: int,
    options: argparse.Namespace, started: float,
) -> dict[str, Rows]:  # fmt: skip
    """What teachers say of authors they have not seen, and all of them together of the dev authors."""
    starts = np.cumsum([0, *(len(e.turns) for e in train)])
    size = len(LABELS)
    said = {f"oof_{mode}": np.zeros((starts[-1], size), np.float32) for mode in ("call", "alone")}
    for mode in ("call", "alone"):
        said[f"dev_{mode}"] = np.zeros((sum(len(e.turns) for e in dev), size), np.float32)
    for k, held in enumerate(folds(train, options.folds)):
        inside = set(held)
        rest = [one for i, one in enumerate(train) if i not in inside]
        net = train_teacher(
            rest, arrays, tokenizer, names, pieces=pieces, epochs=options.teacher_epochs, seed=11 + k
        )
        rows = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in held])
        for mode in ("call", "alone"):
            alone = mode == "alone"
            said[f"oof_{mode}"][rows] = teacher_says(net, [train[i] for i in held], tokenizer, names, alone=alone)
            said[f"dev_{mode}"] += teacher_says(net, dev, tokenizer, names, alone=alone) / options.folds
        print(f"fold {k}: {round(time.time() - started)} s", flush=True)
    return said


if __name__ == "__main__":
    raise SystemExit(main())
