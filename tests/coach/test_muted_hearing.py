"""What who need not know the debtor hears of a call: a copy that is silent where the text is covered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coach import wiping
from coach.clip_cut import silenced
from coach.corrections import TurnEdit, corrected
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import Role
from nlp.redact import redactions
from tests.coach.people import somebody, token
from tests.coach.test_clips import CALL, call, loudness
from tests.dialogue import dialogue
from tests.views import seed
from tests.views.test_server import bare
from transcripts.types import Recording, Transcript, Turn, Word

SOUND = f"/api/audio/{CALL}"


@pytest.fixture
def heard(store: Store, tmp_path: Path) -> Call:
    sound = tmp_path / "voz.wav"
    seed.tone(sound, 30.0)
    one = call(audio=sound)
    one = replace(
        one,
        transcript=replace(one.transcript, recording=replace(one.transcript.recording, portfolio="Norte")),
    )
    store.add_recording(one.transcript.recording)
    store.save(one)
    return one


def browser(store: Store, settings: Settings, role: Role) -> TestClient:
    somebody(store, role, portfolios=("Norte",) if role == "auditor" else ())
    cookies = {"temple": token(store, role)}
    return TestClient(bare(settings, store), base_url="http://localhost", cookies=cookies)


@pytest.mark.parametrize("role", ["trainer", "auditor"])
def test_names_and_numbers_are_silent_and_the_rest_sounds(
    store: Store, settings: Settings, heard: Call, tmp_path: Path, role: Role
) -> None:
    answer = browser(store, settings, role).get(SOUND)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mpeg")
    got = tmp_path / "oido.mp3"
    got.write_bytes(answer.content)
    for start, end in ((0.2, 7.8), (20.2, 23.8)):  # name and telephone, and what was not understood
        assert loudness(got, start, end) < 5
    for start, end in ((8.5, 19.5), (24.5, 29.5)):
        assert loudness(got, start, end) > 500


def test_who_may_know_the_debtor_hears_it_as_it_was(store: Store, settings: Settings, heard: Call) -> None:
    recording = heard.transcript.recording
    assert recording.audio is not None
    assert browser(store, settings, "analyst").get(SOUND).content == recording.audio.read_bytes()


def test_the_copy_is_made_once_and_gives_ranges(store: Store, settings: Settings, heard: Call) -> None:
    client = browser(store, settings, "trainer")
    whole = client.get(SOUND).content
    (made,) = (store.data_dir / "playback").iterdir()
    when = made.stat().st_mtime_ns
    part = client.get(SOUND, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert client.get(SOUND, headers={"range": f"bytes={len(whole)}-"}).status_code == 416
    assert made.stat().st_mtime_ns == when
    assert client.get(f"/api/peaks/{CALL}").status_code == 200


def test_a_correction_is_silent_from_then_on(
    store: Store, settings: Settings, heard: Call, tmp_path: Path
) -> None:
    client = browser(store, settings, "trainer")
    client.get(SOUND)
    turns = list(heard.transcript.turns)
    turns[4] = replace(turns[4], text="Siento lo de su trabajo, señora Bustos.")
    store.save(replace(heard, transcript=replace(heard.transcript, turns=tuple(turns))))
    got = tmp_path / "oido.mp3"
    got.write_bytes(client.get(SOUND).content)
    assert loudness(got, 16.2, 19.8) < 5
    assert len(list((store.data_dir / "playback").iterdir())) == 1  # the copy from before is gone


def test_without_times_nothing_is_heard_and_it_is_said_why(
    store: Store, settings: Settings, heard: Call
) -> None:
    untimed = tuple(replace(turn, start_s=None, end_s=None, words=()) for turn in heard.transcript.turns)
    store.save(replace(heard, transcript=replace(heard.transcript, turns=untimed)))
    answer = browser(store, settings, "trainer").get(SOUND)
    assert answer.status_code == 404
    assert "no tienen tiempos" in answer.json()["error"]
    assert browser(store, settings, "analyst").get(SOUND).status_code == 200


def test_a_recording_that_was_not_heard_yet_stays_silent(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    seed.tone(tmp_path / "nueva.wav", 25.0)
    said = dialogue("A: Buenas.", id=CALL, audio=tmp_path / "nueva.wav")
    store.add_recording(said.recording)
    assert browser(store, settings, "trainer").get(SOUND).status_code == 404


def test_the_copy_goes_with_the_sound(store: Store, settings: Settings, heard: Call) -> None:
    browser(store, settings, "trainer").get(SOUND)
    (made,) = (store.data_dir / "playback").iterdir()
    assert made in wiping.sound_files(store, heard.transcript.recording)


def test_a_number_whose_words_have_no_times_silences_its_whole_turn() -> None:
    text = "Sí, es 4111 1111 1111 1111, vence este año."
    heard = ("Sí,", "es", "vence", "este", "año.")
    timed = tuple(Word(4.0 + i, 4.4 + i, word, 1.0) for i, word in enumerate(heard))
    call = Transcript(Recording("x", country="MX"), (Turn("debtor", text, 4.0, 20.0, words=timed),))
    spans = redactions(call)
    assert [(one.kind, one.exact) for one in spans] == [("card", False)]
    assert silenced(call, spans) == ((4.0, 20.0),)


def test_a_name_that_a_person_writes_is_silent_wherever_it_was_said() -> None:
    drawn_out = (("soy", 0.0, 0.4), ("de", 0.4, 2.6), ("la", 2.6, 2.8), ("colonia", 2.8, 3.4))
    one = Turn("debtor", "soy de la colonia", 0.0, 5.0, tuple(Word(a, b, w, 0.9) for w, a, b in drawn_out))
    two = Turn("debtor", "le habla", 6.0, 9.0, (Word(6.0, 6.2, "le", 0.9), Word(6.2, 6.6, "habla", 0.9)))
    call = Transcript(Recording("x", debtor_name="Luis Pérez", country="MX"), (one, two))
    edits = (
        TurnEdit(0, one.text, "soy Guadalupe de la colonia"),
        TurnEdit(1, two.text, "le habla Guadalupe Ramírez"),
    )
    heard = corrected(call, edits)
    spans = redactions(heard)
    assert [one.exact for one in spans] == [False, True]
    assert silenced(heard, spans) == ((0.0, 5.0), (6.45, 9.15))
