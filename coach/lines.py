"""What one line of the machine interface may hold. Facts may be missing or null, unknown keys are ignored."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from transcripts.types import CaseFacts, Direction, Recording, Speaker, Transcript, Trust, Turn

T = TypeVar("T")


def _text(value: Any) -> Any:
    """Ids and accounts often come as numbers; blank text says nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else value


def _day(value: Any) -> datetime | date | None:
    """An ISO day or instant; blank text is none. Numbers are refused: nobody knows what they count."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("debe ser una fecha, como 2026-03-10 o 2026-03-10T16:40:00-05:00") from error


def _country(value: Any) -> Any:
    value = _text(value)
    if isinstance(value, str) and (len(value) != 2 or not value.isascii() or not value.isalpha()):
        raise ValueError("debe ser un código de dos letras, como MX")
    return value.upper() if isinstance(value, str) else value


def _offers(value: Any) -> Any:
    return [value] if isinstance(value, str) else value or []


def _small(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


Fact = Annotated[str | None, BeforeValidator(_text)]
CountryCode = Annotated[str | None, BeforeValidator(_country)]
CallDay = Annotated[datetime | date | None, PlainValidator(_day)]
Spoken = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
Role = Annotated[Speaker, BeforeValidator(lambda value: "unknown" if value is None else _small(value))]


class Line(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)


class TurnLine(Line):
    speaker: Role = "unknown"
    start: float | None = None
    end: float | None = None
    text: Spoken

    def turn(self) -> Turn:
        """Times that cannot be are as good as none."""
        start, end = self.start, self.end
        if start is not None and (start < 0 or (end is not None and end < start)):
            start = end = None
        return Turn(self.speaker, self.text, start, end)


class FactsLine(Line):
    amount_due: Decimal | None = None
    currency: Fact = None
    days_late: int | None = None
    product: Fact = None
    creditor: Fact = None
    authorized_offers: Annotated[tuple[str, ...], BeforeValidator(_offers)] = ()

    def case(self) -> CaseFacts:
        return CaseFacts(**{name: getattr(self, name) for name in FactsLine.model_fields})


class CallLine(FactsLine):
    """One call. The facts of the case may stand beside the others or in an object `facts`."""

    id: Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
    turns: tuple[TurnLine, ...]
    call_date: CallDay = None
    call_started_at: CallDay = None
    agent: Fact = None
    agent_login: Fact = None
    company: Fact = None
    debtor_name: Fact = None
    country: CountryCode = None
    direction: Annotated[Direction | None, BeforeValidator(_small)] = None
    campaign: Fact = None
    portfolio: Fact = None
    account: Fact = None
    call_type: Fact = None
    disposition: Fact = None
    source: Fact = None
    duration_s: float | None = Field(default=None, ge=0)
    language: str | None = None
    starts_late: bool | None = None
    ends_cut: bool | None = None
    demo: bool | None = None
    facts: FactsLine | None = None

    def recording(self, country: str | None = None) -> Recording:
        """The call facts; `country` is for calls that do not say theirs."""
        return Recording(
            id=self.id,
            call_started_at=self.call_started_at or self.call_date,
            agent=self.agent,
            agent_login=self.agent_login,
            company=self.company,
            debtor_name=self.debtor_name,
            country=self.country or country,
            direction=self.direction,
            campaign=self.campaign,
            portfolio=self.portfolio,
            account=self.account,
            call_type=self.call_type,
            disposition=self.disposition,
            facts=(self.facts or self).case(),
            duration_s=self.duration_s,
            source=self.source,
            demo=bool(self.demo),
        )

    def transcript(self, country: str | None = None) -> Transcript:
        turns = tuple(line.turn() for line in self.turns)
        trust = Trust(starts_late=self.starts_late, ends_cut=self.ends_cut)
        return Transcript(self.recording(country), turns, self.language or "es", trust=trust)


class UtteranceLine(Line):
    text: Spoken
    speaker: Role = "unknown"
    country: CountryCode = None


def unknown_keys(line: Line) -> set[str]:
    """Names in this line that mean nothing to us, as written: `noise`, `turns.channel`."""
    unknown = set(line.model_extra or {})
    if isinstance(line, CallLine):
        unknown |= {f"turns.{name}" for turn in line.turns for name in turn.model_extra or {}}
        unknown |= {f"facts.{name}" for name in (line.facts.model_extra if line.facts else None) or {}}
    return unknown
