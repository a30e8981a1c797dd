"""The review work of a made store: tasks, reviews, releases, disputes, comments, notices, payments."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from coach.schema import recordings, reviews, scorecards
from coach.schema_people import users
from coach.schema_work import comments, disputes, notices, releases, review_facts, tasks


def fill(connection: Connection, dice: random.Random) -> None:
    """Of the calls 6 % are released, 4 % reviewed, 3 % wait in the queue, 0.3 % are disputed."""
    people: dict[str, list[int]] = {}
    for person in connection.execute(select(users.c.id, users.c.role)):
        people.setdefault(person.role, []).append(person.id)
    judged = (
        select(
            recordings.c.id,
            recordings.c.agent_login,
            recordings.c.call_started_at.label("at"),
            scorecards.c.id.label("card"),
        )
        .join(scorecards, scorecards.c.recording_id == recordings.c.id)
        .order_by(scorecards.c.id)
    )
    rows = connection.execute(judged).all()
    owners = {row.login: row.id for row in connection.execute(select(users.c.login, users.c.id))}
    known = [row for row in rows if row.agent_login]
    reviewed = dice.sample(known, len(known) * 4 // 100)
    released = dice.sample(known, len(known) * 6 // 100)
    waiting = dice.sample(rows, len(rows) * 3 // 100)
    appealed = dice.sample(released, len(rows) * 3 // 1000)
    after = int(connection.execute(select(func.coalesce(func.max(reviews.c.id), 0))).scalar_one())
    words = [(after + k, row, dice.choice(people["analyst"])) for k, row in enumerate(reviewed, start=1)]
    _put(connection, reviews, [_review(number, row) for number, row, _ in words])
    _put(connection, review_facts, [_fact(number, who, number % 7 == 0) for number, _, who in words])
    _put(connection, tasks, [_task(row, dice, people["analyst"]) for row in waiting])
    _put(connection, releases, [_release(row, people["lead"]) for row in released])
    _put(connection, disputes, [_dispute(row, owners[row.agent_login]) for row in appealed])
    _put(connection, comments, [_comment(row, dice.choice(people["analyst"])) for row in reviewed[::3]])
    _put(connection, notices, [_notice(row, owners[row.agent_login]) for row in released[::4]])


def _put(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _review(number: int, row: Row[Any]) -> dict[str, Any]:
    at = row.at + timedelta(days=2)
    body = f'{{"recording_id": "{row.id}", "reviewer": "analyst", "reviewed_at": "{at.isoformat()}"}}'
    return {"id": number, "recording_id": row.id, "scorecard_id": row.card, "reviewer": "analyst",
            "reviewed_at": at, "body": body}  # fmt: skip


def _fact(number: int, who: int, blind: bool) -> dict[str, Any]:
    return {"review_id": number, "user_id": who, "task_id": None, "kind": "review", "blind": blind,
            "seconds": 200.0 + number % 240, "finished": True}  # fmt: skip


def _task(row: Row[Any], dice: random.Random, analysts: list[int]) -> dict[str, Any]:
    state = dice.choice(("open", "open", "claimed", "done", "dropped"))
    who = None if state == "open" else dice.choice(analysts)
    return {"recording_id": row.id, "agent_login": row.agent_login, "reason": "control",
            "probability": 0.05, "blind": dice.random() < 0.15, "state": state,
            "created_at": row.at + timedelta(hours=8), "due_on": (row.at + timedelta(days=7)).date(),
            "assigned_to": who, "claimed_at": None, "finished_at": None}  # fmt: skip


def _release(row: Row[Any], leads: list[int]) -> dict[str, Any]:
    at = row.at + timedelta(days=3)
    return {"recording_id": row.id, "review_id": None, "released_by": leads[row.card % len(leads)],
            "released_at": at, "visible_from": at, "acknowledged_at": None, "withdrawn_at": None}  # fmt: skip


def _dispute(row: Row[Any], who: int) -> dict[str, Any]:
    at = row.at + timedelta(days=4)
    return {"recording_id": row.id, "scorecard_id": row.card, "criterion": "empathy", "opened_by": who,
            "opened_at": at, "reason": "Sí reconocí su situación.", "quote": "",
            "due_on": (at + timedelta(days=5)).date(), "state": "open", "decided_by": None,
            "decided_at": None, "outcome": None, "decision": "", "second": None}  # fmt: skip


def _comment(row: Row[Any], who: int) -> dict[str, Any]:
    return {"recording_id": row.id, "turn": 2, "author_id": who, "at": row.at + timedelta(days=2),
            "text": "Buen tono.", "for_agent": True, "deleted_at": None}  # fmt: skip


def _notice(row: Row[Any], who: int) -> dict[str, Any]:
    return {"user_id": who, "kind": "released", "recording_id": row.id, "at": row.at + timedelta(days=3),
            "detail": "{}", "read_at": None}  # fmt: skip
