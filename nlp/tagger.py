"""Labels of one utterance: objections of the debtor, acts of the agent, each with a score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nlp.cues import Cues, Scored, Side, cues_of
from nlp.labels import act_ids, objection_ids
from nlp.text import Words
from nlp.thresholds import utterance_bar
from transcripts.types import Speaker


@dataclass(frozen=True, slots=True)
class Label:
    """A label above its operating threshold; `score` 0..1."""

    id: str
    score: float


def side_of(speaker: Speaker) -> Side:
    """Cues know two sides: the agent, and whoever answers."""
    return "agent" if speaker == "agent" else "debtor"


@lru_cache(maxsize=4096)
def scored(text: str, side: Side) -> tuple[Words, dict[str, Scored]]:
    """The words of a turn and every label with a hit in them, whatever its score."""
    cues: Cues = cues_of(side)
    words = cues.words(text)
    return words, cues.score(words)


def tag(text: str, speaker: Speaker, country: str | None = None) -> list[Label]:
    """Labels of one utterance on its own, highest score first. `country` is accepted for the models that use it."""
    side = side_of(speaker)
    wanted = act_ids() if side == "agent" else objection_ids()
    _, found = scored(text, side)
    kept = [
        Label(name, s.score) for name, s in found.items() if name in wanted and s.score >= utterance_bar(name)
    ]
    if side == "agent" and not kept and "none" in wanted:
        return [Label("none", 0.5)]
    return sorted(kept, key=lambda label: (-label.score, label.id))
