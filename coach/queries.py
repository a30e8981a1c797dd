"""Every number a screen shows: asked here, answered in SQL, handed over as frozen rows.

Averages leave out what is not evaluable; a call whose agent is not known is in nobody's score.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, desc, func, or_, select

from coach.intervals import mean
from coach.rows import (
    UNASSIGNED,
    AgentRow,
    CallFilter,
    CallPage,
    CallRow,
    Choices,
    CriterionRow,
    ObjectionRow,
    SortKey,
    Summary,
    WeekRow,
)
from coach.schema import (
    finding_counts,
    findings,
    recordings,
    scorecards,
    standings,
    transcripts,
    verdicts,
)
from coach.stems import stems
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from nlp.labels import objection_ids

ALL = CallFilter()
NOT_THERE = "{id}: no hay ninguna grabación con este id. Vea la lista de llamadas."

JUDGED = recordings.join(scorecards, and_(scorecards.c.recording_id == recordings.c.id, scorecards.c.current))
JUDGED = JUDGED.join(standings, standings.c.scorecard_id == scorecards.c.id)
JUDGED = JUDGED.join(findings, findings.c.id == scorecards.c.findings_id)

_SORTS: dict[SortKey, ColumnElement[Any]] = {
    "date": recordings.c.call_started_at,
    "agent": func.lower(recordings.c.agent),
    "points": standings.c.points,
    "duration": recordings.c.duration_s,
    "critical": standings.c.critical,
    "to_review": standings.c.to_review,
}

_OF_ROWS = (recordings, standings, scorecards, findings)

# points that enter an average, and what a mean with its interval is made of
_POINTS = case((scorecards.c.evaluable != "no", standings.c.points))
_MEAN = (func.count(_POINTS), func.sum(_POINTS), func.sum(_POINTS * _POINTS))


def calls(
    store: Store,
    viewer: Viewer,
    which: CallFilter = ALL,
    *,
    sort: SortKey = "date",
    descending: bool = True,
    page: int = 0,
    size: int = 50,
) -> CallPage:
    """One page (from 0) of judged calls; calls without the sorted value come last."""
    key = _SORTS[sort]
    order = (key.is_(None), desc(key) if descending else key, recordings.c.id)
    rows = call_rows().where(*where(viewer, which)).order_by(*order).limit(size).offset(page * size)
    total = select(func.count()).select_from(JUDGED).where(*where(viewer, which))
    with store.reading() as connection:
        found = tuple(CallRow(**row._mapping) for row in connection.execute(rows))
        return CallPage(found, connection.execute(total).scalar_one())


def call(store: Store, viewer: Viewer, recording_id: str) -> Call:
    """One call with everything found and judged; CoachError where there is none in the viewer's reach."""
    reach(store, viewer, recording_id)
    return store.call(recording_id)


def reach(store: Store, viewer: Viewer, recording_id: str) -> None:
    """CoachError, the same as for an id that is not there, where the viewer may not reach this recording."""
    seen = select(1).select_from(recordings).where(recordings.c.id == recording_id, *visible(viewer))
    with store.reading() as connection:
        if connection.execute(seen).first() is None:
            raise CoachError(NOT_THERE.format(id=recording_id))


def summary(store: Store, viewer: Viewer, which: CallFilter = ALL) -> Summary:
    """The filtered calls in one line."""
    query = _select(
        func.count(),
        _number_of(scorecards.c.evaluable != "no"),
        _number_of(standings.c.critical > 0),
        _number_of(standings.c.to_review > 0),
        _number_of(findings.c.firm_promise),
        func.coalesce(func.sum(recordings.c.duration_s), 0.0),
        *_MEAN,
        viewer=viewer,
        which=which,
    )
    with store.reading() as connection:
        n, evaluable, critical, to_review, promises, seconds, *points = connection.execute(query).one()
    return Summary(n, evaluable, critical, to_review, promises, seconds, mean(*points))


def agents(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[AgentRow, ...]:
    """Every agent with a login, by name. How many calls have none says `choices`."""
    query = _select(
        recordings.c.agent_login,
        func.max(recordings.c.agent),
        func.count(),
        _number_of(standings.c.critical > 0),
        _number_of(findings.c.firm_promise),
        _number_of(standings.c.to_review > 0),
        *_MEAN,
        viewer=viewer,
        which=which,
    )
    query = query.where(recordings.c.agent_login.is_not(None)).group_by(recordings.c.agent_login)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(func.lower(func.max(recordings.c.agent)))).all()
    return tuple(
        AgentRow(login, name or login, n, mean(*points), critical, promises, to_review)
        for login, name, n, critical, promises, to_review, *points in rows
    )


def weeks(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[WeekRow, ...]:
    """Points by calendar week, oldest first; weeks without calls are left out."""
    query = _select(recordings.c.call_date, *_MEAN, viewer=viewer, which=which)
    query = query.where(recordings.c.call_date.is_not(None)).group_by(recordings.c.call_date)
    sums: dict[date, list[float]] = {}
    with store.reading() as connection:
        for day, *points in connection.execute(query):
            added = sums.setdefault(day - timedelta(days=day.weekday()), [0, 0.0, 0.0])
            for place, value in enumerate(points):
                added[place] += value or 0
    return tuple(
        WeekRow(monday, mean(int(n), total, squares)) for monday, (n, total, squares) in sorted(sums.items())
    )


def objections(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[ObjectionRow, ...]:
    """How often each objection comes, the most frequent first; those that never came are left out."""
    counts = JUDGED.join(finding_counts, finding_counts.c.findings_id == findings.c.id)
    times = func.sum(finding_counts.c.n)
    query = (
        select(finding_counts.c.label, func.count(), times, _number_of(findings.c.firm_promise))
        .select_from(counts)
        .where(finding_counts.c.label.in_(objection_ids()), *where(viewer, which))
        .group_by(finding_counts.c.label)
        .order_by(desc(func.count()), finding_counts.c.label)
    )
    with store.reading() as connection:
        total = connection.execute(_select(func.count(), viewer=viewer, which=which)).scalar_one()
        rows = connection.execute(query).all()
    return tuple(ObjectionRow(label, n, int(said), n / total, promises) for label, n, said, promises in rows)


def criteria(store: Store, viewer: Viewer, which: CallFilter = ALL) -> tuple[CriterionRow, ...]:
    """How each criterion came out. Verdicts that wait for review are counted apart, not as pass or fail."""
    sure = ~verdicts.c.needs_review
    query = (
        select(
            verdicts.c.criterion,
            *(_number_of(and_(verdicts.c.outcome == outcome, sure)) for outcome in ("pass", "fail", "na")),
            _number_of(verdicts.c.needs_review),
        )
        .select_from(JUDGED.join(verdicts, verdicts.c.scorecard_id == scorecards.c.id))
        .where(*where(viewer, which))
        .group_by(verdicts.c.criterion)
        .order_by(verdicts.c.criterion)
    )
    with store.reading() as connection:
        return tuple(CriterionRow(*row) for row in connection.execute(query))


def choices(store: Store, viewer: Viewer) -> Choices:
    """What there is to filter by, over all judged calls in reach."""
    login, name = recordings.c.agent_login, recordings.c.agent
    known, reached = login.is_not(None), visible(viewer)
    named = select(login, func.max(name)).select_from(JUDGED).where(known, *reached).group_by(login)
    first_last = (func.min(recordings.c.call_date), func.max(recordings.c.call_date))
    span = select(*first_last).select_from(JUDGED).where(*reached)
    unassigned = select(func.count()).select_from(JUDGED).where(~known, *reached)
    with store.reading() as connection:
        people = sorted(((row[0], row[1] or row[0]) for row in connection.execute(named)), key=lambda p: p[1])
        countries, campaigns, portfolios = [
            tuple(
                connection.execute(
                    select(column)
                    .select_from(JUDGED)
                    .where(column.is_not(None), *reached)
                    .distinct()
                    .order_by(column)
                ).scalars()
            )
            for column in (recordings.c.country, recordings.c.campaign, recordings.c.portfolio)
        ]
        first, last = connection.execute(span).one()
        nobody = connection.execute(unassigned).scalar_one()
    return Choices(tuple(people), countries, campaigns, portfolios, first, last, nobody)


def call_rows() -> Select[*tuple[Any, ...]]:
    columns: list[ColumnElement[Any]] = []
    for name in CallRow.__dataclass_fields__:
        if name == "has_audio":
            columns.append(recordings.c.audio.is_not(None).label(name))
        else:
            columns.append(next(t.c[name] for t in _OF_ROWS if name in t.c))
    return select(*columns).select_from(JUDGED)


def _select(*columns: Any, viewer: Viewer, which: CallFilter) -> Select[*tuple[Any, ...]]:
    return select(*columns).select_from(JUDGED).where(*where(viewer, which))


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def where(viewer: Viewer, which: CallFilter = ALL) -> list[ColumnElement[bool]]:
    r, s, now, f = recordings.c, scorecards.c, standings.c, findings.c
    tests: list[ColumnElement[bool]] = list(visible(viewer))
    if which.agents:
        nobody = r.agent_login.is_(None) if UNASSIGNED in which.agents else None
        known = r.agent_login.in_(which.agents)
        tests.append(known if nobody is None else or_(known, nobody))
    listed = (
        (r.country, which.countries),
        (r.campaign, which.campaigns),
        (r.portfolio, which.portfolios),
        (s.evaluable, which.evaluable),
    )
    tests += [column.in_(wanted) for column, wanted in listed if wanted]
    if which.since:
        tests.append(r.call_date >= which.since)
    if which.until:
        tests.append(r.call_date <= which.until)
    if which.critical is not None:
        tests.append(now.critical > 0 if which.critical else now.critical == 0)
    if which.needs_review is not None:
        tests.append(now.to_review > 0 if which.needs_review else now.to_review == 0)
    if which.promise is not None:
        tests.append(
            {"firm": f.firm_promise, "vague": and_(f.promised, ~f.firm_promise), "none": ~f.promised}[
                which.promise
            ]
        )
    if which.demo is not None:
        tests.append(r.demo == which.demo)
    return tests + _where_said(which)


def _where_said(which: CallFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if which.objections:
        said = finding_counts.c.label.in_(which.objections)
        tests.append(select(1).where(finding_counts.c.findings_id == findings.c.id, said).exists())
    if which.criterion and which.outcome:
        came_out = and_(verdicts.c.criterion == which.criterion, verdicts.c.outcome == which.outcome)
        tests.append(select(1).where(verdicts.c.scorecard_id == scorecards.c.id, came_out).exists())
    if words := stems(which.text).split():
        said_all = [transcripts.c.stems.contains(f" {word} ", autoescape=True) for word in words]
        spoken = select(1).where(transcripts.c.id == findings.c.transcript_id, *said_all).exists()
        named = (recordings.c.id, recordings.c.account, recordings.c.debtor_name)
        tests.append(
            or_(spoken, *(column.icontains(which.text.strip(), autoescape=True) for column in named))
        )
    return tests
