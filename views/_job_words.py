"""What is said of the queue: how long it still takes, and who let it stand."""

from __future__ import annotations

from coach.job_orders import Pause
from coach.time_left import TimeLeft, rounded
from views import _address
from views._text import counted, t
from views._widgets import plain


def paused(pause: Pause) -> str:
    """Who stopped the queue, and what that means."""
    return t(
        "La cola está en pausa desde {when}, por {name}. Lo que ya corría termina; nada más empieza.",
        when=_address.moment(pause.at),
        name=plain(pause.by),
    )


def left(time: TimeLeft) -> str:
    """How long, or why that is not known."""
    match time.why:
        case "empty":
            return t("No queda nada por hacer.")
        case "nobody":
            return t("Tiempo restante: aún no se sabe; nadie está trabajando.")
        case "unmeasured" | "paused":
            return t("Tiempo restante: aún no se sabe; falta terminar la primera llamada.")
    n, unit = rounded(time.seconds or 0.0)
    long = {
        "min": counted(n, "{n} minuto", "{n} minutos"),
        "h": counted(n, "{n} hora", "{n} horas"),
        "d": counted(n, "{n} día", "{n} días"),
    }[unit]
    workers = counted(time.workers, "{n} proceso", "{n} procesos")
    return t("Tiempo restante: cerca de {long}, con {workers}.", long=long, workers=workers)
