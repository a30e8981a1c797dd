"""Recordings of a moment: taken like any other, or refused in words, whatever they are made of."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.helpers_audio import Sound, noise, sample, silence, tone, tune, write_wav
from tests.transcripts.conftest import Hear
from tests.transcripts.fake_engine import FakeEngine, says
from transcripts.audio import decoded
from transcripts.background import without_music
from transcripts.channels import around, listen
from transcripts.echo import without_echo
from transcripts.options import Limits
from transcripts.playback import browser_copy, peaks
from transcripts.probe import probe
from transcripts.types import TranscriptError

CALL = "mx-01-promesa-quincena"
LENGTHS_S = (0.3, 0.5, 1.0, 1.5, 1.984, 2.0, 3.0)
NO_LEAST = Limits(min_duration_s=0.0)


def _voice(seconds: float, channels: int = 2) -> Sound:
    return _heard()[: round(seconds * 8000), :channels].copy()


@cache
def _heard() -> Sound:
    return sample(CALL, 1.0, 4.5)


def _one_empty(seconds: float) -> Sound:
    sound = _voice(seconds)
    sound[:, 1] = 0
    return sound


def _echoed(seconds: float) -> Sound:
    """The far side carries the agent's voice a moment later and lower."""
    agent = _voice(seconds)[:, :1]
    return np.concatenate([agent, 0.2 * np.roll(agent, 400)], axis=1)


KINDS: dict[str, Callable[[float], Sound]] = {
    "silence": silence,
    "noise": noise,
    "loud noise, mono": lambda seconds: noise(seconds, -16.0, 1),
    "tone": tone,
    "tune, mono": lambda seconds: tune(seconds, 1),
    "voice": _voice,
    "voice, mono": lambda seconds: _voice(seconds, 1),
    "one side empty": _one_empty,
    "echo": _echoed,
}


@pytest.mark.parametrize("seconds", LENGTHS_S)
@pytest.mark.parametrize("kind", list(KINDS))
def test_a_recording_of_a_moment_is_taken(tmp_path: Path, hear: Hear, kind: str, seconds: float) -> None:
    path = write_wav(tmp_path / "colgada.wav", KINDS[kind](seconds))

    transcript = hear(path, FakeEngine(says("Buenos días, le habla Ana Ruiz.")))

    assert transcript.recording.duration_s == pytest.approx(seconds, abs=0.04)
    assert not transcript.trust.damaged


@pytest.mark.parametrize("rate", [6000, 8000, 11025, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("width", [1, 2])
def test_whatever_its_rate_and_depth(tmp_path: Path, hear: Hear, rate: int, width: int) -> None:
    rng = np.random.default_rng(rate)
    for count in sorted({round(rate * seconds) for seconds in rng.uniform(0.31, 3.0, 5)}):
        path = _written(tmp_path / f"{count}.wav", rng.integers(0, 255, (count, 2), np.uint8), rate, width)

        assert hear(path).recording.duration_s == pytest.approx(count / rate, abs=0.05)


@pytest.mark.parametrize("count", [0, 1, 2, 100, 511, 512, 513, 1024])
def test_less_than_that_is_refused_in_words(tmp_path: Path, hear: Hear, count: int) -> None:
    path = _written(tmp_path / "nada.wav", np.full((count, 2), 3, np.uint8), 8000, 2)

    with pytest.raises(TranscriptError, match=r"nada\.wav: "):
        hear(path)


@pytest.mark.parametrize("frames", [*range(1, 14), 16, 30, 31, 32, 62, 63, 64, 70])
@pytest.mark.parametrize("kind", ["voice", "tone", "echo", "noise"])
def test_music_and_echo_are_sought_in_as_many_frames_as_there_are(
    tmp_path: Path, kind: str, frames: int
) -> None:
    path = write_wav(tmp_path / "colgada.wav", KINDS[kind](frames * 0.032))
    with decoded(path, probe(path), NO_LEAST) as audio:
        sides, _ = listen(audio)
        spoken = tuple(replace(side, speech=np.ones_like(side.speech)) for side in sides)
        cleaned, _ = without_music(audio, spoken)
        cleaned, _ = without_echo(audio, cleaned)

    assert all(len(side.speech) == len(side.level_db) for side in cleaned)


def test_not_one_sample_is_refused_whatever_is_allowed(tmp_path: Path) -> None:
    path = _written(tmp_path / "nada.wav", np.zeros((1, 2), np.uint8), 8000, 2)  # none is left at 16 kHz

    with pytest.raises(TranscriptError, match="dura solo"):
        peaks(path, NO_LEAST)


@pytest.mark.parametrize("count", [400, 800, 4000])
def test_a_moment_is_drawn_and_played(tmp_path: Path, count: int) -> None:
    path = _written(tmp_path / "colgada.wav", np.full((count, 2), 3, np.uint8), 8000, 2)

    assert len(peaks(path, NO_LEAST).channels) == 1
    browser_copy(path, tmp_path / "colgada.mp3", NO_LEAST)
    assert (tmp_path / "colgada.mp3").stat().st_size


@pytest.mark.parametrize("width", [1, 4, 5, 12, 63])
@pytest.mark.parametrize("count", [1, 3, 12, 40, 200])
def test_neighbours_stand_around_their_own_value(count: int, width: int) -> None:
    values = np.random.default_rng(3).random(count)
    far = np.concatenate([np.zeros(100), values, np.zeros(100)])

    assert around(values, np.ones(width)) == pytest.approx(
        np.convolve(far, np.ones(width), "same")[100 : 100 + count]
    )


def _written(path: Path, data: np.ndarray, rate: int, width: int) -> Path:
    """A WAV of one channel (`width` 2) or two (1) made of these bytes."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2 if width == 1 else data.shape[1] // 2)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(data.tobytes())
    return path
