"""What somebody else at the phone does with a reply: answers what was asked, takes a message, lets go."""

from __future__ import annotations

import re
from dataclasses import replace

from drills.demand import demands
from drills.parting import MESSAGE, WHEN_IN
from drills.reply import LEAVES, Reply
from drills.saying import Step
from drills.state import Debtor, Scene
from nlp.text import plain

_PAYS = re.compile(
    r"\b(?:cuando|que dia|cuanto|en que fecha|por que no)(?: \w+){0,3}? "
    r"(?:pag(?:a|as|ara|aria|ue|o|an|ar|aran)|(?:abon|deposit)(?:a|ara|ar))\b"
    r"|\b(?:puede|podria|va a|quiere|tiene que|debe) (?:pagar|abonar|ponerse al dia)"
)
WORD = "word"  # among the rungs: a message was left
CALLED = "says_called"  # only that somebody called: whom to call back is asked
FAREWELLS = ("polite_close", "wishes_well", "goodbye", LEAVES)
# what is asked of whoever answers, and the kind of line that answers it
ANSWERS = {
    WHEN_IN: "tells_when",
    "asks_private": "withholds",
    "asks_relation": "tells_who",
    "asks_if_in": "not_in",
    "asks_to_leave_word": "takes_note",
}


def takes_message(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """A message is taken once one was left; a question is answered first, and only a farewell parts."""
    if reply.has("discloses_debt"):
        return Step(replace(debtor, ended="hang_up"), "hangs_up", "hung_up")
    if reply.has(MESSAGE):
        debtor = replace(debtor, rungs=debtor.rungs | {WORD})
    debtor = replace(debtor, raised=True)
    parts = reply.has(*FAREWELLS)
    asked = next((kind for act, kind in ANSWERS.items() if reply.has(act)), None)
    if asked and not parts and not (reply.has(MESSAGE) and asked != ANSWERS[WHEN_IN]):
        return Step(debtor, asked, "answered_other")
    if WORD in debtor.rungs:
        if parts or (not reply.has(MESSAGE) and debtor.turns > 1):
            kind = "takes_message" if reply.has(MESSAGE) else "lets_go"
            return Step(replace(debtor, ended="message"), kind, "took_message")
        if debtor.turns > 1 or reply.has("says_own_name", "thanks"):
            return Step(debtor, "takes_message", "took_message")
    elif reply.has(CALLED):
        return Step(debtor, "asks_whom_to_call", "asks_who")
    elif parts:
        return Step(replace(debtor, ended="no_agreement"), "lets_go", "left_no_word")
    return Step(debtor, "third_party", "asked_other" if asks_payment(reply.text) else "asks_who")


def asks_payment(text: str) -> bool:
    """Whether whoever answered was asked to pay, or when: a question nobody asks who is owed nothing."""
    return _PAYS.search(plain(text)) is not None or bool(demands(text))
