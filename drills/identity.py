"""What the debtor answers to who asks whom they speak with: the name; nothing before knowing who calls.

A datum is confirmed without being told: no exercise holds data that look like somebody's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drills.reply import Reply
from drills.saying import Step
from drills.state import Debtor, Scene
from drills.who import WHO, only_asks_who, questions, says_datum
from nlp.text import bare

ASKS_DATUM = "asks_identity_datum"
ASKS = (ASKS_DATUM, "verifies_identity", "asks_for_debtor")
DOUBTS = "distrust"  # who objects so has said already what is told to a stranger
# the kinds of line
NAMES, CONFIRMS, IS_RIGHT, IS_SELF = "gives_name", "confirms_datum", "confirms_said", "is_self"
_SELF = re.compile(
    r"\b(?:hablo|hablando|comunico|converso|tengo el gusto|es usted|usted es|titular"
    r"|es (?:el|la) (?:senora?|senorita))\b"
)


def answers_identity(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Answers, each kind of question once, where the reply is about nothing else; then only says that it has
    answered: who is there is no question that opens anything.
    """
    kind = _asked(reply)
    if kind is None or debtor.promise is not None or not debtor.open or _goes_on(debtor, reply):
        return None
    if kind in (CONFIRMS, IS_RIGHT) and not debtor.asked_who and not debtor.raised:
        return Step(replace(debtor, asked_who=True), "asks_caller", "asks_who_first")
    if not debtor.raised and kind == IS_SELF:
        return None
    pool = scene.book.pool(kind)
    told = any(line.text in debtor.said for lines in pool.values() for line in lines)
    if told and (kind != IS_RIGHT or reply.repeated):  # another datum is another question
        again = Step(replace(debtor, stuck=debtor.stuck + 1), "told_who", "identity_again")
        return again if only_asks_who(reply.text) else None
    text = f"{scene.scenario.debtor_name}." if kind == NAMES else ""
    return Step(replace(debtor, identified=True), kind, "asked_identity", text=text)


def _goes_on(debtor: Debtor, reply: Reply) -> bool:
    """Whether the reply tells of the debt too, or does something for what was objected."""
    if reply.has("states_debt", "asks_commitment"):
        return True
    read_out = any(map(says_datum, questions(reply.text)))  # a year of birth is no sum
    if not read_out and (reply.amount is not None or reply.has("amount_said")):
        return True
    does = reply.has("empathy") or bool(reply.rungs & {"answer", "ask"})
    return debtor.raised and (does or debtor.open[0] == DOUBTS)


def _asked(reply: Reply) -> str | None:
    """The kind of line that answers the question for who is there; None where there is none."""
    if not reply.has(*ASKS):
        return None
    asked = questions(reply.text)
    if any(WHO.search(bare(one)) for one in asked):
        return NAMES
    if any(map(says_datum, asked)):
        return IS_RIGHT
    if reply.has(ASKS_DATUM):
        return CONFIRMS
    return IS_SELF if any(_SELF.search(bare(one)) for one in asked) else None
