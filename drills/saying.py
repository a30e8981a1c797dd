"""How a step of the debtor becomes words: the mood of the moment, a line not said yet, sums and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from drills.effects import LATER, filled
from drills.lines import pick
from drills.manner import leaves_rest, manner_of, mixes
from drills.proposal import Offer
from drills.scenario import Mood
from drills.state import Debtor, Ending, Moved, Scene
from drills.story import fits, told
from rubrics.case_words import day_in_words, sum_in_words

GONE = "[Cuelga]"  # where no line is left
FEW = 0.25  # patience below which a calm debtor sounds annoyed
WARM = 0.65  # trust from which a hostile debtor only sounds annoyed, and an annoyed one calm
# kinds of line that stand in where one's own are used up
INSTEAD = {
    "softer": ("again", "objection"),
    "again": ("objection", "hedges"),
    "asks_back": ("hedges",),
    "asks_next": ("asks_back", "hedges"),
    "hedges": ("asks_back",),
    "asks_purpose": ("asks_subject",),
    "asks_subject": ("asks_purpose",),
    "told_before": ("hedges",),
    "already_told": ("told_before", "hedges"),
    "confirms_said": ("told_who", "hedges"),
    "told_who": ("told_before", "hedges"),
    "asks_caller": ("asks_purpose",),
    "reacts_rude": ("hedges",),
    "reacts_pocket": ("reacts_rude", "hedges"),
    "asks_meaning": ("hedges",),
    "nods": ("confirms",),
    "confirms": ("nods",),
    "tells_when": ("third_party",),
    "withholds": ("third_party",),
    "tells_who": ("third_party",),
    "not_in": ("third_party",),
    "takes_note": ("third_party",),
    "asks_whom_to_call": ("third_party",),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What is said next: lines of a kind (`text` where it is one given line), and the state after it."""

    state: Debtor
    kind: str
    cause: str
    text: str = ""
    objection: str = ""
    values: Mapping[str, str] | None = None
    moved: Moved = ()


def mood_of(debtor: Debtor, scene: Scene) -> Mood:
    """The scenario's mood, harder where patience runs out, milder where trust has come."""
    mood = scene.scenario.mood
    if debtor.sour or (debtor.patience < FEW and mood in ("calm", "evasive")):
        return "hostile" if mood in ("annoyed", "hostile") else "annoyed"
    if debtor.trust >= WARM and mood in ("annoyed", "hostile"):
        return "annoyed" if mood == "hostile" else "calm"
    return mood


def worded(step: Step, scene: Scene) -> tuple[str, Debtor]:
    """The words of a step and the state that remembers them; the call ends where no words are left."""
    state, text = step.state, step.text
    if step.kind:
        line = _unsaid(step, scene)
        if line is None and not text:
            ended: Ending = state.ended or ("promise" if state.promise is not None else "no_agreement")
            return GONE, replace(state, ended=ended)
        if line is not None:
            text = f"{line} {text}".strip()
            state = replace(state, said=(*state.said, line))
    state = replace(state, said=(*state.said, step.text)) if step.text else state
    words = step.values or {}
    return (filled(text, words) if "amount" in words else text), state


def _unsaid(step: Step, scene: Scene) -> str | None:
    """A line of the step's kind that was not said yet, else one that may stand in for it: one that is true of
    the case and of the talk so far while there is one, and that addresses as the talk does.
    """
    state = step.state
    known = told(scene.scenario, state.said)
    form = manner_of(scene.scenario, state.said)

    whole = state.offer is not None and state.offer.whole >= scene.scenario.amount

    def is_true(line: str) -> bool:
        if whole and step.values and leaves_rest(line):
            return False
        return fits(line, step.objection, known, state.offered)

    def is_alike(line: str) -> bool:
        return is_true(line) and not mixes(line, form)

    for check in (is_alike, is_true, lambda line: True):
        for kind in (step.kind, *INSTEAD.get(step.kind, ())):
            pool = scene.book.pool(kind, step.objection)
            random = scene.random(state.turns, kind)
            line = pick(pool, mood_of(state, scene), scene.scenario.country, state.said, random, check)
            if line is not None:
                return line
    return None


def offer_words(offer: Offer, scene: Scene) -> dict[str, str]:
    """What fills a line about an offer (see `filled`); `later` goes on after the first payment."""
    case = scene.scenario
    after = [
        f"{sum_in_words(part.amount, case.currency, case.country)} el {day_in_words(part.date)}"
        for part in offer.later
    ]
    return {
        "amount": sum_in_words(offer.amount, case.currency, case.country),
        "date": day_in_words(offer.day),
        LATER: "".join(f", {one}" for one in after[:-1]) + "".join(f" y {one}" for one in after[-1:]),
    }
