"""What a person may choose about speech: engine, model, machine, and what a recording may weigh."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from transcripts.listed import listed
from transcripts.types import TranscriptError

Device = Literal["auto", "cpu", "cuda"]

AUTO = "auto"
DEFAULT_ENGINE = "faster-whisper"
GPU_MODEL, CPU_MODEL = "large-v3-turbo", "small"
DEMO_MARK = "DEMO"  # a file of this name in a model's folder says: made for the sample calls only
BUNDLED_MODELS = Path(__file__).parents[1] / "models"

_NEEDED_FILES = ("model.bin", "tokenizer.json", "config.json")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a recording may weigh: bytes on disk, shortest and longest duration in seconds."""

    max_bytes: int = 500_000_000
    min_duration_s: float = 0.3
    max_duration_s: float = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """How speech becomes text. Zero or None means: choose by the machine.

    `model` is a name looked for in `models_dir` (then among the models that come with Temple), or a folder.
    `agent_channel` is the channel that carries the agent in a two-channel recording: 0 is left.
    `hotwords` gives the engine the names, the company and the amount of the case; None: yes, but never to the
    demo model, which they harm. The two diarizer files are the operator's own, for one-channel recordings.
    """

    engine: str = DEFAULT_ENGINE
    model: str = AUTO
    device: Device = "auto"
    compute_type: str = AUTO
    beam_size: int = 5
    batch_size: int = 0
    language: str = "es"
    cpu_threads: int = 0
    hotwords: bool | None = None
    agent_channel: Literal[0, 1] = 0
    models_dir: Path | None = None
    diarizer_segmentation: Path | None = None
    diarizer_embedding: Path | None = None
    limits: Limits = field(default_factory=Limits)


def resolve(options: SpeechOptions, *, cuda: bool, cores: int) -> SpeechOptions:
    """`options` with every automatic choice made, for a machine with or without CUDA and so many cores."""
    on_gpu = options.device == "cuda" or (options.device == "auto" and cuda)
    return replace(
        options,
        device="cuda" if on_gpu else "cpu",
        model=(GPU_MODEL if on_gpu else CPU_MODEL) if options.model == AUTO else options.model,
        compute_type=("float16" if on_gpu else "int8")
        if options.compute_type == AUTO
        else options.compute_type,
        batch_size=options.batch_size or (16 if on_gpu else 4),
        cpu_threads=options.cpu_threads or min(cores, 8),
    )


def model_folder(options: SpeechOptions) -> Path:
    """The folder of `options.model`, complete. Nothing is ever downloaded here.

    Raises TranscriptError when there is no such model, or its folder lacks a file.
    """
    name = options.model
    if "/" in name or "\\" in name or Path(name).is_dir():
        return _complete(Path(name))
    places = [place for place in (options.models_dir, BUNDLED_MODELS) if place is not None]
    for place in places:
        if (place / name).is_dir():
            return _complete(place / name)
    where = ", ".join(str(place) for place in places)
    raise TranscriptError(
        f"No está instalado el modelo de voz «{name}» (se buscó en {where}). "
        f"Descárguelo con «coach models get {name}», o indique la carpeta de un modelo."
    )


def is_demo(folder: Path) -> bool:
    """True for a model that understands only the synthetic voices of the sample calls."""
    return (folder / DEMO_MARK).exists()


def _complete(folder: Path) -> Path:
    if not folder.is_dir():
        raise TranscriptError(
            f"No existe la carpeta del modelo de voz: {folder}. Revise la ruta en los ajustes."
        )
    missing = [name for name in _NEEDED_FILES if not (folder / name).is_file()]
    if missing:
        raise TranscriptError(
            f"La carpeta {folder} no es un modelo completo para faster-whisper: falta {listed(missing)}. "
            "Copie la carpeta entera del modelo convertido a CTranslate2."
        )
    return folder
