"""The simulated debtor's state, and how a reply moves it. What is said in answer stands in `debtor.py`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Literal

from drills.effects import effect_of, known_effects
from drills.lines import Book
from drills.matter import OFF_MATTER, of_money
from drills.meant import SOFT
from drills.offering import takes_as_agreed
from drills.proposal import Offer
from drills.reply import BARE_CARE, CARE, Reply
from drills.scenario import DISPUTES, EMERGENCY, EXPLORES, Scenario
from drills.subject import expects, tells_caller
from drills.veiled import HARM, VEILED
from drills.who import only_asks_who
from rubrics.loader import REASON, reason_barred

Ending = Literal["promise", "callback", "message", "refusal", "hang_up", "no_agreement"]
OWN_POCKET = "pays_to_agent"  # the payment asked for by the trainee, for an account of their own
GRAVE = ("threat", "lawyer", "discloses_debt", OWN_POCKET)
DISRESPECT = ("rude", "mocks", "impatient")
OFFENCES = (*GRAVE, *DISRESPECT)
# met by a sum and a day alone: what they lack is something concrete
OPEN_ENDED = frozenset({"vague_promise", "asks_discount"})
# what does nothing to somebody else: it is not their name, and there is no offer to make smaller
OF_DEBTORS = frozenset(
    {"debtor_name", "offers_alternatives", "explains_benefit", "answers", "asks_commitment", *SOFT}
)
SETTLING = ("offers_alternatives", "answers", "explains_benefit")  # once there is a yes, nothing is offered
WAIVER = "asks_discount"  # asks something: the sum that was asked before is no answer to it
CHANNEL = "payment_channel"  # met by two ways to pay: who only lacks one asks for no more
NEW_SUM = "new_sum"  # among the rungs: a sum was named that had not been named before
BARE_AGAIN, EARLY_CARE = "bare_again", "early_care"  # effects of courtesy that comes back, or comes too soon
MET, SETTLED, TOO_SOON = "met", "settled", "asked_too_soon"  # effects
EARLY = "read_back_early"  # effect of an agreement that is repeated before there is one
MOST_WORDS = 90
PATIENCE = 0.2, 0.15  # at the start: so much, and so much more for each step of the scenario's 1-5
TIRES, TIRES_BY_LEVEL = 0.02, 0.006  # patience that a turn costs, and more for each level
GRANT = 6, 2  # replies that a call may take: so many, and so many more for each objection
SURE_TRUST = 0.6  # from here one rung of care is enough at any level


@dataclass(frozen=True, slots=True)
class Scene:
    """What does not change while a drill is played. `seed` decides every choice among lines."""

    scenario: Scenario
    book: Book
    on: datetime.date
    seed: int

    def random(self, *places: object) -> Random:
        """Chance that is the same for the same seed and place."""
        return Random(":".join(str(one) for one in (self.seed, self.scenario.id, *places)))

    @property
    def limit(self) -> int:
        """Replies after which the call ends at the latest."""
        return GRANT[0] + GRANT[1] * len(self.scenario.objections)


@dataclass(frozen=True, slots=True)
class Debtor:
    """`trust`, `patience`, `willingness` lie in 0..1. `open`: objections not met yet; the first is on the
    table once it was `raised`. `rungs`: what the trainee has done for it. `said`: lines, as they are written.
    """

    trust: float
    patience: float
    willingness: float
    open: tuple[str, ...]
    raised: bool = False
    rungs: frozenset[str] = frozenset()
    identified: bool = False
    asked: int = 0  # good questions heard
    revealed: bool = False
    baited: bool = False
    asked_back: bool = False  # it has asked what is proposed
    sour: int = 0  # turns with an offence
    hedges: int = 0  # turns of doubt that no firm ask has made good since
    sums: tuple[Decimal, ...] = ()  # what the trainee has asked for or offered so far
    address_told: bool = False
    stuck: int = 0  # times in a row that the objection was said again
    turns: int = 0
    offer: Offer | None = None
    promise: Offer | None = None
    confirmed: bool = False
    since_promise: int = 0
    said: tuple[str, ...] = ()
    offered: frozenset[str] = frozenset()  # sum, day, plan, waiver, part, way to pay (`story.yaml`)
    asked_day: datetime.date | None = None  # the last day to pay that was asked for
    ended: Ending | None = None
    cared: bool = False  # something was acknowledged or asked in the talk so far, be it by courtesy alone
    courtesies: int = 0  # turns in which courtesy was all
    asked_who: bool = False  # it has asked who calls, or was told

    @property
    def openness(self) -> float:
        """0..1: how near the debtor is to settling."""
        return 0.6 * self.willingness + 0.4 * self.trust


Moved = tuple[tuple[str, str], ...]  # (effect, the words that had it)


def begin(scenario: Scenario) -> Debtor:
    return Debtor(
        trust=_within((scenario.trust - 0.5) / 5),
        patience=_within(PATIENCE[0] + PATIENCE[1] * scenario.patience),
        willingness=_within((scenario.willingness - 0.5) / 5),
        open=scenario.objections,
    )


def heard(debtor: Debtor, scene: Scene, reply: Reply) -> tuple[Debtor, Moved]:
    """The debtor after the words of `reply`, before anything is said to them."""
    barred = asks_barred(scene, reply)
    acts = {_as_felt(name, debtor, reply, barred=barred): quote for name, quote in reply.acts.items()}
    if scene.scenario.with_third_party:
        acts = {name: quote for name, quote in acts.items() if name not in OF_DEBTORS}
        if not reply.has("greets", "says_own_name"):
            acts.pop("greeting", None)
    if debtor.promise is not None:
        acts = {name: quote for name, quote in acts.items() if name not in SETTLING}
    moved = [(name, quote) for name, quote in acts.items() if name in known_effects()]
    if debtor.raised and debtor.open and debtor.promise is None:
        moved += _about(debtor, reply)
    if reply.words > MOST_WORDS:
        moved.append(("too_long", reply.text))
    if reply.repeated:
        moved.append(("repeated", reply.text))
    if debtor.baited and not reply.has(*OFFENCES) and scene.scenario.bait == _last(debtor):
        moved.append(("kept_calm", reply.text))
    tired = TIRES + TIRES_BY_LEVEL * scene.scenario.difficulty
    after = replace(
        apply(debtor, tuple(moved)),
        turns=debtor.turns + 1,
        asked_who=debtor.asked_who or tells_caller(scene.scenario, reply.text, reply.acts),
        sour=debtor.sour + offends(debtor, reply),
        hedges=_doubts(debtor, reply),
        sums=_sums(debtor, reply),
        offered=debtor.offered | _offered(scene, reply),
        asked_day=reply.day or debtor.asked_day,
        rungs=debtor.rungs | _taken(debtor, reply, barred=barred) if debtor.raised else debtor.rungs,
        cared=debtor.cared or reply.cares,
        courtesies=debtor.courtesies + reply.has(BARE_CARE),
        since_promise=debtor.since_promise + (debtor.promise is not None),
    )
    return replace(after, patience=_within(after.patience - tired)), tuple(moved)


def _taken(debtor: Debtor, reply: Reply, *, barred: bool) -> frozenset[str]:
    """What the reply does for the objection on the table."""
    new = {NEW_SUM} if reply.amount is not None and reply.amount not in debtor.sums else set()
    return frozenset((reply.rungs | new) - ({"explore"} if barred or only_asks_who(reply.text) else set()))


def _as_felt(act: str, debtor: Debtor, reply: Reply, *, barred: bool) -> str:
    """The effect that an act has here: what is barred does harm; no agreement is repeated before it is."""
    if barred and act in (REASON, "probes"):
        return "asked_barred" if act == REASON else ""
    if act == BARE_CARE and debtor.courtesies:
        return BARE_AGAIN
    if act in CARE and not debtor.raised and not knows_already(debtor):
        return EARLY_CARE if act == "empathy" else ""
    if act == "read_back" and debtor.promise is None and debtor.offer is None:
        return "" if reply.offers or not takes_as_agreed(reply.text) else EARLY
    if act == "read_back" and reply.amount is None and reply.day is None and not reply.named:
        return ""  # «quedamos así» repeats nothing
    return act


def _doubts(debtor: Debtor, reply: Reply) -> int:
    """Soft words count where an objection gets nothing concrete; around a sum they are courtesy."""
    if reply.has(*SOFT):
        return debtor.hedges if not debtor.raised or debtor.sums or reply.sums else debtor.hedges + 1
    firm = reply.amount is not None and reply.has("asks_commitment", "read_back")
    return max(0, debtor.hedges - firm)


def _offered(scene: Scene, reply: Reply) -> frozenset[str]:
    """What the reply puts forward, and nobody has to ask for any more."""
    asked = reply.sums or (() if reply.amount is None else (reply.amount,))
    holds = {
        "sum": bool(asked),
        "part": any(one < scene.scenario.amount for one in asked),
        "day": reply.day is not None,
        "plan": reply.has("offer_plan"),
        "waiver": reply.has("offer_waiver"),
        "way": reply.ways > 0,
    }
    return frozenset(name for name, there in holds.items() if there)


def _sums(debtor: Debtor, reply: Reply) -> tuple[Decimal, ...]:
    asked = reply.sums or (() if reply.amount is None else (reply.amount,))
    return tuple(sorted({*debtor.sums, *asked}))


def apply(debtor: Debtor, moved: Moved) -> Debtor:
    """The three levels after the effects, each kept within 0..1."""
    effects = [effect_of(name) for name, _ in moved]
    return replace(
        debtor,
        trust=_within(debtor.trust + sum(e.trust for e in effects)),
        patience=_within(debtor.patience + sum(e.patience for e in effects)),
        willingness=_within(debtor.willingness + sum(e.willingness for e in effects)),
    )


def _about(debtor: Debtor, reply: Reply) -> Moved:
    """What the reply does to the objection on the table by when it asks for the payment."""
    asks = reply.acts.get("asks_commitment")
    if asks is None:
        return ()
    if debtor.open[0] in DISPUTES:
        return (("asked_in_emergency" if debtor.open[0] == EMERGENCY else "asked_in_dispute", asks),)
    # who offers and asks whether it suits has asked; who only repeats is told that, and nothing else
    careless = not (reply.offers or reply.repeated or debtor.cared or reply.cares)
    careless = careless and not ((debtor.rungs | reply.rungs) & {"recognise", "explore"})
    return ((TOO_SOON, asks),) if careless else ()


def offends(debtor: Debtor, reply: Reply) -> bool:
    """Whether the reply is an offence: after one, what only hints at harm is the next."""
    return reply.has(*OFFENCES) or (debtor.sour > 0 and reply.has(VEILED))


def soured_by(debtor: Debtor, reply: Reply) -> tuple[str, str] | None:
    """The kind of line and the cause of the answer to an offence or a hint; None where there is neither."""
    if reply.has(OWN_POCKET) and not reply.has(*HARM):
        return "reacts_pocket", "own_pocket"
    if reply.has(*GRAVE) or (debtor.sour and reply.has(VEILED)):
        return "reacts_threat", "threatened"
    if reply.has(*OFFENCES):
        return "reacts_rude", "offended"
    return ("asks_meaning", "hinted") if reply.has(VEILED) else None


def ill_treated(debtor: Debtor, reply: Reply) -> bool:
    """Whether the reply offends, hints at harm, or goes on with the tú that the debtor has asked to leave."""
    return reply.has(*OFFENCES, VEILED) or (debtor.address_told and reply.has("tuteo"))


def met(debtor: Debtor, scene: Scene, reply: Reply) -> bool:
    """Whether the objection on the table is met: cared for, and answered or settled."""
    if not (debtor.raised and debtor.open) or ill_treated(debtor, reply):
        return False
    care = debtor.rungs & {"recognise", "explore"}
    enough = 1 if scene.scenario.difficulty <= 3 or debtor.trust >= SURE_TRUST else 2
    concrete = reply.amount is not None or reply.day is not None
    if debtor.open[0] in DISPUTES:
        return len(care) >= enough and "answer" in debtor.rungs and not reply.has("asks_commitment")
    if debtor.open[0] == CHANNEL and reply.ways >= 2:
        return scene.scenario.difficulty <= 3 or bool(care)
    answered = debtor.open[0] != WAIVER or bool(debtor.rungs & {"answer", NEW_SUM})
    if debtor.open[0] in OPEN_ENDED and reply.amount is not None and reply.day is not None and answered:
        return scene.scenario.difficulty <= 3 or bool(care)
    settled = "ask" in debtor.rungs and concrete and of_money(debtor.open[0]) and answered
    return len(care) >= enough and ("answer" in debtor.rungs or settled)


def asks_barred(scene: Scene, reply: Reply) -> bool:
    """Whether the reply asks for the reason where the country bars that."""
    return reply.has(REASON) and reason_barred(scene.scenario.country)


def asks_well(scene: Scene, reply: Reply) -> bool:
    """Whether the reply asks, to the point, and holds what opens the true reason. A doubt asks nothing."""
    opens = scene.scenario.reveal_on
    if asks_barred(scene, reply) or reply.has(OFF_MATTER) or only_asks_who(reply.text):
        return False
    if not reply.asks or (reply.has(*SOFT) and not reply.has("asks_reason")):
        return False
    return reply.has(*opens) or (EXPLORES in opens and "explore" in reply.rungs)


def knows_already(debtor: Debtor) -> bool:
    """Whether whoever picked up told something that can be acknowledged."""
    return bool(debtor.said) and expects(debtor.said[0])


def _last(debtor: Debtor) -> str:
    return debtor.said[-1] if debtor.said else ""


def _within(level: float) -> float:
    return round(min(1.0, max(0.0, level)), 3)
