"""A possible critical failure is told at once to a program of the house: signed, once, without words."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from typer.testing import CliRunner

from coach import cli_webhook, doctor, imports, keeping, late_facts, person_erase, reviews, webhook, worker
from coach.schema_out import deliveries
from coach.sections import Webhook
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from rubrics.types import Outcome
from tests.coach.review_people import judged_call, keep_call, person

SECRET = "una-clave-larga-y-secreta"


class Listener:
    """A program that listens: what came, and what it answers."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.came.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(outer.answers)
                if outer.answers == 302:
                    self.send_header("Location", "/otra")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/aviso"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told(settings: Settings, listener: Listener) -> Settings:
    hook = Webhook.model_validate(
        {"url": listener.url, "secret": SECRET, "address": "https://temple.example/"}
    )
    return settings.model_copy(update={"webhook": hook})


def rows(store: Store) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(select(deliveries).order_by(deliveries.c.id)))


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_what_a_person_decided_before_it_goes_is_not_told(
    store: Store, told: Settings, listener: Listener, outcome: Outcome
) -> None:
    listener.answers = 500
    call = keep_call(store, told, failed=("no_threats",))
    webhook.announce(store, told, call)
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert webhook.send_due(store, told, now=now) == 0
    eva = person(store, "eva", "analyst")
    reviews.override(store, told, eva, call.id, "no_threats", outcome, "Se oye con claridad.")
    listener.answers = 200
    assert webhook.send_due(store, told, now=now + webhook.WAITS[0]) == 0
    assert (len(listener.came), [(row.next_at, row.error) for row in rows(store)]) == (1, [(None, "")])
    assert webhook.not_arrived(store, told) == webhook.InVain()


def test_what_is_judged_otherwise_before_it_goes_is_not_told(
    store: Store, told: Settings, listener: Listener
) -> None:
    webhook.announce(store, told, keep_call(store, told, "w-1", failed=("no_threats",)))
    store.save(judged_call(told, "w-1"), "nlp-2")
    assert (webhook.send_due(store, told), listener.came) == (0, [])


def test_a_possible_failure_is_told_signed_and_without_words(
    store: Store, told: Settings, listener: Listener
) -> None:
    call = keep_call(store, told, failed=("no_threats",), debtor_name="Wilmer Chávez", portfolio="consumo")
    assert webhook.announce(store, told, call) == 1
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert webhook.send_due(store, told, now=now) == 1
    ((headers, body),) = listener.came
    message = json.loads(body)
    assert (message["call"], message["criterion"], message["confirmed"]) == ("pe-01", "no_threats", False)
    assert message["link"] == "https://temple.example/call?call=pe-01"
    assert b"Wilmer" not in body
    assert b"embargar" not in body
    assert headers[webhook.HEADER] == webhook.signature(SECRET, int(now.timestamp()), body)
    assert webhook.send_due(store, told, now=now + timedelta(days=1)) == 0


def test_it_is_told_once_however_often_the_call_is_judged(store: Store, told: Settings) -> None:
    call = keep_call(store, told, failed=("no_threats",))
    webhook.announce(store, told, call)
    assert webhook.announce(store, told, call) == 0
    both = judged_call(told, failed=("no_threats", "no_lawyer"))
    assert webhook.announce(store, told, both) == 1


def test_calls_without_failures_of_the_demonstration_or_without_address_tell_nothing(
    store: Store, told: Settings, settings: Settings
) -> None:
    assert webhook.announce(store, told, keep_call(store, told)) == 0
    shown = keep_call(store, told, "demo-1", failed=("no_threats",), demo=True)
    assert webhook.announce(store, told, shown) == 0
    assert webhook.announce(store, settings, keep_call(store, told, "pe-03", failed=("no_threats",))) == 0


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_what_did_not_arrive_is_tried_again_and_then_given_up(
    store: Store, told: Settings, listener: Listener, answer: int
) -> None:
    webhook.announce(store, told, keep_call(store, told, failed=("no_threats",)))
    listener.answers = answer
    now = datetime.now(UTC) + timedelta(minutes=1)
    for attempt, wait in enumerate(webhook.WAITS, 1):
        assert webhook.send_due(store, told, now=now) == 0
        assert webhook.send_due(store, told, now=now + wait - timedelta(seconds=1)) == 0
        assert len(listener.came) == attempt
        now += wait
    webhook.send_due(store, told, now=now)
    webhook.send_due(store, told, now=now + timedelta(days=30))
    (row,) = rows(store)
    assert (len(listener.came), row.attempts, row.next_at, row.error) == (6, 6, None, f"respuesta {answer}")


def test_nobody_listening_is_a_reason_in_the_table(store: Store, told: Settings, listener: Listener) -> None:
    for name in ("pe-01", "pe-02"):
        webhook.announce(store, told, keep_call(store, told, name, failed=("no_threats",)))
    listener.server.shutdown()
    listener.server.server_close()
    webhook.send_due(store, told, now=datetime.now(UTC) + timedelta(minutes=1))
    first, second = rows(store)
    assert first.attempts == 1
    assert first.error == "nadie escucha en ese equipo y ese puerto"
    assert webhook.try_out(told) == first.error
    assert second.attempts == 0  # one that does not answer holds up no others for long


def test_what_does_not_arrive_is_told_for_some_days(
    store: Store, told: Settings, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.announce(store, told, keep_call(store, told, failed=("no_threats",)))
    assert webhook.not_arrived(store, told) == ((), ())  # it waits for its turn
    listener.answers = 500
    now = datetime.now(UTC)
    webhook.send_due(store, told, now=now + timedelta(minutes=1))
    assert webhook.not_arrived(store, told) == (("pe-01",), ())
    assert "attempt 1: respuesta 500" in caplog.text
    assert any("que no llegaron: 1 se intentan" in one.text for one in doctor.examine(told))
    assert any("Llamadas: pe-01. Pruebe" in one.text for one in doctor.examine(told))
    assert any("con «journalctl -u temple-work»" in one.text for one in doctor.examine(told))
    (told.data_dir / worker.LOG).touch()
    assert any(f"está en {told.data_dir.resolve() / worker.LOG}." in one.text for one in doctor.examine(told))
    for day in range(1, 6):
        webhook.send_due(store, told, now=now + timedelta(days=day))
    assert webhook.not_arrived(store, told) == ((), ("pe-01",))
    assert webhook.not_arrived(store, told, now=now + timedelta(days=8)) == ((), ())
    assert webhook.not_arrived(store, told.model_copy(update={"webhook": Webhook()})) == ((), ())


def test_what_arrived_late_is_told_no_more(store: Store, told: Settings, listener: Listener) -> None:
    webhook.announce(store, told, keep_call(store, told, failed=("no_threats",)))
    listener.answers = 500
    now = datetime.now(UTC) + timedelta(minutes=1)
    webhook.send_due(store, told, now=now)
    listener.answers = 200
    assert webhook.send_due(store, told, now=now + timedelta(minutes=2)) == 1
    assert webhook.not_arrived(store, told) == ((), ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "ftp://avisos.example", "secret": SECRET}, "debe ser una dirección"),
        ({"url": "https://avisos.example"}, "hace falta «secret»"),
        ({"url": "https://avisos.example", "secret": "corta"}, "16 caracteres"),
    ],
)
def test_wrong_settings_say_what_is_wrong(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
) -> None:
    from coach.settings import load

    lines = "\n".join(f'{name} = "{value}"' for name, value in given.items())
    file = tmp_path / "coach.toml"
    file.write_text(f"[webhook]\n{lines}\n", encoding="utf-8")
    with pytest.raises(CoachError, match=said):
        load(file)


@pytest.mark.parametrize("late", [False, True])
def test_a_call_that_comes_as_a_transcript_is_told_too(store: Store, told: Settings, late: bool) -> None:
    """When it comes, and when facts that come later show a failure."""
    now = datetime.now(UTC)
    failed = judged_call(told, failed=("no_threats",), call_started_at=now)
    sound = judged_call(told, call_started_at=now)
    imports.keep(store, told, failed.transcript, lambda _: sound if late else failed)
    assert len(rows(store)) == (not late)
    late_facts.judge_again(store, told, [failed.id], lambda _: failed)
    assert [row.criterion for row in rows(store)] == ["no_threats"]


def test_a_failure_that_history_judged_anew_shows_is_told(store: Store, told: Settings) -> None:
    call = judged_call(told, failed=("no_threats",))
    store.add_recording(call.transcript.recording)
    store.save(replace(call, scorecard=judged_call(told).scorecard))
    keeping.keep_rescored(store, told, call)
    assert [row.criterion for row in rows(store)] == ["no_threats"]


@pytest.mark.parametrize(("days", "history", "told_of"), [(6, True, 1), (8, True, 0), (8, False, 1)])
def test_history_judged_anew_tells_nothing_of_old_calls(
    store: Store, told: Settings, days: int, history: bool, told_of: int
) -> None:
    when = datetime.now(UTC) - timedelta(days=days)
    call = judged_call(told, failed=("no_threats",), call_started_at=when)
    store.add_recording(call.transcript.recording)
    store.save(replace(call, scorecard=judged_call(told).scorecard))
    keeping.keep_rescored(store, told, call, history=history)
    assert len(rows(store)) == told_of


@pytest.mark.parametrize("word", ["pass", "fail"])
def test_what_a_person_has_decided_is_not_told(store: Store, told: Settings, word: Outcome) -> None:
    call = keep_call(store, told, failed=("no_threats", "no_lawyer"))
    eva = person(store, "eva", "analyst")
    reviews.override(store, told, eva, call.id, "no_threats", word, "Así se oye en la grabación.")
    keeping.keep_rescored(store, told, call)
    assert [row.criterion for row in rows(store)] == ["no_lawyer"]


@pytest.mark.parametrize(("days", "told_of"), [(6, 1), (8, 0)])
def test_of_old_calls_that_come_now_nothing_is_told(
    store: Store, told: Settings, days: int, told_of: int
) -> None:
    when = datetime.now(UTC) - timedelta(days=days)
    call = judged_call(told, failed=("no_threats",), call_started_at=when)
    store.add_recording(call.transcript.recording)
    keeping.keep_judged(store, told, call)
    assert len(rows(store)) == told_of


def test_each_message_has_its_own_id_at_every_attempt(
    store: Store, told: Settings, listener: Listener
) -> None:
    """Though the number of its row is given out again after an erasure."""
    keep_call(store, told, "uno", failed=("no_threats",))
    assert webhook.announce(store, told, store.call("uno")) == 1
    listener.answers = 500
    webhook.send_due(store, told)
    listener.answers = 200
    webhook.send_due(store, told, now=datetime.now(UTC) + timedelta(minutes=2))
    with store.writing() as connection:
        connection.execute(delete(deliveries))
    keep_call(store, told, "dos #1 50%", failed=("no_threats",))
    webhook.announce(store, told, store.call("dos #1 50%"))
    webhook.send_due(store, told)
    assert json.loads(listener.came[-1][1])["link"].endswith("/call?call=dos+%231+50%25")
    first, again, other = (json.loads(body)["id"] for _, body in listener.came)
    assert first == again != other


def test_a_message_of_no_call_tries_the_way(told: Settings, listener: Listener) -> None:
    now = datetime(2026, 11, 28, 13, tzinfo=UTC)
    assert webhook.try_out(told, now=now) == ""
    ((headers, body),) = listener.came
    assert (json.loads(body)["event"], json.loads(body)["call"]) == ("test", None)
    assert headers[webhook.HEADER] == webhook.signature(SECRET, int(now.timestamp()), body)
    listener.answers = 500
    assert webhook.try_out(told) == "respuesta 500"


def given_up(store: Store, told: Settings, *names: str) -> None:
    for name in names:
        webhook.announce(store, told, keep_call(store, told, name, failed=("no_threats",)))
    with store.writing() as connection:
        connection.execute(update(deliveries).values(attempts=6, next_at=None, error="respuesta 500"))


def test_what_was_given_up_can_be_sent_again(store: Store, told: Settings, listener: Listener) -> None:
    given_up(store, told, "pe-01", "pe-02")
    assert webhook.retry(store, told, "pe-02") == ("pe-02",)
    assert webhook.retry(store, told, "pe-02") == ()  # it waits for its turn already
    assert webhook.send_due(store, told) == 1
    assert webhook.retry(store, told) == ("pe-01",)
    assert webhook.send_due(store, told) == 1
    assert [json.loads(body)["call"] for _, body in listener.came] == ["pe-02", "pe-01"]
    assert webhook.retry(store, told) == ()  # all arrived
    assert webhook.not_arrived(store, told) == ((), ())


def test_what_a_person_has_decided_meanwhile_is_not_sent_again(store: Store, told: Settings) -> None:
    given_up(store, told, "pe-01")
    eva = person(store, "eva", "analyst")
    reviews.override(store, told, eva, "pe-01", "no_threats", "pass", "Así se oye en la grabación.")
    assert webhook.retry(store, told) == ()


def test_the_terminal_sends_again_and_says_of_which_calls(
    store: Store, told: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up(store, told, "pe-01")
    monkeypatch.setattr("coach.cli_webhook.load_settings", lambda: told)
    done = CliRunner().invoke(cli_webhook.app, ["retry"])
    assert (done.exit_code, done.stdout) == (0, "Avisos que se mandan otra vez: 1. Llamadas: pe-01.\n")
    nothing = CliRunner().invoke(cli_webhook.app, ["retry", "pe-01"])
    assert nothing.exit_code == 2
    assert "pe-01: no hay avisos por mandar otra vez." in nothing.output


@pytest.mark.parametrize("begins", [b"", b"HTTP/1.1 200 OK\r\nX-A: "])
def test_who_answers_by_the_drop_keeps_the_worker_no_longer(told: Settings, begins: bytes) -> None:
    """Each drop comes in time; the answer does not."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            came, _ = server.accept()
            with came, suppress(OSError):
                came.sendall(begins)
                while not over.wait(0.1):
                    came.sendall(b"a")

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        hook = told.webhook.model_copy(update={"url": url, "timeout_s": 0.5})
        since = time.monotonic()
        error = webhook.try_out(told.model_copy(update={"webhook": hook}))
        spent = time.monotonic() - since
        over.set()
    assert error == "no contestó en 0.5 segundos"
    assert spent < 5


@pytest.mark.parametrize("tries", [1, 6])
def test_what_was_erased_is_neither_sent_nor_told_of(
    store: Store, told: Settings, listener: Listener, tries: int
) -> None:
    """Whether it waits for its next try or was given up."""
    now = datetime.now(UTC)
    call = keep_call(
        store, told, "acc-987", failed=("no_threats",), account="A1", debtor_name="Wilmer Chávez"
    )
    webhook.announce(store, told, call)
    listener.answers = 500
    for day in range(1, tries + 1):
        webhook.send_due(store, told, now=now + timedelta(days=day))
    person_erase.erase(store, HOUSE, "A1")
    assert [(row.next_at, row.error) for row in rows(store)] == [(None, "")]
    assert webhook.not_arrived(store, told) == ((), ())
    assert webhook.retry(store, told) == ()
    listener.answers = 200
    assert webhook.send_due(store, told, now=now + timedelta(days=9)) == 0
    assert len(listener.came) == tries


def test_what_the_other_program_answers_is_not_logged(
    store: Store, told: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    webhook.announce(store, told, keep_call(store, told, failed=("no_threats",)))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            came, _ = server.accept()
            with came:
                came.recv(65536)
                came.sendall(b"\xff Wilmer is not\nhttp\n\n")

        threading.Thread(target=answer, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        hook = told.webhook.model_copy(update={"url": url})
        webhook.send_due(store, told.model_copy(update={"webhook": hook}))
    (row,) = rows(store)
    assert row.error == "contestó algo que no es HTTP (BadStatusLine)"
    assert "Wilmer" not in caplog.text
