"""A promise that hangs on money which may not come waits for a person; wages on their day hold nothing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.promises import weighed
from nlp.types import Promise
from transcripts.types import CaseFacts, Recording, Speaker, Transcript, Turn

ON = datetime.date(2026, 11, 18)  # a Wednesday
SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor"}
NOTED = "Entonces novecientos pesos el treinta de noviembre, por transferencia."


def promised(told: str, noted: str = NOTED, *more: str) -> Promise:
    said = ("A: ¿Cuánto puede pagar y qué día?", f"D: {told}", f"A: {noted}", "D: Sí, de acuerdo.", *more)
    turns = tuple(Turn(SPEAKERS[line[0]], line[3:]) for line in said)
    facts = CaseFacts(amount_due=Decimal(900))
    found = weighed(Transcript(Recording("c", call_started_at=ON, country="MX", facts=facts), turns)).promise
    assert found is not None
    return found


@pytest.mark.parametrize(
    "told",
    [
        "Yo le deposito los novecientos el treinta, si me sale el seguro; si no me sale, no puedo.",
        "Si me depositan, el treinta le doy los novecientos, y si no, ni modo.",
        "si me depositan el treinta le doy los novecientos y si no ni modo",
        "si hay pesca le pago los novecientos el treinta si no no",
        "Le doy los novecientos el treinta si me llega la remesa; si no llega, toca esperar.",
        "Los novecientos el treinta. Eso sí, si no me paga el patrón no tengo de dónde.",
        "Le pago los novecientos el treinta, siempre y cuando me salga el préstamo.",
        "Los novecientos el treinta, a menos que no me paguen.",
        "El treinta le pago los novecientos, depende de si me depositan.",
        "Le pago los novecientos el treinta, si es que cobro.",
        "Novecientos el treinta, si me prestan en la cooperativa.",
        "Los novecientos el treinta, si vendo la moto.",
    ],
)
def test_money_that_may_not_come_leaves_the_promise_open(told: str) -> None:
    found = promised(told)

    assert found.doubtful
    assert found.hangs_on is not None


@pytest.mark.parametrize(
    "told",
    [
        "Le pago los novecientos el treinta, si Dios quiere.",
        "Le pago los novecientos el treinta, si todo sale bien.",
        "Los novecientos el treinta, si todo me sale bien.",
        "Los novecientos el treinta, cuando me paguen el viernes.",
        "Si me pagan el veintinueve, el treinta le doy los novecientos.",
        "Los novecientos el treinta; si no me pagan, igual le pago.",
        "Los novecientos el treinta, me paguen o no me paguen.",
        "Los novecientos el treinta; si no me paga mi jefe, pido prestado.",
        "Los novecientos el treinta, y si me sale otra chamba le pago antes.",
        "Los novecientos el treinta; si no me manda el link no puedo.",
        "Sí me pagan el treinta, le doy los novecientos el treinta.",
        "Los novecientos el treinta. ¿Y si no me pagan, no puedo pasar otro día?",
    ],
)
def test_wages_and_wishes_hold_nothing_open(told: str) -> None:
    found = promised(told)

    assert found.hangs_on is None
    assert found.counts


def test_the_agent_who_reckons_with_it_tells_what_was_meant() -> None:
    told = "Si me cae el aguinaldo, el treinta le pago los novecientos."

    assert promised(told).counts
    assert promised(told, "Muy bien, novecientos el treinta; si no le cayó, lo movemos.").hangs_on is not None


@pytest.mark.parametrize("sure", ["Sí, el treinta le pago los novecientos.", "Salga o no salga, ahí estaré."])
def test_what_was_made_firm_later_is_open_no_more(sure: str) -> None:
    told = "Le pago los novecientos el treinta, si me sale el préstamo."

    assert promised(told).doubtful
    assert promised(told, NOTED, "A: ¿Es seguro?", f"D: {sure}").hangs_on is None
