"""The queue: who sees what, who takes which, and what blind tasks do not tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from coach import load, tasks
from coach.schema_people import audit
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.task_rows import TaskFilter
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.review_people import NOW, keep_call, new_team, person


def put(store: Store, settings: Settings, recording_id: str, **values: object) -> int:
    """A judged call and a task for it."""
    keep_call(store, settings, recording_id, failed=values.pop("failed", ("empathy",)))
    row = {
        "recording_id": recording_id, "agent_login": "rosa", "reason": "random", "probability": 0.5,
        "blind": False, "state": "open", "created_at": NOW, "due_on": date(2026, 9, 18), **values,
    }  # fmt: skip
    with store.writing() as connection:
        return int(connection.execute(insert(table).values(**row).returning(table.c.id)).scalar_one())


def ids(store: Store, settings: Settings, viewer: Viewer, **which: object) -> list[str]:
    page = tasks.queue(store, settings, viewer, TaskFilter(**which), now=NOW)  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [row.recording_id for row in page.rows]


def test_what_is_due_first_comes_first_and_critical_before_the_rest(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    put(store, settings, "later", due_on=date(2026, 9, 30))
    put(store, settings, "plain")
    put(store, settings, "grave", reason="critical")
    mine = put(store, settings, "mine", due_on=date(2026, 10, 30))
    tasks.claim(store, settings, ana, mine, now=NOW)
    assert ids(store, settings, ana) == ["mine", "grave", "plain", "later"]


def test_a_call_that_shows_a_critical_failure_comes_first_whatever_it_was_drawn_for(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    put(store, settings, "doubt", reason="doubtful")
    put(store, settings, "grave", failed=("no_threats",))
    put(store, settings, "unseen", failed=("no_threats",), blind=True)
    assert ids(store, settings, ana) == ["grave", "doubt", "unseen"]


def test_a_page_is_cut_in_the_database(store: Store, settings: Settings, ana: Viewer) -> None:
    for n in range(5):
        put(store, settings, f"c{n}")
    page = tasks.queue(store, settings, ana, page=1, size=2, now=NOW)
    assert ([row.recording_id for row in page.rows], page.total) == (["c2", "c3"], 5)


def test_a_blind_task_tells_neither_why_nor_what_the_machine_said(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    put(store, settings, "blind", reason="critical", blind=True)
    (row,) = tasks.queue(store, settings, ana, now=NOW).rows
    assert (row.reason, row.points, row.critical, row.to_review) == (None, None, 0, 0)
    assert ids(store, settings, ana, reasons=("critical",)) == []
    assert ids(store, settings, ana, blind=True) == ["blind"]


def test_filters_keep_what_they_name(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    first = put(store, settings, "a", due_on=date(2026, 9, 1))
    put(store, settings, "b", reason="doubt", agent_login="luis")
    tasks.claim(store, settings, luz, first, now=NOW)
    assert ids(store, settings, ana, holder="others") == ["a"]
    assert ids(store, settings, ana, holder="nobody") == ["b"]
    assert ids(store, settings, luz, holder="mine") == ["a"]
    assert ids(store, settings, ana, overdue=True) == ["a"]
    assert ids(store, settings, ana, agents=("luis",)) == ["b"]
    assert ids(store, settings, ana, reasons=("doubt",)) == ["b"]


def test_of_two_who_claim_at_once_one_gets_it(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = put(store, settings, "a")
    second = Store.open(settings)

    def claim(where: Store, who: Viewer) -> str:
        try:
            return tasks.claim(where, settings, who, task, now=NOW).assignee or ""
        except CoachError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(claim, (store, second), (ana, luz)))
    second.close()
    assert sorted(said) in (["Ana", "Esta llamada la tiene Ana."], ["Esta llamada la tiene Luz.", "Luz"])


def test_the_next_call_is_one_that_nobody_has(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    tasks.claim(store, settings, luz, put(store, settings, "a", reason="critical"), now=NOW)
    put(store, settings, "b")
    taken = tasks.claim_next(store, settings, ana, now=NOW)
    assert taken is not None
    assert (taken.recording_id, taken.claimed, taken.assignee) == ("b", True, "Ana")
    assert tasks.claim_next(store, settings, luz, TaskFilter(holder="nobody"), now=NOW) is None


def test_a_claim_without_work_goes_stale(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    task = put(store, settings, "a")
    tasks.claim(store, settings, ana, task, now=NOW)
    soon, later = NOW + timedelta(hours=23), NOW + timedelta(hours=25)
    with pytest.raises(CoachError, match="la tiene Ana"):
        tasks.claim(store, settings, luz, task, now=soon)
    assert tasks.claim(store, settings, luz, task, now=later).assignee == "Luz"


def test_what_is_given_back_is_free(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    task = put(store, settings, "a")
    tasks.claim(store, settings, ana, task, now=NOW)
    with pytest.raises(CoachError, match="otra persona"):
        tasks.give_back(store, luz, task)
    tasks.give_back(store, ana, task)
    assert ids(store, settings, luz, holder="nobody") == ["a"]


def test_what_nobody_has_needs_no_giving_back(store: Store, settings: Settings, ana: Viewer) -> None:
    task = put(store, settings, "a")
    tasks.give_back(store, ana, task)
    assert ids(store, settings, ana, holder="nobody") == ["a"]
    with store.reading() as connection:
        assert connection.execute(select(audit)).all() == []


def test_an_assigned_call_waits_for_its_person(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = put(store, settings, "a")
    assert luz.user_id is not None
    tasks.assign(store, settings, ana, task, luz.user_id, due_on=date(2026, 9, 16), now=NOW)
    assert tasks.queue(store, settings, luz, now=NOW).rows[0].due_on == date(2026, 9, 16)
    with pytest.raises(CoachError, match="la tiene Luz"):
        tasks.claim(store, settings, ana, task, now=NOW)
    assert tasks.claim(store, settings, luz, task, now=NOW).claimed
    with pytest.raises(CoachError, match="está revisando"):
        tasks.assign(store, settings, ana, task, luz.user_id, now=NOW)


def test_nobody_is_assigned_who_does_not_review(store: Store, settings: Settings, ana: Viewer) -> None:
    rosa = person(store, "rosa", "agent")
    assert rosa.user_id is not None
    with pytest.raises(CoachError, match="no revisa llamadas"):
        tasks.assign(store, settings, ana, put(store, settings, "a"), rosa.user_id, now=NOW)


def test_a_dropped_call_leaves_the_queue_with_its_reason_in_the_log(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    task = put(store, settings, "a")
    with pytest.raises(CoachError, match="por qué"):
        tasks.drop(store, settings, ana, task, " ")
    tasks.drop(store, settings, ana, task, "Es de prueba.")
    assert ids(store, settings, ana) == []
    with store.reading() as connection:
        (entry,) = connection.execute(select(audit)).all()
    assert (entry.action, entry.subject, "Es de prueba." in entry.detail) == ("drop", "call:a", True)
    with pytest.raises(CoachError, match="ya no está en la cola"):
        tasks.claim(store, settings, ana, task, now=NOW)


def test_only_a_living_claim_keeps_others_from_taking_a_call_out(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = put(store, settings, "a")
    tasks.claim(store, settings, luz, task, now=NOW)
    with pytest.raises(CoachError, match="está revisando"):
        tasks.drop(store, settings, ana, task, "Es de prueba.", now=NOW + timedelta(hours=1))
    tasks.drop(store, settings, ana, task, "Es de prueba.", now=NOW + timedelta(hours=25))
    assert ids(store, settings, ana) == []


@pytest.mark.parametrize("role", ["agent", "lead", "auditor"])
def test_who_does_not_review_sees_no_queue(store: Store, settings: Settings, role: str) -> None:
    task = put(store, settings, "a")
    other = person(store, "otro", role, team=new_team(store, "Norte"), leads=True)  # type: ignore[arg-type]
    for act in (
        lambda: tasks.queue(store, settings, other),
        lambda: tasks.claim(store, settings, other, task),
        lambda: tasks.drop(store, settings, other, task, "x"),
    ):
        with pytest.raises(CoachError, match="no tiene permiso"):
            act()


def test_work_has_a_name(store: Store, settings: Settings) -> None:
    task = put(store, settings, "a")
    assert ids(store, settings, HOUSE) == ["a"]
    with pytest.raises(CoachError, match="Entre con su cuenta"):
        tasks.claim(store, settings, HOUSE, task)


def test_the_load_counts_what_is_in_hand(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    tasks.claim(store, settings, luz, put(store, settings, "a", due_on=date(2026, 9, 1)), now=NOW)
    tasks.claim(store, settings, luz, put(store, settings, "b"), now=NOW)
    first, second = load.load(store, settings, HOUSE, now=NOW)
    assert (first.name, first.waiting, first.overdue, first.done) == ("Luz", 2, 1, 0)
    assert (second.name, second.waiting, second.minutes_each) == ("Ana", 0, None)
    with pytest.raises(CoachError, match="no tiene permiso"):
        load.load(store, settings, person(store, "rosa", "agent"))
