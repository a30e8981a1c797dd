"""The engine around faster-whisper, with the demo model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers_audio import sample
from transcripts.engines import whisper
from transcripts.options import SpeechOptions
from transcripts.types import TranscriptError


def _wave(start_s: float, end_s: float) -> whisper.Wave:
    """The agent of a sample call at 16 kHz."""
    return np.repeat(sample("mx-01-promesa-quincena", start_s, end_s)[:, 0], 2).astype(np.float32)


def test_model_is_loaded_once_and_shared(speech: SpeechOptions) -> None:
    assert whisper.load(speech).model is whisper.load(replace(speech, beam_size=1)).model


def test_waves_of_a_batch_are_answered_in_order_with_times_of_their_own(speech: SpeechOptions) -> None:
    engine = whisper.load(speech)
    voice = _wave(0, 6)

    first, nothing, again = engine.transcribe([voice, np.zeros(32000, np.float32), voice])

    assert nothing is None
    assert first is not None
    assert again is not None
    assert first.text == again.text
    # before the first word is silence: where that ends is heard less surely than where words meet
    assert [word.end_s for word in first.words] == pytest.approx([w.end_s for w in again.words], abs=0.05)
    assert 0 <= first.start_s < first.end_s <= 6
    assert all(type(word.start_s) is float and 0 <= word.confidence <= 1 for word in first.words)


def test_second_way_hears_the_same_words(speech: SpeechOptions) -> None:
    engine = whisper.load(speech)
    (batched,) = engine.transcribe([_wave(0, 6)])

    slowly = engine.transcribe_slowly(_wave(0, 6))

    assert batched is not None
    said = {word.text.lower().strip(".,¿?¡!") for word in batched.words}
    also = {word.text.lower().strip(".,¿?¡!") for segment in slowly for word in segment.words}
    assert len(said & also) >= 0.6 * len(said)


def test_gpu_that_is_not_there_is_said(speech: SpeechOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)

    with pytest.raises(TranscriptError, match="No hay GPU con CUDA"):
        whisper.load(replace(speech, device="cuda"))


def test_arithmetic_that_the_machine_lacks_is_said(
    speech: SpeechOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ValueError("Requested float16 compute type, but the target device does not support it")

    monkeypatch.setattr("faster_whisper.WhisperModel", refuse)
    with pytest.raises(TranscriptError, match=r"no se puede cargar en cpu con bfloat16: .*Pruebe"):
        whisper.load(replace(speech, compute_type="bfloat16"))


def test_failure_while_hearing_says_what_to_try(
    speech: SpeechOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = whisper.load(speech)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("CUDA out of memory")

    monkeypatch.setattr(type(engine.model), "transcribe", fail)
    with pytest.raises(TranscriptError, match=r"CUDA out of memory\. Pruebe device = «cpu»"):
        engine.transcribe_slowly(_wave(0, 2))
