"""How much the debtor would pay and when, and what is answered to an ask."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from drills.meant import SOFT
from drills.proposal import Offer
from drills.reply import Reply
from drills.state import CHANNEL, WAIVER, Debtor, Scene
from nlp.text import bare

_YES = re.compile(
    r"\b(?:de acuerdo|perfecto|muy bien|excelente|me parece|esta bien|quedamos|acepto|aceptamos|trato hecho"
    r"|queda (?:anotad|registrad|agendad)\w*|(?:lo|la|le|se lo) (?:anoto|apunto|registro|agendo|tomo)"
    r"|hecho|listo|anotad[oa]|vale|claro que si|por supuesto|con gusto|asi quedamos|le espero|lo espero)\b"
)
_BUT = re.compile(r"\b(?:pero|no (?:me|nos|es|alcanza|puedo|podemos)|sin embargo|aunque)\b")
FULL, ENOUGH = 0.72, 0.4  # openness from which the whole debt, and the sum that wins, are paid
HIDDEN = Decimal("0.7")  # of the sum, while the true reason is not told or nothing was offered
UNSURE = Decimal("0.5")  # of the sum, for somebody who hears doubt
MASKED_FROM = 3  # level from which the true reason holds the money back
AHEAD = 7  # days from today that the debtor names by itself, or fewer where the case wants fewer


@dataclass(frozen=True, slots=True)
class Answer:
    """`agreed`: the debtor commits to `offer`; else it is what the debtor offers. None: nothing was asked."""

    offer: Offer | None
    agreed: bool = False


def answer_to(debtor: Debtor, scene: Scene, reply: Reply) -> Answer:
    """What the debtor says to the sum and the day of a reply."""
    if debtor.offer is not None and takes(debtor.offer, reply):
        return Answer(with_later(debtor.offer, reply), agreed=True)
    settles = reply.has("asks_commitment", "read_back") or "ask" in reply.rungs
    named = debtor.asked_back or (reply.ways >= 2 and CHANNEL in scene.scenario.objections)
    settles = settles or (named and "answer" in reply.rungs and not reply.has(*SOFT))
    if not (settles or reply.amount is not None or reply.day is not None):
        closes = debtor.offer is not None and (reply.has("follow_up") or says_yes(reply.text))
        return Answer(debtor.offer if closes else None, agreed=closes)
    standing = debtor.offer
    offered = standing.amount if standing else Decimal(0)
    most = max(payable(debtor, scene), offered)
    if reply.amount is None:
        most = max(offered, min(most, _unasked(debtor, scene)))
    sum_ = max(rounded(most, scene.scenario.least), offered)
    asked = max(debtor.sums, default=None)  # nobody offers more than was ever asked for
    sum_ = sum_ if asked is None else max(offered, min(sum_, asked))
    day = reply.day or (standing.day if standing else debtor.asked_day or own_day(scene))
    if reply.amount is not None:
        back = _comes_back_to(debtor, scene, sum_, reply.amount)
        in_parts = Offer(reply.amount, day, reply.later).whole
        if back is not None and in_parts < scene.scenario.least:
            return Answer(Offer(back, day))
        unsure = debtor.hedges and reply.has(*SOFT)
        if reply.amount <= most and not unsure:
            return Answer(with_later(Offer(reply.amount, day), reply), agreed=True)
        return Answer(Offer(min(sum_, reply.amount), day))
    if reply.has(*SOFT):
        return Answer(Offer(sum_, day))
    if standing is not None:
        return Answer(Offer(sum_, day), agreed=True)
    if reply.day is not None and "ask" in reply.rungs:
        return Answer(Offer(sum_, day), agreed=True)
    return Answer(Offer(sum_, day))


def takes(offer: Offer, reply: Reply) -> bool:
    """Whether the reply takes the offer as it stands, whatever else it names (the rest, a doubt)."""
    day = reply.day is None or reply.says_day(offer.day)
    return reply.says(offer.amount) and day


def with_later(offer: Offer, reply: Reply) -> Offer:
    """The offer, and what the reply asks for after it: who takes the first half has heard of the second."""
    first = reply.amount == offer.amount and reply.day == offer.day
    return replace(offer, later=reply.later) if first and reply.later else offer


def says_yes(text: str) -> bool:
    """Whether the words take what was offered; thanks and a goodbye alone do not."""
    said = bare(text)
    return _YES.search(said) is not None and _BUT.search(said) is None


def _comes_back_to(debtor: Debtor, scene: Scene, payable: Decimal, asked: Decimal) -> Decimal | None:
    """The larger sum that was spoken of before, where trust has come and less is asked than would do: who was
    first asked for an instalment and then, out of kindness, for a little, gives the instalment.
    """
    least = scene.scenario.least
    if asked >= least or debtor.openness < ENOUGH or debtor.hedges:
        return None
    before = [one for one in debtor.sums if one >= least]
    back = debtor.offer.amount if debtor.offer else min([*before, payable]) if before else asked
    return back if back > asked else None


def payable(debtor: Debtor, scene: Scene) -> Decimal:
    """The most that the debtor would pay now: more with trust, less after doubt or with the reason hidden."""
    scenario = scene.scenario
    least = scenario.least
    if debtor.openness >= FULL:
        most = scenario.amount if scenario.success.kind == "promise" else least * Decimal("1.25")
    elif debtor.openness >= ENOUGH:
        most = least
    else:
        most = least * Decimal(str(round(0.4 + debtor.openness, 2)))
    if scenario.difficulty >= MASKED_FROM and scenario.hidden_reason and not debtor.revealed:
        most *= HIDDEN
    if debtor.hedges:
        most *= UNSURE
    return min(most, scenario.amount)


def _unasked(debtor: Debtor, scene: Scene) -> Decimal:
    """The most that the debtor names by itself. Who wanted a discount promises the whole to nobody, and not
    even what would do to who has put nothing forward.
    """
    if WAIVER not in scene.scenario.objections:
        return scene.scenario.amount
    least = scene.scenario.least
    return least if debtor.offered & {"sum", "plan", "waiver"} else least * HIDDEN


def rounded(amount: Decimal, least: Decimal) -> Decimal:
    """As people say sums: two figures and noughts, downwards, but not below `least` where it is reached."""
    if amount == amount.to_integral_value() and amount % 10 == 0:
        return amount.quantize(Decimal(1))
    size = Decimal(10) ** max(0, amount.adjusted() - 1)
    said = max(Decimal(1), (amount / size).to_integral_value(ROUND_DOWN) * size)
    return least if said < least <= amount else said


def own_day(scene: Scene) -> datetime.date:
    within = scene.scenario.success.within_days
    ahead = AHEAD if within is None else min(AHEAD, within)
    day = scene.on + datetime.timedelta(days=ahead)
    return day - datetime.timedelta(days=1) if day.isoweekday() == 7 and ahead > 1 else day
