"""What the rules hear in one turn: cues, familiar address, concepts.

The trained taggers (`nlp.trained`) read the same turn beside them; `nlp.merged` and `nlp.utterance` weigh
both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nlp.address import familiar_forms
from nlp.cues import Hit, Scored, Side, cues_of
from nlp.text import Words
from nlp.thresholds import UTTERANCE_MARGIN, utterance_bar
from nlp.vocative import called_names
from transcripts.types import Speaker

NONE_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """A label above its operating threshold; `score` 0..1."""

    id: str
    score: float


def side_of(speaker: Speaker) -> Side:
    """Cues know two sides: the agent, and whoever answers."""
    return "agent" if speaker == "agent" else "debtor"


@dataclass(frozen=True, slots=True)
class Heard:
    """The rules' reading of one turn: its words, every label with a hit, the lexicon's concepts."""

    words: Words
    found: dict[str, Scored]
    concepts: frozenset[str]


@lru_cache(maxsize=4096)
def hear(text: str, side: Side) -> Heard:
    cues = cues_of(side)
    words = cues.words(text)
    found, concepts = cues.read(words)
    if side == "agent":
        familiar = _tuteo(words)
        if familiar:
            found["tuteo"] = familiar
        found |= called_names(words, found)
    return Heard(words, found, concepts)


def scored(text: str, side: Side) -> tuple[Words, dict[str, Scored]]:
    """The words of a turn and every label with a hit in them, whatever its score."""
    heard = hear(text, side)
    return heard.words, heard.found


def _tuteo(words: Words) -> Scored | None:
    forms = familiar_forms(words)
    if not forms:
        return None
    hits = [Hit("tuteo", f.first, f.end, f.score, "rule:tuteo/address") for f in forms]
    hits.sort(key=lambda hit: (-hit.weight, hit.first))
    return Scored("tuteo", hits[0].weight, tuple(hits))


def above_bar(scores: Mapping[str, float], side: Side) -> list[Label]:
    """What stands above its operating threshold, highest first; an agent's turn without any act is `none`."""
    margin = UTTERANCE_MARGIN if side == "debtor" else 0.0
    kept = [Label(name, score) for name, score in scores.items() if score >= utterance_bar(name) + margin]
    if side == "agent" and not kept:
        return [Label("none", NONE_SCORE)]
    return sorted(kept, key=lambda label: (-label.score, label.id))
