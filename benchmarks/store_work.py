"""The review work of a made store: tasks, reviews, releases, disputes, comments, notices, drafts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select

from coach import bodies
from coach.draw_plan import REASONS
from coach.schema import recordings, reviews, scorecards
from coach.schema_people import users
from coach.schema_work import comments, disputes, drafts, notices, releases, review_facts, tasks
from coach.types import Override, Review

REVIEWED, UNHEARD, WAITING, DISPUTED = 0.07, 0.01, 0.01, 0.003  # shares of all calls
_FAULTS = ("empathy", "asks_reason", "reads_back_agreement")

Rows = list[dict[str, Any]]


def fill(connection: Connection, dice: random.Random) -> None:
    """Four reviews an agent and month, most of them released; some calls wait, a few are disputed."""
    people: dict[str, list[int]] = {}
    for person in connection.execute(select(users.c.id, users.c.role)):
        people.setdefault(person.role, []).append(person.id)
    rows = _judged(connection)
    owners = {row.login: row.id for row in connection.execute(select(users.c.login, users.c.id))}
    known = [row for row in rows if row.agent_login]
    picked = dice.sample(known, round(len(rows) * (REVIEWED + UNHEARD)))
    reviewed, unheard = picked[: round(len(rows) * REVIEWED)], picked[round(len(rows) * REVIEWED) :]
    waiting = dice.sample(rows[-len(rows) // 8 :], round(len(rows) * WAITING))
    released = [*reviewed[: len(reviewed) * 9 // 10], *unheard]
    appealed = dice.sample(released, round(len(rows) * DISPUTED))
    analysts, leads = people["analyst"], people["lead"]
    after = int(connection.execute(select(func.coalesce(func.max(reviews.c.id), 0))).scalar_one())
    words = [(after + k, row, dice.choice(analysts)) for k, row in enumerate(reviewed, start=1)]
    _put(connection, tasks, [*_done(reviewed, dice, analysts), *_open(waiting, dice, analysts)])
    _put(connection, reviews, [_review(number, row, dice) for number, row, _ in words])
    _put(connection, review_facts, [_fact(number, who) for number, _, who in words])
    _put(connection, drafts, [_draft(row, analysts) for row in waiting[:20]])
    _put(connection, releases, [_release(row, leads) for row in released])
    _put(connection, disputes, _each(appealed, lambda row: _dispute(row, owners[row.agent_login], analysts)))
    _put(connection, comments, [_comment(row, dice.choice(analysts)) for row in reviewed[::3]])
    _put(connection, notices, [_notice(row, owners[row.agent_login]) for row in appealed])


def _judged(connection: Connection) -> list[Row[Any]]:
    query = (
        select(
            recordings.c.id,
            recordings.c.agent_login,
            recordings.c.call_started_at.label("at"),
            scorecards.c.id.label("card"),
        )
        .join(scorecards, scorecards.c.recording_id == recordings.c.id)
        .order_by(scorecards.c.id)
    )
    return list(connection.execute(query))


def _each(rows: Sequence[Row[Any]], made: Callable[[Row[Any]], dict[str, Any]]) -> Rows:
    return [made(row) for row in rows]


def _put(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _task(row: Row[Any], dice: random.Random) -> dict[str, Any]:
    return {"recording_id": row.id, "agent_login": row.agent_login, "reason": dice.choice(REASONS),
            "probability": dice.choice((0.05, 0.05, 0.3)), "blind": dice.random() < 0.15,
            "created_at": row.at + timedelta(hours=8), "due_on": (row.at + timedelta(days=7)).date(),
            "claimed_at": None, "finished_at": None}  # fmt: skip


def _done(rows: Sequence[Row[Any]], dice: random.Random, analysts: list[int]) -> Rows:
    return [
        _task(row, dice)
        | {
            "state": "done",
            "assigned_to": dice.choice(analysts),
            "finished_at": row.at + timedelta(days=2),
        }
        for row in rows
    ]


def _open(rows: Sequence[Row[Any]], dice: random.Random, analysts: list[int]) -> Rows:
    made = []
    for row in rows:
        who = dice.choice((None, None, *analysts))
        made.append(_task(row, dice) | {"state": "claimed" if who else "open", "assigned_to": who})
    return made


def _review(number: int, row: Row[Any], dice: random.Random) -> dict[str, Any]:
    at = row.at + timedelta(days=2)
    said = (Override(dice.choice(_FAULTS), "fail", "No se oye."),) if number % 3 == 0 else ()
    return {"id": number, "recording_id": row.id, "scorecard_id": row.card, "reviewer": "analyst",
            "reviewed_at": at, "body": bodies.write_review(Review(row.id, "analyst", at, said))}  # fmt: skip


def _fact(number: int, who: int) -> dict[str, Any]:
    return {"review_id": number, "user_id": who, "task_id": None, "kind": "review", "blind": number % 7 == 0,
            "seconds": 200.0 + number % 240, "finished": True}  # fmt: skip


def _draft(row: Row[Any], analysts: list[int]) -> dict[str, Any]:
    at = row.at + timedelta(days=1)
    return {"recording_id": row.id, "user_id": analysts[row.card % len(analysts)], "scorecard_id": row.card,
            "blind": False, "started_at": at, "updated_at": at, "seconds": 60.0, "body": "{}"}  # fmt: skip


def _release(row: Row[Any], leads: list[int]) -> dict[str, Any]:
    at = row.at + timedelta(days=3)
    read = at + timedelta(days=1) if row.card % 10 else None
    return {"recording_id": row.id, "review_id": None, "released_by": leads[row.card % len(leads)],
            "released_at": at, "visible_from": at, "acknowledged_at": read, "withdrawn_at": None}  # fmt: skip


def _dispute(row: Row[Any], who: int, analysts: list[int]) -> dict[str, Any]:
    at, waits = row.at + timedelta(days=4), row.card % 10 == 0
    upheld = row.card % 3 == 0
    decided = {"state": "upheld" if upheld else "dismissed", "decided_by": analysts[row.card % len(analysts)],
               "decided_at": at + timedelta(days=3), "outcome": "pass" if upheld else "fail",
               "decision": "Se oyó de nuevo.", "second": "pass" if upheld else "fail"}  # fmt: skip
    still = {"state": "open", "decided_by": None, "decided_at": None, "outcome": None, "decision": "",
             "second": None}  # fmt: skip
    return {"recording_id": row.id, "scorecard_id": row.card, "criterion": "empathy", "opened_by": who,
            "opened_at": at, "reason": "Sí reconocí su situación.", "quote": "",
            "due_on": (at + timedelta(days=5)).date(), **(still if waits else decided)}  # fmt: skip


def _comment(row: Row[Any], who: int) -> dict[str, Any]:
    return {"recording_id": row.id, "turn": 2, "author_id": who, "at": row.at + timedelta(days=2),
            "text": "Buen tono.", "for_agent": True, "deleted_at": None}  # fmt: skip


def _notice(row: Row[Any], who: int) -> dict[str, Any]:
    at, kind = row.at + timedelta(days=7), "dispute_upheld" if row.card % 3 == 0 else "dispute_dismissed"
    return {"user_id": who, "kind": kind, "recording_id": row.id, "at": at,
            "detail": '{"criterion": "empathy"}', "read_at": at if row.card % 8 else None}  # fmt: skip
