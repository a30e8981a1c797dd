"""Folders that a recorder writes into: each call comes in once, whole; what nobody can read goes aside."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import select, update

from coach import (
    finished,
    holds,
    ingest,
    job_orders,
    jobs,
    late_facts,
    listings,
    peaks,
    person_copy,
    person_erase,
    retention,
    reviews,
    worker,
)
from coach.call_facts import files_in, read_manifest
from coach.filters import ALL
from coach.ingest import Watched
from coach.intake import Erased, accept, content_hash
from coach.look import Look
from coach.schema import recordings
from coach.schema_people import sites
from coach.schema_privacy import imported, kept_out
from coach.sections import Source
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from rubrics.contacts import began
from rubrics.types import RubricError
from tests.coach.conftest import judged
from tests.coach.review_people import new_team, person
from transcripts.facts import filenames
from transcripts.types import Recording, Transcript, TranscriptError

pytestmark = pytest.mark.usefixtures("lightly_judged")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "grabador"
    folder.mkdir()
    return folder


def watched(store: Store, settings: Settings, inbox: Path, **options: object) -> Watched:
    return Watched(store, settings, [inbox], **{"settled_s": 0.5, **options})  # type: ignore[arg-type]


def old(path: Path, seconds: float = 60.0) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def call(folder: Path, name: str, tone: int = 0) -> Path:
    """Half a second of stereo; another `tone`, another content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes([tone, 1, 0, 2]) * 4000)
    return old(path)


def transcript(folder: Path, name: str, recording_id: str) -> Path:
    turn = {"speaker": "agent", "start": 0, "end": 2, "text": "Buenos días, le saluda Rosa."}
    (folder / name).write_text(json.dumps({"id": recording_id, "turns": [turn]}), encoding="utf-8")
    return old(folder / name)


def test_a_recording_that_went_to_the_archive_is_heard_there(
    store: Store, settings: Settings, inbox: Path
) -> None:
    before = call(inbox, "y.wav", 1)
    looking = watched(store, settings, inbox)
    looking.look()
    outline = peaks.waveform(store, "y")
    archive = inbox / "2026-07"
    archive.mkdir()
    moved = before.rename(archive / "y.wav")
    assert looking.look().known == 1
    assert peaks.playable(store, "y") == moved
    assert not outline.exists()
    assert peaks.made_from(store, moved) == (peaks.waveform(store, "y"),)  # it goes with the sound


def test_recordings_come_in_once_at_any_depth(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "lunes/a.wav", 1), call(inbox, "b.wav", 2)
    looking = watched(store, settings, inbox)
    assert looking.look().recordings == 2
    assert looking.look() == Look()
    assert sorted(job.name for job in jobs.open_jobs(store, HOUSE)) == ["a.wav", "b.wav"]
    again = watched(store, settings, inbox).look()
    assert (again.recordings, again.known) == (0, 0)


def test_the_same_call_under_another_name_is_known(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "a.wav", 1), call(inbox, "copia.wav", 1)
    look = watched(store, settings, inbox).look()
    assert (look.recordings, look.known, look.problems) == (1, 1, [])
    (notice,) = look.notices
    assert notice.endswith("copia.wav: es la misma grabación que la llamada a.")


@pytest.mark.parametrize("anew", [False, True])
def test_what_a_recorder_writes_over_a_call_is_another_call(
    store: Store, settings: Settings, inbox: Path, anew: bool
) -> None:
    """Seen by the same program or one started again; the first call does not play the sound of the second."""
    call(inbox, "linea1.wav", 1)
    looking = watched(store, settings, inbox)
    looking.look()
    call(inbox, "linea1.wav", 2)
    looking = watched(store, settings, inbox) if anew else looking
    look = looking.look() if anew else (looking.look(), looking.look())[1]  # it may still be being written
    (second,) = look.ids
    assert (look.recordings, second.startswith("linea1-")) == (1, True)
    assert [store.recording(one).audio for one in ("linea1", second)] == [None, inbox / "linea1.wav"]
    (notice,) = look.notices
    assert notice.startswith("linea1.wav: se grabó encima de la llamada linea1, que se queda sin audio.")


def test_a_call_that_was_written_over_before_it_was_heard_is_not_heard_under_its_facts(
    store: Store, settings: Settings, inbox: Path
) -> None:
    call(inbox, "linea1.wav", 1)
    watched(store, settings, inbox).look()
    call(inbox, "linea1.wav", 2)
    worker.drain(store, settings)
    (failed,) = jobs.open_jobs(store, HOUSE)
    assert (failed.state, "se grabó encima de esta llamada" in failed.error) == ("failed", True)
    assert watched(store, settings, inbox).look().recordings == 1


def test_a_file_that_was_only_touched_is_the_same(store: Store, settings: Settings, inbox: Path) -> None:
    path = call(inbox, "a.wav", 1)
    watched(store, settings, inbox).look()
    old(path, 1.0)
    look = watched(store, settings, inbox).look()
    assert (look.recordings, look.known, look.notices, look.problems) == (0, 0, [], [])


def test_a_recording_whose_job_was_never_queued_is_taken_up(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store in which a program died between the two, and a database that is full for a moment."""
    path = call(inbox, "a.wav", 1)
    store.add_recording(Recording("a", audio=path), content_hash(path))
    assert watched(store, settings, inbox).look().notices == []
    assert [job.name for job in jobs.open_jobs(store, HOUSE)] == ["a.wav"]
    call(inbox, "b.wav", 2)
    with monkeypatch.context() as full:
        full.setattr(jobs, "queue", Mock(side_effect=OSError(errno.ENOSPC, "full")))
        with pytest.raises(OSError, match="full"):
            watched(store, settings, inbox).look()
    assert not store.has("b")
    assert watched(store, settings, inbox).look().recordings == 1


def test_what_is_being_written_is_left_alone(store: Store, settings: Settings, inbox: Path) -> None:
    whole = call(inbox, "llamada.wav", 3).read_bytes()
    (inbox / "llamada.wav").write_bytes(whole[: len(whole) // 2])
    looking = watched(store, settings, inbox)
    first = looking.look()
    assert (first.recordings, first.waiting, list(inbox.glob("*"))) == (0, 1, [inbox / "llamada.wav"])
    old(inbox / "llamada.wav").write_bytes(whole)
    old(inbox / "llamada.wav", 30)
    second = looking.look()  # another size than before, however old its time says it is
    assert (second.recordings, second.waiting) == (0, 1)
    assert looking.look().recordings == 1


@pytest.mark.parametrize("name", [".llamada.wav", "llamada.wav.part", "~llamada.wav", ".tmp/llamada.wav"])
def test_files_that_a_copy_is_making_are_no_calls(
    store: Store, settings: Settings, inbox: Path, name: str
) -> None:
    call(inbox, name)
    assert watched(store, settings, inbox).look() == Look()


def test_an_empty_file_waits(store: Store, settings: Settings, inbox: Path) -> None:
    old(_written(inbox / "a.wav", b""))
    look = watched(store, settings, inbox).look()
    assert (look.waiting, look.quarantined) == (1, [])


def test_names_as_long_as_a_disk_takes_come_in_and_go_aside_as_others_do(
    store: Store, settings: Settings, inbox: Path
) -> None:
    call(inbox, "ñ" * 125 + ".wav", 4)  # 254 bytes: «.json» after it fits no disk
    old(_written(inbox / ("b" * 251 + ".wav"), b"\x89PNG\r\n\x1a\n" + bytes(900)))
    old(_written(inbox / ("c" * 250 + ".json"), b"{}"))  # its recording would end in «.flac»
    call(inbox, "z.wav", 5)
    look = watched(store, settings, inbox).look()
    assert look.recordings == 2
    aside = next(path for path in look.quarantined if path.suffix == ".wav")
    assert aside.name.startswith("bbb")
    assert "una imagen PNG" in aside.with_name(f"{aside.name}.motivo.txt").read_text(encoding="utf-8")


def test_a_recording_that_may_not_be_read_is_told_once_and_taken_when_it_may(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(inbox, "a.wav", 4)
    shut = call(inbox, "b.wav", 5)
    call(inbox, "c.wav", 6)
    probed = ingest.probe

    def refuse(path: Path, limits: object) -> object:  # as root reads everything, the test has it refused
        if path == shut:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return probed(path, limits)  # type: ignore[arg-type]

    watching = watched(store, settings, inbox)
    monkeypatch.setattr(ingest, "probe", refuse)
    look = watching.look()
    assert (look.recordings, look.quarantined) == (2, [])
    assert look.problems == [
        f"{shut}: no se puede leer (falta permiso). Revise los permisos: se toma en cuanto se pueda."
    ]
    assert watching.look() == Look()
    monkeypatch.setattr(ingest, "probe", probed)
    assert watching.look().ids == ["b"]


def test_what_is_no_audio_goes_aside_with_its_reason(store: Store, settings: Settings, inbox: Path) -> None:
    old(_written(inbox / "foto.wav", b"\x89PNG\r\n\x1a\n" + bytes(900)))
    call(inbox, "buena.wav", 4)
    look = watched(store, settings, inbox).look()
    (aside,) = look.quarantined
    assert look.recordings == 1
    assert aside == settings.data_dir / "quarantine" / "foto.wav"
    assert not (inbox / "foto.wav").exists()
    why = (aside.parent / "foto.wav.motivo.txt").read_text(encoding="utf-8")
    assert "una imagen PNG" in why
    assert str(inbox) in why
    assert "póngalo otra vez en la carpeta" in why


def test_a_second_bad_file_of_that_name_does_not_cover_the_first(
    store: Store, settings: Settings, inbox: Path
) -> None:
    looking = watched(store, settings, inbox)
    for number in (1, 2):
        old(_written(inbox / "mala.wav", b"%PDF" + bytes([number]) * 500))
        looking.look()
    aside = settings.data_dir / "quarantine"
    assert sorted(path.name for path in aside.glob("*.wav")) == ["mala-2.wav", "mala.wav"]


def test_a_quarantine_inside_the_folder_is_not_looked_into(
    store: Store, settings: Settings, inbox: Path
) -> None:
    old(_written(inbox / "mala.wav", b"%PDF" + bytes(500)))
    looking = watched(store, settings, inbox, quarantine=inbox / "apartadas")
    assert len(looking.look().quarantined) == 1
    assert not looking.look().news


def test_ready_transcripts_are_judged_at_once(store: Store, settings: Settings, inbox: Path) -> None:
    transcript(inbox, "t.json", "co-17")
    look = watched(store, settings, inbox).look()
    assert (look.transcripts, look.ids) == (1, ["co-17"])
    assert store.call("co-17").scorecard.recording_id == "co-17"


def test_facts_beside_a_recording_are_no_transcript(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "a.wav", 1)
    old(_written(inbox / "a.json", b'{"agent": "Rosa", "days_late": 12}'))
    look = watched(store, settings, inbox).look()
    assert (look.recordings, look.transcripts, look.problems) == (1, 0, [])
    assert store.recording("a").agent == "Rosa"


@pytest.mark.parametrize("sound_first", [True, False])
def test_words_beside_a_recording_are_its_transcript(
    store: Store, settings: Settings, inbox: Path, sound_first: bool
) -> None:
    said = {"start": 0, "end": 1, "text": "Buenas tardes, le habla Rosa.", "speaker": "Agente", "words": []}
    body = json.dumps({"language": "es", "segments": [said], "word_segments": []}).encode()
    looking = watched(store, settings, inbox)
    if sound_first:
        call(inbox, "a.wav", 1)
        looking.look()
    else:
        call(inbox, "a.wav", 1)
    old(_written(inbox / "a.json", body))
    look = looking.look()
    assert (look.transcripts, look.problems, look.quarantined) == (1, [], [])
    heard = store.heard("a")
    assert heard is not None
    assert heard.turns[0].text == "Buenas tardes, le habla Rosa."
    assert store.recording("a").audio == inbox / "a.wav"
    with store.reading() as connection:
        assert connection.execute(select(recordings.c.id)).scalars().all() == ["a"]


def test_words_of_another_name_are_told_as_not_used(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "a.wav", 1)
    said = b'{"agent": "Rosa", "turns": [{"speaker": "agent", "text": "Hola."}]}'
    old(_written(inbox / "a.wav.json", said))
    look = watched(store, settings, inbox).look()
    assert look.problems == [
        "a.wav.json: trae palabras de la llamada, que aquí no se usan. Impórtelas (coach import) con el "
        "nombre a.json."
    ]
    assert store.recording("a").agent == "Rosa"


def test_facts_may_come_after_their_recording_and_before(
    store: Store, settings: Settings, inbox: Path
) -> None:
    looking = watched(store, settings, inbox)
    call(inbox, "a.wav", 1)
    looking.look()
    old(_written(inbox / "a.json", b'{"agent_login": "rquispe"}'))
    old(_written(inbox / "b.json", b'{"agent_login": "lherrera"}'))
    assert looking.look().waiting == 1
    assert store.recording("a").agent_login == "rquispe"
    call(inbox, "b.wav", 2)
    looking.look()
    assert store.recording("b").agent_login == "lherrera"


def test_a_table_in_the_folder_tells_of_calls_before_and_after(
    store: Store, settings: Settings, inbox: Path
) -> None:
    looking = watched(store, settings, inbox)
    call(inbox, "a.wav", 1)
    looking.look()
    old(_written(inbox / "dia.csv", b"archivo,agente\na.wav,Rosa\nb.wav,Luis\n"))
    looking.look()
    call(inbox, "b.wav", 2)
    looking.look()
    assert [store.recording(name).agent for name in ("a", "b")] == ["Rosa", "Luis"]


@pytest.mark.parametrize("sound", [False, True])
def test_what_holds_for_a_source_overwrites_nothing_at_the_next_look(
    store: Store, settings: Settings, inbox: Path, tmp_path: Path, sound: bool
) -> None:
    """The country of the source is for calls that tell none; a table told this one's."""
    settings = settings.model_copy(update={"sources": {"pbx": Source(country="MX")}})
    if sound:
        call(inbox, "s-1.wav", 1)
        old(_written(inbox / "s-1.json", b'{"agent": "Rosa"}'))
    else:
        transcript(inbox, "s-1.json", "s-1")
    watched(store, settings, inbox, source="pbx").look()
    assert store.recording("s-1").country == "MX"
    table = old(_written(tmp_path / "dia.csv", b"id,pais\ns-1,CO\n"))
    watched(store, settings, inbox, source="pbx", table=table).look()
    late_facts.join_facts(store, settings, read_manifest(table, settings, "pbx"), lambda _: judged("s-1"))
    assert store.recording("s-1").country == "CO"
    look = watched(store, settings, inbox, source="pbx").look()
    assert store.recording("s-1").country == "CO"
    assert look.notices == look.problems == []


def test_rows_of_no_call_are_named_once(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "a.wav", 1)
    old(_written(inbox / "dia.csv", b"archivo,agente\na.wav,Rosa\nA_2.wav,Luis\n"))
    looking = watched(store, settings, inbox)
    first = looking.look()
    assert first.notices == ["dia.csv: 1 fila es de una llamada que no está: A_2."]
    assert looking.look() == Look()


def test_a_bad_table_goes_aside_and_the_calls_come_in(store: Store, settings: Settings, inbox: Path) -> None:
    old(_written(inbox / "dia.csv", bytes(range(256)) * 4))
    call(inbox, "a.wav", 1)
    look = watched(store, settings, inbox).look()
    assert (look.recordings, [path.name for path in look.quarantined]) == (1, ["dia.csv"])


def test_a_folder_that_is_not_there_is_told_once(store: Store, settings: Settings, inbox: Path) -> None:
    looking = watched(store, settings, inbox / "red")
    (problem,) = looking.look().problems
    assert "no se encuentra la carpeta" in problem
    assert looking.look().problems == []
    call(inbox / "red", "a.wav", 1)
    assert looking.look().recordings == 1


def test_watching_ends_when_asked(store: Store, settings: Settings, inbox: Path) -> None:
    call(inbox, "a.wav", 1)
    looks: list[Look] = []
    ingest.watch(watched(store, settings, inbox), looks.append, lambda: len(looks) == 2, 0.01)
    assert [look.recordings for look in looks] == [1, 0]


def test_what_was_taken_may_go_away(store: Store, settings: Settings, inbox: Path) -> None:
    looking = watched(store, settings, inbox)
    call(inbox, "a.wav", 1)
    looking.look()
    shutil.rmtree(inbox)
    assert looking.look().recordings == 0
    assert store.has("a")


def test_what_is_no_call_is_counted_and_named_once(store: Store, settings: Settings, inbox: Path) -> None:
    for name in ("notas.docx", "b.pdf", "c.wav.part"):
        old(_written(inbox / name, b"x"))
    long_empty = old(_written(inbox / "vacio.wav", b""), 7200)
    looking = watched(store, settings, inbox)
    look = looking.look()
    assert look.notices == [
        "No son grabaciones, transcripciones ni tablas CSV, y no se toman: 2 (b.pdf, notas.docx)."
    ]
    assert look.problems == [f"{long_empty}: está vacío hace más de una hora. Vuelva a copiarlo o bórrelo."]
    assert look.waiting == 0
    assert looking.look() == Look()


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_the_legs_of_a_transferred_call_are_joined(store: Store, settings: Settings, inbox: Path) -> None:
    looking = watched(store, settings, inbox)
    call(inbox, "a.wav", 1), old(_written(inbox / "a.json", b'{"linked_id": "9001", "leg": 1, "legs": 2}'))
    first = looking.look()
    assert (first.recordings, first.joined, jobs.open_jobs(store, HOUSE)) == (1, 0, ())
    call(inbox, "b.wav", 2), old(_written(inbox / "b.json", b'{"linked_id": "9001", "leg": 2, "legs": 2}'))
    assert looking.look().joined == 1
    assert [job.recording_id for job in jobs.open_jobs(store, HOUSE)] == ["9001"]
    assert not looking.look().news


def test_the_facts_of_a_lone_leg_may_come_late(store: Store, settings: Settings, inbox: Path) -> None:
    looking = watched(store, settings, inbox)
    call(inbox, "a.wav", 1), old(_written(inbox / "a.json", b'{"linked_id": "9001", "legs": 1}'))
    assert looking.look().joined == 1
    told = b'{"linked_id": "9001", "legs": 1, "agent": "Rosa"}'
    old(_written(inbox / "a.json", told), 90)
    looking.look(), looking.look()
    assert store.recording("a").agent == "Rosa"


def test_a_transcript_that_is_here_is_not_judged_anew(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript(inbox, "t.json", "co-17")
    watched(store, settings, inbox).look()
    monkeypatch.setattr("coach.pipeline.judge_with", lambda _: pytest.fail("nothing is to be judged"))
    assert watched(store, settings, inbox).look() == Look()
    monkeypatch.undo()


def test_erased_words_are_named_by_their_file_and_do_not_come_back(
    store: Store, settings: Settings, inbox: Path
) -> None:
    """The call has no account but in the table: what comes back could not be found by it."""
    words = transcript(inbox, "manual-01.json", "manual-01")
    watched(store, settings, inbox).look()
    store.update_recording(replace(store.recording("manual-01"), account="77-1"))
    assert person_erase.planned(store, HOUSE, "77-1", Path("none")).left == (words,)
    assert person_erase.erase(store, HOUSE, "77-1", Path("none")).left == (words,)
    assert watched(store, settings, inbox).look() == Look()
    with store.reading() as connection:
        assert not connection.execute(select(recordings.c.id).where(recordings.c.id == "manual-01")).all()
        assert connection.scalars(select(imported.c.path)).all() == [None]


def test_a_persons_word_holds_when_facts_come_late(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(transcript: Transcript) -> Call:
        """Whose call it is changes what comes out."""
        its = judged(transcript.recording.id, verdicts={"no_threats": "pass"}, points=90.0)
        points = 70.0 if transcript.recording.agent else 90.0
        return Call(transcript, its.findings, replace(its.scorecard, points=points))

    monkeypatch.setattr("coach.pipeline.judge_with", lambda _: judge)
    transcript(inbox, "t.json", "co-17")
    looking = watched(store, settings, inbox)
    looking.look()
    reviews.override(store, settings, HOUSE, "co-17", "no_threats", "fail", "Amenaza.")
    old(_written(inbox / "dia.csv", b"id,agente\nco-17,Rosa\n"))
    looking.look()
    assert store.call("co-17").scorecard.points == 70.0
    (row,) = listings.calls(store, HOUSE, ALL, sort="date", page=0, size=5).rows
    assert (row.agent, row.points) == ("Rosa", 0.0)  # void, as the person said


@pytest.mark.parametrize("named", [False, True])
def test_a_table_tells_of_transcripts_that_come_with_it(
    store: Store, settings: Settings, inbox: Path, tmp_path: Path, named: bool
) -> None:
    """In the folder, or given by its name; what comes later is told of too, and stays so at a new start."""
    table = old(_written((tmp_path if named else inbox) / "dia.csv", b"id,agente\nt-1,Rosa\nt-2,Luis\n"))
    given = {"table": table} if named else {}
    transcript(inbox, "t-1.json", "t-1")
    looking = watched(store, settings, inbox, **given)
    assert looking.look().transcripts == 1
    transcript(inbox, "t-2.json", "t-2")
    looking.look()
    watched(store, settings, inbox, **given).look()
    assert [store.recording(name).agent for name in ("t-1", "t-2")] == ["Rosa", "Luis"]


@pytest.mark.parametrize("leg", [False, True])
def test_what_was_erased_by_its_age_does_not_come_back_from_the_folder(
    store: Store, settings: Settings, inbox: Path, tmp_path: Path, leg: bool
) -> None:
    """A recording and a ready transcript still lie there when the watcher starts again, one under another
    name. Nothing is left of them but digests.
    """
    call(inbox, "55-9081_a.wav", 1)
    transcript(inbox, "55-9081_t.json", "55-9081_t")
    if leg:
        facts = {"linked_id": "55-9081-x", "legs": 1, "call_started_at": "2025-10-08"}
        old(_written(inbox / "55-9081_a.json", json.dumps(facts).encode()))
    look = watched(store, settings, inbox).look()
    assert (look.recordings, look.transcripts, look.joined) == (1, 1, int(leg))
    retention.put(store, HOUSE, retention.Rule(score_months=1))
    later = datetime.now(UTC) + timedelta(days=60)
    assert retention.run(store, HOUSE, now=later).failed == ()
    assert list(store.recordings()) == []

    (inbox / "55-9081_a.wav").rename(inbox / "otra.wav")
    (inbox / "55-9081_a.json").unlink(missing_ok=True)
    again = watched(store, settings, inbox)
    assert again.look() == Look(known=1)
    assert again.look() == Look()
    assert list(store.recordings()) == []
    with store.reading() as connection:
        kept = connection.execute(select(kept_out)).all()
    assert len(kept) == 2
    assert {len(row.digest) for row in kept} == {64}
    assert "55-9081" not in str(kept)
    with pytest.raises(Erased, match=r"subida.wav: esta grabación se borró"):
        accept(store, inbox / "otra.wav", Recording(""), name="subida.wav", move=True)
    assert not (inbox / "otra.wav").exists()
    call(inbox, "nueva.wav", 2)
    assert watched(store, settings, inbox).look().recordings == 1


PATTERN = "{agent_login}_{account}_{call_started_at:%Y%m%d-%H%M%S}"


def patterned(settings: Settings) -> Settings:
    return settings.model_copy(update={"sources": {"pbx": Source(filename_pattern=PATTERN)}})


def said(folder: Path, name: str, text: str = "Buenos días, le saluda Rosa.") -> Path:
    return old(_written(folder / name, f"Agente: {text}\nDeudor: Bueno, dígame.\n".encode()))


def test_a_transcript_gets_the_facts_of_its_name_as_a_recording_does(
    store: Store, settings: Settings, inbox: Path
) -> None:
    settings = patterned(settings)
    said(inbox, "lperez_55-7777_20261121-101500.txt")
    (inbox / "dia").mkdir()
    said(inbox / "dia", "lperez_66-1_20261121-101500.txt", "Buenas tardes, le saluda Luis.")
    watched(store, settings, inbox, source="pbx").look()
    first, second = sorted(store.recordings(), key=lambda one: str(one.account))
    assert {first.id[:22], second.id[:22]} == {"lperez_20261121-101500"}
    assert first.id != second.id  # two people, though their names leave the same id
    assert (first.account, first.agent_login, second.account) == ("55-7777", "lperez", "66-1")
    assert str(first.call_date) == "2026-11-21"
    again = watched(store, settings, inbox, source="pbx").look()
    assert (again.transcripts, again.problems, len(list(store.recordings()))) == (0, [], 2)
    for account in ("55-7777", "66-1"):
        assert person_erase.erase(store, HOUSE, account).calls == 1
    said(inbox, "lperez_55-7777_20261121-101500.txt")
    assert watched(store, settings, inbox, source="pbx").look().transcripts == 0  # erased for good


def test_a_transcript_that_was_here_keeps_its_id_and_gets_its_facts(
    store: Store, settings: Settings, inbox: Path
) -> None:
    said(inbox, "lperez_55-7777_20261121-101500.txt")
    watched(store, settings, inbox).look()
    watched(store, patterned(settings), inbox, source="pbx").look()
    (recording,) = store.recordings()
    assert (recording.id, recording.account) == ("lperez_55-7777_20261121-101500", "55-7777")


def test_a_table_finds_a_transcript_by_its_file_or_its_id(
    store: Store, settings: Settings, inbox: Path
) -> None:
    said(inbox, "lperez_55-7777_20261121-101500.txt")
    looking = watched(store, patterned(settings), inbox, source="pbx")
    looking.look()
    for n, (name, campaign) in enumerate(
        (("lperez_55-7777_20261121-101500", "norte"), ("lperez_20261121-101500", "sur"))
    ):
        old(_written(inbox / f"{n}.csv", f"id,campaign\n{name},{campaign}\n".encode()))
        assert looking.look().notices == []
        (recording,) = store.recordings()
        assert recording.campaign == campaign


def test_a_file_that_tells_its_own_id_keeps_it(store: Store, settings: Settings, inbox: Path) -> None:
    transcript(inbox, "lperez_55-7777_20261121-101500.json", "llamada-9")
    watched(store, patterned(settings), inbox, source="pbx").look()
    (recording,) = store.recordings()
    assert (recording.id, recording.account) == ("llamada-9", "55-7777")


def test_an_account_that_stands_only_in_names_is_pointed_at(
    store: Store, settings: Settings, inbox: Path, tmp_path: Path
) -> None:
    said(inbox, "lperez_55-7777_20261121-101500.txt")
    watched(store, settings, inbox).look()
    for ask in (
        lambda one: person_erase.planned(store, HOUSE, one),
        lambda one: person_copy.copy(store, settings, HOUSE, one, tmp_path / "copia.zip"),
        lambda one: holds.place(store, HOUSE, "account", one, "juicio"),
    ):
        with pytest.raises(CoachError, match=r"id o en el nombre.*: lperez_55-7777_20261121-101500"):
            ask("55-7777")
        with pytest.raises(CoachError, match="no hay nada de esta cuenta"):
            ask("5-777")  # part of a number is another number


def test_another_call_of_the_same_name_goes_aside_and_the_rest_comes_in(
    store: Store, settings: Settings, inbox: Path
) -> None:
    for folder, said in (
        ("lunes", "Le habla Rosa de Crédito Norte."),
        ("martes", "Marque más tarde, por favor."),
    ):
        (inbox / folder).mkdir()
        old(_written(inbox / folder / "llamada1.txt", f"Agente: {said}\n".encode()))
    transcript(inbox, "t.json", "co-17")
    look = watched(store, settings, inbox).look()
    assert look.transcripts == 2
    (aside,) = look.quarantined
    assert "Marque más tarde" in aside.read_text(encoding="utf-8")
    why = aside.with_name(aside.name + ".motivo.txt").read_text(encoding="utf-8")
    assert "llamada llamada1: ya hay una llamada con este id" in why
    assert str(inbox / "martes" / "llamada1.txt") in why
    heard = store.transcript("llamada1")
    assert heard is not None
    assert heard.turns[0].text == "Le habla Rosa de Crédito Norte."


def test_a_mended_transcript_in_the_folder_gives_newer_words(
    store: Store, settings: Settings, inbox: Path
) -> None:
    said = "Agente: Le habla Rosa de Crédito Norte por su adeudo de mil {}.\n"
    file = old(_written(inbox / "llamada1.txt", said.format("besos").encode()))
    looking = watched(store, settings, inbox)
    looking.look()
    old(_written(file, said.format("pesos").encode()), 50)
    assert looking.look().waiting == 1  # it may be being written
    look = looking.look()
    assert (look.transcripts, look.quarantined) == (1, [])
    assert "reemplazan a las que había" in look.notices[0]


def test_a_call_that_could_not_be_judged_waits_with_its_words_and_is_judged_later(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Transcript) -> Call:
        raise RubricError("micro.yaml: esta pauta no se puede usar.")

    file = transcript(inbox, "t.json", "co-17")
    with monkeypatch.context() as mended:
        mended.setattr("coach.pipeline.judge_with", lambda _: broken)
        mended.setattr("coach.pipeline.judge", lambda heard, _: broken(heard))
        look = watched(store, settings, inbox).look()
        assert (look.transcripts, look.quarantined) == (1, [])  # its file is not at fault
        (told,) = look.problems
        assert "micro.yaml: esta pauta no se puede usar" in told
        assert "Reintentar" in told
        assert file.is_file()
        worker.drain(store, settings)
    (job,) = jobs.open_jobs(store, HOUSE)
    assert (job.state, job.recording_id) == ("failed", "co-17")
    monkeypatch.setattr("coach.pipeline.judge", lambda heard, _: judged(heard.recording.id))
    job_orders.retry(store, HOUSE, job.id)
    worker.drain(store, settings)
    assert store.call("co-17").scorecard == judged("co-17").scorecard
    assert watched(store, settings, inbox).look() == Look()


def test_a_transcript_whose_words_were_never_kept_comes_in_again(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ended while it was judged, or an older one left it so."""
    transcript(inbox, "t.json", "co-17")

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr("coach.imports.keep_judged", cut_off)
        with pytest.raises(KeyboardInterrupt):
            watched(store, settings, inbox).look()
    assert watched(store, settings, inbox).look().transcripts == 1
    assert store.call("co-17").transcript.turns


def stopped(after: int) -> Callable[[], bool]:
    """No, so many times; then yes."""
    told = iter([False] * after)
    return lambda: next(told, True)


def test_what_is_left_where_it_is_stopped_comes_in_the_next_time(
    store: Store, settings: Settings, inbox: Path
) -> None:
    """Each call whole or not at all; a file of many calls goes on where it was."""
    _, second, third = (call(inbox, f"{name}.wav", tone=at) for at, name in enumerate("abc", 1))
    last = transcript(inbox, "z.json", "z")
    lines = [last.read_text().replace('"z"', f'"m-{at}"') for at in (1, 2)]
    many = old(_written(inbox / "muchas.jsonl", "\n".join(lines).encode()))
    old(_written(inbox / "dia.csv", b"archivo,agente\nc.wav,Rosa\n"))
    for path in (second, third):
        old(path)
    look = watched(store, settings, inbox, stop=stopped(2)).look()
    assert (look.recordings, look.transcripts, look.left) == (1, 0, [second, third, many, last])
    assert not look.notices  # the call of the table has not been looked at
    look = watched(store, settings, inbox, stop=stopped(5)).look()
    assert (look.recordings, look.transcripts, look.left) == (2, 1, [many, last])
    look = watched(store, settings, inbox).look()
    assert (look.recordings, look.transcripts, look.left, look.quarantined) == (0, 2, [], [])
    assert store.recording("c").agent == "Rosa"


def test_a_table_of_facts_is_stopped_between_two_calls_and_named(
    store: Store, settings: Settings, inbox: Path
) -> None:
    for name in "ab":
        transcript(inbox, f"{name}.json", name)
    watched(store, settings, inbox).look()
    table = old(_written(inbox / "dia.csv", b"id,agente\na,Rosa\nb,Luz\n"))
    look = watched(store, settings, inbox, stop=stopped(2)).look()
    assert table in look.left
    assert sorted(one.agent or "" for one in store.recordings()).count("") == 1
    look = watched(store, settings, inbox).look()
    assert look.left == []
    assert sorted(one.agent or "" for one in store.recordings()) == ["Luz", "Rosa"]


def test_a_file_of_many_whose_last_call_was_taken_is_not_left(
    store: Store, settings: Settings, inbox: Path
) -> None:
    one = transcript(inbox, "z.json", "z")
    lines = [one.read_text().replace('"z"', f'"m-{at}"') for at in (1, 2)]
    one.unlink()
    old(_written(inbox / "muchas.jsonl", "\n".join(lines).encode()))
    look = watched(store, settings, inbox, stop=stopped(2)).look()
    assert (look.transcripts, look.left) == (2, [])


def test_a_recorder_whose_clock_is_ahead_delays_nothing(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(finished.time, "monotonic", lambda: now)
    ahead = old(call(inbox, "a.wav"), -3 * 3600)
    looking = watched(store, settings, inbox, settled_s=5.0)
    assert looking.look().unfinished == [ahead]
    now += 4.0
    old(call(inbox, "a.wav", tone=2), -3 * 3600 - 2)  # it was still being written
    assert looking.look().unfinished == [ahead]
    now += 4.9
    assert looking.look().unfinished == [ahead]
    now += 0.2
    assert looking.look().recordings == 1
    assert looking.look().unfinished == []


def test_a_file_of_a_time_to_come_that_stays_empty_is_named(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(finished.time, "monotonic", lambda: now)
    (inbox / "a.wav").touch()
    old(inbox / "a.wav", -3 * 3600)
    looking = watched(store, settings, inbox)
    assert looking.look().problems == []
    now += 3601
    assert "está vacío" in looking.look().problems[0]


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As if the folder belonged to somebody else: who runs the tests may be allowed everything."""
    listing = os.scandir

    def scandir(path: str | os.PathLike[str]) -> object:
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("inside", ["", "martes"])
def test_a_folder_that_may_not_be_read_is_told_and_the_rest_goes_on(
    store: Store, settings: Settings, inbox: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(inbox, "martes/a.wav"), call(inbox, "lunes/b.wav")
    forbid(monkeypatch, inbox / inside)
    looking = watched(store, settings, inbox)
    look = looking.look()
    assert look.problems == [f"{inbox / inside}: no se puede leer (falta permiso). Se intenta de nuevo."]
    assert look.recordings == bool(inside)
    assert looking.look().problems == []


def test_what_is_passed_over_need_not_be_readable(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(inbox, "lost+found/a.wav")
    forbid(monkeypatch, inbox / "lost+found")
    assert watched(store, settings, inbox).look().problems == []


def test_a_command_is_refused_a_folder_that_may_not_be_read(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(inbox, "martes/a.wav")
    forbid(monkeypatch, inbox / "martes")
    with pytest.raises(CoachError, match=r"martes: no se puede leer \(falta permiso\)\. Revise"):
        files_in([inbox], frozenset((".wav",)))
    with pytest.raises(TranscriptError, match=r"martes: no se puede leer"):
        filenames.dry_run(inbox, "{agent}")


def test_a_big_file_does_not_keep_the_others_waiting(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.finished.BIG", 300)
    (inbox / "a.txt").write_text("Agente: Buenos días.\nDeudor: Sí.\n" * 20)
    transcript(inbox, "b.json", "b"), old(inbox / "a.txt")
    (inbox / "c.txt").write_text("Nada.\n")
    old(inbox / "c.txt")
    looking = watched(store, settings, inbox)
    first = looking.look()
    assert (first.ids, first.later, len(first.quarantined)) == (["b"], [inbox / "a.txt"], 1)
    second = looking.look()
    assert (second.ids, second.later) == (["a"], [])
    assert looking.look() == Look()


def test_a_table_is_told_of_once_the_big_files_are_here(
    store: Store, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.finished.BIG", 300)
    (inbox / "grande.txt").write_text("Agente: Buenos días.\nDeudor: Sí.\n" * 20)
    (inbox / "t.csv").write_text("id,cuenta\ngrande,44\n")
    transcript(inbox, "b.json", "b"), old(inbox / "grande.txt"), old(inbox / "t.csv")
    looking = watched(store, settings, inbox)
    assert looking.look().notices == []
    assert looking.look().notices == []
    assert store.recording("grande").account == "44"


def test_a_turn_that_nobody_could_say_goes_aside(store: Store, settings: Settings, inbox: Path) -> None:
    said = "buenas tardes don Luis le llamo por la deuda " * 2000
    (inbox / "a.txt").write_text(f"[00:01] Agente: {said}\n[00:05] Deudor: ya\n")
    old(inbox / "a.txt")
    look = watched(store, settings, inbox).look()
    (problem,) = look.problems
    assert problem.startswith("a.txt: turno 1: son 89999 letras seguidas de una sola voz")
    assert len(look.quarantined) == 1


@pytest.mark.parametrize(
    ("told", "zone", "hour"),
    [
        ("2026-11-20T09:15:00", "America/Tijuana", "2026-11-20T17:15:00+00:00"),
        ("2026-11-20T09:15:00", "", "2026-11-20T15:15:00+00:00"),
        ("2026-11-20T09:15:00-05:00", "America/Tijuana", "2026-11-20T14:15:00+00:00"),
    ],
)
def test_an_hour_in_the_json_of_a_call_is_by_the_clock_of_its_source_else_of_the_capital(
    store: Store, settings: Settings, inbox: Path, told: str, zone: str, hour: str
) -> None:
    settings = settings.model_copy(update={"sources": {"pbx": Source(timezone=zone, country="MX")}})
    turns = [{"speaker": "agent", "text": "Buenos días."}, {"speaker": "debtor", "text": "Dígame."}]
    call = {"id": "una", "call_started_at": told, "turns": turns}
    old(_written(inbox / "una.json", json.dumps(call).encode()))
    watched(store, settings, inbox, source="pbx").look()
    at = began(store.recording("una"))
    assert at is not None
    assert at.astimezone(UTC).isoformat() == hour


@pytest.mark.parametrize(
    ("told", "source", "country", "site", "day"),
    [
        ("2026-12-01T03:00:00Z", "", "MX", "", "2026-11-30 21:00"),  # the capital's
        ("2026-12-01T05:30:00+00:00", "America/Bogota", "MX", "", "2026-12-01 00:30"),
        ("2026-12-01T05:30:00Z", "UTC", "MX", "", "2026-11-30 23:30"),  # names no place
        ("2026-12-01T05:30:00", "UTC", "MX", "", "2026-11-30 23:30"),
        ("2026-12-01T07:00:00Z", "", "MX", "America/Tijuana", "2026-11-30 23:00"),
        ("2026-11-30T23:50:00-08:00", "", "MX", "", "2026-11-30 23:50"),  # a clock of its own
        ("2026-12-01T03:00:00Z", "", "", "", "2026-12-01 03:00"),  # nobody knows where
    ],
)
def test_an_hour_told_in_utc_is_of_the_day_where_the_call_was_made(
    store: Store, settings: Settings, inbox: Path, told: str, source: str, country: str, site: str, day: str
) -> None:
    if site:
        person(store, "ag1", "agent", team=new_team(store, "Norte", "MX"))
        with store.writing() as connection:
            connection.execute(update(sites).values(timezone=site))
    settings = settings.model_copy(update={"sources": {"pbx": Source(timezone=source, country=country)}})
    turns = [{"speaker": "agent", "text": "Buenos días."}, {"speaker": "debtor", "text": "Dígame."}]
    call = {"id": "una", "agent_login": "ag1", "call_started_at": told, "turns": turns}
    old(_written(inbox / "una.json", json.dumps(call).encode()))
    watched(store, settings, inbox, source="pbx").look()
    with store.reading() as connection:
        row = connection.execute(select(recordings)).one()
    assert (row.call_date.isoformat(), row.started_local) == (day[:10], datetime.fromisoformat(day))
    assert store.recording("una").call_date == row.call_date


def test_a_recording_and_a_late_table_that_tell_hours_in_utc_are_of_the_day_where_the_call_was_made(
    store: Store, settings: Settings, inbox: Path
) -> None:
    settings = settings.model_copy(update={"country": "MX"})
    old(call(inbox, "a.wav"))
    old(_written(inbox / "a.json", b'{"call_started_at": "2026-12-01T03:00:00Z"}'))
    watched(store, settings, inbox).look()
    assert store.recording("a").call_date == date(2026, 11, 30)

    old(call(inbox, "b.wav", 1))
    watched(store, settings, inbox).look()
    lines = b"id,fecha,zona_horaria\nb,2026-11-24T06:30:00Z,\n"
    old(_written(inbox / "t.csv", lines))
    watched(store, settings, inbox).look()
    assert store.recording("b").call_date == date(2026, 11, 24)

    old(_written(inbox / "u.csv", lines.replace(b"Z,", b"Z,America/Tijuana").replace(b"06", b"07")))
    watched(store, settings, inbox).look()
    assert store.recording("b").call_date == date(2026, 11, 23)
