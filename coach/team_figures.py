"""What a team's calls show: rates by agent and criterion, by group and by kind of error, and what changed.

A critical failure counts once a person has confirmed it; until then it is told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from coach.intervals import Mean, weighted
from coach.kappa import Share
from coach.outcomes import CallOutcomes
from rubrics.copc import CRITICAL, kind_of
from rubrics.types import Copc, Criterion, Group, Outcome

LEAST_OF_CELL = 5  # calls judged: below this a cell says nothing
LEAST_TO_WORK_ON = 10  # calls judged, before a criterion is named
LIKELY = 0.9  # a criterion passed this often is no place to begin
SURE_Z = 3.0  # of a change: with some twenty criteria at once, two would be chance now and then
SPREAD = 10.0  # percent: calls differ at least like this, whatever a handful of them says


@dataclass(frozen=True, slots=True)
class Cell:
    """Passed of those judged for sure, and critical failures: confirmed ones, and those to confirm."""

    share: Share
    confirmed: int = 0
    to_confirm: int = 0

    @property
    def enough(self) -> bool:
        return self.share.n >= LEAST_OF_CELL


@dataclass(frozen=True, slots=True)
class Picture:
    """`groups`: means in percent over calls. `copc`: calls without an error of the kind, of those judged."""

    calls: int
    criteria: Mapping[str, Cell]
    cells: Mapping[tuple[str, str], Cell]  # (login, criterion)
    groups: Mapping[Group, Mean]
    copc: Mapping[Copc, Share]


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


def picture(calls: Sequence[CallOutcomes], criteria: Mapping[str, Criterion]) -> Picture:
    """Everything at once; criteria that are in no form of today are left out."""
    counts: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    groups: dict[Group, list[tuple[int, int]]] = defaultdict(list)
    copc: dict[Copc, list[int]] = {kind: [0, 0] for kind in CRITICAL}
    kinds = {name: kind_of(criterion) for name, criterion in criteria.items()}
    for call in calls:
        judged = {name: _state(criteria[name], call) for name in call.sure if name in criteria}
        for name, state in judged.items():
            counts[call.login, name][state] += 1
        for group, passed, n in _by_group(judged, criteria):
            groups[group].append((passed, n))
        for kind, sums in copc.items():
            mine = {state for name, state in judged.items() if kinds[name] == kind and state != "na"}
            if mine and ("fail" in mine or "waits" not in mine):
                sums[0] += "fail" not in mine
                sums[1] += 1
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, name), states in counts.items():
        whole[name] += states
    return Picture(
        len(calls),
        {name: _cell(whole[name], criterion) for name, criterion in criteria.items() if name in whole},
        {(login, name): _cell(n, criteria[name]) for (login, name), n in counts.items() if login},
        {g: _percent(groups[g]) for g in dict.fromkeys(c.group for c in criteria.values()) if g in groups},
        {kind: Share(*sums) for kind, sums in copc.items()},
    )


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
    well = [one for one in well if one.criterion.weight > 0]
    return tuple(sorted(well, key=lambda one: (-one.criterion.weight, -(one.share.value or 0.0)))[:most])


def changes(before: Picture, now: Picture, criteria: Mapping[str, Criterion]) -> tuple[Change, ...]:
    """What has clearly changed, the most first."""
    both = [name for name in now.criteria if name in before.criteria]
    found = [Change(criteria[n], before.criteria[n].share, now.criteria[n].share) for n in both]
    return tuple(sorted((one for one in found if one.clear), key=lambda one: -abs(one.points)))


def _lost(seen: Picture, criterion: Criterion, share: Share) -> Lost:
    return Lost(criterion, share, criterion.weight * (share.n - share.hits) / max(1, seen.calls))


def _state(criterion: Criterion, call: CallOutcomes) -> str:
    """The outcome; «waits» for a critical failure that no person has confirmed."""
    outcome: Outcome = call.sure[criterion.id]
    waits = criterion.critical and outcome == "fail" and criterion.id not in call.said
    return "waits" if waits else outcome


def _cell(states: Counter[str], criterion: Criterion) -> Cell:
    share = Share(states["pass"], states["pass"] + states["fail"])
    return Cell(share, states["fail"] if criterion.critical else 0, states["waits"])


def _by_group(
    judged: Mapping[str, str], criteria: Mapping[str, Criterion]
) -> Iterable[tuple[Group, int, int]]:
    sums: dict[Group, list[int]] = {}
    for name, state in judged.items():
        if state in ("pass", "fail"):
            row = sums.setdefault(criteria[name].group, [0, 0])
            row[0] += state == "pass"
            row[1] += 1
    return [(group, passed, n) for group, (passed, n) in sums.items()]


def _percent(rows: Sequence[tuple[int, int]]) -> Mean:
    """Passed of judged in percent. Criteria of one call hang together, so a call is one value."""
    return weighted([100 * passed / n for passed, n in rows], [float(n) for _, n in rows], spread=SPREAD)
