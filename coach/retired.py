"""Scenarios of the house's own that are out of use, each with the case that it was last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pydantic import ValidationError

from coach import kept, scenarios
from coach.kept import Version
from coach.settings import Settings
from drills.scenario import KEPT, Scenario
from rubrics.types import RubricError
from rubrics.yamlfile import parsed


@dataclass(frozen=True, slots=True)
class Retired:
    """`last`: the version that was in use; `case`: what it said, None where it cannot be read any more."""

    id: str
    last: Version
    case: Scenario | None


def retired(settings: Settings) -> tuple[Retired, ...]:
    """The one used last first."""
    known, folder = scenarios.in_use(settings), scenarios.home(settings) / "versions"
    gone = [one for one in sorted(folder.glob("*")) if one.is_dir() and one.name not in known]
    found = [(one, held[0]) for one in gone if (held := kept.versions(one, ""))]
    read = [Retired(one.name, last, _case(kept.text_of(one, last), one.name)) for one, last in found]
    return tuple(sorted(read, key=lambda one: one.last.at, reverse=True))


@lru_cache(maxsize=64)
def _case(text: str, name: str) -> Scenario | None:
    try:
        return Scenario.model_validate(parsed(text, name), context=KEPT)
    except (RubricError, ValidationError):
        return None
