"""Marks for a talk with somebody else: up to five steps, 0-2 each, none of which names the debt."""

from __future__ import annotations

from drills.drill import Drill, Play
from drills.marks import Mark, mark
from drills.steps import of_mine, words_of
from nlp.types import Findings

TELLS = ("discloses_debt", "states_debt", "amount_said", "lateness_said", "product_said")
OFFERS = ("offer_plan", "offer_waiver")  # who hears these knows that something is owed
# what counts in full, and what counts half
STEPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "present": (("says_own_name", "greeting"), ("greets",)),
    "asks_for": (("asks_for_debtor", "calls_back"), ("debtor_name", "verifies_identity")),
    "leaves_word": (("calls_back", "follow_up"), ("answers",)),
    "closes": (("polite_close", "wishes_well"), ("thanks", "goodbye")),
}


def steps_of(drill: Drill) -> tuple[str, ...]:
    """The steps that the exercise gives room for: a single reply opens or closes no call."""
    return tuple(step for step in STEPS if drill.most > 1 or step != "closes")


def third_party_marks(play: Play, findings: Findings) -> tuple[Mark, ...]:
    name = (play.drill.recording.debtor_name or "").split()
    marks = []
    for id_ in steps_of(play.drill):
        full, half = STEPS[id_]
        whole, part = of_mine(play, findings, full), of_mine(play, findings, half)
        got = 2 if whole else 1 if part else 0
        quote = words_of(play, (whole or part)[0].quote) if got else ""
        marks.append(mark(id_, got, 2, quote, name=name[0] if name else "esa persona"))
    told = of_mine(play, findings, (*TELLS, *OFFERS))
    return (*marks, mark("keeps", 0 if told else 2, 2, words_of(play, told[0].quote) if told else ""))
