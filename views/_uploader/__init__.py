"""Recordings and transcripts from the browser to the disk of the server, one by one, with progress: see
`/api/upload`.

Streamlit's own uploader keeps whole files in memory; this one streams them. `facts` go with every file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from views._base import component, nothing
from views._text import t

_COUNTS = {name: f"{{{name}}}" for name in ("taken", "known", "failed")}  # the browser puts them in
_component = component("temple_uploader", Path(__file__).parent)


def uploader(facts: dict[str, str], *, max_mb: int, zip_mb: int, key: str) -> str | None:
    """Draw the drop zone. Returns the id of a recording, or the name of a ZIP, that has just arrived, else
    None.
    """
    data: dict[str, Any] = {
        "address": "/api/upload",
        "facts": {name: value for name, value in facts.items() if value},
        "maxBytes": max_mb * 1_000_000,
        "zipBytes": zip_mb * 1_000_000,
        "words": {
            "drop": t("Suelte aquí las grabaciones o transcripciones, o"),
            "choose": t("Elegir archivos"),
            "limits": t("WAV, MP3, Opus, M4A, WMA, FLAC, AMR… hasta {mb} MB cada una.", mb=max_mb),
            "limitsText": t(
                "Transcripciones ya hechas: JSON, JSONL, SRT, VTT o TXT con «Agente:» y «Deudor:»."
            ),
            "limitsZip": t("O un ZIP con muchas y una tabla CSV de sus datos, hasta {mb} MB.", mb=zip_mb),
            "tooBig": t("pesa más de {mb} MB. Divídala o súbala por carpeta.", mb=max_mb),
            "empty": t("el archivo está vacío. Expórtelo de nuevo."),
            "waiting": t("en espera"),
            "sending": t("subiendo"),
            "done": t("recibida, en cola"),
            "waits": t("recibida; espera los otros tramos de su llamada"),
            "unpacking": t("recibido; se abre"),
            "many": t("recibidas: {taken} · ya estaban: {known} · con error: {failed}", **_COUNTS),
            "known": t("ya estaba: no se repite"),
            "failed": t("No llegó. Revise la conexión y vuelva a intentarlo."),
            "retry": t("Reintentar"),
            "cancel": t("Cancelar"),
            "cancelled": t("cancelada"),
        },
    }
    result = _component(data=data, key=key, on_arrived_change=nothing)
    arrived = result.get("arrived")
    return str(arrived) if arrived is not None else None
