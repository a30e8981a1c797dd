"""A transferred call: its recordings wait for each other and are judged as one, whoever spoke in each."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coach import (
    imports,
    jobs,
    late_facts,
    legs,
    person_erase,
    pipeline,
    queries,
    retention,
    versions,
    wiping,
    worker,
)
from coach.intake import accept
from coach.personal import FILES
from coach.rows import CallFilter
from coach.schema import recordings, transcripts
from coach.sections import Transfers
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from transcripts.playback import peaks
from transcripts.types import Engine, Part, Recording, Transcript, Turn

START = datetime(2025, 10, 8, 14, 30, tzinfo=UTC)
Arrive = Callable[..., str]


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hearing and judging without a model: every recording lasts two seconds and says its id."""
    log: list[str] = []

    def hear(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        log.append(recording.id)
        hooks["progress"](1.0)
        turns = (Turn("agent", f"Le saludo desde {recording.id}.", 0.0, 1.0), Turn("debtor", "Sí.", 1.0, 1.5))
        engine = Engine("faster-whisper", settings.speech.model)
        return Transcript(replace(recording, duration_s=2.0), turns, engine=engine)

    def judge(transcript: Transcript, settings: Settings | None = None) -> Call:
        call = judged(transcript.recording.id)
        return Call(transcript, call.findings, call.scorecard)

    monkeypatch.setattr(pipeline, "hear", hear)
    monkeypatch.setattr(pipeline, "judge", judge)
    return log


@pytest.fixture
def arrive(store: Store, tmp_path: Path) -> Arrive:
    """A recording of two seconds comes in as a leg of the call «9001»."""

    def one(name: str, *, minute: int = 0, channels: int = 2, **facts: Any) -> str:
        path = tmp_path / f"{name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((channels, 2, 8000, 0, "NONE", ""))
            file.writeframes(name.encode()[:1] * 2 * channels * 16000)
        began = START + timedelta(minutes=minute)
        told = Recording("", began, linked_id="9001", source="pbx")
        return accept(store, path, replace(told, **facts)).recording_id

    return one


def work(store: Store, settings: Settings, **options: Any) -> list[str]:
    """Join what may be joined, do what waits; gives the ids of the calls that were joined."""
    joined = legs.settle(store, settings, **options)
    worker.drain(store, settings)
    return [one.recording_id for one in joined]


def later(minutes: float) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


def said(store: Store, call_id: str) -> list[str]:
    return [turn.text for turn in store.call(call_id).transcript.turns if turn.speaker == "agent"]


def test_two_legs_are_one_call(store: Store, settings: Settings, arrive: Arrive, heard: list[str]) -> None:
    arrive("b", leg=2, legs=2, agent="Luis Paz", agent_login="lpaz")
    assert work(store, settings) == []
    arrive("a", leg=1, legs=2, agent="Ana Ruiz", agent_login="aruiz", debtor_name="Rosa Quispe")
    assert work(store, settings) == ["9001"]
    call = store.call("9001")
    assert said(store, "9001") == ["Le saludo desde a.", "Le saludo desde b."]
    assert [turn.start_s for turn in call.transcript.turns] == [0.0, 1.0, 2.0, 3.0]
    assert call.transcript.parts == (
        Part("a", 1, 0, 0.0, "Ana Ruiz", "aruiz"), Part("b", 2, 2, 2.0, "Luis Paz", "lpaz"),
    )  # fmt: skip
    recording = call.transcript.recording
    assert (recording.debtor_name, recording.duration_s, recording.agent_login) == ("Rosa Quispe", 4.0, None)
    assert not call.transcript.trust.notices
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter()).rows] == ["9001"]
    assert work(store, settings) == []
    assert heard == ["a", "b"]


def test_the_sound_is_one_too_with_both_channels(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("a", legs=2), arrive("b", minute=1, legs=2, channels=1)
    work(store, settings)
    audio = store.recording("9001").audio
    assert audio is not None
    assert audio.is_relative_to(store.data_dir)
    outline = peaks(audio)
    assert outline.duration_s == pytest.approx(4.0, abs=0.1)
    assert len(outline.channels) == 2


def test_without_numbers_the_earlier_comes_first(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("z", minute=0, legs=2), arrive("a", minute=3, legs=2)
    work(store, settings)
    assert said(store, "9001") == ["Le saludo desde z.", "Le saludo desde a."]


def test_a_missing_leg_is_waited_for_and_then_told(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("b", leg=2, legs=2)
    assert work(store, settings, now=later(29)) == []
    assert work(store, settings, now=later(31)) == ["9001"]
    trust = store.call("9001").transcript.trust
    assert [notice.code for notice in trust.notices] == ["leg_missing"]
    assert "Falta el tramo 1" in trust.notices[0].text


def test_a_late_leg_makes_a_new_version_and_keeps_the_old(
    store: Store, settings: Settings, arrive: Arrive, heard: list[str]
) -> None:
    arrive("b", leg=2, legs=2, agent_login="lpaz")
    work(store, settings, now=later(31))
    arrive("a", leg=1, legs=2, agent_login="aruiz")
    assert work(store, settings) == ["9001"]
    assert said(store, "9001") == ["Le saludo desde a.", "Le saludo desde b."]
    assert store.recording("9001").agent_login is None
    assert heard == ["b", "a"]  # what was heard before is not heard again
    with store.reading() as connection:
        kept = select(transcripts.c.current).where(transcripts.c.recording_id == "9001")
        assert list(connection.execute(kept.order_by(transcripts.c.id)).scalars()) == [False, True]
        assert versions.current(connection, transcripts, "9001") is not None


def test_a_leg_that_comes_while_its_call_is_heard_has_its_turn_afterwards(
    store: Store, settings: Settings, arrive: Arrive
) -> None:
    arrive("a", leg=1)
    (joined,) = legs.settle(store, settings, now=later(31))
    taken = jobs.take(store, "otro:1", joined.job)
    assert taken is not None
    arrive("b", leg=2)
    assert legs.settle(store, settings, now=later(31)) == []
    jobs.end(store, taken, "done")
    assert work(store, settings) == ["9001"]
    assert len(store.call("9001").transcript.parts) == 2


@pytest.mark.parametrize(("rule", "login"), [("nobody", None), ("first", "aruiz"), ("last", "lpaz")])
def test_whose_score_it_enters_is_a_rule_of_the_house(
    store: Store, settings: Settings, arrive: Arrive, rule: str, login: str | None
) -> None:
    ruled = settings.model_copy(update={"transfers": Transfers(scored_for=rule)})  # type: ignore[arg-type]
    arrive("a", leg=1, legs=2, agent_login="aruiz"), arrive("b", leg=2, legs=2, agent_login="lpaz")
    work(store, ruled)
    assert store.recording("9001").agent_login == login


def test_one_agent_in_all_legs_keeps_the_call(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("a", leg=1, legs=2, agent_login="aruiz"), arrive("b", leg=2, legs=2, agent_login="aruiz")
    work(store, settings)
    assert store.recording("9001").agent_login == "aruiz"


def test_the_id_that_is_a_legs_own_is_left_to_it(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("a", id="9001", legs=2), arrive("b", minute=1, legs=2)
    assert work(store, settings) == ["9001-completa"]
    assert said(store, "9001-completa") == ["Le saludo desde 9001.", "Le saludo desde b."]


def test_the_same_id_of_another_source_is_another_call(
    store: Store, settings: Settings, arrive: Arrive
) -> None:
    arrive("a", legs=1), arrive("b", legs=1, source="otra")
    assert sorted(work(store, settings)) == ["9001", "9001-completa"]


def test_a_call_judged_alone_becomes_a_leg_when_its_facts_say_so(
    store: Store, settings: Settings, arrive: Arrive
) -> None:
    arrive("a", linked_id=None, agent_login="aruiz")
    work(store, settings)
    store.update_recording(replace(store.recording("a"), linked_id="9001", leg=1))
    arrive("b", minute=1, leg=2)
    work(store, settings, now=later(31))
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter()).rows] == ["9001"]
    assert said(store, "9001") == ["Le saludo desde a.", "Le saludo desde b."]


def test_ready_transcripts_are_joined_too(store: Store, settings: Settings) -> None:
    for number in (2, 1):
        recording = Recording(f"t-{number}", START, linked_id="9001", leg=number, legs=2)
        turn = Turn("agent", f"Tramo {number}.", 0.0, 3.0)
        imports.keep(store, settings, Transcript(recording, (turn,)), pipeline.judge)  # type: ignore[arg-type]
    assert work(store, settings) == ["9001"]
    assert said(store, "9001") == ["Tramo 1.", "Tramo 2."]
    assert store.call("9001").transcript.turns[1].start_s == 3.0


def test_late_facts_of_a_leg_judge_its_call_again(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("a", leg=1, legs=1)
    work(store, settings)
    store.update_recording(replace(store.recording("a"), agent="Ana Ruiz"))
    late_facts.judge_again(store, settings, ["a"], pipeline.judge)  # type: ignore[arg-type]
    assert worker.drain(store, settings) == 1
    assert store.call("9001").transcript.parts[0].agent == "Ana Ruiz"


def test_forgetting_the_call_takes_its_legs(store: Store, settings: Settings, arrive: Arrive) -> None:
    arrive("a", legs=2), arrive("b", minute=1, legs=2)
    work(store, settings)
    store.forget("9001")
    with store.reading() as connection:
        assert connection.execute(select(recordings.c.id)).all() == []
    assert legs.settle(store, settings, now=later(31)) == []


def test_what_is_erased_of_the_call_is_erased_of_its_legs(
    store: Store, settings: Settings, arrive: Arrive
) -> None:
    arrive("a", legs=2), arrive("b", minute=1, legs=2)
    work(store, settings)
    files = wiping.sound_files(store, store.recording("9001"))
    assert {path.stem for path in files} >= {"a", "b"}
    with store.writing() as connection:
        wiping.wipe_words(connection, "9001", "person", START)
        wiping.wipe_audio(connection, "9001", "person", START)
    for one in ("9001", "a", "b"):
        kept = store.transcript(one)
        assert (store.recording(one).audio, kept.turns if kept else None) == (None, ())
        assert store.wordless(one)


def test_a_late_leg_leaves_no_earlier_sound_behind(
    store: Store, settings: Settings, arrive: Arrive, tmp_path: Path
) -> None:
    """What browsers play and see of it goes too; the person's erasure leaves no sound at all."""
    arrive("a", leg=1, account="55-9"), arrive("b", leg=2)
    work(store, settings, now=later(31))
    first = store.recording("9001").audio
    made = {folder: set((store.data_dir / folder).iterdir()) for folder in ("joined", "peaks")}
    assert first is not None
    assert made["joined"] == {first}
    arrive("c", leg=3)
    assert work(store, settings) == ["9001"]
    second = store.recording("9001").audio
    assert second is not None
    assert set((store.data_dir / "joined").iterdir()) == {second} != {first}
    assert len(list((store.data_dir / "peaks").iterdir())) == 1
    assert not made["peaks"] & set((store.data_dir / "peaks").iterdir())
    assert {path.name for path in store.data_dir.iterdir() if path.is_dir()} <= {
        name.rstrip("/") for name in FILES
    }
    person_erase.erase(store, HOUSE, "55-9", tmp_path)
    assert list((store.data_dir / "joined").iterdir()) == []
    assert all((tmp_path / f"{leg}.wav").is_file() for leg in "abc")  # these are told: they lie elsewhere


def test_a_sound_that_an_interrupted_job_left_is_swept_once_it_is_old(
    store: Store, settings: Settings, arrive: Arrive
) -> None:
    arrive("a", legs=2), arrive("b", minute=1, legs=2)
    work(store, settings)
    used = store.recording("9001").audio
    assert used is not None
    young, old = used.with_name("joven.mp3"), used.with_name("viejo.parte")
    for path in (young, old):
        path.write_bytes(b"ID3")
    for path in (used, old):
        os.utime(path, (0, 0))
    retention.daily(store)
    assert set(used.parent.iterdir()) == {used, young}


def test_a_call_of_one_leg_keeps_the_legs_own_sound(
    store: Store, settings: Settings, arrive: Arrive, tmp_path: Path
) -> None:
    """When the second comes, the first one's file is no joined sound."""
    arrive("a", leg=1)
    work(store, settings, now=later(31))
    assert store.recording("9001").audio == tmp_path / "a.wav"
    arrive("b", leg=2)
    work(store, settings)
    assert (tmp_path / "a.wav").is_file()


def test_a_call_of_one_leg_follows_the_file_that_was_moved(
    store: Store, settings: Settings, arrive: Arrive, tmp_path: Path
) -> None:
    arrive("a", leg=1)
    work(store, settings, now=later(31))
    moved = (tmp_path / "a.wav").rename(tmp_path / "archivo.wav")
    accept(store, moved, Recording(""))
    assert {store.recording(each).audio for each in ("a", "9001")} == {moved}
