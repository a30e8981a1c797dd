"""Labels of one utterance: objections of the debtor, acts of the agent, each with a score.

Rules vote first (cues, familiar address). A `Model` may be added beside them: what it says of a label is
weighed with the vote of the rules, so that a trained tagger joins without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from nlp.address import familiar_forms
from nlp.cues import Hit, Scored, Side, cues_of
from nlp.labels import act_ids, objection_ids
from nlp.text import Words
from nlp.thresholds import utterance_bar
from transcripts.types import Speaker

NONE_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """A label above its operating threshold; `score` 0..1."""

    id: str
    score: float


class Model(Protocol):
    """A trained tagger: scores 0..1 by label for a text of one side, without the labels it does not know."""

    name: str

    def scores(self, text: str, side: Side) -> Mapping[str, float]: ...


def side_of(speaker: Speaker) -> Side:
    """Cues know two sides: the agent, and whoever answers."""
    return "agent" if speaker == "agent" else "debtor"


@lru_cache(maxsize=4096)
def scored(text: str, side: Side) -> tuple[Words, dict[str, Scored]]:
    """The words of a turn and every label with a hit in them, whatever its score."""
    cues = cues_of(side)
    words = cues.words(text)
    found = cues.score(words)
    if side == "agent":
        familiar = _tuteo(words)
        if familiar:
            found["tuteo"] = familiar
    return words, found


def _tuteo(words: Words) -> Scored | None:
    forms = familiar_forms(words)
    if not forms:
        return None
    hits = [Hit("tuteo", f.first, f.end, f.score, "rule:tuteo/address") for f in forms]
    hits.sort(key=lambda hit: (-hit.weight, hit.first))
    return Scored("tuteo", hits[0].weight, tuple(hits))


def tag(text: str, speaker: Speaker, country: str | None = None, models: Sequence[Model] = ()) -> list[Label]:
    """Labels of one utterance on its own, highest score first. `country` is for the models that use it."""
    side = side_of(speaker)
    wanted = act_ids() if side == "agent" else objection_ids()
    _, found = scored(text, side)
    votes = {name: one.score for name, one in found.items() if name in wanted}
    for model in models:
        for name, score in model.scores(text, side).items():
            votes[name] = weighed(votes.get(name, 0.0), score)
    kept = [Label(name, score) for name, score in votes.items() if score >= utterance_bar(name)]
    if side == "agent" and not kept:
        return [Label("none", NONE_SCORE)]
    return sorted(kept, key=lambda label: (-label.score, label.id))


def weighed(rule: float, model: float) -> float:
    """Rule and model together, 0..1: to be sure they must agree; either carries a label when very sure."""
    return round(max(0.9 * rule, 0.9 * model, (rule + model) / 2), 3)
