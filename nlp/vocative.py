"""Insults by which somebody is called: «págueme ya, sinvergüenza», «conchudo, ¿cuándo paga?».

The grammar of patterns sees no commas, and without one «sinvergüenza» may be said of anybody.
"""

from __future__ import annotations

from nlp.cues import WEIGHTS, Hit, Scored, combine
from nlp.text import QUESTION, STOP, Words

WORD, AS = "slur_word", ("plain_insult", "rude")
_MARKS = (STOP, QUESTION)


def called_names(words: Words, found: dict[str, Scored]) -> dict[str, Scored]:
    """The labels for which such an insult speaks, with it. What is no insult by itself («fresco») is one only
    where something is ordered.
    """
    said = found[WORD].hits if WORD in found else ()
    orders = any(hit.weight == WEIGHTS["weak"] for hit in said)
    least = WEIGHTS["likely"] if orders else WEIGHTS["strong"]
    hits = [
        hit
        for hit in said
        if hit.weight >= least and _set_apart(words, hit, surely=hit.weight >= WEIGHTS["strong"])
    ]
    out: dict[str, Scored] = {}
    for label in AS if hits else ():
        others = found[label].hits if label in found else ()
        own = [Hit(label, hit.first, hit.end, WEIGHTS["strong"], f"rule:{label}/vocative") for hit in hits]
        out[label] = combine(label, [*own, *others])
    return out


def _set_apart(words: Words, hit: Hit, *, surely: bool) -> bool:
    """Whether a comma and the end of the sentence stand around the words, or its begin and a comma."""
    ends = hit.end == len(words.sounds) or words.sounds[hit.end] in _MARKS
    if words.words[hit.first].comma_before:
        return ends or (surely and words.words[hit.end].comma_before)
    begins = hit.first == 0 or words.sounds[hit.first - 1] in _MARKS
    return surely and begins and not ends and words.words[hit.end].comma_before
