"""Speech models for real calls: which there are, fetching one when a person asks, choosing one in coach.toml.

Revisions are pinned: what was fetched today is what all fetch tomorrow. No demo, test or job comes here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from coach.anchored import as_named
from coach.complaints import suggestion
from coach.settings import FILE_NAME, Settings, config_file
from coach.types import CoachError
from transcripts.options import BUNDLED_MODELS, is_demo, model_folder

_FILES = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]
DEMO_WARNING = "modelo de demostración: solo entiende las voces sintéticas de ejemplo"


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that can be fetched. `size_mb` is what it takes on disk."""

    name: str
    repository: str
    revision: str  # a commit: pins every byte
    size_mb: int
    advice: str


MODELS = {
    model.name: model
    for model in (
        SpeechModel(
            "small",
            "Systran/faster-whisper-small",
            "536b0662742c02347bc0e980a01041f333bce120",
            490,
            "sin GPU, para empezar",
        ),
        SpeechModel(
            "medium",
            "Systran/faster-whisper-medium",
            "08e178d48790749d25932bbc082711ddcfdfbc4f",
            1530,
            "sin GPU, más exacto y unas tres veces más lento que small",
        ),
        SpeechModel(
            "large-v3-turbo",
            "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
            "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
            1620,
            "con GPU: el recomendado",
        ),
        SpeechModel(
            "large-v3",
            "Systran/faster-whisper-large-v3",
            "edaa852ec7e145841d8ffdb056a99866b5f0a478",
            3090,
            "con GPU, si large-v3-turbo no basta",
        ),
    )
}


def installed(settings: Settings) -> tuple[str, ...]:
    """Names of the models on this machine, the bundled ones included."""
    folders = [
        f for place in (settings.models_dir, BUNDLED_MODELS) if place.is_dir() for f in place.iterdir()
    ]
    return tuple(sorted({folder.name for folder in folders if (folder / "model.bin").is_file()}))


def uses_demo_model(settings: Settings) -> bool:
    """Whether recordings are heard by the model that only knows the sample calls' voices."""
    if settings.speech.model == "auto":
        return False
    return is_demo(model_folder(settings.speech_options()))


def get(name: str, settings: Settings) -> Path:
    """Download a model into models_dir and give its folder; CoachError with a way out where it cannot."""
    model = MODELS.get(name)
    if model is None:
        raise CoachError(
            "{model}: no está en la lista{maybe}. Vea «coach models list»; "
            "un modelo propio se usa con «coach models use CARPETA».",
            model=name,
            maybe=suggestion(name, MODELS),
        )
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled

    folder = settings.models_dir / name
    try:
        snapshot_download(model.repository, revision=model.revision, local_dir=folder, allow_patterns=_FILES)
    except (OSError, HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled) as error:
        raise CoachError(
            "No se pudo descargar {model}: no hay conexión con el repositorio de modelos. Sin internet: en "
            "otro equipo descargue {repository} (revisión {revision}, {files}), copie la carpeta a {folder} "
            "y ejecute «coach models use {model}».",
            model=model.name, repository=model.repository, revision=model.revision[:8],
            files=", ".join(_FILES), folder=folder,
        ) from error  # fmt: skip
    return folder


def use(name: str, settings: Settings) -> Path:
    """Write the model (name or folder) into the settings file and give the file's path."""
    if name != "auto":
        options = settings.model_copy(update={"speech": settings.speech.model_copy(update={"model": name})})
        model_folder(options.speech_options())  # complete, or an error that says what is missing
    file = config_file() or Path(FILE_NAME)
    text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    said = as_named(name, file.parent)
    file.write_text(with_value(text, "speech", "model", said), encoding="utf-8")
    return file


def with_value(text: str, table: str, key: str, value: str) -> str:
    """The TOML text with `key` of `[table]` set to a string; comments and other lines stay as they are."""
    entry = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    lines = text.splitlines()
    header = next((i for i, line in enumerate(lines) if re.match(rf"\s*\[{table}\]", line)), None)
    if header is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{table}]", entry]) + "\n"
    for i in range(header + 1, len(lines)):
        if re.match(r"\s*\[", lines[i]):
            break
        if re.match(rf"\s*{key}\s*=", lines[i]):
            comment = re.search(r"\s+#[^\"']*$", lines[i])
            lines[i] = entry + (comment[0] if comment else "")
            return "\n".join(lines) + "\n"
    return "\n".join([*lines[: header + 1], entry, *lines[header + 1 :]]) + "\n"
