"""A `CallFilter` and the viewer's reach as conditions: on `listed`, or on the days added up in `tallies`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from coach import search
from coach.letters import NONE, OUTCOMES, Kind
from coach.rows import NOBODY, UNASSIGNED, CallFilter
from coach.schema import ladders, reviews, scorecards
from coach.schema_lists import listed, places, tallies
from coach.search import How
from coach.viewers import Viewer, of_teams, taken_by, taken_by_nobody, told, unconfirmed, visible
from rubrics.types import Outcome

ALL = CallFilter()


def where(viewer: Viewer, which: CallFilter = ALL, *, how: How = "check") -> list[ColumnElement[bool]]:
    """Conditions on `listed`; `how` words are looked for says `search.holds`."""
    its = listed.c
    tests: list[ColumnElement[bool]] = list(visible(viewer, listed))
    if which.agents:
        nobody = its.agent_login.is_(None) if UNASSIGNED in which.agents else None
        known = its.agent_login.in_(which.agents)
        tests.append(known if nobody is None else or_(known, nobody))
    if which.people:
        nobodys = [taken_by_nobody(listed)] if NOBODY in which.people else []
        tests.append(or_(taken_by(which.people, listed), *nobodys))
    if which.teams:
        tests += of_teams(which.teams, listed)
    named = (
        (its.country, which.countries),
        (its.campaign, which.campaigns),
        (its.portfolio, which.portfolios),
        (its.evaluable, which.evaluable),
    )
    tests += [column.in_(wanted) for column, wanted in named if wanted]
    if which.since:
        tests.append(its.call_date >= which.since)
    if which.until:
        tests.append(its.call_date <= which.until)
    if which.critical is not None:
        waiting = unconfirmed(viewer, its.critical)
        tests.append(waiting > 0 if which.critical else waiting == 0)
    if which.needs_review is not None:
        tests.append(its.to_review > 0 if which.needs_review else its.to_review == 0)
    if which.demo is not None:
        tests.append(its.demo == which.demo)
    if which.sound is not None:
        tests.append(its.has_audio == (which.sound == "heard"))
    if which.apart:  # by a number that is in every index of the table
        tests.append(its.scorecard_id.not_in(which.apart))
    return tests + _where_said(viewer, which, how)


def set_apart(viewer: Viewer, which: CallFilter) -> list[ColumnElement[bool]] | None:
    """Conditions on `listed` for the calls of the filter that are set apart; None where none is."""
    if not which.apart:
        return None
    return [listed.c.scorecard_id.in_(which.apart), *where(viewer, replace(which, apart=()))]


def _where_said(viewer: Viewer, which: CallFilter, how: How) -> list[ColumnElement[bool]]:
    its = listed.c
    tests: list[ColumnElement[bool]] = []
    if which.promise is not None:
        vague = and_(its.promised, ~its.firm_promise)
        tests.append({"firm": its.firm_promise, "vague": vague, "none": ~its.promised}[which.promise])
    if which.objections:  # asked for nothing but what the viewer is not told of: no call
        tests.append(or_(false(), *(_met(name) for name in told(viewer, which.objections))))
    if which.criterion and which.outcome:
        letters = came_out(which.outcome)
        tests.append(_letter("criterion", which.criterion, its.outcomes).in_(letters))
        if viewer.role == "agent" and which.outcome == "fail":
            tests.append(~_nobodys_word(which.criterion))
    if (held := _words(viewer, which.text, how)) is not None:
        tests.append(held)
    return tests


def _met(name: str) -> ColumnElement[bool]:
    """Whether the objection came, as `coach.rungs` counts it: what is only perhaps one is none. A call whose
    ladder is still to be read is among them.
    """
    none_counts = select(1).where(
        ladders.c.findings_id == listed.c.findings_id, ladders.c.label == name, ladders.c.times == 0
    )
    found = _letter("objection", name, listed.c.said).not_in(("", NONE))
    return and_(found, ~none_counts.correlate(listed).exists())


def _words(viewer: Viewer, text: str, how: How) -> ColumnElement[bool] | None:
    return search.holds(text, how, names=viewer.may("names"), health=viewer.may("health"))


def _nobodys_word(criterion: str) -> ColumnElement[bool]:
    """Whether the machine has the criterion among the critical failures and no person has confirmed it.

    In what is kept whole, a quote within a text is escaped, so that what is looked for is no text.
    """
    name = json.dumps(criterion, ensure_ascii=False)
    among = _holds(scorecards.c.body, '"critical_failures":[', name, '],"evaluable":"')
    failed = select(1).where(scorecards.c.id == listed.c.scorecard_id, among)
    later = reviews.alias("later")
    newest = select(func.max(later.c.id)).where(later.c.recording_id == listed.c.recording_id)
    confirmed = select(1).where(
        reviews.c.id == newest.correlate(listed).scalar_subquery(),
        _holds(reviews.c.body, f'{{"criterion":{name},"outcome":"fail"'),
    )
    return and_(failed.correlate(listed).exists(), ~confirmed.correlate(listed).exists())


def _holds(column: ColumnElement[str], *parts: str) -> ColumnElement[bool]:
    """Whether the text has these parts, one after the other."""
    exact = (part.replace("/", "//").replace("%", "/%").replace("_", "/_") for part in parts)
    return column.like(f"%{'%'.join(exact)}%", escape="/")


def came_out(outcome: Outcome) -> tuple[str, str]:
    """The letters of an outcome, for sure and waiting for a person."""
    return OUTCOMES[outcome], OUTCOMES[outcome].upper()


def _letter(kind: Kind, name: str, row: ColumnElement[str]) -> ColumnElement[str]:
    """The letter at a name's place; the empty word where it has none."""
    place = select(places.c.place).where(places.c.kind == kind, places.c.name == name).scalar_subquery()
    return func.coalesce(func.substr(row, place + 1, 1), "")


def tallied(viewer: Viewer, which: CallFilter = ALL) -> list[ColumnElement[bool]] | None:
    """Conditions on `tallies` that mean the same calls; None where single calls must be looked at.

    Those set apart are in them: whoever adds up takes them off (`set_apart`).
    """
    by_day = CallFilter(
        countries=which.countries,
        campaigns=which.campaigns,
        portfolios=which.portfolios,
        since=which.since,
        until=which.until,
        demo=which.demo,
    )
    if viewer.role in ("lead", "agent") or which != by_day:
        return None
    its = tallies.c
    named = (
        (its.country, which.countries),
        (its.campaign, which.campaigns),
        (its.portfolio, which.portfolios),
    )
    tests = [*visible(viewer, tallies), *(column.in_(wanted) for column, wanted in named if wanted)]
    if which.since:
        tests.append(its.day >= which.since)
    if which.until:
        tests += [its.day <= which.until, its.day > date.min]
    if which.demo is not None:
        tests.append(its.demo == which.demo)
    return tests
