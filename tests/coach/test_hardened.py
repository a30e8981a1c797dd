"""Slow and broken clients, forms from elsewhere, odd letters, long names, clocks that jump."""

from __future__ import annotations

import csv
import io
import logging
import os
import re
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from sqlalchemy import update
from starlette.routing import Route
from starlette.testclient import TestClient

from coach import books, comments, erasures, jobs, people, people_csv, quiet, server, sessions, teams, tokens
from coach.schema import jobs as jobs_table
from coach.settings import Settings
from coach.store import LONGEST_ID, Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from tests.coach.people import somebody, token
from tests.coach.remarks import remark
from tests.coach.test_doors import browser
from transcripts.formats import read_many
from transcripts.types import Recording, Transcript

ODD = "Ñandú 😀👩‍👩‍👧 \u202eالدين\u202c \u2028 a\u0000b"
KEPT = ODD.replace("\0", "\ufffd")


# clients that are slow or broken, against a real server


@pytest.fixture
def port(store: Store, settings: Settings) -> Iterator[int]:
    """The routes behind the gate on a socket of this machine."""
    from starlette.applications import Starlette

    app = server.guarded(Starlette(routes=server.routes(settings, store)), settings, store)
    running = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield running.servers[0].sockets[0].getsockname()[1]
    running.should_exit = True
    thread.join(5)


def upload(
    port: int, cookie: str, body_headers: str, *pieces: bytes, wait_s: float = 0.0, gone: bool = True
) -> bytes:
    """What the server answers to these bytes; `gone`: the client is, after the last piece."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as line:
        head = (
            f"POST /api/upload?name=a.wav HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
            f"X-Temple-Upload: 1\r\nCookie: temple={cookie}\r\n{body_headers}\r\n\r\n"
        )
        line.sendall(head.encode())
        with suppress(OSError):  # what it refuses by the head, the server may have hung up on already
            for piece in pieces:
                line.sendall(piece)
                time.sleep(wait_s)
            if gone:
                line.shutdown(socket.SHUT_WR)
        try:
            return line.recv(4000)
        except OSError:
            return b""


def incoming(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "incoming").rglob("*") if path.is_file()]


@pytest.mark.sqlite
@pytest.mark.slow  # a server of its own and clients that make it wait
@pytest.mark.parametrize(
    ("headers", "pieces"),
    [
        ("Content-Length: 100000", [b"RIFF" + bytes(500)]),
        ("Content-Length: -5", [b"RIFF"]),
        ("Content-Length: many", [b"RIFF"]),
        ("Transfer-Encoding: chunked", [b"zz\r\nRIFF\r\n"]),
        ("Transfer-Encoding: chunked", [b"5\r\nRI"]),
        ("Transfer-Encoding: chunked\r\nContent-Length: 3", [b"FFFFFFFFFFFFFFFF\r\nRIFF"]),
    ],
    ids=["cut off", "less than nothing", "no number", "no chunk", "half a chunk", "endless chunk"],
)
def test_a_broken_upload_leaves_nothing_and_the_server_goes_on(
    port: int, store: Store, settings: Settings, headers: str, pieces: list[bytes]
) -> None:
    somebody(store, "analyst")
    cookie = token(store, "analyst")
    answer = upload(port, cookie, headers, *pieces)
    assert b" 20" not in answer[:16]
    end = time.monotonic() + 20
    while incoming(settings) and time.monotonic() < end:
        time.sleep(0.02)
    assert incoming(settings) == []
    assert jobs.job_counts(store, HOUSE).queued == 0
    whole = upload(port, cookie, "Content-Length: 4", b"RIFF", gone=False)
    assert whole.startswith(b"HTTP/1.1 415")


@pytest.mark.sqlite
def test_a_slow_upload_holds_nobody_else_up(port: int, store: Store) -> None:
    somebody(store, "analyst")
    cookie = token(store, "analyst")
    slow = [
        threading.Thread(
            target=upload, args=(port, cookie, "Content-Length: 9", b"R", b"I", b"F"), kwargs={"wait_s": 0.7}
        )
        for _ in range(20)
    ]
    for one in slow:
        one.start()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert all(one.is_alive() for one in slow)  # answered while they were still at it
    for one in slow:
        one.join()


# forms and sessions


@pytest.mark.sqlite
def test_every_post_of_ours_asks_where_it_comes_from(store: Store, settings: Settings) -> None:
    """A new POST route must be added here, and refuse a page of another origin."""
    posts = {
        one.path
        for one in server.routes(settings, store)
        if isinstance(one, Route) and "POST" in (one.methods or ())
    }
    assert posts == {"/auth/login", "/auth/logout", "/auth/password", "/api/upload", "/api/v1/{rest:path}"}
    somebody(store, "admin")
    client = browser(store, settings, cookies={"temple": token(store, "admin")})
    for path in sorted(posts - {"/api/v1/{rest:path}"}):
        elsewhere = {"origin": "http://evil.example", "sec-fetch-site": "cross-site", "x-temple-upload": "1"}
        assert client.post(path, data={"name": "a.wav"}, headers=elsewhere).status_code == 403
    assert client.post("/api/v1/calls").status_code == 405


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1)])
def test_summer_time_ends_no_session_and_makes_none_longer(
    store: Store, settings: Settings, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wall clock of the machine moves by an hour: what is counted are instants."""
    somebody(store, "agent")
    mine = token(store, "agent")
    zone = "Etc/GMT+6" if jump < timedelta(0) else "Etc/GMT+4"
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert sessions.session_of(store, settings, mine) is not None
        late = datetime.now(UTC) + timedelta(minutes=settings.accounts.idle_minutes + 1)
        assert sessions.session_of(store, settings, mine, now=late) is None
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_clock_set_back_neither_doubles_nor_drops_a_job(store: Store) -> None:
    """A heartbeat from the future is a living worker's; a token does not live longer than its day."""
    store.add_recording(Recording("a"))
    jobs.submit(store, "a")
    taken = jobs.take(store, f"elsewhere:{os.getpid()}")
    assert taken is not None
    ahead = datetime.now(UTC) + timedelta(hours=1)
    with store.writing() as connection:
        connection.execute(update(jobs_table).values(heartbeat_at=ahead))
    assert jobs.take(store, jobs.worker_name()) is None
    assert not jobs.beat(store, taken, "transcribe", 0.5)
    made = tokens.create(store, HOUSE, "bi", "all", days=1)
    assert tokens.known(store, made) is not None
    assert tokens.known(store, made, now=datetime.now(UTC) + timedelta(days=1, seconds=1)) is None


# letters and lengths


def test_odd_letters_go_in_and_come_out_the_same_on_both_databases(
    store: Store, keep: Callable[..., Call], tmp_path: Path
) -> None:
    keep("mx-1", agent=ODD, debtor_name=ODD, account=ODD, portfolio=ODD, agent_login=ODD)
    ana = somebody(store, "analyst", "ana", name="Ana")
    remark(store, ana, "mx-1", ODD)
    assert [one.text for one in comments.of_call(store, ana, "mx-1")] == [KEPT]
    found = store.call("mx-1").transcript.recording
    assert (found.debtor_name or "").replace("\ufffd", "\0") == ODD
    assert store.has("a\0b") is False
    people_csv.import_text(
        store, HOUSE, f"usuario;nombre;rol\nbea;{ODD.replace(chr(0x2028), '')};agente\n", "p.csv"
    )


def test_nul_and_half_letters_in_json_become_a_mark(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "a.json"
    turns = r'[{"speaker": "agent", "text": "Buenos\u0000 d\ud800as 😀"}]'
    file.write_text(r'{"id": "mx\u00001", "turns": ' + turns + "}", encoding="utf-8")
    (call,) = read_many(file)
    assert isinstance(call, Transcript)
    assert (call.recording.id, call.turns[0].text) == ("mx\ufffd1", "Buenos\ufffd d\ufffdas 😀")
    store.add_recording(call.recording)
    store.save_transcript(call)
    assert store.transcript("mx\ufffd1") is not None


def test_what_is_longer_than_its_column_is_told_or_cut(store: Store, keep: Callable[..., Call]) -> None:
    long = "x" * 5000
    keep(
        "mx-1", **dict.fromkeys(("agent", "agent_login", "account", "campaign", "portfolio", "company"), long)
    )
    assert store.call("mx-1").transcript.recording.account == long
    assert jobs.submit(store, "mx-1", long)
    with pytest.raises(CoachError, match=f"el id tiene más de {LONGEST_ID} letras"):
        store.add_recording(Recording(long))
    for wrong in (
        lambda c: people.put(c, HOUSE, long, "Ana", "agent"),
        lambda c: people.put(c, HOUSE, "ana", long, "agent"),
        lambda c: teams.site_id(c, HOUSE, long),
        lambda c: teams.team_id(c, HOUSE, 1, long),
    ):
        with pytest.raises(CoachError), store.writing() as connection:
            wrong(connection)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "inside",
    [
        b"<a>" * 500_000,
        b"<sheetData><row>" + b"<c/>" * 300_000 + b"</row></sheetData>",
        b"<worksheet>" + b"<x/>" * 3_100_000,
        b'<!DOCTYPE a [<!ENTITY a "x">]><a>' + b"&a;" * 400_000,
    ],
    ids=["nested", "one endless row", "beside the rows", "entities"],
)
def test_a_book_that_unfolds_to_too_much_is_not_read(tmp_path: Path, inside: bytes) -> None:
    bomb = tmp_path / "bomba.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/worksheets/sheet1.xml", inside)
    with pytest.raises(CoachError, match="contiene demasiado"):
        books.check(bomb)


@pytest.mark.sqlite
def test_an_honest_long_book_is_let_through(tmp_path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>"
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + row * 3000 + b"</sheetData></worksheet>"
        )
    books.check(tmp_path / "b.xlsx")


# logs


@pytest.mark.sqlite
def test_no_secret_is_ever_in_a_log(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Password, cookie, token: typed well and badly, everything logged at DEBUG."""
    word = "siete ovejas en el tejado"
    people.add(store, HOUSE, "ana", "Ana", "analyst", password=word, must_change=False)
    made = tokens.create(store, HOUSE, "bi", "all")
    cookie = token(store, "ana")
    factory = logging.getLogRecordFactory()
    quiet.install()
    try:
        with caplog.at_level(logging.DEBUG):
            client = browser(store, settings)
            for said in (word, f"{word} no"):
                page = client.get("/auth/login").text
                secret = re.search(r'name="form" value="([^"]*)"', page)
                sent = {"form": secret[1] if secret else "", "login": "ana", "password": said}
                client.post("/auth/login", data=sent, headers={"origin": "http://localhost"})
            client.get("/api/v1/calls", headers={"authorization": f"Bearer {made}"})
            TestClient(client.app, base_url="http://localhost", cookies={"temple": cookie}).get("/")
    finally:
        logging.setLogRecordFactory(factory)
    assert "ovejas" not in caplog.text
    assert made not in caplog.text
    assert cookie not in caplog.text


def test_a_table_with_odd_letters_is_read_back_by_csv() -> None:
    from coach.tables import csv_text

    written = csv_text(("a", "b"), [(KEPT, "=1+1"), ('"; DROP', "\n")])
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[1] == [KEPT, "'=1+1"]
    assert rows[2] == ['"; DROP', "'\n"]


# who else has a login on the machine


@pytest.mark.skipif(os.name != "posix", reason="rights of files are others here")
def test_what_the_program_makes_is_for_its_owner_only(tmp_path: Path) -> None:
    """Whatever the mask of the shell: a folder that was there keeps its rights, somebody chose them."""
    folder = tmp_path / "var"
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder.as_posix()}/casa.sqlite")
    before = os.umask(0o022)
    try:
        with closing(Store.open(settings)) as store:
            erasures.add(store, "55-9081", "", 1, datetime.now(UTC))
            with store.writing():
                inside = [path for path in store.data_dir.iterdir() if path.name != ".lock"]
                made = {path.name: path.stat().st_mode for path in (store.data_dir, *inside)}
    finally:
        os.umask(before)
    assert made.keys() >= {"casa.sqlite", "casa.sqlite-wal", "erasures.jsonl"}
    assert [name for name, mode in made.items() if mode & 0o077] == []
