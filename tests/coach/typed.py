"""A word typed into every free field that is about a call, each through its own door."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import insert

from coach import (
    calibrating,
    calibration,
    clips,
    closing,
    critical_cases,
    disputes,
    drafting,
    drafts,
    holds,
    payroll,
    releases,
    reviews,
    tasks,
)
from coach.pipeline import rubric_of
from coach.schema_work import tasks as task_table
from coach.settings import Settings
from coach.store import Store
from coach.types import PromiseWord
from coach.viewers import HOUSE, Viewer
from rubrics.types import Outcome
from tests.coach.privacy import keep
from tests.coach.review_people import NOW, person


def task(store: Store, recording_id: str, reason: str = "random", *, state: str = "done") -> int:
    """A call that chance drew."""
    values = {
        "recording_id": recording_id, "agent_login": "rosa", "reason": reason, "probability": 0.5,
        "blind": False, "state": state, "created_at": NOW - timedelta(days=2),
    }  # fmt: skip
    with store.writing() as connection:
        made = insert(task_table).values(**values).returning(task_table.c.id)
        return int(connection.execute(made).scalar_one())


def typed_everywhere(store: Store, settings: Settings, word: str) -> str:
    """The id of a call of the account, about which people wrote `word` wherever they could."""
    said = f"Es por lo de {word}, lo oí entero."
    rosa, eva, luz = (
        person(store, login, role)
        for login, role in (("rosa", "agent"), ("eva", "analyst"), ("luz", "analyst"))
    )
    admin = person(store, "adm", "admin")
    call = keep(store, settings, failed=("empathy", "concise", "no_threats"))
    name = call.id
    tasks.drop(store, settings, eva, task(store, name, "critical", state="open"), said)
    together = calibration.create(store, admin, "Septiembre", [name], [eva.user_id or 0, luz.user_id or 0])
    every: dict[str, tuple[Outcome, str]] = {one.id: ("pass", said) for one in rubric_of(settings).criteria}
    calibration.score(store, eva, together, name, every)
    calibrating.save(store, luz, together, name, "empathy", "pass", said)
    calibration.close(store, admin, together)
    review(store, settings, eva, name, said)
    clips.propose(store, eva, name, "no_money", (0.0, 20.0), said[:60], said)
    critical_cases.act(store, eva, name, said, closes=True)
    month(store, settings, admin, name)
    won = disputes.dispute(store, settings, rosa, name, "empathy", said, now=NOW)
    disputes.decide(store, settings, luz, won, "pass", said, now=NOW)
    lost = disputes.dispute(store, settings, rosa, name, "concise", said, now=NOW)
    disputes.withdraw(store, rosa, lost, now=NOW)
    (close,) = closing.listed(store, admin)
    payroll.adjust(store, admin, close[0], rosa.user_id or 0, 1.0, said, won)
    holds.lift(store, HOUSE, holds.place(store, HOUSE, "call", name, said))
    drafts.open_review(store, settings, luz, name)  # one that nobody ends
    drafting.note(store, luz, name, said)
    drafting.correct(store, luz, name, 1, text=said)
    return name


def review(store: Store, settings: Settings, viewer: Viewer, name: str, said: str) -> None:
    drafts.open_review(store, settings, viewer, name)
    given = PromiseWord("corrected", Decimal(240), "PEN", date(2026, 9, 18), f"Yape. {said}")
    drafting.judge(store, viewer, name, "no_threats", "fail", said)
    drafting.promise(store, viewer, name, given)
    drafting.note(store, viewer, name, said)
    drafting.comment(store, viewer, name, 1, said, for_agent=True)
    reviews.finish(store, settings, viewer, name)


def month(store: Store, settings: Settings, viewer: Viewer, name: str) -> None:
    """The signed month of the call, with enough others for a score."""
    every = [name, *(f"otra-{n}" for n in range(5))]
    for one in every:
        if one != name:
            keep(store, settings, one, account=f"77-{one}")
        task(store, one)
        releases.release(store, settings, viewer, one, now=NOW - timedelta(days=1))
    number = closing.prepare(store, settings, viewer, date(2026, 9, 1))
    closing.sign(store, viewer, number, closing.read(store, viewer, number).digest)
