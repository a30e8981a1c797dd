"""Erases one person's data, by the account: what was said and heard goes, figures without a name stay.

The calls get other ids (`coach.unname`), since an id often comes from a file's name and that from the
account. A transferred call goes with all its legs, whichever of them the account is known of. What cannot be
erased at once, backups, is told with its day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

from coach import (
    audit,
    backups_kept,
    erasures,
    joined_sounds,
    leftovers,
    leg_rows,
    lost_draws,
    past,
    traces,
    unname,
    wiping,
)
from coach.backups_kept import Backup
from coach.holds import held
from coach.named_calls import bearing, no_calls
from coach.schema import recordings
from coach.schema_legs import legs
from coach.schema_month import payments, unread_payments
from coach.schema_people import audit as log
from coach.schema_privacy import legal_holds
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day

_BY_ACCOUNT = (payments, unread_payments)
NO_LEDGER = (
    "No se sabe a quién se había borrado: {file} no está, o no dice nada de antes de restaurar. Indique el "
    "{name} de la carpeta de datos de antes, o su copia: coach person erase --again --ledger COPIA. "
    "Si nunca se había borrado a nadie, no falta nada."
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is erased, or would be: rows by table, files, files elsewhere, backups that hold it still.

    `calls`: how many, a transferred one with its legs once; `aside`: those of the files that lay in the
    quarantine; `tables`: files elsewhere that tell of the account among others; `looked`: the folders in
    which backups were looked for; `named`: calls that bear the account only in their id or file name, which
    a person has to confirm; `drawn`: calls, each with its month, that go out of their agent's score, for
    nobody delivered them and the month is not signed; `ledger`: where it is written down, to be done again
    where one of the backups is restored; `done` False in a dry run.
    """

    calls: int
    rows: dict[str, int]
    files: tuple[Path, ...]
    left: tuple[Path, ...]
    backups: tuple[Backup, ...]
    at: datetime
    ledger: Path
    done: bool
    aside: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()
    looked: tuple[Path, ...] = ()
    named: tuple[str, ...] = ()
    drawn: tuple[tuple[str, date], ...] = ()


def planned(
    store: Store, viewer: Viewer, account: str, backups: Path | None = None, *, now: datetime | None = None
) -> Erasure:
    """What erasing would touch; nothing is changed. CoachError where there is nothing, or a hold.

    `backups`: the folder in which they lie; None: those that are known (`backups_kept.folders`).
    """
    viewer.require("administer")
    now = now or datetime.now(UTC)
    account = account.strip()
    with store.reading() as connection:
        ids = calls_of(connection, account)
        audio = _audio(connection, ids)
        apart = traces.put_aside(store.data_dir, account, audio)
        _known(connection, account, ids, apart)
        _free(connection, account, ids, now)
        rows = _counted(connection, account, ids)
        calls = len(_alone(connection, ids))
        named = bearing(connection, account, but=ids)
        drawn = lost_draws.unsigned(connection, ids)
    files = list(dict.fromkeys(path for one in ids for path in _files(store, one)))
    inside = [path for path in files if wiping.ours(store, path)]
    outside = [path for path in files if path not in inside]
    aside = tuple(path for path in apart if wiping.ours(store, path))
    elsewhere = [path for path in apart if path not in aside and path not in outside]
    folders = (backups,) if backups is not None else backups_kept.folders(store.data_dir)
    return Erasure(
        calls, rows, (*inside, *aside), (*outside, *elsewhere),
        tuple(
            replace(one, name=str(folder / one.name))
            for folder in folders
            for one in backups_kept.before(backups_kept.backups(folder), now)
        ),
        now, (store.data_dir / erasures.NAME).resolve(),
        done=False, aside=aside, looked=folders, named=named, drawn=drawn,
        tables=traces.tables(store.data_dir, outside, account, audio, ids),
    )  # fmt: skip


def erase(
    store: Store, viewer: Viewer, account: str, backups: Path | None = None, *, now: datetime | None = None
) -> Erasure:
    """Erase it, in one transaction, then the files; write it into the ledger and, unnamed, into the log."""
    past.match(store)  # an evaluation of old that nobody has tied to its call yet goes with it
    plan = planned(store, viewer, account, backups, now=now)
    now, account = plan.at, account.strip()
    rows: Counter[str] = Counter()
    with store.writing() as connection:
        ids = calls_of(connection, account)
        _free(connection, account, ids, now)
        calls = _alone(connection, ids)
        counted = _counted(connection, account, ids)
        erasures.add(store, account, viewer.login, len(calls), now)  # what is cut off is done again by it
        files = [path for one in ids for path in _files(store, one, connection)]
        for recording_id in calls:
            rows.update(wiping.wipe_audio(connection, recording_id, "person", now))
            rows.update(wiping.wipe_words(connection, recording_id, "person", now))
        rows["recordings"] = 0  # those that lost their sound lose their name too: told once
        rows.update(unname.unname(connection, ids))
        exported = update(log).where(log.c.subject == f"account:{account}")
        rows["audit"] += connection.execute(exported.values(subject="account")).rowcount
        for of in _BY_ACCOUNT:
            rows[of.name] = connection.execute(delete(of).where(of.c.account == account)).rowcount
        its = (legal_holds.c.kind == "account", legal_holds.c.subject == account)
        rows["legal_holds"] = connection.execute(delete(legal_holds).where(*its)).rowcount
        audit.record(connection, viewer, "person.erase", "person", calls=len(calls))
    rows.update({name: n for name, n in counted.items() if name not in rows})  # by their call, or a trigger
    took, left = wiping.remove(store, (*files, *plan.aside, *plan.left))
    joined_sounds.sweep(store)
    leftovers.scrub(store)
    return replace(
        plan, rows={name: n for name, n in rows.items() if n}, files=tuple(took), left=tuple(left), done=True
    )


def erase_again(
    store: Store,
    viewer: Viewer,
    backups: Path | None = None,
    ledger: Path | None = None,
    *,
    rehearse: bool = False,
) -> tuple[tuple[Erasure, ...], tuple[str, ...]]:
    """Erase whoever was erased once and is back, by the ledger of the data folder and another one.

    Gives what was erased, or would be where it is rehearsed, and in words what could not be, or known.
    """
    viewer.require("administer")
    entries = erasures.known(store, ledger)
    if not rehearse:
        erasures.adopt(store, entries)
    done, failed = [], []
    each = planned if rehearse else erase
    for account in erasures.accounts_back(store, entries):
        try:
            done.append(each(store, viewer, account, backups))
        except CoachError as error:
            failed.append(str(error))
    if erasures.lacking(store, entries):
        failed.append(NO_LEDGER.format(file=(store.data_dir / erasures.NAME).resolve(), name=erasures.NAME))
    return tuple(done), tuple(failed)


def calls_of(connection: Connection, account: str) -> tuple[str, ...]:
    """The ids of an account's recordings, in order: all of a transferred call where any is the account's."""
    r = recordings.c
    its = set(connection.execute(select(r.id).where(r.account == account)).scalars())
    its = its.union(*leg_rows.of_one_call(connection, its).values())
    query = select(r.id).where(r.id.in_(its)).order_by(r.call_started_at, r.id)
    return tuple(connection.execute(query).scalars())


def _audio(connection: Connection, ids: Iterable[str]) -> tuple[Path, ...]:
    """Where the sounds of these recordings lie, or lay."""
    r = recordings.c
    query = select(r.audio).where(r.id.in_(list(ids)), r.audio.is_not(None)).distinct()
    return tuple(map(Path, connection.execute(query).scalars()))


def _alone(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """Without the legs of joined calls: they are wiped with these."""
    of_another = select(legs.c.recording_id).where(legs.c.whole_id.is_not(None))
    theirs = set(connection.execute(of_another.where(legs.c.recording_id.in_(list(ids)))).scalars())
    return tuple(one for one in ids if one not in theirs)


def _known(connection: Connection, account: str, ids: tuple[str, ...], aside: tuple[Path, ...]) -> None:
    paid = select(func.count()).select_from(payments).where(payments.c.account == account)
    if not account or not (ids or aside or connection.execute(paid).scalar_one()):
        raise no_calls(connection, account)


def _free(connection: Connection, account: str, ids: tuple[str, ...], now: datetime) -> None:
    """CoachError where something of it may not be erased."""
    why = held(connection, ids, today=local_day(now))
    if why:
        name, reason = next(iter(why.items()))
        raise CoachError(
            "No se borra nada de la cuenta {account}: la llamada {call} debe conservarse. Motivo: {reason}. "
            "Levante la retención o cierre el caso, y vuelva a intentarlo."
            if len(why) == 1
            else "No se borra nada de la cuenta {account}: la llamada {call} (y 1 llamada más) debe "
            "conservarse. Motivo: {reason}. Levante la retención o cierre el caso, y vuelva a intentarlo."
            if len(why) == 2
            else "No se borra nada de la cuenta {account}: la llamada {call} (y {n} llamadas más) debe "
            "conservarse. Motivo: {reason}. Levante la retención o cierre el caso, y vuelva a intentarlo.",
            account=account, call=name, n=len(why) - 1, reason=reason,
        )  # fmt: skip


def _counted(connection: Connection, account: str, ids: tuple[str, ...]) -> dict[str, int]:
    """Rows of each table that hang on these calls."""
    rows = {"recordings": len(ids)}
    for where, name in unname.of_recordings(connection):
        query = select(func.count()).select_from(where).where(name.in_(ids))
        rows[where.name] = rows.get(where.name, 0) + connection.execute(query).scalar_one()
    for of in _BY_ACCOUNT:
        its = select(func.count()).select_from(of).where(of.c.account == account)
        rows[of.name] = connection.execute(its).scalar_one()
    return {name: n for name, n in rows.items() if n}


def _files(store: Store, recording_id: str, connection: Connection | None = None) -> tuple[Path, ...]:
    recording = store.recording(recording_id)
    sound = wiping.sound_files(store, recording)
    if connection is not None:
        return (*sound, *wiping.word_files(store, connection, recording_id))
    with store.reading() as reading:
        gold = wiping.word_files(store, reading, recording_id)
    return (*(p for p in sound if p.is_file()), *(p for p in gold if p.is_file()))
