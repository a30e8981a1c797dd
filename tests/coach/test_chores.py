"""History judged anew by the worker: asked for once, seen from anywhere, stopped, tried again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach import audit, chores, jobs, wiping, worker
from coach.schema_chores import chores as table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.coach.people import somebody
from tests.views import seed


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def store(settings: Settings) -> Store:
    store = Store.open(settings)
    for call in (seed.threatening(settings), seed.nobodys(settings)):
        store.add_recording(call.transcript.recording)
        store.save(call)
    return store


def test_the_worker_judges_history_anew_and_says_how_many(store: Store, settings: Settings) -> None:
    chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    worker.do_chore(store, settings, chore)
    (one,) = chores.latest(store, HOUSE)
    assert (one.state, one.done, one.changed, one.error) == ("done", 2, 2, "")
    assert chores.take(store, jobs.worker_name()) is None
    assert [entry.subject for entry in audit.entries(store, HOUSE, action="rescore").rows] == [
        "form:cobranza"
    ]


def test_calls_whose_words_were_erased_are_no_error(store: Store, settings: Settings) -> None:
    first = next(iter(store.recordings())).id
    with store.writing() as connection:
        wiping.wipe_words(connection, first, "person", datetime(2026, 11, 28, tzinfo=UTC))
    chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    worker.do_chore(store, settings, chore)
    (one,) = chores.latest(store, HOUSE)
    assert (one.state, one.done, one.error) == ("done", 1, "")


def test_asked_for_twice_it_is_done_once(store: Store) -> None:
    assert chores.ask(store, HOUSE, "rescore", "cobranza") == chores.ask(store, HOUSE, "rescore", "cobranza")
    assert chores.ask(store, HOUSE, "rescore", "mx") != chores.ask(store, HOUSE, "rescore", "cobranza")


def test_one_that_waits_is_cancelled_and_queued_again(store: Store) -> None:
    number = chores.ask(store, HOUSE, "rescore", "cobranza")
    chores.cancel(store, HOUSE, number)
    assert chores.take(store, "host:1") is None
    chores.retry(store, HOUSE, number)
    assert chores.take(store, "host:1") is not None


def test_one_that_runs_stops_between_two_calls(store: Store, settings: Settings) -> None:
    number = chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    chores.cancel(store, HOUSE, number)
    worker.do_chore(store, settings, chore)
    (one,) = chores.latest(store, HOUSE)
    assert (one.state, one.done) == ("cancelled", 1)


def test_a_worker_that_is_asked_to_stop_gives_it_back(store: Store, settings: Settings) -> None:
    chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    worker.do_chore(store, settings, chore, stop=lambda: True)
    assert [one.state for one in chores.latest(store, HOUSE)] == ["queued"]


def test_what_came_out_otherwise_before_a_restart_is_counted(store: Store, settings: Settings) -> None:
    chores.ask(store, HOUSE, "rescore", "cobranza")
    for stop in (lambda: True, lambda: False):
        chore = chores.take(store, jobs.worker_name())
        assert chore is not None
        worker.do_chore(store, settings, chore, stop=stop)
    (one,) = chores.latest(store, HOUSE)
    assert (one.state, one.done, one.changed) == ("done", 2, 2)


def test_one_that_was_cancelled_says_what_came_out_otherwise(store: Store, settings: Settings) -> None:
    number = chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    chores.cancel(store, HOUSE, number)
    worker.do_chore(store, settings, chore)
    assert [one.changed for one in chores.latest(store, HOUSE)] == [1]


@pytest.mark.parametrize("what", ["call", "words"])
def test_what_is_erased_meanwhile_holds_up_nothing(store: Store, settings: Settings, what: str) -> None:
    """History is read in pages, judged for hours, and somebody is erased in between."""
    *_, other = [one.id for one in store.latest(9)]
    chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    at = datetime(2026, 11, 28, tzinfo=UTC)

    def erased() -> bool:
        with store.writing() as connection:
            if what == "call" and store.has(other):
                wiping.wipe_call(connection, other, at)
            elif what == "words" and not store.wordless(other):
                wiping.wipe_words(connection, other, "person", at)
        return False

    worker.do_chore(store, settings, chore, stop=erased)
    (one,) = chores.latest(store, HOUSE)
    assert (one.state, one.done, one.changed, one.error) == ("done", 1, 1, "")


def test_what_a_dead_worker_had_is_taken_again(store: Store) -> None:
    chores.ask(store, HOUSE, "rescore", "cobranza")
    assert chores.take(store, "elsewhere:1") is not None
    assert chores.take(store, "host:2") is None  # it may still live there
    host = jobs.worker_name().rpartition(":")[0]
    with store.writing() as connection:
        connection.execute(table.update().values(worker=f"{host}:999999"))
    assert chores.take(store, "host:2") is not None


def test_a_form_that_cannot_be_read_is_told(store: Store, settings: Settings) -> None:
    settings.own_forms.mkdir(parents=True)
    (settings.own_forms / "cobranza.yaml").write_text("id: cobranza\n", encoding="utf-8")
    chores.ask(store, HOUSE, "rescore", "cobranza")
    chore = chores.take(store, jobs.worker_name())
    assert chore is not None
    worker.do_chore(store, settings, chore)
    (one,) = chores.latest(store, HOUSE)
    assert one.state == "failed"
    assert "cobranza.yaml" in one.error


def test_who_has_no_right_asks_for_nothing(store: Store) -> None:
    agent = somebody(store, "agent")
    number = chores.ask(store, HOUSE, "rescore", "cobranza")
    assert chores.latest(store, agent) == ()
    for act in (chores.cancel, chores.retry):
        with pytest.raises(CoachError, match="no tiene permiso"):
            act(store, agent, number)
    with pytest.raises(CoachError, match="no tiene permiso"):
        chores.ask(store, agent, "rescore", "mx")
