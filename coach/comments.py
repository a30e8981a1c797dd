"""What people write beside a call or one of its turns. The agent sees only what is meant for them, and only
of calls released to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from coach import audit, queries, releases, tasks, telling
from coach.owners import owner
from coach.schema_people import users
from coach.schema_work import comments, notices
from coach.shield import written
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer

_EMPTY = "Escriba el comentario."


@dataclass(frozen=True, slots=True)
class CommentRow:
    id: int
    turn: int | None  # None: of the call as a whole
    author: str
    at: datetime  # UTC
    text: str
    for_agent: bool
    own: bool  # the viewer's: may be edited and deleted


def of_call(store: Store, viewer: Viewer, recording_id: str, *, names: bool = True) -> tuple[CommentRow, ...]:
    """The comments that the viewer may read, those of the call as a whole first, then by turn. What is
    covered in the call is covered in them, but for the viewer's own: these can be edited.
    """
    queries.reach(store, viewer, recording_id)
    query = (
        select(comments, users.c.name)
        .join(users, users.c.id == comments.c.author_id)
        .where(comments.c.recording_id == recording_id, comments.c.deleted_at.is_(None), *_readable(viewer))
        .order_by(comments.c.turn.is_not(None), comments.c.turn, comments.c.id)
    )
    with store.reading() as connection:
        found = tuple(_row(row, viewer) for row in connection.execute(query))
    if all(row.own for row in found):
        return found
    call, named = store.call(recording_id), names and viewer.may("names")
    return tuple(row if row.own else replace(row, text=written(row.text, call, names=named)) for row in found)


def edit(
    store: Store,
    viewer: Viewer,
    comment_id: int,
    text: str,
    *,
    for_agent: bool | None = None,
    now: datetime | None = None,
) -> None:
    """Another text for one's own comment; `for_agent` None: seen by whom it was seen."""
    if not text.strip():
        raise CoachError(_EMPTY)
    now = now or datetime.now(UTC)
    values: dict[str, object] = {"text": text.strip(), "edited_at": now}
    if for_agent is not None:
        values["for_agent"] = for_agent
    _change(store, viewer, comment_id, "edit_comment", values, now)


def delete(store: Store, viewer: Viewer, comment_id: int, *, now: datetime | None = None) -> None:
    """Take one's own comment away."""
    now = now or datetime.now(UTC)
    _change(store, viewer, comment_id, "delete_comment", {"deleted_at": now}, now)


def tell(connection: Connection, recording_id: str, now: datetime) -> None:
    """Tell the agent of a comment for them where they have read the call: nothing else would lead them back.
    Once until that is read.
    """
    release, agent = (
        connection.execute(releases.active(recording_id)).first(),
        owner(connection, recording_id),
    )
    if release is None or release.acknowledged_at is None or agent is None:
        return
    if connection.execute(select(notices.c.id).where(*_unread(recording_id, agent))).first() is None:
        telling.tell(connection, agent, "commented", recording_id, now)


def _take_back(connection: Connection, recording_id: str) -> None:
    """What was told and not read is told no more where no comment for the agent is as new."""
    c = comments.c
    newest = select(func.max(func.coalesce(c.edited_at, c.at)))
    newest = newest.where(c.recording_id == recording_id, c.for_agent, c.deleted_at.is_(None))
    last, agent = connection.execute(newest).scalar(), owner(connection, recording_id)
    if agent is not None:
        its = _unread(recording_id, agent)
        its += () if last is None else (notices.c.at > last,)
        connection.execute(notices.delete().where(*its))


def _unread(recording_id: str, agent: int) -> tuple[ColumnElement[bool], ...]:
    of = notices.c.recording_id == recording_id, notices.c.user_id == agent
    return (*of, notices.c.kind == "commented", notices.c.read_at.is_(None))


def _change(
    store: Store, viewer: Viewer, comment_id: int, action: str, values: dict[str, object], now: datetime
) -> None:
    viewer.require("review")
    with store.writing() as connection:
        row = _own(connection, viewer, comment_id)
        connection.execute(update(comments).where(comments.c.id == comment_id).values(**values))
        if values.get("for_agent") and not row.for_agent:
            tell(connection, row.recording_id, now)
        elif row.for_agent:
            _take_back(connection, row.recording_id)
        audit.record(connection, viewer, action, f"call:{row.recording_id}", comment=comment_id)


def _own(connection: Connection, viewer: Viewer, comment_id: int) -> Row[Any]:
    mine = select(comments).where(
        comments.c.id == comment_id,
        comments.c.author_id == tasks.known(viewer),
        comments.c.deleted_at.is_(None),
    )
    row = connection.execute(mine).first()
    if row is None:
        raise CoachError("Este comentario no es suyo o ya no está: no se puede cambiar.")
    return row


def _readable(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """People who review or lead read all; everybody else in reach, what is for the agent."""
    return () if viewer.may("review") or viewer.may("team") else (comments.c.for_agent,)


def _row(row: Row[Any], viewer: Viewer) -> CommentRow:
    own = viewer.user_id is not None and row.author_id == viewer.user_id
    return CommentRow(row.id, row.turn, row.name, row.at, row.text, row.for_agent, own)
