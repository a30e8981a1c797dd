"""What is missing on this machine and how to get it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from coach import pipeline, speech_models
from coach.complaints import OURS, in_words
from coach.settings import Settings
from coach.store import Store
from transcripts.engines.whisper import gpus
from transcripts.options import is_demo, model_folder, resolve


@dataclass(frozen=True, slots=True)
class Finding:
    state: Literal["well", "note", "missing"]
    text: str

    @property
    def sign(self) -> str:
        return {"well": "✓", "note": "·", "missing": "✕"}[self.state]


def examine(settings: Settings) -> Iterator[Finding]:
    """One finding after the other: program, data, rules, speech, hardware, what is optional."""
    version = ".".join(map(str, sys.version_info[:3]))
    supported = (3, 11) <= sys.version_info < (3, 14)
    yield Finding("well" if supported else "missing", f"Python {version} (se necesita 3.11, 3.12 o 3.13)")
    yield _store(settings)
    yield _rubric(settings)
    yield from _speech(settings)
    yield _disk(settings)
    if find_spec("sherpa_onnx") is None:
        yield Finding("note", "Voces en grabaciones de un solo canal: opcional, «pip install -e .[diarize]».")
    if shutil.which("espeak-ng") is None:
        yield Finding("note", "espeak-ng: solo para «coach train-demo-asr» («apt install espeak-ng»).")


def _store(settings: Settings) -> Finding:
    try:
        store = Store.open(settings)
    except OURS as error:
        return Finding("missing", in_words(error))
    store.close()
    return Finding("well", f"Base de datos: {store.engine.url.render_as_string(hide_password=True)}")


def _rubric(settings: Settings) -> Finding:
    try:
        return Finding("well", f"Pauta: {pipeline.rubric_of(settings).name}")
    except OURS as error:
        return Finding("missing", in_words(error))


def _speech(settings: Settings) -> Iterator[Finding]:
    cards = gpus()
    options = resolve(settings.speech_options(), cuda=cards > 0, cores=1)
    try:
        folder = model_folder(options)
    except OURS as error:
        yield Finding("missing", in_words(error))
    else:
        yield Finding(
            "well", f"Modelo de voz: {options.model} ({folder}), en {options.device}, {options.compute_type}"
        )
        if is_demo(folder):
            best = "large-v3-turbo" if cards else "small"
            yield Finding(
                "note",
                f"{speech_models.DEMO_WARNING[0].upper()}{speech_models.DEMO_WARNING[1:]}. "
                f"Para llamadas reales: coach models get {best} && coach models use {best}",
            )
    yield Finding(
        "well" if cards else "note", f"GPU con CUDA: {cards or 'ninguna; se transcribe con el procesador'}"
    )


def _disk(settings: Settings) -> Finding:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free / 1e9
    text = f"Espacio libre en {settings.data_dir}: {free:.0f} GB"
    return Finding("well", text) if free >= 2 else Finding("missing", f"{text}; deje al menos 2 GB libres.")
