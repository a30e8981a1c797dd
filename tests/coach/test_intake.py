"""Recordings come in once, under an id that is safe everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import jobs
from coach.intake import Accepted, accept, slug
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from transcripts.types import Recording


def wav(folder: Path, name: str, content: bytes = b"sound") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_new_recording_is_queued(store: Store, tmp_path: Path) -> None:
    accepted = accept(store, wav(tmp_path, "Llamada núm. 7.wav"), Recording("", agent="Ana"))
    assert (accepted.recording_id, accepted.new) == ("Llamada-num.-7", True)
    assert store.recording(accepted.recording_id).agent == "Ana"
    assert [job.name for job in jobs.open_jobs(store, HOUSE)] == ["Llamada núm. 7.wav"]


def test_the_same_sound_under_another_name_is_the_same_recording(store: Store, tmp_path: Path) -> None:
    first = accept(store, wav(tmp_path, "a.wav"), Recording(""))
    second = accept(store, wav(tmp_path, "b.wav"), Recording(""))
    assert (second.recording_id, second.new, second.job) == ("a", False, first.job)


def test_what_another_program_took_in_at_the_same_moment_is_known(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = accept(store, wav(tmp_path, "a.wav"), Recording(""))
    with monkeypatch.context() as not_yet:
        not_yet.setattr(store, "id_of", lambda digest: None)
        second = accept(store, wav(tmp_path, "b.wav"), Recording("", agent="Ana"))
    assert (second.recording_id, second.new, second.job) == ("a", False, first.job)
    assert store.recording("a").agent == "Ana"


def test_a_recording_that_was_transcribed_is_not_queued_again(store: Store, tmp_path: Path) -> None:
    accept(store, wav(tmp_path, "a.wav"), Recording(""))
    store.save_transcript(judged("a").transcript)
    assert accept(store, wav(tmp_path, "a.wav"), Recording("")).job is None


def test_an_upload_moves_into_data_dir(store: Store, tmp_path: Path) -> None:
    upload = wav(tmp_path, "upload-123")
    accepted = accept(store, upload, Recording(""), name="la llamada.WAV", move=True)
    audio = store.recording(accepted.recording_id).audio
    assert audio is not None
    assert (audio.read_bytes(), audio.suffix, upload.exists()) == (b"sound", ".wav", False)
    assert audio.is_relative_to(store.data_dir / "audio")


def test_a_second_upload_of_the_same_is_removed(store: Store, tmp_path: Path) -> None:
    accept(store, wav(tmp_path, "one"), Recording(""), move=True)
    again = wav(tmp_path, "two")
    assert not accept(store, again, Recording(""), move=True).new
    assert not again.exists()


def test_a_recording_that_was_moved_is_read_at_its_new_place(store: Store, tmp_path: Path) -> None:
    before = wav(tmp_path, "y.wav")
    first = accept(store, before, Recording(""))
    archive = tmp_path / "2026-07"
    archive.mkdir()
    moved = before.rename(archive / "y.wav")
    assert accept(store, moved, Recording("")) == Accepted("y", first.job, new=False)
    assert store.recording("y").audio == moved
    assert accept(store, wav(tmp_path, "copy.wav"), Recording("")).recording_id == "y"
    assert store.recording("y").audio == moved  # a copy of what is still there changes nothing


def test_an_upload_takes_the_place_of_a_sound_that_is_gone(store: Store, tmp_path: Path) -> None:
    before = wav(tmp_path, "a.wav")
    accept(store, before, Recording(""))
    before.unlink()
    accept(store, wav(tmp_path, "upload-1"), Recording(""), name="a.wav", move=True)
    audio = store.recording("a").audio
    assert audio is not None
    assert audio.is_relative_to(store.data_dir / "audio")


def test_an_ending_from_outside_never_becomes_a_path(store: Store, tmp_path: Path) -> None:
    accepted = accept(store, wav(tmp_path, "x"), Recording(""), name="a.../../etc", move=True)
    audio = store.recording(accepted.recording_id).audio
    assert audio is not None
    assert audio.parent.parent == store.data_dir / "audio"


def test_a_missing_file_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match=r"nada\.wav: no se puede leer"):
        accept(store, tmp_path / "nada.wav", Recording(""))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("llamada", "llamada"),
        ("../../etc/passwd", "etc-passwd"),
        ("¿qué?", "que"),
        ("...", "llamada"),
        ("a/b", "a-b"),
    ],
)
def test_ids_are_safe_in_addresses(name: str, expected: str) -> None:
    assert slug(name) == expected
