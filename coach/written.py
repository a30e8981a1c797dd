"""How days, lengths and sums are written, on screens and in files alike."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import floor
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_decimal_symbol

from coach.intervals import Mean
from coach.types import CoachError
from nlp.countries import country_with
from transcripts.facts.sums import written_sum

Language = Literal["es", "en"]
NOTHING = "—"
LEAST_OF_MARGIN = 5  # values: of fewer, an interval is wider than what it is of


def day(value: date | datetime, language: Language) -> str:
    """«jue 25 sep 2025»; of an instant, the local day it was stored with."""
    return format_date(value, "EEE d MMM y", locale="en_GB" if language == "en" else "es_MX")


def stretch(first: date, last: date, language: Language) -> str:
    """«del 28 al 30 de noviembre de 2026»: both days included."""
    if language == "en":
        whole, locale = "d MMMM y", "en_GB"
        short = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM"
    else:
        whole, locale = "d 'de' MMMM 'de' y", "es_MX"
        short = "d" if (first.year, first.month) == (last.year, last.month) else "d 'de' MMMM"
    until = format_date(last, whole, locale=locale)
    if first == last:
        return f"on {until}" if language == "en" else f"el {until}"
    since = format_date(first, short if first.year == last.year else whole, locale=locale)
    return f"from {since} to {until}" if language == "en" else f"del {since} al {until}"


def whole_percent(share: float) -> int:
    """Of a share (0..1); a half goes up, as people round: one of eight is 13 %."""
    return floor(round(100 * share, 9) + 0.5)


def duration(seconds: float | None) -> str:
    """«4 min 12 s»."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(hours or minutes)
    return " ".join([*parts, f"{rest} s"] if not hours else parts)


def mean(of: Mean) -> str:
    """«82 ± 6»; the bare mean where there are too few values for an interval. No ± reaches beyond both ends
    of the scale.
    """
    if of.value is None:
        return NOTHING
    if of.margin is None or of.n < LEAST_OF_MARGIN:
        return f"{of.value:.0f}"
    return f"{of.value:.0f} ± {min(of.margin, max(of.value, 100 - of.value)):.0f}"


def money(amount: Decimal | None, currency: str | None, country: str | None) -> str:
    """The amount as the country writes it («$2,180», «2.180 €»), by its code where that is not known
    («MXN 2,180», «CLP 2.180»); whole amounts without cents.
    """
    if amount is None:
        return NOTHING
    locale = locale_of(country or country_with(currency or ""))
    if currency is None:
        whole = amount == amount.to_integral_value()
        return str(format_decimal(amount, "#,##0" if whole else "#,##0.00", locale=locale))
    text = format_currency(amount, currency, None if country else "¤¤ #,##0.00", locale=locale)
    if amount == amount.to_integral_value():
        text = text.replace(
            format_decimal(amount, "#,##0.00", locale=locale), format_decimal(amount, "#,##0", locale=locale)
        )
    return str(text)


def amount(value: Decimal | None, country: str | None) -> str:
    """A sum for a field to hold, without its currency: «2.180», «2,180.50»."""
    return "" if value is None else money(value, None, country)


def read_amount(said: str, before: Decimal | None, country: str | None) -> Decimal | None:
    """What a field holds that was filled with `before`, to the cent; left as it was it is that one exactly.
    None where it is empty; CoachError where it is no sum.
    """
    said = said.strip()
    if not said or said == amount(before, country):
        return before if said else None
    try:
        return written_sum(said).quantize(Decimal("0.01"))
    except ValueError as error:
        like = amount(Decimal("2180.50"), country)
        raise CoachError(
            "«{words}» {why}. Escríbalo como {like}.", words=said, why=error, like=like
        ) from error


def decimal(value: float, places: int, language: Language, country: str | None) -> str:
    """«0,62» as the country writes it, «0.62» in English; a minus is a real one. `country`: the call's, else
    the house's.
    """
    return f"{value:.{places}f}".replace(".", decimal_sign(language, country)).replace("-", "\u2212")


def decimal_sign(language: Language, country: str | None) -> str:
    return "." if language == "en" else str(get_decimal_symbol(locale_of(country)))


def shortened(text: str, most: int) -> str:
    """At most `most` letters of it, up to the end of a word, with «…» where some are left out."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def locale_of(country: str | None) -> Locale:
    """Spanish as that country writes it; where none is known as Mexico does, sums and other numbers alike."""
    try:
        return Locale.parse(f"es_{country or 'MX'}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es_419")
