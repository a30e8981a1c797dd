"""What the picture of a team's calls comes to: where points are lost, what goes well, what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from coach.kappa import Share
from coach.picture import LEAST_OF_CELL, Picture
from rubrics.types import Criterion

LEAST_TO_WORK_ON = 10  # calls judged, before a criterion is named
LIKELY = 0.9  # a criterion passed this often is no place to begin
SURE_Z = 3.0  # of a change: with some twenty criteria at once, two would be chance now and then


@dataclass(frozen=True, slots=True)
class Lost:
    """A criterion, and the points that a call loses by it on average, of 100."""

    criterion: Criterion
    share: Share
    points: float


@dataclass(frozen=True, slots=True)
class Change:
    criterion: Criterion
    before: Share
    now: Share

    @property
    def points(self) -> float:
        """Percentage points, up or down."""
        return 100 * ((self.now.value or 0.0) - (self.before.value or 0.0))

    @property
    def clear(self) -> bool:
        n, m = self.before.n, self.now.n
        if min(n, m) < LEAST_TO_WORK_ON:
            return False
        pooled = (self.before.hits + self.now.hits) / (n + m)
        error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
        return error > 0 and abs(self.points) / 100 / error >= SURE_Z


def by_id(forms: Iterable[Sequence[Criterion]]) -> dict[str, Criterion]:
    """Every criterion once, in the order of the forms; where several have it, as the first says."""
    known: dict[str, Criterion] = {}
    for form in forms:
        for criterion in form:
            known.setdefault(criterion.id, criterion)
    return known


def to_work_on(
    seen: Picture, criteria: Mapping[str, Criterion], *, most: int = 3, least: int = LEAST_TO_WORK_ON
) -> tuple[Lost, ...]:
    """Where most points are lost, the most first; critical ones, which weigh nothing, are told elsewhere."""
    found = [_lost(seen, criteria[name], cell.share) for name, cell in seen.criteria.items()]
    worth = [one for one in found if one.share.n >= least and one.points > 0 and one.share.low < LIKELY]
    worth = [one for one in worth if (one.share.value or 0.0) < LIKELY]
    return tuple(sorted(worth, key=lambda one: -one.points)[:most])


def strengths(
    seen: Picture, criteria: Mapping[str, Criterion], *, most: int = 3, least: int = LEAST_OF_CELL
) -> tuple[Lost, ...]:
    """What goes well, the weightiest first."""
    found = [_lost(seen, criteria[name], cell.share) for name, cell in seen.criteria.items()]
    well = [one for one in found if one.share.n >= least and (one.share.value or 0.0) >= LIKELY]
    well = [one for one in well if one.criterion.counts_for > 0]
    return tuple(sorted(well, key=lambda one: (-one.criterion.counts_for, -(one.share.value or 0.0)))[:most])


def changes(before: Picture, now: Picture, criteria: Mapping[str, Criterion]) -> tuple[Change, ...]:
    """What has clearly changed, the most first."""
    both = [name for name in now.criteria if name in before.criteria]
    found = [Change(criteria[n], before.criteria[n].share, now.criteria[n].share) for n in both]
    return tuple(sorted((one for one in found if one.clear), key=lambda one: -abs(one.points)))


def _lost(seen: Picture, criterion: Criterion, share: Share) -> Lost:
    return Lost(criterion, share, criterion.counts_for * (share.n - share.hits) / max(1, seen.calls))
