"""What the playbook suggests in an exercise earns what passes there; a single reply has no room for all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drills.drill import Attempt, Drill, begin_play
from drills.formats import FORMATS
from drills.grade import PASS, Grade, Tools, grade
from drills.loader import load_lines, load_scenarios
from drills.reply import findings_of
from drills.scenario import Scenario
from rubrics.loader import load_rubric, pack_of
from rubrics.playbook import load_playbook
from rubrics.replies import suggest
from tests.drills.conftest import MONDAY

SEEDS = (1, 2, 3)
CASES = load_scenarios()


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def one_reply(tools: Tools, case: Scenario, seed: int) -> Drill:
    return FORMATS["one_reply"].build(case, seed, MONDAY, tools.book, tools.playbook)


def given(tools: Tools, drill: Drill, text: str) -> Grade:
    return grade(drill, Attempt(replies=(text,)), tools)


def suggested(tools: Tools, drill: Drill) -> Iterator[str]:
    play = begin_play(drill, tools.book)
    found = findings_of(play.transcript, play.raised)
    for one in suggest(found, play.transcript, tools.playbook, pack_of(drill.recording.country)):
        if one.objection.label == drill.raised[0][1]:
            yield from (reply.text for reply in one.replies)


@pytest.mark.parametrize("name", sorted(CASES))
def test_each_suggested_reply_is_a_good_one(tools: Tools, name: str) -> None:
    seen = set()
    for seed in SEEDS:
        drill = one_reply(tools, CASES[name], seed)
        for text in suggested(tools, drill):
            if text not in seen:
                got = given(tools, drill, text)
                assert got.share >= PASS, (drill.turns[-1].text, text, got.marks)
                assert not got.critical
            seen.add(text)
    assert seen


def share(tools: Tools, name: str, text: str) -> float:
    return given(tools, one_reply(tools, CASES[name], 1), text).share


@pytest.mark.parametrize(
    "text",
    [
        "Es un asunto personal y lo hablo solo con él. ¿A qué hora lo encuentro?",
        "Gracias por contestar. Es algo privado. ¿Es mejor por la mañana o por la tarde?",
        "Es un tema personal. Vuelvo a llamar más tarde, muy amable.",
        "Es un asunto personal, no se preocupe. Que tenga buena tarde.",
    ],
)
def test_a_discreet_reply_to_somebody_else_is_a_good_one(tools: Tools, text: str) -> None:
    assert share(tools, "contesta_la_hermana", text) >= PASS


@pytest.mark.parametrize(
    "text",
    [
        "Que tenga buena tarde.",
        "Es un asunto personal.",
        "Gracias. ¿Y usted cómo se llama?",
        "Es por su tarjeta. ¿A qué hora lo encuentro?",
        "Dígale que tiene una cuota atrasada. Que tenga buen día.",
    ],
)
def test_one_that_leaves_nothing_or_tells_something_is_none(tools: Tools, text: str) -> None:
    assert share(tools, "contesta_la_hermana", text) < PASS


@pytest.mark.parametrize(
    "text",
    [
        "Comprendo. ¿Qué día me paga?",
        "Entiendo. ¿Cuándo puede pagar?",
        "Comprendo, pero ya van varios días y tiene que pagar.",
        "¿Le anoto la mitad para el viernes?",
        "Entiendo su situación y le agradezco la confianza.",
    ],
)
@pytest.mark.parametrize("name", ["quincena_corta", "en_estos_dias", "colegio_primero"])
def test_a_middling_reply_is_still_none(tools: Tools, name: str, text: str) -> None:
    assert share(tools, name, text) < PASS


def test_the_name_and_the_sum_count_where_they_are_said(tools: Tools) -> None:
    drill = one_reply(tools, CASES["quincena_corta"], 1)
    text = "Entiendo que este mes no le alcance. ¿Qué día le entra algo y qué parte apartamos?"
    without = {one.id for one in given(tools, drill, text).marks}
    assert not {"name", "figures"} & without
    called = (drill.recording.debtor_name or "").split()[0]
    with_name = {one.id: one.got for one in given(tools, drill, f"{called}, {text}").marks}
    assert with_name["name"] == 1


def test_somebody_who_asks_who_calls_is_told(tools: Tools) -> None:
    for seed in range(1, 20):
        drill = one_reply(tools, CASES["contesta_la_hermana"], seed)
        marks = {one.id: (one.got, one.of) for one in given(tools, drill, "¿A qué hora lo encuentro?").marks}
        asks = "quién" in drill.turns[-1].text.lower()
        assert marks.get("present") == ((0, 1) if asks else None)


FELT = "Lamento que no le alcance, don Osvaldo."
BEGGED = [
    "Deme algo, si puede, por favor.",
    "Aunque sea deme algo, lo que sea su voluntad, si puede, por favor.",
    "Deme aunque sea cualquier cosita, ándele, lo que pueda.",
    "¿No me da algo, aunque sea poquito, por favor?",
    "Regáleme un abonito, lo que le nazca.",
    "Écheme una manita, ¿sí?, me falta poquito para mi meta.",
    "Deposíteme lo que guste, por favor.",
    "Tíreme algo, hágame la gauchada.",
    "Póngase la mano en el corazón y deme algo.",
    "Deme lo que tenga, se lo pido por favor.",
    "Con cualquier cosa me ayuda, sea buenito.",
]


@pytest.mark.parametrize("text", BEGGED)
def test_who_begs_explores_nothing_offers_nothing_and_does_not_pass(tools: Tools, text: str) -> None:
    got = given(tools, one_reply(tools, CASES["cerro_la_planta"], 1), f"{FELT} {text}")
    marks = {one.id: one for one in got.marks}
    assert marks["explore"].got < 2
    assert not marks["answer"].got
    assert marks["sure"].reason == "begs"
    assert not got.passed


@pytest.mark.parametrize("text", BEGGED[:2])
def test_to_beg_beside_a_good_reply_spoils_it(tools: Tools, text: str) -> None:
    good = f"{FELT} Podemos dividirlo en dos pagos. ¿Qué parte podría dar el viernes?"
    drill = one_reply(tools, CASES["cerro_la_planta"], 1)
    assert given(tools, drill, good).passed
    assert not given(tools, drill, f"{good} {text}").passed


@pytest.mark.parametrize(
    "text",
    [
        "Deme un momento y reviso qué plan le sirve. ¿Qué parte podría dar el viernes?",
        "Deme una fecha, por favor, y la anoto. ¿Cuánto podría dar?",
        "¿Cuánto podría dar?",
        "Regáleme un minutico y le explico el plan. ¿Qué parte podría dar el viernes?",
        "Deme lo que tenga hoy y el resto lo dividimos en dos pagos. ¿Cuánto sería?",
        "Écheme una mano con el dato: ¿qué día le pagan, y cuánto podría dar?",
    ],
)
def test_to_ask_with_courtesy_is_no_begging(tools: Tools, text: str) -> None:
    got = given(tools, one_reply(tools, CASES["cerro_la_planta"], 1), f"{FELT} {text}")
    assert got.passed
    assert "begs" not in {one.reason for one in got.marks}
