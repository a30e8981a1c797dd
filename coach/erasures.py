"""The ledger of erased people, a file outside of the database: by it a restored backup is erased again.

A line holds no account, only a mark of it that nobody can read back without trying every account: salted
SHA-256. Keep a copy of the file apart from the backups.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shlex
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from coach.kept import alone
from coach.schema import recordings
from coach.schema_month import payments
from coach.schema_people import audit
from coach.store import Store
from coach.types import CoachError

NAME = "erasures.jsonl"  # in data_dir


@dataclass(frozen=True, slots=True)
class Entry:
    salt: str
    account: str  # the mark
    at: str  # ISO, UTC
    by: str  # login; "" for the terminal
    calls: int


def add(store: Store, account: str, by: str, calls: int, at: datetime) -> None:
    """One line more; all lines of a file share their salt."""
    path = store.data_dir / NAME
    with alone(store.data_dir):
        known = read(path)
        salt = known[-1].salt if known else secrets.token_hex(16)
        entry = Entry(salt, mark(salt, account), at.isoformat(), by, calls)
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(entry)) + "\n")


def read(path: Path) -> tuple[Entry, ...]:
    """All lines; none where there is no file. CoachError where one is no entry."""
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Entry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise CoachError(
                "{path}: línea {line}: no es una anotación de borrado.", path=path, line=number
            ) from error
    return tuple(found)


def known(store: Store, other: Path | None = None) -> tuple[Entry, ...]:
    """The entries of the data folder's ledger, and of another. CoachError where that one is not there."""
    if other is not None and not other.is_file():
        raise CoachError("{file}: no existe este registro de borrados. Revise la ruta.", file=other)
    own = read(store.data_dir / NAME)
    return tuple(dict.fromkeys((*own, *(read(other) if other else ()))))


def command_again(ledger: Path) -> str:
    """What is run where a backup was restored, whichever data folder it came into."""
    return f"coach person erase --again --ledger {shlex.quote(str(ledger))} --yes"


def adopt(store: Store, entries: Iterable[Entry]) -> None:
    """What another ledger says is said by that of the data folder too, from now on."""
    path = store.data_dir / NAME
    with alone(store.data_dir):
        own = set(read(path))
        lines = [json.dumps(asdict(one)) + "\n" for one in entries if one not in own]
        if lines:
            path.touch(mode=0o600)
            with path.open("a", encoding="utf-8") as out:
                out.writelines(lines)


def lacking(store: Store, entries: Collection[Entry]) -> bool:
    """Whether people may have been erased of whom these entries cannot tell: the store came back from a
    backup and none is from before, or its log tells of an erasure and there is none at all.
    """
    back = select(func.max(audit.c.at)).where(
        audit.c.action == "restore", audit.c.subject.startswith("file:")
    )
    erased = select(audit.c.id).where(audit.c.action == "person.erase").limit(1)
    with store.reading() as connection:
        restored_at = connection.execute(back).scalar()
        if restored_at is None:
            return not entries and connection.execute(erased).first() is not None
    return not any(datetime.fromisoformat(one.at) < restored_at for one in entries)


def mark(salt: str, account: str) -> str:
    return hashlib.sha256(f"{salt}|{account.strip().casefold()}".encode()).hexdigest()


def accounts_back(store: Store, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The accounts of the store that were erased once: those that a restored backup has brought back."""
    query = select(recordings.c.account).union(select(payments.c.account))
    with store.reading() as connection:
        known = [account for account in connection.execute(query).scalars() if account]
    return _marked(known, entries)


def gone(store: Store, accounts: Collection[str]) -> frozenset[str]:
    """Which of these accounts were erased and have no call since: nothing of them is to come in again."""
    marked = _marked(accounts, read(store.data_dir / NAME))
    with store.reading() as connection:
        its = select(recordings.c.account).where(recordings.c.account.in_(marked)).distinct()
        return frozenset(marked).difference(connection.execute(its).scalars())


def _marked(accounts: Collection[str], entries: Iterable[Entry]) -> tuple[str, ...]:
    marks: dict[str, set[str]] = {}
    for entry in entries:
        marks.setdefault(entry.salt, set()).add(entry.account)
    return tuple(one for one in sorted(accounts) if any(mark(s, one) in its for s, its in marks.items()))
