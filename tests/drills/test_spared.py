"""A payment that is spared or put off is no demand and no offer; one asked for beside it is."""

from __future__ import annotations

import unicodedata

import pytest

from drills.drill import begin_play, findings_in, say
from drills.formats import FORMATS
from drills.grade import Grade, Tools, grade_play
from drills.loader import load_lines, load_scenarios
from drills.proposal import proposal
from drills.spared import doubts, spares
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

KIND = (
    "No le llamo para que pague hoy, entiendo que no puede.",
    "Lamento mucho lo suyo, don Segundo, y comprendo que con la operación difícilmente puede pagar ahora.",
    "Ahora mismo apenas puede moverse, menos va a poder pagar.",
    "Descanse, que ya hablaremos de cuándo puede pagar cuando esté mejor.",
    "Cuando ya esté caminando hablamos de cómo puede pagar.",
    "Más adelante me cuenta cuánto puede pagar, hoy solo quiero anotar su situación.",
    "Ya habrá tiempo de acordar qué día puede hacer el pago.",
    "Dejemos para después lo de cuándo puede pagar.",
    "No vengo a cobrarle ni a pedirle una fecha de pago.",
    "En dos semanas lo llamo y ahí vemos cuándo puede pagar.",
    "Comprendo que no esté en condiciones de abonar hoy.",
    "No tiene sentido pedirle que pague ahora mismo.",
    "Cuando salga del hospital usted me dice qué día puede pagar.",
)
ASKED = (
    "Entiendo que no puede pagar todo, pero ¿cuánto puede pagar hoy?",
    "No le llamo para molestarlo, sino para que pague hoy.",
    "No puede seguir sin pagar, don Segundo.",
    "Usted no puede dejar de pagar la cuota.",
    "¿No puede pagar una parte hoy?",
    "No le pido todo, solo pague la mitad hoy.",
    "Si no puede pagar hoy, pague mañana.",
    "No hay excusa para no pagar, pague hoy.",
    "No importa si no puede pagar todo: deposite 50 el viernes.",
    "Cuando esté mejor, ¿qué día puede pagar?",
)


def graded(case: str, label: str, said: str) -> tuple[Grade, bool]:
    """The grade of one reply to an objection, and whether the debtor heard a payment asked for."""
    tools = Tools(load_lines(), load_playbook(), load_rubric())
    made = (
        FORMATS["one_reply"].build(load_scenarios()[case], seed, MONDAY, tools.book, tools.playbook)
        for seed in range(200)
    )
    drill = next(one for one in made if one.raised[0][1] == label)
    play = say(begin_play(drill, tools.book), said, tools.book)
    found = findings_in(play, tools.playbook).of("asks_commitment", "demands")
    return grade_play(play, tools), any(one.quote.turn in play.mine for one in found)


@pytest.mark.parametrize("said", KIND)
def test_who_spares_the_payment_in_an_emergency_has_asked_for_none(said: str) -> None:
    grade, asked = graded("incapacidad_sin_pago", "health_emergency", said)
    assert not asked
    assert next(one.got for one in grade.marks if one.id == "no_ask") == 2
    assert spares(said)


@pytest.mark.parametrize("said", ASKED)
def test_who_asks_beside_what_is_spared_has_asked(said: str) -> None:
    grade, asked = graded("incapacidad_sin_pago", "health_emergency", said)
    assert asked
    assert next(one.got for one in grade.marks if one.id == "no_ask") == 0


def test_an_emergency_that_is_asked_to_pay_gives_way_in_nothing() -> None:
    grade, _ = graded("incapacidad_sin_pago", "health_emergency", "Lamento su operación, pero pague hoy.")
    assert [why.cause for why in grade.whys] == ["again"]


@pytest.mark.parametrize(
    "said",
    [
        "No le llamo para que pague hoy, entiendo que no le alcanza, don Rogelio.",
        "Pues no sé. De pronto podría abonar algo, si quiere, cuando pueda.",
        "Tal vez podría pagar algo, no sé, usted verá.",
        "Quizás pueda dar algo, si se puede, como usted vea.",
        "Ya veremos cuándo puede pagar, don Rogelio.",
    ],
)
def test_to_spare_or_to_doubt_is_no_offer(said: str) -> None:
    grade, _ = graded("quincena_corta", "no_money", said)
    assert next(one.got for one in grade.marks if one.id == "answer") == 0
    assert not grade.passed


@pytest.mark.parametrize(
    "said",
    [
        "Uh, che. Mira vos fijate si podes pagar algo aunque sea, tal vez la otra semana o cuando puedas.",
        "uh mira vos fijate si podes pagar algo aunque sea, tal vez la otra semana o cuando puedas dale?",
        "Tal vez podría pagar algo la otra semana, cuando pueda, no sé, a ver si se puede.",
        "Quizás pueda abonar algo, cuando le sea posible, ¿le parece?",
        "Bueno, si quiere vea si puede pagar alguito más adelante, ¿sí?",
        "¿Será que de pronto puede abonar algo cualquier día de estos?",
        "A ver si puede pagar algo, aunque sea poquito, ¿no?",
        "Capaz podés dar algo, cuando puedas.",
    ],
)
def test_to_doubt_with_neither_sum_nor_day_nor_means_answers_and_explores_nothing(said: str) -> None:
    grade, _ = graded("cerro_la_planta", "job_loss", said)
    got = {one.id: one.got for one in grade.marks}
    assert (got["explore"], got["answer"]) == (0, 0)
    assert not grade.passed


@pytest.mark.parametrize(
    "said",
    [
        "Tal vez podríamos dejarlo en tres pagos de 500 pesos desde el viernes.",
        "¿De pronto cuenta con otro ingreso en la casa?",
        "Más o menos, ¿cuánto cree que podría pagar?",
        "mas o menos cuanto podria pagar?",
        "¿Será que ya le pagaron la liquidación?",
        "¿Quizás ya pagó y no quedó anotado?",
        "¿Quizás pueda pagar por SPEI o en tienda?",
        "Entiendo que tal vez no pueda pagar ahora, le propongo anotar su situación.",
        "No sé si le conviene, pero podemos dejar el pago como está mientras consigue trabajo.",
        "Si le alcanza, ¿puede pagar la mitad?",
        "Cuando pueda hablar, le explico cómo quedan los recargos.",
    ],
)
def test_who_asks_or_names_something_beside_a_doubt_does_not_only_doubt(said: str) -> None:
    assert not doubts(said)


def test_a_question_in_doubtful_words_about_the_trade_explores() -> None:
    grade, _ = graded("cerro_la_planta", "job_loss", "¿De pronto cuenta con otro ingreso en la casa?")
    assert {one.id: one.got for one in grade.marks}["explore"] == 2


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("No sé, usted verá.", 0),
        ("Pues no sé, usted dirá.", 0),
        ("Ahí usted sabrá.", 0),
        ("Usted verá, don Rogelio.", 0),
        ("Ahí verá usted.", 0),
        ("no sé usted verá", 0),
        ("Le propongo 500 pesos el viernes. Usted dirá si le queda bien.", 1),
        ("Puede dar 500 el viernes o 1000 el lunes; usted decide.", 1),
        ("Usted verá reflejado el pago el viernes.", 1),
    ],
)
def test_a_shrug_that_is_all_of_a_sentence_is_a_doubt(said: str, sure: int) -> None:
    grade, _ = graded("quincena_corta", "no_money", said)
    assert {one.id: one.got for one in grade.marks}["sure"] == sure


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("Disculpe la molestia. ¿Qué mensaje le sale en el Yape?", 1),
        ("Disculpe que insista con el pago.", 0),
        ("Disculpe la molestia, ¿podría pagar algo si no es mucha molestia?", 0),
    ],
)
def test_an_apology_for_a_payment_that_failed_is_no_doubt(said: str, sure: int) -> None:
    grade, _ = graded("yape_no_pasa", "payment_channel", said)
    assert {one.id: one.got for one in grade.marks}["sure"] == sure


def test_an_offer_beside_what_is_spared_counts() -> None:
    said = "No le pido todo hoy, le propongo dos pagos de 1050 pesos: uno el viernes 14 y otro el 28."
    grade, _ = graded("quincena_corta", "no_money", said)
    assert {one.id: one.got for one in grade.marks}["answer"] == 2


def test_the_day_of_a_payment_that_is_denied_is_not_proposed() -> None:
    def day(said: str) -> object:
        return proposal(Transcript(Recording("r", MONDAY, country="MX"), (Turn("agent", said),)), 0).day

    assert day("No le llamo para que pague hoy, entiendo que no le alcanza.") is None
    assert day("No le pido que pague hoy, pague 500 pesos mañana.") is not None


def test_the_result_quotes_what_was_written() -> None:
    """Also where the reading has set marks, and whatever form the accents came in."""
    said = "la entiendo señora qué día le pagan la quincena podemos dejarlo en dos pagos"
    grade, _ = graded("quincena_corta", "no_money", unicodedata.normalize("NFD", said))
    quotes = [one.quote.strip("… ") for one in grade.marks if one.quote]
    quotes += [words.strip("… ") for why in grade.whys for _, words in why.moved]
    assert len(quotes) > 2
    assert all(one in said for one in quotes)
