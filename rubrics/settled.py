"""What a scorecard comes to once a person has had a word: overrides in the place of verdicts, a confirmed
critical failure voids the call.

The scorecard itself is never edited: this is read anew from it and the review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rubrics.scoring import count
from rubrics.types import Outcome, Pack, Rubric, Scorecard, Verdict


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

    @property
    def to_review(self) -> int:
        """How many verdicts still wait for a person."""
        return sum(verdict.needs_review for verdict in self.verdicts.values())


def settle(
    card: Scorecard, overrides: Mapping[str, tuple[Outcome, str]], rubric: Rubric, pack: Pack | None = None
) -> Settled:
    """Where the call stands; `overrides` are (outcome, reason) by criterion or rule id."""
    verdicts = _overridden(card.verdicts, overrides)
    of_pack = _overridden(card.pack_verdicts, overrides)
    rules = [rule for rule in (pack.rules if pack else ()) if rule.id in of_pack]
    judged = [criterion for criterion in rubric.criteria if criterion.id in verdicts]
    form = rubric.model_copy(update={"criteria": tuple(judged)})
    points = (card.points, card.points_low, card.points_high)
    if overrides and card.evaluable != "no":
        points = count(form, verdicts, rules, of_pack)
    critical = [c.id for c in judged if c.critical] + [rule.id for rule in rules if rule.voids]
    every = verdicts | of_pack
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
    )


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
        )
    return out
