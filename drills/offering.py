"""Offers in the trainee's words: a sum and a day put to the debtor, or a sum that the debtor is asked about.

    offers(transcript, turns)   # the sentence of each, as quotes
    takes_as_agreed(text)       # whether the words speak of an agreement as of one that stands

Who offers has asked: the next word is the debtor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from drills.proposal import proposed
from nlp.channels import channels_in
from nlp.ladder_model import sentences
from nlp.text import plain
from transcripts.types import Quote, Transcript

# what asks for the debtor's word on what was said; «¿es correcto?», «¿quedamos así?» only ask whether it is
_CONSENT = re.compile(
    r"\b(?:(?:le|les|te|que|como lo) (?:parec|sirv|acomod|conv|qued|va |vend|vien|result|interes|ayud)"
    r"|que tal|lo ve|la ve|podria|puede|podra|podes|prefier|acept|estaria|esta bien si"
    r"|se anima|cabe|alcanza|que opina|que dice)"
)
_GIVES = re.compile(
    r"\b(?:ofrec|propon|propuest|podemos|puedo|dividi|partir|partim|fraccion|descuent|quita"
    r"|opcion|alternativa|plan de|convenio)"
)


# asks about the way that was tried, and offers none: «¿le falló el Yape o el Plin?»
_TRIED = re.compile(
    r"\b(?:intent|prob[oa]|trato|fall|rebot|rechaz|hizo|no (?:le |lo )?(?:pas|sali|sal|dej))\w*"
)
_QUESTION = re.compile(r"¿[^?]*\?")
_AGREED = re.compile(
    r"\b(?:quedamos|queda(?:ria)? (?:en|anotad|agendad|registrad|acordad)|acordamos|acordado|repito|recapitul"
    r"|resum|confirm(?:o|amos|ando)|como (?:dijimos|hablamos|quedamos)"
    r"|entonces (?:son|serian|queda|me|nos|usted|paga)"
    r"|le anoto|lo anoto|ya anote|dejo anotad|se compromete|se comprometio)"
)


def ways_offered(text: str) -> frozenset[str]:
    """The ways to pay that the words put forward, by name: «Plin, un agente o la app» are three. None in a
    question about what was tried, nor one that is turned down.
    """
    out = set()
    for start, end in sentences(text):
        said = text[start:end]
        if not ("?" in said and _TRIED.search(plain(said))):
            out |= {one.name for one in channels_in(said) if one.wanted}
    return frozenset(out)


def offers(transcript: Transcript, turns: Iterable[int]) -> list[Quote]:
    """The sentences of the agent's turns that put a sum on the table: with a day, or for the debtor to say
    whether it will do.
    """
    out = []
    for turn in turns:
        amount, day = proposed(transcript, turn)
        if amount is None:
            continue
        text = transcript.turns[turn].text
        if day is not None or asks_consent(text):
            out.append(transcript.quote(turn, *_place(text)))
    return out


def asks_consent(text: str) -> bool:
    """Whether a question of the words asks what the debtor thinks of what is put forward."""
    asked = [text[start:end] for start, end in sentences(text) if "?" in text[start:end]]
    return any(_CONSENT.search(plain(one)) for one in asked)


def takes_as_agreed(text: str) -> bool:
    """Whether what is stated, and not asked, tells of an agreement as if it stood."""
    return _AGREED.search(plain(stated(text))) is not None


def stated(text: str) -> str:
    """The words without their questions."""
    return _QUESTION.sub(" ", text)


def gives(text: str) -> bool:
    """Whether the words speak of something that is offered."""
    return _GIVES.search(plain(text)) is not None


def is_offer(text: str) -> bool:
    """Whether the words offer something and leave it to the debtor to say yes."""
    return asks_consent(text) and gives(text)


def _place(text: str) -> tuple[int, int]:
    """From the first sentence with a figure to the last, or to the question after it."""
    places = list(sentences(text))
    held = [at for at, (start, end) in enumerate(places) if any(map(str.isdigit, text[start:end]))]
    if not held:
        return 0, len(text)
    last = held[-1]
    if last + 1 < len(places) and "?" in text[slice(*places[last + 1])]:
        last += 1
    return places[held[0]][0], places[last][1]
