"""The routes around the dashboard: sound by ranges, outlines, uploads; and everything they refuse."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coach import jobs, server, wiping
from coach.people import prefer
from coach.schema_people import audit
from coach.schema_privacy import imported
from coach.sections import Upload
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from tests.coach import people
from tests.views import seed
from transcripts.types import Recording

OURS = {"origin": "http://localhost", "x-temple-upload": "1", "sec-fetch-site": "same-origin"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", upload=Upload(max_mb=1))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings)
    yield store
    store.close()


@pytest.fixture
def client(settings: Settings, store: Store) -> TestClient:
    """An analyst, signed in."""
    people.somebody(store, "analyst")
    cookie = {"temple": people.token(store, "analyst")}
    return TestClient(bare(settings, store), base_url="http://localhost", cookies=cookie)


def bare(settings: Settings, store: Store) -> Any:
    """Our routes and guards without the dashboard, of which a process can hold only one."""
    return server.guarded(Starlette(routes=server.routes(settings, store)), settings, store)


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    seed.tone(tmp_path / "tono.wav", 2.0)
    return tmp_path / "tono.wav"


def kept(store: Store, audio: Path | None, recording_id: str = "llamada") -> str:
    return store.add_recording(Recording(recording_id, audio=audio))


def drop(client: TestClient, body: bytes, name: str = "a.wav", **facts: str) -> tuple[int, dict[str, object]]:
    answer = client.post("/api/upload", params={"name": name, **facts}, content=body, headers=OURS)
    return answer.status_code, answer.json()


# sound


def test_the_whole_sound(client: TestClient, store: Store, wav: Path) -> None:
    answer = client.get(f"/api/audio/{kept(store, wav)}")
    assert answer.status_code == 200
    assert answer.content == wav.read_bytes()
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_range_of_it(client: TestClient, store: Store, wav: Path) -> None:
    answer = client.get(f"/api/audio/{kept(store, wav)}", headers={"range": "bytes=100-199"})
    assert answer.status_code == 206
    assert answer.content == wav.read_bytes()[100:200]
    assert answer.headers["content-range"] == f"bytes 100-199/{wav.stat().st_size}"


def test_a_range_beyond_its_end(client: TestClient, store: Store, wav: Path) -> None:
    answer = client.get(f"/api/audio/{kept(store, wav)}", headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416


def test_sound_is_kept_by_no_shared_cache(client: TestClient, store: Store, wav: Path) -> None:
    assert "private" in client.get(f"/api/audio/{kept(store, wav)}").headers["cache-control"]


def test_an_unknown_id_has_no_sound(client: TestClient) -> None:
    answer = client.get("/api/audio/nadie")
    assert answer.status_code == 404
    assert "Vuelva a la lista" in answer.json()["error"]


def test_a_call_of_text_alone_has_no_sound(client: TestClient, store: Store) -> None:
    assert client.get(f"/api/audio/{kept(store, None)}").status_code == 404


def test_a_lost_file_is_told_without_its_path(client: TestClient, store: Store, wav: Path) -> None:
    recording_id = kept(store, wav)
    wav.unlink()
    answer = client.get(f"/api/audio/{recording_id}")
    assert answer.status_code == 404
    assert "tono.wav" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "%2fetc%2fpasswd",
        "....//etc/passwd",
    ],
)
def test_a_path_is_never_a_file(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/audio/{path}")
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text


def test_an_id_with_a_slash_is_found(client: TestClient, store: Store, wav: Path) -> None:
    kept(store, wav, "lote/7")
    assert client.get("/api/audio/lote%2F7").status_code == 200


# outline


def test_the_outline_has_both_channels(client: TestClient, store: Store, wav: Path) -> None:
    drawn = client.get(f"/api/peaks/{kept(store, wav)}").json()
    assert len(drawn["channels"]) == 2
    assert drawn["duration_s"] == pytest.approx(2.0, abs=0.1)
    assert max(drawn["channels"][0]) > 0.1


def test_an_unknown_id_has_no_outline(client: TestClient) -> None:
    assert client.get("/api/peaks/nadie").status_code == 404


def test_the_vendored_script_is_served_here(client: TestClient) -> None:
    answer = client.get("/api/vendor/wavesurfer.esm.js")
    assert answer.status_code == 200
    assert "javascript" in answer.headers["content-type"]


@pytest.mark.parametrize("path", ["../_session.py", "%2e%2e/_session.py", "..%2f_session.py"])
def test_nothing_beside_the_vendored_files_is_served(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/vendor/{path}")
    assert "Settings" not in answer.text


# uploads


def test_a_recording_arrives_and_is_queued(client: TestClient, store: Store, wav: Path) -> None:
    status, answer = drop(client, wav.read_bytes(), "Llamada 7 señora.wav", agent_login="rarce", country="mx")
    assert (status, answer["known"]) == (201, False)
    recording = store.recording(str(answer["recording"]))
    assert (recording.id, recording.agent_login, recording.country) == ("Llamada-7-senora", "rarce", "MX")
    assert recording.audio is not None
    assert recording.audio.is_relative_to(store.data_dir / "audio")
    assert recording.audio.read_bytes() == wav.read_bytes()
    assert jobs.job_counts(store, HOUSE).queued == 1


def test_the_same_recording_is_not_kept_twice(client: TestClient, wav: Path) -> None:
    _, first = drop(client, wav.read_bytes(), "a.wav")
    status, second = drop(client, wav.read_bytes(), "b.wav")
    assert (status, second["known"], second["recording"]) == (200, True, first["recording"])


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.wav", "..\\..\\x.wav", "/abs/x.wav", ".wav", "a\x00b.wav"]
)
def test_a_name_never_leaves_its_folder(client: TestClient, store: Store, wav: Path, name: str) -> None:
    status, answer = drop(client, wav.read_bytes(), name)
    assert status == 201
    audio = store.recording(str(answer["recording"])).audio
    assert audio is not None
    assert audio.is_relative_to(store.data_dir / "audio")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "una imagen PNG"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "una lista de archivos"),
        (b"", "está vacío"),
        (bytes(range(256)) * 8, "no se reconoce como audio"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(
    client: TestClient, store: Store, settings: Settings, body: bytes, says: str
) -> None:
    status, answer = drop(client, body)
    assert status == 415
    assert says in str(answer["error"])
    assert jobs.job_counts(store, HOUSE).queued == 0
    assert left_over(settings) == []


WORDS = "Agente: Buenas tardes, le saluda Ana de Caja Sur.\nDeudor: Sí, dígame.\n".encode()


def test_a_transcript_arrives_and_is_queued_to_be_judged(
    client: TestClient, store: Store, settings: Settings
) -> None:
    status, answer = drop(client, WORDS, "lote/Llamada 7 ñ.txt", agent_login="rarce", call_date="2026-03-10")
    assert (status, answer["recording"], answer["known"], answer["waits"]) == (
        201,
        "Llamada 7 ñ",
        False,
        False,
    )
    its = store.recording("Llamada 7 ñ")
    assert (its.agent_login, str(its.call_date)) == ("rarce", "2026-03-10")
    (job,) = jobs.open_jobs(store, HOUSE)
    assert (job.step, job.recording_id) == ("analyze", "Llamada 7 ñ")
    with store.reading() as connection:
        assert connection.scalar(select(imported.c.path)) is None  # nothing leads to a file that is gone
        assert list(connection.scalars(select(audit.c.subject).where(audit.c.action == "upload")))
    assert left_over(settings) == []


def test_the_same_transcript_is_not_kept_twice_and_nobodys_facts_are_overwritten(
    client: TestClient, store: Store
) -> None:
    drop(client, WORDS, "a.txt", agent_login="rarce")
    status, answer = drop(client, WORDS, "a.txt", agent_login="otro", company="Caja Sur")
    assert status == 201  # it says more: to be judged again
    assert "usuario del marcador" in str(answer["told"])
    assert (store.recording("a").agent_login, store.recording("a").company) == ("rarce", "Caja Sur")
    status, answer = drop(client, WORDS, "a.txt", company="Caja Sur")
    told = ["Ya estaban y no se repiten (archivo → llamada): a.txt → a."]
    assert (status, answer["known"], answer["recording"], answer["told"]) == (200, True, "a", told)


def test_other_words_are_refused_unless_asked_for(client: TestClient, store: Store) -> None:
    drop(client, WORDS, "a.txt")
    other = b"Agente: Llamo por otra cosa muy distinta.\n"
    status, answer = drop(client, other, "a.txt")
    assert status == 415
    assert "súbala con «Cambiar las palabras" in str(answer["error"])
    status, answer = drop(client, other, "a.txt", replace="1")
    assert status == 201
    assert "reemplazan a las que había" in str(answer["told"])
    heard = store.heard("a")
    assert heard is not None
    assert "otra cosa" in heard.turns[0].text


def test_each_call_of_a_file_comes_in_by_itself(client: TestClient, store: Store) -> None:
    turns = '"turns": [{"speaker": "agent", "text": "Buenas."}]'
    lines = f'{{"id": "c-1", {turns}}}\n{{"id": "c-2"\n{{"id": "c-3", {turns}}}\n'
    status, answer = drop(client, lines.encode(), "lote.jsonl")
    assert (status, answer["taken"], answer["failed"]) == (200, 2, 1)
    assert store.has("c-1")
    assert store.has("c-3")


def test_erased_words_do_not_come_back_by_the_browser(client: TestClient, store: Store) -> None:
    drop(client, WORDS, "a.txt")
    with store.writing() as connection:
        wiping.wipe_words(connection, "a", "person", datetime.now(UTC))
    status, answer = drop(client, WORDS, "a.txt")
    assert status == 415
    assert "se borraron" in str(answer["error"])
    assert store.wordless("a")


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("a.json", b'{"nada": 1}', "no una transcripción conocida"),
        ("a.json", b"{", "no es JSON válido"),
        ("a.srt", b"\x89PNG\r\n\x1a\n" + bytes(200), "no es un archivo de texto"),
        ("a.jsonl", b" \n", "está vacío"),
    ],
)
def test_what_is_no_transcript_is_refused_in_words(
    client: TestClient, settings: Settings, name: str, body: bytes, says: str
) -> None:
    status, answer = drop(client, body, name)
    assert status == 415
    assert says in str(answer["error"])
    assert left_over(settings) == []


def test_a_table_alone_is_told_where_it_goes(client: TestClient, settings: Settings) -> None:
    status, answer = drop(client, b"id;agente\n1;Ana\n", "datos.csv")
    assert status == 400
    assert "en un ZIP" in str(answer["error"])
    assert left_over(settings) == []


def test_too_large_is_refused_before_it_is_read(client: TestClient, settings: Settings) -> None:
    status, answer = drop(client, bytes(1_000_001))
    assert status == 413
    assert "más de 1 MB" in str(answer["error"])
    assert left_over(settings) == []


def test_too_large_without_saying_so_stops_on_the_way(client: TestClient, settings: Settings) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield bytes(50_000)

    answer = client.post("/api/upload", params={"name": "a.wav"}, content=pieces(), headers=OURS)
    assert answer.status_code == 413
    assert left_over(settings) == []


@pytest.mark.parametrize(
    "headers",
    [
        {**OURS, "origin": "http://evil.example"},
        {**OURS, "origin": "null"},
        {k: v for k, v in OURS.items() if k != "origin"},
        {k: v for k, v in OURS.items() if k != "x-temple-upload"},
        {**OURS, "sec-fetch-site": "cross-site"},
        {**OURS, "origin": "http://localhost:9999"},
    ],
)
def test_only_our_own_page_may_upload(
    client: TestClient, store: Store, wav: Path, headers: dict[str, str]
) -> None:
    answer = client.post("/api/upload", params={"name": "a.wav"}, content=wav.read_bytes(), headers=headers)
    assert answer.status_code == 403
    assert jobs.job_counts(store, HOUSE).queued == 0


def test_a_page_of_another_origin_gets_no_leave_to_ask(client: TestClient) -> None:
    asked = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = client.options("/api/upload", headers=asked)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"name": ""}, "name"),
        ({"name": "a.wav", "call_date": "ayer"}, "2025-09-25"),
        ({"name": "a.wav", "x": "1"}, "x"),
        ({"name": "a.wav", "country": "1\0"}, "country: no es un país"),
        ({"name": "a" * 500}, "name: debe tener 400 letras o menos"),
    ],
)
def test_facts_that_cannot_be_are_named(client: TestClient, facts: dict[str, str], says: str) -> None:
    answer = client.post("/api/upload", params=facts, content=b"x", headers=OURS)
    assert answer.status_code == 400
    assert says in answer.json()["error"]


def test_who_reads_in_english_is_answered_in_english(client: TestClient, store: Store, wav: Path) -> None:
    prefer(store, people.somebody(store, "analyst"), "en")
    sound = wav.read_bytes()
    drop(client, sound, "a.wav", agent_login="rarce")
    _, known = drop(client, sound, "b.wav", agent_login="otro", company="Cobra")
    assert known["told"] == [
        "b.wav: it is the same recording as call a.",
        "b.wav: its facts were added to call a: company.",
        "b.wav: says otherwise than call a on: dialler login. What was there stays. "
        "If the new holds, whoever administers Temple imports it with a table (coach import --manifest).",
    ]
    assert drop(client, b"", "c.wav")[1] == {
        "error": "c.wav: the file is empty. Export it again from the recorder."
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.wav", sound)
        archive.writestr("mala.txt", "hola")
        archive.writestr("datos.csv", "archivo;monto;raro\na.wav;mucho;1\n")
    _, many = drop(client, packed.getvalue(), "lote.zip")
    assert many["problems"] == [
        "datos.csv: the column “raro” is not known and was not used.",
        "datos.csv: there is no column for date, agent's login or debtor's name; "
        "what is known of these calls stays as it is, and what is not, unassigned.",
        "datos.csv: line 2: “monto”: “mucho” is no amount; the fact was not used.",
        "Here already, and not taken twice (file → call): a.wav → a.",
    ]


def test_a_zip_is_many_recordings(client: TestClient, store: Store, wav: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lunes/a.wav", wav.read_bytes())
        archive.writestr("lunes/mala.wav", b"no es audio")
        archive.writestr("datos.csv", "archivo;login\na.wav;rarce\n")
    status, answer = drop(client, packed.getvalue(), "lote.ZIP", country="mx")
    assert (status, answer["taken"], answer["failed"]) == (200, 1, 1)
    assert store.recording("a").agent_login == "rarce"
    with store.reading() as connection:
        noted = connection.execute(select(audit.c.subject).where(audit.c.action == "upload"))
        assert list(noted.scalars()) == ["call:a"]


def test_an_upload_is_a_post(client: TestClient) -> None:
    assert client.get("/api/upload", headers=OURS).status_code == 405


# the rest


def test_health(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok"}


def test_a_foreign_name_for_this_machine_is_refused(settings: Settings, store: Store) -> None:
    client = TestClient(bare(settings, store), base_url="http://evil.example")
    assert client.get("/api/health").status_code == 400


def left_over(settings: Settings) -> list[str]:
    """What a refused upload left in the folder of arrivals."""
    return [str(path) for path in (settings.data_dir / "incoming").rglob("*")]


def test_every_error_is_json(client: TestClient) -> None:
    for path in ("/api/audio/x", "/api/peaks/x"):
        assert json.loads(client.get(path).text).keys() == {"error"}


def test_the_log_does_not_tell_every_address_that_asks(settings: Settings, store: Store) -> None:
    server.build(settings, store, work=False)
    told = [name for name in ("uvicorn.error", "uvicorn.access") if logging.getLogger(name).isEnabledFor(20)]
    assert told == []
