"""What goes wrong again and again in an agent's calls: a criterion that is missed, an objection not met.

Counted in calls, and only verdicts that wait for nobody. A pattern is never made of one call: it needs enough
calls, several faults, and an interval that lies above what happens to everybody now and then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, select

from coach import picture
from coach.kappa import Share
from coach.outcomes import CallOutcomes
from coach.peers import LEAST_COLLEAGUES
from coach.queries import where
from coach.rows import CallFilter
from coach.schema import ladders
from coach.schema_lists import listed
from coach.schema_people import agent_logins, memberships
from coach.store import Store
from coach.viewers import Viewer, untold
from nlp.ladder_model import RUNGS
from rubrics.types import Criterion

LEAST_CALLS = 10  # of the agent that say something of it
LEAST_FAULTS = 3
LEAST_CRITICAL = 2  # confirmed failures that void a call: these weigh more
RARE = 0.15  # of calls: a fault whose interval reaches below this is no pattern
OBJECTION = 8.0  # an objection that is not met costs so much, where a criterion costs its weight
MOST = 3

Logins = Collection[str]
Told = Literal["met", "fault", "waits"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """`share`: calls with the fault, of those that say something of it; `team`: the same of the colleagues,
    None where there are too few. `lost`: points that it costs a call on average. `rung`: of an objection, the
    step that is missed most.
    """

    kind: str  # "criterion" or "objection"
    name: str  # its id
    share: Share
    team: Share | None = None
    lost: float = 0.0
    rung: str = ""
    critical: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def few(self) -> bool:
        """Whether too few of the agent's calls say something of it to know if it repeats."""
        return self.share.n < LEAST_CALLS

    @property
    def stands_out(self) -> bool:
        """Whether the agent's whole interval lies above the colleagues' share."""
        return self.team is not None and self.team.n > 0 and self.share.low > (self.team.value or 0.0)


@dataclass(slots=True)
class Tally:
    """By dialler login: calls; faults of each pattern and calls that say something; rungs of objections."""

    calls: Counter[str] = field(default_factory=Counter)
    faults: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    rungs: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _together: dict[frozenset[str], dict[str, list[int]]] = field(default_factory=dict)

    def add(self, login: str, criterion: str, faults: int, calls: int) -> None:
        if calls:
            sums = self.faults[login].setdefault(f"criterion:{criterion}", [0, 0])
            sums[0] += faults
            sums[1] += calls

    def put(self, login: str, its: Tally) -> None:
        """What `its` tells of the login, in the place of what there was of it."""
        self.calls[login] = its.calls[login]
        self.faults[login], self.rungs[login] = its.faults[login], its.rungs[login]

    def share(self, logins: Iterable[str], pattern: str) -> Share:
        found = [self.faults[login].get(pattern, (0, 0)) for login in logins if login in self.faults]
        return Share(sum(one[0] for one in found), sum(one[1] for one in found))

    def together(self, logins: frozenset[str]) -> dict[str, list[int]]:
        """Of each pattern faults and calls of them all, and of how many of them; added up once, when all
        calls are in.
        """
        if logins not in self._together:
            sums: dict[str, list[int]] = {}
            for login in logins & self.faults.keys():
                for pattern, (faults, calls) in self.faults[login].items():
                    if calls:
                        one = sums.setdefault(pattern, [0, 0, 0])
                        one[0], one[1], one[2] = one[0] + faults, one[1] + calls, one[2] + 1
            self._together[logins] = sums
        return self._together[logins]


def tally(store: Store, viewer: Viewer, which: CallFilter, criteria: Mapping[str, Criterion]) -> Tally:
    """Everything that the viewer reaches of these calls, in one pass."""
    out = Tally()
    seen = picture.looked_at(store, viewer, which, criteria)
    for login, found in seen.states.items():
        out.calls[login] = sum(found[0]) if found else 0
        for criterion, states in zip(seen.form, found, strict=True):
            # a critical failure that nobody has confirmed says nothing
            fails = states[picture.FAIL]
            out.add(login, criterion.id, fails, fails + states[picture.PASS])
    for row in _met(store, viewer, which):
        out.faults[row.login][f"objection:{row.label}"] = [row.missed, row.able]
        out.rungs[row.login][row.label] = [int(row.times), *(int(getattr(row, rung)) for rung in RUNGS)]
    return out


def told_of(call: CallOutcomes, name: str, criteria: Mapping[str, Criterion]) -> Told | None:
    """What the call tells of the criterion; None where it says nothing: not applicable, or in no form of
    today. A critical failure that nobody has confirmed or dismissed "waits".
    """
    criterion, outcome = criteria.get(name), call.sure.get(name)
    if criterion is None or outcome not in ("pass", "fail"):
        return None
    if criterion.critical and outcome == "fail" and name not in call.said:
        return "waits"
    return "fault" if outcome == "fail" else "met"


def worth(
    seen: Tally, own: Logins, team: frozenset[str], criteria: Mapping[str, Criterion], no_ask: Logins = ()
) -> tuple[Pattern, ...]:
    """Every pattern of the agent that is worth coaching: confirmed critical ones first, then what stands out
    among the others of the `team`, then what costs most. `no_ask`: objections in which asking again would be
    wrong.
    """
    found = []
    for pattern in _met_by(seen, own):
        name = pattern.removeprefix("criterion:")
        if _repeated(seen.share(own, pattern), critical=name in criteria and criteria[name].critical):
            found.append(_pattern(seen, own, team, criteria, no_ask, pattern))
    return tuple(sorted(found, key=lambda one: (not one.critical, not one.stands_out, -one.lost, one.id)))


def topics(
    seen: Tally, own: Logins, team: frozenset[str], criteria: Mapping[str, Criterion], no_ask: Logins = ()
) -> tuple[Pattern, ...]:
    """Every criterion, and every objection that the agent met, whether it repeats or not and on however few
    calls: what costs most first, then as the form has them.
    """
    names = dict.fromkeys((*(f"criterion:{name}" for name in criteria), *_met_by(seen, own)))
    found = [_pattern(seen, own, team, criteria, no_ask, pattern) for pattern in names]
    return tuple(sorted(found, key=lambda one: -one.lost))


def _met_by(seen: Tally, own: Logins) -> tuple[str, ...]:
    """Patterns of which the agent's calls say something."""
    return tuple(dict.fromkeys(name for login in own if login in seen.faults for name in seen.faults[login]))


def _pattern(
    seen: Tally,
    own: Logins,
    team: frozenset[str],
    criteria: Mapping[str, Criterion],
    no_ask: Logins,
    pattern: str,
) -> Pattern:
    kind, _, name = pattern.partition(":")
    criterion = criteria.get(name) if kind == "criterion" else None
    share = seen.share(own, pattern)
    weight = criterion.counts_for if criterion is not None else OBJECTION
    rung = "" if criterion is not None else _weakest(seen, own, name, no_ask)
    lost = weight * share.hits / max(1, sum(seen.calls[login] for login in own))
    critical = criterion is not None and criterion.critical
    return Pattern(kind, name, share, _team(seen, own, team, pattern), lost, rung, critical)


def colleagues_of(store: Store, which: CallFilter, logins: Logins) -> frozenset[str]:
    """Logins of who was in a team with the holder of `logins` in these days, without the holder's own."""
    mine = _teams_of(which).where(agent_logins.c.login.in_(tuple(logins)))
    theirs = _logins(which).where(memberships.c.team_id.in_(mine))
    with store.reading() as connection:
        return frozenset(connection.execute(theirs).scalars()) - frozenset(logins)


def people_beside(store: Store, which: CallFilter, user_id: int) -> frozenset[int]:
    """Who was in a team with the person in these days, and had a login."""
    mine = select(memberships.c.team_id).where(*_held(memberships, which), ~memberships.c.leads)
    mine = mine.where(memberships.c.user_id == user_id)
    theirs = _joined(select(memberships.c.user_id), which).where(memberships.c.team_id.in_(mine))
    with store.reading() as connection:
        return frozenset(connection.execute(theirs).scalars()) - {user_id}


def teams_of(store: Store, which: CallFilter) -> dict[str, frozenset[int]]:
    """Which teams the holder of each login was in, in these days."""
    out: dict[str, set[int]] = defaultdict(set)
    query = _joined(select(agent_logins.c.login, memberships.c.team_id), which)
    with store.reading() as connection:
        for login, team in connection.execute(query):
            out[login].add(team)
    return {login: frozenset(found) for login, found in out.items()}


def _repeated(share: Share, *, critical: bool) -> bool:
    if critical:
        return share.hits >= LEAST_CRITICAL
    return share.n >= LEAST_CALLS and share.hits >= LEAST_FAULTS and share.low > RARE


def _team(seen: Tally, own: Logins, team: frozenset[str], pattern: str) -> Share | None:
    """The others of the team."""
    hits, calls, judged = seen.together(team).get(pattern, (0, 0, 0))
    for login in team.intersection(own):
        faults, judged_calls = seen.faults[login].get(pattern, (0, 0)) if login in seen.faults else (0, 0)
        hits, calls, judged = hits - faults, calls - judged_calls, judged - (judged_calls > 0)
    return Share(hits, calls) if judged >= LEAST_COLLEAGUES else None


def _weakest(seen: Tally, own: Logins, objection: str, no_ask: Logins) -> str:
    """The step that is reached least of the times that the objection came."""
    rows = [seen.rungs[login][objection] for login in own if objection in seen.rungs.get(login, {})]
    times = sum(row[0] for row in rows)
    reached = {
        rung: sum(row[1 + place] for row in rows)
        for place, rung in enumerate(RUNGS)
        if not (rung == "ask" and objection in no_ask)
    }
    weakest = min(reached, key=reached.__getitem__)
    return weakest if times and reached[weakest] < times else ""


def _met(store: Store, viewer: Viewer, which: CallFilter) -> Any:
    """How each objection that the viewer is told of was met, by login and label; calls that ended before it
    could be are left out.
    """
    of = ladders.c
    able, missed = of.fits + of.missed > 0, and_(of.missed > 0, of.fits == 0)
    query = (
        select(
            listed.c.agent_login.label("login"), of.label, func.count(case((able, 1))).label("able"),
            func.count(case((missed, 1))).label("missed"), func.sum(of.times).label("times"),
            *(func.sum(of[rung]).label(rung) for rung in RUNGS),
        )
        .select_from(listed.join(ladders, of.findings_id == listed.c.findings_id))
        .where(of.times > 0, listed.c.agent_login.is_not(None), untold(viewer, of.label))
        .where(*where(viewer, which))
        .group_by(listed.c.agent_login, of.label)
    )  # fmt: skip
    with store.reading() as connection:
        return connection.execute(query).all()


def _teams_of(which: CallFilter) -> Any:
    return _joined(select(memberships.c.team_id), which)


def _logins(which: CallFilter) -> Any:
    return _joined(select(agent_logins.c.login), which)


def _joined(query: Any, which: CallFilter) -> Any:
    """Members of teams with their logins, in the days of `which`."""
    source = memberships.join(agent_logins, agent_logins.c.user_id == memberships.c.user_id)
    held = (*_held(memberships, which), *_held(agent_logins, which))
    return query.select_from(source).where(~memberships.c.leads, *held)


def _held(table: Table, which: CallFilter) -> list[ColumnElement[bool]]:
    """Whether a row of `table` holds on any of the days."""
    tests = [table.c.since <= which.until] if which.until else []
    return tests + ([or_(table.c.until.is_(None), table.c.until >= which.since)] if which.since else [])
