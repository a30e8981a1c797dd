"""The form as people write it (rubric, pack, criterion) and what judging by it gives (verdict, scorecard)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr

from nlp.cues import Cue
from rubrics.groups import OF_RULES, FormGroup
from rubrics.groups import Group as Group  # who draws them knows the types alone
from rubrics.ids import Id
from transcripts.facts.types import known_country
from transcripts.types import Quote, Recording

Outcome = Literal["pass", "fail", "na"]
Evaluable = Literal["yes", "partly", "no"]
_KEYS = re.compile(r"\s*\[[A-Z]{2}\d+[^\]]*\]")
Copc = Literal["customer", "business", "compliance", "minor"]  # whom an error harms; `rubrics.copc`
Weight = Annotated[float, Field(ge=0, le=1_000_000)]  # more would add up to no number
Certainty = Literal["A", "B", "C"]  # text of the rule read · press or a law firm's note · trade knowledge


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing wrong in a file, in words that say what was probably meant. `line` counts from 1."""

    line: int
    where: str
    what: str

    @property
    def text(self) -> str:
        return ": ".join(filter(None, (f"línea {self.line}", self.where, self.what)))

    def at(self, name: str) -> str:
        """«caso.yaml:24: id: …», of a file of this name."""
        return ": ".join(filter(None, (f"{name}:{self.line}", self.where, self.what)))


class RubricError(Exception):
    """A rubric file that cannot be used; the message says file, line, what is wrong and what was meant.

    `mistakes` tells them one by one; it is empty where the file could not be read at all.
    """

    def __init__(self, message: str, mistakes: tuple[Mistake, ...] = ()) -> None:
        super().__init__(message)
        self.mistakes = mistakes


class Criterion(BaseModel):
    """One line of the form: which check judges it, with which settings, and its weight (points of 100)."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: Id
    label: str
    label_en: str = ""
    group: FormGroup
    check: str
    params: dict[str, Any] = Field(default_factory=dict)
    na_when: tuple[str, ...] = ()  # names of `rubrics.conditions`, judged first, in this order
    weight: Weight
    critical: bool = False
    needs_sure_speakers: bool = True  # False: still judged when roles are guessed (mono)
    help: str
    help_en: str = ""
    better: str = ""  # the wording to use instead, shown with a fail
    copc: Copc | None = None  # the kind of error that a fail is; None: as usual for its id
    _settings: tuple[dict[str, Any], BaseModel] | None = PrivateAttr(default=None)

    @property
    def counts_for(self) -> float:
        """Its points of a call: none where it voids the call, whatever its file says."""
        return 0.0 if self.critical else self.weight

    @property
    def voids(self) -> bool:
        """Whether its failure is a critical one."""
        return self.critical

    def settings(self, model: type[BaseModel], cues: Collection[str] = ()) -> Any:
        """`params` as the check's `model` reads them: validated once, at load, and kept with the criterion.

        `cues`: names that the file declares for itself. Raises ValidationError.
        """
        kept = self._settings
        if kept is None or kept[0] is not self.params or not isinstance(kept[1], model):  # a changed copy
            kept = self._settings = (
                self.params,
                model.model_validate(self.params, context={"cues": cues}),
            )
        return kept[1]


class Change(BaseModel):
    """What a form that is based on another says anew of one of its criteria; `params` are merged."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    label: str | None = None
    label_en: str | None = None
    weight: Weight | None = None
    critical: bool | None = None
    params: dict[str, Any] | None = None
    na_when: tuple[str, ...] | None = None
    help: str | None = None
    help_en: str | None = None
    better: str | None = None
    copc: Copc | None = None


class Applies(BaseModel):
    """For which calls a form is meant: every line that is given must hold of the call's facts."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    call_type: tuple[str, ...] = ()
    direction: Literal["inbound", "outbound"] | None = None
    portfolio: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    days_late_at_most: int | None = None
    days_late_at_least: int | None = None

    def to(self, recording: Recording) -> bool:
        late = recording.facts.days_late
        named = (
            (self.call_type, recording.call_type),
            (self.portfolio, recording.portfolio),
            (self.campaign, recording.campaign),
        )
        return (
            all(not wanted or _same(held, wanted) for wanted, held in named)
            and (self.direction is None or recording.direction == self.direction)
            and (self.days_late_at_most is None or (late is not None and late <= self.days_late_at_most))
            and (self.days_late_at_least is None or (late is not None and late >= self.days_late_at_least))
        )


def _same(held: str | None, wanted: tuple[str, ...]) -> bool:
    return held is not None and held.strip().casefold() in {one.casefold() for one in wanted}


class Form(BaseModel):
    """What a form and a country's pack have in common.

    One `based_on` another has its criteria (or rules), less `without`, with `changes`, and its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: Id
    version: int = Field(ge=1)
    label: str
    label_en: str = ""
    based_on: str = ""
    without: tuple[str, ...] = ()
    changes: Mapping[str, Change] = Field(default_factory=dict)
    cues: dict[str, Cue] = Field(default_factory=dict)  # words that this file looks for, run by nlp
    digest: str = ""  # of the file's text; filled by the loader, never written by hand
    over: str = ""  # «cobranza 2»: what it is based on, the nearest first; filled by the loader

    @property
    def name(self) -> str:
        """As scorecards name it."""
        return f"{self.id}@{self.version}+{self.digest}"

    @property
    def edition(self) -> str:
        """«1, sobre cobranza 2»: the version, and that of what it is based on, which changes it too."""
        return f"{self.version}, sobre {self.over}" if self.over else str(self.version)


class Rubric(Form):
    """A form."""

    for_calls: Applies | None = None  # None: for every call that no other form is for
    criteria: tuple[Criterion, ...] = ()
    review_below: float = Field(default=0.6, ge=0, le=1)  # less confident verdicts wait for a person


class Rule(Criterion):
    """A country's rule: a criterion with its legal source.

    Below certainty A it is shown as advice: no points, not critical, and replaces nothing. `replaces` names
    the base criterion that it stands for: that one's verdict is kept, but shown to nobody.
    """

    group: Group = OF_RULES
    weight: Weight = 0
    source: str = Field(min_length=1)
    certainty: Certainty
    reviewed_on: datetime.date
    replaces: str = ""

    @property
    def law(self) -> str:
        """The source as people read it, without the keys of docs/country-packs.md («[CO1, CO2]»)."""
        return _KEYS.sub("", self.source)

    @property
    def advice(self) -> bool:
        return self.certainty != "A"

    @property
    def voids(self) -> bool:
        return self.critical and not self.advice


class RuleChange(Change):
    """What a pack says anew of a rule of the pack it is based on."""

    source: str | None = None
    certainty: Certainty | None = None
    reviewed_on: datetime.date | None = None
    replaces: str | None = None


class Pack(Form):
    """What a country adds to the base form, replaces or inverts. It is not legal advice."""

    # ISO 3166-1; empty: for countries without a pack of their own
    country: Annotated[str, AfterValidator(lambda code: code and known_country(code))] = ""
    law: str = ""  # the main rule, in a sentence
    reviewed_on: datetime.date
    changes: Mapping[str, RuleChange] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @property
    def title(self) -> str:
        """«Reglas de México»; a pack that is called rules already is not called so twice."""
        return self.label if self.label.startswith("Reglas") else f"Reglas de {self.label}"

    @property
    def title_en(self) -> str:
        label = self.label_en or self.label
        return label if "rules" in label.casefold() or self.label == self.title else f"Rules of {label}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome is the best guess. `needs_review` keeps it out of points and voiding until a person looks.

    `evidence` of a fail quotes the speaker the claim is about; where something is absent it is empty and
    `reason` says where it was sought. An `na` always names in `reason` the precondition that failed.
    `doubt` is what makes the machine unsure, in sentences that `reason` does without: a person who has
    decided has looked, and to the agent who reads it the doubt would be the person's.
    """

    outcome: Outcome
    reason: str
    evidence: tuple[Quote, ...] = ()
    confidence: float = 1.0  # 0..1
    needs_review: bool = False
    condition: str = ""  # of an `na`: the name in `rubrics.conditions` that applied
    doubt: str = ""  # empty in what was stored before there was such a field: there `reason` has it

    @property
    def told(self) -> str:
        """The reason as people read it, with the doubt where nobody has settled it."""
        return f"{self.reason} {self.doubt}" if self.doubt else self.reason


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Verdicts by criterion id, in the order of the rubric. Never edited: a person's word is a Review.

    `points` 0..100 over what was judged without doubt, None where nothing could be. `points_low` and
    `points_high` are the range that the verdicts waiting for review leave open. `pack_verdicts` are those of
    the country's rules, by their own ids.
    """

    recording_id: str
    rubric: str  # "id@version+digest"
    verdicts: dict[str, Verdict]
    points: float | None
    points_low: float | None
    points_high: float | None
    critical_failures: tuple[str, ...] = ()  # criterion and rule ids; a person confirms them
    evaluable: Evaluable = "yes"
    evaluable_reason: str = ""
    pack: str = ""  # "id@version+digest"; empty where no pack applied
    pack_verdicts: dict[str, Verdict] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()  # criteria of the form in whose place the country's law put a rule
    weights: dict[str, float] = field(
        default_factory=dict
    )  # in points, by criterion or the rule in its place

    @property
    def shown(self) -> dict[str, Verdict]:
        """The form's verdicts but those a rule of the country stands for: lists and figures know no other,
        as they would praise what the law forbids.
        """
        return {name: verdict for name, verdict in self.verdicts.items() if name not in self.replaced}
