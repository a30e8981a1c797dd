"""How dates, durations, money and points are written. Every number says what it stands on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from coach.intervals import Mean
from coach.kappa import Share
from views._text import counted, language, t

SIGNS = {"pass": "✓", "fail": "✕", "na": "–", "review": "?"}
NOTHING = "—"


def day(value: date | datetime | None) -> str:
    """«jue 25 sep 2025»; of an instant, the local day it was stored with."""
    if value is None:
        return t("sin fecha")
    return format_date(value, "EEE d MMM y", locale="en_GB" if language() == "en" else "es_MX")


def short_day(value: date) -> str:
    """«25 sep»."""
    return format_date(value, "d MMM", locale="en_GB" if language() == "en" else "es_MX")


def month(value: date) -> str:
    """«septiembre de 2026»."""
    english = language() == "en"
    return format_date(value, "MMMM y" if english else "MMMM 'de' y", locale="en_GB" if english else "es_MX")


def hour(value: date | datetime | None) -> str:
    """«17:40», empty where only the day is known."""
    return value.strftime("%H:%M") if isinstance(value, datetime) else ""


def duration(seconds: float | None) -> str:
    """«4 min 12 s»."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(hours or minutes)
    return " ".join([*parts, f"{rest} s"] if not hours else parts)


def money(amount: Decimal | None, currency: str | None, country: str | None) -> str:
    """The amount as the country writes it («$2,180», «2.180 €»), by its code where that is not known
    («MXN 2,180»); whole amounts without cents.
    """
    if amount is None:
        return NOTHING
    locale = _locale(country)
    if currency is None:
        return str(format_decimal(amount, locale=locale))
    text = format_currency(amount, currency, None if country else "¤¤ #,##0.00", locale=locale)
    if amount == amount.to_integral_value():
        text = text.replace(
            format_decimal(amount, "#,##0.00", locale=locale), format_decimal(amount, "#,##0", locale=locale)
        )
    return str(text)


def points(value: float | None, low: float | None, high: float | None) -> str:
    """«82», or «71–86» while verdicts wait for a person."""
    if low is not None and high is not None and round(low) != round(high):
        return f"{round(low)}–{round(high)}"
    return NOTHING if value is None else f"{round(value)}"


def mean(value: float | None, half_width: float | None) -> str:
    """«82 ± 6»; the bare mean where there are too few calls for an interval."""
    if value is None:
        return NOTHING
    return f"{value:.0f}" if half_width is None else f"{value:.0f} ± {half_width:.0f}"


def based(mean_of: Mean) -> str:
    """«82 ± 6, 14 llamadas»: a mean with all it stands on."""
    return f"{mean(mean_of.value, mean_of.margin)}, {calls(mean_of.n)}"


def percent(share: float) -> str:
    """«55 %»."""
    return str(format_percent(share, "#,##0%" if language() == "en" else "#,##0 %", locale="en_GB"))


def share(of: Share) -> str:
    """«62 %»; a dash where nothing was judged."""
    return NOTHING if of.value is None else percent(of.value)


def interval(of: Share) -> str:
    """«49–73 %», the 95 % interval."""
    return f"{100 * of.low:.0f}–{percent(of.high)}" if of.n else ""


def shared(of: Share) -> str:
    """«62 % de 40 (46–75 %)»: a share with all it stands on."""
    if not of.n:
        return NOTHING
    return t("{share} de {n} ({interval})", share=share(of), n=of.n, interval=interval(of))


def days(since: date, until: date) -> str:
    """«del 22 oct al 18 nov»."""
    return t("del {since} al {until}", since=short_day(since), until=short_day(until))


def decimal(value: float, places: int = 2) -> str:
    """«0,62»; a minus is a real one."""
    return f"{value:.{places}f}".replace(".", t(",")).replace("-", "\u2212")


def calls(n: int) -> str:
    return counted(n, "{n} llamada", "{n} llamadas")


def clock(seconds: float) -> str:
    """«4:12»."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _locale(country: str | None) -> Locale:
    try:
        return Locale.parse(f"es_{country or 'MX'}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es_419")
