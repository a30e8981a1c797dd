"""What goes into the store comes out the same; old results are kept; nothing is kept twice."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from coach import audit, database, doctor, saving
from coach.schema import metadata
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, Review
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from tests.coach.spoken import add_review
from transcripts.types import CaseFacts, Contact, Engine, Recording, Stretch, Trust, Turn, Word


def rows(store: Store, table: str) -> int:
    with store.reading() as connection:
        return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())  # noqa: S608


def test_a_call_comes_back_as_it_was(store: Store, keep: Callable[..., Call]) -> None:
    call = keep(
        "pe-01",
        "no_money@1: No tengo dinero",
        promise={"quote": 1, "amount": "240.50", "date": "2026-09-18"},
        amount_due=480,
        currency="PEN",
        agent="Rosa Quispe",
        duration_s=61.5,
        country="PE",
    )
    assert store.call("pe-01") == call


def test_a_transcript_keeps_words_and_trust(store: Store) -> None:
    turn = Turn("agent", "Hola.", 0.5, 1.25, (Word(0.5, 1.25, "Hola.", 0.93),), channel=0)
    trust = Trust(2, 30.0, 1.5, stretches=(Stretch("music", 3.0, 9.5, 1, "la la"),), starts_late=False)
    call = judged("a")
    transcript = replace(
        call.transcript, turns=(turn,), trust=trust, engine=Engine("faster-whisper", "small", "1.2")
    )
    store.add_recording(transcript.recording)
    store.save_transcript(transcript)
    assert store.transcript("a") == transcript


def test_a_contact_log_is_kept_an_empty_one_too(store: Store) -> None:
    at = datetime(2026, 9, 1, 9, 15, tzinfo=UTC)
    logs = {"a": (Contact(at, "message", by_debtor=True),), "b": (), "c": None}
    for recording_id, log in logs.items():
        store.add_recording(Recording(recording_id, facts=CaseFacts(contacts=log, first_contact=False)))
    for recording_id, log in logs.items():
        assert store.recording(recording_id).facts == CaseFacts(contacts=log, first_contact=False)


def test_a_plain_date_stays_a_date(store: Store) -> None:
    store.add_recording(Recording("a", date(2026, 9, 14)))
    assert store.recording("a").call_started_at == date(2026, 9, 14)


def test_the_same_content_is_kept_once(store: Store) -> None:
    assert store.add_recording(Recording("a"), "same") == "a"
    assert store.add_recording(Recording("b"), "same") == "a"
    assert rows(store, "recordings") == 1


def test_other_content_under_the_same_id_gets_an_id_of_its_own(store: Store) -> None:
    store.add_recording(Recording("a"), "0123456789")
    assert store.add_recording(Recording("a"), "abcdefghij") == "a-abcdefgh"


def test_an_id_that_is_taken_is_refused_without_content(store: Store) -> None:
    store.add_recording(Recording("a"))
    with pytest.raises(CoachError, match="ya hay una grabación con este id"):
        store.add_recording(Recording("a"))


def test_judging_again_without_change_stores_nothing_new(store: Store, keep: Callable[..., Call]) -> None:
    call = keep("a", "no_money@1")
    store.save(call, "nlp-1")
    assert [rows(store, t) for t in ("transcripts", "findings", "scorecards")] == [1, 1, 1]


def test_another_form_makes_a_new_scorecard_and_keeps_the_old(
    store: Store, keep: Callable[..., Call]
) -> None:
    call = keep("a")
    newer = replace(call, scorecard=replace(call.scorecard, rubric="cobranza@2+def", points=70.0))
    store.save(newer, "nlp-1")
    assert store.call("a").scorecard.points == 70.0
    assert [rows(store, t) for t in ("transcripts", "findings", "scorecards")] == [1, 1, 2]


def test_another_nlp_version_makes_new_findings(store: Store, keep: Callable[..., Call]) -> None:
    call = keep("a")
    store.save(call, "nlp-2")
    assert rows(store, "findings") == 2
    assert store.judged_by({"cobranza@1+abc", ""}, "nlp-2") == {"a"}
    assert store.judged_by({"cobranza@1+abc", ""}, "nlp-1") == set()


def test_facts_that_come_later_are_seen_in_the_call(store: Store, keep: Callable[..., Call]) -> None:
    keep("a", agent=None)
    store.update_recording(replace(store.recording("a"), agent="Rosa Quispe"))
    assert store.call("a").transcript.recording.agent == "Rosa Quispe"


def test_the_latest_are_those_judged_last(store: Store, keep: Callable[..., Call]) -> None:
    first = keep("a")
    keep("b")
    keep("c")
    store.add_recording(Recording("d"))  # not judged yet
    assert [call.id for call in store.latest(10)] == ["c", "b", "a"]
    store.save(replace(first, scorecard=replace(first.scorecard, points=70.0)), "nlp-2")
    assert [call.id for call in store.latest(2)] == ["a", "c"]


def test_the_latest_come_whole_and_each_once(store: Store, keep: Callable[..., Call]) -> None:
    call = keep("a", "no_money@1: No tengo dinero", country="PE")
    store.save(replace(call, scorecard=replace(call.scorecard, rubric="cobranza@2+def")), "nlp-1")
    add_review(store, Review("a", "luz", datetime(2026, 9, 15, tzinfo=UTC)))
    assert list(store.latest(10)) == [store.call("a")]


def test_the_latest_of_those_that_are_chosen(store: Store, keep: Callable[..., Call]) -> None:
    for name, country in (("a", "PE"), ("b", "MX"), ("c", "PE"), ("d", None)):
        keep(name, country=country)

    def peru(recording: Recording, rubric: str, pack: str) -> bool:
        assert (rubric, pack) == ("cobranza@1+abc", "")
        return recording.country == "PE"

    assert [call.id for call in store.latest(10, peru)] == ["c", "a"]
    assert [call.id for call in store.latest(1, peru)] == ["c"]
    assert list(store.latest(10, lambda *_: False)) == []


def test_another_scorecard_of_what_was_found_keeps_the_old_one(
    store: Store, keep: Callable[..., Call]
) -> None:
    call = keep("a", "no_money@1: No tengo dinero")
    with store.writing() as connection:
        anew = replace(call, scorecard=replace(call.scorecard, rubric="cobranza@2+def"))
        assert saving.rejudge(connection, store, anew)
    assert store.call("a").scorecard.rubric == "cobranza@2+def"
    assert (rows(store, "scorecards"), rows(store, "findings")) == (2, 1)


def test_none_are_taken_where_none_are_asked_for(store: Store, keep: Callable[..., Call]) -> None:
    keep("a")
    assert list(store.latest(0)) == []


def test_an_unknown_call_says_so(store: Store) -> None:
    with pytest.raises(CoachError, match=r"^nadie: no hay ninguna grabación con este id"):
        store.call("nadie")


def test_a_call_that_waits_says_so(store: Store) -> None:
    store.add_recording(Recording("a"))
    with pytest.raises(CoachError, match="todavía no está evaluada"):
        store.call("a")


def test_the_newest_review_is_the_calls(store: Store, keep: Callable[..., Call]) -> None:
    keep("a")
    first = Review("a", "luz", datetime(2026, 9, 15, tzinfo=UTC), (Override("firm", "fail", "no pidió"),))
    add_review(store, first)
    assert store.call("a").review == first
    second = replace(first, notes="de acuerdo con el agente", overrides=())
    add_review(store, second)
    assert store.call("a").review == second


def test_a_review_of_a_call_that_waits_is_refused(store: Store) -> None:
    store.add_recording(Recording("a"))
    with pytest.raises(CoachError, match="todavía no está evaluada"):
        add_review(store, Review("a", "luz", datetime(2026, 9, 15, tzinfo=UTC)))


def test_forgetting_takes_everything(store: Store, keep: Callable[..., Call]) -> None:
    keep("a", "no_money@1")
    store.forget("a")
    tables = ("recordings", "transcripts", "findings", "finding_counts", "scorecards", "verdicts")
    assert [rows(store, table) for table in tables] == [0] * 6


@pytest.mark.sqlite  # the file moves with its folder
def test_audio_inside_data_dir_moves_with_it(settings: Settings, store: Store, tmp_path: Path) -> None:
    audio = settings.data_dir / "audio" / "x.ogg"
    audio.parent.mkdir()
    audio.write_bytes(b"x")
    store.add_recording(Recording("a", audio=audio))
    store.close()
    moved = tmp_path / "elsewhere"
    shutil.move(settings.data_dir, moved)
    there = Store.open(Settings(data_dir=moved))
    assert there.recording("a").audio == moved.resolve() / "audio" / "x.ogg"
    there.close()


def test_the_tables_are_those_of_the_migrations(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(thing: Any, name: str, kind: str, *_: object) -> bool:
        """All but the word indices: those of SQLite keep their parts in tables of their own."""
        return not name.startswith(("transcript_words", "listed_names", "ix_transcripts_words"))

    with store.reading() as connection:
        known = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(known, metadata) == []


def test_opening_twice_changes_nothing(settings: Settings, store: Store, keep: Callable[..., Call]) -> None:
    keep("a")
    again = Store.open(settings)
    assert again.has("a")
    again.close()


def test_writers_never_meet_a_locked_file(store: Store) -> None:
    def add(number: int) -> str:
        return store.add_recording(Recording(f"r{number % 20}"), f"hash-{number % 20}")

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(add, range(100)))
    assert len(set(ids)) == 20


def test_a_newer_database_is_left_alone(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CoachError, match="una versión más nueva de Temple"):
        database.upgrade(store.engine)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": database.newest()})


def test_the_newest_version_is_the_last_of_the_migrations() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(database.MIGRATIONS)).get_heads() == [database.newest()]


@pytest.mark.sqlite
def test_a_database_that_cannot_be_opened_says_which(tmp_path: Path) -> None:
    folder = tmp_path / "a.db"
    folder.mkdir()
    with pytest.raises(CoachError, match=r"a\.db: no se puede abrir la base de datos"):
        database.upgrade(database.connect(f"sqlite:///{folder}"))


@pytest.mark.sqlite
@pytest.mark.parametrize("head", [b"", b"SQLite format 3\x00"])
def test_a_damaged_file_says_so_and_what_to_do(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "a.db").write_bytes(head + bytes(range(1, 251)) * 40)
    with pytest.raises(CoachError, match=r"a\.db: el archivo está dañado .* coach db restore") as told:
        database.upgrade(database.connect(f"sqlite:///{tmp_path / 'a.db'}"))
    assert "database" not in str(told.value)


def test_a_server_that_is_down_is_told_as_one() -> None:
    engine = database.connect("postgresql+psycopg://ana:secreta@127.0.0.1:9/temple")
    with pytest.raises(
        CoachError, match=r"el servidor de la base de datos no responde.*database_url"
    ) as told:
        database.upgrade(engine)
    assert not any(word in str(told.value) for word in ("refused", "permisos", "secreta"))


def test_a_server_that_lets_nobody_in_says_why() -> None:
    engine = database.connect("postgresql+psycopg://ana:secreta@127.0.0.1:9/temple")
    error = OperationalError("", None, Exception("connection failed: FATAL:  no existe la base «t»\nmás"))
    said = str(database.refused(engine, error, "database_url"))
    assert "no deja entrar (no existe la base «t»)" in said


@pytest.mark.parametrize(
    "said", ["the database system is shutting down", "the database system is starting up",
             "el sistema de base de datos está iniciándose"],
)  # fmt: skip
def test_a_server_that_starts_or_stops_is_nobodys_password(said: str) -> None:
    engine = database.connect("postgresql+psycopg://ana:secreta@127.0.0.1:9/temple")
    error = OperationalError("", None, Exception(f"connection failed: FATAL:  {said}\nmás"))
    told = str(database.refused(engine, error, "database_url"))
    assert f"está arrancando o deteniéndose ({said})" in told
    assert "clave" not in told


@pytest.mark.sqlite
def test_a_full_disk_at_the_first_opening_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "version", failing("database or disk is full"))
    with pytest.raises(CoachError, match=r"a\.db: no queda espacio en su disco"):
        database.upgrade(database.connect(f"sqlite:///{tmp_path / 'a.db'}"))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("free", "told"), [(0, "no queda espacio en su disco"), (1 << 40, r"no se puede abrir .*disk I/O error")]
)
def test_a_disk_that_fails_is_full_where_no_room_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    monkeypatch.setattr(database, "version", failing("disk I/O error"))
    monkeypatch.setattr(database, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(CoachError, match=rf"a\.db: {told}"):
        database.upgrade(database.connect(f"sqlite:///{tmp_path / 'a.db'}"))


@pytest.mark.sqlite
def test_a_folder_that_may_only_be_read_is_told_with_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is mounted to be read only."""
    monkeypatch.setattr(database, "version", failing("unable to open database file"))
    monkeypatch.setattr("coach.database.os.access", lambda *_: False)
    with pytest.raises(CoachError, match=r"aquí no se puede escribir.* otro lugar en data_dir\.$"):
        Store.open(Settings(data_dir=tmp_path, database_url=""))
    with pytest.raises(CoachError, match=r"otro lugar en database_url\.$"):
        Store.open(Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'a.db'}"))


def failing(cause: str) -> Callable[[object], None]:
    def fails(_: object) -> None:
        error = sqlite3.OperationalError(cause)
        raise OperationalError("", {}, error) from error

    return fails


@pytest.mark.sqlite
@pytest.mark.parametrize(("elsewhere", "setting"), [(True, "database_url"), (False, "data_dir")])
def test_a_folder_that_cannot_be_made_names_the_setting_that_it_comes_from(
    tmp_path: Path, elsewhere: bool, setting: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    lost = tmp_path / "taken" / "in"
    settings = Settings(
        data_dir=tmp_path if elsewhere else lost,
        database_url=f"sqlite:///{(lost / 't.db').as_posix()}" if elsewhere else "",
    )
    with pytest.raises(CoachError, match=f"Revise {setting}\\."):
        Store.open(settings)


def aged(store: Store) -> str:
    """The store as the program before left it; gives its version."""
    before = sorted(path.name[:4] for path in (database.MIGRATIONS / "versions").glob("[0-9]*.py"))[-2]
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, before)
    return before


def test_a_store_that_is_brought_up_is_told_and_logged(
    store: Store, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings.model_copy(update={"database_url": store.engine.url.render_as_string(False)})
    before = aged(store)
    assert database.is_older(settings.url)
    Store.open(settings).close()
    (line,) = [one.getMessage() for one in caplog.records if one.name == "coach.brought_up"]
    assert "se puso al día" in line
    assert "el programa anterior ya no la abre" in line
    (entry,) = audit.entries(store, HOUSE).rows
    assert (entry.action, entry.detail) == (
        "database.upgrade",
        {"version": f"{before} → {database.newest()}"},
    )
    caplog.clear()
    Store.open(settings).close()
    assert not [one for one in caplog.records if one.name == "coach.brought_up"]
    assert audit.entries(store, HOUSE).total == 1


def test_the_doctor_tells_of_an_older_store_and_leaves_it(store: Store, settings: Settings) -> None:
    settings = settings.model_copy(update={"database_url": store.engine.url.render_as_string(False)})
    before = aged(store)
    said = [one.text for one in doctor.examine(settings)]
    assert doctor.OLDER in said
    with store.reading() as connection:
        assert database.version(connection) == before
    database.upgrade(store.engine)  # whoever gets this database next finds it whole


@pytest.mark.sqlite
def test_the_doctor_says_once_what_is_wrong_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("")
    found = list(doctor.examine(Settings(data_dir=tmp_path / "archivo" / "datos")))
    assert [one.text.count("Revise data_dir") for one in found].count(1) == 1
    said = "\n".join(one.text for one in found)
    assert "Modelo de voz" in said or "modelo" in said
    assert "GPU con CUDA" in said


def test_what_the_doctor_may_not_look_into_costs_only_itself(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: object) -> None:
        raise PermissionError(errno.EACCES, "no", "/cerrada")

    monkeypatch.setattr(doctor.aside, "aside", closed)
    found = list(doctor.examine(settings))
    assert "/cerrada: no se puede leer (falta permiso). Revise los permisos de la carpeta." in [
        one.text for one in found
    ]
