"""What the debtor tells unasked: given back, dug into, and asked for (no calls at a place)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from transcripts.types import Transcript

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
    D: Sí, soy yo.
    A: Don Darío, su cuota de mil pesos venció hace diez días.
"""
CLOSING = "D: Bueno.\nA: Gracias por su tiempo, hasta luego."


def told(far: str, agent: str) -> Transcript:
    return dialogue(f"{OPENING}D: {far}\nA: {agent}\n{CLOSING}")


def judged(call: Transcript, criterion: str, country: str | None = None) -> Verdict:
    pack = load_pack(PACKS / f"{country}.yaml") if country else None
    if country:
        call = replace(call, recording=replace(call.recording, country=country.upper()))
    card = score(call, analyze(call), load_rubric(), pack)
    return {**card.verdicts, **card.pack_verdicts}[criterion]


def said(call: Transcript, label: str, turn: int) -> bool:
    return any(f.label == label and f.quote.turn == turn and f.score >= 0.5 for f in analyze(call).findings)


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        ("Es que me atrasé con la renta.", "Comprendo, don Darío, la renta no espera. ¿Qué día puede?"),
        ("Tuve que pagar el colegio de los hijos.", "Entiendo, don Darío, el colegio va primero."),
        ("Se me fue todo en el arriendo, no me alcanza.", "La entiendo, el arriendo se lleva todo."),
        ("Todo se me fue en las medicinas de mi papá.", "Ya veo, las medicinas no esperan, don Darío."),
    ],
)
def test_their_own_matter_behind_a_word_of_understanding_is_no_sure_fail(far: str, agent: str) -> None:
    verdict = judged(told(far, agent), "empathy")
    assert verdict.outcome == "pass" or verdict.needs_review


def test_nor_is_the_objection_surely_missed_where_it_was_given_back() -> None:
    call = told(
        "Es que me atrasé con la renta.",
        "Comprendo, don Darío, la renta no espera. Podemos verlo en dos pagos o en uno con descuento.",
    )
    verdict = judged(call, "handles_objections")
    assert verdict.outcome == "pass" or verdict.needs_review


@pytest.mark.parametrize(
    "agent",
    [
        "Comprendo, don Darío, pero la renta no es mi problema. ¿Cuándo paga?",
        "Comprendo. ¿Cuándo paga?",
    ],
)
def test_a_bare_word_or_the_matter_turned_against_them_is_no_empathy(agent: str) -> None:
    assert judged(told("Es que me atrasé con la renta.", agent), "empathy").outcome == "fail"


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (
            "Es que cambié de cuenta y se me olvidó domiciliarlo. No es por dinero.",
            "Ya entiendo. ¿Qué cuenta tiene ahora, para que no vuelva a pasar?",
        ),
        (
            "Lo que pasa es que me cambiaron la tarjeta y no la actualicé.",
            "¿Ya actualizó la tarjeta nueva, don Darío?",
        ),
        ("Se me pasó la fecha, andaba de viaje.", "¿Cómo hacemos para que no se le vuelva a pasar la fecha?"),
    ],
)
def test_digging_into_the_reason_they_told_is_no_sure_fail(far: str, agent: str) -> None:
    verdict = judged(told(far, agent), "asks_reason")
    assert verdict.outcome == "pass" or verdict.needs_review


def test_a_reason_told_and_passed_over_still_fails() -> None:
    call = told("Es que cambié de cuenta y se me olvidó domiciliarlo.", "¿Cuánto va a pagar hoy?")
    assert judged(call, "asks_reason").outcome == "fail"


@pytest.mark.parametrize(
    "far",
    [
        "No me vuelvan a llamar al trabajo, mi manager ya me llamó la atención.",
        "Y no me llamen a la oficina, por favor.",
        "No me marquen a la chamba, me van a correr.",
        "Que no me llamen a la pega, po.",
        "No me estén llamando a casa de mi mamá.",
    ],
)
def test_no_calls_at_a_place_is_such_a_request(far: str) -> None:
    assert said(told(far, "Nosotros marcamos a todos los números que tenemos."), "stop_request", 3)


@pytest.mark.parametrize("far", ["No me llamaron del trabajo.", "No le quiero hablar de mi trabajo."])
def test_other_words_of_work_are_no_such_request(far: str) -> None:
    assert not said(told(far, "Bueno."), "stop_request", 3)


def test_a_request_that_is_not_honoured_does_not_pass() -> None:
    call = told("No me vuelvan a llamar al trabajo.", "Nosotros marcamos a todos los números, es automático.")
    verdict = judged(call, "respects_stop_request", "us")
    assert verdict.outcome == "fail", verdict


def test_what_others_shall_know_is_no_question_of_the_reason() -> None:
    call = told(
        "¿Y si no junto?", "Vemos con su jefatura, que ellos sepan cómo anda la cosa, a veces ayudan."
    )
    assert judged(call, "asks_reason").outcome != "pass"


@pytest.mark.parametrize(
    "far",
    [
        "Pero si yo ya mandé trescientos por Zelle a la mueblería, y me dijeron que estaba arreglado.",
        "Yo ya le envié quinientos por Western Union el lunes.",
        "Ya les di la mitad en la tienda.",
    ],
)
def test_part_that_was_sent_is_an_objection_of_having_paid(far: str) -> None:
    assert said(told(far, "¿Tiene el recibo?"), "already_paid", 3)


def test_messages_sent_are_no_payment() -> None:
    assert not said(told("Ya les mandé tres mensajes por WhatsApp.", "Bueno."), "already_paid", 3)


def test_the_way_held_out_is_taken_and_nothing_asked() -> None:

    call = dialogue(
        f"{OPENING}D: No pude.\nA: Podemos verlo en dos pagos o en uno con descuento.\n"
        f"D: En dos. Le doy mil quinientos el viernes.\n{CLOSING[len('D: Bueno.') + 1 :]}"
    )
    assert not said(call, "asks_discount", 5)


def test_parts_asked_for_are_still_asked_for() -> None:
    assert said(told("¿Me lo puede dejar en dos pagos?", "Sí, claro."), "asks_discount", 3)
