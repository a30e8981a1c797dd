"""Critical failures that a person named who may not confirm them: they wait for who may, as the machine's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from coach.draft_body import Draft
from coach.types import Override, Review
from coach.viewers import Viewer
from rubrics.types import Scorecard

CONFIRMED = "Lo señaló una persona que revisó la llamada, y otra lo confirmó."
_NAMED = "Una persona que revisó la llamada dice que no se cumple. Lo confirma quien puede hacerlo."


def named(draft: Draft, viewer: Viewer, critical: Collection[str]) -> tuple[Override, ...]:
    """What of the draft names a critical failure that its author may not confirm."""
    if viewer.may("confirm"):
        return ()
    return tuple(one for one in draft.body.overrides if one.criterion in critical and one.outcome == "fail")


def raised(card: Scorecard, review: Review | None) -> Scorecard:
    """The scorecard with the failures that a person named, for who is to confirm or dismiss them."""
    verdicts, of_pack = dict(card.verdicts), dict(card.pack_verdicts)
    found = []
    for name in review.suspected if review else ():
        for its in (verdicts, of_pack):
            if name in its and its[name].outcome != "fail":
                was = its[name]
                its[name] = replace(
                    was, outcome="fail", reason=_NAMED, evidence=(), needs_review=False, doubt=""
                )
                found.append(name)
    if not found:
        return card
    failed = tuple(dict.fromkeys((*card.critical_failures, *found)))
    return replace(card, verdicts=verdicts, pack_verdicts=of_pack, critical_failures=failed)
