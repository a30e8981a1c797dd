"""What a text for a form may name, and whether it would judge any call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.forms import in_use
from coach.pipeline import places_of
from coach.settings import Settings
from rubrics.ids import ID
from rubrics.loader import HERE, PACKS, is_pack, load_pack, load_rubric
from rubrics.types import Criterion, Pack, Rubric, RubricError
from rubrics.yamlfile import parsed


def nameable(text: str, settings: Settings) -> tuple[Criterion, ...]:
    """The criteria, or rules, of what it is based on, by whose ids `without` and `changes` go. Those of the
    base form where that is not known, and for a country, whose rules may replace them.
    """
    try:
        data: Mapping[str, Any] = parsed(text, "")
    except RubricError:  # while it is being written
        data = {}
    of_country = is_pack(data)
    over = str(data.get("based_on") or "")
    known = in_use(settings)
    based, _ = known.get(over, (None, None))
    if over == data.get("id"):
        based = _ours(over, of_country)
    found: tuple[Criterion, ...] = (
        () if based is None else based.rules if isinstance(based, Pack) else based.criteria
    )
    base, _ = known.get(places_of(settings)[0].id, (None, None))
    if isinstance(base, Rubric) and (of_country or not found):
        found = (*found, *base.criteria)
    return tuple(found)


def judges(form: Rubric | Pack, settings: Settings) -> bool:
    """Whether a call would be judged by it from when it is published."""
    if isinstance(form, Pack):
        return settings.packs
    return form.for_calls is not None or form.id == places_of(settings)[0].id


def _ours(name: str, of_country: bool) -> Rubric | Pack | None:
    """Temple's own file of that id: what bears the same id is based on it."""
    path = (PACKS if of_country else HERE) / f"{name}.yaml"
    if not ID.fullmatch(name) or not path.is_file():
        return None
    return load_pack(path) if of_country else load_rubric(path)
