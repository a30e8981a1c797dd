"""Pass when the call began within the hours and days in which the country allows it.

Hours are the debtor's: the zone of the case where it is known, else the country's. Public holidays come from
the library `holidays`. «never» closes a kind of day.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from pydantic import BaseModel, ConfigDict, field_validator

from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, not_applicable, passed
from transcripts.facts.values import ZONES
from transcripts.types import Transcript

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
NEVER = "never"


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
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
    at = recording.call_started_at
    if not isinstance(at, datetime.datetime) or at.tzinfo is None:
        return not_applicable("No se sabe a qué hora fue la llamada.", "no_call_time")
    zone = recording.facts.time_zone or ZONES.get(params.country, "")
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    kind, allowed, holiday = _allowed(local.date(), params)
    when = f"{DAYS[local.weekday()]} {local:%d/%m/%Y}, {local:%H:%M}, hora del deudor"
    day = f"{kind} ({holiday})" if holiday else kind
    # without the debtor's own zone a large country leaves the hour open
    sure = 0.95 if recording.facts.time_zone or params.country not in ("MX", "US", "CL", "ES", "EC") else 0.7
    if allowed == NEVER:
        return failed(f"Se llamó en {day}, cuando no está permitido: {when}.", (), confidence=sure)
    first, last = _hours(allowed)
    if first <= local.time() < last:
        return passed(f"Se llamó dentro del horario permitido: {when}.", confidence=sure)
    shown = f"de {first:%H:%M} a {last:%H:%M}"
    return failed(f"Se llamó fuera del horario permitido en {day} ({shown}): {when}.", (), confidence=sure)


def _allowed(day: datetime.date, params: Params) -> tuple[str, str, str]:
    """(kind of day in Spanish, hours, name of the holiday)."""
    holiday = _holidays(params.country, day.year).get(day)
    if holiday is not None:
        return "día festivo", params.holidays, str(holiday)
    if day.weekday() == 6:
        return "domingo", params.sunday, ""
    if day.weekday() == 5:
        return "sábado", params.saturday, ""
    return "día hábil", params.weekdays, ""


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    spanish = "es" if country not in ("US",) else "en_US"
    known = holidays.country_holidays(country, years=year, language=spanish)
    return known if len(known) else holidays.country_holidays(country, years=year)


def _hours(text: str) -> tuple[datetime.time, datetime.time]:
    try:
        first, last = (datetime.time(*(int(part) for part in end.split(":"))) for end in text.split("-"))
    except (ValueError, TypeError) as error:
        raise ValueError(f"«{text}» no es un horario como 7-19, 8:30-15 o {NEVER}") from error
    return first, last
