"""The lines of «Inicio» for who administers: what in the house wants mending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach import aside, doctor, jobs, owners, queries, tending, webhook
from coach.complaints import some
from coach.rows import UNASSIGNED, CallFilter
from views import _session
from views._text import counted, t

NAMED = 5  # logins named in one line


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: what it is, until when, and where."""

    text: str
    button: str
    page: str
    address: dict[str, str]
    due: str = ""


def lines() -> list[Line]:
    """What an administrator has to mend: what failed, did not arrive, or is in nobody's month."""
    viewer = _session.viewer()
    if not viewer.may("administer"):
        return []
    to_jobs = {"view": "jobs"}
    found = [
        Line(t(one.said, **one.given), t("Ver por qué"), "forms", {})
        for one in doctor.unread(_session.settings())
    ]
    if not tending.at_work(_session.settings().data_dir):
        text = t("Nadie atiende la cola: las grabaciones que llegan esperan")
        found.append(Line(text, t("Ver por qué"), "administration", {"view": "health"}))
    if failed := jobs.job_counts(_session.store(), viewer).failed:
        text = counted(failed, "Falló {n} grabación", "Fallaron {n} grabaciones")
        found.append(Line(text, t("Ver por qué"), "administration", to_jobs))
    if left := len(aside.aside(_session.settings())):
        text = counted(left, "{n} archivo no se pudo leer", "{n} archivos no se pudieron leer")
        found.append(Line(text, t("Ver cuáles"), "administration", to_jobs))
    if vain := sum(map(len, webhook.not_arrived(_session.store(), _session.settings()))):
        text = counted(vain, "{n} aviso al instante no llegó", "{n} avisos al instante no llegaron")
        found.append(Line(text, t("Ver por qué"), "administration", {"view": "health"}))
    return [*found, *_of_nobody(), *_of_unknown()]


def _of_nobody() -> list[Line]:
    """Recent calls that came without a dialler login: in nobody's month until somebody gives them one."""
    since, today = date.today() - owners.LATELY, date.today()
    which = CallFilter(agents=(UNASSIGNED,), since=since, until=today)
    if not (n := queries.summary(_session.store(), _session.viewer(), which).calls):
        return []
    text = counted(
        n,
        "{n} llamada del último mes está sin asignar: no entra en el mes de nadie",
        "{n} llamadas del último mes están sin asignar: no entran en el mes de nadie",
    )
    return [Line(text, t("Ver cuáles"), "calls", {"agent": "-", "days": f"{since}_{today}"})]


def _of_unknown() -> list[Line]:
    """Recent calls whose dialler login was nobody's that day: they are in nobody's month either."""
    found = owners.unheld_lately(_session.store())
    if not found:
        return []
    text = counted(
        sum(found.values()),
        "{n} llamada del último mes no entra en el mes de nadie: su usuario no era de nadie ({logins})",
        "{n} llamadas del último mes no entran en el mes de nadie: su usuario no era de nadie ({logins})",
        logins=some(found, NAMED),
    )
    return [Line(text, t("Ver las personas"), "administration", {})]
