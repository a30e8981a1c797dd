"""What a turn asks to be told: a document, a card, a telephone, a day of birth, an address, an e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp.redact_secrets import EXPIRY, SECRET
from nlp.redact_words import flat, may_hold, phrases
from transcripts.types import Speaker

BIRTH = "birth"

_POSTAL = re.compile(r"\bc\.\s?p\b\.?")  # its points end no sentence
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")
_NOT = re.compile(r"\b(?:no|ni|sin)\s+(?:me\s+|le\s+|lo\s+)*$")
_DENIES = re.compile(
    r"\W*(?:no\s+(?:le\s+|te\s+)?(?:necesit|hace falta|pid|voy a pedir|requier|quiero)|(?:ni|sin)\s)"
)
_SHORT, _DEMAND = 6, 9  # words of a bare demand («DNI.», «fecha de nacimiento y la letra del documento»)
_LABEL = 3  # words of one that may also be said in passing («su teléfono», «la dirección»)
_OPENS = 15  # characters within which the longer demand names its datum
_QUESTION = 12  # words of a question that is about the datum alone
_BEFORE, _AFTER = 70, 40  # characters round a datum in which a request belongs to it
_STANDING_TURNS = 8  # a question is forgotten after so many turns
_MOVES_ON = 12  # words; a longer turn of whoever asked goes on to something else

_DATA = (
    ("id", "id_words"),
    (BIRTH, "asked_birth"),
    ("card", "card_words"),
    ("account", "account_words"),
    ("phone", "asked_phone"),
    ("address", "asked_address"),
    ("email", "asked_email"),
    ("digits", "asked_digits"),
    (SECRET, "asked_secret"),
    (EXPIRY, "asked_expiry"),
)
_LISTS = tuple(name for _, name in _DATA)
_NUMBERS = frozenset(("id", "card", "account", "phone", "address", "digits", SECRET, EXPIRY))
_SAID_IN_PASSING = {"card", "account", "phone", "address", "email"}
_BY_NUMBER = {"card", "account", "phone"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that stands open: the kinds of data it is about (those of `Kind`, and BIRTH), who asked it
    and in which turn, how many turns answered without any.
    """

    kinds: frozenset[str]
    by: Speaker
    turn: int
    tries: int = 0
    told: bool = False  # the question says the number itself: «¿termina en 27?»

    def put_to(self, speaker: Speaker, turn: int) -> bool:
        """Whether `speaker` may be answering it in `turn`. Where nobody knows who speaks, anybody may."""
        fresh = turn - self.turn <= _STANDING_TURNS
        return fresh and turn > self.turn and (speaker != self.by or speaker == "unknown")

    def after(self, told: frozenset[str]) -> Asked | None:
        """What is still open once a turn told `told`: every number, or the day of birth, or nothing."""
        if not told:
            return None if self.told else replace(self, tries=self.tries + 1)
        left = self.kinds - told - (frozenset() if told <= {BIRTH, "email"} else _NUMBERS)
        return replace(self, kinds=left) if left else None


def asked_after(
    text: str, speaker: Speaker, turn: int, before: Asked | None, *, born: bool = False
) -> Asked | None:
    """The question open after a turn of `speaker`: a new one, or the one before while it still stands.

    `born`: a day of birth, or a part of one, was told just before.
    """
    kinds = kinds_asked(text)
    if before is not None and kinds == {BIRTH} and BIRTH in before.kinds and before.put_to(speaker, turn):
        return before  # «¿De mi nacimiento?»: who was asked makes sure of what is asked
    if kinds:
        return Asked(kinds, speaker, turn)
    if born and phrases("asks_rest").match(flat(text).lstrip(" ¿")):
        return Asked(frozenset((BIRTH,)), speaker, turn)
    if before is not None and before.by == speaker and len(text.split()) > _MOVES_ON:
        # «es por su seguridad, antes de darle información…»: why a day of birth is asked for
        to_money = phrases("to_the_money").search(flat(text))
        return replace(before, kinds=frozenset((BIRTH,))) if BIRTH in before.kinds and not to_money else None
    return before


def kinds_asked(text: str) -> frozenset[str]:
    """The kinds of data that `text` asks for; empty where its last question is about the payment."""
    kinds: set[str] = set()
    if not may_hold(text, *_LISTS):
        return frozenset()
    low = _POSTAL.sub("cp", flat(text))
    for match in _SENTENCE.finditer(low):
        said = match.group()
        found = {kind for kind, name in _DATA if _asks_for(said, kind, name)}
        if found:
            kinds |= found
        elif "?" in said and phrases("about_payment").search(said):
            kinds.clear()
    return frozenset(kinds)


def _asks_for(said: str, kind: str, name: str) -> bool:
    datum = phrases(name).search(said)
    if datum is None:
        return False
    bare = kind == "phone" and "?" in said and len(said.split()) <= _LABEL  # «¿su teléfono?»
    if kind in _BY_NUMBER and not bare and phrases("number_words").search(said) is None:
        return False
    if _DENIES.match(said):
        return False
    size = len(said[said.rfind("¿", 0, datum.start()) + 1 :].split())
    opens = phrases(*_LISTS).search(said, 0, datum.end())
    short = _DEMAND if opens and opens.start() <= _OPENS else _SHORT
    if size <= (_LABEL if kind in _SAID_IN_PASSING else short) or ("?" in said and size <= _QUESTION):
        return True
    beside = said[max(0, datum.start() - _BEFORE) : datum.end() + _AFTER]
    return any(not _NOT.search(beside, 0, m.start()) for m in phrases("requests").finditer(beside))
