"""The player's files: an outline that agrees with the sound, a copy that browsers play, both made once."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest

from coach import peaks
from coach.store import Store
from coach.types import CoachError
from transcripts.playback import plays_in_browsers
from transcripts.probe import probe
from transcripts.types import Recording

RATE = 8000


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Three seconds: the agent is loud in the first, the debtor half as loud in the third."""
    seconds = np.arange(3 * RATE) / RATE
    sound = np.sin(2 * np.pi * 440 * seconds)
    agent = np.where(seconds < 1, 0.8 * sound, 0)
    debtor = np.where(seconds >= 2, 0.4 * sound, 0)
    file = tmp_path / "tone.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.stack([agent, debtor], axis=1) * 32767).astype("<i2").tobytes())
    return file


def test_the_outline_shows_who_is_loud_and_when(store: Store, tone: Path) -> None:
    store.add_recording(Recording("a", audio=tone))
    outline = json.loads(peaks.waveform(store, "a").read_text())
    agent, debtor = outline["channels"]
    assert outline["duration_s"] == pytest.approx(3.0, abs=0.05)
    assert len(agent) == len(debtor) <= 2000
    third = len(agent) // 3
    assert np.median(agent[:third]) == pytest.approx(0.8, abs=0.05)
    assert max(agent[third + 20 :]) < 0.02
    assert np.median(debtor[-third:]) == pytest.approx(0.4, abs=0.05)


def test_an_outline_is_made_once(store: Store, tone: Path) -> None:
    store.add_recording(Recording("a", audio=tone))
    first = peaks.waveform(store, "a")
    made = first.stat().st_mtime_ns
    assert peaks.waveform(store, "a").stat().st_mtime_ns == made


def test_a_playable_recording_is_played_as_it_is(store: Store, tone: Path) -> None:
    store.add_recording(Recording("a", audio=tone))
    assert peaks.playable(store, "a") == tone.resolve()


def test_another_gets_a_copy_with_both_channels_at_the_same_seconds(
    store: Store, tmp_path: Path, tone: Path
) -> None:
    alaw = tmp_path / "alaw.wav"
    encode(tone, alaw, "pcm_alaw")
    assert not plays_in_browsers(alaw)
    store.add_recording(Recording("a", audio=alaw))
    copy = peaks.playable(store, "a")
    found = probe(copy)
    assert (found.codec, found.channels) == ("mp3float", 2)
    assert plays_in_browsers(copy)
    store.add_recording(Recording("b", audio=copy))
    first, second = (json.loads(peaks.waveform(store, name).read_text()) for name in ("a", "b"))
    assert second["duration_s"] == pytest.approx(first["duration_s"], abs=0.05)
    assert np.corrcoef(first["channels"][1][:1990], second["channels"][1][:1990])[0, 1] > 0.98


def test_a_call_without_audio_says_so(store: Store) -> None:
    store.add_recording(Recording("a"))
    with pytest.raises(CoachError, match="se importó sin audio"):
        peaks.waveform(store, "a")


def test_audio_that_is_gone_says_where_it_was(store: Store, tone: Path) -> None:
    store.add_recording(Recording("a", audio=tone))
    tone.unlink()
    with pytest.raises(CoachError, match=r"ya no está su audio, .*tone\.wav"):
        peaks.playable(store, "a")


def encode(source: Path, target: Path, codec: str) -> None:
    """The same sound in another codec."""
    import av

    with av.open(source) as container, av.open(target, "w") as out:
        stream = out.add_stream(codec, rate=RATE, layout="stereo")
        for frame in container.decode(audio=0):
            frame.pts = None
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
