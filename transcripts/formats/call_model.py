"""What a call may hold as JSON: the closed model behind our own format and the machine interface.

Forgiving where nothing is lost (nulls, numbers for ids, «México» for MX), strict where a mistake would hide.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from transcripts.facts.types import (
    CASE_FACTS,
    MOST_DAYS_LATE,
    MOST_LEGS,
    LoggedContact,
    known_zone,
    of_our_days,
)
from transcripts.facts.values import CONVERTERS, Place, there_are
from transcripts.formats.roles import role_of
from transcripts.types import Secret, Speaker, StretchKind

_Seconds = Field(default=None, ge=0, le=1_000_000)
Seconds = Annotated[float | None, Field(ge=-60, le=1_000_000)]  # other programs begin a little before 0


def _moment(value: object) -> datetime | date:
    """An ISO day or instant. Numbers are none, though they could be read as seconds since 1970."""
    try:
        text = str(value) if not isinstance(value, int | float) else ""
        found = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("no es una fecha AAAA-MM-DD") from error
    return of_our_days(found)


_Moment = Annotated[datetime | date | None, PlainValidator(_moment)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class WordModel(_Closed):
    start: float = Field(ge=0)
    end: float = Field(ge=0)
    text: str
    confidence: float = Field(default=1.0, ge=0, le=1)


def _role(value: object) -> object:
    """«agente», «cliente»: the roles by their Spanish names."""
    return (role_of(value) or value) if isinstance(value, str) and len(value) > 1 else value


Said = Annotated[Speaker, BeforeValidator(_role)]


class TurnModel(_Closed):
    speaker: Said = "unknown"
    text: str
    start: float | None = _Seconds
    end: float | None = _Seconds
    words: tuple[WordModel, ...] = ()
    channel: int | None = None
    speaker_confidence: float | None = Field(default=None, ge=0, le=1)
    doubt: StretchKind | None = None


class StretchModel(_Closed):
    kind: StretchKind
    start: float
    end: float
    channel: int | None = None
    text: str = ""


class TrustModel(_Closed):
    channels: int = Field(default=0, ge=0, le=1000)
    speech_s: float = 0.0
    unheard_s: float = 0.0
    damaged: bool = False
    dual_mono: bool = False
    starts_late: bool | None = None
    ends_cut: bool | None = None
    sure_speakers: bool = True
    stretches: tuple[StretchModel, ...] = ()
    notices: tuple[dict[Literal["code", "text"], str], ...] = ()


class EngineModel(_Closed):
    name: str = "import"
    model: str = ""
    version: str = ""
    options: tuple[tuple[str, str], ...] = ()
    demo: bool = False


class PartModel(_Closed):
    recording_id: str
    number: int = Field(ge=1)
    turn: int = Field(ge=0)
    start: float = Field(ge=0)
    agent: str | None = None
    agent_login: str | None = None


class CoverModel(_Closed):
    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: Secret


class CallModel(_Closed):
    id: str = Field(min_length=1, max_length=500)
    turns: tuple[TurnModel, ...]
    call_date: _Moment = None
    call_started_at: _Moment = None
    agent: str | None = None
    agent_login: str | None = None
    company: str | None = None
    debtor_name: str | None = None
    country: str | None = None
    direction: Literal["inbound", "outbound"] | None = None
    campaign: str | None = None
    portfolio: str | None = None
    account: str | None = None
    call_type: str | None = None
    disposition: str | None = None
    amount_due: Decimal | None = Field(default=None, ge=0)
    currency: str | None = None
    days_late: int | None = Field(default=None, ge=0, le=MOST_DAYS_LATE)
    due_date: date | None = None
    product: str | None = None
    creditor: str | None = None
    authorized_offers: tuple[str, ...] | None = None
    time_zone: Annotated[str, AfterValidator(known_zone)] | None = None
    first_contact: bool | None = None
    notice_played: bool | None = None
    contacts: tuple[LoggedContact, ...] | None = None
    promise_kept: bool | None = None
    linked_id: str | None = None
    leg: int | None = Field(default=None, ge=1, le=MOST_LEGS)
    legs: int | None = Field(default=None, ge=1, le=MOST_LEGS)
    audio: Path | None = None
    duration_s: float | None = Field(default=None, ge=0)
    source: str | None = None
    demo: bool = False
    language: str = "es"
    engine: EngineModel = EngineModel()
    trust: TrustModel | None = None
    parts: tuple[PartModel, ...] = ()
    covers: tuple[CoverModel, ...] = ()

    @field_validator("id", "account", "agent_login", "linked_id", mode="before")
    @classmethod
    def _numbers_too(cls, value: object) -> object:
        """Ids that a system writes as numbers."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator(
        "country", "direction", "amount_due", "currency", "days_late", "first_contact", "notice_played",
        "promise_kept", mode="before",
    )  # fmt: skip
    @classmethod
    def _as_in_tables(cls, value: object, of: ValidationInfo) -> object:
        """What stands in quotes is read as in tables: «México» is MX, «300.000» are 300 thousand, «sí»."""
        return CONVERTERS[str(of.field_name)](value.strip(), Place()) if isinstance(value, str) else value

    @field_validator("authorized_offers", mode="before")
    @classmethod
    def _one_too(cls, value: object) -> object:
        listed = [value] if isinstance(value, str) else value
        return there_are(listed) if isinstance(listed, list) else listed


_TURN_KEYS, _CALL_KEYS = frozenset(TurnModel.model_fields), frozenset(CallModel.model_fields)


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """What a call and its turns may hold, nulls and blanks left out, and the names of what they may not."""
    facts = raw.get("facts")
    facts = facts if isinstance(facts, dict) else {}
    unknown = {str(key) for key in raw.keys() - _CALL_KEYS - {"facts"}}
    unknown |= {f"facts.{key}" for key in facts.keys() - CASE_FACTS}
    known = _held(raw, _CALL_KEYS) | _held(facts, CASE_FACTS)
    turns = known.get("turns")
    if isinstance(turns, list):
        for turn in turns:
            if isinstance(turn, dict):
                unknown |= {f"turns.{key}" for key in turn.keys() - _TURN_KEYS}
        known["turns"] = [_turn_held(turn) if isinstance(turn, dict) else turn for turn in turns]
    return known, unknown


def _held(raw: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    blank = (None, "")
    return {key: value for key, value in raw.items() if key in keys and value not in blank}


def _turn_held(turn: dict[str, Any]) -> dict[str, Any]:
    """A turn whose text is null said nothing; one without text at all is a mistake."""
    return _held(turn, _TURN_KEYS) | (
        {"text": turn["text"] or ""} if turn.get("text", 0) in (None, "") else {}
    )


_NUMBER, _WHOLE, _DAY = "no es un número:", "no es un número entero:", "no es una fecha AAAA-MM-DD:"
_INSTANT, _YES_NO = "no es un día con su hora:", "no es un sí o un no:"
_WHAT = {
    "missing": "falta",
    "string_type": "no es texto:",
    "string_too_long": "es demasiado largo:",
    "string_too_short": "está vacío:",
    "literal_error": "tiene un valor que no existe:",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "tuple_type": "no es una lista:",
    "greater_than_equal": "es menor que lo posible:",
    "less_than_equal": "es mayor que lo posible:",
    "finite_number": _NUMBER,
    "date_type": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_parsing": _DAY,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": "no dice su zona horaria:",
    "model_type": "no es un objeto:",
    "extra_forbidden": "no existe:",
}
_AT = "Escriba la hora con su zona, como 2026-03-10T09:15:00-05:00,"
_NEXT = {
    "falta": "Agréguelo",
    "no es texto:": "Escríbalo entre comillas",
    _NUMBER: "Escriba solo el número, como 12.5,",
    _WHOLE: "Escriba solo el número, como 12,",
    "no es un número de días:": "Escriba solo el número, como 12,",
    _YES_NO: "Escriba sí o no",
    "no es una lista:": "Escríbalo entre corchetes: [ ]",
    _DAY: "Escríbala como 2026-03-10",
    _INSTANT: _AT,
    "no dice su zona horaria:": _AT,
}  # by what is wrong


def complaint(error: ValidationError) -> str:
    """The first mistake as a sentence: which turn, which key, what it holds, what may stand there."""
    first = error.errors()[0]
    place = [str(p) for p in first["loc"]]
    which = {"turns": "turno", "contacts": "contacto"}.get(place[0]) if len(place) > 1 else None
    turn = f"{which} {place[1]}: " if which else ""
    key = place[-1] if not place[-1].isdigit() else place[0]
    told = first.get("ctx", {})
    ours = told.get("error") if first["type"] == "value_error" else None
    what = f"{ours}:" if ours else _WHAT.get(first["type"], "no sirve:")
    value = "" if first["type"] == "missing" else f" {str(first['input'])[:40]!r}"
    others = error.error_count() - 1
    more = f" Hay {others} {'error' if others == 1 else 'errores'} más." if others else ""
    again = f"{_bound(told) or _NEXT.get(what, 'Corríjalo')} y vuelva a intentarlo."
    advice = "Use agent, debtor, other o unknown." if key == "speaker" else again
    return f"{turn}«{key}» {what}{value}. {advice}{more}"


def _bound(told: Mapping[str, object]) -> str:
    for name, side in (("ge", "más"), ("le", "menos")):
        if name in told:
            return f"Escriba {str(told[name]).removesuffix('.0')} o {side}"
    return ""
