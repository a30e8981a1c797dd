"""What the playbook itself recommends, heard in a trainee's words: who says it has taken that step.

    said_of(transcript, raised, playbook)   # findings: an act for each step whose wording was said

The taggers judge calls with caution and miss a good wording now and then; in an exercise nobody may lose
points for the very words that Temple recommends. A name more, another day or another sum do no harm; a «no»
more does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from string import Formatter

from nlp.text import plain
from nlp.types import Finding
from rubrics.playbook import STEPS, Playbook
from transcripts.types import Transcript

SOURCE = "drill:playbook"
ACT = {"recognise": "empathy", "explore": "probes", "answer": "answers", "ask": "asks_commitment"}
LIKE = 0.85  # share of a wording's words, in order, from which it was said
SHORT = 3  # words of a wording that must all be said
MORE = 4  # words that may come in between, besides those of its slots
SLOT = 4  # words that a slot may take
_WORD = re.compile(r"\w+")
_DENIES = frozenset("no nunca ni tampoco jamas sin".split())


def said_of(transcript: Transcript, raised: Sequence[tuple[int, str]], playbook: Playbook) -> list[Finding]:
    """For each of the agent's turns after an objection, the steps of its play that are said in it."""
    country = transcript.recording.country or ""
    out, on = [], None
    labels = dict(raised)
    for at, turn in enumerate(transcript.turns):
        on = labels.get(at, on)
        if on is None or turn.speaker != "agent":
            continue
        play = playbook.find(on)
        if play is None:
            continue
        for step in STEPS:
            for wording in play.wordings(step):
                place = None if country in wording.not_in else _place(turn.text, wording.say)
                if place is not None:
                    out.append(Finding(ACT[step], transcript.quote(at, *place), 1.0, SOURCE))
                    break
    return out


@lru_cache(maxsize=65_536)
def _place(text: str, say: str) -> tuple[int, int] | None:
    """Where `text` says the wording; None where it does not."""
    wanted, slots = _wanted(say)
    found = list(_WORD.finditer(text))
    heard = [plain(one[0]) for one in found]
    need = len(wanted) if len(wanted) <= SHORT else LIKE * len(wanted)
    if not wanted or len(set(wanted) & set(heard)) < LIKE * len(set(wanted)):
        return None
    slack = MORE + SLOT * slots
    best = _matcher(wanted, heard).find_longest_match()
    first = max(0, best.b - best.a - slack)
    window = heard[first : best.b + len(wanted) - best.a + slack]
    blocks = [one for one in _matcher(wanted, window).get_matching_blocks() if one.size]
    if sum(one.size for one in blocks) < need:
        return None
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    said = window[start:end]
    denied = sum(word in _DENIES for word in said) + (
        first + start > 0 and heard[first + start - 1] in _DENIES
    )
    if denied != sum(word in _DENIES for word in wanted) or len(said) > len(wanted) + slack:
        return None
    return found[first + start].start(), found[first + end - 1].end()


def _matcher(wanted: Sequence[str], heard: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, wanted, heard, autojunk=False)


@lru_cache(maxsize=4096)
def _wanted(say: str) -> tuple[tuple[str, ...], int]:
    """The words of a wording without its slots, and how many slots it has."""
    parts = list(Formatter().parse(say))
    words = tuple(plain(word) for literal, *_ in parts for word in _WORD.findall(literal))
    return words, sum(name is not None for _, name, *_ in parts)
