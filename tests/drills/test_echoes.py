"""Who only says the debtor's words back has explored nothing, answered nothing and is told so."""

from __future__ import annotations

from random import Random

import pytest

from drills.asking import ECHOES
from drills.drill import OTHER, Drill, Play, replayed
from drills.faults import fitted_reply
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.reply import read_reply
from rubrics.labels import OBJECTIONS
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.dialogue import dialogue
from tests.drills.test_asking import DAY, marks


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def played(tools: Tools, drill: Drill, *replies: str) -> tuple[Play, Grade]:
    play = replayed(drill, replies, tools.book)
    return play, grade_play(play, tools)


def one_reply(tools: Tools, objection: str, seed: int = 1) -> Drill:
    case = next(one for one in load_scenarios().values() if objection in one.objections)
    own = case.model_copy(update={"objections": (objection,)})
    return FORMATS["one_reply"].build(own, seed, DAY, tools.book, tools.playbook)


@pytest.mark.parametrize("objection", ["already_paid", "not_my_debt", "bad_service", "no_money", "distrust"])
@pytest.mark.parametrize("leads", ["{}", "Me dice que {}", "Entiendo: {}", "O sea que {}"])
def test_the_debtor_s_words_back_are_no_answer(tools: Tools, objection: str, leads: str) -> None:
    drill = one_reply(tools, objection)
    said = drill.turns[-1].text
    play, grade = played(tools, drill, leads.format(said[0].lower() + said[1:] if leads != "{}" else said))
    got = {step: one.got for step, one in marks(grade).items()}
    assert got["explore"] == 0
    assert got["answer"] == 0
    assert not grade.passed
    assert not play.debtor.revealed if play.debtor else True


@pytest.mark.parametrize(
    ("debtor", "agent", "echoes"),
    [
        ("Mandé el comprobante a todos los correos.", "Mandé el comprobante a todos los correos.", True),
        ("Yo no firmé nada de eso, se lo juro.", "Entiendo: yo no firmé nada de eso, se lo juro.", True),
        ("¿Quién me va a devolver lo que pagué?", "¿Quién me va a devolver lo que pagué?", True),
        ("Llámeme después de las siete, por favor.", "Claro, después de las siete.", False),
        ("Yo no firmé nada de eso, se lo juro.", "Entiendo que usted no firmó ese crédito.", False),
        ("Le puedo dar 500 pesos el viernes.", "¿Le anoto 500 pesos para el viernes 14?", False),
        ("No me alcanza.", "No le alcanza.", False),
    ],
)
def test_what_is_said_back_is_told_from_what_takes_it_up(debtor: str, agent: str, echoes: bool) -> None:
    heard = read_reply(dialogue(f"D: {debtor}\nA: {agent}"), ((0, "no_money"),))
    assert heard.has(ECHOES) is echoes


def test_to_name_what_was_told_in_the_debtor_s_words_acknowledges(tools: Tools) -> None:
    case = load_scenarios()["cerro_la_planta"].model_copy(update={"objections": ("job_loss",)})
    drill = FORMATS["one_reply"].build(case, 0, DAY, tools.book, tools.playbook)
    assert "se fue la fábrica a Querétaro" in drill.turns[-1].text
    _, grade = played(tools, drill, "Lamento que se fue la fábrica a Querétaro. ¿Qué le entra por ahora?")
    assert marks(grade)["recognise"].got == 2
    assert marks(grade)["explore"].got == 2


def test_an_answer_beside_an_echo_counts(tools: Tools) -> None:
    drill = one_reply(tools, "already_paid")
    _, grade = played(
        tools,
        drill,
        f"{drill.turns[-1].text} Con el número del comprobante lo reviso y le confirmo el jueves.",
    )
    assert marks(grade)["answer"].got == 2


def test_own_words_with_yo_acknowledge_by_half(tools: Tools) -> None:
    case = load_scenarios()["mi_tele_no"].model_copy(update={"objections": ("not_my_debt",)})
    drill = FORMATS["one_reply"].build(case, 2, DAY, tools.book, tools.playbook)
    said = drill.turns[-1].text
    _, grade = played(tools, drill, f"Entiendo: {said[0].lower()}{said[1:]}")
    recognise = marks(grade)["recognise"]
    assert recognise.got <= 1
    assert "mismas palabras" in recognise.rule()


def test_who_says_back_what_was_told_is_told_that_it_was_said(tools: Tools) -> None:
    case = load_scenarios()["quincena_corta"]
    drill = FORMATS["close_vague"].build(case, 1, DAY, tools.book, tools.playbook)
    play, grade = played(tools, drill, drill.turns[-1].text)
    assert play.whys[-1].cause == "already_told"
    assert not grade.won


@pytest.mark.parametrize(
    "reply",
    ["Claro que sí, con mucho gusto.", "Entiendo perfectamente, no se preocupe.", "Muy amable, perfecto."],
)
@pytest.mark.parametrize("objection", ["not_my_debt", "hostile", "no_money"])
def test_courtesy_alone_is_half_at_most_and_no_answer(tools: Tools, objection: str, reply: str) -> None:
    _, grade = played(tools, one_reply(tools, objection), reply)
    assert marks(grade)["recognise"].got <= 1
    assert marks(grade)["answer"].got == 0


@pytest.mark.parametrize("objection", sorted(OBJECTIONS))
def test_a_good_reply_gets_more_than_courtesy_echo_or_force(tools: Tools, objection: str) -> None:
    drill = one_reply(tools, objection)
    good, _ = fitted_reply(
        objection, drill.recording, drill.turns, drill.raised, tools.playbook, Random("honest")
    )
    said = drill.turns[-1].text
    if objection == OTHER:  # who answers for somebody else is marked by who calls and what word is left
        good = "Gracias. Le saluda Ana Ruiz, es un asunto personal. ¿A qué hora le encuentro?"
    best = played(tools, drill, good)[1]
    for other in (
        "Claro que sí, con mucho gusto, muchas gracias.",
        "Entiendo perfectamente, no se preocupe.",
        said,
        f"Entiendo: {said[0].lower()}{said[1:]}",
        "Eso no es mi problema. ¿Va a pagar o no?",
    ):
        worse = played(tools, drill, other)[1]
        assert worse.share < best.share, (good, other, best.marks, worse.marks)
        assert not worse.passed


def test_con_mucho_gusto_greets_nobody(tools: Tools) -> None:
    _, grade = played(tools, one_reply(tools, OTHER), "Claro que sí, con mucho gusto, muchas gracias.")
    assert not [name for name, one in marks(grade).items() if one.got and name == "present"]
