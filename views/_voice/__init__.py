"""The debtor's line aloud, the clock of an answer, and the trainee's own voice.

The line is read by a voice that is installed on the trainee's computer; it is never sent anywhere. What is
recorded in the browser comes back as sound; the words themselves always stand on the screen beside this.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from coach.spoken import LONGEST_S
from views._base import component, nothing
from views._text import t

_component = component("temple_voice", Path(__file__).parent)
Clock = dict[str, float]  # {"elapsed", "limit"} in seconds


def voice(
    line: str,
    *,
    turn: str,
    country: str,
    aloud: bool,
    clock: Clock | None,
    field: str,
    key: str,
    on_sound: Callable[[bytes, str], None],
) -> None:
    """Draw it. `turn` changes with every line of the debtor's. `aloud`: the line is read at once and the
    answer can be recorded; `on_sound` gets the sound with its media type before the page is drawn anew. While
    a clock runs, the text area `field` is ready to be typed into.
    """

    count = f"{key}-sounds"

    def arrived() -> None:
        sent = st.session_state[key].get("sound")
        if isinstance(sent, dict):
            st.session_state[count] = st.session_state.get(count, 0) + 1
            on_sound(_bytes(sent.get("data")), str(sent.get("type", "")))

    data: dict[str, Any] = {
        "turn": turn,
        "line": line,
        "country": country,
        "aloud": aloud,
        "clock": clock,
        "field": field,
        # the recorder waits until it is drawn anew, and with the same data the browser draws nothing
        "sounds": st.session_state.get(count, 0),
        "longest": LONGEST_S,
        "words": _words(),
    }
    _component(data=data, key=key, on_sound_change=arrived if aloud else nothing)


def _words() -> dict[str, str]:
    return {
        "hear": t("Oír la línea"),
        "noVoice": t("Este equipo no tiene una voz en español instalada: lea la línea en pantalla."),
        "record": t("Grabar mi respuesta"),
        "stop": t("Terminar la grabación"),
        "asking": t("Permita el micrófono en el navegador."),
        "recording": t("Grabando"),
        "hearing": t("Pasando su voz a texto…"),
        "short": t("La grabación salió muy corta. Grabe otra vez."),
        "denied": t("El navegador no dio permiso para el micrófono. Permítalo o escriba su respuesta."),
        "missing": t("No se encontró un micrófono. Conecte uno o escriba su respuesta."),
        "insecure": t("Aquí el navegador no deja grabar: hace falta https. Escriba su respuesta."),
        "left": t("Quedan"),
        "over": t("Pasó el tiempo: puede responder igual, se marca como tarde."),
    }


def _bytes(data: object) -> bytes:
    """The sound as it was recorded; nothing where what came is no sound."""
    try:
        return base64.b64decode(data, validate=True) if isinstance(data, str) else b""
    except binascii.Error:
        return b""
