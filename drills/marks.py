"""Points of an attempt, one mark for each rule (`rules.yaml`), with the words behind it and a better line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from drills.effects import Language
from drills.near import kinds
from nlp.cues import read_yaml
from nlp.labels import Text, labels

CHOICE = "choice"  # a mark that is lost for what the near miss that was chosen lacks
RESPECT = "respect"  # a mark only for who lacked it
UNASKED = "unasked"  # the advice where no payment may be asked for, whatever the points
CLOSED = "closed"  # a reason that is told with all of the points: the rule asks for more than was done


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Text
    rule: Text
    watch: Text | None = None  # the rule for who looks on, where it holds what only a grade knows
    better: str = ""
    better_unasked: str = ""  # the better line where no payment is to be asked for
    instead: dict[
        str, Text
    ] = {}  # the sentence where points are lost for a reason of its own, by that reason


@dataclass(frozen=True, slots=True)
class Mark:
    """`got` of `of` points by rule `id`. `quote`: the trainee's words, empty where they are missing."""

    id: str
    got: int
    of: int
    quote: str = ""
    better: str = ""
    values: Mapping[str, object] = field(default_factory=dict)  # fill the rule's sentence
    reason: str = ""  # what is told in place of the rule, one of its `instead`: mostly why points are lost
    times: int = 1  # turns in which what costs the points was said

    def label(self, language: Language = "es") -> str:
        return str(getattr(rules()[self.id].label, language))

    def rule(self, language: Language = "es") -> str:
        rule = rules()[self.id]
        values = dict(self.values)
        if "objection" in values:
            values["objection"] = getattr(labels()[str(values["objection"])].label, language).lower()
        return str(getattr(rule.instead.get(self.reason, rule.rule), language)).format(**values)


def mark(
    id_: str, got: int, of: int, quote: str = "", better: str = "", *, reason: str = "", **values: object
) -> Mark:
    """A mark; without a better line of its own it shows the rule's, filled with `values`."""
    if not better and got < of:
        better = rules()[id_].better.format(**values)
    return Mark(
        id_,
        got,
        of,
        quote,
        better if got < of else "",
        values,
        reason if got < of or reason in (CLOSED, UNASKED) else "",
    )


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    stanzas = read_yaml(Path(__file__).with_name("rules.yaml"))
    told = {name: Rule.model_validate(stanza) for name, stanza in stanzas.items()}
    missed = {name: kind.told for name, kind in kinds().items()}
    return {**told, CHOICE: told[CHOICE].model_copy(update={"instead": missed})}
