"""Erases one person's data, by the account: what was said and heard goes, figures without a name stay.

The calls get other ids, since an id often comes from a file's name and that from the account. What cannot be
erased at once, backups, is told with its day.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    TableClause,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    update,
)

from coach import audit, backups_kept, erasures, leftovers, wiping
from coach.backups_kept import Backup
from coach.bodies import read_recording, write_recording
from coach.holds import held
from coach.schema import jobs, recordings, reviews, scorecards
from coach.schema_month import past_evaluations, payments, promises
from coach.schema_people import audit as log
from coach.schema_privacy import legal_holds
from coach.stems import folded
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from transcripts.types import CaseFacts

NEW_ID = "borrada-"
Hanging = list[tuple[TableClause, ColumnClause[Any]]]  # tables and columns that name a recording


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is erased, or would be: rows by table, files, files elsewhere, backups that hold it still.

    `calls`: how many; `done` False in a dry run.
    """

    calls: int
    rows: dict[str, int]
    files: tuple[Path, ...]
    left: tuple[Path, ...]
    backups: tuple[Backup, ...]
    at: datetime
    done: bool


def planned(
    store: Store, viewer: Viewer, account: str, backups: Path, *, now: datetime | None = None
) -> Erasure:
    """What erasing would touch; nothing is changed. CoachError where there is nothing, or a hold."""
    viewer.require("administer")
    now = now or datetime.now(UTC)
    account = account.strip()
    with store.reading() as connection:
        ids = calls_of(connection, account)
        _known(connection, account, ids)
        _free(connection, account, ids, now)
        rows = _counted(connection, account, ids)
    files = list(dict.fromkeys(path for one in ids for path in _files(store, one)))
    inside = [path for path in files if wiping.ours(store, path)]
    return Erasure(
        len(ids), rows, tuple(inside), tuple(path for path in files if path not in inside),
        backups_kept.before(backups_kept.backups(backups), now), now, done=False,
    )  # fmt: skip


def erase(
    store: Store, viewer: Viewer, account: str, backups: Path, *, now: datetime | None = None
) -> Erasure:
    """Erase it, in one transaction, then the files; write it into the ledger and, unnamed, into the log."""
    plan = planned(store, viewer, account, backups, now=now)
    now, account = plan.at, account.strip()
    rows: Counter[str] = Counter()
    with store.writing() as connection:
        ids = calls_of(connection, account)
        _free(connection, account, ids, now)
        erasures.add(store, account, viewer.login, len(ids), now)  # what is cut off is done again by it
        files = [path for one in ids for path in _files(store, one, connection)]
        hanging = _of_recordings(connection)
        for recording_id in ids:
            rows.update(wiping.wipe_audio(connection, recording_id, "person", now))
            rows.update(wiping.wipe_words(connection, recording_id, "person", now))
            rows.update(_unname(connection, recording_id, hanging))
        rows["payments"] = connection.execute(delete(payments).where(payments.c.account == account)).rowcount
        its = (legal_holds.c.kind == "account", legal_holds.c.subject == account)
        rows["legal_holds"] = connection.execute(delete(legal_holds).where(*its)).rowcount
        audit.record(connection, viewer, "person.erase", "person", calls=len(ids))
    took, left = wiping.remove(store, tuple(files))
    leftovers.scrub(store)
    return replace(
        plan, rows={name: n for name, n in rows.items() if n}, files=tuple(took), left=tuple(left), done=True
    )


def erase_again(
    store: Store, viewer: Viewer, backups: Path, ledger: Path | None = None
) -> tuple[tuple[Erasure, ...], tuple[str, ...]]:
    """Erase whoever was erased once and is back, by the ledger of the data folder and another one.

    Gives what was erased, and in words what could not be.
    """
    viewer.require("administer")
    if ledger is not None and not ledger.is_file():
        raise CoachError(f"{ledger}: no existe este registro de borrados. Revise la ruta.")
    entries = [*erasures.read(store.data_dir / erasures.NAME), *(erasures.read(ledger) if ledger else ())]
    done, failed = [], []
    for account in erasures.accounts_back(store, entries):
        try:
            done.append(erase(store, viewer, account, backups))
        except CoachError as error:
            failed.append(str(error))
    return tuple(done), tuple(failed)


def calls_of(connection: Connection, account: str) -> tuple[str, ...]:
    """The ids of an account's calls, in their order."""
    query = select(recordings.c.id).where(recordings.c.account == account)
    return tuple(connection.execute(query.order_by(recordings.c.call_started_at, recordings.c.id)).scalars())


def _known(connection: Connection, account: str, ids: tuple[str, ...]) -> None:
    paid = select(func.count()).select_from(payments).where(payments.c.account == account)
    if not account or not (ids or connection.execute(paid).scalar_one()):
        raise CoachError(f"«{account}»: no hay nada de esta cuenta. Revise cómo está escrita.")


def _free(connection: Connection, account: str, ids: tuple[str, ...], now: datetime) -> None:
    """CoachError where something of it may not be erased."""
    why = held(connection, ids, today=now.date())
    if why:
        name, reason = next(iter(why.items()))
        more = f" (y {len(why) - 1} llamadas más)" if len(why) > 1 else ""
        raise CoachError(
            f"No se borra nada de la cuenta {account}: la llamada {name}{more} debe conservarse. "
            f"Motivo: {reason}. "
            "Levante la retención o cierre el caso, y vuelva a intentarlo."
        )


def _counted(connection: Connection, account: str, ids: tuple[str, ...]) -> dict[str, int]:
    """Rows of each table that hang on these calls."""
    rows = {"recordings": len(ids)}
    for where, name in _of_recordings(connection):
        query = select(func.count()).select_from(where).where(name.in_(ids))
        rows[where.name] = rows.get(where.name, 0) + connection.execute(query).scalar_one()
    paid = select(func.count()).select_from(payments).where(payments.c.account == account)
    rows["payments"] = connection.execute(paid).scalar_one()
    return {name: n for name, n in rows.items() if n}


def _files(store: Store, recording_id: str, connection: Connection | None = None) -> tuple[Path, ...]:
    recording = store.recording(recording_id)
    sound = wiping.sound_files(store, recording)
    if connection is not None:
        return (*sound, *wiping.word_files(store, connection, recording_id))
    with store.reading() as reading:
        gold = wiping.word_files(store, reading, recording_id)
    return (*(p for p in sound if p.is_file()), *(p for p in gold if p.is_file()))


def _unname(connection: Connection, recording_id: str, hanging: Hanging) -> dict[str, int]:
    """Name, account and facts of the case go; the call and what hangs on it gets an id that says nothing."""
    row = connection.execute(select(recordings).where(recordings.c.id == recording_id)).one()
    new = f"{NEW_ID}{secrets.token_hex(6)}"
    facts = replace(
        read_recording(row.body), id=new, debtor_name=None, account=None, facts=CaseFacts(), audio=None
    )
    values = {
        **row._mapping, "id": new, "debtor_name": None, "account": None, "audio": None,
        "named": folded(new), "body": write_recording(facts),
    }  # fmt: skip
    its = recordings.c.id == recording_id
    connection.execute(update(recordings).where(its).values(content_hash=None))
    connection.execute(insert(recordings).values(**values))
    for where, name in hanging:
        connection.execute(update(where).where(name == recording_id).values({name.name: new}))
    connection.execute(update(recordings).where(recordings.c.id == new).values(named=folded(new)))
    connection.execute(update(promises).where(promises.c.recording_id == new).values(account=None))
    for its_body in (scorecards, reviews):  # they repeat the id
        renamed = func.replace(its_body.c.body, recording_id, new)
        connection.execute(update(its_body).where(its_body.c.recording_id == new).values(body=renamed))
    connection.execute(update(jobs).where(jobs.c.recording_id == new).values(name=new))
    past = update(past_evaluations).where(past_evaluations.c.recording_id == new)
    past_rows = connection.execute(past.values(call_ref=new)).rowcount
    connection.execute(delete(recordings).where(its))
    seen = update(log).where(log.c.subject == f"call:{recording_id}").values(subject=f"call:{new}")
    call_holds = update(legal_holds).where(
        legal_holds.c.kind == "call", legal_holds.c.subject == recording_id
    )
    connection.execute(call_holds.values(subject=new))
    return {
        "recordings": 1, "past_evaluations": past_rows, "audit": connection.execute(seen).rowcount
    }  # fmt: skip


def _of_recordings(connection: Connection) -> Hanging:
    """Every column that names a recording, as the database itself knows them."""
    known = inspect(connection)
    return [
        (table(name, column(key["constrained_columns"][0])), column(key["constrained_columns"][0]))
        for name in known.get_table_names()
        for key in known.get_foreign_keys(name)
        if key["referred_table"] == recordings.name
    ]
