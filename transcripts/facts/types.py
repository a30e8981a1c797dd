"""The facts of one call as people hand them over: a closed model, and what could not be used."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from transcripts.types import CaseFacts, Contact

MOST_LEGS = 50  # of one call
MOST_DAYS_LATE = 20_000
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


@cache
def _countries() -> frozenset[str]:
    """ISO 3166 codes, from the table that comes with the time zones."""
    lines = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line[:2] for line in lines if not line.startswith("#"))


def known_country(code: str) -> str:
    """An ISO code of a country there is; ValueError otherwise."""
    if code not in _countries():
        raise ValueError("no es un país (use MX, CO, CL…)")
    return code


def known_zone(name: str) -> str:
    """The IANA name itself; ValueError where there is no such zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"la zona horaria «{name}» no existe (use America/Bogota, por ejemplo)") from error
    return name


AnyMoment = TypeVar("AnyMoment", datetime.datetime, datetime.date)


def of_our_days(moment: AnyMoment) -> AnyMoment:
    """The moment itself; ValueError far outside of our days, where time zones and reckoning end."""
    if not 1970 <= moment.year < 2200:
        raise ValueError("no es una fecha posible (de 1970 a 2199)")
    return moment


class LoggedContact(BaseModel):
    """One line of the contact log as people hand it over; an hour needs its zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Annotated[AwareDatetime, AfterValidator(of_our_days)]
    channel: _Text = "call"
    talked: bool = False
    by_debtor: bool = False

    def contact(self) -> Contact:
        return Contact(self.at, self.channel, self.talked, self.by_debtor)


class CallFacts(BaseModel):
    """Everything that may be told of a call from outside; None is not known. See
    `transcripts.types.Recording`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Text | None = None
    call_started_at: Annotated[datetime.datetime | datetime.date, AfterValidator(of_our_days)] | None = None
    agent: _Text | None = None
    agent_login: _Text | None = None
    company: _Text | None = None
    debtor_name: _Text | None = None
    country: Annotated[str, AfterValidator(known_country)] | None = None
    direction: Literal["inbound", "outbound"] | None = None
    campaign: _Text | None = None
    portfolio: _Text | None = None
    account: _Text | None = None
    call_type: _Text | None = None
    disposition: _Text | None = None
    source: _Text | None = None
    amount_due: Annotated[Decimal, Field(ge=0)] | None = None
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    days_late: Annotated[int, Field(ge=0, le=MOST_DAYS_LATE)] | None = None
    due_date: datetime.date | None = None
    product: _Text | None = None
    creditor: _Text | None = None
    authorized_offers: tuple[_Text, ...] | None = None  # an empty list is knowledge too
    time_zone: Annotated[_Text, AfterValidator(known_zone)] | None = None
    first_contact: bool | None = None
    notice_played: bool | None = None
    contacts: tuple[LoggedContact, ...] | None = None
    promise_kept: bool | None = None
    linked_id: _Text | None = None
    leg: Annotated[int, Field(ge=1, le=MOST_LEGS)] | None = None
    legs: Annotated[int, Field(ge=1, le=MOST_LEGS)] | None = None


CASE_FACTS = frozenset(field.name for field in fields(CaseFacts))


def fitting(values: Mapping[str, Any]) -> tuple[CallFacts, dict[str, str]]:
    """The facts, without those that do not fit their field; of these why, in Spanish."""
    try:
        return CallFacts.model_validate(values), {}
    except ValidationError as error:
        wrong = {str(each["loc"][0]): _why(each) for each in error.errors()}
    return CallFacts.model_validate({name: v for name, v in values.items() if name not in wrong}), wrong


def _why(error: ErrorDetails) -> str:
    told = error.get("ctx", {})
    match error["type"]:
        case "greater_than_equal":
            return f"es menos de {told['ge']}"
        case "less_than_equal":
            return f"es más de {told['le']}"
        case "string_too_long":
            return f"tiene más de {told['max_length']} letras"
        case "timezone_aware":
            return "no dice su zona horaria"
        case "value_error":
            return str(told["error"])
        case _:
            return "no sirve"


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts by call id, and sentences (in Spanish) on what could not be used, each said once."""

    facts: dict[str, CallFacts]
    problems: tuple[str, ...] = ()
