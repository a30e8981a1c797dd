"""The better line of a step: a wording of the playbook that does what the step asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nlp.text import plain
from rubrics.replies import Suggestion

if TYPE_CHECKING:  # only named, never made here
    from drills.drill import Play

FEW_WORDS = 5  # an acknowledgement this short says nothing of the situation
STEM, SHORTEST = 5, 4  # letters that two words share that are about the same; of the shortest that count
_NAMES = re.compile(
    r"\b(?:entiend|comprend|veo|lament|siento|queda claro|me hago cargo|tomo nota|noto|oigo|disculpe que)"
)
_NAMES_NOTHING = re.compile(r"^(?:gracias|le agradezco|muchas gracias|muy bien|claro que|con gusto|si)\b")
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    "usted ustedes ahora ahorita tiene tengo estoy esta estan porque para como cuando bueno pero este".split()
)


def better_line(step: str, play: Play, said: Sequence[Suggestion], label: str = "") -> str:
    """What could be said at a step: to objection `label` where there is a wording, else to any. What is to
    acknowledge names what was told, in the debtor's own words where the playbook has them.
    """
    ours = [one for one in said if one.objection.label == label]
    for one in (*ours, *said):
        if step not in one.steps:
            continue
        if step != "recognise" or not one.every.get(step):
            return one.steps[step]
        told = _stems(
            " ".join(play.turns[turn].text for turn, name in play.raised if name == one.objection.label)
        )
        return max(one.every[step], key=lambda wording: _names(wording, told))
    return ""


def _names(wording: str, told: frozenset[str]) -> int:
    """How far a wording names what was told; the first of those that are alike is the best for the case."""
    words = plain(wording)
    bare = len(words.split()) <= FEW_WORDS
    return (
        4 * bool(_stems(wording) & told)
        + bool(_NAMES.search(words))
        - 2 * bare
        - 2 * bool(_NAMES_NOTHING.search(words))
    )


def _stems(text: str) -> frozenset[str]:
    """Beginnings of the words that mean something."""
    words = (one for one in _WORD.findall(plain(text)) if len(one) >= SHORTEST and one not in _COMMON)
    return frozenset(word[:STEM] for word in words)
