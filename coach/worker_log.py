"""Where it is read what the worker said: in the log of one that another program began; `coach work`, as the
services of docs/server.md have it, says it where it runs.
"""

from __future__ import annotations

from pathlib import Path

from coach import worker
from coach.settings import Settings

_VAIN = (
    "Avisos al instante que no llegaron: {again} se intentan de nuevo, {given_up} ya no. Llamadas: "
    "{calls}. Pruebe con «coach webhook try»; «coach webhook retry» manda otra vez los que ya no. "
)
_NOBODY = (
    "Nadie atiende la cola ahora: las grabaciones que llegan esperan, y no salen avisos ni se borra "
    "lo que vence. Lo hace «coach app» mientras está abierto, o «coach work». Si se detuvo solo, "
)
VAIN = _VAIN + "Por qué falló cada intento está en {log}."
VAIN_UNLOGGED = _VAIN + (
    "Por qué falló cada intento lo dice «coach work» donde corre; como servicio, con "
    "«journalctl -u temple-work»."
)
NOBODY = _NOBODY + "reinicie Temple; {log} dice qué pasó."
NOBODY_UNLOGGED = _NOBODY + (
    "reinicie Temple; qué pasó lo dice «coach work» donde corría; como servicio, con "
    "«journalctl -u temple-work»."
)


def of(settings: Settings) -> Path | None:
    """None where no worker has written one."""
    path = settings.data_dir.resolve() / worker.LOG
    return path if path.is_file() else None
