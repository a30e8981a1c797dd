"""The collection stopped until a dispute is looked into: no bargaining, unless the agent asks on."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

HALTED = """
    A: Buenos días, le llamo de Cobros Miño. ¿Hablo con doña Remedios Carballo?
    D: Sí, con Reme.
    A: Tiene tres recibos vencidos desde noviembre, ciento ochenta y seis euros. ¿Qué ha pasado con ellos?
    D: Me pusieron un tornillo de cuatro y un día voy y hay un papel en la puerta. Esto no lo pago.
    A: {answer}
    D: Tengo una carpeta así de gorda, con su sello azul.
    A: {close}
    D: Ale, buenos días.
"""


def verdicts_of(lines: str) -> dict[str, Verdict]:
    call = dialogue(lines, country="ES")
    return score(call, analyze(call), load_rubric()).verdicts


@pytest.mark.parametrize(
    "answer",
    [
        "No le voy a pedir que pague mientras eso no se aclare. Le abro una incidencia.",
        "Le abro una incidencia y el cobro se queda parado hasta que contesten.",
        "Suspendo la cobranza mientras lo revisan.",
        "Mientras esté la reclamación abierta, el recibo queda parado.",
    ],
)
def test_who_stops_the_collection_for_a_dispute_need_not_bargain(answer: str) -> None:
    close = "Le avisamos por carta. Gracias, doña Remedios, buenos días."
    verdicts = verdicts_of(HALTED.format(answer=answer, close=close))
    for name in ("firm", "offers_alternatives", "explains_benefit", "gets_commitment"):
        assert verdicts[name].outcome == "na", name
        assert "detuvo el cobro" in verdicts[name].reason, name


def test_who_asks_on_after_stopping_it_is_judged() -> None:
    answer = "El cobro queda parado hasta que contesten."
    verdicts = verdicts_of(
        HALTED.format(answer=answer, close="Entonces, ¿cuánto me paga hoy de los recibos?")
    )
    assert verdicts["offers_alternatives"].outcome == "fail"


@pytest.mark.parametrize(
    "answer",
    [
        "No le vuelvo a llamar hasta que llegue la quincena.",
        "No le cobramos intereses hasta que se llegue el día quince.",
        "La cuenta queda congelada hasta el quince.",
    ],
)
def test_who_gives_up_until_pay_day_has_halted_nothing(answer: str) -> None:
    call = HALTED.replace(
        "Me pusieron un tornillo de cuatro y un día voy y hay un papel en la puerta. Esto no lo pago.",
        "No tengo dinero ahora.",
    ).replace("Tengo una carpeta así de gorda, con su sello azul.", "Bueno.")
    verdicts = verdicts_of(call.format(answer=answer, close="Gracias, hasta luego."))
    assert verdicts["offers_alternatives"].outcome == "fail"
