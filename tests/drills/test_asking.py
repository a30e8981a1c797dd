"""What only asks offers nothing, and to ask about what was objected explores it."""

from __future__ import annotations

import datetime

import pytest

from drills.asking import asks_past, only_asks, puts_forward
from drills.drill import FormatId, Play, replayed
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.marks import Mark
from drills.matter import fits
from nlp.channels import channels_in
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook

DAY = datetime.date(2026, 11, 30)
TELLS = "Buenas, señor Wilmer, le habla Ana de Enlace Pacífico, por su crédito: 412.50 soles, 6 días vencido."


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


def talk(tools: Tools, scenario: str, *replies: str, format_: FormatId = "whole_call") -> tuple[Play, Grade]:
    drill = FORMATS[format_].build(load_scenarios()[scenario], 1, DAY, tools.book, tools.playbook)
    play = replayed(drill, replies, tools.book)
    return play, grade_play(play, tools)


def marks(grade: Grade) -> dict[str, Mark]:
    return {one.id: one for one in grade.marks}


def account(grade: Grade, turn: int) -> str:
    """What is told of the trainee's turn `turn` (from 1)."""
    return told(grade.whys[turn - 1])


@pytest.mark.parametrize(
    "said",
    [
        "¿Por qué medio hizo el pago, en el banco o por PSE?",
        "¿Cuándo pagó, en agencia o por transferencia?",
        "¿cuando pago y por que medio?",
        "¿Lo consignó en el banco?",
        "¿Le rechazaron la tarjeta en la tienda?",
    ],
)
def test_a_question_about_what_was_done_offers_no_way(said: str) -> None:
    assert asks_past(said)
    assert only_asks(said)
    assert not puts_forward(said)
    assert fits("already_paid", said)


@pytest.mark.parametrize(
    "said",
    [
        "¿Le parece si lo paga por transferencia?",
        "¿Prefiere pagar en el banco o por PSE?",
        "¿Puede pagar hoy en la agencia?",
        "Puede pagar en el banco o por PSE.",
    ],
)
def test_a_way_that_is_put_to_somebody_is_an_offer(said: str) -> None:
    assert not only_asks(said)
    assert puts_forward(said)


def test_to_ask_about_the_way_that_fails_explores_and_to_name_it_again_offers_none() -> None:
    failed = frozenset(one.name for one in channels_in("Yape"))
    for said in ("¿A qué hora se le libera el Yape?", "¿Y qué le sale en el Yape?"):
        assert fits("payment_channel", said, failed), said
    assert not fits("payment_channel", "¿Puede pagar por Yape?", failed)


@pytest.mark.parametrize(
    "asked", ["¿Cuándo hizo el pago y por qué medio?", "¿Qué día pagó, en agencia o por transferencia?"]
)
def test_who_has_paid_may_be_asked_when_and_how(tools: Tools, asked: str) -> None:
    _, grade = talk(
        tools, "pague_dos_veces_no", "Le habla Tomás de Cobro Justo por su crédito, está vencido.", asked
    )
    got = marks(grade)
    assert got["explore"].got == 2
    assert got["explore"].quote.strip("… ") in asked
    assert (got["answer"].got, got["answer"].quote) == (0, "")
    assert "no responde a esta objeción" not in account(grade, 2)


def test_a_question_of_the_past_is_no_way_to_pay(tools: Tools) -> None:
    asked = "¿Por qué medio hizo el pago, en el banco o por PSE?"
    _, grade = talk(tools, "ya_consigne", asked, format_="one_reply")
    assert (marks(grade)["explore"].got, marks(grade)["answer"].got) == (2, 0)
    assert "salida" not in account(grade, 1)


def test_when_the_way_is_free_again_is_a_good_question(tools: Tools) -> None:
    _, grade = talk(tools, "yape_no_pasa", TELLS, "Ay, qué pena. ¿Y a qué hora se le libera el Yape?")
    assert marks(grade)["explore"].got == 2
    assert "no responde" not in account(grade, 2)


def test_a_quote_ends_with_the_figure_and_not_in_it(tools: Tools) -> None:
    said = "Lo hacemos mañana martes 1 de diciembre por agente, los 412.50 completos. ¿Le parece?"
    _, grade = talk(tools, "yape_no_pasa", TELLS, "¿Qué mensaje le aparece?", said)
    assert all(not one.quote.rstrip(" …").endswith("412.") for one in grade.marks)


def test_thanks_in_parting_recognise_nothing_and_agree_to_nothing(tools: Tools) -> None:
    play, grade = talk(
        tools, "yape_no_pasa", TELLS, "¿A qué hora se le libera el Yape?",
        "También puede pagar en agente o por transferencia.", "Gracias, hasta luego.",
    )  # fmt: skip
    assert marks(grade)["recognise"].quote != "Gracias, hasta luego."
    assert play.debtor is not None
    assert play.debtor.promise is None
    assert grade.won is False


@pytest.mark.parametrize("scenario", ["quincena_corta", "lavarropas_roto", "cerro_la_planta"])
def test_a_threat_counts_for_no_step(tools: Tools, scenario: str) -> None:
    _, grade = talk(tools, scenario, "Si no paga hoy, esto se le va a complicar feo.", format_="one_reply")
    assert grade.critical
    assert [one.got for one in grade.marks if one.of == 2 and one.id != "no_ask"] == [0] * sum(
        one.of == 2 and one.id != "no_ask" for one in grade.marks
    )
