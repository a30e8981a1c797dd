"""Whether every criterion enters points in a store: its data say so themselves, to every process alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from coach.schema_people import users

if TYPE_CHECKING:
    from coach.store import Store


def all_count(store: Store, connection: Connection) -> bool:
    """Whether what has earned no trust counts too: the house wants it so, or this is a demonstration: its
    people are here and nobody real. The calls that somebody tries it with count like its own.
    """
    if store.count_all:
        return True
    query = select(users.c.demo, func.count()).where(users.c.active).group_by(users.c.demo)
    return {demo for demo, _ in connection.execute(query)} == {True}
