"""Pass when the call began within the hours and days in which the country allows it, or the debtor called.

Hours are the debtor's. In a country with several zones, and without the debtor's own, the capital's clock
decides, and what another zone of the country would change waits for a person; so does what hangs on whose
clock the hour is by, where the debtor's zone is told but not that of the hours. Where only the day is known,
a day closed at any hour fails. Public holidays come from the library `holidays`; «never» closes a kind of
day.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, field_validator

from nlp.types import Findings
from rubrics.contacts import WithClock, began, debtor_zone, no_call_time
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed

if TYPE_CHECKING:  # it brings the calendars of the world: a second
    import holidays
from transcripts.types import Recording, Transcript

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
NEVER = "never"
CLOCK_CONFIDENCE, DAY_CONFIDENCE = 0.95, 0.9
OTHER_ZONES = {  # beside the capital's, of countries that have several
    "MX": (
        "America/Cancun", "America/Mazatlan", "America/Hermosillo", "America/Tijuana",
        "America/Ciudad_Juarez", "America/Matamoros",
    ),
    "US": (
        "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu",
    ),
    "CL": ("America/Punta_Arenas", "Pacific/Easter"),
    "ES": ("Atlantic/Canary",),
    "EC": ("Pacific/Galapagos",),
}  # fmt: skip
MOVES_HOLIDAYS = ("EC",)  # the library lists the day itself too, which is worked once its rest was moved
MOVED_DAYS = 4  # no rest is moved farther


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: WithClock
    weekdays: str  # «7-19»: from 7:00 until 19:00
    saturday: str
    sunday: str
    holidays: str

    @field_validator("weekdays", "saturday", "sunday", "holidays")
    @classmethod
    def _readable(cls, text: str) -> str:
        if text != NEVER:
            _hours(text)
        return text


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    if recording.direction == "inbound":
        return passed("Llamó el deudor: el horario obliga solo a la agencia.")
    at = began(recording)
    if at is None:
        return _by_day(recording, params)
    zone = debtor_zone(recording, params.country)
    told = isinstance(recording.call_started_at, datetime.datetime) and recording.call_started_at.tzinfo
    if not told and recording.facts.time_zone:
        return _by_either_clock(at, zone, params)
    local = at.astimezone(zone)
    others = () if recording.facts.time_zone else OTHER_ZONES.get(params.country, ())
    broken = _broken(local, params)
    whose = "de la capital" if others else "del deudor"
    what = broken or "Se llamó dentro del horario permitido"
    reason = f"{what}: {_day(local)}, {local:%H:%M}, hora {whose}."
    changed = any(bool(_broken(at.astimezone(ZoneInfo(name)), params)) != bool(broken) for name in others)
    would = "se cumpliría" if broken else "no se cumpliría"
    doubt = f"No se sabe en qué zona horaria vive el deudor, y en otra del país {would}." if changed else ""
    return _by_clock(reason, broken, doubt)


def _by_clock(reason: str, broken: str, doubt: str) -> Verdict:
    confidence = DOUBTFUL_CONFIDENCE if doubt else CLOCK_CONFIDENCE
    return Verdict("fail" if broken else "pass", reason, (), confidence, doubt=doubt)


def _by_either_clock(at: datetime.datetime, zone: ZoneInfo, params: Params) -> Verdict:
    """What an hour comes to of which nobody knows whether it is the debtor's or the capital's: as the
    debtor's; a person looks where the other would change it.
    """
    local = at.replace(tzinfo=zone)
    broken = _broken(local, params)
    reason = (
        f"{broken or 'Se llamó dentro del horario permitido'}: {_day(local)}, {local:%H:%M}, hora del deudor."
    )
    doubt = ""
    if bool(_broken(at.astimezone(zone), params)) != bool(broken):
        would = "se cumpliría" if broken else "no se cumpliría"
        doubt = f"No se sabe en qué zona horaria está escrita esa hora: si es la de la capital, {would}."
    return _by_clock(reason, broken, doubt)


def _by_day(recording: Recording, params: Params) -> Verdict:
    """What the day alone tells: that no hour of it would do, or nothing."""
    day = recording.call_started_at
    if isinstance(day, datetime.date) and not isinstance(day, datetime.datetime):
        kind, allowed = _allowed(day, params)
        if allowed == NEVER:
            reason = f"Se llamó en {kind}, cuando no está permitido a ninguna hora: {_day(day)}."
            return failed(reason, (), confidence=DAY_CONFIDENCE)
    return no_call_time()


def _broken(local: datetime.datetime, params: Params) -> str:
    """What is wrong with a call at `local` time; empty where nothing is."""
    kind, allowed = _allowed(local.date(), params)
    if allowed == NEVER:
        return f"Se llamó en {kind}, cuando no está permitido"
    first, last = _hours(allowed)
    if first <= local.time() < last:
        return ""
    return f"Se llamó fuera del horario permitido en {kind} (de {first:%H:%M} a {last:%H:%M})"


def _day(day: datetime.date) -> str:
    return f"{DAYS[day.weekday()]} {day:%d/%m/%Y}"


def _allowed(day: datetime.date, params: Params) -> tuple[str, str]:
    """(kind of day in Spanish, hours)."""
    holiday = _holiday(params.country, day)
    if holiday:
        return f"día festivo ({holiday})", params.holidays
    if day.weekday() == 6:
        return "domingo", params.sunday
    if day.weekday() == 5:
        return "sábado", params.saturday
    return "día hábil", params.weekdays


def _holiday(country: str, day: datetime.date) -> str:
    """The name of the holiday that is kept on `day`; empty where none is."""
    known = _holidays(country, day.year)
    names = known.get_list(day)
    if country in MOVES_HOLIDAYS:
        names = [name for name in names if not _moved(known, day, name)]
    return "; ".join(names).replace(" (observado)", ", trasladado")


def _moved(known: holidays.HolidayBase, day: datetime.date, name: str) -> bool:
    """Whether the rest of `name` was moved from `day` to another: «Día del Trabajo (observado)»."""
    near = (day + datetime.timedelta(days=n) for n in range(-MOVED_DAYS, MOVED_DAYS + 1) if n)
    return any(other.startswith(f"{name} (") for one in near for other in known.get_list(one))


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    import holidays

    spanish = "es" if country not in ("US",) else "en_US"
    known = holidays.country_holidays(country, years=year, language=spanish)
    return known if len(known) else holidays.country_holidays(country, years=year)


def _hours(text: str) -> tuple[datetime.time, datetime.time]:
    try:
        first, last = (_time(end) for end in text.split("-"))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"«{text}» no es un horario como 7-19, 8:30-15 o {NEVER}") from error
    if first >= last:
        raise ValueError(f"el horario «{text}» termina antes de empezar; escriba primero desde qué hora")
    return first, last


def _time(text: str) -> datetime.time:
    hour, _, minute = text.partition(":")
    return datetime.time(int(hour), int(minute or 0))
