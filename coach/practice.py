"""A person practises: exercises are begun here; what is said in them goes through `coach.practice_turns`.

    id = begin(store, settings, viewer, "whole_call", "quincena_corta")
    practice_turns.reply(store, settings, viewer, id, "Buenas tardes, ¿hablo con Araceli Domínguez?")
    attempts.attempt(store, viewer, id, playbook_of(settings)).shown         # the result, once it is over

Practice is a person's own: nothing of it enters a call's points, a month or pay.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from secrets import randbelow

from sqlalchemy import insert

from coach import audit, guide, queries
from coach.attempt_body import Body, write_body
from coach.attempts import CHOSEN, Kept, about, about_of, in_words
from coach.practicable import can_be_done, changed
from coach.practice_cards import reviewed_and_released, was_relabelled
from coach.practice_plan import Due, assignment, scenario_for, still_assigned
from coach.practice_plan import assigned as assigned
from coach.scenarios import scenarios
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import Drill, FormatId
from drills.formats import FORMATS, ONLY
from drills.loader import load_lines
from drills.misses import drill_of, misses
from drills.scenario import Scenario
from rubrics.playbook import Playbook

SEEDS = 10_000
TALKED = ("whole_call", "close_vague", "third_party")  # whose case is the same whatever the seed
TRIES = 60  # seeds that are tried for an exercise about one objection


def begin(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    format_: FormatId,
    scenario_id: str,
    *,
    objection: str = "",
    seed: int | None = None,
    assignment_id: int | None = None,
    today: date | None = None,
) -> int:
    """A new attempt, by its number. With an `objection`, an exercise about that one of the scenario's.

    CoachError where there is no such scenario, or it holds no such exercise.
    """
    known = scenarios(settings)
    if scenario_id not in known:
        raise CoachError("No hay ningún escenario «{name}». Elija uno en Practicar.", name=scenario_id)
    case, day = known[scenario_id], today or date.today()
    about_ = "" if format_ in ONLY else objection  # such an exercise has its own, on whatever case
    first, tries = (randbelow(SEEDS), TRIES) if seed is None else (seed, 1)
    with in_words():
        drill = _made(settings, format_, case, about_, range(first, first + tries), day)
    body = Body(datetime.now(UTC), scenario=case)
    return _keep(store, viewer, drill, body, assignment_id)


def begin_miss(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    turn: int,
    *,
    rewrite: bool = False,
    today: date | None = None,
) -> int:
    """«¿Qué diría aquí?»: a real call up to an objection that was not met, with nobody given away.

    `rewrite`: with the agent's own words to mend. CoachError where the call is out of reach, was not reviewed
    and released, or nothing was missed at that turn.
    """
    queries.reach(store, viewer, recording_id)
    if not reviewed_and_released(store, recording_id):
        raise CoachError("Se practica con llamadas que una persona ya revisó y entregó. Elija otra.")
    call = store.call(recording_id)
    found = misses(call.transcript, call.findings)
    miss = next((one for one in found if one.turn == turn and not was_relabelled(call, one)), None)
    if miss is None:
        raise CoachError("En ese turno no quedó nada por responder. Elija otra llamada.")
    drill = drill_of(miss, call.transcript, call.findings.promise, today or date.today(), rewrite=rewrite)
    return _keep(store, viewer, drill, Body(datetime.now(UTC), objection=miss.objection, reply=miss.reply))


def begin_due(store: Store, settings: Settings, viewer: Viewer, item: Due) -> int:
    """One of today's exercises."""
    if item.miss is not None:
        return begin_miss(store, viewer, item.miss.recording_id, item.miss.turn)
    return begin_about(store, settings, viewer, item.format, item.objection, box=item.box)


def begin_about(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    format_: FormatId,
    objection: str,
    *,
    box: int = 0,
) -> int:
    """An exercise of this format about an objection, with the case that fits the person best."""
    name = scenario_for(store, settings, viewer, format_, objection, box=box)
    return begin(store, settings, viewer, format_, name, objection=objection)


def begin_assigned(
    store: Store, settings: Settings, viewer: Viewer, assignment_id: int, *, today: date | None = None
) -> int:
    """An attempt at what was assigned to the viewer; CoachError where it was not, or was withdrawn."""
    asked = assignment(store, viewer, assignment_id)
    if not asked.objection and not asked.scenario:
        raise CoachError("A esta tarea le falta el escenario. Pida a quien la asignó que la corrija.")
    if not can_be_done(settings, asked.format, asked.scenario, asked.objection):
        raise CoachError("El caso de esta tarea ya no se practica. Pida a quien la asignó que la retire.")
    name = asked.scenario or scenario_for(store, settings, viewer, asked.format, asked.objection)
    return begin(
        store, settings, viewer, asked.format, name,
        objection=asked.objection, assignment_id=assignment_id, today=today,
    )  # fmt: skip


def again(
    store: Store, settings: Settings, viewer: Viewer, kept: Kept, format_: FormatId | None = None
) -> int:
    """The same case and objection once more, in another format where one is given. What is chosen comes in
    another order of chance: the right answer was shown. So do the words of a debtor who talks on: they would
    be known by heart. An exercise on what was said stays on it. A case that was changed comes as it is now;
    CoachError where it was taken out of use. It counts for the task it was done for as long as the viewer is
    asked for that one.
    """
    if kept.source is not None:
        rewrite = (format_ or kept.format) == "rewrite_bad_line"
        return begin_miss(store, viewer, *kept.source, rewrite=rewrite)
    assert kept.body.scenario is not None
    case = scenarios(settings).get(kept.body.scenario.id)
    if case is None:
        raise CoachError("El caso «{title}» ya no se practica. Elija otro.", title=kept.body.scenario.title)
    made = format_ or kept.format
    task = still_assigned(store, viewer, kept.assignment_id) if format_ is None else None
    other = made != kept.format or changed(kept.body.scenario, case)
    anew = kept.format in (*CHOSEN, *TALKED) or other
    about_ = about(kept.drill)[0] if kept.drill is not None else about_of(store, kept.id)
    seeds = range(kept.seed + 1, kept.seed + 1 + TRIES) if anew else range(kept.seed, kept.seed + 1)
    with in_words():
        asked = about_ if anew and made not in TALKED else ""
        drill = _made(settings, made, case, asked, seeds, date.today())
    body = Body(datetime.now(UTC), scenario=case)
    return _keep(store, viewer, drill, body, task.id if task else None)


def next_one(store: Store, settings: Settings, viewer: Viewer, kept: Kept, format_: FormatId) -> int:
    """The exercise that follows a finished one: another format, the same objection, a fresh case."""
    objection = kept.body.objection
    if kept.body.scenario is not None:
        objection = about_of(store, kept.id) or kept.body.scenario.objections[0]
    if format_ == "third_party" or objection == "wrong_person":
        format_, objection = "third_party", "wrong_person"
    if format_ == "close_vague":
        objection = ""
    return begin_about(store, settings, viewer, format_, objection)


def _made(
    settings: Settings, format_: FormatId, case: Scenario, objection: str, seeds: range, on: date
) -> Drill:
    """The exercise; about `objection` where one is given, by the first of the seeds that makes it so."""
    book, playbook = load_lines(), playbook_of(settings)
    for at in seeds:
        drill = FORMATS[format_].build(case, at, on, book, playbook)
        if not objection or objection in about(drill):
            return drill
    raise CoachError(
        "El escenario «{title}» no tiene ese ejercicio para esta objeción. Elija otro.", title=case.title
    )


def _keep(store: Store, viewer: Viewer, drill: Drill, body: Body, assignment_id: int | None = None) -> int:
    viewer.require("drill")
    if viewer.user_id is None:
        raise CoachError("Para practicar hace falta una cuenta. Entre con su usuario.")
    source, case = drill.source, body.scenario
    body = replace(body, begun=drill.seconds is None)
    values = {
        "user_id": viewer.user_id, "assignment_id": assignment_id, "format": drill.format,
        "scenario": case.id if case else "", "recording_id": source[0] if source else None,
        "source_turn": source[1] if source else None, "seed": drill.seed, "on_date": drill.on,
        "started_at": body.since, "seconds": 0.0, "spoken": False, "body": write_body(body), "grade": "",
        "versions": "{}",
    }  # fmt: skip
    with store.writing() as connection:
        new = connection.execute(insert(drill_attempts).values(**values).returning(drill_attempts.c.id))
        made = int(new.scalar_one())
        audit.record(connection, viewer, "drill.begin", f"drill:{made}", format=drill.format)
    return made


def playbook_of(settings: Settings) -> Playbook:
    """What exercises are made of and better lines are taken from: the guide in use."""
    return guide.guide(settings).playbook
