"""What is missing on this machine and how to get it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from coach import aside, certificates, pipeline, speech_models
from coach.complaints import OURS, in_words
from coach.database import make_folder
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
    yield from _https(settings)
    yield _rubric(settings)
    yield from _speech(settings)
    yield _disk(settings)
    yield from _aside(settings)
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
    where = store.engine.url.render_as_string(hide_password=True)
    return Finding("well", f"Base de datos: {where}")


def _https(settings: Settings) -> Iterator[Finding]:
    """Browsers of other machines: passwords are to travel by TLS, and without it they give no microphone."""
    if settings.stands_open:
        yield Finding(
            "note",
            f"El tablero escucha en {settings.host} sin HTTPS: las contraseñas viajan a la vista y el "
            "navegador no da el micrófono. Ponga «certificate» y «key», o un proxy con HTTPS delante y "
            'host = "127.0.0.1" (si el proxy está en otro equipo: accounts.secure = true). '
            "Vea docs/server.md.",
        )
    if settings.certificate is None and settings.key is None:
        return
    try:
        days = certificates.check(settings)
    except OURS as error:
        yield Finding("missing", in_words(error))
        return
    if days is None:
        yield Finding("well", f"HTTPS con {settings.certificate}")
    elif days < 0:
        yield Finding(
            "missing", f"{settings.certificate}: el certificado venció. Renuévelo y reinicie Temple."
        )
    else:
        state: Literal["well", "note"] = "well" if days >= certificates.SOON else "note"
        yield Finding(state, f"HTTPS con {settings.certificate}, vence en {days} días")


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


def _aside(settings: Settings) -> Iterator[Finding]:
    """Files that the intake could not read wait for somebody, who must hear of them."""
    if found := aside.aside(settings):
        yield Finding(
            "note",
            f"Archivos que no se pudieron leer: {len(found)}, en {aside.folder(settings)}. El último: "
            f"{found[0].path.name}. Al lado de cada uno está su motivo ({aside.WHY}).",
        )


def _disk(settings: Settings) -> Finding:
    make_folder(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free / 1e9
    text = f"Espacio libre en {settings.data_dir}: {free:.0f} GB"
    return Finding("well", text) if free >= 2 else Finding("missing", f"{text}; deje al menos 2 GB libres.")
