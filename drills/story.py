"""What a debtor tells of itself, kept true: to the case and to what it has said before.

    known = told(scenario, said)    # slot -> values, as `story.yaml` names them
    fits(line, objection, known)    # whether a line says nothing else

The lines are written for any case of an objection; a case has one illness, one trade, one brother. Only what
is told plainly counts: a line without a word of the slots fits everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from drills.scenario import Scenario
from nlp.cues import read_yaml
from nlp.text import bare

Told = Mapping[str, frozenset[str]]


class Slot(BaseModel):
    """One thing that can be so or so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    in_: tuple[str, ...] = Field(default=(), alias="in")  # objections in whose lines it is told
    opens: tuple[str, ...] = ()  # objections whose lines may tell it first; elsewhere it must be known
    beside: tuple[str, ...] = ()  # other slots, one of which must be told too
    kept: bool = False  # where a case hides a reason, only its own words tell this
    values: dict[str, str] = Field(default_factory=dict)  # of each, or of several («a b»), the words
    number: str = ""  # the value is the number in this pattern's group


def told(scenario: Scenario, said: Iterable[str] = ()) -> dict[str, frozenset[str]]:
    """What is known of the debtor: by the case's own words, and by the lines said so far. A slot without a
    value is one of which nothing may be told.
    """
    out: dict[str, frozenset[str]] = {}
    case = (scenario.title, scenario.product, scenario.hidden_reason, scenario.bait)
    for text in case:
        for slot, values in facts(text, scenario.objections).items():
            out[slot] = out.get(slot, frozenset()) | values
    own = frozenset(out)
    for text in said:
        for slot, values in facts(text, scenario.objections).items():
            before = out.get(slot, frozenset())
            if not values & before:
                out[slot] = before | values
            elif slot not in own:  # «un familiar» is any of several, until it is told who
                out[slot] = values & before
    if scenario.hidden_reason:  # what it says in words that no slot knows is told by no other line either
        for name, (kept, *_) in _slots().items():
            if kept.kept and set(kept.in_) & set(scenario.objections):
                out.setdefault(name, frozenset())
    return out


def fits(line: str, objection: str, known: Told, offered: frozenset[str] = frozenset()) -> bool:
    """Whether a line to `objection` (empty: to any) tells nothing else than is `known`, and wants nothing
    that was `offered` already.
    """
    if wants(line) & offered:
        return False
    here = facts(line, (objection,) if objection else ())
    return all(
        values & known[slot] if slot in known else _may_tell(slot, objection) for slot, values in here.items()
    )


def _may_tell(slot: str, objection: str) -> bool:
    """Whether a line may be the first to tell of a slot."""
    opens = _slots()[slot][0].opens
    return not opens or objection in opens


@lru_cache(maxsize=16_384)
def facts(text: str, objections: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """What the words tell, slot by slot, of those that belong to one of the objections."""
    words = bare(text)
    out: dict[str, frozenset[str]] = {}
    for name, (slot, patterns, number) in _slots().items():
        if slot.in_ and not set(slot.in_) & set(objections):
            continue
        if slot.beside and not out.keys() & set(slot.beside):
            continue
        told_of = (values for values, pattern in patterns.items() if pattern.search(words))
        found = {value for values in told_of for value in values.split()}
        found |= (
            {hit[1] for hit in number.finditer(words) if _number().fullmatch(hit[1])} if number else set()
        )
        if found:
            out[name] = frozenset(found)
    return out


@lru_cache(maxsize=8192)
def wants(line: str) -> frozenset[str]:
    """What a line asks for: a sum, a plan, a day, a part of the whole."""
    words = bare(line)
    return frozenset(name for name, pattern in _wanted().items() if pattern.search(words))


def _edged(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


@cache
def _slots() -> dict[str, tuple[Slot, dict[str, re.Pattern[str]], re.Pattern[str] | None]]:
    read = {name: Slot.model_validate(one) for name, one in _file()["slots"].items()}
    return {
        name: (
            slot,
            {value: _edged(words) for value, words in slot.values.items()},
            _edged(slot.number) if slot.number else None,
        )
        for name, slot in read.items()
    }


@cache
def _wanted() -> dict[str, re.Pattern[str]]:
    return {name: _edged(words) for name, words in _file()["wants"].items()}


@cache
def _number() -> re.Pattern[str]:
    numbers = _file()["numbers"]
    return re.compile(rf"(?:{numbers})(?: y (?:{numbers}|un|uno|una))?")


@cache
def _file() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("story.yaml"))
