"""Three rounds on one objection: won by words that fit it, and lines that tell of one situation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from drills.drill import replayed
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.lines import Book
from drills.loader import load_lines, load_scenarios
from drills.scenario import Scenario
from drills.story import facts
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY

KIND_ONLY = (
    "Comprendo su situación.",
    "Gracias por contarme. ¿En qué le puedo ayudar?",
    "Le entiendo mucho.",
)
ASKS = (
    "Entiendo su situación. ¿Cuándo puede hacer el pago?",
    "Gracias por contarme. ¿Le parece si paga la mitad hoy y la otra el viernes?",
    "Le agradezco. Entonces, ¿con cuánto puede empezar hoy?",
)
BY_HOUR = (
    "Entiendo que está en el trabajo, Marcela. ¿A qué hora le puedo llamar hoy?",
    "Claro, no le quito tiempo. La llamo a las siete, ¿le sirve?",
    "De acuerdo, Marcela, le marco a las siete en punto. Gracias.",
)
CHECKS = (
    "Le agradezco que me diga que ya pagó. ¿Por qué medio hizo el pago y qué día?",
    "Entiendo su molestia: usted ya pagó. Envíeme el comprobante y lo reviso.",
    "Tiene razón en pedir que lo localicen. Levanto la aclaración y le llamo el jueves con el resultado.",
)


@pytest.fixture(scope="module")
def scenarios() -> Mapping[str, Scenario]:
    return load_scenarios()


@pytest.fixture(scope="module")
def book() -> Book:
    return load_lines()


def graded(scenario: Scenario, book: Book, replies: Sequence[str], seed: int = 3) -> Grade:
    playbook = load_playbook()
    drill = FORMATS["three_escalating"].build(scenario, seed, MONDAY, book, playbook)
    return grade_play(replayed(drill, replies, book), Tools(book, playbook, load_rubric()))


@pytest.mark.parametrize("replies", [KIND_ONLY, ASKS])
@pytest.mark.parametrize("name", ["no_es_buen_momento", "ya_consigne"])
def test_kind_phrases_and_asking_for_money_win_no_round(
    scenarios: Mapping[str, Scenario], book: Book, name: str, replies: Sequence[str]
) -> None:
    given = graded(scenarios[name], book, replies)
    assert given.won is False
    assert not given.passed
    assert given.share < 0.7


def test_asking_in_a_dispute_never_counts_for_a_step(scenarios: Mapping[str, Scenario], book: Book) -> None:
    got = {one.id: one.got for one in graded(scenarios["ya_consigne"], book, ASKS).marks}
    assert (got["explore"], got["answer"], got["no_ask"]) == (0, 0, 0)


@pytest.mark.parametrize(("name", "replies"), [("no_es_buen_momento", BY_HOUR), ("ya_consigne", CHECKS)])
def test_words_that_fit_win(
    scenarios: Mapping[str, Scenario], book: Book, name: str, replies: Sequence[str]
) -> None:
    assert graded(scenarios[name], book, replies).passed


def test_what_the_debtor_told_otherwise_is_not_acknowledged(
    scenarios: Mapping[str, Scenario], book: Book
) -> None:
    said = ("Entiendo que va manejando, don. ¿A qué hora le llamo?", *BY_HOUR[1:])
    marks = {one.id: one for one in graded(scenarios["no_es_buen_momento"], book, said[:1]).marks}
    assert (marks["recognise"].got, marks["recognise"].reason) == (1, "beside")


@pytest.mark.parametrize("country", ["MX", "CO", "CL", "AR", "PE", "ES", "EC", "US", "GT"])
def test_the_rounds_of_one_talk_are_of_one_situation(
    scenarios: Mapping[str, Scenario], book: Book, country: str
) -> None:
    playbook = load_playbook()
    for mood in ("calm", "worried", "evasive", "annoyed", "hostile", "sad"):
        scenario = scenarios["no_es_buen_momento"].model_copy(update={"country": country, "mood": mood})
        for seed in range(20):
            drill = FORMATS["three_escalating"].build(scenario, seed, MONDAY, book, playbook)
            told = [facts(line, ("call_later",)) for line in (drill.turns[-1].text, *drill.script)]
            for slot in ("busy", "busy_at"):
                kept = [one[slot] for one in told if slot in one]
                assert not kept or frozenset.intersection(*kept), (mood, seed, drill.script)


def test_rounds_are_not_won_by_who_threatens_in_the_last(
    scenarios: Mapping[str, Scenario], book: Book
) -> None:
    given = graded(
        scenarios["ya_consigne"], book, (*CHECKS[:2], "Lo vamos a embargar y a meter a la cárcel.")
    )
    assert given.critical
    assert given.won is False
