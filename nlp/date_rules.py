"""The phrases that name days: one pattern and one small function each, tried everywhere in a turn; the longest wins."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from nlp import days
from nlp.folded import phrase
from nlp.text import sound


@dataclass(frozen=True, slots=True)
class Named:
    """The day that a phrase names, whether it fixes it, and whether weekday and day of the month agree."""

    date: datetime.date | None
    firm: bool = True
    agrees: bool = True


_ANSWER_WITHIN = 6  # words
VAGUE = Named(None, firm=False)

Rule = Callable[[re.Match[str], datetime.date], Named | None]

WEEKDAYS = {
    sound(w): i
    for i, w in enumerate(["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"])
}
_YEAR = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_MONTHS = {sound(w): i + 1 for i, w in enumerate(_YEAR)} | {sound("setiembre"): 9}

_W = "(?P<w>lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
_M = f"(?P<m>{'|'.join(_YEAR)}|setiembre)"
_N = "(?:#(?P<n>[1-9]|[12][0-9]|3[01])(?: ro| ero| o)?|(?P<one>primero|uno|primer))"
_Y = r"(?: del?(?: año)? #(?P<y>20[0-9][0-9]))?"
_C = "(?:#(?P<c>[0-9]{1,3})|(?P<one>un|una))"
_INCOME = (
    "(?:cobre|cobremos|paguen|pague|pueda|pudiera|tenga|depositen|deposite|caiga|caigan|llegue|llegan|"
    "salga|venda|consiga|entre|"
    "junte|suelten|den|liquiden|consignen|ingresen|transfieran|haya|alcance)"
)
_NEXT = "(?:que viene|que entra|que sigue|entrante|proximo|proxima|siguiente)"
_OPEN = "(?:el|al|del|pal|dia|para|hasta|tardar)"
_NOT_COUNTED = (
    "(?! (?:por ciento|porciento|%|pesos|soles|sol|euros|dolares|lucas|luca|mil|mangos|palos|palo|gambas|"
    "rojos|tejas|varos|"
    "quetzales|colones|cuotas|cuota|pagos|meses|mes|dias|semanas|horas|minutos|veces|años|numeros|digitos|"
    "ultimos|"
    "de la (?:mañana|tarde|noche|madrugada)|y media|en punto|am|pm|a m|p m|o #[0-9]))"
)
_OF_NEXT_WEEK = (
    f"de (?:la )?(?:(?:otra|proxima|siguiente) semana|semana {_NEXT})|de la otra|de la proxima|de la que "
    f"viene"
)
_THIS_MONTH = "(?:de este mes|del presente(?: mes)?|del mes en curso|del corriente|de este)"
_NEXT_MONTH = f"(?:del (?:mes {_NEXT}|(?:proximo|otro|siguiente) mes|{_NEXT})|de el otro mes)"
_MONTHLY = "(?:de cada mes|de todos los meses|todos los meses|cada mes)"


def _day_number(match: re.Match[str]) -> int:
    return int(match["n"]) if match["n"] else 1


def _month_of(match: re.Match[str]) -> int | None:
    return _MONTHS[match["m"]] if match["m"] else None


def _agreed(match: re.Match[str], date: datetime.date) -> Named:
    weekday = match.groupdict().get("w")
    return Named(date, agrees=weekday is None or date.weekday() == WEEKDAYS[weekday])


def _of_named_month(match: re.Match[str], today: datetime.date) -> Named:
    month = _MONTHS[match["m"]]
    if match["y"]:
        return _agreed(match, days.in_month(int(match["y"]), month, _day_number(match)))
    return _agreed(match, days.nearest_year(today, month, _day_number(match)))


def _of_this_month(match: re.Match[str], today: datetime.date) -> Named:
    return _agreed(match, days.in_month(today.year, today.month, _day_number(match)))


def _of_next_month(match: re.Match[str], today: datetime.date) -> Named:
    return _agreed(match, days.in_month(today.year, today.month + 1, _day_number(match)))


def _of_month(match: re.Match[str], today: datetime.date) -> Named:
    """The next such day; where a weekday is said too and fits only the month after, that one."""
    date = days.next_day_of_month(today, _day_number(match))
    weekday = match.groupdict().get("w")
    if weekday is not None and date.weekday() != WEEKDAYS[weekday]:
        later = days.in_month(date.year, date.month + 1, _day_number(match))
        if later.weekday() == WEEKDAYS[weekday] and (later - today).days < 45:
            return Named(later)
    return _agreed(match, date)


def _monthly(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_day_of_month(today, _day_number(match)), firm=False)


def _figures(match: re.Match[str], today: datetime.date) -> Named | None:
    parts = [int(part) for part in re.split("[/-]", match["figures"])]
    if len(str(parts[0])) == 4:
        year, month, day = parts
    else:
        day, month = parts[:2]
        year = (parts[2] + 2000 if parts[2] < 100 else parts[2]) if len(parts) > 2 else 0
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31) or (day, month, year) == (24, 7, 0):
        return None
    return Named(days.in_month(year, month, day) if year else days.nearest_year(today, month, day))


def _weekday(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, WEEKDAYS[match["w"]]))


def _this_weekday(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, WEEKDAYS[match["w"]], today=True))


def _weekday_next_week(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.weekday_of_next_week(today, WEEKDAYS[match["w"]]))


def _weekday_and_week(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.plus(days.next_weekday(today, WEEKDAYS[match["w"]]), 7))


def _ahead(count: int) -> Rule:
    return lambda match, today: Named(days.plus(today, count))


def _tomorrow(match: re.Match[str], today: datetime.date) -> Named | None:
    before = match.string[: match.start()]
    if re.search(r" (?:la|esta|una|media|toda|buena|de) $", before) and not before.endswith(
        (" para la ", " pa la ")
    ):
        return None  # «en la mañana»
    if before.endswith(" asta ") and re.match(r" (?:[.?]|$|,? ?grasias|ke)", match.string[match.end() :]):
        return None  # «hasta mañana», a goodbye
    return Named(days.plus(today, 1))


_UNIT_DAYS = {sound("dia"): 1, sound("dias"): 1, sound("semana"): 7, sound("semanas"): 7}


def _in_so_long(match: re.Match[str], today: datetime.date) -> Named | None:
    count, unit = int(match["c"] or 1), match["u"]
    firm = match["soft"] is None
    if count > 400:
        return None
    if unit in (sound("mes"), sound("meses")):
        return Named(days.in_month(today.year, today.month + count, today.day), firm)
    if unit in (sound("hora"), sound("horas")):
        return Named(days.plus(today, count // 24), firm)
    if unit in (sound("minutos"), sound("minuto")):
        return Named(today, firm)
    if match["working"]:
        return Named(days.working_days_after(today, count), firm)
    return Named(
        days.plus(today, 7 if (count, unit) == (8, sound("dias")) else count * _UNIT_DAYS[unit]), firm
    )


def _so_many_from(match: re.Match[str], today: datetime.date) -> Named:
    count = {8: 7}.get(int(match["c"]), int(match["c"]))
    if match.groupdict().get("w"):
        return Named(days.plus(days.next_weekday(today, WEEKDAYS[match["w"]]), count - (count == 15)))
    return Named(days.plus(today, count + match["from"].endswith(sound("mañana"))))


def _quincena(match: re.Match[str], today: datetime.date) -> Named | None:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r" (?:kada|por|una|media) $", before) or after.startswith((" pasada ", " anterior ")):
        return None
    if sound("esta") in match.group().split():
        return Named(days.pay_days(today)[0])
    coming = [day for day in days.pay_days(today) if day > today]
    return Named(coming[1 if match["later"] else 0])


def _half_of_month(match: re.Match[str], today: datetime.date) -> Named:
    day = 15 if match["half"].startswith("p") else 31
    if match["m"]:
        date = days.nearest_year(today, _MONTHS[match["m"]], day)
    elif match["nextmonth"]:
        date = days.in_month(today.year, today.month + 1, day)
    else:
        date = days.next_day_of_month(today, day)
    return Named(days.earlier_working_day(date))


def _part_of_month(day: int, *, firm: bool = True) -> Rule:
    def rule(match: re.Match[str], today: datetime.date) -> Named:
        if match["m"]:
            return Named(days.nearest_year(today, _MONTHS[match["m"]], day), firm)
        if match["nextmonth"]:
            return Named(days.in_month(today.year, today.month + 1, day), firm)
        return Named(days.next_day_of_month(today, day), firm)

    return rule


def _feast(month: int, day: int) -> Rule:
    def rule(match: re.Match[str], today: datetime.date) -> Named:
        this = datetime.date(today.year, month, day)
        return Named(this if this >= today else days.in_month(today.year + 1, month, day))

    return rule


def _weekend(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, 5, today=True), firm=False)


def _vague(match: re.Match[str], today: datetime.date) -> Named:
    return VAGUE


_OF_MONTH = (
    f"(?: (?:de |del )?(?:(?P<nextmonth>mes {_NEXT}|(?:proximo|otro|siguiente) mes|mes entrante)|este mes|"
    f"mes|{_M}))"
)
_DATES = f"(?P<core>(?:{_W} ,? ?)?(?:(?:el )?dia )?{_N} {{}})"

_PATTERNS: tuple[tuple[str, Rule], ...] = (
    (r"=(?P<figures>[0-9/-]+)", _figures),
    (f"(?:{_W} (?:, )?)?(?:el )?(?:dia )?{_N} del? {_M}{_Y}", _of_named_month),
    (f"(?:{_W} (?:, )?)?(?:el )?(?:dia )?{_N} {_THIS_MONTH}", _of_this_month),
    (f"(?:{_W} (?:, )?)?(?:el )?(?:dia )?{_N} {_NEXT_MONTH}", _of_next_month),
    (f"(?:{_W} (?:, )?)?(?:los )?(?:dias? )?{_N} {_MONTHLY}", _monthly),
    (f"{_W} (?:, )?(?:el )?(?:dia )?#(?P<n>[1-9]|[12][0-9]|3[01]){_NOT_COUNTED}", _of_month),
    (f"{_OPEN} (?P<core>#(?P<n>[1-9]|[12][0-9]|3[01])(?: ro| ero)?{_NOT_COUNTED})", _of_month),
    (f"(?:dia|para el|antes del|hasta el|al|tardar el) (?P<core>(?:(?P<n>#)|primero|uno){_NOT_COUNTED})", _of_month),
    (f"(?:el |este |del )?{_W} {_NEXT}", _weekday),
    (f"(?:el |del |este )?(?:proximo|siguiente) {_W}", _weekday),
    (f"(?:el |del )?otro {_W}", _weekday_and_week),
    (f"(?:el |del )?{_W} (?:{_OF_NEXT_WEEK})", _weekday_next_week),
    (f"(?:el |del |de este |este |al )?{_W} en #(?P<c>8|15)", _so_many_from),
    (f"(?:este|hoy)(?: mismo)? {_W}(?! pasado)", _this_weekday),
    (f"mañana {_W}", _ahead(1)),
    (f"(?<! desde )(?<! desde el )(?<! los )(?<! cada )(?<! hace ){_W}(?! pasado)(?! anterior)", _weekday),
    (f"(?:el )?{_W} (?:o|u) (?:el )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)", _vague),
    ("entre (?:el )?(?:[^ ]+) (?:y|o) (?:el )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)", _vague),
    ("(?:entre|del|desde) (?:el )?#(?:[1-9]|[12][0-9]|3[01]) (?:y|al|a|o|hasta) (?:el )?#(?:[1-9]|[12][0-9]|3[01])"
     + _NOT_COUNTED, _vague),
    (f"(?:el|para el) #(?:[1-9]|[12][0-9]|3[01]) o (?:el )?#(?:[1-9]|[12][0-9]|3[01]){_NOT_COUNTED}", _vague),
    ("(?:hoy|mañana) o (?:mañana|pasado|pasado mañana|el [^ ]+)", _vague),
    ("pasado mañana", _ahead(2)),
    ("mañana(?: mismo| mismito| sin falta)?", _tomorrow),
    ("hoy(?: mismo| mismito| dia)?(?! por hoy)(?! en dia)", _ahead(0)),
    ("(?:ahora|ahorita|ya|orita) (?:mismo|mismito|mismitico)|en este (?:momento|instante)|de inmediato", _ahead(0)),
    ("en (?:el )?(?:transcurso|curso) del dia|(?:esta|esta misma) (?:tarde|noche|tardecita|nochecita)", _ahead(0)),
    ("(?P<from>de hoy|de mañana|mañana|hoy) (?:en|a) #(?P<c>8|15)(?: dias)?", _so_many_from),
    (f"(?:en|dentro de|de aqui a|de hoy a|de hoy en) (?P<soft>unos |unas |como |mas o menos |aproximadamente )?{_C} "
     "(?P<u>dias?|semanas?|meses|mes|horas?|minutos?)(?P<working> habiles)?(?! (?:de (?:atraso|mora|"
     "retraso)|vencid[^ ]*))",
     _in_so_long),
    ("en media (?:hora|horita)", _ahead(0)),
    ("(?:en|dentro de) (?:#[0-9]+ (?:o|a) #[0-9]+|unos|unas|un par de|par de|algunos|estos|pocos) (?:dias|semanas|meses)", _vague),
    (f"(?:la |esta |esa |mi )?(?:proxima |(?P<later>otra ))?quincena(?: {_NEXT})?", _quincena),
    ("en una quincena", _ahead(15)),
    (f"(?:la )?(?P<half>primera|segunda) quincena{_OF_MONTH}?", _half_of_month),
    (f"(?:fin|fines|final|finales|ultimo|ultimos|ultimo dia|ultimos dias|cierre){_OF_MONTH}", _part_of_month(31)),
    (f"(?:el )?(?:dia )?(?P<core>ultimo(?: dia)?){_OF_MONTH}", _part_of_month(31)),
    (f"(?:primeros|principios?|comienzos?|inicios?|empezando|entrando){_OF_MONTH}", _part_of_month(1)),
    ("a (?:primeros|principios)(?! de)(?P<m>)(?P<nextmonth>)", _part_of_month(1)),
    (f"(?:mediados|mitad|quincena){_OF_MONTH}", _part_of_month(15)),
    ("a mediados(?! de)(?P<m>)(?P<nextmonth>)", _part_of_month(15)),
    (f"(?:los )?primeros dias{_OF_MONTH}", _part_of_month(5, firm=False)),
    (f"(?:la )?primera semana{_OF_MONTH}", _part_of_month(7, firm=False)),
    ("(?:fin|fines|final) de año", _feast(12, 31)),
    ("navidad|navidades", _feast(12, 25)),
    ("nochebuena|noche buena", _feast(12, 24)),
    ("(?:dia de )?reyes", _feast(1, 6)),
    ("(?:el |este |para el |proximo )*(?:fin de semana|finde|fin de)(?! mes)", _weekend),
    (f"(?:la |esta )?(?:(?:otra|proxima|siguiente) semana|semana {_NEXT})|(?:en |entre |esta )semana", _vague),
    (f"(?:el |este )?(?:mes {_NEXT}|(?:otro|proximo|siguiente) mes)", _vague),
    ("(?:el |en el )?dia (?:de pago|de paga|de cobro|que cobre|que me paguen|de quincena)", _vague),
    ("(?:cuando|apenas|en cuanto|ni bien|en lo que|no bien|nomas|asi que|hasta que|el dia que)(?: yo| me| nos| ya| le| se| lo| la)*"
     f" {_INCOME}", _vague),
    ("estos dias|(?:un|uno|alguno|cualquiera) de estos dias|un dia de estos|cualquier dia|ahorita|ahoritita|al rato|al ratito|"
     "en un rato|en un ratito|mas adelante|mas tarde|mas tardecito|lo antes posible|cuanto antes|a la "
     "brevedad|pronto|prontito|lueguito|"
     "dentro de poco|en algun momento|primero dios|si dios quiere|dios mediante", _vague),
)  # fmt: skip


def _answer(match: re.Match[str], today: datetime.date) -> Named | None:
    if match.string.count(" ", 0, match.start()) > _ANSWER_WITHIN:
        return None
    return Named(days.next_day_of_month(today, int(match["n"])))


RULES = tuple((phrase(pattern), rule) for pattern, rule in _PATTERNS)
TRIGGER = phrase(
    f"=[^ ]+|#(?:[1-9]|[12][0-9]|3[01])|{_W}|{_M}|primero|uno|mañana|hoy|oy|ahora|ahorita|orita|ahoritita|"
    f"ya mismo|ya mismito|momento|"
    "instante|inmediato|transcurso|curso|tarde|noche|tardecita|nochecita|dias?|semanas?|mes|meses|hora|"
    "horas|horita|minutos?|quincena|"
    "fin|fines|final|finales|ultimos?|cierre|primeros|principios?|comienzos?|inicios?|empezando|entrando|"
    "mediados|mitad|navidad|"
    f"navidades|nochebuena|noche buena|reyes|finde|rato|ratito|adelante|antes|brevedad|pronto|prontito|"
    f"lueguito|poco|dios|{_INCOME}"
)  # a turn without any of these words names no day
ANSWER = (
    phrase(
        "(?<! las )(?<! a la )(?P<core>#(?P<n>[1-9]|[12][0-9]|3[01])"
        f"{_NOT_COUNTED})(?= (?:[.,?]|para|sin|de|seguro|si|le|ya|en|porque|que|por|$)|$)"
    ),
    _answer,
)  # a number near the beginning of the answer to «¿qué día?»
