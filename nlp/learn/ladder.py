"""Train the reading of objections and replies (`nlp.ladder_model`) on calls labelled by hand.

Objections stand where people labelled them. Every pair is learned twice: with the acts that the rules find,
and with those that people labelled. What the trained taggers find lies between: in the training calls, which
they have seen, they find more than in any new call, and the model would learn to trust acts too much.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from models.card import SUFFIX, Card
from models.loader import read_card, save
from nlp.analyze import ruled_findings
from nlp.labels import act_ids, objection_ids
from nlp.ladder import LaidOut
from nlp.ladder_model import NAME, RUNGS, TOLD, Exchange, features, fitted, packed
from nlp.learn.examples import Example
from nlp.learn.stack import GRID, f_score
from nlp.people import people
from nlp.types import Finding, Findings

log = logging.getLogger(__name__)
STRENGTH = 1.0  # inverse of the regularisation; chosen with authors left out
GROUPS = 8  # of authors, each left out in turn
GOLD = 0.95  # score of what people labelled
WAYS = ("ruled", "labelled")  # of knowing the acts: the readings of a task, in this order
Truth = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """A labelled pair as the learner sees it; `truth` holds for each of `TOLD`."""

    author: str
    call: str
    readings: tuple[Exchange, Exchange]
    truth: tuple[bool, ...]


def train_ladder(examples: Sequence[Example], folder: Path) -> Card | None:
    """Train on the labelled pairs of `examples` and save into `folder`; gives the card.

    None, and nothing saved, where there are no pairs of two authors at least.
    """
    tasks = [task for one in examples if one.answered for task in tasks_of(one)]
    authors = sorted({task.author for task in tasks})
    if len(authors) < 2:
        log.info("respuestas a objeciones: faltan pares etiquetados; no se entrena")
        return None
    scores, truth = left_out(tasks), np.array([task.truth for task in tasks])
    bars = _bars(np.concatenate(scores), np.tile(truth, (len(WAYS), 1)))
    there = (folder / f"{NAME}{SUFFIX}").exists()
    card = Card(
        name=NAME,
        version=read_card(NAME, folder).version + 1 if there else 1,
        summary="Objeciones y su respuesta: peldaños y si corresponde; regresión logística",
        made_on=datetime.date.today().isoformat(),
        data=f"corpus propio (nlp/corpus): {len(tasks)} pares de {len({task.call for task in tasks})} "
        f"llamadas y {len(authors)} autores; cifras con cada autor fuera del aprendizaje, con los actos de "
        "las reglas («ruled») y con los etiquetados («labelled»)",
        labels=TOLD,
        measured={
            f"{name}_{way}": figure
            for way, some in zip(WAYS, scores, strict=True)
            for name, figure in _measured(some, truth, bars).items()
        },
    )
    log.info("respuestas a objeciones: %d pares de %d autores", len(tasks), len(authors))
    return save({**fit(tasks), "bars": bars}, card, folder)


# pairs


def with_gold(example: Example, findings: Findings, ids: frozenset[str]) -> Findings:
    """`findings` with the labels of `ids` where people put them, and nowhere else."""
    transcript = example.transcript()
    gold = [
        Finding(label.id, transcript.quote(i, label.start, label.end), GOLD, "gold")
        for i, turn in enumerate(example.turns)
        for label in turn.labels
        if label.id in ids
    ]
    return replace(findings, findings=(*(f for f in findings.findings if f.label not in ids), *gold))


def tasks_of(example: Example) -> Iterator[Task]:
    """The labelled pairs of a call that got a reply."""
    transcript = example.transcript()
    found = ruled_findings(transcript)
    findings = Findings(tuple(found), people=people(transcript, found))
    ruled = LaidOut(transcript, with_gold(example, findings, frozenset(objection_ids())))
    labelled = LaidOut(transcript, with_gold(example, findings, frozenset((*objection_ids(), *act_ids()))))
    gold = {(one.turn, one.id): one for one in example.answered if one.fit is not None}
    for objection in ruled.objections:
        answered = gold.get((objection.quote.turn, objection.label))
        replies = ruled.replies(objection)
        if answered is not None and replies:
            yield Task(
                example.author,
                example.id,
                (ruled.exchange(objection, replies), labelled.exchange(objection, replies)),
                (bool(answered.fit), *(rung in answered.rungs for rung in RUNGS)),
            )


# learning


def fit(tasks: Sequence[Task]) -> dict[str, Any]:
    """The artefact that `LadderModel` reads, but for its bars."""
    parts, regressions = _learned(tasks)
    return {
        "parts": packed(parts),
        "weights": sparse.csr_matrix(np.vstack([one.coef_ for one in regressions]).T.astype(np.float32)),
        "bias": np.array([one.intercept_[0] for one in regressions], np.float32),
    }


def _learned(tasks: Sequence[Task]) -> tuple[dict[str, Any], list[LogisticRegression]]:
    """Vectorisers, and a regression for each of `TOLD`, from every reading of `tasks`."""
    exchanges = [task.readings[k] for k in range(len(WAYS)) for task in tasks]
    parts = fitted(exchanges)
    rows = features(parts, exchanges)
    truth = np.tile(np.array([task.truth for task in tasks]), (len(WAYS), 1))
    return parts, [
        LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(rows, column)
        for column in truth.T
    ]


def left_out(tasks: Sequence[Task]) -> Floats:
    """Probabilities [ways, tasks, TOLD] by models that never met the author."""
    scores = np.zeros((len(WAYS), len(tasks), len(TOLD)))
    authors = sorted({task.author for task in tasks})
    for k in range(min(GROUPS, len(authors))):
        out = np.array([task.author in authors[k::GROUPS] for task in tasks])
        parts, regressions = _learned([task for task, is_out in zip(tasks, out, strict=True) if not is_out])
        asked = [task for task, is_out in zip(tasks, out, strict=True) if is_out]
        for way in range(len(WAYS)):
            rows = features(parts, [task.readings[way] for task in asked])
            told = [one.predict_proba(rows)[:, 1] for one in regressions]
            scores[way, out] = np.column_stack(told)
    return scores


def _bars(scores: Floats, truth: Truth) -> dict[str, float]:
    """From which probability on each of `TOLD` counts with new authors.

    A rung where its F1 is best; a fitting answer where that and the F1 of brush-offs are together.
    """
    out = {}
    for k, name in enumerate(TOLD):
        gold = truth[:, k]
        worth = [f_score(scores[:, k] >= bar, gold) for bar in GRID]
        if name not in RUNGS:
            worth = [f + f_score(scores[:, k] < bar, ~gold) for f, bar in zip(worth, GRID, strict=True)]
        out[name] = round(float(GRID[int(np.argmax(worth))]), 3)
    return out


def _measured(scores: Floats, truth: Truth, bars: Mapping[str, float]) -> dict[str, float]:
    said = scores >= np.array([bars[name] for name in TOLD])
    fits, gold = said[:, 0], truth[:, 0]
    out = {"fit_accuracy": float((fits == gold).mean()), "unfit_f1": f_score(~fits, ~gold)}
    out.update({f"{name}_f1": f_score(said[:, k], truth[:, k]) for k, name in enumerate(TOLD)})
    return {name: round(figure, 3) for name, figure in out.items()}
