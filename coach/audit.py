"""Who saw, changed, exported what. Entries are added, never changed; they hold no words of a call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, desc, func, insert, literal, select

from coach import machine_user
from coach.schema import recordings
from coach.schema_people import audit
from coach.tables import csv_text
from coach.viewers import HOUSE, Viewer, visible
from coach.written import Language

if TYPE_CHECKING:
    from coach.store import Store

AGAIN_AFTER = timedelta(minutes=30)  # the same call seen again within this is one entry


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime  # UTC
    login: str  # "" for the terminal of the machine itself
    action: str
    subject: str  # "call:mx-1", "user:ana", "export:calls"
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Entry, ...]
    total: int


def record(connection: Connection, viewer: Viewer, action: str, subject: str, **detail: object) -> None:
    """One entry, in the transaction of what it tells of; of the terminal with the machine's user."""
    if viewer == HOUSE and (name := machine_user.told()):
        detail["machine_user"] = name
    connection.execute(
        insert(audit).values(
            at=datetime.now(UTC),
            user_id=viewer.user_id,
            login=viewer.login,
            action=action,
            subject=subject[:300],
            detail=json.dumps(detail, ensure_ascii=False, default=str),
        )
    )


def note(store: Store, viewer: Viewer, action: str, subject: str, **detail: object) -> None:
    """One entry in a transaction of its own."""
    with store.writing() as connection:
        record(connection, viewer, action, subject, **detail)


def seen(store: Store, viewer: Viewer, action: str, *subjects: str) -> None:
    """An entry for each that somebody looked; not again for the same person and subject within
    `AGAIN_AFTER`.
    """
    wanted = list(dict.fromkeys(subject[:300] for subject in subjects))
    same = (
        audit.c.subject.in_(wanted),
        audit.c.action == action,
        audit.c.login == viewer.login,
        audit.c.at > datetime.now(UTC) - AGAIN_AFTER,
    )
    with store.reading() as connection:
        known = set(connection.execute(select(audit.c.subject).where(*same)).scalars())
    if known.issuperset(wanted):
        return
    with store.writing() as connection:
        for subject in wanted:
            if subject not in known:
                record(connection, viewer, action, subject)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries; an empty field asks for nothing. `until` is not included."""

    login: str = ""
    action: str = ""
    subject: str = ""  # or its beginning
    since: datetime | None = None
    until: datetime | None = None


_HEADERS: dict[Language, tuple[str, ...]] = {
    "es": ("fecha_utc", "usuario", "accion", "de_que", "detalle"),
    "en": ("date_utc", "login", "action", "subject", "detail"),
}
MOST_EXPORTED = 100_000  # lines of a CSV
LAST_SIGN = "\U0010ffff"  # no subject has it: what begins alike lies before


def write_csv(store: Store, viewer: Viewer, asked: Asked, language: Language = "es") -> str:
    """The entries, the newest first, as a table for a spreadsheet; that it was taken out is an entry too."""
    viewer.require("export")
    found = entries(store, viewer, **asdict(asked), size=MOST_EXPORTED)
    note(store, viewer, "export", "export:audit")
    return as_csv(found.rows, language)


def as_csv(told: Sequence[Entry], language: Language = "es") -> str:
    """Entries as a table, in the order they come."""
    rows = (
        (f"{e.at:%Y-%m-%d %H:%M:%S}", e.login, e.action, e.subject, json.dumps(e.detail, ensure_ascii=False))
        for e in told
    )
    return csv_text(_HEADERS[language], rows)


def entries(
    store: Store,
    viewer: Viewer,
    *,
    login: str = "",
    action: str = "",
    subject: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    page: int = 0,
    size: int = 50,
) -> Page:
    """One page (from 0), the newest first; `subject` may be its beginning. Needs the right `audit`.

    An outside auditor reads what happened to the calls in reach, nothing of the house.
    """
    viewer.require("audit")
    tests: list[ColumnElement[bool]] = []
    if viewer.role == "auditor":
        reached = select(literal("call:") + recordings.c.id).where(*visible(viewer))
        tests.append(audit.c.subject.in_(reached))
    if login:
        tests.append(audit.c.login == login)
    if action:
        tests.append(audit.c.action == action)
    if subject:
        tests.append(audit.c.subject.startswith(subject, autoescape=True))
        if store.engine.name == "sqlite":  # its LIKE asks no index, as it minds no capitals
            tests += [audit.c.subject >= subject, audit.c.subject < subject + LAST_SIGN]
    if since:
        tests.append(audit.c.at >= since)
    if until:
        tests.append(audit.c.at < until)
    columns = (audit.c.at, audit.c.login, audit.c.action, audit.c.subject, audit.c.detail)
    rows = select(*columns).where(*tests).order_by(desc(audit.c.at), desc(audit.c.id))
    total = select(func.count()).select_from(audit).where(*tests)
    with store.reading() as connection:
        found = connection.execute(rows.limit(size).offset(page * size)).all()
        return Page(
            tuple(Entry(at, who, did, of, json.loads(detail)) for at, who, did, of, detail in found),
            connection.execute(total).scalar_one(),
        )


def of_subjects(store: Store, subjects: Sequence[str], *, page: int = 500) -> tuple[Entry, ...]:
    """Every entry about these subjects, the oldest first; whoever asks has seen to it that they may."""
    columns = (audit.c.id, audit.c.at, audit.c.login, audit.c.action, audit.c.subject, audit.c.detail)
    rows: list[Any] = []
    with store.reading() as connection:
        for first in range(0, len(subjects), page):
            part = audit.c.subject.in_(subjects[first : first + page])
            rows += connection.execute(select(*columns).where(part)).all()
    rows.sort(key=lambda row: (row.at, row.id))
    return tuple(Entry(row.at, row.login, row.action, row.subject, json.loads(row.detail)) for row in rows)
