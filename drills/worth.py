"""What the words of a step are worth: their sentence, its question, and whether they are to the point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from drills.drill import Play
from drills.meant import ASK, overlap
from drills.reply import says_something
from nlp.ladder_model import KIND, sentences
from nlp.text import plain
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from nlp.utterance import tag_all
from transcripts.types import Quote

# an open question by its accent, or by the word that it begins with
_OPEN = re.compile(r"\b(?:qué|cuál|cuáles|cuándo|cómo|cuánt[oa]s?|dónde|quién|quiénes)\b", re.IGNORECASE)
_BEGINS_OPEN = re.compile(
    r"(?:^|¿) *(?:(?:y|entonces|pero|bueno|a|de|con|por|en|para|desde)\W+)*"
    r"(?:que|cual|cuales|cuando|como|cuant[oa]s?|donde|quien)\b"
)
PLAIN = 0.78  # score from which an objection is plainly what the words tell of
OPENED = ("revealed", "not_yet")  # what the debtor answers to a question that was heard as one


def found_in(findings: Findings, labels: Sequence[str], turns: Iterable[int]) -> list[Finding]:
    within = set(turns)
    return [f for f in findings.of(*labels) if f.quote.turn in within and f.score >= call_bar(f.label)]


def sentence_of(play: Play, quote: Quote) -> str:
    """The sentence in which `quote` stands."""
    text = play.turns[quote.turn].text
    start = max(text.rfind(sign, 0, quote.start) for sign in ".?!¿¡") + 1
    ends = [at for sign in ".?!" if (at := text.find(sign, max(quote.start, quote.end - 1))) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()


def is_closed(play: Play, quote: Quote) -> bool:
    """Whether the question in which a quote stands can be answered by a yes or by one of what it names."""
    said = sentence_of(play, quote)
    return "?" in said and not _OPEN.search(said) and not _BEGINS_OPEN.search(plain(said))


def is_beside(play: Play, sentence: str) -> bool:
    """Whether the words acknowledge something of another kind than all that the debtor said: «comprendo que
    no le han pagado», to who has paid. They are read as if the debtor had said them.
    """
    told = _kinds(sentence)
    case = play.drill.scenario
    labels = {label for _, label in play.raised} | set(case.objections if case else ())
    kinds = {KIND.get(label) for label in labels}
    if not told or None in kinds or told & kinds:  # of an objection newer than the kinds nobody can tell
        return False
    heard = play.transcript.said_by("debtor", "other")
    return not any(told & _kinds(turn.text) for _, turn in heard)


@lru_cache(maxsize=2048)
def _kinds(text: str) -> frozenset[str]:
    """The kinds of objection that the words clearly hold in a debtor's mouth: a doubt takes no points."""
    objected = (one for one in tag_all([("debtor", text)])[0] if one.id in KIND)
    return frozenset(KIND[one.id] for one in objected if one.score >= PLAIN)


def opened(play: Play, findings: Findings, turns: Sequence[int]) -> Quote | None:
    """The question that the debtor took for one about the reason; to ask for the payment alone is none."""
    asked = [f.quote for f in found_in(findings, (ASK,), turns)]
    for turn in (why.turn for why in play.whys if why.cause in OPENED and why.turn in turns):
        for start, end in sentences(play.turns[turn].text):
            quote = play.transcript.quote(turn, start, end)
            if (
                says_something(quote.text)
                and "?" in quote.text
                and not any(overlap(quote, one) for one in asked)
            ):
                return quote
    return None
