"""How near the analysis comes to labelled calls and single utterances: every figure of `coach eval`.

    report = evaluate(read_examples(splits=("dev",)))
    report["calls"]["objections"]["per_turn"]["micro"]["f1"]

Shares are 0..1, None where there is nothing to share out. The keys are the same from run to run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args

from nlp.analyze import analyze as analyze_call
from nlp.cues import Side
from nlp.labels import act_ids, objection_ids
from nlp.learn.examples import LABELS, Example
from nlp.learn.figures import ROUNDS, Pair, share, table
from nlp.learn.ladder_figures import Met, figures, met
from nlp.tagger import Label, hear
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings, Promise
from nlp.utterance import tag_all as tag_utterances
from transcripts.types import Speaker, Transcript

FEW = 3  # turns below which a rule's shares say nothing
BATCH = 256  # utterances read at once
KINDS: dict[str, tuple[str, ...]] = {
    "objections": objection_ids(),
    "acts": tuple(name for name in act_ids() if name != "none"),
}
Report = dict[str, Any]
Analyze = Callable[[Transcript], Findings]
TagAll = Callable[[Sequence[tuple[Speaker, str]]], list[list[Label]]]
Fired = Callable[[str, Side], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class JudgedTurn:
    """One labelled turn; `fired`: the rules with a hit in it, source -> label."""

    side: Side
    gold: frozenset[str]
    said: frozenset[str]
    fired: Mapping[str, str]

    @property
    def pair(self) -> Pair:
        return self.gold, self.said


@dataclass(frozen=True, slots=True)
class Judged:
    """A call, or a single utterance; `findings` are those that count, at labelled turns; `met`: how the
    objections were, by way of measuring.
    """

    example: Example
    turns: tuple[JudgedTurn, ...]
    findings: tuple[Finding, ...] = ()
    promise: Promise | None = None
    met: Met = field(default_factory=dict)

    @property
    def whole(self) -> Pair:
        """Every label once."""
        return (
            frozenset(label for turn in self.turns for label in turn.gold),
            frozenset(label for turn in self.turns for label in turn.said),
        )


def evaluate(
    examples: Sequence[Example],
    *,
    analyze: Analyze = analyze_call,
    tag_all: TagAll = tag_utterances,
    fired: Fired | None = None,
    seed: int = 0,
    each: Callable[[int], None] = lambda done: None,
) -> Report:
    """All figures over `examples`; `each` is told how many more are done.

    `analyze` reads the calls, `tag_all` the single utterances, `fired` tells which rules hit in a turn.
    """
    fired = fired or rules_in
    calls, single = [], [one for one in examples if one.kind == "turn"]
    for example in examples:
        if example.kind == "call":
            calls.append(_judged_call(example, analyze, fired))
            each(1)
    utterances: list[Judged] = []
    for at in range(0, len(single), BATCH):
        batch = single[at : at + BATCH]
        utterances += _judged_utterances(batch, tag_all, fired)
        each(len(batch))
    return {
        "seed": seed,
        "rounds": ROUNDS,
        "calls": {
            **_section(calls, seed),
            "promise": promises(calls),
            "address": addresses(calls),
            "ladder": figures([one.met for one in calls], seed),
            "quotes": {kind: quotes(calls, ids) for kind, ids in KINDS.items()},
        },
        "utterances": _section(utterances, seed),
        "rules": rules([*calls, *utterances]),
    }


def rules_in(text: str, side: Side) -> dict[str, str]:
    """The rules for labels of the taxonomy that hit in `text`, whatever the score: source -> label."""
    out = {}
    for label, one in hear(text, side).found.items():
        for hit in one.hits if label in LABELS else ():
            out[hit.source] = (
                hit.label if hit.label in LABELS else label
            )  # some cues lend their hits to a label
    return out


# reading


def _judged_call(example: Example, analyze: Analyze, fired: Fired) -> Judged:
    findings = analyze(example.transcript())
    counted = tuple(
        f
        for f in findings.findings
        if f.label in LABELS and f.score >= call_bar(f.label) and not example.turns[f.quote.turn].context
    )
    said: dict[int, set[str]] = defaultdict(set)
    for finding in counted:
        said[finding.quote.turn].add(finding.label)
    turns = tuple(
        JudgedTurn(turn.side, turn.ids & set(LABELS), frozenset(said[i]), fired(turn.text, turn.side))
        for i, turn in enumerate(example.turns)
        if not turn.context
    )
    return Judged(example, turns, counted, findings.promise, met(example, findings))


def _judged_utterances(examples: Sequence[Example], tag_all: TagAll, fired: Fired) -> list[Judged]:
    turns = [(one, turn) for one in examples for turn in one.turns if not turn.context]
    labels = tag_all([(turn.speaker, turn.text) for _, turn in turns])
    mine: dict[str, list[JudgedTurn]] = defaultdict(list)
    for (example, turn), said in zip(turns, labels, strict=True):
        known = frozenset(label.id for label in said if label.id in LABELS)
        mine[example.id].append(
            JudgedTurn(turn.side, turn.ids & set(LABELS), known, fired(turn.text, turn.side))
        )
    return [Judged(one, tuple(mine[one.id])) for one in examples]


# labels


def _section(judged: Sequence[Judged], seed: int) -> Report:
    """Labels turn by turn and once a call; what is taken for what; by country; clean and recognised."""
    groups = {name: [one for one in judged if one.example.country == name] for name in _countries(judged)}
    noises = get_args(Example.model_fields["noise"].annotation)
    return {
        "n": len(judged),
        "turns": sum(len(one.turns) for one in judged),
        **{kind: _tables(judged, ids, seed) for kind, ids in KINDS.items()},
        "confusions": confusions(judged),
        "countries": {name: _short(mine, seed) for name, mine in groups.items()},
        "noise": {
            name: _short([one for one in judged if one.example.noise == name], seed) for name in noises
        },
    }


def _countries(judged: Sequence[Judged]) -> list[str]:
    return sorted({one.example.country for one in judged})


def _tables(judged: Sequence[Judged], ids: Sequence[str], seed: int) -> dict[str, Any]:
    return {
        "per_turn": table([[turn.pair for turn in one.turns] for one in judged], ids, seed),
        "per_call": table([[one.whole] for one in judged], ids, seed),
    }


def _short(judged: Sequence[Judged], seed: int) -> Report:
    out: Report = {"n": len(judged), "turns": sum(len(one.turns) for one in judged)}
    for kind, ids in KINDS.items():
        out[kind] = {level: rows["micro"] for level, rows in _tables(judged, ids, seed).items()}
    return {**out, "promise": promises([one for one in judged if one.example.kind == "call"])}


def confusions(judged: Sequence[Judged]) -> list[Report]:
    """Labels that were missed where another was said wrongly at the same turn, the most frequent first."""
    pairs = Counter(
        (missed, wrong)
        for one in judged
        for turn in one.turns
        for missed in turn.gold - turn.said
        for wrong in turn.said - turn.gold
    )
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [{"gold": gold, "said": said, "n": n} for (gold, said), n in ranked]


# what only a call has


def promises(calls: Sequence[Judged]) -> Report:
    """`exact`: sum and day as in the gold, or a firm promise on neither side, over all calls.

    `amount`, `date` and `exact_promised` are shares of the calls in which a sum and a day were promised.
    """
    exact, exact_promised, amount, day, promised, made_up = 0, 0, 0, 0, 0, 0
    for one in calls:
        gold, ours = one.example.promise, one.promise
        ours = ours if ours is not None and ours.firm else None
        if gold is None or gold.amount is None or gold.date is None:
            made_up += ours is not None
            exact += ours is None
            continue
        promised += 1
        same_sum = ours is not None and ours.amount == Decimal(str(gold.amount))
        same_day = ours is not None and str(ours.date) == gold.date
        amount, day, exact_promised = (
            amount + same_sum,
            day + same_day,
            exact_promised + (same_sum and same_day),
        )
    return {
        "n": len(calls),
        "exact": share(exact + exact_promised, len(calls)),
        "promised": promised,
        "exact_promised": share(exact_promised, promised),
        "amount": share(amount, promised),
        "date": share(day, promised),
        "made_up": made_up,
    }


def addresses(calls: Sequence[Judged]) -> Report:
    """Whether the agent was familiar with the debtor (`tuteo`) anywhere in the call."""
    both = [("tuteo" in gold, "tuteo" in said) for gold, said in (one.whole for one in calls)]
    return {
        "n": len(both),
        "right": share(sum(gold == said for gold, said in both), len(both)),
        "familiar": sum(gold for gold, _ in both),
        "missed": sum(gold and not said for gold, said in both),
        "made_up": sum(said and not gold for gold, said in both),
    }


def quotes(calls: Sequence[Judged], ids: Sequence[str]) -> Report:
    """Of the findings that are right: how many quote words that carry the label in the gold."""
    met = [meets for one in calls for finding, meets in _placed(one) if finding.label in ids]
    return {"n": len(met), "overlap": share(sum(met), len(met))}


def _placed(one: Judged) -> Iterator[tuple[Finding, bool]]:
    for finding in one.findings:
        quote = finding.quote
        gold = [g for g in one.example.turns[quote.turn].labels if g.id == finding.label]
        if gold:
            yield finding, any(quote.start < g.end and g.start < quote.end for g in gold)


def rules(judged: Sequence[Judged]) -> dict[str, Report]:
    """Every rule that hit in three turns or more, by its source; each turn counts once.

    `coverage`: of the turns of its side; of its own turns, `right`: the gold has its label, `conflict`: the
    gold has some label and a rule of another label hit too.
    """
    turns = [turn for one in judged for turn in one.turns]
    sides = Counter(turn.side for turn in turns)
    mine: dict[tuple[str, str], list[JudgedTurn]] = defaultdict(list)
    for turn in turns:
        for source, label in turn.fired.items():
            mine[source, label].append(turn)
    out = {}
    for (source, label), there in sorted(mine.items()):
        if len(there) < FEW:
            continue
        other = [bool(turn.gold) and bool(set(turn.fired.values()) - {label}) for turn in there]
        out[source] = {
            "label": label,
            "turns": len(there),
            "coverage": round(len(there) / sum(sides[side] for side in {turn.side for turn in there}), 5),
            "right": share(sum(label in turn.gold for turn in there), len(there)),
            "conflict": share(sum(other), len(there)),
        }
    return out
