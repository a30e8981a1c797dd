"""The eight formats: how an exercise is made from a scenario and a seed; the same seed makes the same one."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from random import Random

from drills.choices import best_of_four, fault_to_spot
from drills.debtor import objecting
from drills.drill import OTHER, Drill, FormatId, Option
from drills.faults import faulty
from drills.lines import Book, pick
from drills.near import near_misses
from drills.scenario import DrillError, Mood, Scenario, Success
from drills.state import Scene, begin
from drills.story import fits, told
from nlp.labels import Text
from rubrics.case_words import sum_in_words
from rubrics.playbook import Playbook
from transcripts.types import Turn

REPLY_S = 60  # to answer one objection
CLOSING_MOST, THIRD_MOST = 6, 6  # replies
CLOSING_DAYS = 15  # until the payment, where the case says no other
AFTER_PROMISE = 3  # replies that a whole call may take after its limit: read back, follow up, goodbye
HARDER: dict[Mood, Mood] = {
    "calm": "annoyed", "worried": "sad", "evasive": "annoyed", "annoyed": "hostile", "hostile": "hostile",
    "sad": "worried",
}  # fmt: skip
# formats that are about one objection, whatever the case says
ONLY: dict[FormatId, str] = {"third_party": OTHER, "close_vague": "vague_promise"}
BAD = ("vague", "rude", "refusals", "forbidden", "tuteo")


@dataclass(frozen=True, slots=True)
class Format:
    label: Text
    help: Text
    build: Callable[[Scenario, int, datetime.date, Book, Playbook], Drill]


def promises(scenario: Scenario) -> bool:
    """Whether a payment is what the case is to end with: only then is a vague promise to be closed."""
    return scenario.success.kind in ("promise", "partial_promise")


def chosen_on(scenario: Scenario) -> tuple[str, ...]:
    """The objections of a case with near misses to set beside a good answer."""
    return tuple(name for name in scenario.objections if near_misses(name))


def suits(format_: FormatId, objection: str) -> bool:
    """Whether an exercise of this format can be about the objection."""
    if format_ in ONLY:
        return ONLY[format_] == objection
    return format_ != "choose_best" or bool(near_misses(objection))


def one_reply(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    turns, label = context(scenario, seed, on, book)
    one = _with(scenario, objections=(label,))
    raised = ((len(turns) - 1, label),)
    return Drill("one_reply", scenario.recording(on), turns, raised, seed, 1, REPLY_S, one)


def rewrite(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    turns, label = context(scenario, seed, on, book)
    random = Random(f"{seed}:rewrite")
    kind = random.choice(BAD)
    bad = Option(faulty(kind, random), kind)
    raised = ((len(turns) - 1, label),)
    return Drill("rewrite_bad_line", scenario.recording(on), turns, raised, seed, 1, None, bad=bad)


def escalating(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    """Three turns on one objection, harder each time whatever is said."""
    turns, label = context(scenario, seed, on, book)
    random = Random(f"{seed}:escalating")
    said = [turns[-1].text]
    harder = HARDER[scenario.mood]
    for kind, mood in (("again", scenario.mood), ("objection", harder)):
        is_true = partial(fits, objection=label, known=told(scenario, said))
        line = pick(book.pool(kind, label), mood, scenario.country, said, random, is_true)
        if line is None:
            raise DrillError(
                f"Faltan líneas de «{label}» para tres turnos seguidos. Agregue más a su archivo."
            )
        said.append(line)
    raised = ((len(turns) - 1, label),)
    return Drill(
        "three_escalating", scenario.recording(on), turns, raised, seed, 3, REPLY_S, script=tuple(said[1:])
    )


def whole_call(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    if scenario.with_third_party:
        return third_party(scenario, seed, on, book, playbook)
    most = Scene(scenario, book, on, seed).limit + AFTER_PROMISE
    return Drill("whole_call", scenario.recording(on), (), (), seed, most, None, scenario)


def close_vague(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    """A debtor who would pay some day: get how much, when and how. The days of a case whose own goal is a
    call are days to call again, and none to pay.
    """
    least = scenario.success.min_amount or (scenario.amount / 2).quantize(Decimal(1))
    days = scenario.success.within_days if promises(scenario) else None
    goal = Success(
        kind="partial_promise", min_amount=least, within_days=CLOSING_DAYS if days is None else days
    )
    one = _with(scenario, objections=("vague_promise",), success=goal)
    turns, label = context(one, seed, on, book)
    raised = ((len(turns) - 1, label),)
    return Drill("close_vague", one.recording(on), turns, raised, seed, CLOSING_MOST, None, one)


def third_party(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    """Somebody else answers: not a word of the debt."""
    goal = Success(kind="third_party_message")
    openings = scenario.openings
    if not scenario.with_third_party:
        random = Random(f"{seed}:third")
        first = pick(book.pool("objection", OTHER), "calm", scenario.country, (), random)
        openings = (first, first) if first else openings
    one = _with(scenario, objections=(OTHER,), success=goal, openings=openings)
    return Drill("third_party", one.recording(on), (_asks_for(scenario),), (), seed, THIRD_MOST, None, one)


def choose_best(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    if not (held := chosen_on(scenario)):
        raise DrillError("A este escenario le faltan respuestas entre las que elegir. Elija otro.")
    turns, label = context(_with(scenario, objections=held), seed, on, book)
    return best_of_four(scenario, turns, label, seed, on, playbook)


def spot_fault(scenario: Scenario, seed: int, on: datetime.date, book: Book, playbook: Playbook) -> Drill:
    turns, label = context(scenario, seed, on, book)
    return fault_to_spot(scenario, turns, label, seed, on, book, playbook)


def context(scenario: Scenario, seed: int, on: datetime.date, book: Book) -> tuple[tuple[Turn, ...], str]:
    """A call up to its first objection, and which it is. A seed begins with another of the scenario's.

    Where somebody else answers the agent has only asked for the debtor: no creditor, no debt.
    """
    label = Random(f"{seed}:objection").choice(scenario.objections)
    scene = Scene(_with(scenario, objections=(label,)), book, on, seed)
    _, line = objecting(begin(scene.scenario), scene)
    if label == OTHER:
        return (_asks_for(scenario), Turn("other", line)), label
    owed = sum_in_words(scenario.amount, scenario.currency, scenario.country)
    late = scenario.days_late
    when = f"venció hace {late} días" if late > 0 else f"vence en {-late} días" if late else "vence hoy"
    return (
        Turn(
            "agent",
            f"Buenas tardes, le llamo de {scenario.agent_company}. ¿Hablo con {scenario.debtor_name}?",
        ),
        Turn("debtor", "Sí, soy yo."),
        Turn("agent", f"Gracias. Le llamo por su {scenario.product}: el pago de {owed} {when}."),
        Turn("debtor", line),
    ), label


def _asks_for(scenario: Scenario) -> Turn:
    return Turn("agent", f"Buenas tardes. ¿Me comunica con {scenario.debtor_name}, por favor?")


def _with(scenario: Scenario, **changes: object) -> Scenario:
    return scenario.model_copy(update=changes)


FORMATS: dict[FormatId, Format] = {
    "one_reply": Format(
        Text(es="Una respuesta", en="One reply"),
        Text(es="Responda a la objeción en 60 segundos.", en="Reply to the objection in 60 s."),
        one_reply,
    ),
    "choose_best": Format(
        Text(es="La mejor de cuatro", en="The best of four"),
        Text(es="Elija la mejor respuesta y diga por qué.", en="Choose the best answer and say why."),
        choose_best,
    ),
    "rewrite_bad_line": Format(
        Text(es="Corregir una frase", en="Rewrite a bad line"),
        Text(es="Diga lo mismo de una forma que sirva.", en="Say the same in a way that serves."),
        rewrite,
    ),
    "three_escalating": Format(
        Text(es="Tres vueltas", en="Three escalating turns"),
        Text(es="La misma objeción tres veces, cada vez más dura.", en="One objection, harder each time."),
        escalating,
    ),
    "whole_call": Format(
        Text(es="Llamada completa", en="A whole call"),
        Text(es="Del saludo a la despedida.", en="From greeting to goodbye."),
        whole_call,
    ),
    "close_vague": Format(
        Text(es="Cerrar una promesa vaga", en="Close a vague promise"),
        Text(es="Consiga cuánto, cuándo y cómo.", en="Get how much, when and how."),
        close_vague,
    ),
    "spot_fault": Format(
        Text(es="Encontrar la falla", en="Spot the fault"),
        Text(es="Señale el turno que falla y qué falla.", en="Point at the turn that fails and name it."),
        spot_fault,
    ),
    "third_party": Format(
        Text(es="Contesta otra persona", en="Somebody else answers"),
        Text(es="Deje recado sin mencionar la deuda.", en="Leave word without naming the debt."),
        third_party,
    ),
}  # fmt: skip
