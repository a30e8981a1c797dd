"""Recordings for tests: sound as arrays (count, channels) at 8 kHz in -1..1, written in any format."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from transcripts.audio import decoded
from transcripts.options import Limits
from transcripts.probe import probe

RATE = 8000
SAMPLES = Path(__file__).parents[1] / "examples" / "audio"
Sound = npt.NDArray[np.float64]


def sample(name: str, start_s: float = 0.0, end_s: float | None = None) -> Sound:
    """A stretch of a sample call, agent left, far side right."""
    path = SAMPLES / f"{name}.ogg"
    with decoded(path, probe(path), Limits()) as audio:
        end = audio.count if end_s is None else round(end_s * 16000)
        return audio.samples(round(start_s * 16000), end)[::2].astype(np.float64) / 32768


def silence(seconds: float, channels: int = 2) -> Sound:
    return np.zeros((round(seconds * RATE), channels))


def noise(seconds: float, level_db: float = -50.0, channels: int = 2) -> Sound:
    rng = np.random.default_rng(7)
    return rng.standard_normal((round(seconds * RATE), channels)) * 10 ** (level_db / 20)


def tone(seconds: float, hertz: float = 425.0, channels: int = 2) -> Sound:
    times = np.arange(round(seconds * RATE)) / RATE
    return np.repeat(0.1 * np.sin(2 * np.pi * hertz * times)[:, None], channels, axis=1)


def tune(seconds: float, channels: int = 2) -> Sound:
    """Plucked notes, three a second, each ringing into the next."""
    times = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros(len(times))
    for step in range(int(seconds * 3)):
        hertz = (262, 330, 392, 523, 392, 330)[step % 6]
        since = np.maximum(times - step / 3, 0)
        ring = np.exp(-since * 3) * (times >= step / 3)
        sound += 0.1 * ring * (np.sin(2 * np.pi * hertz * since) + 0.4 * np.sin(4 * np.pi * hertz * since))
    return np.repeat(sound[:, None], channels, axis=1)


def joined(*sounds: Sound) -> Sound:
    return np.concatenate(sounds)


def mixed(sound: Sound) -> Sound:
    """Both channels on one."""
    return sound.sum(axis=1, keepdims=True)


def later(channel: Sound, seconds: float) -> Sound:
    """The same channel `seconds` later, as long as before; earlier where negative."""
    return np.roll(channel, round(seconds * RATE))


def write(path: Path, sound: Sound, codec: str = "pcm_s16le", container: str = "wav", rate: int = RATE,
          bit_rate: int | None = None, options: dict[str, str] | None = None) -> Path:  # fmt: skip
    """Write `sound` to `path` with any encoder that PyAV has."""
    channels = sound.shape[1]
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w", format=container, options=options or {}) as out:
        stream = out.add_stream(codec, rate=rate, layout=layout)
        if bit_rate:
            stream.bit_rate = bit_rate
        pcm = np.clip(np.round(sound * 32767), -32768, 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(pcm), format="s16", layout=layout)
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.codec_context.format or "s16", layout=layout, rate=rate)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return path


def write_wav(path: Path, sound: Sound) -> Path:
    """Plain 16 bit WAV at 8 kHz."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(sound.shape[1])
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.clip(np.round(sound * 32767), -32768, 32767).astype("<i2").tobytes())
    return path
