"""The simulated debtor: what it answers to a reply, and why.

    state = begin(scenario)
    state, line, why = answer(state, scene, read_reply(transcript, raised))

The same state, scene and reply give the same answer. No line is said twice in a drill; every drill ends; what
was promised stands; the true reason comes out only where a good question asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from drills.deal import answer_to, with_later
from drills.effects import Why
from drills.identity import answers_identity
from drills.meant import ASK, SOFT
from drills.message import takes_message
from drills.purpose import asks_caller, identifies, told_before, wonders
from drills.reply import Reply
from drills.saying import Step, offer_words, worded
from drills.scenario import DISPUTES
from drills.state import (
    MET,
    SETTLED,
    Debtor,
    Ending,
    Scene,
    apply,
    asks_barred,
    asks_well,
    heard,
    ill_treated,
    met,
    offends,
    soured_by,
)
from drills.subject import BESIDE

TRUSTS = 0.2  # trust from which the true reason is told at the first good question
THANKS = 0.7  # trust from which the debtor says thanks at the end
STUCK = 4  # times in a row that an objection is said again before the debtor ends the call
GOODBYES = ("polite_close", "goodbye", "wishes_well")  # acts that end a call once there is a promise
PATIENT = 3  # turns after the promise that the debtor stays; who repeats it wrongly longer is left


class Answer(NamedTuple):
    state: Debtor
    line: str
    why: Why


def answer(debtor: Debtor, scene: Scene, reply: Reply, turn: int = 0) -> Answer:
    """What the debtor says to `reply`, the trainee's turn `turn`. One who has ended says nothing more."""
    if debtor.ended is not None:
        return Answer(debtor, "", Why(turn, "goodbye" if debtor.ended == "promise" else "hung_up"))
    after, moved = heard(debtor, scene, reply)
    reactions = THIRD_PARTY if scene.scenario.with_third_party else REACTIONS
    steps = (react(after, scene, reply) for react in reactions)
    step = _in_time(_parted(next(one for one in steps if one is not None), reply), scene)
    line, state = worded(step, scene)
    values = {"objection": step.objection} if step.objection else {}
    return Answer(
        state, line, Why(turn, step.cause, (*moved, *step.moved), {**values, **(step.values or {})})
    )


def opening(debtor: Debtor, scene: Scene) -> tuple[Debtor, str]:
    """The debtor's first line of a whole call."""
    line = scene.random("opening").choice(scene.scenario.openings)
    return replace(debtor, said=(*debtor.said, line)), line


def objecting(debtor: Debtor, scene: Scene) -> tuple[Debtor, str]:
    """The debtor with the first objection on the table, and the line that puts it there."""
    line, state = worded(_raise(debtor), scene)
    return state, line


# reactions: each looks at the state after the reply and says what comes of it, or None


def _breaks_off(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    if debtor.promise is not None:
        if offends(debtor, reply):
            return _end(debtor, "hang_up", "hangs_up", "hung_up")
        return None if debtor.patience > 0 else _leaves(debtor)
    if debtor.sour >= 2 or debtor.patience <= 0 or debtor.stuck >= STUCK:
        if not debtor.sour and (reply.has(BESIDE) or not debtor.raised):
            return _end(debtor, "refusal", "gives_up", "not_understood")
        angry = debtor.sour or scene.scenario.mood in ("annoyed", "hostile")
        if angry:
            return _end(debtor, "hang_up", "hangs_up", "hung_up")
        return _end(debtor, "refusal", "refuses", "refused")
    return None


def _soured(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    said = soured_by(debtor, reply)
    return Step(debtor, *said) if said else None


def _barred(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """Closes up where the reason was asked and the country bars that."""
    if not debtor.raised or debtor.promise is not None or not asks_barred(scene, reply):
        return None
    return Step(debtor, "hedges", "barred")


def _addressed(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    if not reply.has("tuteo") or debtor.address_told or debtor.promise is not None:
        return None
    return Step(replace(debtor, address_told=True), "reacts_tuteo", "tuteo")


def _keeps_promise(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    promise = debtor.promise
    if promise is None:
        return None
    words = offer_words(promise, scene)
    wrong = (reply.amount is not None and not reply.says(promise.amount)) or (
        reply.day is not None and not reply.says_day(promise.day)
    )
    if wrong and debtor.since_promise <= PATIENT:
        return Step(debtor, "corrects", "corrected", values=words)
    closes = reply.has(*GOODBYES) or debtor.since_promise >= PATIENT
    if not wrong and (reply.amount is not None or reply.day is not None or reply.named):
        debtor = replace(debtor, confirmed=True, promise=with_later(promise, reply))
        if not closes:
            return Step(debtor, "confirms", "confirmed", values=words)
    if closes:
        return _leaves(debtor)
    return Step(debtor, "nods", "nodded", values=words)


def _raises(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    return _raise(replace(debtor, stuck=0)) if debtor.open and not debtor.raised else None


def _baits(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    if not scene.scenario.bait or debtor.baited or debtor.turns < 2:
        return None
    return Step(replace(debtor, baited=True), "", "bait", text=scene.scenario.bait)


def _reveals(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    if not scene.scenario.hidden_reason or debtor.revealed or not asks_well(scene, reply):
        return None
    if ill_treated(debtor, reply):
        return None
    debtor = replace(debtor, asked=debtor.asked + 1)
    if debtor.trust < TRUSTS and (debtor.asked < 2 or debtor.sour):
        return Step(debtor, "hedges", "not_yet")
    moved = (("opened", reply.text),)
    told = replace(apply(debtor, moved), revealed=True, rungs=debtor.rungs | {"explore"})
    return Step(told, "reveals_lead_in", "revealed", text=scene.scenario.hidden_reason, moved=moved)


def _goes_on(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """The objection on the table is met: the next one, or the agreement."""
    if not met(debtor, scene, reply):
        return None
    well = "answer" in debtor.rungs and debtor.rungs & {"recognise", "explore"}
    moved = ((MET if well else SETTLED, reply.text),)  # cared for and answered, or only asked away
    left = replace(apply(debtor, moved), open=debtor.open[1:], rungs=frozenset())
    step = _raise(left) if left.open else _settles(left, scene, reply)
    return replace(step, moved=moved)


def _persists(debtor: Debtor, scene: Scene, reply: Reply) -> Step | None:
    """The objection stays: a little softer where the reply did something for it."""
    if not debtor.open:
        return None
    objection = debtor.open[0]
    if reply.has(*SOFT) and not reply.sums:
        return Step(debtor, "hedges", "hedged")
    asked = objection in DISPUTES and reply.has(ASK)  # whatever else was said, a payment was asked for
    if reply.rungs - {"ask"} and not asked and not reply.has("brush_off", "tuteo"):
        return Step(replace(debtor, stuck=0), "softer", "softer", objection=objection)
    return Step(replace(debtor, stuck=debtor.stuck + 1), "again", "again", objection=objection)


def _settles(debtor: Debtor, scene: Scene, reply: Reply) -> Step:
    """Nothing is objected any more: a promise, or the next step. After an emergency a day to speak again
    is one.
    """
    if ill_treated(debtor, reply):
        return Step(debtor, "hedges", "hedged")
    helps = reply.has("follow_up", "calls_back") and reply.appointed and not reply.sums
    if helps and set(scene.scenario.objections) & DISPUTES and debtor.offer is None:
        return _end(debtor, "callback", "agrees_call", "agreed_call")
    if scene.scenario.success.kind == "callback":
        if reply.has("follow_up", "calls_back") or reply.day is not None:
            return _end(debtor, "callback", "agrees_call", "agreed_call")
        return Step(debtor, "asks_next", "asks_next")
    said = answer_to(debtor, scene, reply)
    if said.offer is None:
        return Step(replace(debtor, asked_back=True), "asks_back", "asks_back")
    words = offer_words(said.offer, scene)
    if said.agreed:
        return Step(
            replace(debtor, promise=said.offer, offer=said.offer), "accepts", "accepted", values=words
        )
    return Step(replace(debtor, offer=said.offer), "small_offers", "small_offer", values=words)


Reaction = Callable[[Debtor, Scene, Reply], Step | None]
REACTIONS: tuple[Reaction, ...] = (
    _breaks_off, _soured, _barred, _addressed, _keeps_promise, asks_caller, answers_identity, identifies,
    wonders, told_before, _raises, _baits, _reveals, _goes_on, _persists, _settles,
)  # fmt: skip
THIRD_PARTY: tuple[Reaction, ...] = (_breaks_off, takes_message)


# how a step is said


def _raise(debtor: Debtor) -> Step:
    return Step(
        replace(debtor, raised=True, rungs=frozenset()), "objection", "objection", objection=debtor.open[0]
    )


def _end(debtor: Debtor, ending: Ending, kind: str, cause: str) -> Step:
    return Step(replace(debtor, ended=ending), kind, cause)


def _leaves(debtor: Debtor) -> Step:
    """The goodbye after a promise, with thanks where the debtor was treated well."""
    kind = "thanks" if debtor.trust >= THANKS and not debtor.sour else "goodbyes"
    return _end(debtor, "promise", kind, "goodbye")


def _parted(step: Step, reply: Reply) -> Step:
    """The step, or the end of the call where the trainee has said goodbye."""
    state = step.state
    if not reply.has("leaves") or state.ended is not None:
        return step
    if state.promise is None:
        return replace(_end(state, "no_agreement", "lets_go", "left"), moved=step.moved)
    if step.cause == "accepted":
        return replace(step, state=replace(state, ended="promise"))
    return replace(_leaves(state), moved=step.moved)


def _in_time(step: Step, scene: Scene) -> Step:
    """The step, or the end of the call where there are no turns left."""
    state = step.state
    if state.ended is not None or state.turns < scene.limit:
        return step
    if state.promise is not None:
        return replace(_leaves(state), moved=step.moved)
    kind = "refuses" if state.raised or scene.scenario.with_third_party else "gives_up"
    return replace(_end(state, "no_agreement", kind, "out_of_time"), moved=step.moved)
