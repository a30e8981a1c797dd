"""The form and the country's rules that judged a call, as they were then: what it was held to does not change
with what is published later.

They are found by the name on the scorecard, digest and all: in use, among the versions kept, or Temple's own.
Where that text is had no longer, today's stands in, and every criterion that was judged then is in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from coach.form_places import loaded
from coach.pipeline import Places, form_of, pack_for, places_of
from coach.settings import Settings
from rubrics.loader import HERE, PACKS, load_pack, load_rubric
from rubrics.types import ID, Criterion, Form, Pack, Rubric, RubricError, Rule, Scorecard
from rubrics.yamlfile import parsed, text_of
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
    form_id = form.partition("@")[0] or "*"
    for path in reversed(_kept_texts(settings, form_id)):
        found = _read(path, settings)
        held = found.rules if isinstance(found, Pack) else found.criteria if found else ()
        for one in held:
            if one.id == name:
                return one
    return None


def _as_judged(items: Iterable[Item], judged: Collection[str]) -> tuple[Item, ...]:
    """In the order that they were judged in; what was not comes last."""
    places = {name: at for at, name in enumerate(judged)}
    return tuple(sorted(items, key=lambda one: places.get(one.id, len(places))))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _as_it_was(name: str, settings: Settings) -> Form | None:
    key = settings.own_forms.absolute(), name
    if key not in _found:
        found = next((form for form in _sought(name, settings) if form.name == name), None)
        if found is None:
            return None
        if len(_found) >= _MOST_KEPT:
            _found.clear()
        _found[key] = found
    return _found[key]


def _sought(name: str, settings: Settings) -> Iterator[Form]:
    """Every text that may be the one of this name; of one that is based on another, on each that was."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return
    form_id, version, digest = parts.groups()
    for form in places_of(settings):
        if isinstance(form, Rubric):
            yield form
    kept = settings.own_forms / "versions" / form_id / f"{version}-{digest}.yaml"
    if kept.is_file():
        yield from _readings(kept, settings)
    for path, load in ((HERE, load_rubric), (PACKS, load_pack)):
        if (path := path / f"{form_id}.yaml").is_file():
            yield load(path)
    for path in settings.own_packs.glob("*.yaml"):
        try:
            yield load_pack(path)
        except RubricError:
            continue


def _readings(path: Path, settings: Settings) -> Iterator[Form]:
    """A kept text on what it is based on today, then on each text that was kept of that."""
    if (found := _read(path, settings)) is not None:
        yield found
    try:
        based_on = str(parsed(text_of(path), path.name).get("based_on") or "")
    except RubricError:
        return
    mine = path.parent.name
    places = [at / f"{based_on}.yaml" for at in (HERE, PACKS)]
    if based_on != mine:
        places = [at / f"{based_on}.yaml" for at in (settings.own_forms, settings.own_packs)] + places
    bases = [*_kept_texts(settings, based_on), *(at for at in places if at.is_file())]
    for base in bases:
        for place in places:
            if (found := _read(path, settings, (place, base))) is not None:
                yield found


def _read(path: Path, settings: Settings, on: tuple[Path, Path] | None = None) -> Rubric | Pack | None:
    """What a text is; `on`: a place where something else is taken to stand, and the file that has it."""
    try:
        instead = (on[0].absolute(), text_of(on[1])) if on else None
        return loaded(text_of(path), settings, instead)
    except RubricError:
        return None


def _kept_texts(settings: Settings, form_id: str) -> list[Path]:
    """Oldest version first."""
    sound = form_id == "*" or ID.fullmatch(form_id)
    texts = (settings.own_forms / "versions").glob(f"{form_id}/*.yaml") if sound else ()
    return sorted(texts, key=lambda path: (path.stat().st_mtime, path.name))
