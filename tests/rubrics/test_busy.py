"""A debtor who cannot talk, and an agent who agrees on another hour: no bargaining is asked for."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

BARGAINING = ("firm", "offers_alternatives", "explains_benefit", "gets_commitment", "reads_back_agreement")


def verdicts(*turns: str) -> dict[str, Verdict]:
    opening = "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con Mirta Sosa?"
    call = dialogue("\n".join((opening, *turns)), country="AR")
    return score(call, analyze(call), load_rubric()).verdicts


@pytest.mark.parametrize(
    "busy",
    [
        "Sí, soy yo, pero estoy en sala con veinte nenes, ahora imposible.",
        "Soy yo, hábleme rapidito que estoy en turno, ya me están esperando abajo.",
        "Sí, soy yo, pero ahorita no puedo hablar, estamos colando una losa.",
    ],
)
def test_the_sum_told_on_being_asked_begins_no_bargaining(busy: str) -> None:
    found = verdicts(
        f"D: {busy}",
        "A: No la demoro: ¿a qué hora la llamo más tranquila?",
        "D: A las seis y media. ¿Y cuánto es lo que debo?",
        "A: Ciento ochenta mil pesos, del resumen que venció el cuatro de mayo. La llamo hoy a las seis "
        "y media y le llevo dos maneras de pagarlo.",
        "D: Dale, a las seis y media.",
        "A: Gracias, Mirta. Hasta luego.",
        "D: Hasta luego.",
    )
    assert {name: found[name].outcome for name in BARGAINING} == dict.fromkeys(BARGAINING, "na")


def test_who_goes_on_asking_is_judged_by_it() -> None:
    found = verdicts(
        "D: Soy yo, pero ahora imposible, estoy en sala con veinte nenes.",
        "A: Tiene un saldo vencido de ciento ochenta mil pesos. ¿Cuándo lo paga?",
        "D: Le digo que ahora no puedo hablar.",
        "A: Es un minuto. ¿Puede pagar noventa mil el viernes y el resto el quince?",
        "D: Ahora no, llámeme a las seis.",
        "A: La llamo a las seis, pero dígame cuánto paga hoy.",
        "D: No puedo hablar.",
    )
    assert found["offers_alternatives"].outcome != "na"
    assert found["firm"].outcome != "na"


def test_the_reason_that_was_asked_for_counts() -> None:
    found = verdicts(
        "D: Soy yo, pero ahora imposible, estoy en sala con veinte nenes.",
        "A: La llamo más tarde, entonces. ¿A las seis?",
        "D: A las seis. ¿De qué es?",
        "A: De su tarjeta: ciento ochenta mil pesos, vencidos el cuatro de mayo. ¿Por qué no pudo pagar?",
        "D: Después le cuento.",
        "A: La llamo hoy a las seis. Gracias, hasta luego.",
    )
    assert found["asks_reason"].outcome == "pass"
    assert found["gets_commitment"].outcome == "na"


def test_an_hour_named_before_the_call_is_an_hour_agreed_on() -> None:
    found = verdicts(
        "D: Soy yo.",
        "A: Le llamo por la tarjeta: un saldo pendiente de 412 euros, qué le ha pasado con los recibos.",
        "D: Mira, ahora no puedo estar contigo, tengo tres tíos esperando y me cierran el muelle.",
        "A: A las ocho y cuarto le llamo a este mismo número. Gracias, hasta luego.",
        "D: Vale, venga.",
    )
    assert {name: found[name].outcome for name in BARGAINING} == dict.fromkeys(BARGAINING, "na")
    assert found["asks_reason"].outcome == "pass"


def test_a_word_on_the_matter_before_the_other_hour_leaves_it_to_a_person() -> None:
    found = verdicts(
        "D: Soy yo, pero voy manejando, no puedo hablar mucho.",
        "A: Primero la ruta, Mirta. La cuota es de noventa mil pesos y venció el cinco de junio, nada más le digo.",
        "D: Sí, es que no tengo un peso, todavía no me pagan los viajes.",
        "A: Con razón está apretada. ¿Le dieron fecha para ese pago?",
        "D: El viernes, dicen. Pero llámeme más tarde, que hay un control.",
        "A: La llamo hoy a las cinco y cuarto a este número y lo vemos con calma. ¿Le sirve?",
        "D: Sí, a esa hora le contesto.",
        "A: Muchas gracias, vaya con cuidado. Hasta luego.",
        "D: Chau.",
    )
    assert (found["offers_alternatives"].outcome, found["offers_alternatives"].needs_review) == ("na", True)
    assert (found["firm"].outcome, found["firm"].needs_review) == ("na", True)


def test_an_objection_after_the_other_hour_was_asked_for_opens_the_bargaining() -> None:
    found = verdicts(
        "D: Soy yo, pero voy manejando, llámeme a las cinco.",
        "A: La cuota es de noventa mil pesos y venció el cinco de junio.",
        "D: No tengo un peso, todavía no me pagan los viajes.",
        "A: Entiendo, es difícil. Hay que regularizarla.",
        "D: No tengo de dónde sacar.",
        "A: Bueno, la llamo a las cinco. Hasta luego.",
    )
    assert found["offers_alternatives"].outcome == "fail"
