"""The facts of one call as people hand them over: a closed model, and what could not be used."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class CallFacts(BaseModel):
    """Everything that may be told of a call from outside; None is not known. See
    `transcripts.types.Recording`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Text | None = None
    call_started_at: datetime.datetime | datetime.date | None = None
    agent: _Text | None = None
    agent_login: _Text | None = None
    company: _Text | None = None
    debtor_name: _Text | None = None
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    direction: Literal["inbound", "outbound"] | None = None
    campaign: _Text | None = None
    portfolio: _Text | None = None
    account: _Text | None = None
    call_type: _Text | None = None
    disposition: _Text | None = None
    source: _Text | None = None
    amount_due: Annotated[Decimal, Field(ge=0)] | None = None
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    days_late: Annotated[int, Field(ge=0, le=20_000)] | None = None
    product: _Text | None = None
    creditor: _Text | None = None
    authorized_offers: tuple[_Text, ...] = ()


CASE_FACTS = frozenset({"amount_due", "currency", "days_late", "product", "creditor", "authorized_offers"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts by call id, and sentences (in Spanish) on what could not be used, each said once."""

    facts: dict[str, CallFacts]
    problems: tuple[str, ...] = ()
