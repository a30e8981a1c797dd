"""No screen reads a whole table: calls of long ago cost no row more, whatever screen is opened."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import create_engine, insert, select, update

from coach import audit, bodies
from coach.jobs import submit
from coach.schema import jobs, reviews, scorecards
from coach.schema_work import releases, review_facts, tasks
from coach.store import Store
from coach.types import Review
from coach.viewers import HOUSE, Role
from tests.coach import people
from tests.coach.conftest import LIMA, judged
from tests.views.conftest import SignIn
from tests.views.test_screens import screen
from views import _pages

RECENT, OLDER = 55, 55
LONG_AGO = 400  # days
MONTHS = 20  # rows more: months that can be chosen, weeks of a trend
LAST = date(2026, 10, 30)
ROLES: tuple[Role, ...] = ("admin", "lead", "agent", "auditor")


class Reads:
    """Rows that were read from a database."""

    n = 0


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> type[Reads]:
    class Cursor(sqlite3.Cursor):
        def fetchall(self) -> list[Any]:
            return counted(super().fetchall())

        def fetchmany(self, *args: Any, **kwargs: Any) -> list[Any]:
            return counted(super().fetchmany(*args, **kwargs))

        def fetchone(self) -> Any:
            row = super().fetchone()
            Reads.n += row is not None
            return row

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

    def counted(rows: list[Any]) -> list[Any]:
        Reads.n += len(rows)
        return rows

    made = mock.Mock(
        side_effect=lambda url, **more: create_engine(url, **more, connect_args={"factory": Connection})
    )
    monkeypatch.setattr("coach.database.create_engine", made)
    return Reads


def fill(store: Store, agent: int, days: list[date]) -> None:
    """A call a day, each with all that can hang on a call: its job, a task, a review, a release, the log."""
    for day in days:
        at = datetime(day.year, day.month, day.day, 10, tzinfo=LIMA)
        name = f"c-{day}"
        promise = {
            "quote": "1: No tengo dinero",
            "amount": 90,
            "currency": "PEN",
            "date": day + timedelta(days=2),
        }
        call = judged(
            name, "no_money@1", points=70.0, agent="Ana", agent_login="ana", country="PE", portfolio="p",
            critical=("firm",), verdicts={"firm": "fail"}, promise=promise, call_started_at=at,
        )  # fmt: skip
        store.add_recording(call.transcript.recording)
        store.save(call, "nlp-1")
        submit(store, name)
        of: dict[str, Any] = {"recording_id": name}
        task = {
            "agent_login": "ana",
            "reason": "random",
            "probability": 1.0,
            "blind": False,
            "created_at": at,
        }
        with store.writing() as connection:
            connection.execute(insert(tasks).values(**of, **task, state="open"))
            connection.execute(insert(releases).values(**of, released_at=at, visible_from=at))
            card = connection.execute(select(scorecards.c.id).where(scorecards.c.recording_id == name))
            of |= {"scorecard_id": card.scalar_one()}
            said = bodies.write_review(Review(name, "Eva", at))
            word = insert(reviews).values(**of, reviewer="Eva", reviewed_at=at, body=said)
            number = connection.execute(word.returning(reviews.c.id)).scalar_one()
            facts = {"user_id": agent, "kind": "review", "blind": True, "finished": True}
            connection.execute(insert(review_facts).values(review_id=number, **facts))
            audit.record(connection, HOUSE, "see", f"call:{name}")
        with store.writing() as connection:
            connection.execute(update(jobs).values(state="done", finished_at=at))


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_calls_of_long_ago_cost_no_row(
    reads: type[Reads], fresh: Store, signed_in: SignIn, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = people.somebody(fresh, "agent", "ana", holds=("ana",), team="Norte")
    monkeypatch.setattr("coach.queries.FEW", 20)  # of more calls no list is gathered
    monkeypatch.setattr("coach.listings.FEW", 20)
    recent = [LAST - timedelta(days=n) for n in range(RECENT)]
    older = [LAST - timedelta(days=LONG_AGO + n) for n in range(OLDER)]
    if role != "agent":
        signed_in(
            fresh,
            role,
            "eva",
            leads="Norte" if role == "lead" else "",
            portfolios=("p",) if role == "auditor" else (),
        )
    else:
        signed_in(fresh, role, "ana")
    fill(fresh, ana.user_id or 0, recent)
    before = {name: read_by(name, reads) for name in screens(role)}
    fill(fresh, ana.user_id or 0, older)
    after = {name: read_by(name, reads) for name in screens(role)}
    grown = {name: after[name] - before[name] for name in before}
    assert {name: n for name, n in grown.items() if n > MONTHS} == {}


def screens(role: Role) -> tuple[str, ...]:
    return _pages.OF_ROLE[role] + _pages.HIDDEN[role]


def read_by(name: str, reads: type[Reads]) -> int:
    address = {"call": {"call": f"c-{LAST}"}, "agent": {"agent": "ana"}}.get(name, {})
    reads.n = 0
    screen(name, **address)
    return reads.n
