"""The form and the country's rules that judged a call, as they were then: what it was held to does not change
with what is published later.

They are found by the name on the scorecard, digest and all: in use, or among the texts that are kept
(`coach.kept_texts`).
Where that text is had no longer, today's stands in, and every criterion that was judged then is in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from coach import kept_texts
from coach.pipeline import Places, form_of, pack_for, places_of
from coach.settings import Settings
from rubrics.types import Criterion, Form, Pack, Rubric, Rule, Scorecard
from transcripts.types import Recording

_NAME = re.compile(r"([a-z0-9_-]+)@(\d+)\+([0-9a-f]+)")
_MOST_KEPT = 256
_found: dict[tuple[Path, str], Form] = {}  # by folder of one's own and name: such a text is never another
Kind = TypeVar("Kind", Rubric, Pack)
Item = TypeVar("Item", bound=Criterion)


class JudgedBy:
    """What judged calls. For many of them: each file is looked at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places: Places | None = None
        self._known: dict[str, Form | None] = {}

    def form(self, card: Scorecard) -> Rubric:
        """RubricError where that form is had no longer and today's cannot be used."""
        found = self._as_it_was(card.rubric, Rubric)
        if found is not None:
            return found
        if self._places is None:
            self._places = places_of(self._settings)
        today = form_of(card, self._places)
        gone = card.verdicts.keys() - {one.id for one in today.criteria}
        if not gone:
            return today
        every = (*today.criteria, *(self._criterion(name, card) for name in gone))
        return today.model_copy(update={"criteria": _as_judged(every, card.verdicts)})

    def pack(self, card: Scorecard, country: str | None) -> Pack | None:
        """None where no rules of a country were applied. RubricError as in `form`."""
        if not card.pack:
            return None
        found = self._as_it_was(card.pack, Pack)
        if found is not None:
            return found
        on = self._settings.model_copy(update={"packs": True})  # though they are turned off since
        today = pack_for(Recording(card.recording_id, country=country), on)
        gone = card.pack_verdicts.keys() - {rule.id for rule in (today.rules if today else ())}
        if today is None or not gone:
            return today
        every = (*today.rules, *(self._rule(name, card) for name in gone))
        return today.model_copy(update={"rules": _as_judged(every, card.pack_verdicts)})

    def both(self, card: Scorecard, country: str | None) -> tuple[Rubric, Pack | None]:
        return self.form(card), self.pack(card, country)

    def _as_it_was(self, name: str, model: type[Kind]) -> Kind | None:
        if name not in self._known:
            self._known[name] = _as_it_was(name, self._settings)
        found = self._known[name]
        return found if isinstance(found, model) else None

    def _criterion(self, name: str, card: Scorecard) -> Criterion:
        known = past_criterion(self._settings, name, card.rubric)
        grave = name in card.critical_failures
        if known is None:
            known = Criterion(
                id=name, label=_words(name), group="cierre", check=name, weight=0, help="", critical=grave
            )
        return known.model_copy(update={"weight": card.weights.get(name, known.weight)})

    def _rule(self, name: str, card: Scorecard) -> Rule:
        known = past_criterion(self._settings, name, card.pack)
        if isinstance(known, Rule):
            return known
        return Rule(
            id=name, label=_words(name), check=name, help="", source="Ya no está en las reglas del país.",
            critical=name in card.critical_failures, reviewed_on=date.min,
            certainty="A" if name in (*card.weights, *card.critical_failures) else "C",
        )  # fmt: skip


def past_criterion(settings: Settings, name: str, form: str = "") -> Criterion | None:
    """A criterion or rule of any text that the form or pack of this name (else any) had, the latest kept
    first; None where none that can be read has it.
    """
    return kept_texts.criteria(settings, form.partition("@")[0] or "*").get(name)


def _as_judged(items: Iterable[Item], judged: Collection[str]) -> tuple[Item, ...]:
    """In the order that they were judged in; what was not comes last."""
    places = {name: at for at, name in enumerate(judged)}
    return tuple(sorted(items, key=lambda one: places.get(one.id, len(places))))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _as_it_was(name: str, settings: Settings) -> Form | None:
    key = settings.own_forms.absolute(), name
    if key not in _found:
        parts = _NAME.fullmatch(name)
        if parts is None:
            return None
        in_use = (form for form in places_of(settings) if isinstance(form, Rubric) and form.name == name)
        found = next(in_use, None) or kept_texts.named(settings, *parts.groups())
        if found is None:
            return None
        if len(_found) >= _MOST_KEPT:
            _found.clear()
        _found[key] = found
    return _found[key]
