"""Where plain words settle what the trained scores leave open: some say a thing whatever the score is, others
take a bare score away (`plain_words.py`, `laid_aside.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from nlp.laid_aside import TAKEN
from nlp.plain_words import PLAINLY
from nlp.tagger import Heard
from nlp.thresholds import OPERATING

DENIALS = ("calms", "denied_harm")
_MARKS = frozenset(".?!…")


def says_plainly(heard: Heard, label: str) -> float:
    """The score that plain words give `label` at least; 0 where there are none."""
    return max((least for cue, least in PLAINLY.get(label, ()) if _holds(heard, cue)), default=0.0)


def plain_words(heard: Heard, label: str) -> tuple[int, int] | None:
    """The characters of the words that say `label` plainly; None where there are none."""
    for cue, _ in PLAINLY.get(label, ()):
        if _holds(heard, cue):
            hit = heard.found[cue].hits[0]
            return heard.words.span(hit.first, hit.end)
    return None


def settled(
    label: str, score: float, heard: Heard, *, ruled: bool, span: Callable[[str], tuple[int, int]]
) -> float:
    """`score` after the plain words of the turn. `ruled`: a rule says the label in full; `span` gives the
    characters on which the trained taggers found it.
    """
    for taken in TAKEN.get(label, ()):
        if ruled and not taken.ruled:
            continue
        if score <= taken.most or not _holds(heard, taken.cue):
            continue
        if taken.anywhere or _beside(heard, taken.cue, span(label)):
            score = taken.most
    return max(score, says_plainly(heard, label))


def denies_harm(heard: Heard) -> bool:
    """Whether the turn says somewhere that nobody is going to be harmed."""
    return any(_holds(heard, cue) for cue in DENIALS)


def _holds(heard: Heard, cue: str) -> bool:
    return cue in heard.found and heard.found[cue].score >= OPERATING


def _beside(heard: Heard, cue: str, span: tuple[int, int]) -> bool:
    """Whether the cue stands in the sentence of `span`."""
    text = heard.words.text
    places = [heard.words.span(hit.first, hit.end) for hit in heard.found[cue].hits]
    return any(one_sentence(text, place, span) for place in places)


def one_sentence(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether no mark ends a sentence between two stretches of `text`."""
    return _MARKS.isdisjoint(text[min(one[1], other[1]) : max(one[0], other[0])])
