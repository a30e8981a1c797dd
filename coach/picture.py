"""What many calls show at once, counted in columns: tens of thousands of calls are four weeks of a big house.

A critical failure counts once a person has confirmed it; until then it is told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach import letters
from coach.intervals import Mean, weighted
from coach.kappa import Share
from coach.outcomes import CallOutcomes, Counted, outcomes, unsaid
from coach.rows import CallFilter
from coach.store import Store
from coach.viewers import Viewer
from rubrics.copc import CRITICAL, kind_of
from rubrics.types import Copc, Criterion, Group

LEAST_OF_CELL = 5  # calls judged: below this a cell says nothing
SPREAD = 10.0  # percent: calls differ at least like this, whatever a handful of them says

NOT_JUDGED, PASS, FAIL, NA, WAITS = range(5)  # WAITS: a critical failure that no person has confirmed
_STATES = {"pass": PASS, "fail": FAIL, "na": NA}
_OF_LETTER = np.full(128, NOT_JUDGED, dtype=np.uint8)
for _outcome, _letter in letters.OUTCOMES.items():
    _OF_LETTER[ord(_letter)] = _STATES[_outcome]

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
    states: Mapping[str, Sequence[Sequence[int]]]  # by login and criterion of the form: how often each came
    form: Sequence[Criterion]
    groups: Mapping[Group, Mean]
    copc: Mapping[Copc, Share]

    def cells(self, login: str) -> dict[str, Cell]:
        """The agent's, by criterion: of hundreds of agents a screen shows some."""
        return _cells(self.states[login], self.form) if login in self.states else {}


def looked_at(store: Store, viewer: Viewer, which: CallFilter, criteria: Mapping[str, Criterion]) -> Picture:
    """The picture of these calls. Those that a person judged are read, the others, most of them, counted.

    To an agent a critical failure that no person has confirmed is as if not judged.
    """
    judged = outcomes(store, viewer, which, reviewed=True)
    return picture(judged, criteria, unsaid(store, viewer, which), waits=viewer.role != "agent")


def picture(
    calls: Sequence[CallOutcomes],
    criteria: Mapping[str, Criterion],
    counted: Sequence[Counted] = (),
    *,
    waits: bool = True,
) -> Picture:
    """Everything at once, of `calls` and of those that are `counted` beside them; criteria that are in no
    form of today are left out, and so is without `waits` what no person has confirmed.
    """
    table = np.concatenate([_table(calls, criteria), _columns(counted, criteria)])
    if not waits:
        table[table == WAITS] = NOT_JUDGED
    named = {call.login for call in calls} | {one.login for one in counted}
    logins = sorted(login for login in named if login)
    place = {login: n for n, login in enumerate(logins)}
    of_calls = [place.get(call.login or "", -1) for call in calls]
    of_counted = np.repeat(
        np.array([place.get(one.login or "", -1) for one in counted], dtype=np.intp),
        [one.calls for one in counted],
    )
    whose = np.concatenate([np.array(of_calls, dtype=np.intp), of_counted])
    each = _counts(table[whose >= 0], whose[whose >= 0], len(logins))
    form = tuple(criteria.values())
    (whole,) = _counts(table, np.zeros(len(table), dtype=np.intp), 1)
    return Picture(
        len(table),
        _cells(whole.tolist(), form),
        dict(zip(logins, each.tolist(), strict=True)),
        form,
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
    return np.array(kinds, dtype=np.uint8).reshape(len(kinds), len(criteria))[which]


def _columns(counted: Sequence[Counted], criteria: Mapping[str, Criterion]) -> Table:
    """Calls that no person has judged: a critical failure of theirs waits."""
    table = np.empty((sum(one.calls for one in counted), len(criteria)), dtype=np.uint8)
    for place, (name, criterion) in enumerate(criteria.items()):
        text = "".join(one.letters.get(name, letters.NONE * one.calls) for one in counted)
        column = _OF_LETTER[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
        table[:, place] = np.where(column == FAIL, WAITS, column) if criterion.critical else column
    return table


def _counts(table: Table, whose: NDArray[np.intp], people: int) -> NDArray[np.intp]:
    """How often each state came, by person and criterion: people × criteria × states."""
    states, width = WAITS + 1, table.shape[1]
    at = (whose[:, None] * width + np.arange(width)) * states + table
    return np.bincount(at.ravel(), minlength=people * width * states).reshape(people, width, states)


def _cells(counts: Sequence[Sequence[int]], form: Sequence[Criterion]) -> dict[str, Cell]:
    """A cell for each criterion that came up at all."""
    found = {}
    for criterion, states in zip(form, counts, strict=True):
        if sum(states) > states[NOT_JUDGED]:
            share = Share(states[PASS], states[PASS] + states[FAIL])
            found[criterion.id] = Cell(share, states[FAIL] if criterion.critical else 0, states[WAITS])
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
            found[group] = weighted(values, judged[held].astype(float), spread=SPREAD)
    return found


def _of(criteria: Mapping[str, Criterion], kind: Copc) -> list[bool]:
    return [kind_of(criterion) == kind for criterion in criteria.values()]


def _without_error(its: Table) -> Share:
    """Calls without an error, of those where it is known: where only something waits, it is not."""
    failed, waits = (its == FAIL).any(axis=1), (its == WAITS).any(axis=1)
    judged = failed | ((its == PASS).any(axis=1) & ~waits)
    return Share(int((judged & ~failed).sum()), int(judged.sum()))
