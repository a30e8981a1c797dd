"""What a trainee says into the microphone, as text: by the engine and the model that hear calls.

The model stays loaded in the process; a sound is heard from a file of its own and forgotten at once.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

from coach.settings import Settings
from coach.types import CoachError
from transcripts.options import CPU_MODEL, GPU_MODEL, Limits, is_demo, model_folder
from transcripts.probe import probe
from transcripts.transcribe import transcribe
from transcripts.types import Recording, TranscriptError

LONGEST_S = 60
_GRACE_S = 2  # a recorder stops a little after it is told
_LIMITS = Limits(max_bytes=20_000_000, max_duration_s=600.0)
# what browsers record, by the ending that the decoder knows it by
ENDINGS = {"audio/webm": ".webm", "audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/wav": ".wav"}

Model = Literal["ready", "demo", "none"]


def model(settings: Settings) -> Model:
    """What hears here: a model for real voices, the one of the demonstration, or none at all."""
    options = settings.speech_options()
    names = (CPU_MODEL, GPU_MODEL) if options.model == "auto" else (options.model,)
    for name in names:
        try:
            folder = model_folder(replace(options, model=name))
        except TranscriptError:
            continue
        return "demo" if is_demo(folder) else "ready"
    return "none"


def heard(sound: bytes, media_type: str, settings: Settings) -> str:
    """The words of a recording of at most `LONGEST_S` seconds.

    CoachError, with what to do next, where it is no sound, too long, silent, or there is no model.
    """
    if not sound:
        raise CoachError("La grabación llegó vacía. Grabe otra vez. También puede escribir su respuesta.")
    if model(settings) == "none":
        raise CoachError(
            "Aquí no hay un modelo de voz, así que no se puede oír su respuesta: escríbala. "
            "Quien administra Temple puede instalarlo."
        )
    ending = ENDINGS.get(media_type.partition(";")[0].strip().lower(), "")
    options = replace(settings.speech_options(), limits=_LIMITS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"respuesta{ending}"
        file.write_bytes(sound)
        try:
            probe(file, _LIMITS)
        except TranscriptError as error:
            raise CoachError(
                "No se pudo leer la grabación del navegador. Grabe otra vez. "
                "También puede escribir su respuesta."
            ) from error
        try:
            transcript = transcribe(Recording("drill-reply", audio=file), options)
        except TranscriptError as error:
            raise CoachError("{problem} También puede escribir su respuesta.", problem=error) from error
    lasted = transcript.recording.duration_s or 0.0
    if lasted > LONGEST_S + _GRACE_S:
        raise CoachError(
            "La grabación dura {lasted:.0f} segundos y el máximo es {most}. Diga lo mismo en menos. "
            "También puede escribir su respuesta.",
            lasted=lasted,
            most=LONGEST_S,
        )
    text = " ".join(turn.text for turn in transcript.turns).strip()
    if not any(map(str.isalnum, text)):  # noise is sometimes heard as a lone «?»
        raise CoachError(
            "No se oyó ninguna palabra. Acérquese al micrófono, hable claro y grabe otra vez. "
            "También puede escribir su respuesta."
        )
    return text
