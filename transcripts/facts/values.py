"""One cell of a manifest, a sidecar or a file name as the value it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transcripts.facts.country_names import code_of
from transcripts.facts.month_names import in_figures
from transcripts.facts.sums import written_sum
from transcripts.facts.types import known_country, known_zone, of_our_days

ZONES = {
    "MX": "America/Mexico_City", "CO": "America/Bogota", "CL": "America/Santiago", "PE": "America/Lima",
    "AR": "America/Argentina/Buenos_Aires", "ES": "Europe/Madrid", "GT": "America/Guatemala",
    "EC": "America/Guayaquil",
    "CR": "America/Costa_Rica", "US": "America/New_York", "UY": "America/Montevideo",
    "PY": "America/Asuncion",
    "BO": "America/La_Paz", "HN": "America/Tegucigalpa", "SV": "America/El_Salvador", "NI": "America/Managua",
    "PA": "America/Panama", "DO": "America/Santo_Domingo", "VE": "America/Caracas",
}  # fmt: skip
_NO_MONEY = ("XXX", "XTS")  # codes of the norm for «none» and for tests
_DIRECTIONS = {
    **dict.fromkeys(("entrante", "entrada", "recibida", "inbound", "in"), "inbound"),
    **dict.fromkeys(("saliente", "salida", "realizada", "emitida", "outbound", "out"), "outbound"),
}
_CLOCK = re.compile(r"^(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*([ap])?\.?\s*m?\.?$", re.I)
_ISO = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T\s_-]+(.+)|(\d{4}(?:\d{2})?))?$")
_LOCAL = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[,T\s]+(.+))?$")
NO_MOMENT = "no es una fecha (use AAAA-MM-DD HH:MM)"
NO_DAY = "no es una fecha (use AAAA-MM-DD)"
_HOURS = re.compile(r"(?<=\d)\s*h(?:r?s?|oras)\.?$", re.I)  # «10:05 hrs»
_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where facts come from: decides the order of day and month, and the zone of a clock time without one.

    `debtor` is the zone in which the debtor lives, where the line tells it.
    """

    country: str | None = None
    timezone: str | None = None
    debtor: str | None = None

    def zone(self) -> ZoneInfo | None:
        name = self.timezone or ZONES.get(self.country or "")
        if not name:
            return None
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: «America», a folder
            raise ValueError(f"la zona horaria «{name}» no existe") from error


def text(raw: str, place: Place) -> str:
    return raw


def country(raw: str, place: Place) -> str:
    return known_country(code_of(raw))


def direction(raw: str, place: Place) -> str:
    said = raw.casefold().removeprefix("llamada ")
    if said not in _DIRECTIONS:
        raise ValueError("no es una dirección (use entrante o saliente)")
    return _DIRECTIONS[said]


def currency(raw: str, place: Place) -> str:
    from babel.numbers import list_currencies  # only here: its tables take a moment

    code = raw.upper()
    if code not in list_currencies() or code in _NO_MONEY:
        raise ValueError("no es una moneda (use MXN, COP, PEN…)")
    return code


def amount(raw: str, place: Place) -> Decimal:
    return written_sum(raw)


def amount_text(sum_of: Decimal) -> str:
    """A sum as `amount` reads it back: three decimal figures would be taken for thousands."""
    text = f"{sum_of:f}"
    return f"{text}0" if len(text.rpartition(".")[2]) == 3 and "." in text else text


def days(raw: str, place: Place) -> int:
    match = re.fullmatch(r"(\d{1,5})(?:[.,]0+)?(?:\s*d[ií]as?)?", raw, re.I)
    if match is None:
        raise ValueError("no es un número de días")
    return int(match[1])


def ordinal(raw: str, place: Place) -> int:
    """A number of a leg, or of legs."""
    if not re.fullmatch(r"0*[1-9]\d?", raw):
        raise ValueError("no es un número de tramo (1, 2, 3…)")
    return int(raw)


def offers(raw: str, place: Place) -> tuple[object, ...]:
    """Offers parted by a bar or a semicolon; «ninguna», «Sin descuento»: nothing may be offered."""
    return there_are(part.strip() for part in re.split(r"[|;]", raw))


def there_are(listed: Iterable[object]) -> tuple[object, ...]:
    """Offers without those that say there is none: «ninguna», «Sin descuento», «N/A», «-»."""
    return tuple(offer for offer in listed if not isinstance(offer, str) or not _is_none(offer))


def instant(raw: str, place: Place) -> datetime | date:
    """A day, or a moment in the zone of its country; ISO, day first, or month first in the United States.
    A month may be a word.
    """
    raw = in_figures(raw)
    iso, local = _ISO.match(raw), _LOCAL.match(raw)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
        clock = iso[4] or iso[5]
    elif local:
        day, month, year = int(local[1]), int(local[2]), int(local[3])
        if month > 12 or (place.country == "US" and day <= 12):
            day, month = month, day
        year, clock = year + 2000 if year < 100 else year, local[4]
    else:
        raise ValueError(NO_MOMENT)
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise ValueError("no es una fecha del calendario") from error
    of_our_days(found)
    return found if not clock else _moment(found, clock.strip(), place)


def started(raw: str, place: Place) -> datetime | date:
    """When the call began. Without a zone where nobody told in which one the hours are and the debtor lives
    in another than the capital's: the hour may be either's, and rules that hang on it ask a person. An hour
    told in UTC is by the clock that is told beside it.
    """
    found = instant(raw, place)
    if place.timezone and isinstance(found, datetime) and found.utcoffset() == timedelta():
        return found.astimezone(place.zone())
    if not isinstance(found, datetime) or not isinstance(found.tzinfo, ZoneInfo) or place.timezone:
        return found
    try:
        theirs = ZoneInfo(known_zone(place.debtor)) if place.debtor else found.tzinfo
    except ValueError:
        return found  # the cell itself is told as a mistake
    wall = found.replace(tzinfo=None)
    return found if wall.replace(tzinfo=theirs).utcoffset() == found.utcoffset() else wall


def _moment(day: date, clock: str, place: Place) -> datetime:
    clock = _HOURS.sub("", clock)
    offset = _OFFSET.search(clock)
    if offset:
        zone = datetime.strptime(offset.group().replace("Z", "+0000").replace(":", ""), "%z").tzinfo
        clock = clock[: offset.start()].strip()
    else:
        zone = place.zone()
    match = _CLOCK.match(
        clock.replace("-", ":").replace(".", ":", 2)
        if clock.count(":") == 0 and "m" not in clock.lower()
        else clock
    )
    if match is None:
        raise ValueError("la hora no se entiende (use HH:MM)")
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("la hora no existe")
    return datetime.combine(day, time(hour, minute, second), zone)


_NO_OFFERS = frozenset(
    (*"no ninguna ninguno none nada n/a n.a na".split(), "no aplica", "no hay", "no tiene")
)
_WITHOUT = re.compile(r"sin (?:descuentos?|quitas?|ofertas?|rebajas?|beneficios?)")


def _is_none(raw: str) -> bool:
    said = raw.casefold().strip(" .")
    return said in _NO_OFFERS or not re.search(r"\w", said) or _WITHOUT.fullmatch(said) is not None


_YES, _NO = frozenset("si sí s yes y true verdadero 1 x".split()), frozenset("no n false falso 0".split())
_CHANNELS = {
    "llamada": "call", "call": "call", "telefono": "call", "teléfono": "call", "mensaje": "message",
    "message": "message", "sms": "message", "whatsapp": "message", "correo": "message", "email": "message",
    "visita": "visit", "visit": "visit",
}  # fmt: skip
_TALKED = frozenset("hablo habló talked contacto contactado efectivo".split())
_BY_DEBTOR = frozenset("entrante inbound deudor titular".split())


def yes_no(raw: str, place: Place) -> bool:
    word = raw.casefold()
    if word not in _YES | _NO:
        raise ValueError("no es un sí o un no")
    return word in _YES


def zone(raw: str, place: Place) -> str:
    return known_zone(raw)


def day(raw: str, place: Place) -> date:
    """A day without an hour."""
    try:
        found = instant(raw, place)
    except ValueError as error:
        raise ValueError(NO_DAY if str(error) == NO_MOMENT else str(error)) from error
    return found.date() if isinstance(found, datetime) else found


def only_order(raw: str) -> Literal["day", "month"] | None:
    """What comes first in a day in figures that can be read one way only; None where both can be, or neither
    is asked for.
    """
    local = _LOCAL.match(raw)
    if local is None or (int(local[1]) > 12) == (int(local[2]) > 12):
        return None
    return "day" if int(local[1]) > 12 else "month"


def contacts(raw: str, place: Place) -> tuple[dict[str, object], ...]:
    """A contact log in one cell: «2025-10-01 09:15 llamada habló; 2025-10-03 18:40 mensaje». «no»: none
    before.
    """
    if raw.casefold() in _NO:
        return ()
    return tuple(_contact(part.strip(), place) for part in re.split(r"[|;]", raw) if part.strip())


def _contact(raw: str, place: Place) -> dict[str, object]:
    words = raw.split()
    said = [word for word in words if word.casefold() in _CHANNELS.keys() | _TALKED | _BY_DEBTOR]
    at = instant(" ".join(word for word in words if word not in said), place)
    hour = at if isinstance(at, datetime) else None
    if hour is None:
        raise ValueError("no dice a qué hora fue cada contacto (use AAAA-MM-DD HH:MM llamada; …)")
    if hour.tzinfo is None:
        raise ValueError("no se sabe en qué zona horaria fueron los contactos (agregue el país o la zona)")
    channels = [_CHANNELS[word.casefold()] for word in said if word.casefold() in _CHANNELS]
    return {
        "at": hour,
        "channel": channels[0] if channels else "call",
        "talked": any(word.casefold() in _TALKED for word in said),
        "by_debtor": any(word.casefold() in _BY_DEBTOR for word in said),
    }


Convert = Callable[[str, Place], object]
CONVERTERS: dict[str, Convert] = {
    "call_started_at": started,
    "country": country,
    "direction": direction,
    "amount_due": amount,
    "currency": currency,
    "days_late": days,
    "authorized_offers": offers,
    "due_date": day,
    "time_zone": zone,
    "first_contact": yes_no,
    "notice_played": yes_no,
    "promise_kept": yes_no,
    "contacts": contacts,
    "leg": ordinal,
    "legs": ordinal,
}


def value(field: str, raw: str, place: Place) -> object:
    """The value of `raw` for one field of CallFacts. Raises ValueError with a reason in Spanish."""
    return CONVERTERS.get(field, text)(raw.strip(), place)
