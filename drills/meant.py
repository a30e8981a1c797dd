"""What the trainee's words do not mean, though a tagger or a cue hears it in them.

    kept = meant(transcript, raised, found)

Kind words to somebody who is ill or grieves, and a payment that is not asked for, sound to a tagger like
doubt and like an ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from drills.recommended import SOURCE as RECOMMENDED
from drills.scenario import DISPUTES
from drills.spared import names_terms, spares
from nlp.ladder_model import sentences
from nlp.stance import speaks_of_payment
from nlp.text import plain
from nlp.types import Finding
from transcripts.types import Quote, Transcript

CLEAR = 0.9  # from which an act counts that no rule is sure of: a false one would be unjust
BEGS, MOCKS = "begs", "mocks"
SOFT = ("hedge", "gives_up", BEGS)
DOUBTS = ("hedge", "gives_up")
ASK = "asks_commitment"
CARE = ("empathy", "acknowledges", "apologises")
ASKS_NOTHING, OFFERS, SORRY = "asks_nothing", "offers_alternatives", "apologises"
# what is no offer in words that spare the payment or doubt it, and name nothing to take
ANSWERED = ("gives_way", "answers", "offer_channel", OFFERS)
CALLS = ("proposes_talk", "calls_back", "asks_back", "asks_when", "names_hour", "asks_when_in")
_CALL = re.compile(r"\b(?:llam|marqu|marc|convers|habl|contact|comuni|busc)")
_SUMS = re.compile(r"\b(?:cuanto|cuantos|monto|cantidad|cuota|cuotas|abono|parte|mitad)\b")
_LEAVES_IN_PEACE = re.compile(r"\b(?:quito|robo|molesto|interrumpo|entretengo|insisto|discuto)\b")
Raised = tuple[tuple[int, str], ...]  # (turn, objection) of every line that objects


def meant(transcript: Transcript, raised: Raised, found: Sequence[Finding]) -> list[Finding]:
    """`found` without doubts and asks that are none. Who begs or mocks is told so, and not that it sounds
    unsure; who helps in an emergency or a dispute has no payment to be firm about, and asks for none with a
    day to speak.
    """
    by = {label: [f.quote for f in found if f.label == label] for label in (BEGS, MOCKS, ASKS_NOTHING, SORRY)}
    kind = {f.quote.turn for f in found if f.label in CARE}
    calls = [f.quote for f in found if f.label in CALLS]
    helped = {at for at, label in on_table(transcript, raised) if label in DISPUTES}

    unsure_of = [f.quote for f in found if f.label in DOUBTS and f.source[:4] == "rule"]

    def is_none(one: Finding) -> bool:
        quote, ruled = one.quote, one.source[:4] == "rule"
        if one.label in DOUBTS:
            unsure = not ruled and one.score < CLEAR
            begged = any(quote.overlaps(other) for other in (*by[BEGS], *by[MOCKS]))
            return begged or quote.turn in helped or (unsure and quote.turn in kind)
        if one.label == ASK and quote.turn in helped and _only_a_call(transcript, quote, calls):
            return True
        if one.label == ASK and one.source != RECOMMENDED:
            return spares(_said(transcript, quote)) or same_sentence(transcript, quote, by[ASKS_NOTHING])
        if one.label in ANSWERED and quote.turn not in helped and one.source != RECOMMENDED:
            said = _said(transcript, quote)
            if not names_terms(said) and (spares(said) or same_sentence(transcript, quote, unsure_of)):
                return True
        return one.label == OFFERS and not ruled and same_sentence(transcript, quote, by[SORRY])

    return [one for one in found if not is_none(one)]


def _only_a_call(transcript: Transcript, quote: Quote, calls: Iterable[Quote]) -> bool:
    """Whether the sentence of a quote fixes one of `calls` and speaks of no payment."""
    if not same_sentence(transcript, quote, calls):
        return False
    said = _said(transcript, quote)
    words = plain(said)
    return bool(_CALL.search(words)) and not (_SUMS.search(words) or speaks_of_payment(said))


def only_kind(finding: Finding) -> bool:
    """Whether soft words are no more than manners: «no le quito más tiempo», or what no rule hears."""
    return finding.source[:4] != "rule" or leaves_in_peace(finding)


def leaves_in_peace(finding: Finding) -> bool:
    """Whether the words promise to take no more of somebody's time."""
    return _LEAVES_IN_PEACE.search(plain(finding.quote.text)) is not None


def same_sentence(transcript: Transcript, quote: Quote, others: Iterable[Quote]) -> bool:
    """Whether one of `others` stands in the sentence of `quote`."""
    place = _sentence(transcript, quote)
    return any(o.turn == quote.turn and o.start < place[1] and place[0] < o.end for o in others)


def _said(transcript: Transcript, quote: Quote) -> str:
    """The sentence of a quote."""
    start, end = _sentence(transcript, quote)
    return transcript.turns[quote.turn].text[start:end]


def _sentence(transcript: Transcript, quote: Quote) -> tuple[int, int]:
    """From where to where the sentence of a quote goes in its turn."""
    text = transcript.turns[quote.turn].text
    return next((p for p in sentences(text) if p[0] < quote.end and quote.start < p[1]), (0, len(text)))


def on_table(transcript: Transcript, raised: Raised) -> Iterable[tuple[int, str]]:
    """Each turn of the agent's with the objection that it meets."""
    on, labels = "", dict(raised)
    for at, turn in enumerate(transcript.turns):
        on = labels.get(at, on)
        if turn.speaker == "agent":
            yield at, on
