"""What a call may hold as JSON: the closed model behind our own format and the machine interface.

Forgiving where nothing is lost (nulls, numbers for ids, «México» for MX), strict where a mistake would hide.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    field_validator,
)

from transcripts.facts.types import CASE_FACTS, MOST_LEGS, LoggedContact, known_zone, of_our_days
from transcripts.facts.values import Place, amount, country
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


class TurnModel(_Closed):
    speaker: Speaker = "unknown"
    text: str
    start: float | None = _Seconds
    end: float | None = _Seconds
    words: tuple[WordModel, ...] = ()
    channel: int | None = None
    speaker_confidence: float | None = Field(default=None, ge=0, le=1)
    doubt: StretchKind | None = None

    @field_validator("speaker", mode="before")
    @classmethod
    def _spanish_too(cls, value: object) -> object:
        """«agente», «cliente»: the roles by their Spanish names."""
        return (role_of(value) or value) if isinstance(value, str) and len(value) > 1 else value


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
    amount_due: Decimal | None = None
    currency: str | None = None
    days_late: int | None = None
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

    @field_validator("country", mode="before")
    @classmethod
    def _code(cls, value: object) -> object:
        """«México» and «mx» are MX."""
        return country(value.strip(), Place()) if isinstance(value, str) else value

    @field_validator("amount_due", mode="before")
    @classmethod
    def _sum(cls, value: object) -> object:
        """A sum in quotes is written as people write it, as in tables: «300.000» are 300 thousand."""
        return amount(value.strip(), Place()) if isinstance(value, str) else value

    @field_validator("direction", mode="before")
    @classmethod
    def _small(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("authorized_offers", mode="before")
    @classmethod
    def _one_too(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


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


_WHAT = {
    "missing": "falta",
    "string_type": "no es texto:",
    "literal_error": "tiene un valor que no existe:",
    "float_type": "no es un número:",
    "float_parsing": "no es un número:",
    "tuple_type": "no es una lista:",
    "greater_than_equal": "es menor que lo posible:",
    "finite_number": "no es un número:",
    "date_from_datetime_parsing": "no es una fecha AAAA-MM-DD:",
    "date_parsing": "no es una fecha AAAA-MM-DD:",
    "model_type": "no es un objeto:",
    "extra_forbidden": "no existe:",
}


def complaint(error: ValidationError) -> str:
    """The first mistake as a sentence: which turn, which key, what it holds, what may stand there."""
    first = error.errors()[0]
    place = [str(p) for p in first["loc"]]
    turn = f"turno {place[1]}: " if place[0] == "turns" and len(place) > 1 else ""
    key = place[-1] if not place[-1].isdigit() else place[0]
    ours = first.get("ctx", {}).get("error") if first["type"] == "value_error" else None
    what = f"{ours}:" if ours else _WHAT.get(first["type"], "no sirve:")
    value = "" if first["type"] == "missing" else f" {str(first['input'])[:40]!r}"
    others = error.error_count() - 1
    more = f" Hay {others} {'error' if others == 1 else 'errores'} más." if others else ""
    advice = "Use agent, debtor, other o unknown." if key == "speaker" else "Corríjalo y vuelva a intentarlo."
    return f"{turn}«{key}» {what}{value}. {advice}{more}"
