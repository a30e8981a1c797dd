"""Whether words are of an objection's matter, and whether they offer anything at all (`matter.yaml`).

    fits(label, sentence, failed)    # False for instalments offered to who has been charged wrongly
    is_vague(sentence)               # «podemos ofrecerle facilidades»

To call good words off the matter would be worse than to miss some that are: only what plainly speaks of
how much, of parts or of a discount is, and only where nothing of the matter is said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from drills.asking import asks_past, only_asks
from drills.offering import ways_offered
from drills.spared import doubts
from nlp.channels import channels_in
from nlp.cues import read_yaml
from nlp.ladder_model import sentences
from nlp.tagger import Label
from nlp.text import bare, plain
from nlp.thresholds import call_bar
from nlp.utterance import tag_all
from transcripts.types import Quote, Transcript

OFF_MATTER = "off_matter"  # effect and reason: an answer to another objection than the one on the table
EXPLORES = frozenset(
    "probes asks_reason asks_clarifying asks_income asks_capacity explores asks_when asks_back".split()
)
ANSWERS = frozenset(
    "answers offers_alternatives explains_benefit follow_up offer_plan offer_channel offer_date offer_waiver"
    " gives_way".split()
)
ASKED_TOO = {"follow_up"}  # «¿a qué hora lo llamo?» says what comes next
STANDS_FOR = {"explore": "probes", "answer": "answers"}  # an act of each rung
OTHER_WAY = re.compile(r"\b(?:otr[oa]s?|ayud\w*|revis\w*|soporte|actualiz\w*|limite|maximo|mensaje|error)\b")
WAYS = "ways"  # the kind of matter of who only lacks a way to pay
CHECKS = "checks"  # of who says that something is wrong, or paid


def of_money(label: str) -> bool:
    """Whether what is objected is money: to pay in parts, or less, answers it."""
    return label not in _file()["matters"]


def fits(label: str, sentence: str, failed: AbstractSet[str] = frozenset()) -> bool:
    """Whether a sentence may answer or explore the objection. `failed`: ways to pay that the debtor has told
    of; to name them again offers no way, and to ask about them explores. So does what was done or happened,
    to who tells of a payment that was made or would not go through.
    """
    said, matter = bare(sentence), _file()["matters"].get(label)
    if matter is None or (matter in (WAYS, CHECKS) and asks_past(sentence)):
        return True
    if matter == WAYS and only_asks(sentence) and channels_in(sentence):
        return True
    if matter == WAYS and (named := ways_offered(sentence)):
        return not named <= failed or OTHER_WAY.search(said) is not None
    return not _patterns()["money"].search(said) or _patterns()[matter].search(said) is not None


@lru_cache(maxsize=4096)
def is_vague(sentence: str) -> bool:
    """Whether the words offer, and name nothing that is offered: neither plan nor day, sum nor way."""
    words = bare(sentence).split()
    rest = [word for word in words if not _patterns()["vague"].fullmatch(word)]
    return len(rest) < len(words) and all(_patterns()["filler"].fullmatch(word) for word in rest)


class Matter:
    """What is on the table in a talk, and what the agent's words do for it; `label` is empty for nothing."""

    def __init__(self, transcript: Transcript, label: str) -> None:
        self._transcript, self._label = transcript, label
        self._failed = failed_ways(transcript)

    def is_off(self, act: str, quote: Quote) -> bool:
        """Whether an act answers or explores, and something else than what was objected."""
        if not self._label or act not in EXPLORES | ANSWERS:
            return False
        return self._lacks(act, quote, lambda said: fits(self._label, said, self._failed))

    def is_idle(self, act: str, quote: Quote) -> bool:
        """The same, or whether it offers nothing, or only doubts that something is paid."""
        if act in ANSWERS and self._lacks(act, quote, lambda said: not is_vague(said)):
            return True
        if act in EXPLORES | ANSWERS and self._lacks(act, quote, lambda said: not doubts(said)):
            return True
        return self.is_off(act, quote)

    def ways(self, text: str) -> int:
        """Ways to pay that the words put forward, without those that failed where that is the matter."""
        failed = self._failed if _file()["matters"].get(self._label) == WAYS else frozenset()
        return len(ways_offered(text) - failed)

    def _lacks(self, act: str, quote: Quote, good: Callable[[str], bool]) -> bool:
        return lacks(self._transcript, act, quote, good)


def lacks(transcript: Transcript, act: str, quote: Quote, good: Callable[[str], bool]) -> bool:
    """Whether no sentence of a quote in which an act may stand is good."""
    said = transcript.turns[quote.turn].text
    places = [one for one in sentences(said) if one[0] < quote.end and quote.start < one[1]]
    kept = [said[start:end] for start, end in places if good(said[start:end])]
    if len(kept) == len(places) or len(places) < 2:
        return not kept and bool(places)
    return not any(one.id == act and one.score >= call_bar(act) for one in tags(" ".join(kept)))


@lru_cache(maxsize=4096)
def tags(text: str) -> tuple[Label, ...]:
    """The labels of an agent's words by themselves; kept, because a talk is read anew at each reply."""
    return tuple(tag_all([("agent", text)])[0]) if text else ()


def offers_none(transcript: Transcript, act: str, quote: Quote) -> bool:
    """Whether what is taken for an answer or an offer stands in a question that only asks."""
    return act in ANSWERS - ASKED_TOO and lacks(transcript, act, quote, lambda said: not only_asks(said))


def failed_ways(transcript: Transcript) -> frozenset[str]:
    """The ways to pay that the debtor has named in the talk: those that did not work."""
    said = (turn.text for _, turn in transcript.said_by("debtor", "other"))
    return frozenset(one.name for text in said for one in channels_in(text))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    file = _file()
    given = {
        "money": "|".join(file["money"]),
        **file["kinds"],
        "vague": file["vague"],
        "filler": file["filler"],
    }
    return {name: re.compile(rf"\b(?:{plain(text.strip())})\b") for name, text in given.items()}


@cache
def _file() -> dict[str, Any]:
    return read_yaml(Path(__file__).with_name("matter.yaml"))
