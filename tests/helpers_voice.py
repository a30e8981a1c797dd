"""An agent's voice for tests, cut from a bundled sample call."""

from __future__ import annotations

import io
import wave
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 16000
SAMPLE = Path(__file__).parents[1] / "examples" / "audio" / "mx-01-promesa-quincena.ogg"


def said(start_s: float, end_s: float) -> bytes:
    """The agent's channel from one second to another, as a WAV file."""
    return wav(_agent()[round(start_s * RATE) : round(end_s * RATE)])


def wav(samples: Any) -> bytes:
    """Mono 16 kHz samples as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(np.asarray(samples, "<i2").tobytes())
    return out.getvalue()


@cache
def _agent() -> Any:
    resampler = av.AudioResampler("s16", "stereo", RATE)
    with av.open(str(SAMPLE)) as container:
        frames = [
            piece.to_ndarray().reshape(-1, 2)
            for frame in container.decode(audio=0)
            for piece in resampler.resample(frame)
        ]
    return np.concatenate(frames)[:, 0]
