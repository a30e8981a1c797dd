"""What the words of a step are worth: their sentence, its question, and whether they are to the point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from drills.asking import asks_past
from drills.meant import ASK
from drills.reply import says_something
from drills.story import facts
from nlp.ladder_model import KIND, sentences
from nlp.stance import speaks_of_payment
from nlp.text import plain
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from nlp.utterance import tag_all
from transcripts.types import Quote

if TYPE_CHECKING:  # only named, never made here
    from drills.drill import Play

# an open question by its accent, or by the word that it begins with
_OPEN = re.compile(r"\b(?:qué|cuál|cuáles|cuándo|cómo|cuánt[oa]s?|dónde|quién|quiénes)\b", re.IGNORECASE)
_BEGINS_OPEN = re.compile(
    r"(?:^|¿) *(?:(?:y|entonces|pero|bueno|a|de|con|por|en|para|desde)\W+)*"
    r"(?:que|cual|cuales|cuando|como|cuant[oa]s?|donde|quien)\b"
)
PLAIN = 0.78  # score from which an objection is plainly what the words tell of
PUTS_OFF = ("call_later",)
ASKS_FOR = (ASK, "asks_capacity")
OFFERS = ("offers_alternatives", "offer_plan", "offer_waiver", "offer_date")
_WORD = re.compile(r"\w+")
_GENERAL = frozenset(
    "a al bien caso claro como con cosas cuanto de del desde don dona el en es ese eso esta este esto favor"
    " gracias hoy la le les lo los me mi momento mucho muchas mucha muy o para por posible pues que se si su"
    " tanto tiempo todo toda un una usted y ya yo senor senora senorita algo alguna manera nada"
    " situacion sinceridad confianza paciencia franqueza inconveniente inconvenientes persona cliente opcion"
    " entiendo comprendo agradezco lamento siento puedo podria puede quiero perfectamente perfecto"
    " gusto placer encantado encantada amable amables supuesto acuerdo desde luego ok okey listo vale".split()
)
_SOOTHES = re.compile(
    r"\bno (?:se|te) preocupes?\b|\bno hay (?:problema|cuidado|de que)\b|\bno faltaba mas\b"
)
_GENERAL_STEMS = (
    "entend", "comprend", "contar", "decir", "dice", "diga", "coment", "inform", "ayud", "apoy", "colabor",
    "servir", "ofrec", "explic", "compart", "atend", "escuch",
)  # fmt: skip
OPENED = ("revealed", "not_yet")  # what the debtor answers to a question that was heard as one


def found_in(findings: Findings, labels: Sequence[str], turns: Iterable[int]) -> list[Finding]:
    within = set(turns)
    return [f for f in findings.of(*labels) if f.quote.turn in within and f.score >= call_bar(f.label)]


def sentence_of(play: Play, quote: Quote) -> str:
    """The sentence in which `quote` stands."""
    text = play.read[quote.turn].text
    held = [one for one in sentences(text) if one[0] < quote.end and quote.start < one[1]]
    first, last = (held[0][0], held[-1][1]) if held else (0, len(text))
    start = max(text.rfind(sign, first, max(first, quote.start)) for sign in "?!¿¡") + 1
    return text[max(first, start) : last].strip()


def is_closed(play: Play, quote: Quote) -> bool:
    """Whether the question in which a quote stands can be answered by a yes or by one of what it names."""
    said = sentence_of(play, quote)
    return "?" in said and not _OPEN.search(said) and not _BEGINS_OPEN.search(plain(said))


def is_beside(play: Play, sentence: str) -> bool:
    """Whether the words acknowledge something of another kind than all that the debtor said: «comprendo que
    no le han pagado», to who has paid; or tell of the debtor what the debtor told otherwise: «entiendo que va
    manejando», to who is at work. They are read as if the debtor had said them.
    """
    if _told_otherwise(play, sentence):
        return True
    told = _kinds(sentence)
    case = play.drill.scenario
    labels = {label for _, label in play.raised} | set(case.objections if case else ())
    kinds = {KIND.get(label) for label in labels}
    if not told or None in kinds or told & kinds:  # of an objection newer than the kinds nobody can tell
        return False
    heard = play.transcript.said_by("debtor", "other")
    return not any(told & _kinds(turn.text) for _, turn in heard)


def _told_otherwise(play: Play, sentence: str) -> bool:
    """Whether the words tell of the debtor's story (`story.yaml`) something else than the debtor has told."""
    labels = tuple(dict.fromkeys(label for _, label in play.raised))
    here = facts(sentence, labels)
    heard = (
        [facts(turn.text, labels) for _, turn in play.transcript.said_by("debtor", "other")] if here else []
    )
    known = {slot: {value for one in heard for value in one.get(slot, ())} for slot in here}
    return any(known[slot] and not values & known[slot] for slot, values in here.items())


def is_general(sentence: str, name: str = "") -> bool:
    """Whether the words would fit whatever was said: «comprendo su situación», «¿en qué le ayudo?». To call
    somebody by `name` tells nothing of what they told.
    """
    called = plain(name).split()
    return all(
        word in _GENERAL or word in called or word.startswith(_GENERAL_STEMS)
        for word in _WORD.findall(_SOOTHES.sub(" ", plain(sentence)))
    )


def of_payment(play: Play, findings: Findings, quote: Quote) -> bool:
    """Whether the sentence of a quote asks for a payment; to who is busy, an offer asks too."""
    said = sentence_of(play, quote)
    if asks_past(said):
        return False
    if not speaks_of_payment(said) and "cuanto" not in plain(said).split():
        return False
    busy = any(label in PUTS_OFF for _, label in play.raised)
    kinds = (*ASKS_FOR, *OFFERS) if busy else ASKS_FOR
    asked = [f.quote for f in found_in(findings, kinds, (quote.turn,))]
    return any(quote.overlaps(one) or sentence_of(play, one) == said for one in asked)


@lru_cache(maxsize=2048)
def _kinds(text: str) -> frozenset[str]:
    """The kinds of objection that the words clearly hold in a debtor's mouth: a doubt takes no points."""
    objected = (one for one in tag_all([("debtor", text)])[0] if one.id in KIND)
    return frozenset(KIND[one.id] for one in objected if one.score >= PLAIN)


def opened(play: Play, findings: Findings, turns: Sequence[int]) -> Quote | None:
    """The question that the debtor took for one about the reason; to ask for the payment alone is none."""
    asked = [f.quote for f in found_in(findings, (ASK,), turns)]
    for turn in (why.turn for why in play.whys if why.cause in OPENED and why.turn in turns):
        for start, end in sentences(play.read[turn].text):
            quote = play.transcript.quote(turn, start, end)
            if (
                says_something(quote.text)
                and "?" in quote.text
                and not any(quote.overlaps(one) for one in asked)
            ):
                return quote
    return None
