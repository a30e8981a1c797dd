"""Rows that hold from a first day on, until a last one or still: memberships and logins of the dialler."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, or_

from coach.schema_people import agent_logins, memberships


def in_force(table: FromClause, day: Any) -> ColumnElement[bool]:
    """Whether a row of `table` holds on `day`, a date or a column of dates."""
    return and_(table.c.since <= day, or_(table.c.until.is_(None), table.c.until >= day))


def member_on(day: Any) -> ColumnElement[bool]:
    """Whether it is a membership, not a lead, that holds on `day`."""
    return and_(~memberships.c.leads, in_force(memberships, day))


def held_on(login: Any, day: Any, logins: FromClause = agent_logins) -> ColumnElement[bool]:
    """Whether a row of `logins` tells whose `login` it was on `day`; each a value or a column of a call."""
    return and_(logins.c.login == login, in_force(logins, day))
