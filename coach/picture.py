"""What many calls show at once, counted in columns: tens of thousands of calls are four weeks of a big house.

A critical failure counts once a person has confirmed it; until then it is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.intervals import Mean, weighted
from coach.kappa import Share
from coach.outcomes import CallOutcomes
from rubrics.copc import CRITICAL, kind_of
from rubrics.types import Copc, Criterion, Group

LEAST_OF_CELL = 5  # calls judged: below this a cell says nothing
SPREAD = 10.0  # percent: calls differ at least like this, whatever a handful of them says

NOT_JUDGED, PASS, FAIL, NA, WAITS = range(5)  # WAITS: a critical failure that no person has confirmed
_STATES = {"pass": PASS, "fail": FAIL, "na": NA}

Table = NDArray[np.uint8]  # calls by criteria: the state of each


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


def picture(calls: Sequence[CallOutcomes], criteria: Mapping[str, Criterion]) -> Picture:
    """Everything at once; criteria that are in no form of today are left out."""
    table = _table(calls, criteria)
    logins = sorted({call.login for call in calls if call.login})
    place = {login: n for n, login in enumerate(logins)}
    whose = np.array([place.get(call.login or "", -1) for call in calls], dtype=np.intp)
    each = _counts(table[whose >= 0], whose[whose >= 0], len(logins))
    (whole,) = _counts(table, np.zeros(len(calls), dtype=np.intp), 1)
    return Picture(
        len(calls),
        dict(_cells(whole, criteria)),
        {
            (login, name): cell
            for login, its in zip(logins, each, strict=True)
            for name, cell in _cells(its, criteria)
        },
        _groups(table, criteria),
        {kind: _without_error(table[:, _of(criteria, kind)]) for kind in CRITICAL},
    )


def _table(calls: Sequence[CallOutcomes], criteria: Mapping[str, Criterion]) -> Table:
    """Many calls come out alike, and share what they came out as: that is looked through once."""
    critical = [criterion.critical for criterion in criteria.values()]
    rows: dict[tuple[int, frozenset[str]], int] = {}
    kinds: list[list[int]] = []
    which = []
    for call in calls:
        key = (id(call.sure), call.said)
        if key not in rows:
            rows[key] = len(kinds)
            states = [_STATES.get(call.sure.get(name, ""), NOT_JUDGED) for name in criteria]
            kinds.append(
                [
                    WAITS if voids and state == FAIL and name not in call.said else state
                    for name, voids, state in zip(criteria, critical, states, strict=True)
                ]
            )
        which.append(rows[key])
    return np.array(kinds, dtype=np.uint8).reshape(-1, len(criteria))[which]


def _counts(table: Table, whose: NDArray[np.intp], people: int) -> NDArray[np.intp]:
    """How often each state came, by person and criterion: people × criteria × states."""
    states, width = WAITS + 1, table.shape[1]
    at = (whose[:, None] * width + np.arange(width)) * states + table
    return np.bincount(at.ravel(), minlength=people * width * states).reshape(people, width, states)


def _cells(counts: NDArray[np.intp], criteria: Mapping[str, Criterion]) -> list[tuple[str, Cell]]:
    """A cell for each criterion that came up at all."""
    found = []
    for (name, criterion), states in zip(criteria.items(), counts.tolist(), strict=True):
        if sum(states) > states[NOT_JUDGED]:
            share = Share(states[PASS], states[PASS] + states[FAIL])
            found.append((name, Cell(share, states[FAIL] if criterion.critical else 0, states[WAITS])))
    return found


def _groups(table: Table, criteria: Mapping[str, Criterion]) -> dict[Group, Mean]:
    """Passed of judged, in percent; criteria of one call hang together, so a call is one value."""
    found = {}
    for group in dict.fromkeys(criterion.group for criterion in criteria.values()):
        its = table[:, [criterion.group == group for criterion in criteria.values()]]
        passed = (its == PASS).sum(axis=1)
        judged = passed + (its == FAIL).sum(axis=1)
        held = judged > 0
        if held.any():
            values = 100 * passed[held] / judged[held]
            found[group] = weighted(values.tolist(), judged[held].astype(float).tolist(), spread=SPREAD)
    return found


def _of(criteria: Mapping[str, Criterion], kind: Copc) -> list[bool]:
    return [kind_of(criterion) == kind for criterion in criteria.values()]


def _without_error(its: Table) -> Share:
    """Calls without an error, of those where it is known: where only something waits, it is not."""
    failed, waits = (its == FAIL).any(axis=1), (its == WAITS).any(axis=1)
    judged = failed | ((its == PASS).any(axis=1) & ~waits)
    return Share(int((judged & ~failed).sum()), int(judged.sum()))
