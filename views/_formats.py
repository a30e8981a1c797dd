"""How dates, durations, money and points are written. Every number says what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_percent

from coach import written
from coach.intervals import Mean
from coach.kappa import Share
from coach.written import NOTHING as NOTHING
from coach.written import amount as amount
from coach.written import duration as duration
from coach.written import mean as mean
from coach.written import money as money
from nlp.types import Part
from rubrics.settled import Settled
from views import _session
from views._text import counted, language, t

SIGNS = {"pass": "✓", "fail": "✕", "na": "–", "review": "?"}


def day(value: date | datetime | None) -> str:
    """«jue 25 sep 2025»; of an instant, the local day it was stored with."""
    if value is None:
        return t("sin fecha")
    return written.day(value, language())


def parts(later: Sequence[Part], currency: str | None, country: str | None) -> list[str]:
    """«y otra parte: $370 el 2 dic», for each payment after the first."""
    return [
        t(
            "y otra parte: {amount} el {day}",
            amount=money(part.amount, currency, country),
            day=short_day(part.date),
        )
        for part in later
    ]


def short_day(value: date) -> str:
    """«25 sep»."""
    return format_date(value, "d MMM", locale="en_GB" if language() == "en" else "es_MX")


def date_field() -> Literal["DD/MM/YYYY", "YYYY-MM-DD"]:
    """How a field takes a day: to who reads English, 07/12 may be July."""
    return "YYYY-MM-DD" if language() == "en" else "DD/MM/YYYY"


def axis_day() -> str:
    """The same under a chart, as its axis takes it: «07/12», and «7 Dec» in English."""
    return "%-d %b" if language() == "en" else "%d/%m"


def month(value: date) -> str:
    """«septiembre de 2026»."""
    english = language() == "en"
    return format_date(value, "MMMM y" if english else "MMMM 'de' y", locale="en_GB" if english else "es_MX")


def hour(value: date | datetime | None) -> str:
    """«17:40», empty where only the day is known."""
    return value.strftime("%H:%M") if isinstance(value, datetime) else ""


def points(value: float | None, low: float | None, high: float | None) -> str:
    """«82», or «71–86» while verdicts wait for a person."""
    if low is not None and high is not None and round(low) != round(high):
        return f"{round(low)}–{round(high)}"
    return NOTHING if value is None else f"{round(value)}"


def standing(now: Settled | None) -> str:
    """The same, of where a call stands."""
    return NOTHING if now is None else points(now.points, now.points_low, now.points_high)


def based(mean_of: Mean) -> str:
    """«82 ± 6, 14 llamadas»: a mean with all it stands on."""
    return f"{mean(mean_of)}, {calls(mean_of.n)}"


def percent(share: float) -> str:
    """«55 %»."""
    whole = written.whole_percent(share) / 100
    return str(format_percent(whole, "#,##0%" if language() == "en" else "#,##0 %", locale="en_GB"))


def share(of: Share) -> str:
    """«62 %»; a dash where nothing was judged."""
    return NOTHING if of.value is None else percent(of.value)


def interval(of: Share) -> str:
    """«49–73 %», the 95 % interval."""
    return f"{written.whole_percent(of.low)}–{percent(of.high)}" if of.n else ""


def shared(of: Share, whole: str = "") -> str:
    """«62 % de 40 llamadas (46–75 %)»: a share with all it stands on; `whole`: of what, if not calls."""
    if not of.n:
        return NOTHING
    whole = whole or calls(of.n)
    return t("{share} de {whole} ({interval})", share=share(of), whole=whole, interval=interval(of))


def days(since: date, until: date) -> str:
    """«del 22 oct al 18 nov»."""
    return t("del {since} al {until}", since=short_day(since), until=short_day(until))


def decimal(value: float, places: int = 2, country: str | None = None) -> str:
    """«0,62», and «0.62» of a call in Mexico; what is of no call as the house's country writes it."""
    return written.decimal(value, places, language(), country or _session.settings().country)


def decimal_sign(country: str | None) -> str:
    """Of `decimal`, for what a component writes itself."""
    return written.decimal_sign(language(), country or _session.settings().country)


def brief(value: float, country: str | None = None) -> str:
    """«8,7» and «8»: one place, and none where it would be 0."""
    text = decimal(value, 1, country)
    return text[:-2] if text.endswith("0") else text


def calls(n: int) -> str:
    return counted(n, "{n} llamada", "{n} llamadas")


def clock(seconds: float) -> str:
    """«4:12»."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
