"""Takes the name, the account and the facts of a debtor from calls that were erased; each gets an id that
says nothing, wherever the old one stood.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    Table,
    TableClause,
    column,
    delete,
    insert,
    inspect,
    or_,
    select,
    table,
    update,
)

from coach import bodies, renamed_closes, seals
from coach.schema import jobs, recordings, reviews, scorecards, transcripts
from coach.schema_legs import legs
from coach.schema_month import past_evaluations, promises
from coach.schema_people import audit as log
from coach.schema_privacy import legal_holds
from coach.stems import folded
from transcripts.types import CaseFacts, Recording

Hanging = list[tuple[TableClause, ColumnClause[Any]]]  # tables and columns that name a recording
_AT_ONCE = 100  # ids in one look through the log


def unname(connection: Connection, recording_ids: Sequence[str]) -> Counter[str]:
    """Rename these recordings, whose words are wiped, and all that names them; gives rows by table.

    The legs of a transferred call come with it, else what they have in common would tell it.
    """
    rows: Counter[str] = Counter()
    hanging = of_recordings(connection)
    names = {one: seals.new_id() for one in recording_ids}
    for old, new in names.items():
        _recording(connection, old, new)
        for where, name in hanging:
            connection.execute(update(where).where(name == old).values({name.name: new}))
        connection.execute(delete(recordings).where(recordings.c.id == old))
        rows["recordings"] += 1
        rows["past_evaluations"] += _beside(connection, old, new)
    for new in names.values():
        _bodies(connection, new, names)
    _legs(connection, list(names.values()))
    renamed_closes.rename(connection, names)
    rows["audit"] = _in_log(connection, names)
    return rows


def of_recordings(connection: Connection) -> Hanging:
    """Every column that names a recording, as the database itself knows them."""
    known = inspect(connection)
    return [
        (table(name, column(key["constrained_columns"][0])), column(key["constrained_columns"][0]))
        for name in known.get_table_names()
        for key in known.get_foreign_keys(name)
        if key["referred_table"] == recordings.name
    ]


def _recording(connection: Connection, old: str, new: str) -> None:
    """The row again under its new id, without what tells whose call it was; the old one is still there."""
    its = recordings.c.id == old
    row = connection.execute(select(recordings).where(its)).one()
    facts = replace(
        bodies.read_recording(row.body),
        id=new, debtor_name=None, account=None, facts=CaseFacts(), audio=None, linked_id=None,
    )  # fmt: skip
    values = {
        **row._mapping, "id": new, "debtor_name": None, "account": None, "audio": None,
        "named": folded(new), "body": bodies.write_recording(facts),
    }  # fmt: skip
    connection.execute(update(recordings).where(its).values(content_hash=None))
    connection.execute(insert(recordings).values(**values))


def _beside(connection: Connection, old: str, new: str) -> int:
    """Columns that hang on the call and repeat its id, its name or its account."""
    connection.execute(update(recordings).where(recordings.c.id == new).values(named=folded(new)))
    connection.execute(update(promises).where(promises.c.recording_id == new).values(account=None))
    connection.execute(update(jobs).where(jobs.c.recording_id == new).values(name=new))
    its = (legal_holds.c.kind == "call", legal_holds.c.subject == old)  # lifted: else nothing is erased
    connection.execute(update(legal_holds).where(*its).values(subject=new, reason=""))
    past = update(past_evaluations).where(past_evaluations.c.recording_id == new)
    return connection.execute(past.values(call_ref=new)).rowcount


def _bodies(connection: Connection, new: str, names: Mapping[str, str]) -> None:
    """Results repeat the call's id, and the transcript of a joined call those of its legs."""

    def card(body: str) -> str:
        return bodies.write_scorecard(replace(bodies.read_scorecard(body), recording_id=new))

    def review(body: str) -> str:
        return bodies.write_review(replace(bodies.read_review(body), recording_id=new))

    def heard(body: str) -> str:
        was = bodies.read_transcript(body, Recording(new))
        parts = tuple(replace(p, recording_id=names.get(p.recording_id, p.recording_id)) for p in was.parts)
        return bodies.write_transcript(replace(was, parts=parts)) if parts else body

    _rewritten(connection, scorecards, new, card)
    _rewritten(connection, reviews, new, review)
    _rewritten(connection, transcripts, new, heard)


def _rewritten(connection: Connection, where: Table, recording_id: str, anew: Callable[[str], str]) -> None:
    its = select(where.c.id, where.c.body).where(where.c.recording_id == recording_id)
    for row in connection.execute(its).all():
        connection.execute(update(where).where(where.c.id == row.id).values(body=anew(row.body)))


def _legs(connection: Connection, ids: list[str]) -> None:
    """What legs share often comes from the account. Those that still waited for others wait no longer."""
    its = legs.c.recording_id.in_(ids)
    connection.execute(delete(legs).where(its, legs.c.whole_id.is_(None)))
    connection.execute(update(legs).where(its).values(linked_id=""))


def _in_log(connection: Connection, names: Mapping[str, str]) -> int:
    """The ids in the subjects of entries, and in what they say beside; the entries stay."""
    count = 0
    olds = list(names)
    for first in range(0, len(olds), _AT_ONCE):
        part = olds[first : first + _AT_ONCE]
        for old in part:
            its = update(log).where(log.c.subject == f"call:{old}")
            count += connection.execute(its.values(subject=f"call:{names[old]}")).rowcount
        said = or_(
            *(log.c.detail.contains(json.dumps(old, ensure_ascii=False), autoescape=True) for old in part)
        )
        for row in connection.execute(select(log.c.id, log.c.detail).where(said)).all():
            detail = json.dumps(_renamed(json.loads(row.detail), names), ensure_ascii=False)
            if detail != row.detail:
                connection.execute(update(log).where(log.c.id == row.id).values(detail=detail))
                count += 1
    return count


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A value of JSON in which every text that is an old id is the new one."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    return value
