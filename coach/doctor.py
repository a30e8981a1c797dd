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
class Examined:
    state: Literal["well", "note", "missing"]
    text: str

    @property
    def sign(self) -> str:
        return {"well": "✓", "note": "·", "missing": "✕"}[self.state]


def examine(settings: Settings) -> Iterator[Examined]:
    """One finding after the other: program, data, rules, speech, hardware, what is optional."""
    version = ".".join(map(str, sys.version_info[:3]))
    supported = (3, 11) <= sys.version_info < (3, 14)
    yield Examined("well" if supported else "missing", f"Python {version} (se necesita 3.11, 3.12 o 3.13)")
    yield _store(settings)
    yield from _https(settings)
    yield _rubric(settings)
    yield from _speech(settings)
    yield _disk(settings)
    yield from _aside(settings)
    if find_spec("sherpa_onnx") is None:
        yield Examined(
            "note", "Voces en grabaciones de un solo canal: opcional, «pip install -e .[diarize]»."
        )
    if shutil.which("espeak-ng") is None:
        yield Examined("note", "espeak-ng: solo para «coach train-demo-asr» («apt install espeak-ng»).")


def _store(settings: Settings) -> Examined:
    try:
        store = Store.open(settings)
    except OURS as error:
        return Examined("missing", in_words(error))
    store.close()
    where = store.engine.url.render_as_string(hide_password=True)
    return Examined("well", f"Base de datos: {where}")


def _https(settings: Settings) -> Iterator[Examined]:
    """Browsers of other machines: passwords are to travel by TLS, and without it they give no microphone."""
    if settings.stands_open:
        yield Examined(
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
        yield Examined("missing", in_words(error))
        return
    if days is None:
        yield Examined("well", f"HTTPS con {settings.certificate}")
    elif days < 0:
        yield Examined(
            "missing", f"{settings.certificate}: el certificado venció. Renuévelo y reinicie Temple."
        )
    else:
        state: Literal["well", "note"] = "well" if days >= certificates.SOON else "note"
        yield Examined(state, f"HTTPS con {settings.certificate}, vence en {days} días")


def _rubric(settings: Settings) -> Examined:
    try:
        return Examined("well", f"Pauta: {pipeline.rubric_of(settings).name}")
    except OURS as error:
        return Examined("missing", in_words(error))


def _speech(settings: Settings) -> Iterator[Examined]:
    cards = gpus()
    options = resolve(settings.speech_options(), cuda=cards > 0, cores=1)
    try:
        folder = model_folder(options)
    except OURS as error:
        yield Examined("missing", in_words(error))
    else:
        yield Examined(
            "well", f"Modelo de voz: {options.model} ({folder}), en {options.device}, {options.compute_type}"
        )
        if is_demo(folder):
            best = "large-v3-turbo" if cards else "small"
            yield Examined(
                "note",
                f"{speech_models.DEMO_WARNING[0].upper()}{speech_models.DEMO_WARNING[1:]}. "
                f"Para llamadas reales: coach models get {best} && coach models use {best}",
            )
    yield Examined(
        "well" if cards else "note", f"GPU con CUDA: {cards or 'ninguna; se transcribe con el procesador'}"
    )


def _aside(settings: Settings) -> Iterator[Examined]:
    """Files that the intake could not read wait for somebody, who must hear of them."""
    if found := aside.aside(settings):
        yield Examined(
            "note",
            f"Archivos que no se pudieron leer: {len(found)}, en {aside.folder(settings)}. El último: "
            f"{found[0].path.name}. Al lado de cada uno está su motivo ({aside.WHY}).",
        )


def _disk(settings: Settings) -> Examined:
    make_folder(settings.data_dir)
    free = shutil.disk_usage(settings.data_dir).free / 1e9
    text = f"Espacio libre en {settings.data_dir}: {free:.0f} GB"
    return Examined("well", text) if free >= 2 else Examined("missing", f"{text}; deje al menos 2 GB libres.")
