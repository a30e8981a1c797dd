"""What can be practised: which objections and cases a format goes with, whether a task can still be done."""

from __future__ import annotations

from typing import Literal

from coach.practice_plan import fitting
from coach.scenarios import scenarios
from coach.settings import Settings
from coach.types import CoachError
from drills.drill import FormatId
from drills.formats import FORMATS, ONLY, chosen_on, promises, suits
from drills.scenario import Scenario
from nlp.labels import labels

Since = Literal["same", "changed", "gone"]
NAMED = {"title", "title_en", "notes_for_trainer"}  # of a case, what no exercise is made of
# criteria that no exercise gives points for, and those that only one with somebody else on the phone does
UNMARKED = frozenset({"states_purpose", "lets_debtor_speak", "verifies_identity"})
THIRD_ONLY = frozenset({"greeting_identification", "polite_close", "no_third_party_disclosure"})


def objections_for(criterion: str) -> tuple[str, ...]:
    """What a criterion can be practised on; empty where no exercise marks it."""
    if criterion in UNMARKED:
        return ()
    return (ONLY["third_party"],) if criterion in THIRD_ONLY else tuple(labels().objections)


def cases_of(settings: Settings, format_: FormatId) -> tuple[str, ...]:
    """The cases that it can be asked on: a promise is closed only where the case is to end with one, and the
    best answer chosen only where there are others to set beside it.
    """
    known = scenarios(settings)
    if format_ == "choose_best":
        return tuple(name for name, case in known.items() if chosen_on(case))
    if format_ != "close_vague":
        return tuple(known)
    return tuple(name for name, case in known.items() if promises(case))


def can_be_done(settings: Settings, format_: str, scenario: str, objection: str) -> bool:
    """Whether who was asked for it can do it: its case is still in use, or some case is about it."""
    if scenario:
        return scenario in scenarios(settings)
    return not objection or bool(fitting(settings, format_, objection))


def changed(before: Scenario, now: Scenario) -> bool:
    """Whether a case makes other exercises now than it did."""
    return before.model_dump(exclude=NAMED) != now.model_dump(exclude=NAMED)


def since(settings: Settings, case: Scenario) -> Since:
    """What became of a case after it was practised."""
    now = scenarios(settings).get(case.id)
    return "gone" if now is None else "changed" if changed(case, now) else "same"


def refuse(settings: Settings, format_: FormatId, scenario: str, objection: str) -> None:
    """CoachError says why it cannot be asked of anybody."""
    if scenario and scenario not in cases_of(settings, format_):
        if format_ == "choose_best":
            raise CoachError("A este escenario le faltan respuestas entre las que elegir. Elija otro.")
        if scenarios(settings)[scenario].with_third_party:
            raise CoachError("En este escenario contesta otra persona y nadie promete un pago. Elija otro.")
        raise CoachError("En este escenario se acuerda qué sigue, sin pedir el pago. Elija otro.")
    only = ONLY.get(format_, objection)
    if objection and objection != only:
        raise CoachError(
            "«{format}» se practica sobre «{objection}». Elija esa objeción, o un escenario.",
            format=FORMATS[format_].label.es,
            objection=labels().objections[only].label.es,
        )
    if objection and not suits(format_, objection):
        raise CoachError(
            "A «{objection}» le faltan respuestas entre las que elegir. Elija otro formato.",
            objection=labels().objections[objection].label.es,
        )
