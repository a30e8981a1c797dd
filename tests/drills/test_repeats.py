"""Who says the same again brings nothing new; an offer of nothing is none; a waiver is not paid in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from drills.debtor import answer
from drills.drill import Play, replayed
from drills.formats import FORMATS
from drills.grade import Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.matter import is_vague
from drills.repeats import repeats
from drills.reply import Reply
from drills.state import Scene, begin
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

PARROT = (
    "Entiendo que el mes está difícil para usted, de veras lo siento. ¿Qué le pasó? Podemos ofrecerle"
    " facilidades. ¿Cuánto puede pagar y qué día? Entonces quedamos así, ¿correcto?"
)


def called(name: str, replies: Sequence[str]) -> Play:
    book = load_lines()
    drill = FORMATS["whole_call"].build(load_scenarios()[name], 1, MONDAY, book, load_playbook())
    return replayed(drill, replies, book)


@pytest.mark.parametrize("name", ["quita_de_un_saque", "colegio_primero", "con_mi_hermano"])
def test_a_parrot_wins_no_call(name: str) -> None:
    play = called(name, ("Buenas tardes, ¿hablo con el titular? Llamo por su deuda vencida.", *[PARROT] * 6))
    given = grade_play(play, Tools(load_lines(), load_playbook(), load_rubric()))
    assert given.won is False
    assert not given.passed
    assert play.debtor is not None
    assert play.debtor.promise is None
    moved = {effect for why in play.whys[2:] for effect, _ in why.moved}
    assert moved <= {"repeated", "asks_commitment", "read_back_early", "asked_too_soon", "debtor_name"}
    assert "told_before" in {why.cause for why in play.whys}


def test_who_only_repeats_wins_no_round() -> None:
    book = load_lines()
    drill = FORMATS["three_escalating"].build(
        load_scenarios()["quincena_corta"], 3, MONDAY, book, load_playbook()
    )
    said = "¿Qué día recibe su próximo ingreso? Podemos dividirlo en dos: una el viernes 14 y otra el 28."
    tools = Tools(book, load_playbook(), load_rubric())
    assert grade_play(replayed(drill, [said] * 3, book), tools).won is False


@pytest.mark.parametrize(
    ("earlier", "text", "again"),
    [
        (PARROT, PARROT.replace("de veras ", ""), True),
        (PARROT, "¿Cuánto puede pagar y qué día? Podemos ofrecerle facilidades. ¿Qué le pasó?", True),
        (
            "Entiendo, ¿le parece si paga 500 el viernes?",
            "Entiendo, ¿le parece si paga 300 el viernes?",
            False,
        ),
        ("¿Le queda bien pagar el viernes en la tarde?", "¿Le queda bien pagar el lunes en la tarde?", False),
        ("Lo puede pagar en cualquier agente, señora.", "Lo puede pagar en cualquier OXXO, señora.", False),
        ("Sí, señora, dígame.", "Sí, señora, dígame.", False),
        (
            "¿Qué le pasó este mes con su negocio?",
            "Lamento lo del taller. ¿Desde cuándo está cerrado?",
            False,
        ),
    ],
)
def test_the_same_words_again_are_told_from_news(earlier: str, text: str, again: bool) -> None:
    turns = (Turn("agent", earlier), Turn("debtor", "No me alcanza."), Turn("agent", text))
    assert repeats(Transcript(Recording("r", MONDAY, country="MX"), turns)) == ({2} if again else set())


def test_who_takes_the_offer_may_say_so_again(hospital: Scene) -> None:
    debtor = replace(begin(hospital.scenario), raised=True, said=("No tengo.",))
    _, _, why = answer(debtor, hospital, Reply("Lo mismo.", repeated=True))
    assert why.cause == "told_before"


@pytest.mark.parametrize(
    ("said", "vague"),
    [
        ("Podemos ofrecerle facilidades.", True),
        ("Vamos a buscar una solución que le acomode.", True),
        ("Tenemos distintas opciones de pago para usted.", True),
        ("Podemos dividirlo en dos partes.", False),
        ("Hay una opción: pagar solo los intereses de este mes.", False),
        ("Le quito los recargos si llegamos a un acuerdo.", False),
        ("¿Qué le pasó?", False),
    ],
)
def test_an_offer_of_nothing_is_none(said: str, vague: bool) -> None:
    assert is_vague(said) is vague


def test_who_wanted_a_discount_promises_no_more_than_that_unasked() -> None:
    said = (
        "Buenas tardes, señor Bellini, le llamo de Estudio Ceibo por su préstamo de 248.000 pesos.",
        "Entiendo que quiere una quita si lo cancela junto. ¿Qué cambió en estos meses?",
        "Gracias por contármelo, señor Bellini, valoro su franqueza.",
        "Le agradezco. Está autorizada una quita del 20 por ciento al contado. ¿Cuánto puede y qué día?",
        "Entiendo. ¿Cuánto puede pagar y para cuándo?",
    )
    play = called("quita_de_un_saque", said)
    assert play.debtor is not None
    assert play.drill.scenario is not None
    offer = play.debtor.offer
    assert offer is not None
    assert offer.amount <= play.drill.scenario.least


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("¿Cuánto puede pagar?", True),
        ("¿Qué día me paga?", True),
        ("¿Qué le parece?", False),
        ("Sí, dígame.", False),
    ],
)
def test_a_short_question_that_comes_back_word_for_word_is_a_repetition(said: str, again: bool) -> None:
    turns = (Turn("agent", said), Turn("debtor", "No tengo."), Turn("agent", said))
    assert repeats(Transcript(Recording("r", MONDAY, country="MX"), turns)) == ({2} if again else set())
