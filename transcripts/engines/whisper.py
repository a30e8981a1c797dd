"""Speech to text by faster-whisper: one model per process, shared by all who ask for the same one.

Nothing is ever downloaded: a model is a complete folder on disk (see `transcripts.options.model_folder`).
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from transcripts.options import SpeechOptions, model_folder, resolve
from transcripts.types import Segment, TranscriptError, Word

Wave = npt.NDArray[np.float32]
RATE = 16000

_loaded: dict[tuple[str, str, str, int], Any] = {}
_loading = Lock()


@dataclass(frozen=True, slots=True)
class Whisper:
    """A loaded model with the options it was asked for. `window_s`: the longest wave it takes at once."""

    options: SpeechOptions
    folder: Path
    model: Any
    version: str

    @property
    def window_s(self) -> int:
        return int(self.model.feature_extractor.chunk_length)

    def transcribe(self, waves: Sequence[Wave], hotwords: str | None = None) -> list[Segment | None]:
        """What is said in each wave (16 kHz, at most `window_s`); times from its start; None: nothing.

        All waves are decoded in one batch, each without any text before it.
        """
        from faster_whisper import BatchedInferencePipeline

        # slots of whole seconds: faster-whisper rounds a clip's offset down to hundredths
        slot = self.window_s * RATE
        joined = np.zeros(slot * len(waves), np.float32)
        clips = []
        for index, wave in enumerate(waves):
            joined[index * slot : index * slot + len(wave)] = wave[:slot]
            clips.append(
                {"start": index * self.window_s, "end": index * self.window_s + min(len(wave), slot) / RATE}
            )
        found = self._run(
            BatchedInferencePipeline(self.model).transcribe,
            joined,
            clip_timestamps=clips,
            batch_size=len(waves),
            hotwords=hotwords,
        )
        answers: list[Segment | None] = [None] * len(waves)
        for segment in found:
            index = min(int(segment.seek / (100 * self.window_s)), len(waves) - 1)
            answers[index] = _segment(segment, float(index * self.window_s), len(waves[index]) / RATE)
        return answers

    def transcribe_slowly(self, wave: Wave, hotwords: str | None = None) -> list[Segment]:
        """What is said in one wave of any length, window after window with the model's own time marks."""
        found = self._run(self.model.transcribe, wave, condition_on_previous_text=False, hotwords=hotwords)
        return [segment for each in found if (segment := _segment(each, 0.0, len(wave) / RATE))]

    def _run(self, method: Callable[..., Any], wave: Wave, **given: Any) -> list[Any]:
        """All segments of one call of faster-whisper, which works while they are asked for."""
        chosen = self.options
        try:
            found, _ = method(
                wave, language=chosen.language, beam_size=chosen.beam_size, temperature=0.0,
                word_timestamps=True, **given,
            )  # fmt: skip
            return list(found)
        except RuntimeError as problem:
            raise TranscriptError(
                f"El motor de voz falló en {chosen.device}: {problem}. Pruebe device = «cpu», "
                "un batch_size menor o un modelo más pequeño en los ajustes."
            ) from problem


def gpus() -> int:
    """How many CUDA devices this machine has that the engine can use."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def load(options: SpeechOptions) -> Whisper:
    """The engine for `options`, with every automatic choice made; the model is loaded once per process.

    Raises TranscriptError when the model is not installed or does not load on this machine.
    """
    import faster_whisper

    cuda = options.device != "cpu" and gpus() > 0
    if options.device == "cuda" and not cuda:
        raise TranscriptError(
            "No hay GPU con CUDA en esta máquina. Ponga device = «auto» o «cpu» en los ajustes."
        )
    chosen = resolve(options, cuda=cuda, cores=_cores())
    folder = model_folder(chosen)
    key = (str(folder.resolve()), chosen.device, chosen.compute_type, chosen.cpu_threads)
    with _loading:
        if key not in _loaded:
            try:
                _loaded[key] = faster_whisper.WhisperModel(
                    str(folder), device=chosen.device, compute_type=chosen.compute_type,
                    cpu_threads=chosen.cpu_threads, local_files_only=True,
                )  # fmt: skip
            except (RuntimeError, ValueError) as problem:
                raise TranscriptError(
                    f"El modelo de voz {folder} no se puede cargar en {chosen.device} "
                    f"con {chosen.compute_type}: {problem}. "
                    "Pruebe compute_type = «auto» o vuelva a copiar la carpeta del modelo."
                ) from problem
    return Whisper(chosen, folder, _loaded[key], faster_whisper.__version__)


def _cores() -> int:
    """The cores that this process may use; not every system tells which."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _segment(found: Any, offset_s: float, length_s: float) -> Segment | None:
    """One answer of faster-whisper with times counted from `offset_s`; None when it has no words. The model
    hears windows of one length, filled up with silence: what it marks there is put to the end of the sound.
    """
    words = tuple(
        Word(
            start_s=min(max(0.0, float(word.start) - offset_s), length_s),
            end_s=min(max(0.0, float(word.end) - offset_s), length_s),
            text=word.word.strip(),
            confidence=float(word.probability),
        )
        for word in found.words or ()
        if word.word.strip()
    )
    if not words:
        return None
    return Segment(
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        text=" ".join(word.text for word in words),
        words=words,
        confidence=min(1.0, math.exp(found.avg_logprob)),
        no_speech=float(found.no_speech_prob),
    )
