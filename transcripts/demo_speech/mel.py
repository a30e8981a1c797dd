"""Log-mel features with the same numbers as faster-whisper's extractor, in float32 and eight bits."""

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import fft

from transcripts.demo_speech.channel import MODEL_RATE
from transcripts.demo_speech.synth import Wave

BANDS, HOP, SPAN = 80, 160, 400
FRAMES_PER_SECOND = MODEL_RATE // HOP
# A window's values lie in LOWEST .. LOWEST + BREADTH; eight bits hold them with steps of 0.014.
LOWEST, BREADTH = -1.75, 3.5


@cache
def mel_filters() -> npt.NDArray[np.float32]:
    """The Slaney mel filter bank for 80 bands of a 400-point spectrum at 16 kHz, shape (80, 201)."""
    step_hz, corner_hz, log_step = 200.0 / 3, 1000.0, np.log(6.4) / 27.0
    corner = corner_hz / step_hz
    top = corner + np.log(MODEL_RATE / 2 / corner_hz) / log_step
    mels = np.linspace(0.0, top, BANDS + 2)
    edges = np.where(mels >= corner, corner_hz * np.exp(log_step * (mels - corner)), step_hz * mels)
    bins = np.linspace(0, MODEL_RATE / 2, SPAN // 2 + 1)
    ramps = edges[:, None] - bins[None]
    widths = np.diff(edges)
    rising = -ramps[:-2] / widths[:-1, None]
    falling = ramps[2:] / widths[1:, None]
    weights = np.maximum(0, np.minimum(rising, falling)) * (2.0 / (edges[2:] - edges[:-2]))[:, None]
    return np.asarray(weights, np.float32)


def log_mel(wave: Wave) -> npt.NDArray[np.float32]:
    """Features of a 16 kHz wave, shape (80, frames), 100 frames a second."""
    padded = np.pad(np.pad(wave, (0, HOP)), SPAN // 2, mode="reflect")
    count = 1 + (len(padded) - SPAN) // HOP
    stride = padded.strides[0]
    frames = np.lib.stride_tricks.as_strided(padded, (count, SPAN), (stride * HOP, stride))
    window = np.hanning(SPAN + 1)[:-1].astype(np.float32)
    power = np.abs(fft.rfft(frames * window, axis=1)[:-1]) ** 2
    logs = np.log10(np.clip(mel_filters() @ power.T, 1e-10, None))
    logs = np.maximum(logs, logs.max() - 8.0)
    return np.asarray((logs + 4.0) / 4.0, np.float32)


def to_bytes(features: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Eight bits a value."""
    return np.clip(np.round((features - LOWEST) / BREADTH * 255), 0, 255).astype(np.uint8)
