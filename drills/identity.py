"""What the debtor answers to who asks whom they speak with: the name; nothing before knowing who calls.

A datum is confirmed without being told: no exercise holds data that look like somebody's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drills.reply import Reply
from drills.saying import Step
from drills.state import Debtor, Scene
from nlp.ladder_model import sentences
from nlp.text import bare

ASKS_DATUM = "asks_identity_datum"
ASKS = (ASKS_DATUM, "verifies_identity", "asks_for_debtor")
DOUBTS = "distrust"  # who objects so has said already what is told to a stranger
# the kinds of line
NAMES, CONFIRMS, IS_SELF = "gives_name", "confirms_datum", "is_self"
_WHO = re.compile(
    r"\bquien (?:tengo el (?:gusto|placer)|(?:es que )?(?:estoy )?(?:hablo|hablando|hablamos|habla|converso)"
    r"|me (?:contesta|atiende|comunico|habla|responde)|es usted)"
    r"|\b(?:cual es|digame|me (?:dice|da|indica|confirma)) su nombre\b"
)
_SELF = re.compile(
    r"\b(?:hablo|hablando|comunico|converso|tengo el gusto|es usted|usted es|titular"
    r"|es (?:el|la) (?:senora?|senorita))\b"
)


def answers_identity(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Answers, each kind of question once, where the reply is about nothing else."""
    kind = _asked(reply)
    if kind is None or debtor.promise is not None or not debtor.open or _goes_on(debtor, reply):
        return None
    if kind == CONFIRMS and not debtor.asked_who and not debtor.raised:
        return Step(replace(debtor, asked_who=True), "asks_caller", "asks_who_first")
    if not debtor.raised and kind == IS_SELF:
        return None
    pool = scene.book.pool(kind)
    if any(line.text in debtor.said for lines in pool.values() for line in lines):
        return None
    text = f"{scene.scenario.debtor_name}." if kind == NAMES else ""
    return Step(replace(debtor, identified=True), kind, "asked_identity", text=text)


def _goes_on(debtor: Debtor, reply: Reply) -> bool:
    """Whether the reply tells of the debt too, or does something for what was objected."""
    if reply.amount is not None or reply.has("states_debt", "amount_said", "asks_commitment"):
        return True
    does = reply.has("empathy") or bool(reply.rungs & {"answer", "ask"})
    return debtor.raised and (does or debtor.open[0] == DOUBTS)


def _asked(reply: Reply) -> str | None:
    """The kind of line that answers the question for who is there; None where there is none."""
    if not reply.has(*ASKS):
        return None
    asked = [
        bare(reply.text[start:end]) for start, end in sentences(reply.text) if "?" in reply.text[start:end]
    ]
    if any(_WHO.search(one) for one in asked):
        return NAMES
    if reply.has(ASKS_DATUM):
        return CONFIRMS
    return IS_SELF if any(_SELF.search(one) for one in asked) else None
