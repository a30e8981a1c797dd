"""Cues: which phrases speak for which label, and whether the speaker means them.

A cue file (`nlp/cues/*.yaml`) names, per label, who says it and patterns by strength (grammar in
`nlp/patterns.py`). Negation, quoted speech and supposition are handled once for all labels (`nlp/meant.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.apart import taken
from nlp.meant import MOODS, REPORTED_REACH, SUPPOSED_REACH, announced_anew, governed, negated
from nlp.patterns import Grammar
from nlp.steps import PatternError
from nlp.text import Words, words_of
from nlp.types import NlpError
from nlp.yaml_trouble import EMPTY, NO_KEYS, trouble

HERE = Path(__file__).parent
WEIGHTS = {"strong": 0.9, "likely": 0.65, "weak": 0.35}
CERTAIN = 0.99
Side = Literal["agent", "debtor"]


class Cue(BaseModel):
    """One stanza of a cue file. Pattern lists are text, one or more patterns a line, set apart by commas."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said_by: tuple[Side, ...]
    strong: str = ""
    likely: str = ""
    weak: str = ""
    not_: str = Field(default="", alias="not")  # its first word, or half of it, in one of these: no hit
    unless: str = ""  # said anywhere in the turn, the label does not hold
    also: tuple[str, ...] = ()  # whatever speaks for these labels speaks for this one too
    only_with: tuple[str, ...] = ()  # it holds only in a turn in which one of these labels does
    not_within: tuple[str, ...] = ()  # what stands in the words of these labels does not count
    one_clause: bool = False  # a denial: what the speaker goes on to announce is no part of it
    negated: Literal["keep", "drop"] = "drop"
    reported: Literal["keep", "drop"] = "keep"
    supposed: Literal["keep", "drop"] = "keep"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `first..end` speak for `label` with `weight` (0..1); `source` names the pattern."""

    label: str
    first: int
    end: int
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A label of one turn, 0..1, with the hits behind it, the heaviest first."""

    label: str
    score: float
    hits: tuple[Hit, ...]


def lines(text: str) -> list[str]:
    """The patterns of a block: set apart by line ends and commas, `#` starts a remark unless a class
    follows.
    """
    kept = (re.split(r"(?:^|\s)#(?!num|word|if|when|no)", line)[0] for line in text.splitlines())
    return [part.strip() for line in kept for part in line.split(",") if part.strip()]


def read_yaml(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, yaml.CSafeLoader)  # 60 times faster here than pure Python
    except yaml.YAMLError as error:
        raise NlpError(trouble(error, text).at(path.name)) from error
    if not isinstance(data, dict):
        raise NlpError(f"{path.name}:1: {EMPTY if data is None else NO_KEYS}.")
    return data


class Cues:
    """The cues of one side of the call, ready to match."""

    def __init__(self, side: Side, cues: dict[str, Cue], lexicon: dict[str, list[str]]) -> None:
        self.cues = {label: cue for label, cue in cues.items() if side in cue.said_by}
        self._lent = [(label, cue.also) for label, cue in self.cues.items() if cue.also]
        self._bound = [(label, cue.only_with) for label, cue in self.cues.items() if cue.only_with]
        self._outside = [(label, cue.not_within) for label, cue in self.cues.items() if cue.not_within]
        self._weights: dict[str, float] = {}
        patterns: list[tuple[str, str]] = []
        for label, cue in self.cues.items():
            for strength, weight in WEIGHTS.items():
                for text in lines(getattr(cue, strength)):
                    name = f"{label}/{text}"  # by its own words: what stands beside it may come and go
                    self._weights.setdefault(name, weight)
                    patterns.append((name, text))
            patterns += [(f"{label}!not", text) for text in lines(cue.not_)]
            patterns += [(f"{label}!unless", text) for text in lines(cue.unless)]
        patterns += [(f"!{mood}", text) for mood, texts in MOODS.items() for text in texts]
        try:
            self.grammar = Grammar(lexicon, patterns)
        except PatternError as error:
            raise NlpError(f"{error}. Corrija ese patrón (gramática en nlp/patterns.py).") from error

    def words(self, text: str) -> Words:
        return words_of(text, self.grammar.knows)

    def score(self, words: Words) -> dict[str, Scored]:
        """Every label that has a hit in the words, by label."""
        return self.read(words)[0]

    def read(self, words: Words) -> tuple[dict[str, Scored], frozenset[str]]:
        """What `score` gives, and the lexicon's concepts that the words hold."""
        hits: dict[str, list[Hit]] = {}
        barred: dict[str, set[int]] = {}
        unless: set[str] = set()
        moods: dict[str, list[tuple[int, int]]] = {}
        matches, concepts = self.grammar.read(words.sounds)
        for match in matches:
            label, _, kind = match.name.partition("/")[0].partition("!")
            if kind == "not":
                if _supposes(words, match.first) or announced_anew(words, match.first, match.end):
                    continue
                barred.setdefault(label, set()).update(range(match.first, match.end))
            elif kind == "unless":
                unless.add(label)
            elif not label:
                if _supposes(words, match.first - 1):  # «si no me dice dónde, lo demandamos» reports nothing
                    continue
                moods.setdefault(kind, []).append((match.first, match.end))
            else:
                weight = self._weights[match.name]
                hits.setdefault(label, []).append(
                    Hit(label, match.first, match.end, weight, f"rule:{match.name}")
                )
        kept: dict[str, list[Hit]] = {}
        for label, found in hits.items():
            off = barred.get(label, set())
            meant = [hit for hit in found if not _barred(hit, off) and self._meant(hit, words, moods)]
            if meant and label not in unless:
                kept[label] = meant
        alone = {label for label, others in self._bound if kept.keys().isdisjoint(others)}
        for label in alone:
            kept.pop(label, None)
        for label, also in self._lent:
            lent = [hit for other in also for hit in kept.get(other, ())]
            if lent and label not in unless and label not in alone:
                kept[label] = [*kept.get(label, ()), *lent]
        kept |= self._left(kept)
        return {label: combine(label, meant) for label, meant in kept.items() if meant}, concepts

    def _left(self, kept: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
        """What is left of the labels that do not count within the words of others."""
        out = {}
        for label, others in self._outside:
            off = {at for other in others for hit in kept.get(other, ()) for at in range(hit.first, hit.end)}
            if off and label in kept:
                out[label] = [hit for hit in kept[label] if not _barred(hit, off)]
        return out

    def _meant(self, hit: Hit, words: Words, moods: dict[str, list[tuple[int, int]]]) -> bool:
        cue = self.cues[hit.label]
        if cue.negated == "drop" and negated(words, hit.first):
            return False
        if cue.one_clause and announced_anew(words, hit.first, hit.end):
            return False
        if cue.reported == "drop" and (
            words.words[hit.first].quoted
            or governed(words, hit.first, moods.get("reported", ()), REPORTED_REACH)
        ):
            return False
        return not (
            cue.supposed == "drop" and governed(words, hit.first, moods.get("supposed", ()), SUPPOSED_REACH)
        )


def _supposes(words: Words, first: int) -> bool:
    """Whether the «no» at `first` belongs to a condition: «si no paga» denies nothing of what follows."""
    if first < 1 or words.words[first].comma_before or words.sounds[first] != "no":
        return False
    return words.words[first - 1].raw.lower() == "si"


def _barred(hit: Hit, off: set[int]) -> bool:
    """Whether words in `off` take the sense out of a hit: its first word, or half of it."""
    return hit.first in off or 2 * len(off.intersection(range(hit.first, hit.end))) >= hit.end - hit.first


def combine(label: str, hits: Iterable[Hit]) -> Scored:
    """Strong hits decide; weak ones that stand apart add up."""
    kept: list[Hit] = []
    places: list[tuple[int, int]] = []
    doubt = 1.0
    for hit in sorted(hits, key=lambda h: (-h.weight, h.first, h.first - h.end)):
        if taken(places, hit.first, hit.end):
            kept.append(hit)
            doubt *= 1 - hit.weight
    return Scored(label, min(CERTAIN, round(1 - doubt, 3)), tuple(kept))


@lru_cache(maxsize=1)
def read_cues() -> dict[str, Cue]:
    """All stanzas of `nlp/cues/*.yaml`; a label may be spread over files by another `said_by`, never twice
    alike.
    """
    out: dict[str, Cue] = {}
    for path in sorted((HERE / "cues").glob("*.yaml")):
        for label, stanza in read_yaml(path).items():
            if label in out:
                raise NlpError(f"{path.name}: «{label}» ya está en otro archivo. Reúna ambos en uno.")
            try:
                out[label] = Cue.model_validate(stanza)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise NlpError(f"{path.name}: {label}.{where}: {first['msg']}. Corrija esa clave.") from error
    return out


@lru_cache(maxsize=1)
def read_lexicon() -> dict[str, list[str]]:
    """All concepts of `nlp/lexicon/*.yaml`: name -> alternatives."""
    out: dict[str, list[str]] = {}
    for path in sorted((HERE / "lexicon").glob("*.yaml")):
        for name, text in read_yaml(path).items():
            if name in out:
                raise NlpError(
                    f"{path.name}: el concepto «{name}» ya está en otro archivo. Reúna ambos en uno."
                )
            out[name] = lines(text)
    return out


@lru_cache(maxsize=2)
def cues_of(side: Side) -> Cues:
    """The cues of one side, read and built once a process."""
    return Cues(side, read_cues(), read_lexicon())
