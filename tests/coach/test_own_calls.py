"""Who answered a call, and reviews now, has no say in it: by no door, and it waits for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from coach import (
    blind,
    calibration,
    critical_cases,
    criticals,
    dispute_rows,
    disputes,
    drafts,
    handing,
    notices,
    releases,
    reviews,
    tasks,
)
from coach.schema_people import users
from coach.schema_work import drafts as draft_table
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.review_people import keep_call, new_team, person

OWN = "Es una llamada suya: la revisa otra persona."
NOW = datetime.now(UTC)


@pytest.fixture
def agent(store: Store, settings: Settings) -> Viewer:
    """The agent of the call, while they are one."""
    keep_call(store, settings, failed=("no_threats", "empathy"))
    keep_call(store, settings, "pe-02", failed=("no_threats",), agent_login="beto")
    person(store, "beto", "agent", team=new_team(store, "Sur"))
    return person(store, "rosa", "agent", team=new_team(store, "Norte"))


@pytest.fixture
def rosa(store: Store, agent: Viewer) -> Viewer:
    """The same, an analyst by now."""
    return promoted(store, agent)


def promoted(store: Store, agent: Viewer) -> Viewer:
    with store.writing() as connection:
        connection.execute(update(users).where(users.c.id == agent.user_id).values(role="analyst"))
    return Viewer(agent.user_id, agent.login, agent.name, "analyst")


def drawn(store: Store, recording_id: str, **more: object) -> int:
    values = {"recording_id": recording_id, "agent_login": "rosa", "reason": "random", "probability": 0.5,
              "blind": False, "state": "open", "created_at": NOW, **more}  # fmt: skip
    with store.writing() as connection:
        return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


Door = Callable[[Store, Settings, Viewer], object]
DOORS: dict[str, Door] = {
    "review": lambda store, settings, who: drafts.open_review(store, settings, who, "pe-01"),
    "fail": lambda store, settings, who: reviews.override(
        store, settings, who, "pe-01", "empathy", "pass", "Sí la hubo."
    ),
    "critical": lambda store, settings, who: reviews.override(
        store, settings, who, "pe-01", "no_threats", "pass", "No amenacé."
    ),
    "release": lambda store, settings, who: releases.release(store, settings, who, "pe-01"),
    "withdraw": lambda store, settings, who: releases.withdraw(store, who, "pe-01"),
    "claim": lambda store, settings, who: tasks.claim(store, settings, who, drawn(store, "pe-01")),
    "step": lambda store, settings, who: critical_cases.act(
        store, who, "pe-01", "Hablé conmigo.", closes=True
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_lets_a_person_judge_or_release_their_own(
    store: Store, settings: Settings, rosa: Viewer, door: str
) -> None:
    with pytest.raises(CoachError, match=OWN):
        DOORS[door](store, settings, rosa)


def test_a_confirmed_failure_of_ones_own_is_not_taken_back_nor_a_case(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer
) -> None:
    for call in ("pe-01", "pe-02"):
        reviews.override(store, settings, ana, call, "no_threats", "fail", "Amenaza con embargar.")
    with pytest.raises(CoachError, match=OWN):
        critical_cases.take_back(store, settings, rosa, "pe-01", "no_threats", "No amenacé.")
    assert [one.call.id for one in critical_cases.cases(store, settings, rosa).rows] == ["pe-02"]
    assert (critical_cases.waiting(store, rosa), critical_cases.waiting(store, ana)) == (1, 2)


def test_a_review_begun_before_is_not_finished(store: Store, settings: Settings, rosa: Viewer) -> None:
    drafts.open_review(store, settings, rosa, "pe-02")
    with store.writing() as connection:
        connection.execute(update(draft_table).values(recording_id="pe-01"))
    with pytest.raises(CoachError, match=OWN):
        reviews.finish(store, settings, rosa, "pe-01")


def test_own_calls_wait_for_others(store: Store, settings: Settings, rosa: Viewer, ana: Viewer) -> None:
    own, other = drawn(store, "pe-01"), drawn(store, "pe-02")
    assert [row.id for row in tasks.queue(store, settings, rosa).rows] == [other]
    assert {row.id for row in tasks.queue(store, settings, ana).rows} == {own, other}
    assert [row.call.id for row in criticals.inbox(store, settings, rosa).rows] == ["pe-02"]
    assert {row.call.id for row in criticals.inbox(store, settings, ana).rows} == {"pe-01", "pe-02"}
    for call in ("pe-01", "pe-02"):
        drafts.open_review(store, settings, ana, call)
        reviews.finish(store, settings, ana, call)
    assert [row.recording_id for row in releases.pending(store, rosa).rows] == ["pe-02"]


def test_nobody_is_given_their_own(store: Store, settings: Settings, rosa: Viewer, ana: Viewer) -> None:
    task = drawn(store, "pe-01")
    assert rosa.user_id is not None
    seen = {one.user_id: one.seen for one in handing.takers(store, settings, ana, [task])}
    assert (seen[rosa.user_id], seen[ana.user_id]) == ({task}, set())  # type: ignore[index]
    with pytest.raises(CoachError, match="Es una llamada de esa persona"):
        tasks.assign(store, settings, ana, task, rosa.user_id)
    with store.writing() as connection:  # given before the call was known as theirs
        connection.execute(update(table).values(assigned_to=rosa.user_id))
    assert notices.badge(store, rosa) == 0
    with pytest.raises(CoachError, match="la atendió Rosa"):
        calibration.create(store, ana, "Octubre", ["pe-01"], [ana.user_id, rosa.user_id])  # type: ignore[list-item]


def test_a_blind_review_that_only_its_agent_could_do_is_an_ordinary_one(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer
) -> None:
    task = drawn(store, "pe-01", blind=True)
    with store.reading() as connection:
        assert not connection.execute(select(blind.saw(ana.user_id, "pe-01"))).scalar_one()  # type: ignore[arg-type]
    blind.forgo(store, ana, "pe-01")
    assert not tasks.claim(store, settings, ana, task).blind


def test_nor_do_they_decide_a_dispute_of_it(store: Store, settings: Settings, agent: Viewer) -> None:
    releases.release(store, settings, HOUSE, "pe-01")
    number = disputes.dispute(store, settings, agent, "pe-01", "empathy", "Sí la hubo.")
    rosa = promoted(store, agent)
    assert dispute_rows.to_decide(store, rosa).rows == ()
    assert notices.badge(store, rosa) == 0
    with pytest.raises(CoachError, match="la decide otra persona"):
        disputes.decide(store, settings, rosa, number, "pass", "Sí la hubo.")
