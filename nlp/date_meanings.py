"""What the phrases of `date_rules.py` mean, counted from the day of the call."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp import days
from nlp.calendar_names import MONTHS, WEEKDAYS
from nlp.text import sound


@dataclass(frozen=True, slots=True)
class Named:
    """The day that a phrase names, whether it fixes it, and whether weekday and day of the month agree."""

    date: datetime.date | None
    firm: bool = True
    agrees: bool = True


_ANSWER_WITHIN = 6  # words
# days from the call, by the folded words
AHEAD = {sound("hoy"): 0, sound("mañana"): 1, f"{sound('pasado')} {sound('mañana')}": 2}
VAGUE = Named(None, firm=False)

Rule = Callable[[re.Match[str], datetime.date], Named | None]


def _day_number(match: re.Match[str]) -> int:
    return int(match["n"]) if match["n"] else 1


def _agreed(match: re.Match[str], date: datetime.date) -> Named:
    """Whether the weekday, where one is said, is that day's, and the month has such a day."""
    weekday = match.groupdict().get("w")
    fits = weekday is None or date.weekday() == WEEKDAYS[weekday]
    return Named(date, agrees=fits and date.day == _day_number(match))


def _coming(today: datetime.date, day: int) -> Named:
    """The next such day. Where this month has none («el 31» in November) its last may be meant as well,
    unless that is today.
    """
    date = days.next_shown(today, day)
    last = days.in_month(today.year, today.month, day)
    return Named(date, agrees=last.day == day or last == today)


def of_named_month(match: re.Match[str], today: datetime.date) -> Named:
    month = MONTHS[match["m"]]
    if match["y"]:
        return _agreed(match, days.in_month(int(match["y"]), month, _day_number(match)))
    return _agreed(match, days.nearest_year(today, month, _day_number(match)))


def of_this_month(match: re.Match[str], today: datetime.date) -> Named:
    return _agreed(match, days.in_month(today.year, today.month, _day_number(match)))


def of_next_month(match: re.Match[str], today: datetime.date) -> Named:
    return _agreed(match, days.in_month(today.year, today.month + 1, _day_number(match)))


def of_month(match: re.Match[str], today: datetime.date) -> Named:
    """The next such day; where a weekday is said too and fits only the month after, that one."""
    weekday = match.groupdict().get("w")
    if weekday is None:
        return _coming(today, _day_number(match))
    date = days.next_day_of_month(today, _day_number(match))
    if date.weekday() != WEEKDAYS[weekday]:
        later = days.in_month(date.year, date.month + 1, _day_number(match))
        if later.weekday() == WEEKDAYS[weekday] and (later - today).days < 45:
            return Named(later)
    return _agreed(match, date)


def monthly(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_day_of_month(today, _day_number(match)), firm=False)


def figures(match: re.Match[str], today: datetime.date) -> Named | None:
    """«5/10», the day before the month; a month over twelve is a day. «24/7» and «7/24» mean always."""
    if match["figures"] in ("24/7", "7/24"):
        return None
    parts = [int(part) for part in re.split("[/-]", match["figures"])]
    if len(str(parts[0])) == 4:
        return _of_figures(parts[2], parts[1], parts[0], today)
    return _of_figures(parts[0], parts[1], _year(parts), today)


def month_first(match: re.Match[str], today: datetime.date) -> Named | None:
    """«10/5», the month before the day. People who write so know the other order too: where both would be
    a day, this one is not firm.
    """
    if match["figures"] == "24/7":
        return None
    parts = [int(part) for part in re.split("[/-]", match["figures"])]
    if len(str(parts[0])) == 4:
        return _of_figures(parts[2], parts[1], parts[0], today)
    month, day = parts[:2]
    named = _of_figures(day, month, _year(parts), today)
    return named and replace(named, firm=max(day, month) > 12 or day == month)


def _year(parts: list[int]) -> int:
    """The year that stands third, 0 where none does."""
    if len(parts) < 3:
        return 0
    return parts[2] + 2000 if parts[2] < 100 else parts[2]


def _of_figures(day: int, month: int, year: int, today: datetime.date) -> Named | None:
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    date = days.in_month(year, month, day) if year else days.nearest_year(today, month, day)
    return Named(date, agrees=date.day == day)


def weekday(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, WEEKDAYS[match["w"]]))


def this_weekday(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, WEEKDAYS[match["w"]], today=True))


def weekday_next_week(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.weekday_of_next_week(today, WEEKDAYS[match["w"]]))


def weekday_and_week(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.plus(days.next_weekday(today, WEEKDAYS[match["w"]]), 7))


_NTH = {sound(word): nth for nth, word in enumerate(("primer", "segundo", "tercer", "cuarto"), 1)}
_NTH |= {sound(f"{word}{end}"): nth for word, nth in (("últim", -1), ("penúltim", -2)) for end in "oa"}


def nth_weekday(match: re.Match[str], today: datetime.date) -> Named:
    """«el último viernes del mes», «el primer lunes de abril»; of the month after where this one's is over.

    Without a month it may be one that is over, and of every month it is many: neither is a firm day.
    """
    said = match.groupdict()
    weekday, nth = WEEKDAYS[said["w"]], _NTH[said["nth"]]
    if month := said.get("m"):
        return Named(days.nth_weekday(days.nearest_year(today, MONTHS[month], 15), weekday, nth))
    this, after = (days.in_month(today.year, today.month + more, 1) for more in (0, 1))
    if said.get("nextmonth"):
        return Named(days.nth_weekday(after, weekday, nth))
    date = days.nth_weekday(this, weekday, nth)
    firm = said.get("whole") is not None and not (said.get("every") or said.get("each"))
    return Named(date if date >= today else days.nth_weekday(after, weekday, nth), firm)


def softly_today(match: re.Match[str], today: datetime.date) -> Named:
    """«se lo pago ahorita»: today is meant, and may become tomorrow."""
    return Named(today, firm=False)


def ahead(count: int) -> Rule:
    return lambda match, today: Named(days.plus(today, count))


def numbered_ahead(match: re.Match[str], today: datetime.date) -> Named | None:
    """«mañana diecinueve», where tomorrow is the 19th; another number is no day."""
    date = days.plus(today, AHEAD[match["rel"]])
    return Named(date) if date.day == int(match["n"]) else None


def tomorrow(match: re.Match[str], today: datetime.date) -> Named | None:
    before = match.string[: match.start()]
    if re.search(r" (?:la|esta|una|media|toda|buena|de) $", before) and not before.endswith(
        (" para la ", " pa la ")
    ):
        return None  # «en la mañana»
    if before.endswith(" asta ") and re.match(r" (?:[.?]|$|,? ?grasias|ke)", match.string[match.end() :]):
        return None  # «hasta mañana», a goodbye
    return Named(days.plus(today, 1))


_UNIT_DAYS = {sound("dia"): 1, sound("dias"): 1, sound("semana"): 7, sound("semanas"): 7}


def in_so_long(match: re.Match[str], today: datetime.date) -> Named | None:
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


def so_many_from(match: re.Match[str], today: datetime.date) -> Named:
    count = {8: 7}.get(int(match["c"]), int(match["c"]))
    if match.groupdict().get("w"):
        return Named(days.plus(days.next_weekday(today, WEEKDAYS[match["w"]]), count - (count == 15)))
    return Named(days.plus(today, count + match["from"].endswith(sound("mañana"))))


def quincena(match: re.Match[str], today: datetime.date) -> Named | None:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r" (?:kada|por|una|media) $", before) or after.startswith((" pasada ", " anterior ")):
        return None
    if sound("esta") in match.group().split():
        return Named(days.pay_days(today)[0])
    coming = [day for day in days.pay_days(today) if day > today]
    return Named(coming[1 if match["later"] else 0])


def half_of_month(match: re.Match[str], today: datetime.date) -> Named:
    day = 15 if match["half"].startswith("p") else 31
    if match["m"]:
        date = days.nearest_year(today, MONTHS[match["m"]], day)
    elif match["nextmonth"]:
        date = days.in_month(today.year, today.month + 1, day)
    else:
        date = days.next_day_of_month(today, day)
    return Named(days.earlier_working_day(date))


def part_of_month(day: int, *, firm: bool = True) -> Rule:
    def rule(match: re.Match[str], today: datetime.date) -> Named:
        if match["m"]:
            return Named(days.nearest_year(today, MONTHS[match["m"]], day), firm)
        if match["nextmonth"]:
            return Named(days.in_month(today.year, today.month + 1, day), firm)
        return Named(days.next_day_of_month(today, day), firm)

    return rule


def feast(month: int, day: int) -> Rule:
    def rule(match: re.Match[str], today: datetime.date) -> Named:
        this = datetime.date(today.year, month, day)
        return Named(this if this >= today else days.in_month(today.year + 1, month, day))

    return rule


def weekend(match: re.Match[str], today: datetime.date) -> Named:
    return Named(days.next_weekday(today, 5, today=True), firm=False)


def vague(match: re.Match[str], today: datetime.date) -> Named:
    return VAGUE


def answer(match: re.Match[str], today: datetime.date) -> Named | None:
    if match.string.count(" ", 0, match.start()) > _ANSWER_WITHIN:
        return None
    return _coming(today, int(match["n"]))
