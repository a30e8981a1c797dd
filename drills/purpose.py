"""What the debtor wonders about: who calls, what about, and what is said to it again."""

from __future__ import annotations

import re
from dataclasses import replace

from drills.asking import ECHOES
from drills.deal import takes
from drills.repeats import REASKS
from drills.reply import Reply
from drills.saying import Step
from drills.state import OFFENCES, Debtor, Scene
from drills.subject import BESIDE, expects, names_case, names_subject
from nlp.text import plain

# acts by which a trainee has told what the call is about
TELLS = (
    "states_debt", "amount_said", "lateness_said", "product_said", "asks_reason", "asks_commitment",
    "offers_alternatives", "offer_plan", *OFFENCES,
)  # fmt: skip
_WHO = re.compile(
    r"\bquien (?:habla|es\b|lo busca|la busca|me (?:busca|necesita|llama)|carajo)|de parte de quien"
    r"|con quien hablo|de donde (?:me |dice que )?(?:habla|llama)|y usted quien"
)
_SAYS_WHO = re.compile(r"\b(soy|habla|con el|con ella)\b")


def asks_caller(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Asks once more who calls, where it picked up with that question and heard neither name nor company yet
    (`asked_who`).
    """
    if debtor.raised or debtor.asked_who or not debtor.said or not _WHO.search(plain(debtor.said[0])):
        return None
    if reply.has(*OFFENCES) or names_case(reply.text, scene.scenario):
        return None
    return Step(replace(debtor, asked_who=True, identified=True), "asks_caller", "asks_caller")


def identifies(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """«Sí, soy yo», where a whole call begins and neither debt nor creditor was told yet; who has said so in
    picking up asks what it is about.
    """
    if (
        debtor.raised
        or debtor.identified
        or reply.amount is not None
        or reply.has("states_debt", "amount_said")
        or names_case(reply.text, scene.scenario)
    ):
        return None
    if not reply.has("greeting", "verifies_identity", "asks_for_debtor", "greets", "debtor_name"):
        return None
    debtor = replace(debtor, identified=True)
    if _SAYS_WHO.search(plain(debtor.said[0])) if debtor.said else False:
        return Step(debtor, "asks_purpose", "asks_purpose")
    return Step(debtor, "identifies", "identified")


def wonders(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Asks what it is about, where nobody has told it; what that has to do with it, where something else is
    spoken of. Who is not understood offends nobody.
    """
    if debtor.promise is not None or not debtor.open:
        return None
    if debtor.raised:
        off = reply.has(BESIDE)
        return Step(replace(debtor, stuck=debtor.stuck + 1), "asks_subject", "beside") if off else None
    if _told(debtor, scene, reply):
        return None
    return Step(replace(debtor, identified=True, stuck=debtor.stuck + 1), "asks_purpose", "asks_purpose")


def told_before(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Says so, where nothing is said but what was said before, by whichever of the two, or nothing is asked
    but what it has told. Who takes the offer as it stands may say it again.
    """
    if not debtor.raised or debtor.promise is not None:
        return None
    if reply.has(REASKS, ECHOES) and not reply.rungs:
        return Step(replace(debtor, stuck=debtor.stuck + 1), "already_told", "already_told")
    if not reply.repeated:
        return None
    if debtor.offer is not None and takes(debtor.offer, reply):
        return None
    return Step(replace(debtor, stuck=debtor.stuck + 1), "told_before", "told_before")


def _told(debtor: Debtor, scene: Scene, reply: Reply) -> bool:
    """Whether the debtor knows what the call is about, from this reply or from before it."""
    if debtor.said and expects(debtor.said[0]):
        return True
    named = reply.has(*TELLS) or reply.amount is not None or names_subject(reply.text, scene.scenario)
    return named and not reply.has(BESIDE)
