"""Where somebody speaks: the silero detector that comes with faster-whisper."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FRAME = 512  # samples at 16 kHz: 32 ms, the detector's own step


def speech_probability(wave: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How likely somebody speaks, 0..1, for each whole or begun frame of a 16 kHz wave."""
    if len(wave) == 0:
        return np.zeros(0, np.float32)
    return np.asarray(_detector()(np.pad(wave, (0, -len(wave) % FRAME))), np.float32).reshape(-1)


def _detector() -> Any:
    from faster_whisper.vad import get_vad_model

    return get_vad_model()  # loaded once per process by faster-whisper itself
