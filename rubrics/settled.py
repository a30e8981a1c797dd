"""What a scorecard comes to once a person has had a word: overrides in the place of verdicts, a confirmed
critical failure voids the call.

The scorecard itself is never edited: this is read anew from it and the review.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rubrics.scoring import taken, tally, weights_of, worth
from rubrics.types import Criterion, Outcome, Pack, Rubric, Rule, Scorecard, Verdict
from rubrics.verdicts import doubting, not_applicable


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a call stands. `points` of a voided call are 0 and `would_be` what they would have been.

    `to_confirm` are critical failures that no person has looked at: they void nothing yet.
    """

    verdicts: dict[str, Verdict]
    pack_verdicts: dict[str, Verdict]
    points: float | None
    points_low: float | None
    points_high: float | None
    void: bool = False
    would_be: float | None = None
    to_confirm: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    counts: frozenset[str] | None = None  # whose verdicts are in the points; None: all of them
    suggestions: tuple[str, ...] = ()  # criteria and rules that are shown but not in the points yet
    weights: Mapping[str, float] = field(default_factory=dict)  # by criterion, or the rule in its place
    worth: Mapping[str, float] = field(default_factory=dict)  # of the call's 100 points, as `scoring.worth`

    @property
    def none_counts(self) -> bool:
        """Whether the call has no points because every verdict is a suggestion yet."""
        return self.counts is not None and self.points is None and not self.counts & self.verdicts.keys()

    @property
    def to_review(self) -> int:
        """How many verdicts still wait for a person."""
        return sum(verdict.needs_review for verdict in self.verdicts.values())


def settle(
    card: Scorecard,
    overrides: Mapping[str, tuple[Outcome, str]],
    rubric: Rubric,
    pack: Pack | None = None,
    counts: Collection[str] | None = None,
    doubts: Mapping[str, str] | None = None,
) -> Settled:
    """Where the call stands; `overrides` are (outcome, reason) by criterion or rule id, `doubts` what makes a
    verdict of the machine doubtful since, as a sentence.

    `counts` are the criteria and rules whose verdicts enter points; None: all of them. A failure that a
    person has confirmed voids the call whether or not its criterion counts.
    """
    doubts = {name: why for name, why in (doubts or {}).items() if name not in overrides}
    of_pack = _overridden(card.pack_verdicts, overrides)
    rules = [rule for rule in (pack.rules if pack else ()) if rule.id in of_pack]
    verdicts = _overridden(_doubted(card.verdicts, doubts), overrides) | _by_law(card, rules)
    judged = [criterion for criterion in rubric.criteria if criterion.id in verdicts]
    every = verdicts | of_pack
    weights = card.weights or weights_of(judged, rules)
    points = (card.points, card.points_low, card.points_high)
    if card.evaluable != "no" and (overrides or doubts or counts is not None):
        points = tally(weights, every, counts)
    critical = [c.id for c in judged if c.critical] + [rule.id for rule in rules if rule.voids]
    failed = [name for name in critical if every[name].outcome == "fail"]
    confirmed = tuple(name for name in failed if name in overrides)
    would_be, low, high = points
    void = bool(confirmed)
    return Settled(
        verdicts,
        of_pack,
        0.0 if void else would_be,
        0.0 if void else low,
        0.0 if void else high,
        void,
        would_be if void else None,
        tuple(name for name in failed if name not in overrides),
        confirmed,
        None if counts is None else frozenset(counts),
        () if counts is None else tuple(n for n in every if n not in counts and n in {*weights, *critical}),
        weights,
        {} if card.evaluable == "no" else worth(weights, every, counts),
    )


def to_work_on(now: Settled, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """What was failed without doubt, what cost most points first: what a person confirmed took all of them.
    Advice, and what may void the call once somebody confirms it, are told elsewhere.
    """
    judged = now.verdicts | now.pack_verdicts
    found = [
        c
        for c in criteria
        if c.id in judged
        and judged[c.id].outcome == "fail"
        and not judged[c.id].needs_review
        and c.id not in now.to_confirm
        and not (isinstance(c, Rule) and c.advice)
    ]
    return tuple(sorted(found, key=lambda c: (c.id not in now.confirmed, -now.worth.get(c.id, 0.0))))


def _by_law(card: Scorecard, rules: Sequence[Rule]) -> dict[str, Verdict]:
    """Of criteria in whose place a rule of the country stands: to show how they came out would praise, or ask
    for, what the law forbids.
    """
    instead = {name: f"«{rule.label}»" for name, rule in taken(rules).items()}
    told = {name: f": {instead[name]}" if name in instead else "" for name in card.replaced}
    return {
        name: not_applicable(f"La ley del país lo sustituye por otra regla{rule}.", "replaced_by_law")
        for name, rule in told.items()
        if name in card.verdicts
    }


def _doubted(verdicts: Mapping[str, Verdict], doubts: Mapping[str, str]) -> dict[str, Verdict]:
    doubtful = {
        name: replace(doubting(verdicts[name], why), needs_review=True)
        for name, why in doubts.items()
        if name in verdicts
    }
    return {**verdicts, **doubtful}


def _overridden(
    verdicts: Mapping[str, Verdict], overrides: Mapping[str, tuple[Outcome, str]]
) -> dict[str, Verdict]:
    out = dict(verdicts)
    for name in overrides.keys() & verdicts.keys():
        outcome, reason = overrides[name]
        was = verdicts[name]
        evidence = was.evidence if outcome == was.outcome else ()
        out[name] = replace(
            was,
            outcome=outcome,
            reason=reason or was.reason,
            evidence=evidence,
            confidence=1.0,
            needs_review=False,
            doubt="",
        )
    return out
