"""Files whose names are no UTF-8, as old recorders and FTP servers write them: no other call is lost."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from coach import bulk
from coach.call_facts import recordings_in
from coach.imports import import_files
from coach.ingest import Watched
from coach.schema_people import audit
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.uploads import Facts
from coach.viewers import HOUSE
from transcripts.facts.types import CallFacts
from transcripts.formats.file_names import is_kept, refusal, shown

pytestmark = pytest.mark.usefixtures("lightly_judged")
WORDS = "Agente: Buenos días, le habla Ana.\nDeudor: Buenos días."
ODD = os.fsdecode(b"llamada_Nu\xf1ez.txt")


def folder_of(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "grabador"
    for name in ("buena.txt", *names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{WORDS}\nDeudor: Soy {len(name)}.", encoding="utf-8")
    return folder


def test_a_name_that_is_no_utf_8_is_shown_with_the_letters_that_it_means() -> None:
    assert shown(ODD) == "llamada_Nuñez.txt"
    assert shown("Núñez.txt") == "Núñez.txt"
    assert shown("\ud83d") == "\ufffd"
    assert not is_kept(ODD)
    assert is_kept("Núñez.txt")
    assert refusal(Path(ODD)).startswith("llamada_Nuñez.txt: su nombre")


def test_the_intake_puts_such_a_file_aside_and_goes_on(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    wav = os.fsdecode(b"Nu\xf1ez.wav")
    csv = os.fsdecode(b"da\xf1os.csv")
    deep = os.fsdecode(b"Pe\xf1a") + "/otra.txt"
    folder = folder_of(tmp_path, ODD, wav, csv, deep, os.fsdecode(b"\xf1.docx"))
    look = Watched(store, settings, [folder], settled_s=0.0).look()
    assert look.transcripts == 1
    assert look.ids == ["buena"]
    names = {path.name for path in look.quarantined}
    assert names == {"llamada_Nuñez.txt", "Nuñez.wav", "daños.csv", "otra.txt"}
    for sentence in (*look.problems, *look.notices):
        assert is_kept(sentence)
    note = next(path for path in look.quarantined if path.suffix == ".wav").with_name("Nuñez.wav.motivo.txt")
    assert "UTF-8" in note.read_text(encoding="utf-8")
    back = folder / "llamada_Nuñez.txt"
    shutil.move(next(path for path in look.quarantined if path.name == back.name), back)
    assert Watched(store, settings, [folder], settled_s=0.0).look().transcripts == 1


def test_a_watched_folder_of_such_a_name_is_told_and_left(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    good, odd = folder_of(tmp_path), tmp_path / os.fsdecode(b"a\xf1o")
    odd.mkdir()
    (odd / "una.txt").write_text(WORDS, encoding="utf-8")
    look = Watched(store, settings, [odd, good], settled_s=0.0).look()
    assert look.ids == ["buena"]
    assert not look.quarantined
    assert "año: su nombre" in look.problems[0]


def test_who_names_such_files_is_told_of_each_and_the_others_come_in(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, ODD, os.fsdecode(b"Nu\xf1ez.wav"), "otra.wav")
    found = list(import_files(store, settings, [folder], None, CallFacts()))
    assert [(one.name, one.new) for one in found] == [("buena", True), ("llamada_Nuñez.txt", False)]
    assert "UTF-8" in found[1].error
    sounds = recordings_in([folder], settings)
    assert [one.id for one in sounds.recordings] == ["otra"]
    assert sounds.problems[0].startswith("Nuñez.wav: su nombre")


def test_half_characters_are_kept_by_no_database_and_written_as_one_that_is(store: Store) -> None:
    from coach import audit as log

    log.note(store, HOUSE, "import", f"file:{ODD}", name=ODD)
    with store.reading() as connection:
        subject = connection.execute(select(audit.c.subject).order_by(audit.c.id.desc())).scalars().first()
    assert subject == "file:llamada_Nu\ufffdez.txt"


def test_a_zip_with_a_name_that_says_it_is_utf_8_and_is_not_is_refused_in_words(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "in" / "llamadas.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Nuñez.txt", WORDS)
    path.write_bytes(path.read_bytes().replace("ñ".encode(), b"\xf1x"))
    with pytest.raises(CoachError, match="no se puede abrir el ZIP"):
        bulk.take_in(store, settings, path, Facts(name="llamadas.zip"))
