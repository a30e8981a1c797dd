"""Who is signed in: a random token in the browser's cookie, its digest in our table, asked on every request.

A session ends when its person pauses too long, at the latest after some hours, by signing out, with a changed
password, and with the person's deactivation.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select, update

from coach.dated import in_force
from coach.schema_people import grants, memberships, sessions, users
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer
from coach.workdays import local_day

SEEN_EVERY = timedelta(seconds=60)  # the table need not know it more exactly
KEPT = timedelta(days=30)  # ended sessions, for who looks into what happened


@dataclass(frozen=True, slots=True)
class Session:
    """A valid session. `must_change`: until the password is changed, nothing else may be done with it; for
    whom the company's account vouched no password is needed.
    """

    viewer: Viewer
    csrf: str  # what a form of ours must carry
    must_change: bool


def begin(connection: Connection, user_id: int, now: datetime, *, vouched: bool = False) -> str:
    """A new session; gives the token for the cookie. Old rows are swept on the way.

    `vouched`: the company's own account opened it.
    """
    token = secrets.token_urlsafe(32)
    row = {"token_hash": _digest(token), "csrf": secrets.token_urlsafe(24), "user_id": user_id}
    connection.execute(insert(sessions).values(**row, created_at=now, seen_at=now, vouched=vouched))
    connection.execute(update(users).where(users.c.id == user_id).values(last_seen_at=now))
    connection.execute(delete(sessions).where(sessions.c.created_at < now - KEPT))
    return token


def session_of(
    store: Store, settings: Settings, token: str, *, touch: bool = True, now: datetime | None = None
) -> Session | None:
    """The session of a cookie's token, None where it never was or is over.

    With `touch` the person is at work: the pause counts from now. What a page does by itself does not touch.
    """
    now = now or datetime.now(UTC)
    begun = sessions.c.created_at.label("begun_at")  # both tables have a created_at
    its = (begun, sessions.c.seen_at, sessions.c.ended_at, sessions.c.csrf, sessions.c.vouched)
    query = select(users, *its).join(sessions, sessions.c.user_id == users.c.id)
    with store.reading() as connection:
        row = connection.execute(query.where(sessions.c.token_hash == _digest(token))).first()
        if row is None or not _valid(row, settings, now):
            return None
        must_change = row.must_change and not row.vouched
        session = Session(_viewer(connection, row, local_day(now)), row.csrf, must_change)
    if touch and now - row.seen_at >= SEEN_EVERY:
        _touch(store, token, row.id, now)
    return session


def paused(store: Store, settings: Settings, token: str, *, now: datetime | None = None) -> bool:
    """Whether this token's session is over because its person paused too long: neither left, nor closed from
    elsewhere, nor unknown here.
    """
    rules, now = settings.accounts, now or datetime.now(UTC)
    its = (sessions.c.ended_at, sessions.c.seen_at, users.c.active, users.c.demo)
    query = select(*its).join(users, users.c.id == sessions.c.user_id)
    with store.reading() as connection:
        row = connection.execute(query.where(sessions.c.token_hash == _digest(token))).first()
    if row is None or row.ended_at is not None or not row.active or (row.demo and not settings.demo):
        return False
    return bool(now - row.seen_at >= timedelta(minutes=rules.idle_minutes))


def viewer_of(
    store: Store, settings: Settings, token: str, *, touch: bool = True, now: datetime | None = None
) -> Viewer | None:
    """Whoever may work with this token; None also while the password must be changed first."""
    session = session_of(store, settings, token, touch=touch, now=now)
    return session.viewer if session and not session.must_change else None


def end(store: Store, token: str, *, now: datetime | None = None) -> None:
    """Over, whoever still has the token; one that is not known changes nothing."""
    mine = update(sessions).where(sessions.c.token_hash == _digest(token), sessions.c.ended_at.is_(None))
    with store.writing() as connection:
        connection.execute(mine.values(ended_at=now or datetime.now(UTC)))


def end_all(connection: Connection, user_id: int, now: datetime) -> None:
    """All sessions of a person, on every device."""
    open_ones = update(sessions).where(sessions.c.user_id == user_id, sessions.c.ended_at.is_(None))
    connection.execute(open_ones.values(ended_at=now))


def _valid(row: Row[tuple[object, ...]], settings: Settings, now: datetime) -> bool:
    rules = settings.accounts
    return (
        row.ended_at is None
        and row.active
        and (settings.demo or not row.demo)
        and now - row.seen_at < timedelta(minutes=rules.idle_minutes)
        and now - row.begun_at < timedelta(hours=rules.longest_hours)
    )


def _viewer(connection: Connection, row: Row[tuple[object, ...]], today: date) -> Viewer:
    teams: tuple[int, ...] = ()
    portfolios: tuple[str, ...] = ()
    if row.role == "lead":
        led = select(memberships.c.team_id).where(
            memberships.c.user_id == row.id,
            memberships.c.leads,
            in_force(memberships, today),
        )
        teams = tuple(connection.execute(led.distinct().order_by(memberships.c.team_id)).scalars())
    elif row.role == "auditor":
        granted = select(grants.c.portfolio).where(grants.c.user_id == row.id)
        portfolios = tuple(connection.execute(granted.order_by(grants.c.portfolio)).scalars())
    return Viewer(row.id, row.login, row.name, row.role, teams, portfolios, row.language)


def _touch(store: Store, token: str, user_id: int, now: datetime) -> None:
    with store.writing() as connection:
        connection.execute(
            update(sessions).where(sessions.c.token_hash == _digest(token)).values(seen_at=now)
        )
        connection.execute(update(users).where(users.c.id == user_id).values(last_seen_at=now))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
