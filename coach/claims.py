"""How a worker claims a row of a table of work and loses it: the same for `coach.jobs` and `coach.chores`.

Such a table has `id`, `state`, `worker` and `heartbeat_at`; at most one worker has a row, while it runs.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, Table, Update, select, update

BORN = datetime.now(UTC)  # this process
LOST_AFTER = timedelta(minutes=15)  # without a heartbeat, where we cannot see whether the worker lives


class Claimed(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def worker(self) -> str: ...


def worker_name() -> str:
    """Who this process is in the table."""
    return f"{socket.gethostname()}:{os.getpid()}"


def now() -> datetime:
    return datetime.now(UTC)


def first(connection: Connection, queued: Select[Any]) -> Row[Any] | None:
    """The first of these rows that no other worker is about to take."""
    query = queued.limit(1)
    if connection.dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    return connection.execute(query).first()


def mine(table: Table, one: Claimed) -> Update:
    """Changes the row while it is still in the hands of this worker, else nothing."""
    return update(table).where(table.c.id == one.id, table.c.state == "running", table.c.worker == one.worker)


def lost(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """The running rows whose worker is gone."""
    for one in connection.execute(select(table).where(table.c.state == "running")).all():
        if not alive(one):
            yield one


def alive(one: Row[Any]) -> bool:
    """Whether the worker that has it is still at it."""
    host, _, process = str(one.worker).rpartition(":")
    if host == socket.gethostname() and process.isdigit() and not _runs(int(process)):
        return False
    if str(one.worker) == worker_name() and one.heartbeat_at is not None and one.heartbeat_at < BORN:
        return False  # of a process before this one: in a container that starts anew both have one number
    return one.heartbeat_at is not None and now() - one.heartbeat_at < LOST_AFTER


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
