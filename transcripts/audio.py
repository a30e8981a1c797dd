"""Sound of a recording as 16 kHz samples, one row per channel, in flat memory however long it lasts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import av
import numpy as np
import numpy.typing as npt

from transcripts.options import Limits
from transcripts.probe import Probe, opened, too_long
from transcripts.types import TranscriptError

RATE = 16000
Samples = npt.NDArray[np.int16]
Wave = npt.NDArray[np.float32]

# a silence that the recorder did not write (Opus and WebM leave it out) is put back, up to this long
_LONGEST_GAP_S = 600.0
_SMALLEST_GAP_S = 0.06
# containers that only estimate their duration from the bit rate
_ESTIMATED = ("mp3", "aac", "amr", "gsm", "g722", "g729")


class Cancelled(Exception):
    """The person asked to stop; what was finished stays in the partial file."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Decoded sound: int16 at 16 kHz in a temporary file, read stretch by stretch as it is needed."""

    probe: Probe
    count: int  # samples per channel
    damaged: bool  # the file stops short of what it says to hold, or parts could not be decoded
    store: IO[bytes]
    cut_short: bool = False  # damaged at its end: all before it is there

    @property
    def channels(self) -> int:
        return self.probe.channels

    @property
    def duration_s(self) -> float:
        return self.count / RATE

    def samples(self, start: int, end: int) -> Samples:
        """Samples `start..end` of all channels, shape (count, channels); what lies outside is left out."""
        start, end = max(0, start), min(end, self.count)
        width = 2 * self.channels
        data = os.pread(self.store.fileno(), max(0, end - start) * width, start * width)
        return np.frombuffer(data, np.int16).reshape(-1, self.channels)

    def wave(self, channel: int, start: int, end: int) -> Wave:
        """Samples `start..end` of one channel as float32 in -1..1."""
        return self.samples(start, end)[:, channel].astype(np.float32) / np.float32(32768)


@contextmanager
def decoded(
    path: Path, probe: Probe, limits: Limits, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Audio]:
    """The sound of `path` while the block runs; its space on disk is given back after it.

    Raises TranscriptError when nothing decodes or the sound is too short or too long; Cancelled.
    """
    with tempfile.TemporaryFile(buffering=1 << 20) as store:
        skipped = _decode(path, probe, limits, store, cancelled)
        count = store.tell() // (2 * probe.channels)
        duration_s = count / RATE
        if not count or duration_s < limits.min_duration_s:
            raise TranscriptError(
                f"{path.name}: dura solo {duration_s:.1f} segundos. Revise que la exportación acabó."
            )
        store.flush()
        broken, short = probe.ending == "broken", _disagree(probe, duration_s)
        # what breaks off leaves one packet that cannot be decoded, a hole may leave more
        at_end = skipped <= 1 and (broken or (short and probe.container not in _ESTIMATED))
        yield Audio(probe, count, bool(skipped) or broken or short, store, at_end)


def _decode(path: Path, probe: Probe, limits: Limits, store: IO[bytes], cancelled: Callable[[], bool]) -> int:
    """Write the sound into `store` as interleaved int16; return how many packets could not be decoded."""
    resampler = _Resampler("mono" if probe.channels == 1 else "stereo")
    most = round(limits.max_duration_s * RATE) * 2 * probe.channels
    skipped, heard_s, start_s = 0, 0.0, None
    with opened(path) as (container, stream):
        for index, packet in enumerate(_packets(container, stream)):
            if index % 256 == 0 and cancelled():
                raise Cancelled
            try:
                frames = None if packet is None else packet.decode()
            except av.error.FFmpegError:
                frames = None
            if frames is None:
                skipped += 1
                continue
            for frame in frames:
                start_s = frame.time if start_s is None else start_s
                gap_s = _gap_s(frame, heard_s + (start_s or 0.0))
                if gap_s:
                    store.write(bytes(round(gap_s * RATE) * 2 * probe.channels))
                heard_s += gap_s + frame.samples / frame.sample_rate
                frame.pts = None  # the resampler must not drop or stretch by time stamps
                _write(resampler.resample(frame), store)
            if store.tell() > most:
                raise TranscriptError(too_long(path, limits))
        _write(resampler.resample(None), store)
    return skipped


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets as far as the file can be followed; None in the place of what comes after."""
    try:
        yield from container.demux(stream)
    except av.error.FFmpegError:
        yield None


class _Resampler:
    """Frames of any shape as 16 kHz int16. A damaged or joined file may change its shape half-way."""

    def __init__(self, layout: str) -> None:
        self._layout = layout
        self._shape: object = None
        self._inner = self._new()

    def resample(self, frame: Any | None) -> list[Any]:
        """The frames that are ready; None gives what is left."""
        shape = self._shape if frame is None else (frame.format.name, frame.layout.name, frame.sample_rate)
        left = []
        if self._shape not in (None, shape):
            left, self._inner = self._inner.resample(None), self._new()
        self._shape = shape
        return [*left, *self._inner.resample(frame)]

    def _new(self) -> Any:
        return av.AudioResampler(format="s16", layout=self._layout, rate=RATE)


def _write(frames: list[Any], store: IO[bytes]) -> None:
    for frame in frames:
        store.write(frame.to_ndarray().tobytes())


def _gap_s(frame: Any, expected_s: float) -> float:
    """Seconds of sound missing before `frame` by its time stamp; 0 where it follows on."""
    if frame.time is None:
        return 0.0
    gap_s = float(frame.time - expected_s)
    return gap_s if _SMALLEST_GAP_S < gap_s < _LONGEST_GAP_S else 0.0


def _disagree(probe: Probe, duration_s: float) -> bool:
    if probe.header_s is None:
        return False
    missing_s = probe.header_s - duration_s
    if probe.container in _ESTIMATED:
        return missing_s > max(1.0, 0.1 * probe.header_s)
    return missing_s > max(0.5, 0.02 * probe.header_s)
