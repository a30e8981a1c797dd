"""What the debtor asked of the offer, or of who calls, and nobody took up: a person hears the call."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric, pack_of
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

CALL = """
    A: Buenos días, habla Marisol Tapia, de Crédito Alameda. ¿Con el señor Gilberto Lozano?
    D: Sí, soy yo.
    A: Le llamo por el préstamo. Me aparecen mil seiscientos noventa pesos pendientes. ¿Qué pasó?
    D: ¿Hay chance de pagarlo en cuatro quincenas? De un jalón no la hago.
    A: Entiendo. Podemos dejarlo en dos partes, la primera este lunes.
    D: {asked}
    A: {reply}
    D: Sí, el lunes.
    A: Perfecto. El lunes la primera parte, con la aplicación. ¿Lo dejo así?
    D: Déjelo así, por favor.
    A: {last}
"""
PARTS = "¿Se lo dejo entonces para el lunes?"
CLOSE = "Gracias, señor Lozano, que esté muy bien."


def verdicts(asked: str, reply: str = PARTS, last: str = CLOSE) -> tuple[Verdict, Verdict]:
    call = dialogue(CALL.format(asked=asked, reply=reply, last=last), country="MX")
    card = score(call, analyze(call), load_rubric(), pack_of("MX"))
    keeps_the_invariants(call, card)
    return card.verdicts["handles_objections"], card.pack_verdicts["answers_questions"]


@pytest.mark.parametrize(
    "asked",
    [
        "¿Y me lo da por escrito?",
        "¿Me puede mandar algo escrito de eso?",
        "¿Y hay algún papel que diga eso?",
        "¿Y con eso me borran del buró?",
        "¿Después de pagar sigo reportado en DataCrédito?",
        "¿Y salgo del Infocorp con eso?",
        "¿Eso me lo quitan de mi historial?",
    ],
)
def test_a_question_of_the_offer_that_nobody_takes_up_is_for_a_person(asked: str) -> None:
    handled, answered = verdicts(asked)
    assert handled.outcome == "pass"
    assert handled.needs_review
    assert asked in handled.doubt
    assert "turno 6" in handled.doubt
    assert answered.needs_review


@pytest.mark.parametrize(
    ("asked", "reply", "last"),
    [
        ("¿Y me lo da por escrito?", "Claro que sí. ¿Se lo dejo para el lunes?", CLOSE),
        ("¿Y me lo da por escrito?", "No, eso no se puede. ¿Se lo dejo para el lunes?", CLOSE),
        ("¿Y me lo da por escrito?", PARTS, "Le mando el convenio hoy. Gracias, señor Lozano."),
        ("¿Y me lo da por escrito?", PARTS, "Le llega a su WhatsApp. Gracias, señor Lozano."),
        ("¿Y con eso me borran del buró?", "Se actualiza en unos diez días. ¿El lunes?", CLOSE),
        ("¿Y con eso me borran del buró?", PARTS, "Lo del buró tarda un mes. Gracias, señor Lozano."),
        ("¿Y cuánto voy a pagar en total?", "Serían mil seiscientos noventa. ¿El lunes?", CLOSE),
        ("¿Y cuánto es en total?", "Lo mismo, sin intereses. ¿El lunes?", CLOSE),
        ("¿Y quién habla, perdón?", "Marisol, de Crédito Alameda. ¿El lunes le queda bien?", CLOSE),
        # of what else is asked nobody knows which words answer it
        ("¿Y me aguantan hasta el lunes?", "Con gusto. ¿El lunes entonces?", CLOSE),
    ],
)
def test_a_question_that_is_taken_up_leaves_no_doubt(asked: str, reply: str, last: str) -> None:
    handled, _ = verdicts(asked, reply, last)
    assert handled.outcome == "pass"
    assert not handled.doubt


@pytest.mark.parametrize("asked", ["¿Y cuánto voy a pagar en total?", "¿Quién habla, perdón?"])
def test_what_asks_for_more_than_a_yes_is_not_taken_up_by_one(asked: str) -> None:
    handled, _ = verdicts(asked, "Claro. ¿Se lo dejo entonces para el lunes?")
    assert asked in handled.doubt


def test_a_yes_to_something_said_since_is_none_to_the_question() -> None:
    _, answered = verdicts("¿Y me lo da por escrito?")
    assert "turno 6" in answered.doubt


def test_what_was_asked_before_anything_was_objected_is_no_answer_to_it() -> None:
    call = dialogue("""
        A: Buenas tardes. ¿Con doña Ana Ruiz?
        D: Sí, soy yo. ¿De dónde me llama?
        A: Le llamo por su cuenta, doña Ana. ¿Qué pasó este mes?
        D: No me alcanza el dinero.
        A: Entiendo. ¿Qué día cobra y qué parte apartamos?
        D: El viernes.
        A: Muy bien, gracias.
    """)
    found = score(call, analyze(call), load_rubric()).verdicts["handles_objections"]
    assert not found.doubt
