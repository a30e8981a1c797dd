"""What kind words, begging and mockery are taken for by the debtor, the points and the feedback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drills.drill import Drill, Play, findings_in
from drills.effects import Why
from drills.effects import told as told_of
from drills.feedback import feedback
from drills.grade import Grade, Tools, grade_play
from drills.lines import Book
from drills.loader import load_lines, load_scenarios
from drills.marks import Mark
from drills.offering import takes_as_agreed
from drills.reply import Reply, read_reply
from drills.small import respect_mark, small_marks
from drills.state import OFFENCES, Scene, begin
from drills.state import heard as felt
from drills.steps import step_marks
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY
from transcripts.types import Recording, Transcript, Turn

ILL = "Me operaron de la columna y sigo en cama."
BROKE = "Este mes no me alcanza."


def heard(debtor: str, label: str, said: str, country: str = "MX") -> Reply:
    turns = (Turn("debtor", debtor), Turn("agent", said))
    return read_reply(Transcript(Recording("r", MONDAY, country=country), turns), ((0, label),))


def played(debtor: str, label: str, *said: str, country: str = "MX") -> Play:
    turns: list[Turn] = []
    for words in said:
        turns += [Turn("debtor", debtor), Turn("agent", words)]
    raised = tuple((at, label) for at in range(0, len(turns), 2))
    drill = Drill("one_reply", Recording("r", MONDAY, country=country), (), raised)
    return Play(drill, tuple(turns), raised, tuple(range(1, len(turns), 2)))


def marks(play: Play) -> dict[str, Mark]:
    found = findings_in(play)
    every = (*step_marks(play, found, ()), *small_marks(play, found), *respect_mark(play, found))
    return {one.id: one for one in every}


def graded(book: Book, play: Play) -> Grade:
    return grade_play(play, Tools(book, load_playbook(), load_rubric()))


@pytest.mark.parametrize(
    "said",
    [
        "Hoy no le pido nada. ¿Qué día le viene bien que la llame para conversar con calma?",
        "¿Qué día le queda bien que lo llame?",
        "Lamento lo de su espalda. Dígame qué día lo llamo y lo vemos con calma.",
        "¿A qué hora le conviene que conversemos?",
    ],
)
@pytest.mark.parametrize(
    ("debtor", "label"), [(ILL, "health_emergency"), ("Yo no saqué eso.", "not_my_debt")]
)
def test_to_ask_when_to_call_asks_for_no_payment(debtor: str, label: str, said: str) -> None:
    assert not heard(debtor, label, said).has("asks_commitment")
    assert marks(played(debtor, label, said))["no_ask"].got == 2


@pytest.mark.parametrize(
    "said",
    [
        "¿Qué día puede pagar aunque sea una parte?",
        "¿Qué día le llamo para que haga el pago?",
        "¿Le llamo el jueves y qué día hace el pago de la cuota?",
    ],
)
def test_a_call_about_the_payment_asks_for_it(said: str) -> None:
    assert heard(ILL, "health_emergency", said).has("asks_commitment")


@pytest.mark.parametrize(
    ("label", "told"),
    [("health_emergency", "en medio de una emergencia"), ("not_my_debt", "en plena aclaración")],
)
def test_what_was_asked_too_early_is_told_by_the_word_for_it(label: str, told: str) -> None:
    case = load_scenarios()["el_nene_golpeado"].model_copy(update={"objections": (label,)})
    debtor = replace(begin(case), raised=True, open=(label,))
    reply = Reply("¿Cuándo paga?", {"asks_commitment": "¿Cuándo paga?"})
    _, moved = felt(debtor, Scene(case, load_lines(), MONDAY, 1), reply)
    assert told in told_of(Why(1, "again", moved, {"objection": label}))


@pytest.mark.parametrize(
    ("debtor", "label", "said"),
    [
        (ILL, "health_emergency", "Cuánto lo siento. Lo primero es que se recupere, olvide el pago por hoy."),
        (ILL, "health_emergency", "Lo entiendo. Cuando tenga el subsidio lo vemos, no le pido nada hoy."),
        ("Yo no saqué ese celular.", "not_my_debt", "No se preocupe, no le pido que pague algo que no sacó."),
        ("Me llaman veinte veces.", "harassment_complaint", "Mil disculpas por tanta llamada, de verdad."),
    ],
)
def test_kindness_is_no_doubt_and_asks_for_nothing(debtor: str, label: str, said: str) -> None:
    reply = heard(debtor, label, said)
    assert not reply.has("hedge", "gives_up", "asks_commitment")
    assert marks(played(debtor, label, said))["sure"].got == 1


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ("No se preocupe, esto queda entre usted y yo. ¿Qué día recibe su pago?", 1),
        ("No se preocupe por el pago, ya será otro día.", 0),
        ("No se preocupe si no puede.", 0),
    ],
)
def test_to_reassure_is_a_doubt_only_where_the_payment_is_let_go(said: str, sure: int) -> None:
    assert marks(played(BROKE, "no_money", said))["sure"].got == sure


MOCKS = (
    "Ay, pobrecito, qué historia tan triste, me va a hacer llorar. ¿Y con eso se paga?",
    "Uy sí, qué drama. ¿Y el negocio no le alcanzó ni para las cuotas, campeón?",
    "Jajaja, no me diga. ¿Y cuándo paga?",
    "Bravo, le doy un Óscar por la actuación. ¿Cuánto paga hoy?",
)


@pytest.mark.parametrize("said", MOCKS)
def test_mockery_offends_takes_no_step_and_is_named_first(said: str, book: Book) -> None:
    assert heard(BROKE, "no_money", said).has(*OFFENCES)
    given = graded(book, played(BROKE, "no_money", said))
    got = {one.id: one.got for one in given.marks}
    assert (got["respect"], got["explore"], got["recognise"]) == (0, 0, 0)
    assert not given.passed
    assert feedback(given, "one_reply").notes[0].id == "respect"


@pytest.mark.parametrize(
    "said",
    [
        "Lamento mucho lo de su negocio, don Osvaldo, cuarenta años es una vida. ¿Qué día le queda mejor?",
        "Qué situación tan triste, lo acompaño. ¿Cómo está su familia?",
        "Lo felicito por ponerse al día con lo otro. ¿Qué parte cubre este mes?",
        "Su hijo es campeón de la escuela, qué bueno. ¿Qué día le pagan?",
    ],
)
def test_who_feels_with_somebody_mocks_nobody(said: str) -> None:
    assert not heard(BROKE, "no_money", said).has(*OFFENCES)
    assert "respect" not in marks(played(BROKE, "no_money", said))


@pytest.mark.parametrize(
    ("said", "begs"),
    [
        ("500 el viernes, por favor se lo pido de rodillas.", True),
        ("Se lo suplico, ayúdeme con este pago.", True),
        ("Le ruego me disculpe la demora. ¿Qué día paga los 500?", False),
    ],
)
def test_begging_is_begging_and_no_rudeness(said: str, begs: bool) -> None:
    reply = heard(BROKE, "no_money", said)
    assert (reply.has("begs"), reply.has("rude"), reply.has("hedge")) == (begs, False, False)
    sure = marks(played(BROKE, "no_money", said))["sure"]
    assert (sure.reason == "begs") is begs


def test_to_ask_that_it_be_begged_for_is_rude() -> None:
    assert heard(BROKE, "no_money", "Si quiere más plazo, pídamelo de rodillas.").has("rude")


def test_what_is_said_in_turn_after_turn_comes_before_a_step_that_is_missing_once(book: Book) -> None:
    tuteo = ("¿Cuándo pagas tú?", "¿Y cuánto puedes pagar?", "Dime qué día tienes el dinero.")
    given = graded(book, played(BROKE, "no_money", *tuteo))
    first = feedback(given, "three_escalating").notes[0]
    assert (first.id, first.times) == ("usted", 3)
    assert "3 turnos" in first.rule()


def test_the_better_line_asks_for_no_payment_where_none_is_to_be_asked() -> None:
    told = marks(
        played(
            "Yo no saqué ese celular.",
            "not_my_debt",
            "A ver si lo reviso, creo que puede ser. ¿Tú qué sabes?",
        )
    )
    for rule in ("sure", "usted"):
        assert told[rule].got == 0
        assert "pago" not in told[rule].better
        assert "cantidad" not in told[rule].better


def test_who_offers_and_asks_whether_it_suits_has_not_asked_too_soon() -> None:
    said = "Podemos hacerlo chiquito: 100 pesos el viernes. ¿Le conviene ese día o mejor otro?"
    assert heard(BROKE, "no_money", said).offers


@pytest.mark.parametrize(
    "said",
    ["¿Le pasó algo antes con una llamada así?", "¿Ya tuvo un susto con otra llamada?"],
)
def test_a_question_about_what_happened_before_explores(said: str) -> None:
    assert marks(played("¿Y cómo sé que es del banco?", "distrust", said))["explore"].got == 2


@pytest.mark.parametrize(
    "said", ["¿Qué lo tiene corto de plata en estos días?", "Ajá, ¿y qué hizo con el sueldo entonces?"]
)
def test_the_reason_in_other_words_is_the_reason(said: str) -> None:
    assert heard(BROKE, "no_money", said, country="CO").has("asks_reason")


def test_what_is_held_back_for_now_threatens() -> None:
    told = "¿Y si no pago qué, me va a echar a la migra?"
    for said in (
        "No se asuste, nosotros con migración no hablamos... por ahora. Todo depende de usted.",
        "Usted pague los 742 y nadie le va a preguntar por sus papeles. ¿Mañana?",
    ):
        assert heard(told, "harassment_complaint", said, country="US").has("threat")
    calm = "No, nada de eso. Con migración no tenemos nada que ver; solo hablamos de su cuenta."
    assert not heard(told, "harassment_complaint", calm, country="US").has("threat")


def test_a_plain_offer_repeats_no_agreement() -> None:
    assert not takes_as_agreed("¿Podríamos dejar 106.350 pesos para el 5 de diciembre?")
    assert not takes_as_agreed("Serían 100 dólares el 11 de diciembre.")
    assert takes_as_agreed("Entonces quedamos en 100 dólares, ¿correcto?")


def test_what_is_thrown_back_is_mockery_and_no_doubt() -> None:
    reply = heard("Me da vergüenza deber.", "no_money", "Pues a mí me da mucha vergüenza llamarle.")
    assert reply.has("mocks")
    assert not reply.has("hedge", "gives_up")
