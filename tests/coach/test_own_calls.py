"""Who answered a call, and reviews now, has no say in it: by no door, and it waits for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, update

from coach import (
    blind,
    calibrating,
    calibration,
    closing,
    critical_cases,
    criticals,
    dispute_rows,
    disputes,
    drafts,
    handing,
    notices,
    payroll,
    releases,
    reviews,
    tasks,
)
from coach.in_english import in_english
from coach.schema_people import agent_logins, users
from coach.schema_work import drafts as draft_table
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
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


def promoted(store: Store, agent: Viewer, role: Role = "analyst") -> Viewer:
    with store.writing() as connection:
        connection.execute(update(users).where(users.c.id == agent.user_id).values(role=role))
    return Viewer(agent.user_id, agent.login, agent.name, role)


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
    "drop": lambda store, settings, who: tasks.drop(
        store, settings, who, drawn(store, "pe-01"), "Se oye mal."
    ),
    "assign": lambda store, settings, who: tasks.assign(
        store, settings, who, drawn(store, "pe-01"), who.user_id or 0
    ),
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


def test_nor_do_several_go_out_at_once_with_their_own_among_them(
    store: Store, settings: Settings, rosa: Viewer
) -> None:
    own, other = drawn(store, "pe-01"), drawn(store, "pe-02")
    assert handing.drop(store, settings, rosa, [own, other], "Se oye mal.") == handing.Handed(1, (OWN,))


def test_what_was_given_before_it_was_known_as_theirs_goes_back_and_anothers_is_not_taken_from_them(
    store: Store, settings: Settings, agent: Viewer, ana: Viewer
) -> None:
    admin, task = promoted(store, agent, "admin"), drawn(store, "pe-01")
    tasks.claim(store, settings, ana, task)
    with pytest.raises(CoachError, match=OWN):
        tasks.give_back(store, admin, task)
    with store.writing() as connection:
        connection.execute(update(table).values(assigned_to=admin.user_id))
    tasks.give_back(store, admin, task)
    assert tasks.claim(store, settings, ana, task).assigned_to == ana.user_id


def test_a_call_that_became_known_as_theirs_is_left_out_of_their_part_of_a_calibration(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    """A login is given to its person after the session was made."""
    for call, login in (("pe-01", "rosa"), ("pe-02", "beto")):
        keep_call(store, settings, call, failed=("empathy",), agent_login=login)
    both, people = ["pe-01", "pe-02"], [ana.user_id or 0, luz.user_id or 0]
    number = calibration.create(store, ana, "Octubre", both, people)
    said = {
        name: (one.outcome, "") for call in both for name, one in store.call(call).scorecard.shown.items()
    }
    for call in both:
        calibration.score(store, luz, number, call, said)
    with store.writing() as connection:
        values = {"login": "rosa", "user_id": ana.user_id, "since": date(2026, 1, 1)}
        connection.execute(insert(agent_logins).values(**values))
    of = calibrating.session(store, ana, number)
    assert (of.asked, of.mine, of.comparable) == (("pe-02",), 1, False)
    with pytest.raises(CoachError, match=OWN):
        calibration.score(store, ana, number, "pe-01", said)
    with pytest.raises(CoachError, match="no le toca evaluarla"):
        calibrating.save(store, ana, number, "pe-01", "empathy", "pass", "")
    with pytest.raises(CoachError, match="no le toca evaluarla"):
        calibrating.paper(store, settings, ana, number, "pe-01")
    calibration.score(store, ana, number, "pe-02", said)
    of = calibrating.session(store, ana, number)
    assert (of.mine, of.done, of.comparable) == (0, 2, True)


def test_nobody_adds_to_their_own_points(store: Store, settings: Settings) -> None:
    for n in range(6):
        keep_call(store, settings, f"pe-0{n}", failed=("empathy",))
        drawn(store, f"pe-0{n}", probability=1.0)
        releases.release(store, settings, HOUSE, f"pe-0{n}")
    rosa = promoted(store, person(store, "rosa", "agent", team=new_team(store, "Norte")), "admin")
    number = closing.prepare(store, settings, rosa, date(2026, 9, 14))
    closing.sign(store, rosa, number, closing.read(store, rosa, number).digest)
    assert rosa.user_id is not None
    with pytest.raises(CoachError, match="Son puntos suyos") as refused:
        payroll.adjust(store, rosa, number, rosa.user_id, 50.0, "Me lo gané.")
    assert "your own points" in in_english(str(refused.value))
    ada = person(store, "ada", "admin")
    payroll.adjust(store, ada, number, rosa.user_id, 1.0, "Llamada duplicada.")


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
