"""Signing in and out, and one's own password. Guessing is slowed down; unknown logins are not told apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from coach import audit, passwords, sessions
from coach.schema_people import users
from coach.sections import Accounts
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer

_MOST_DOUBLINGS = 6  # of the pause after wrong passwords: 15 minutes become at most 16 hours


def sign_in(
    store: Store, settings: Settings, login: str, password: str, *, now: datetime | None = None
) -> str | None:
    """The token of a new session, None where login and password do not go together or the login pauses.

    An attempt counts as wrong before it is checked, so that many at once are not more than one by one.
    """
    now = now or datetime.now(UTC)
    person = _attempt(store, settings.accounts, login, now)
    right = passwords.matches(password, person.password_hash if person else None)
    if person is None:
        return None
    if not right:
        audit.note(store, _as_viewer(person), "sign_in_refused", f"user:{person.login}")
        return None
    renewed = passwords.hashed(password) if passwords.outdated(person.password_hash) else person.password_hash
    with store.writing() as connection:
        values = {"failed": 0, "locked_until": None, "password_hash": renewed}
        if not _still(connection, person, values):
            audit.record(connection, _as_viewer(person), "sign_in_refused", f"user:{person.login}")
            return None
        audit.record(connection, _as_viewer(person), "sign_in", f"user:{person.login}")
        return sessions.begin(connection, person.id, now)


def sign_in_demo(store: Store, settings: Settings, login: str, *, now: datetime | None = None) -> str | None:
    """The token of a new session of one of the demonstration's people; None outside of it."""
    if not settings.demo:
        return None
    with store.writing() as connection:
        person = _person(connection, login)
        if person is None or not person.demo or not person.active:
            return None
        return sessions.begin(connection, person.id, now or datetime.now(UTC))


class Stranger(Enum):
    """Why somebody for whom the company's own sign-in vouches stays outside all the same."""

    UNKNOWN = "unknown"  # the e-mail is nobody's here who may come in
    SHARED = "shared"  # that of several, and nothing tells which of them it is
    UNVERIFIED = "unverified"  # somebody's, but the service has not verified it
    OTHER_ACCOUNT = "other_account"  # that of somebody who came in by another account of the company
    DEACTIVATED = "deactivated"  # somebody's whose account here is closed
    UNPROVED = "unproved"  # what the service said of them did not hold: signature, issuer, hour


def sign_in_known(
    store: Store, subject: str, email: str, *, verified: bool, now: datetime | None = None
) -> str | Stranger:
    """The token of a new session for whom the company's own sign-in vouches for; or why there is none.

    `subject` is that service's name for the person; at the first time the e-mail, which the service must
    have verified, says who it is. Only people whom Temple already knows come in; who does not is in the log.
    """
    now = now or datetime.now(UTC)
    linked, same = users.c.oidc_subject == subject, func.lower(users.c.email) == email.lower()
    with store.writing() as connection:
        person = connection.execute(select(users).where(linked, users.c.active, ~users.c.demo)).first()
        if person is None:
            known = or_(linked, same) if email else linked
            every = connection.execute(select(users).where(known, ~users.c.demo)).all()
            found = [one for one in every if one.active]
            why = _stranger(found, verified) if found or not every else Stranger.DEACTIVATED
            if why is not None:
                meant = found or every
                stranger = Viewer(None, email[:200] or "?", "", "agent")
                who = _as_viewer(meant[0]) if len(meant) == 1 else stranger
                audit.record(connection, who, "sign_in_refused", f"user:{who.login}", by="sso", why=why.value)
                return why
            person = found[0]
            bound = update(users).where(users.c.id == person.id)
            connection.execute(bound.values(oidc_subject=subject))
        audit.record(connection, _as_viewer(person), "sign_in", f"user:{person.login}", by="sso")
        return sessions.begin(connection, person.id, now, vouched=True)


def _stranger(found: Sequence[Row[Any]], verified: bool) -> Stranger | None:
    """Why none of those who have this e-mail is meant; None where the one who has it is."""
    if len(found) != 1:
        return Stranger.SHARED if found else Stranger.UNKNOWN
    if not verified:
        return Stranger.UNVERIFIED
    return Stranger.OTHER_ACCOUNT if found[0].oidc_subject is not None else None


def unproved(store: Store, what: str) -> None:
    """Write down that somebody came back from the company's service with a word that did not hold; `what`
    names the check for who looks into it.
    """
    nobody = Viewer(None, "?", "", "agent")
    audit.note(store, nobody, "sign_in_refused", "user:?", by="sso", why=Stranger.UNPROVED.value, kind=what)


def sign_out(store: Store, token: str, viewer: Viewer) -> None:
    sessions.end(store, token)
    audit.note(store, viewer, "sign_out", f"user:{viewer.login}")


def change_password(
    store: Store, settings: Settings, viewer: Viewer, former: str, new: str, *, now: datetime | None = None
) -> str:
    """One's own password; ends all sessions of the person and gives the token of a new one.

    CoachError where the former password is wrong, which counts as a failed sign-in, or the new one too easy.
    """
    now = now or datetime.now(UTC)
    person = _attempt(store, settings.accounts, viewer.login, now)
    if not passwords.matches(former, person.password_hash if person else None) or person is None:
        raise CoachError("La contraseña actual no es esa. Escríbala otra vez.")
    _forgive(store, person.id)
    if former == new:
        raise CoachError("La contraseña nueva es igual a la actual. Elija otra.")
    passwords.check(new, person.login, person.name, person.email)
    values = {"password_hash": passwords.hashed(new), "must_change": False}
    with store.writing() as connection:
        if not _still(connection, person, values):
            raise CoachError("Su contraseña cambió mientras tanto. Entre de nuevo con la que vale ahora.")
        sessions.end_all(connection, person.id, now)
        audit.record(connection, viewer, "password", f"user:{person.login}")
        return sessions.begin(connection, person.id, now)


def anybody(store: Store) -> bool:
    """Whether there is a person who may sign in outside of the demonstration."""
    with store.reading() as connection:
        real = select(1).where(users.c.active, ~users.c.demo).limit(1)
        return connection.execute(real).first() is not None


def _attempt(store: Store, rules: Accounts, login: str, now: datetime) -> Row[Any] | None:
    """Whose password is to be checked, already counted as wrong; None where none is."""
    with store.writing() as connection:
        person = _person(connection, login, lock=True)
        if person is None or not person.active or person.demo or person.password_hash is None:
            return None
        if person.locked_until and person.locked_until > now:
            return None
        failed = person.failed + 1
        over = failed - rules.attempts
        pause = timedelta(minutes=rules.pause_minutes * 2 ** min(max(over, 0), _MOST_DOUBLINGS))
        values = {"failed": failed, "locked_until": now + pause if over >= 0 else None}
        connection.execute(update(users).where(users.c.id == person.id).values(**values))
        return person


def _still(connection: Connection, person: Row[Any], values: dict[str, Any]) -> bool:
    """Writes `values`, unless the person may not come in any more or has another password than was checked.

    A check takes a tenth of a second: somebody may have reset it meanwhile.
    """
    same = (users.c.id == person.id, users.c.active, users.c.password_hash == person.password_hash)
    return bool(connection.execute(update(users).where(*same).values(**values)).rowcount)


def _forgive(store: Store, user_id: int) -> None:
    """The password was right: the attempts before it count no more."""
    with store.writing() as connection:
        right = update(users).where(users.c.id == user_id)
        connection.execute(right.values(failed=0, locked_until=None))


def _person(connection: Connection, login: str, *, lock: bool = False) -> Row[Any] | None:
    """With `lock` nobody else counts an attempt of this login until ours is counted."""
    wanted = select(users).where(users.c.login == login.strip().casefold())
    return connection.execute(wanted.with_for_update() if lock else wanted).first()


def _as_viewer(person: Row[Any]) -> Viewer:
    return Viewer(person.id, person.login, person.name, person.role)
