"""The rubric lab: what a changed form or pack would do, before anybody is judged by it.

Labelled calls give the agreement with people before and after; stored calls show which verdicts would flip.
Findings are taken as they are, so that a thousand calls take seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.gold import GoldCall, judged
from coach.types import Call
from coach.verdict_figures import verdicts
from nlp.types import Findings
from rubrics.scoring import score
from rubrics.types import Pack, Rubric, RubricError, Scorecard, Verdict

Source = tuple[Any, Findings]  # a transcript or gold call, with its findings


@dataclass(frozen=True, slots=True)
class Flip:
    """One verdict that a change turns; `None` where the criterion is not in that form."""

    recording_id: str
    criterion: str
    before: Verdict | None
    after: Verdict | None

    @property
    def way(self) -> str:
        """«fail→pass»."""
        return "→".join("–" if v is None else v.outcome for v in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do. `agreement` by criterion is (before, after), each with n and interval."""

    calls: int
    flips: tuple[Flip, ...]
    points: tuple[tuple[float, float], ...]  # before and after, where a call has both
    agreement: dict[str, tuple[dict[str, Any], dict[str, Any]]]
    overall: tuple[dict[str, Any], dict[str, Any]] | None

    @property
    def ways(self) -> Counter[tuple[str, str]]:
        """How many verdicts flip, by criterion and way."""
        return Counter((flip.criterion, flip.way) for flip in self.flips)


def try_change(
    before: Rubric,
    after: Rubric,
    *,
    calls: Iterable[Call] = (),
    labelled: Sequence[tuple[GoldCall, Findings]] = (),
    packs: tuple[Pack | None, Pack | None] = (None, None),
    each: Callable[[], None] = lambda: None,
) -> Trial:
    """What the form `after` (and the second of `packs`) would do to calls now judged by `before`."""
    flips: list[Flip] = []
    points = []
    count = 0
    for transcript, findings in (
        *((call.transcript, call.findings) for call in calls),
        *((call.transcript, findings) for call, findings in labelled),
    ):
        cards = [
            score(transcript, findings, form, pack) for form, pack in ((before, packs[0]), (after, packs[1]))
        ]
        flips += _flips(*cards)
        if cards[0].points is not None and cards[1].points is not None:
            points.append((cards[0].points, cards[1].points))
        count += 1
        each()
    reports = [_agreement(labelled, form) for form in (before, after)] if labelled else []
    names = list(dict.fromkeys(name for report in reports for name in report["by_criterion"]))
    return Trial(
        count,
        tuple(flips),
        tuple(points),
        {name: _both(reports, name) for name in names},
        (reports[0], reports[1]) if reports else None,
    )


def _agreement(labelled: Sequence[tuple[GoldCall, Findings]], form: Rubric) -> dict[str, Any]:
    return verdicts(judged(labelled, form), tuple(c.id for c in form.criteria if c.critical))


def _both(reports: Sequence[dict[str, Any]], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    first, second = (report["by_criterion"].get(name, {}) for report in reports)
    return first, second


def _flips(before: Scorecard, after: Scorecard) -> list[Flip]:
    """Verdicts whose outcome, or whose waiting for a person, differs."""
    old, new = (card.verdicts | card.pack_verdicts for card in (before, after))
    out = []
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if _told(one) != _told(other):
            out.append(Flip(before.recording_id, name, one, other))
    return out


def _told(verdict: Verdict | None) -> tuple[str, bool] | None:
    return None if verdict is None else (verdict.outcome, verdict.needs_review)


def publish(draft: Path, target: Path, load: Callable[[Path], Rubric | Pack]) -> Rubric | Pack:
    """Put a draft in the place of the file in use, which is kept beside it under its version and digest.

    The draft must load, in its new place too, and carry a higher version than what it replaces. Stored
    scorecards stay as they are. Raises RubricError where the draft cannot be used, ValueError where its
    version is no higher; then the file in use is what it was.
    """
    new = load(draft)
    before = None
    if target.exists():
        old = load(target)
        if new.version <= old.version:
            raise ValueError(
                f"{draft.name}: la versión {new.version} no es mayor que la {old.version} que está en uso. "
                f"Suba «version» a {old.version + 1} y vuelva a intentarlo."
            )
        before = target.read_bytes()
        kept = target.with_name(f"{target.stem}.v{old.version}-{old.digest}{target.suffix}.bak")
        kept.write_bytes(before)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(draft.read_bytes())
    try:
        return load(target)
    except RubricError:  # what it is based on is not beside the target
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)
        raise
