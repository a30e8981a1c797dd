"""A scenario as people write it: the case, the debtor, what hides behind the objections, when it is won."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from rubrics.labels import ACTS, OBJECTIONS
from rubrics.playbook import DebtorType
from rubrics.yamlfile import suggestion
from transcripts.types import CaseFacts, Recording

Mood = Literal["calm", "worried", "evasive", "annoyed", "hostile", "sad"]
Goal = Literal["promise", "partial_promise", "callback", "third_party_message"]
Country = Literal["MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US"]
MOODS: tuple[Mood, ...] = get_args(Mood)
# in these the agent clears up or helps, and does not ask for the payment
EMERGENCY = "health_emergency"
DISPUTES = frozenset({"already_paid", "not_my_debt", EMERGENCY})
EXPLORES = "explores_objection"  # any question about what was objected, whichever act it is
OPENS = (*ACTS, EXPLORES)
MOST_DAYS = 36_500  # late, or until a payment: further off no calendar goes for sure
MOST_OPENING, MOST_HIDDEN, MOST_BAIT = 30, 60, 40  # words, as they are said on the phone
Level = Annotated[int, Field(ge=1, le=5)]
Text = Annotated[str, Field(min_length=1)]


class DrillError(Exception):
    """A scenario, lines or an attempt that cannot be used; the message says what, where, what to do next."""


KEPT = {"kept": True}
"""The context in which a scenario is read that somebody practised: its words may be no labels any more."""


def _is_kept(info: ValidationInfo) -> bool:
    return bool((info.context or {}).get("kept"))


def _objection(label: str, info: ValidationInfo) -> str:
    if label not in OBJECTIONS and not _is_kept(info):
        raise ValueError(f"objeción desconocida «{label}»{suggestion(label, OBJECTIONS)}")
    return label


def _opens(label: str, info: ValidationInfo) -> str:
    if label not in OPENS and not _is_kept(info):
        raise ValueError(f"acto desconocido «{label}»{suggestion(label, OPENS)}")
    return label


ObjectionId = Annotated[str, AfterValidator(_objection)]


class Success(BaseModel):
    """What the trainee must reach. A sum is asked of promises only; days count from the day of the call."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    kind: Goal
    min_amount: Decimal | None = Field(default=None, gt=0)
    within_days: int | None = Field(default=None, ge=0, le=MOST_DAYS)


class Scenario(BaseModel):
    """One case to practise. `patience`, `trust` and `willingness` (1-5) are how the debtor begins."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    title: Text
    title_en: Text
    country: Country
    product: Text
    creditor: Text
    debtor_name: Text
    agent_company: Text
    amount: Decimal = Field(gt=0)
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    days_late: int = Field(ge=-MOST_DAYS, le=MOST_DAYS)
    debtor_type: DebtorType
    mood: Mood
    difficulty: Level
    objections: tuple[ObjectionId, ...] = Field(min_length=1)
    hidden_reason: str = ""
    reveal_on: tuple[Annotated[str, AfterValidator(_opens)], ...] = ()
    patience: Level
    trust: Level
    willingness: Level
    authorized_offers: tuple[str, ...] = ()
    success: Success
    bait: str = ""
    openings: tuple[Text, ...] = Field(min_length=2)
    notes_for_trainer: str = ""

    @property
    def least(self) -> Decimal:
        """The smallest sum that wins."""
        return self.success.min_amount or self.amount

    @property
    def with_third_party(self) -> bool:
        return self.success.kind == "third_party_message"

    def recording(self, on: datetime.date) -> Recording:
        """The case as a call of that day."""
        facts = CaseFacts(
            amount_due=self.amount,
            currency=self.currency,
            days_late=self.days_late,
            product=self.product,
            creditor=self.creditor,
            authorized_offers=self.authorized_offers,
            due_date=on - datetime.timedelta(days=self.days_late),
        )
        return Recording(
            f"drill-{self.id}",
            on,
            company=self.agent_company,
            debtor_name=self.debtor_name,
            country=self.country,
            direction="outbound",
            call_type="tercero" if self.with_third_party else None,
            facts=facts,
        )
