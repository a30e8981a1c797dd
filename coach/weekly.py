"""A team's week in figures: what its report tells, on the screen's own queries.

The viewer must reach the team. Nothing in it tells of the health of a debtor, and no quote comes from a call
in which one told of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from coach import (
    blind,
    critical_cases,
    discreet,
    editions,
    ledger,
    outcomes,
    periods,
    picture,
    queries,
    rungs,
    team_figures,
)
from coach.attention import attention
from coach.filters import where
from coach.ledger import LedgerFilter, LedgerSummary
from coach.periods import Period
from coach.pipeline import forms_of
from coach.rows import CallFilter, Summary, WeekRow
from coach.rungs import Met
from coach.schema_lists import listed
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import Change, Lost
from coach.teams import Team, through
from coach.types import CoachError
from coach.viewers import Viewer, released
from coach.words import stands
from coach.written import shortened
from rubrics.types import Criterion

LOOKED_AT = 8  # released calls in which a criterion failed, before no quote is given
LONGEST = 260  # characters of a quote


@dataclass(frozen=True, slots=True)
class Said:
    """A failure's own words in a released call, with placeholders for whatever gives somebody away."""

    recording_id: str
    day: date | None
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LostHere:
    lost: Lost
    said: Said | None


@dataclass(frozen=True, slots=True)
class Week:
    """`changes` are clear ones against the week before. `first` and `unreviewed` are names of agents: the
    report is for who may see figures by agent.
    """

    team: str
    site: str
    days: Period
    now: Summary
    before: Summary
    trend: tuple[WeekRow, ...]
    changes: tuple[Change, ...]
    lost: tuple[LostHere, ...]
    met: tuple[Met, ...]
    due: LedgerSummary  # promises whose day was in this week
    made: int  # firm promises of this week
    to_confirm: int  # calls of this week with a critical failure that nobody has looked at
    open_cases: int  # confirmed ones with something left to do, of any week
    first: tuple[str, ...]
    unreviewed: tuple[str, ...]
    editions: tuple[str, ...]  # where calls of the weeks shown were judged by several of one form or pack


def days_of(written: str, *, today: date | None = None) -> Period:
    """«2026-W47» as Monday to Sunday; "" is the last week that is over. CoachError for anything else."""
    if not written.strip():
        now = today or date.today()
        monday = now - timedelta(days=now.weekday() + 7)
        return Period(monday, monday + timedelta(days=6))
    year, _, number = written.strip().upper().partition("-W")
    wrong = CoachError(
        "Semana «{week}»: escríbala como 2026-W47, el año y su número de semana.", week=written
    )
    if not (year + number).isascii() or not (year + number).isdigit() or (len(year), len(number)) != (4, 2):
        raise wrong
    try:
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError as error:
        raise wrong from error
    return Period(monday, monday + timedelta(days=6))


def named(days: Period) -> str:
    """«2026-W47»."""
    year, week, _ = days.since.isocalendar()
    return f"{year}-W{week:02}"


def week(store: Store, settings: Settings, viewer: Viewer, team: Team, days: Period) -> Week:
    """The team's week, less what the viewer is to judge blind. CoachError where the team is not theirs."""
    eyes = through(viewer, team.id)
    which = blind.without(store, viewer, CallFilter())
    now, then = days.of(which), days.before.of(which)
    criteria = team_figures.by_id(form.criteria for form in forms_of(settings))
    seen = picture.looked_at(store, eyes, now, criteria)
    before = picture.looked_at(store, eyes, then, criteria)
    summary, agents = queries.summary(store, eyes, now), queries.agents(store, eyes, now)
    heard = {one.login for one in outcomes.outcomes(store, eyes, now, reviewed=True)}
    asked = ledger.Asked(settings, eyes)
    return Week(
        team.name, team.site, days, summary, queries.summary(store, eyes, then),
        queries.weeks(store, eyes, periods.trend(days).of(which)),
        team_figures.changes(before, seen, criteria),
        _lost(store, settings, eyes, now, team_figures.to_work_on(seen, criteria)),
        _met(store, eyes, now, len(agents)),
        ledger.summary(store, asked, LedgerFilter(due_since=days.since, due_until=days.until)),
        summary.firm_promises, summary.critical, critical_cases.left_open(store, eyes),
        tuple(agent.agent for agent in attention(agents, summary.points).first),
        tuple(agent.agent for agent in agents if agent.login not in heard),
        editions.mixed(store, eyes, replace(now, since=min(days.before.since, periods.trend(days).since))),
    )  # fmt: skip


def _met(store: Store, eyes: Viewer, now: CallFilter, agents: int) -> tuple[Met, ...]:
    """The most frequent objections; of the health of people only what points at nobody."""
    found = rungs.met(store, eyes, now)
    told = [row for row in found if discreet.may_tell(row.objection, row.calls.hits, agents=agents)]
    return tuple(told[:6])


def _lost(
    store: Store, settings: Settings, eyes: Viewer, now: CallFilter, lost: tuple[Lost, ...]
) -> tuple[LostHere, ...]:
    return tuple(LostHere(one, _said(store, settings, eyes, now, one.criterion)) for one in lost)


def _said(
    store: Store, settings: Settings, eyes: Viewer, now: CallFilter, criterion: Criterion
) -> Said | None:
    """The failure in the newest released call that has words for it."""
    failed = replace(now, criterion=criterion.id, outcome="fail")
    query = select(listed.c.recording_id).where(*where(eyes, failed), released(listed))
    query = query.order_by(listed.c.call_started_at.desc(), listed.c.recording_id).limit(LOOKED_AT)
    with store.reading() as connection:
        ids = list(connection.execute(query).scalars())
    for one in ids:
        call = store.call(one)
        verdict = stands(store, settings, call).verdicts.get(criterion.id)
        if verdict is None or verdict.outcome != "fail" or not verdict.evidence:
            continue
        health = discreet.health_turns(call)
        if health or discreet.unspoken(verdict, health).reason == discreet.HIDDEN:
            continue
        text = discreet.masked_quotes(call)(verdict.evidence[0])
        day = call.transcript.recording.call_date
        return Said(one, day, shortened(text, LONGEST), discreet.masked_text(verdict.told, call))
    return None
