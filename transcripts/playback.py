"""What a player needs of a recording: the outline of its waveform, a copy that any browser can play, and a
stretch with parts of it silent.

All are made from the same decoded sound as the transcript: their times agree with those of the turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from transcripts.audio import RATE, Audio, Samples, decoded
from transcripts.options import Limits
from transcripts.probe import probe

POINTS = 2000
_STEP = 10 * RATE  # samples handled at once: memory does not grow with the length
_BIT_RATE = 48_000
_MP3 = ("mp3", "libmp3lame")  # container and codec
_TONE = 3000  # of 32768: heard, not shrill
_LOSSLESS = {".wav": ("wav", "pcm_s16le"), ".flac": ("flac", "flac")}  # container and codec by ending
# what browsers play as it is, by container (first name) and codec
_PLAYABLE = {
    "mp3": {"mp3", "mp3float"},
    "ogg": {"opus", "libopus"},
    "flac": {"flac"},
    "wav": {"pcm_s16le", "pcm_u8"},
}


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample, 0..1, of each of up to POINTS equal stretches, for every channel."""

    duration_s: float
    channels: tuple[tuple[float, ...], ...]


def peaks(path: Path, limits: Limits | None = None, points: int = POINTS) -> Peaks:
    """The outline of the waveform. Raises TranscriptError where the file is no usable audio."""
    limits = limits or Limits()
    with decoded(path, probe(path, limits), limits) as audio:
        return outline(audio, points)


def outline(audio: Audio, points: int = POINTS) -> Peaks:
    """The peaks of decoded sound."""
    block = max(1, -(-audio.count // points))
    step = max(1, _STEP // block) * block
    parts = []
    for start in range(0, audio.count, step):
        loud = np.abs(audio.samples(start, start + step).astype(np.int32))
        loud = np.pad(loud, ((0, -len(loud) % block), (0, 0)))
        parts.append(loud.reshape(-1, block, audio.channels).max(axis=1))
    values = np.concatenate(parts).T / 32768
    return Peaks(round(audio.duration_s, 3), tuple(tuple(round(float(v), 3) for v in row) for row in values))


def plays_in_browsers(path: Path, limits: Limits | None = None) -> bool:
    """Whether every current browser plays the file as it is."""
    found = probe(path, limits)
    return found.codec in _PLAYABLE.get(found.container.split(",")[0], set())


def browser_copy(
    path: Path, target: Path, limits: Limits | None = None, muted: Sequence[tuple[float, float]] = ()
) -> None:
    """Write an MP3 of the recording, channels kept apart, to `target`; `muted` stretches, in seconds, are
    silent before anything is encoded.
    """
    limits = limits or Limits()
    with decoded(path, probe(path, limits), limits) as audio:
        _mp3(audio, target, 0, audio.count, _places(muted))


def joined(paths: Sequence[Path], target: Path, limits: Limits | None = None) -> None:
    """Write an MP3 of the recordings one after the other to `target`; where one has two channels all have."""
    limits = limits or Limits()
    found = [probe(path, limits) for path in paths]
    channels = max(one.channels for one in found)
    with av.open(target, "w", format="mp3") as out:
        encode = _encoder(out, channels, _MP3[1])
        for path, one in zip(paths, found, strict=True):
            with decoded(path, one, limits) as audio:
                for start in range(0, audio.count, _STEP):
                    samples = audio.samples(start, start + _STEP)
                    encode(np.repeat(samples, channels // audio.channels, axis=1))
        encode(None)


def muted_clip(
    path: Path,
    target: Path,
    start_s: float,
    end_s: float,
    muted: Sequence[tuple[float, float]],
    limits: Limits | None = None,
) -> None:
    """Write an MP3 of the stretch to `target`; `muted` stretches, in seconds of the recording, are silent on
    every channel before anything is encoded.
    """
    limits = limits or Limits()
    with decoded(path, probe(path, limits), limits) as audio:
        first, last = round(start_s * RATE), min(round(end_s * RATE), audio.count)
        _mp3(audio, target, first, last, _places(muted))


def muted_copy(
    path: Path,
    target: Path,
    muted: Sequence[tuple[float, float]],
    *,
    beep: bool = False,
    limits: Limits | None = None,
) -> None:
    """Write the whole recording to `target`, a .wav or .flac, with the `muted` stretches (in seconds) silent
    or, with `beep`, a tone on every channel. Channels and times stay.
    """
    limits = limits or Limits()
    with decoded(path, probe(path, limits), limits) as audio:
        codec = _LOSSLESS[target.suffix.lower()]
        _encode(audio, target, 0, audio.count, _places(muted), codec, tone=_TONE if beep else 0)


def _places(muted: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Seconds as samples, never less than what was meant."""
    return [(int(a * RATE), -int(-b * RATE // 1)) for a, b in muted]


def _mp3(audio: Audio, target: Path, first: int, last: int, silent: Sequence[tuple[int, int]]) -> None:
    """Samples `first..last` with those of `silent` at zero."""
    _encode(audio, target, first, last, silent, _MP3)


def _encode(
    audio: Audio,
    target: Path,
    first: int,
    last: int,
    silent: Sequence[tuple[int, int]],
    codec: tuple[str, str],
    *,
    tone: int = 0,
) -> None:
    """Samples `first..last` in a container and codec; those of `silent` are a tone so high, or zero."""
    with av.open(target, "w", format=codec[0]) as out:
        encode = _encoder(out, audio.channels, codec[1])
        for start in range(first, last, _STEP):
            samples = np.array(audio.samples(start, min(start + _STEP, last)))
            for a, b in silent:
                begin, end = max(0, a - start), min(len(samples), max(0, b - start))
                samples[begin:end] = _sound(start + begin, start + end, tone)[:, None]
            encode(samples)
        encode(None)


def _encoder(out: Any, channels: int, name: str) -> Callable[[Samples | None], None]:
    """Takes samples in their order, shape (count, channels), and None at the end."""
    layout = "mono" if channels == 1 else "stereo"
    options = {"joint_stereo": "0"} if name == _MP3[1] else {}
    stream: Any = out.add_stream(name, rate=RATE, layout=layout, options=options)
    if name == _MP3[1]:
        stream.bit_rate = _BIT_RATE
    else:
        stream.format = "s16"
    at = 0

    def encode(samples: Samples | None) -> None:
        nonlocal at
        frame = None
        if samples is not None:
            frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
            frame.sample_rate, frame.pts = RATE, at
            at += len(samples)
        out.mux(stream.encode(frame))

    return encode


def _sound(first: int, last: int, height: int) -> np.ndarray:
    """Samples `first..last` of a tone of 1 kHz; zeros where it has no height."""
    places = np.arange(first, max(first, last))
    return (height * np.sin(2 * np.pi * 1000 * places / RATE)).astype(np.int16)
