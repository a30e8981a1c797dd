"""What is half of a step: an acknowledgement that is taken back, a question for the payment alone; and goals
and goodbyes that are what the screen says they are.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from drills.asking import only_when_paid
from drills.drill import FormatId, replayed
from drills.feedback import feedback
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.lost import why_lost
from drills.reply import findings_of
from drills.scenario import Scenario
from drills.taken_back import BARE, TAKEN_BACK, taken_back
from nlp.types import Findings
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.dialogue import dialogue
from tests.drills.conftest import MONDAY

MIDDLING = (
    "Comprendo. ¿Qué día me paga?",
    "Lo entiendo, don {name}, pero ya van varios días y tiene que darme una fecha.",
    "Bueno, ¿le parece si lo dejamos para el viernes entonces?",
)
GOOD = (
    "Entiendo que lo tiene en mente, don Freddy. ¿Qué día le pagan a usted y con cuánto puede comenzar?",
    "Comprendo que prefiera ir a su ritmo. ¿Qué lo frena para acercarse esta semana?",
    "No lo presiono, don Freddy. ¿Le anoto los 64.80 para el viernes, después de que le paguen?",
)
CLOSING = (
    "Entiendo que lo tiene en mente, don Freddy. ¿Qué día le pagan a usted?",
    "¿Le anoto los 64.80 dólares para el viernes 14 por transferencia?",
    "Entonces quedamos en 64.80 dólares el viernes 14 por transferencia, ¿es correcto?",
)


@pytest.fixture(scope="module")
def scenarios() -> Mapping[str, Scenario]:
    return load_scenarios()


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def graded(tools: Tools, format_: FormatId, case: Scenario, *replies: str) -> Grade:
    drill = FORMATS[format_].build(case, 1, MONDAY, tools.book, tools.playbook)
    return grade_play(replayed(drill, replies, tools.book), tools)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Entiendo don Freddy pero ya lleva 14 días, necesito que me diga una fecha.", BARE),
        ("Comprendo su situación, sin embargo tiene que pagar.", BARE),
        ("Entiendo que se quedó sin trabajo, pero usted tiene que cumplir.", TAKEN_BACK),
        ("Lamento lo de su hijo. Pero necesito que me diga una fecha.", TAKEN_BACK),
        # what takes it back in a call does so here
        ("Entiendo que se quedó sin trabajo, pero eso no es culpa nuestra.", TAKEN_BACK),
        ("Lamento lo de su hijo, pero ahí sí yo no puedo hacer nada.", TAKEN_BACK),
        ("Entiendo que se quedó sin trabajo, pero podemos dividirlo en dos.", ""),
        ("Entiendo que se quedó sin trabajo, pero tiene que pagar algo: le propongo dividirlo.", ""),
        ("Entiendo que se quedó sin trabajo, pero veamos qué se puede hacer.", ""),
        ("Entiendo que se quedó sin trabajo. ¿Qué día recibe algo?", ""),
        ("Entiendo que quiere pagar pero que este mes no le alcanza.", ""),
    ],
)
def test_what_is_taken_back_is_half_an_acknowledgement(said: str, why: str) -> None:
    call = dialogue(f"D: Me quedé sin trabajo y mi hijo está enfermo.\nA: {said}")
    findings = findings_of(call, ((0, "no_money"),))

    assert taken_back(call, findings, call.quote(1, 0, 8), "Freddy Moncayo") == why


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("¿Cuándo puede pagar?", True),
        ("Entiendo. ¿Cuándo puede pagar?", True),
        ("¿Qué día me paga, don Freddy?", True),
        ("¿Cuánto puede abonar?", True),
        ("¿Qué día le pagan?", False),
        ("¿Qué día puede pagar y con cuánto?", False),
        ("¿Cuándo termina de pagar el colegio?", False),
        ("¿Qué le impide pagar?", False),
    ],
)
def test_a_question_for_the_payment_alone(said: str, alone: bool) -> None:
    assert only_when_paid(said, "Freddy Moncayo") is alone


@pytest.mark.parametrize("name", ["en_estos_dias", "quincena_corta"])
def test_a_middling_agent_does_not_win_three_rounds(
    tools: Tools, scenarios: Mapping[str, Scenario], name: str
) -> None:
    case = scenarios[name]
    called = case.debtor_name.split()[0]
    given = graded(tools, "three_escalating", case, *(one.format(name=called) for one in MIDDLING))
    marks = {one.id: one for one in given.marks}
    assert marks["recognise"].got == marks["explore"].got == 1
    assert (given.won, given.passed) == (False, False)


def test_a_good_agent_wins_them(tools: Tools, scenarios: Mapping[str, Scenario]) -> None:
    given = graded(tools, "three_escalating", scenarios["en_estos_dias"], *GOOD)
    marks = {one.id: one for one in given.marks}
    assert marks["recognise"].got == marks["explore"].got == 2
    assert given.passed


def test_a_good_wish_ends_a_call_that_has_its_promise(
    tools: Tools, scenarios: Mapping[str, Scenario]
) -> None:
    drill = FORMATS["close_vague"].build(scenarios["en_estos_dias"], 1, MONDAY, tools.book, tools.playbook)
    play = replayed(
        drill, (*CLOSING, "Gracias, don Freddy. El viernes le llamo. Que esté muy bien."), tools.book
    )
    assert play.debtor is not None
    assert play.debtor.ended == "promise"


def test_the_days_to_call_again_are_no_days_to_pay(tools: Tools, scenarios: Mapping[str, Scenario]) -> None:
    case = scenarios["no_es_buen_momento"]
    assert (case.success.kind, case.success.within_days) == ("callback", 1)
    played = FORMATS["close_vague"].build(case, 1, MONDAY, tools.book, tools.playbook).scenario
    assert played is not None
    assert (played.success.kind, played.success.within_days) == ("partial_promise", 15)


def test_a_promise_that_is_too_late_is_told_by_its_day(
    tools: Tools, scenarios: Mapping[str, Scenario]
) -> None:
    case = scenarios["en_estos_dias"]
    soon = case.model_copy(update={"success": case.success.model_copy(update={"within_days": 1})})
    drill = FORMATS["close_vague"].build(soon, 1, MONDAY, tools.book, tools.playbook)
    play = replayed(drill, CLOSING, tools.book)
    assert play.debtor is not None
    assert play.debtor.promise is not None
    assert (play.debtor.promise.day - MONDAY) > datetime.timedelta(days=1)
    told = why_lost(play, Findings(()))
    assert told is not None
    assert "a más tardar el martes" in told.es


def test_who_missed_only_the_goal_tries_the_same_again() -> None:
    assert feedback(Grade((), 0, 0, won=False), "close_vague").next_format == "close_vague"
