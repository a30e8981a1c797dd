"""What the programs' door takes and gives, as pydantic models: the OpenAPI document is written from them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from re import ASCII, fullmatch
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from coach.discreet import tells_of_health
from coach.ledger import State
from coach.rows import CallFilter, Promised
from nlp.labels import objection_ids
from rubrics.types import Certainty, Evaluable, Outcome

Format = Literal["json", "csv"]
Word = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of a row
# the document names those that may be asked for; the others have answers of their own
_OPEN = [name for name in objection_ids() if not tells_of_health(name)]
Objection = Annotated[str, Field(max_length=200), WithJsonSchema({"type": "string", "enum": _OPEN})]
# a time of the place of the call has no offset, which «date-time» would ask for
LocalTime = Annotated[datetime, WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT"})]
PLACES = 2  # of a figure that is no count; beyond them stands what sums of the machine's leave
Figure = Annotated[float, AfterValidator(lambda value: round(value, PLACES))]
MOST_ROWS = 1000
MOST_CRITICALS = 100


def _day(written: object) -> object:
    """A day of the calendar alone: of an instant another day may be meant, of a number nobody knows which."""
    if isinstance(written, date | None):
        return written
    if isinstance(written, str) and fullmatch(r"\d{4}-\d\d-\d\d", written, ASCII):
        with suppress(ValueError):
            return date.fromisoformat(written)
    raise ValueError("debe ser una fecha, como 2026-03-10")


Day = Annotated[date | None, BeforeValidator(_day)]


class Simple(BaseModel):
    """A question without filters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Format = "json"


class Asked(Simple):
    """Which calls, by the filters of their list; one may come several times: any of its values."""

    since: Day = Field(None, description="Primer día, incluido.")
    until: Day = Field(None, description="Último día, incluido.")
    agent: tuple[Word, ...] = Field((), description="Usuario del marcador.")
    team: tuple[Number, ...] = Field((), description="Número del equipo en el día de la llamada.")
    country: tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...] = ()
    campaign: tuple[Word, ...] = ()
    portfolio: tuple[Word, ...] = ()
    evaluable: tuple[Evaluable, ...] = ()
    critical: bool | None = Field(None, description="Con o sin faltas críticas por confirmar.")
    needs_review: bool | None = None
    promise: Promised | None = None
    objection: tuple[Objection, ...] = ()
    criterion: Word = ""
    outcome: Outcome | None = Field(None, description="Del criterio; los dos van juntos.")

    @field_validator("objection")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in objection_ids():
                raise ValueError("no es una objeción conocida; vea /api/v1/objections")
            if tells_of_health(name):
                raise ValueError("habla de la salud de una persona: no se puede buscar por ella")
        return names

    @model_validator(mode="after")
    def _together(self) -> Self:
        if bool(self.criterion) != (self.outcome is not None):
            raise ValueError("«criterion» y «outcome» van juntos: dé los dos o ninguno")
        if self.since and self.until and self.until < self.since:
            raise ValueError("«until» es anterior a «since»: cámbielos")
        return self

    def filter(self) -> CallFilter:
        return CallFilter(
            agents=tuple(one for one in self.agent if one), teams=self.team, countries=self.country,
            campaigns=self.campaign, portfolios=self.portfolio, since=self.since, until=self.until,
            evaluable=self.evaluable, critical=self.critical, needs_review=self.needs_review,
            promise=self.promise, objections=self.objection, criterion=self.criterion, outcome=self.outcome,
        )  # fmt: skip


class Paged(Asked):
    """The same, a page at a time."""

    size: int = Field(200, ge=1, le=MOST_ROWS, description="Filas por página.")
    after: str = Field("", max_length=400, description="Lo da «next»; no se escribe a mano.")


class CriticalsAsked(Paged):
    """The same; each row takes a whole call to be read, so pages are shorter."""

    size: int = Field(50, ge=1, le=MOST_CRITICALS, description="Llamadas por página.")


class Given(BaseModel):
    """What goes out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CallOut(Given):
    """A judged call. No name of a debtor, no account, no word of the call."""

    id: str
    call_date: date | None
    started_local: LocalTime | None = Field(description="Hora del lugar de la llamada.")
    agent: str | None
    agent_login: str | None
    country: str | None
    company: str | None
    disposition: str | None
    duration_s: Figure | None
    points: Figure | None = Field(description="0 a 100.")
    points_low: Figure | None
    points_high: Figure | None
    evaluable: Evaluable
    critical: int = Field(description="Faltas críticas por confirmar.")
    to_review: int = Field(description="Veredictos que esperan a una persona.")
    promised: bool
    firm_promise: bool


class Calls(Given):
    data: tuple[CallOut, ...]
    next: str | None = Field(description="Dirección de la página siguiente; null: no hay más.")


class EvidenceOut(Given):
    turn: int = Field(description="Desde 0.")
    speaker: str
    text: str = Field(description="Sin nombres, números ni lugares.")


class VerdictOut(Given):
    criterion: str
    label: str
    group: str
    outcome: Outcome
    needs_review: bool
    critical: bool = Field(description="Su incumplimiento anula la llamada cuando una persona lo confirma.")
    certainty: Certainty | None = Field(
        description="De una regla del país: A obliga, B y C son consejo. null: un criterio de la pauta."
    )
    confirmed: bool = Field(description="Una persona confirmó la falta crítica.")
    reason: str = Field(description="Termina con lo que la hace dudosa, mientras nadie la decide.")
    evidence: tuple[EvidenceOut, ...]


class PromiseOfCall(Given):
    amount: Figure | None
    currency: str | None
    date: date | None
    read_back: bool
    needs_review: bool = Field(
        description="No es seguro que se haya acordado: cuenta como firme cuando una persona lo confirma."
    )


class ScorecardOut(Given):
    """One call's scorecard as it stands after its reviews."""

    id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    country: str | None
    evaluable: Evaluable
    evaluable_reason: str
    points: Figure | None
    points_low: Figure | None
    points_high: Figure | None
    void: bool = Field(description="Anulada por una falta crítica confirmada.")
    rubric: str
    pack: str
    engine: str
    model: str
    promise: PromiseOfCall | None
    verdicts: tuple[VerdictOut, ...]


class AgentOut(Given):
    """An agent's figures; a mean comes with how many calls it stands on and its 95 % interval."""

    login: str
    agent: str
    calls: int
    points: Figure | None
    points_n: int
    points_low: Figure | None
    points_high: Figure | None
    critical: int
    promises: int
    to_review: int


class Agents(Given):
    data: tuple[AgentOut, ...]


class TeamWeekOut(Given):
    team_id: int
    team: str
    site: str
    monday: date
    points: Figure | None
    points_n: int
    points_low: Figure | None
    points_high: Figure | None


class TeamWeeks(Given):
    data: tuple[TeamWeekOut, ...]


class ObjectionOut(Given):
    """How often an objection came, and how often it got an answer that fits."""

    objection: str
    label: str
    calls: int
    of: int = Field(description="De tantas llamadas.")
    resolved: int
    resolvable: int = Field(description="Llamadas en que se pudo responder.")


class Objections(Given):
    data: tuple[ObjectionOut, ...]


class PromiseOut(Given):
    call_id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    country: str | None
    amount: Figure | None
    currency: str | None
    due_on: date | None
    paid: Figure
    paid_on: date | None
    read_back: bool
    confirmed: bool
    state: State


class Promises(Given):
    data: tuple[PromiseOut, ...]
    next: str | None


class CriticalOut(Given):
    call_id: str
    call_date: date | None
    agent: str | None
    agent_login: str | None
    criterion: str
    label: str
    state: Literal["to_confirm", "confirmed"]


class Criticals(Given):
    data: tuple[CriticalOut, ...]
    next: str | None


class ErrorOut(Given):
    error: str = Field(description="Qué pasó, dónde y qué hacer.")
