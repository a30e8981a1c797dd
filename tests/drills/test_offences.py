"""False orders, the own pocket and veiled threats in a drill; ways to pay that are named bare."""

from __future__ import annotations

import pytest

from benchmarks.drills import DAY, SEED, _tools
from drills.drill import Attempt, Play, replayed
from drills.effects import told
from drills.formats import FORMATS
from drills.grade import Grade, grade
from drills.loader import load_scenarios
from drills.offering import ways_offered

TOOLS = _tools()
HELLO = {
    "yape_no_pasa": "Buenas tardes, don Wilmer, soy Ana Ruiz de Enlace Pacífico, por su crédito de Caja Los "
    "Molles: la cuota de 412 soles con 50 venció hace seis días.",
    "la_persiana": "Buenas tardes, le llamo por su deuda. Soy Ana Ruiz.",
}


def played(scenario: str, *replies: str) -> tuple[Play, Grade]:
    drill = FORMATS["whole_call"].build(load_scenarios()[scenario], SEED, DAY, TOOLS.book, TOOLS.playbook)
    said = (HELLO[scenario], *replies)
    return replayed(drill, said, TOOLS.book), grade(drill, Attempt(said), TOOLS)


def test_a_false_order_is_answered_as_a_threat_and_voids_the_attempt() -> None:
    play, given = played("yape_no_pasa", "Por sistema ya tiene una orden del juez, yo lo arreglo.")

    assert play.whys[-1].cause == "threatened"
    assert given.points == 0
    assert given.won is False


def test_who_wants_the_money_for_the_own_pocket_is_not_paid_and_left_the_second_time() -> None:
    play, given = played(
        "yape_no_pasa",
        "Si me yapea a mí, yo lo registro y le borro la mora.",
        "Mándemelo a mi Yape y listo, no se complique.",
    )

    assert [why.cause for why in play.whys[1:]] == ["own_pocket", "hung_up"]
    assert "para usted y no para el acreedor" in told(play.whys[1])
    assert [one.rule for one in given.critical] == ["payment_to_creditor_only"]
    assert given.critical[0].quote in play.turns[3].text
    assert given.critical[0].better
    assert given.points == 0


def test_the_own_pocket_is_heard_the_second_time_without_a_verb() -> None:
    play, _ = played(
        "yape_no_pasa", "Deposíteme a mi cuenta personal y yo lo arreglo.", "A mi cuenta, ándele."
    )

    assert [why.cause for why in play.whys[1:]] == ["own_pocket", "hung_up"]


def test_a_hint_is_asked_about_and_told_to_who_reads_the_attempt() -> None:
    play, given = played("la_persiana", "Ya sabe cómo es la gente del barrio, señor.")

    assert play.whys[-1].cause == "hinted"
    assert "amenaza velada" in told(play.whys[-1])
    assert not given.critical
    assert play.debtor is not None
    assert play.debtor.sour == 0


@pytest.mark.parametrize("second", ["Y le cortamos la luz.", "Ya sabe cómo es la gente del barrio."])
def test_a_hint_after_a_threat_is_the_second_offence(second: str) -> None:
    play, _ = played("la_persiana", "Si no paga lo vamos a embargar.", second)

    assert play.whys[-1].cause == "hung_up"


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("Plin, un agente o la app.", {"Plin", "Agente", "App"}),
        ("Nequi o Daviplata.", {"Nequi", "Daviplata"}),
        ("Kasnet o Tambo.", {"Kasnet", "Tambo"}),
        ("¿Prefiere hacer el pago por Bizum o con tarjeta?", {"Bizum", "Tarjeta"}),
        ("¿Le falló el Yape o el Plin?", set()),
        ("Por PSE no se puede.", set()),
    ],
)
def test_ways_to_pay_count_by_their_bare_names(words: str, ways: set[str]) -> None:
    assert ways_offered(words) == ways


def test_who_lacks_a_way_to_pay_asks_for_no_other_once_two_are_named() -> None:
    play, given = played("yape_no_pasa", "Plin, un agente o la app.", "¿Le queda bien mañana por Plin?")

    assert [why.cause for why in play.whys[1:]] == ["small_offer", "accepted"]
    assert given.won


def test_the_debtor_names_sum_and_day_itself_to_who_only_goes_on_offering() -> None:
    play, given = played(
        "yape_no_pasa",
        "Entiendo que el Yape no pasa, don Wilmer. ¿Qué mensaje le sale?",
        "Ah, el tope. Puede hacerlo en la ventanilla de la Caja.",
        "También hay un agente cerca de su puesto.",
        "Perfecto, queda registrado así. Muchas gracias, hasta luego.",
    )

    assert "small_offer" in [why.cause for why in play.whys]
    assert given.won
