"""Lists of phrases from `phrases.yaml` as patterns over folded lines (see `nlp.folded`)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from nlp.calendar_names import WEEKDAY_NAMES
from nlp.folded import phrase
from nlp.types import NlpError
from nlp.yaml_trouble import read

_FILE = Path(__file__).with_name("phrases.yaml")


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Any phrase of the list called `name`."""
    return phrase(spelled(name))


@cache
def phrases_before(name: str) -> re.Pattern[str]:
    """Any phrase of the list, where it stands right before the end of what is searched."""
    return re.compile(phrases(name).pattern + " $")


@cache
def spelled(name: str) -> str:
    """The list as one group of a pattern. Raises NlpError for a name that the file does not have."""
    lists = _lists()
    if name not in lists:
        raise NlpError(f"{_FILE.name}: no existe la lista «{name}». Revise el nombre.")
    items = "|".join(item.strip() for item in lists[name].split(" | "))
    grouped = re.sub(r"\((?!\?)", "(?:", items)
    return "(?:" + re.sub(r"@([a-z_]+)", lambda m: spelled(m[1]), grouped) + ")"


@cache
def _lists() -> dict[str, str]:
    of_calendar = {"weekday": " | ".join(WEEKDAY_NAMES)}
    return of_calendar | {str(name): str(text) for name, text in read(_FILE).items()}
