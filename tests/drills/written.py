"""The drills' written content as plain YAML: lines with their places, scenarios, and texts that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from nlp.text import plain

DRILLS = Path(__file__).parents[2] / "drills"
MOODS = ("calm", "worried", "evasive", "annoyed", "hostile", "sad")
AFTER = ("softer", "again")
COUNTRIES = ("MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US")
GRAM = 5  # characters
_KEY_WORDS = 4  # words in a row that two texts must share to be compared at all


class Line(NamedTuple):
    """One thing to say: `kind` and `mood` are its place in the file `home`; no countries means all."""

    home: str
    kind: str
    mood: str
    text: str
    countries: tuple[str, ...]


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def line_files() -> list[Path]:
    """The files of the objections, without the common one."""
    return sorted((DRILLS / "lines").glob("[!_]*.yaml"))


def scenarios() -> list[tuple[str, dict[str, Any]]]:
    """Each scenario with the name of its file."""
    return [(path.stem, read(path)) for path in sorted((DRILLS / "scenarios").glob("*.yaml"))]


def objection_lines() -> list[Line]:
    return [
        line
        for path in line_files()
        for key, lines in read(path).items()
        if key != "objection"
        for line in _lines(path.stem, "first" if key in MOODS else key, key, lines)
    ]


def common_lines() -> list[Line]:
    return [
        line
        for kind, moods in read(DRILLS / "lines" / "_common.yaml").items()
        for mood, lines in moods.items()
        for line in _lines("_common", kind, mood, lines)
    ]


def _lines(home: str, kind: str, mood: str, lines: Sequence[Any]) -> Iterator[Line]:
    for one in lines:
        given = {"text": one} if isinstance(one, str) else one
        assert set(given) <= {"text", "countries"}, (home, kind, mood, given)
        yield Line(home, kind, mood, given["text"], tuple(given.get("countries", ())))


def held(lines: Sequence[str], texts: Sequence[str], share: float) -> list[tuple[str, str]]:
    """Pairs (line, text) where the text holds `share` or more of the line's character n-grams."""
    said = [_words(line) for line in lines]
    homes: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, words in enumerate(said):
        for key in _keys(words):
            homes[key].add(i)
    of_line = [_grams(words) for words in said]
    out = []
    for text in texts:
        words = _words(text)
        near = {i for key in _keys(words) for i in homes.get(key, ()) if lines[i] != text}
        grams = _grams(words) if near else frozenset()
        out += [(lines[i], text) for i in near if len(of_line[i] & grams) >= share * len(of_line[i])]
    return out


def _words(text: str) -> list[str]:
    return plain(text).split()


def _keys(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[k : k + _KEY_WORDS]) for k in range(len(words) - _KEY_WORDS + 1)}


def _grams(words: Sequence[str]) -> frozenset[str]:
    joined = " ".join(words)
    return frozenset(joined[at : at + GRAM] for at in range(max(1, len(joined) - GRAM + 1)))
