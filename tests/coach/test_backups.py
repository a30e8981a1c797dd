"""Backups: made while people work, read back, kept for a time; brought back only into an empty place."""

from __future__ import annotations

import json
import os
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach import archives, backups, database, postgres_tools
from coach.backups import Wanted
from coach.cli import app
from coach.restoring import restore
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from tests.coach.conftest import judged
from transcripts.types import Recording

NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)
ON_POSTGRES = bool(os.environ.get("TEMPLE_TEST_POSTGRES"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of the working folder go into backups: here there is a file of them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "coach.toml").write_text('country = "PE"\n')
    return tmp_path


@pytest.fixture
def full(store: Store, settings: Settings, keep: Callable[..., Call], folder: Path) -> Store:
    """A call without sound, one with a recording here, one that lies elsewhere, a form of one's own."""
    keep("pe-01", "no_money@1: No tengo dinero")
    here, there = settings.data_dir / "audio" / "ab" / "abc.wav", folder / "grabadora" / "x.wav"
    for path, sound in ((here, b"RIFF here"), (there, b"RIFF there")):
        path.parent.mkdir(parents=True)
        path.write_bytes(sound)
        store.add_recording(Recording(path.stem, audio=path))
    settings.own_forms.mkdir()
    (settings.own_forms / "cobranza.yaml").write_text("id: cobranza\n")
    return store


def other(folder: Path) -> Settings:
    """Where nothing is yet."""
    return Settings(data_dir=folder / "otra")


def test_everything_comes_back(full: Store, settings: Settings, folder: Path) -> None:
    made = backups.make(full, settings, folder / "respaldos", now=NOW)
    assert made.archive.name == "temple-20261001-030000.zip"
    assert made.archive.stat().st_mode & 0o077 == 0
    assert made.manifest.kept_until == NOW + timedelta(days=30)
    assert (made.manifest.left_out, made.manifest.missing) == (1, ())
    done = restore(other(folder), made.archive)
    kept = folder / "otra" / "coach.toml.restaurado"
    assert (done.files, done.upgraded, done.settings) == (3, False, kept)
    assert kept.stat().st_mode & 0o077 == 0  # it may hold keys
    assert (folder / "coach.toml").read_text() == 'country = "PE"\n'
    with_it = Store.open(other(folder))
    assert with_it.call("pe-01") == full.call("pe-01")
    assert (folder / "otra" / "audio" / "ab" / "abc.wav").read_bytes() == b"RIFF here"
    assert with_it.recording("abc").audio == (folder / "otra" / "audio" / "ab" / "abc.wav").resolve()
    assert (folder / "otra" / "forms" / "cobranza.yaml").read_text() == "id: cobranza\n"
    assert with_it.recording("x").audio == folder / "grabadora" / "x.wav"  # it was not asked for
    with_it.close()


def test_recordings_that_lie_elsewhere_come_home(full: Store, settings: Settings, folder: Path) -> None:
    made = backups.make(full, settings, folder / "todo.zip", Wanted(recordings="all"), now=NOW)
    restore(other(folder), made.archive)
    with_it = Store.open(other(folder))
    audio = with_it.recording("x").audio
    assert audio is not None
    assert audio.is_relative_to((folder / "otra").resolve())
    assert audio.read_bytes() == b"RIFF there"
    with_it.close()


def test_one_may_choose_what_goes_in(full: Store, settings: Settings, folder: Path) -> None:
    least = Wanted(recordings="none", rubrics=False, settings=False, portable=True)
    made = backups.make(full, settings, folder / "solo.zip", least, now=NOW)
    assert list(made.manifest.members) == [archives.SQLITE]
    assert (made.manifest.holds, made.manifest.left_out) == (("database",), 2)


def test_a_recording_that_is_gone_is_told(full: Store, settings: Settings, folder: Path) -> None:
    (settings.data_dir / "audio" / "ab" / "abc.wav").unlink()
    made = backups.make(full, settings, folder / "r.zip", now=NOW)
    assert made.manifest.missing == ("audio/ab/abc.wav",)


def test_it_is_whole_while_others_write(store: Store, settings: Settings, folder: Path) -> None:
    """A call is there with its scorecard or not at all, whenever the backup looked."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            call = judged(f"c-{number:04}")
            store.add_recording(call.transcript.recording)
            store.save(call, "nlp-1")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = backups.make(store, settings, folder / "r.zip", Wanted(portable=True), now=NOW)
    finally:
        stop.set()
        writer.join()
    rows = {name: table.rows for name, table in made.manifest.tables.items()}
    assert rows["scorecards"] == rows["listed"] == rows["standings"]
    assert rows["recordings"] - rows["scorecards"] in (0, 1)
    restore(other(folder), made.archive)


def test_what_is_over_goes_and_nothing_else(store: Store, settings: Settings, folder: Path) -> None:
    there = folder / "respaldos"
    first = backups.make(store, settings, there, Wanted(keep_days=7), now=NOW).archive
    kept = backups.make(store, settings, there, Wanted(keep_days=90), now=NOW + timedelta(days=1)).archive
    (there / "temple-20200101-000000.zip").write_bytes(b"no backup of ours")
    (there / "notas.zip").write_bytes(b"mine")
    last = backups.make(store, settings, there, now=NOW + timedelta(days=7))
    assert last.expired == (first,)
    assert sorted(path.name for path in there.iterdir()) == sorted(
        ["notas.zip", "temple-20200101-000000.zip", kept.name, last.archive.name]
    )


def test_the_manifest_can_be_read_by_others(store: Store, settings: Settings, folder: Path) -> None:
    made = backups.make(store, settings, folder / "r.zip", now=NOW)
    with zipfile.ZipFile(made.archive) as zipped:
        told = json.loads(zipped.read("manifest.json"))
    assert (told["made_at"], told["kept_until"]) == ("2026-10-01T03:00:00Z", "2026-10-31T03:00:00Z")


@pytest.mark.parametrize("where", ["coach.toml/x", "coach.toml/x/r.zip", "/proc/nada", "/proc"])
def test_a_place_that_takes_no_backup_is_named_as_that(
    where: str, store: Store, settings: Settings, folder: Path
) -> None:
    with pytest.raises(CoachError, match="no se puede guardar ahí el respaldo") as refused:
        backups.make(store, settings, Path(where), now=NOW)
    assert "data_dir" not in str(refused.value)


def test_nothing_is_overwritten(full: Store, settings: Settings, folder: Path) -> None:
    made = backups.make(full, settings, folder / "r.zip", now=NOW)
    with pytest.raises(CoachError, match="ya existe y no se sobrescribe"):
        backups.make(full, settings, folder / "r.zip", now=NOW)
    with pytest.raises(CoachError, match=r"ya guarda algo \(tabla \w+\)"):
        restore(settings, made.archive)
    (folder / "otra" / "forms").mkdir(parents=True)
    (folder / "otra" / "forms" / "cobranza.yaml").write_text("id: otra\n")
    with pytest.raises(CoachError, match="otro contenido"):
        restore(other(folder), made.archive)
    assert not (folder / "otra" / "audio").exists()


@pytest.mark.sqlite
def test_a_damaged_database_in_the_way_is_told_and_stays(
    store: Store, settings: Settings, folder: Path
) -> None:
    made = backups.make(store, settings, folder / "r.zip", now=NOW)
    its = folder / "otra" / "temple.db"
    its.parent.mkdir(parents=True)
    its.write_bytes(bytes(range(1, 251)) * 40)
    with pytest.raises(CoachError, match=r"está dañado .* Muévalo a otra carpeta"):
        restore(other(folder), made.archive)
    assert its.is_file()


@pytest.mark.parametrize("spoil", ["cut", "changed", "added", "outside"])
def test_a_damaged_archive_is_not_restored(
    store: Store, settings: Settings, folder: Path, spoil: str
) -> None:
    made = backups.make(store, settings, folder / "r.zip", now=NOW)
    with zipfile.ZipFile(made.archive) as old:
        members = {name: old.read(name) for name in old.namelist()}
    if spoil == "cut":
        made.archive.write_bytes(made.archive.read_bytes()[:-40])
    elif spoil == "changed":
        members["settings/coach.toml"] = b'country = "MX"\n'
    elif spoil == "added":
        members["data/scenarios/más.yaml"] = b"id: x\n"
    else:
        manifest = json.loads(members["manifest.json"])
        manifest["members"]["data/../../fuera.txt"] = {"size": 1, "sha256": "0"}
        members["manifest.json"] = json.dumps(manifest).encode()
    if spoil != "cut":
        with zipfile.ZipFile(made.archive, "w") as new:
            for name, content in members.items():
                new.writestr(name, content)
    with pytest.raises(CoachError, match=r"cortado|dañado|no trae los archivos|fuera de su lugar"):
        restore(other(folder), made.archive)
    assert not (folder / "otra").exists()


def test_a_full_disk_leaves_no_half_backup(
    full: Store, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives.zipfile.ZipFile, "open", no_room)
    with pytest.raises(CoachError, match="no se pudo escribir el respaldo"):
        backups.make(full, settings, folder / "respaldos", now=NOW)
    assert list((folder / "respaldos").iterdir()) == []


@pytest.mark.sqlite
def test_an_older_store_is_brought_up(full: Store, settings: Settings, folder: Path) -> None:
    made = backups.make(full, settings, folder / "r.zip", now=NOW)
    older(made.archive)
    done = restore(other(folder), made.archive)
    assert done.upgraded
    assert Store.open(other(folder)).call("pe-01") == full.call("pe-01")


def older(archive: Path) -> None:
    """Make the archive one of the version before, as that one would have written it."""
    from alembic import command
    from alembic.config import Config

    with zipfile.ZipFile(archive) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    file = archive.with_name("antes.sqlite")
    file.write_bytes(members[archives.SQLITE])
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    engine = database.connect(f"sqlite:///{file}")
    with database.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "-1")
    engine.dispose()
    manifest = archives.Manifest.model_validate_json(members["manifest.json"])
    with file.open("rb") as stream:
        members[archives.SQLITE] = file.read_bytes()
        now = {**manifest.members, archives.SQLITE: archives.digest_of(stream)}
    changed = manifest.model_copy(update={"members": now, "schema_version": "0"})
    members["manifest.json"] = changed.model_dump_json().encode()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)


@pytest.mark.skipif(not ON_POSTGRES, reason="no PostgreSQL at hand")
def test_postgres_goes_by_its_own_program_or_by_rows(
    full: Store, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.make(full, settings, folder / "dump.zip", now=NOW)
    assert made.manifest.database == "pg_dump"
    with pytest.raises(CoachError, match="es de PostgreSQL"):
        restore(Settings(data_dir=folder / "b", database_url="sqlite:///b.sqlite"), made.archive)
    monkeypatch.setattr(postgres_tools.shutil, "which", lambda _: None)
    by_rows = backups.make(full, settings, folder / "rows.zip", now=NOW)
    assert by_rows.manifest.database == "sqlite"
    alike = [
        {name: of for name, of in m.manifest.tables.items() if name != "listed"} for m in (made, by_rows)
    ]
    assert alike[0] == alike[1]
    restore(Settings(data_dir=folder / "c", database_url="sqlite:///c.sqlite"), by_rows.archive)


def coach(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["db", *(str(one) for one in arguments)])
    return result.exit_code, result.output


def test_the_commands(full: Store, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(settings.data_dir))
    code, told = coach("backup", "respaldos", "--keep", 3)
    assert code == 0, told
    assert "leído de vuelta y comprobado" in told
    assert "Grabaciones que no incluye: 1" in told
    (archive,) = (folder / "respaldos").iterdir()
    assert coach("check", archive)[0] == 0
    assert "se guarda hasta" in coach("backups", "respaldos")[1]
    code, told = coach("restore", archive)
    assert (code, "no se sobrescribe" in told) == (2, True)
    monkeypatch.setenv("COACH_DATA_DIR", str(folder / "otra"))
    code, told = coach("restore", archive)
    assert code == 0, told
    assert "cada tabla es igual" in told
    assert str(folder / "otra" / "coach.toml.restaurado") in told.replace("\n", "")
    assert "1 en otras carpetas" in told
    archive.write_bytes(b"nada")
    assert coach("check", archive)[0] == 2


def test_a_call_that_is_there_twice_is_kept_once(store: Store, settings: Settings, folder: Path) -> None:
    sound = settings.data_dir / "audio" / "a.wav"
    sound.parent.mkdir()
    sound.write_bytes(b"RIFF")
    first = Recording("a", audio=sound)
    for one in (first, replace(first, id="b")):
        store.add_recording(one)
    made = backups.make(store, settings, folder / "r.zip", now=NOW)
    assert [name for name in made.manifest.members if name.endswith(".wav")] == ["data/audio/a.wav"]


def test_a_backup_without_a_recording_does_not_say_that_it_holds_any(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """All that there is is read where it lies."""
    store.add_recording(Recording("fuera", audio=tmp_path / "fuera.wav"))
    made = backups.make(store, settings, tmp_path / "copias")
    assert ("recordings" in made.manifest.holds, made.manifest.left_out) == (False, 1)
