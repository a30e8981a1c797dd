"""Voices of a one-channel recording by sherpa-onnx, with the two model files that the operator supplies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transcripts.speakers import Span
from transcripts.types import TranscriptError


def diarize(
    wave: npt.NDArray[np.float32], segmentation: Path | None, embedding: Path | None, *, voices: int = 2
) -> tuple[Span, ...]:
    """Who speaks when in `wave` (16 kHz, mono), as unnamed voices ordered by start.

    Raises TranscriptError when sherpa-onnx or one of its two model files is missing, or they do not fit.
    """
    for role, file in (("segmentación", segmentation), ("huella de voz", embedding)):
        if file is None or not file.is_file():
            raise TranscriptError(
                f"Para separar voces en mono falta el archivo ONNX de {role}: {file or 'sin indicar'}. "
                "Indique ambos archivos en los ajustes (diarizer_segmentation, diarizer_embedding)."
            )
    diarizer = _diarizer(str(segmentation), str(embedding), voices)
    found = diarizer.process(wave).sort_by_start_time()
    return tuple(Span(float(each.start), float(each.end), f"voice-{each.speaker}") for each in found)


def _diarizer(segmentation: str, embedding: str, voices: int) -> Any:
    try:
        import sherpa_onnx as sherpa
    except ImportError as problem:
        raise TranscriptError(
            "Falta el paquete sherpa-onnx: en la carpeta de Temple, «.venv/bin/pip install -e '.[diarize]'»; "
            "o quite los archivos del separador de voces de los ajustes."
        ) from problem
    config = sherpa.OfflineSpeakerDiarizationConfig(
        segmentation=sherpa.OfflineSpeakerSegmentationModelConfig(
            pyannote=sherpa.OfflineSpeakerSegmentationPyannoteModelConfig(model=segmentation)
        ),
        embedding=sherpa.SpeakerEmbeddingExtractorConfig(model=embedding),
        clustering=sherpa.FastClusteringConfig(num_clusters=voices),
        min_duration_on=0.3,
        min_duration_off=0.5,
    )
    if not config.validate():
        raise TranscriptError(
            f"sherpa-onnx no acepta los modelos {segmentation} y {embedding}. Revise que sean de "
            "segmentación (pyannote) y de huella de voz, en formato ONNX."
        )
    return sherpa.OfflineSpeakerDiarization(config)
