"""Marks for a talk with somebody else: up to five steps, 0-2 each, none of which names the debt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drills.aims import of_mine, words_of
from drills.drill import Drill, Play
from drills.marks import Mark, mark
from drills.message import CALLED, asks_payment
from drills.parting import MESSAGE, WHEN_IN
from nlp.redact_people import listed
from nlp.text import plain
from nlp.types import Finding, Findings

TELLS = ("discloses_debt", "states_debt", "amount_said", "lateness_said", "product_said")
OFFERS = ("offer_plan", "offer_waiver")  # who hears these knows that something is owed
# what counts in full, and what counts half
STEPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "present": (("says_own_name",), ("greets",)),
    "asks_for": ((WHEN_IN, "asks_for_debtor"), ("debtor_name", "verifies_identity")),
    "leaves_word": ((MESSAGE,), (CALLED,)),
    "closes": (("polite_close", "wishes_well"), ("thanks", "goodbye")),
}
# who says whom the call was from has said the name, without a greeting: «dígale que lo llamó Ana Ruiz»
_CALLER = re.compile(
    r"\b[Ll][oae]s? (?:llam|habl|marc|busc)[óo] (?:la |el )?(?:señor(?:it)?a? |licenciad[oa] )?"
    r"(?P<name>\w+)"
)
_WILLING = re.compile(r"\bcon $", re.IGNORECASE)
ASKED = "debtor_name"  # asks for somebody only in a question


def steps_of(drill: Drill) -> tuple[str, ...]:
    """The steps that the exercise gives room for: a single reply opens or closes no call."""
    return tuple(step for step in STEPS if drill.most > 1 or step != "closes")


def third_party_marks(play: Play, findings: Findings) -> tuple[Mark, ...]:
    name = (play.drill.recording.debtor_name or "").split()
    told = of_mine(play, findings, (*TELLS, *OFFERS))
    marks = []
    for id_ in steps_of(play.drill):
        full, half = STEPS[id_]
        whole, part = of_mine(play, findings, full), of_mine(play, findings, half)
        if id_ == "present":  # «con mucho gusto» greets nobody
            part = [f for f in part if not _WILLING.search(play.read[f.quote.turn].text[: f.quote.start])]
        if id_ == "asks_for":  # «¿con quién tengo el gusto?» asks for nobody else
            who = of_mine(play, findings, ("asks_relation",))
            whole, part = (
                [f for f in found if not any(f.quote.overlaps(one.quote) for one in who)]
                for found in (whole, part)
            )
        if id_ == "leaves_word":  # word that names the debt is none to leave
            turns = {f.quote.turn for f in told}
            whole, part = _but(whole, turns), _but(part, turns)
        named = _caller(play, name) if id_ == "present" and not whole else ""
        part = [f for f in part if f.label != ASKED or "?" in play.read[f.quote.turn].text[f.quote.end :]]
        got = 2 if whole else 1 if part else 0
        quote = words_of(play, (whole or part)[0].quote) if got else ""
        reason = ""
        if id_ == "present" and not whole and (named or part):
            got, reason = (2, "") if named and part else (1, "no_greeting" if named else "no_name")
            quote = named or quote
        marks.append(mark(id_, got, 2, quote, reason=reason, name=name[0] if name else "esa persona"))
    asked = next((play.read[turn].text for turn in play.mine if asks_payment(play.read[turn].text)), "")
    words = words_of(play, told[0].quote) if told else asked  # who is asked to pay knows of the debt
    return (*marks, mark("keeps", 0 if words else 2, 2, words))


def _caller(play: Play, debtor: Sequence[str]) -> str:
    """The words that tell who called; empty where there are none, or where the name is the debtor's."""
    for turn in play.mine:
        for match in _CALLER.finditer(play.turns[turn].text):
            name = plain(match["name"])
            is_name = match["name"][0].isupper() or name in listed()  # who types in haste sets no capitals
            if is_name and name not in map(plain, debtor):
                return match[0]
    return ""


def _but(found: Sequence[Finding], turns: set[int]) -> list[Finding]:
    return [f for f in found if f.quote.turn not in turns]
