"""A ZIP of many recordings: each comes in by itself with its facts, a bad one costs only itself."""

from __future__ import annotations

import io
import wave
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coach import arrived, bulk, jobs
from coach.arrived import Arrived, Bulk
from coach.call_facts import recordings_in
from coach.sections import Source, Upload
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.uploads import Facts
from coach.viewers import HOUSE

Files = dict[str, bytes]


def sound(tone: int, seconds: float = 0.5) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes([tone, 1, 0, 2]) * round(8000 * seconds))
    return out.getvalue()


def arrive(store: Store, settings: Settings, files: Files, **facts: Any) -> Bulk:
    folder = settings.data_dir / "incoming" / "uno"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "lote.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return bulk.take_in(store, settings, folder / "lote.zip", Facts(name="lote.zip", **facts))


def left(settings: Settings) -> list[Path]:
    return list((settings.data_dir / "incoming").iterdir())


def test_each_recording_comes_in_with_the_facts_of_table_and_file(store: Store, settings: Settings) -> None:
    table = "archivo;agente;login\nlunes/a.wav;Ana Ruiz;aruiz\n"
    found = arrive(
        store,
        settings,
        {
            "lunes/a.wav": sound(1), "lunes/b.wav": sound(2), "lunes/b.json": b'{"agent": "Luis Paz"}',
            "datos.csv": table.encode(), "__MACOSX/lunes/._a.wav": b"x", "lunes/": b"",
        },
        company="Caja Sur",
    )  # fmt: skip
    assert arrived.summary(found) == {"taken": 2, "known": 0, "failed": 0}
    one, other = store.recording("a"), store.recording("b")
    assert (one.agent, one.agent_login, one.company) == ("Ana Ruiz", "aruiz", "Caja Sur")
    assert (other.agent, other.company) == ("Luis Paz", "Caja Sur")
    assert one.audio is not None
    assert one.audio.is_relative_to(store.data_dir / "audio")
    assert len(jobs.open_jobs(store, HOUSE)) == 2
    assert left(settings) == []


def test_the_names_are_read_by_the_pattern_of_the_source(store: Store, settings: Settings) -> None:
    told = settings.model_copy(
        update={"sources": {"pbx": Source(filename_pattern="{agent_login}_{account}")}}
    )
    arrive(store, told, {"aruiz_44 71.wav": sound(1)}, source="pbx")
    assert store.recording("aruiz").agent_login == "aruiz"
    assert store.recording("aruiz").account == "44 71"


@pytest.mark.parametrize("beside", ["aruiz_4471.json", "aruiz_4471.mp3.json", "aruiz_4471.wav.json"])
def test_the_account_in_a_name_is_in_no_id_though_a_file_lies_beside(
    settings: Settings, tmp_path: Path, beside: str
) -> None:
    told = settings.model_copy(
        update={"sources": {"pbx": Source(filename_pattern="{agent_login}_{account}")}}
    )
    audio = tmp_path / ("aruiz_4471.mp3" if ".mp3" in beside else "aruiz_4471.wav")
    audio.write_bytes(b"x")
    (tmp_path / beside).write_text('{"country": "PE"}', encoding="utf-8")
    (found,) = recordings_in([audio], told, source="pbx").recordings
    assert (found.id, found.account, found.country) == ("aruiz", "4471", "PE")


def test_a_bad_file_costs_only_itself(store: Store, settings: Settings) -> None:
    found = arrive(
        store,
        settings,
        {"a.wav": sound(1), "mala.wav": b"\x89PNG" * 99, "leame.exe": b"x", "tres.docx": b"x"},
    )
    assert arrived.summary(found) == {"taken": 1, "known": 0, "failed": 3}
    bad = {one.name: one.error for one in found.files if one.error}
    assert "mala.wav" in bad["mala.wav"]
    assert "no es una grabación" in bad["leame.exe"]
    assert "es un documento de Word" in bad["tres.docx"]


def test_the_same_sound_twice_is_one_recording(store: Store, settings: Settings) -> None:
    found = arrive(store, settings, {"a.wav": sound(1), "copia.wav": sound(1)})
    assert found.files == (Arrived("a.wav", "a"), Arrived("copia.wav", "a", known=True))


@pytest.mark.parametrize("name", ["../../../a.wav", "/etc/a.wav", "C:\\x\\..\\..\\a.wav", "..\\a.wav"])
def test_no_name_from_inside_becomes_a_path(
    store: Store, settings: Settings, tmp_path: Path, name: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.name == "a.wav"}
    found = arrive(store, settings, {name: sound(1)})
    assert [one.recording_id for one in found.files] == ["a"]
    assert {path for path in tmp_path.rglob("*") if path.name == "a.wav"} == before


def test_what_unpacks_beyond_the_limits_is_refused(store: Store, settings: Settings) -> None:
    small = settings.model_copy(update={"upload": Upload(max_mb=1, zip_mb=2)})
    found = arrive(store, small, {"larga.wav": sound(1, 60), "a.wav": sound(2, 25), "b.wav": sound(3, 25)})
    errors = {one.name: one.error for one in found.files}
    assert "pesa más de 1 MB" in errors["larga.wav"]
    assert errors["a.wav"] == ""
    assert "ZIP pesa más de 2 MB" in errors["b.wav"]


def test_too_many_files_are_refused_whole(store: Store, settings: Settings) -> None:
    few = settings.model_copy(update={"upload": Upload(zip_files=1)})
    with pytest.raises(CoachError, match="trae 2 archivos; el máximo es 1"):
        arrive(store, few, {"a.wav": sound(1), "b.wav": sound(2)})
    assert left(settings) == []


@pytest.mark.parametrize(
    ("held", "words"), [(b"PK\x03\x04roto", "no se puede abrir el ZIP"), (b"", "no se puede abrir el ZIP")]
)
def test_what_is_no_zip_says_so(store: Store, settings: Settings, held: bytes, words: str) -> None:
    folder = settings.data_dir / "incoming" / "uno"
    folder.mkdir(parents=True)
    (folder / "lote.zip").write_bytes(held)
    with pytest.raises(CoachError, match=words):
        bulk.take_in(store, settings, folder / "lote.zip", Facts(name="lote.zip"))


def test_a_zip_without_recordings_says_so(store: Store, settings: Settings) -> None:
    with pytest.raises(CoachError, match="no trae ninguna grabación ni transcripción"):
        arrive(store, settings, {"datos.csv": b"id;agente\n1;Ana\n"})


def test_transcripts_in_a_zip_come_in_with_the_facts_of_table_and_name(
    store: Store, settings: Settings
) -> None:
    said = "Agente: Le habla Ana de Caja Sur.\nDeudor: Sí, dígame.\n".encode()
    turn = b'{"speaker": "agent", "text": "Buenas tardes."}'
    found = arrive(
        store,
        settings,
        {
            "a.wav": sound(1), "a.json": b'{"agent": "Luis Paz"}',  # facts of the recording
            "lunes/b ñ.txt": said, "c.json": b'{"id": "c-1", "turns": [' + turn + b"]}",
            "datos.csv": "archivo;agente\nb ñ;Ana Ruiz\nc-1;Rosa Gil\n".encode(),
        },
        company="Caja Sur",
    )  # fmt: skip
    assert arrived.summary(found) == {"taken": 3, "known": 0, "failed": 0}
    agents = {name: store.recording(name).agent for name in ("a", "b ñ", "c-1")}
    assert agents == {"a": "Luis Paz", "b ñ": "Ana Ruiz", "c-1": "Rosa Gil"}
    assert store.recording("b ñ").company == "Caja Sur"
    steps = {job.recording_id: job.step for job in jobs.open_jobs(store, HOUSE)}
    assert steps == {"a": "transcribe", "b ñ": "analyze", "c-1": "analyze"}
    assert left(settings) == []


def test_a_bad_transcript_costs_only_itself(store: Store, settings: Settings) -> None:
    bad = {"b.srt": b"1", "c.json": b'{"nada": 1}', "d.json": b"{", "e.txt": b"", "f.pdf": b"%PDF"}
    found = arrive(store, settings, {"g.txt": b"Agente: Buenas.\n", "a.wav": sound(1), **bad})
    assert [one.recording_id for one in found.files if not one.error] == ["a", "g"]
    errors = {one.name: one.error for one in found.files if one.error}
    assert errors.keys() == bad.keys()
    assert "no una transcripción conocida" in errors["c.json"]


@pytest.mark.parametrize(("zone", "placed"), [("", None), ("America/Lima", "-05:00")])
def test_an_hour_told_for_the_upload_is_kept_with_the_zone_of_its_source_or_none(
    store: Store, settings: Settings, zone: str, placed: str | None
) -> None:
    settings = settings.model_copy(update={"sources": {"pbx": Source(country="PE", timezone=zone)}})
    said = b"Agente: Buenas tardes.\n"
    told = {"source": "pbx", "call_date": "2026-03-10T19:30"}
    arrive(store, settings, {"a.wav": sound(1), "b.txt": said}, **told)
    expected = datetime.fromisoformat(f"2026-03-10T19:30{placed or ''}")
    assert [store.recording(name).call_started_at for name in ("a", "b")] == [expected, expected]


def test_a_transcript_beside_its_recording_is_its_words(store: Store, settings: Settings) -> None:
    said = b'{"id": "a", "turns": [{"speaker": "agent", "text": "Buenas tardes."}]}'
    found = arrive(store, settings, {"a.wav": sound(1), "a.json": said})
    assert [one.error for one in found.files] == ["", ""]
    heard = store.heard("a")
    assert heard is not None
    assert heard.turns[0].text == "Buenas tardes."
    assert len(jobs.open_jobs(store, HOUSE)) == 1
