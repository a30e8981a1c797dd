"""People of the house: added, found, changed, given a new password, deactivated. For who may `administer`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, update

from coach import audit, by_name, freed, passwords, sessions
from coach.schema_people import users
from coach.store import Store
from coach.types import CoachError
from coach.viewers import RIGHTS, ROLES, Role, Viewer

LANGUAGES = ("es", "en")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; no password, no digest of one."""

    id: int
    login: str
    name: str
    email: str
    role: Role
    language: str
    active: bool
    demo: bool
    must_change: bool
    has_password: bool
    linked: bool  # to an account of the company
    locked_until: datetime | None  # UTC
    last_seen_at: datetime | None  # UTC


@dataclass(frozen=True, slots=True)
class People:
    rows: tuple[Person, ...]
    total: int


def people(
    store: Store,
    viewer: Viewer,
    *,
    text: str = "",
    role: Role | None = None,
    active: bool | None = None,
    page: int = 0,
    size: int = 50,
) -> People:
    """One page (from 0) by name; `text` is part of login, name or e-mail."""
    viewer.require("administer")
    tests: list[ColumnElement[bool]] = []
    if text.strip():
        parts = (users.c.login, users.c.name, users.c.email)
        tests.append(or_(*(column.icontains(text.strip(), autoescape=True) for column in parts)))
    if role:
        tests.append(users.c.role == role)
    if active is not None:
        tests.append(users.c.active if active else ~users.c.active)
    rows = select(users).where(*tests).order_by(by_name.column(users.c.name), users.c.id)
    with store.reading() as connection:
        found = connection.execute(rows.limit(size).offset(page * size)).all()
        total = connection.execute(select(func.count()).select_from(users).where(*tests)).scalar_one()
    return People(tuple(map(_person, found)), total)


def person(store: Store, viewer: Viewer, login: str) -> Person:
    """CoachError where nobody has this login."""
    viewer.require("administer")
    with store.reading() as connection:
        return _person(row_of(connection, login))


def add(
    store: Store,
    viewer: Viewer,
    login: str,
    name: str,
    role: Role,
    *,
    email: str = "",
    language: str = "es",
    password: str | None = None,
    must_change: bool = True,
) -> Person:
    """A new person. Without a password there is none: one is set by `reset`, or they sign in elsewhere."""
    viewer.require("administer")
    kept = None
    if password is not None:
        passwords.check(password, login, name, email)
        kept = passwords.hashed(password)
    with store.writing() as connection:
        values = {"password_hash": kept, "must_change": must_change and kept is not None}
        put(connection, viewer, login, name, role, email=email, language=language, **values)
        return _person(row_of(connection, login))


def change(
    store: Store,
    viewer: Viewer,
    login: str,
    *,
    name: str | None = None,
    email: str | None = None,
    role: Role | None = None,
    language: str | None = None,
) -> Person:
    """Other facts of a person; None leaves what is."""
    viewer.require("administer")
    said = {"name": name, "email": email, "role": role, "language": language}
    with store.writing() as connection:
        alter(connection, viewer, login, {key: value for key, value in said.items() if value is not None})
        return _person(row_of(connection, login))


def prefer(store: Store, viewer: Viewer, language: str) -> None:
    """The language that the viewer themselves read Temple in from now on, wherever they sign in."""
    said = _checked({"language": language})
    with store.writing() as connection:
        connection.execute(update(users).where(users.c.id == viewer.user_id).values(**said))


def deactivate(store: Store, viewer: Viewer, login: str) -> int:
    """May not sign in any more, and is out at once; what the person did stays. What they had in hand to
    review goes back to the queue: gives how many calls.
    """
    viewer.require("administer")
    with store.writing() as connection:
        row = row_of(connection, login)
        _someone_left_to_administer(connection, row)
        connection.execute(update(users).where(users.c.id == row.id).values(active=False))
        sessions.end_all(connection, row.id, datetime.now(UTC))
        back = freed.back_to_all(connection, viewer, row)
        told = {"given_back": back} if back else {}
        audit.record(connection, viewer, "deactivate", f"user:{row.login}", **told)
    return back


def activate(store: Store, viewer: Viewer, login: str) -> None:
    viewer.require("administer")
    with store.writing() as connection:
        row = row_of(connection, login)
        values = {"active": True, "failed": 0, "locked_until": None}
        connection.execute(update(users).where(users.c.id == row.id).values(**values))
        audit.record(connection, viewer, "activate", f"user:{row.login}")


def unlink(store: Store, viewer: Viewer, login: str) -> None:
    """Forget which account of the company this person came in by: the next one with their verified e-mail
    takes its place.
    """
    viewer.require("administer")
    with store.writing() as connection:
        row = row_of(connection, login)
        connection.execute(update(users).where(users.c.id == row.id).values(oidc_subject=None))
        audit.record(connection, viewer, "unlink", f"user:{row.login}")


def reset(store: Store, viewer: Viewer, login: str) -> str:
    """A password to use once, which must then be changed; ends sessions and pauses. To be handed over."""
    viewer.require("administer")
    password = passwords.one_time()
    kept = passwords.hashed(password)
    with store.writing() as connection:
        row = row_of(connection, login)
        if row.demo:
            raise CoachError(
                "{login}: es una persona de la demostración y no lleva contraseña.", login=row.login
            )
        values = {"password_hash": kept, "must_change": True, "failed": 0, "locked_until": None}
        connection.execute(update(users).where(users.c.id == row.id).values(**values))
        sessions.end_all(connection, row.id, datetime.now(UTC))
        audit.record(connection, viewer, "reset", f"user:{row.login}")
    return password


def put(
    connection: Connection,
    viewer: Viewer,
    login: str,
    name: str,
    role: str,
    *,
    email: str = "",
    language: str = "es",
    **more: Any,
) -> int:
    """A new row; gives its id. CoachError where the login is taken or a value cannot be."""
    facts = _checked({"name": name, "email": email, "role": role, "language": language})
    folded = login_of(login)
    if connection.execute(select(1).where(users.c.login == folded)).first() is not None:
        raise CoachError("{login}: ya hay una persona con este usuario. Elija otro.", login=folded)
    row = {"active": True, "failed": 0, "must_change": False, "created_at": datetime.now(UTC), **more}
    made = insert(users).values(login=folded, **facts, **row).returning(users.c.id)
    user_id: int = connection.execute(made).scalar_one()
    audit.record(connection, viewer, "add", f"user:{folded}", role=role)
    return user_id


def alter(connection: Connection, viewer: Viewer, login: str, facts: dict[str, str]) -> bool:
    """Put these facts in the place of the former; whether any was another. A role or a name is no secret:
    the entry says what changed.
    """
    row = row_of(connection, login)
    new = {key: value for key, value in _checked(facts).items() if value != row._mapping[key]}
    if not new:
        return False
    if new.get("role", row.role) != row.role:
        _someone_left_to_administer(connection, row)
    other = {"oidc_subject": None} if "email" in new else {}  # whose e-mail it is decides anew who comes in
    connection.execute(update(users).where(users.c.id == row.id).values(**new, **other))
    told: dict[str, object] = dict(new)
    if "review" not in RIGHTS[new.get("role", row.role)] and (
        back := freed.back_to_all(connection, viewer, row)
    ):
        told["given_back"] = back
    audit.record(connection, viewer, "change", f"user:{row.login}", **told)
    return True


def row_of(connection: Connection, login: str) -> Row[Any]:
    row = connection.execute(select(users).where(users.c.login == login.strip().casefold())).first()
    if row is None:
        raise CoachError(
            "{login}: no hay ninguna persona con este usuario. Vea «coach users list».", login=login
        )
    return row


def login_of(text: str) -> str:
    """A login as it is kept: case folded; CoachError where it cannot be one."""
    folded = text.strip().casefold()
    fits = 2 <= len(folded) <= 200 and folded[0].isalnum()
    if not fits or any(sign.isspace() or not sign.isprintable() for sign in folded):
        raise CoachError("«{login}» no sirve de usuario: 2 letras o más, sin espacios.", login=text.strip())
    return folded


def known_role(word: str) -> Role:
    """CoachError where it is none."""
    if found := next((one for one in ROLES if one == word), None):
        return found
    raise CoachError(
        "«{role}» no es un rol. Escriba administración (admin), analista (analyst), formación (trainer), "
        "líder (lead), agente (agent) o auditoría (auditor).",
        role=word,
    )


def _checked(facts: dict[str, str]) -> dict[str, str]:
    clean = {key: " ".join(value.split()) for key, value in facts.items()}
    if "name" in clean and not 1 <= len(clean["name"]) <= 200:
        raise CoachError("Falta el nombre de la persona.")
    if "role" in clean:
        known_role(clean["role"])
    if clean.get("language", "es") not in LANGUAGES:
        raise CoachError("«{language}» no es un idioma de Temple. Use es o en.", language=clean["language"])
    email = clean.get("email", "")
    if email and (email.count("@") != 1 or " " in email or len(email) > 300):
        raise CoachError("«{email}» no es un correo.", email=email)
    return clean


def _someone_left_to_administer(connection: Connection, row: Row[Any]) -> None:
    """CoachError where this is the only active person who administers."""
    if row.role != "admin" or not row.active:
        return
    others = select(1).where(users.c.role == "admin", users.c.active, users.c.id != row.id, ~users.c.demo)
    if connection.execute(others.limit(1)).first() is None:
        raise CoachError(
            "{login}: es la única persona que administra Temple. Nombre antes a otra.", login=row.login
        )


def _person(row: Row[Any]) -> Person:
    told = ("has_password", "linked")
    values = {name: row._mapping[name] for name in Person.__dataclass_fields__ if name not in told}
    has_password, linked = row.password_hash is not None, row.oidc_subject is not None
    return Person(**values, has_password=has_password, linked=linked)
