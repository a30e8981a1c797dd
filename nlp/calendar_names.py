"""The names of weekdays and months, in order: whoever seeks them takes them from here."""

from __future__ import annotations

from nlp.text import sound

WEEKDAY_NAMES = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
MONTH_NAMES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
)  # fmt: skip
ALSO_SEPTEMBER = "setiembre"

# any of them, as alternatives of a pattern
A_WEEKDAY = "|".join(WEEKDAY_NAMES)
A_MONTH = "|".join((*MONTH_NAMES, ALSO_SEPTEMBER))

# by their sound: Monday is 0, January is 1
WEEKDAYS = {sound(name): at for at, name in enumerate(WEEKDAY_NAMES)}
MONTHS = {sound(name): at for at, name in enumerate(MONTH_NAMES, 1)} | {sound(ALSO_SEPTEMBER): 9}
