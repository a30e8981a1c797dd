"""The optional diarizer: what it lacks is said plainly; its voices come back in order."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from transcripts.engines.sherpa import diarize
from transcripts.speakers import Span
from transcripts.types import TranscriptError

WAVE = np.zeros(16000, np.float32)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    segmentation, embedding = tmp_path / "segmentation.onnx", tmp_path / "embedding.onnx"
    segmentation.write_bytes(b"x")
    embedding.write_bytes(b"x")
    return segmentation, embedding


def test_missing_model_files_are_named(tmp_path: Path, files: tuple[Path, Path]) -> None:
    with pytest.raises(TranscriptError, match="segmentación: sin indicar"):
        diarize(WAVE, None, files[1])
    with pytest.raises(TranscriptError, match=r"huella de voz: .*nada\.onnx"):
        diarize(WAVE, files[0], tmp_path / "nada.onnx")


def test_missing_package_says_how_to_install_it(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)

    with pytest.raises(TranscriptError, match=r"-e '\.\[diarize\]'"):
        diarize(WAVE, *files)


def _sherpa(valid: bool) -> ModuleType:
    """The part of sherpa-onnx that we call."""
    found = [SimpleNamespace(start=0.0, end=1.5, speaker=1), SimpleNamespace(start=1.5, end=4.0, speaker=0)]

    def config(**given: Any) -> SimpleNamespace:
        return SimpleNamespace(**given, validate=lambda: valid)

    module: Any = ModuleType("sherpa_onnx")
    module.OfflineSpeakerDiarizationConfig = config
    module.OfflineSpeakerSegmentationModelConfig = config
    module.OfflineSpeakerSegmentationPyannoteModelConfig = config
    module.SpeakerEmbeddingExtractorConfig = config
    module.FastClusteringConfig = config
    result = SimpleNamespace(sort_by_start_time=lambda: found)
    module.OfflineSpeakerDiarization = lambda settings: SimpleNamespace(process=lambda wave: result)
    return module  # type: ignore[no-any-return]


def test_voices_come_back_without_names(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", _sherpa(valid=True))

    assert diarize(WAVE, *files) == (Span(0.0, 1.5, "voice-1"), Span(1.5, 4.0, "voice-0"))


def test_models_that_do_not_fit_are_refused(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", _sherpa(valid=False))

    with pytest.raises(TranscriptError, match="no acepta los modelos"):
        diarize(WAVE, *files)
