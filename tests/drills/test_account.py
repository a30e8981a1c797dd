"""What is told of a talk never says two things: the account of each turn, the points, and why the goal was
missed read the same words the same way. Played over talks that people wrote and over talks of all sorts.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from drills.credit import BARE, is_met, on_table, reached, turns_on
from drills.drill import Play, findings_in, replayed
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.marks import rules
from nlp.labels import labels
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook

GOLD = Path(__file__).parent.parent / "gold" / "drill_talks_b.jsonl"
DAY = datetime.date(2026, 11, 30)
STEPS = ("recognise", "explore", "answer")
# what trainees say, good and lazy, to whatever was objected
SAID = (
    "Entiendo.",
    "Le entiendo.",
    "Qué mala suerte.",
    "Gracias, hasta luego.",
    "Ok, gracias, chau.",
    "Ajá.",
    "¿Qué pasó?",
    "Entiendo. ¿Qué más pasó?",
    "¿Y qué fue lo que le pasó, pues?",
    "¿Cuándo hizo el pago y por qué medio?",
    "¿Por qué medio hizo el pago, en el banco o por transferencia?",
    "¿A qué hora se le libera la aplicación?",
    "Comprendo que quedarse sin trabajo es muy duro. ¿Con cuánto cuenta esta quincena?",
    "Le puedo ofrecer dos pagos sin recargo. ¿Le parece?",
    "Mándeme la foto del comprobante y lo reviso hoy mismo.",
    "¿Le anoto la mitad para el viernes 4 de diciembre?",
    "¿Cuánto podría dar esta semana?",
    "Sí, pero ya van muchos días.",
    "Bueno, intente más tarde, y si puede me avisa.",
    "Lamento lo que me cuenta. Lo reviso y le llamo el jueves a las diez.",
    "Si no paga hoy, esto se le va a complicar feo.",
    "Quedamos así. Muchas gracias.",
    "De acuerdo, lo anoto.",
)


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def _played(tools: Tools, scenario: str, replies: tuple[str, ...], seed: int = 1) -> tuple[Play, Grade]:
    case = load_scenarios()[scenario]
    drill = FORMATS["whole_call"].build(case, seed, DAY, tools.book, tools.playbook)
    play = replayed(drill, replies, tools.book)
    return play, grade_play(play, tools)


def _written() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        talk = json.loads(line)
        yield talk["scenario"], tuple(talk["replies"])


def _made() -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each scenario, an opening that tells what the call is about and then anything."""
    for name, case in load_scenarios().items():
        if case.with_third_party:
            continue
        draw = Random(name)
        opens = f"Buenas tardes, le habla Ana de {case.agent_company} por su {case.product}, está vencido."
        yield name, (opens, *draw.sample(SAID, 5))


def contradictions(play: Play, grade: Grade, tools: Tools) -> Iterator[str]:
    findings = findings_in(play, tools.playbook)
    for why in grade.whys:
        effects = dict(why.moved)
        label = on_table(play, why.turn)
        if not label:
            continue
        got = {step: reached(step, play, findings, label, (why.turn,)) for step in STEPS}
        so_far = [turn for turn in turns_on(play, label) if turn <= why.turn]
        if "met" in effects and not is_met(play, findings, label, so_far):
            yield f"{why.turn}: atendida, and the points say that it was not"
        if "asked_too_soon" in effects and any(
            reached(step, play, findings, label, so_far).points for step in ("recognise", "explore")
        ):
            yield f"{why.turn}: «sin haber reconocido ni preguntado», and the points have it"
        if "empathy" in effects and (not got["recognise"].points or got["recognise"].reason == BARE):
            yield f"{why.turn}: «reconoce», and the points do not have it"
        if {"answers", "offers_alternatives"} & set(effects) and not got["answer"].points:
            yield f"{why.turn}: «respuesta, salida», and the points do not have it"
        if "probes" in effects and not got["explore"].points:
            yield f"{why.turn}: «indagó», and the points do not have it"
        counted = " ".join(one.quote for one in got.values() if one.points)
        if "off_matter" in effects and effects["off_matter"].strip("… ¿?") in counted:
            yield f"{why.turn}: «no responde a esta objeción», and the points count it"
        if "off_matter" in effects and why.cause == "revealed" and got["explore"].points:
            yield f"{why.turn}: told to be beside the point, and it opened the true reason"
        assert told(why)
        assert told(why, "en")
    if grade.lost is not None and play.debtor is not None and play.debtor.open and play.debtor.raised:
        label = play.debtor.open[0]
        name = labels()[label].label.es.lower()
        for step in STEPS:
            missing = rules()[step].label.es.lower() in grade.lost.es.partition("faltó")[2]
            points = reached(step, play, findings, label).points
            if f"«{name}»" in grade.lost.es and missing != (points == 0) and "faltó" in grade.lost.es:
                yield f"summary: {step} has {points} points: {grade.lost.es}"
        by = {mark.id: mark for mark in grade.marks}
        if len({one for _, one in play.raised}) == 1:
            for step in STEPS:
                if rules()[step].label.es.lower() in grade.lost.es.partition("faltó")[2] and by[step].got:
                    yield f"summary: {step} is told missing and has {by[step].got} points"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("scenario", "replies"), [*_made()], ids=lambda one: one if isinstance(one, str) else ""
)
def test_talks_of_all_sorts_are_told_in_one_voice(
    tools: Tools, scenario: str, replies: tuple[str, ...]
) -> None:
    play, grade = _played(tools, scenario, replies)
    assert list(contradictions(play, grade, tools)) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_written_talks_are_told_in_one_voice(tools: Tools) -> None:
    wrong = {}
    for scenario, replies in _written():
        play, grade = _played(tools, scenario, replies)
        if found := list(contradictions(play, grade, tools)):
            wrong[scenario] = found
    assert wrong == {}
