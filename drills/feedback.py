"""What a trainee reads after an attempt: what cost most, the words, the rule, a better line, what is next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from drills.drill import FormatId
from drills.grade import Critical, Grade
from drills.marks import RESPECT, Mark
from drills.meant import BEGS
from drills.schedule import Card

MOST_NOTES = 3
# the exercise that trains what was weakest
TRAINS: dict[str, FormatId] = {
    "recognise": "one_reply", "explore": "one_reply", "answer": "one_reply", "no_ask": "one_reply",
    "ask": "close_vague", "close": "close_vague", "close_next": "whole_call", "figures": "close_vague",
    "usted": "rewrite_bad_line", "name": "one_reply", "short": "one_reply", "sure": "rewrite_bad_line",
    "mended": "rewrite_bad_line", "choice": "choose_best", "reason": "choose_best", "turn": "spot_fault",
    "kind": "spot_fault", "present": "third_party", "asks_for": "third_party", "leaves_word": "third_party",
    "closes": "third_party", "keeps": "third_party", "respect": "rewrite_bad_line",
}  # fmt: skip
# after a pass, the next harder exercise
HARDER: dict[FormatId, FormatId] = {
    "choose_best": "one_reply", "spot_fault": "rewrite_bad_line", "rewrite_bad_line": "one_reply",
    "one_reply": "three_escalating", "three_escalating": "close_vague", "close_vague": "whole_call",
    "third_party": "whole_call", "whole_call": "whole_call",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feedback:
    """`notes`: what lost points, the dearest first, at most three. `due`: when the objection comes again."""

    critical: tuple[Critical, ...]
    notes: tuple[Mark, ...]
    next_format: FormatId
    due: datetime.date | None = None


def feedback(grade: Grade, format_: FormatId, card: Card | None = None) -> Feedback:
    """`card`: the objection's, after this attempt."""
    lost = sorted((one for one in grade.marks if one.got < one.of), key=_dearest)
    if grade.critical:
        next_format: FormatId = "rewrite_bad_line"
    elif grade.passed:
        next_format = HARDER[format_]
    elif not lost:  # every step was there, and the goal was not reached
        next_format = format_
    else:
        next_format = TRAINS[lost[0].id]
    return Feedback(grade.critical, tuple(lost[:MOST_NOTES]), next_format, card.due if card else None)


def _dearest(lost: Mark) -> tuple[bool, int]:
    """Respect first, and begging; then by the points lost, as often as turns in which they were."""
    return lost.id != RESPECT and lost.reason != BEGS, (lost.got - lost.of) * lost.times
