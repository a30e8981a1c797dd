"""What the debtor told, given back with its weight; and mockery that only borrows words of sympathy."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "De ocho vueltas a cuatro es la mitad de su entrada, y la cuota no bajó con usted.",
        "Tres meses trabajando sin ver un euro, y los recibos llegando igual.",
        "Uno llega con la plata y se encuentra la puerta cerrada; así cualquiera se regresa.",
        "Le recortaron los turnos, y así no hay cómo.",
        "Con la matrícula y el predial el mismo mes, no hay bolsillo.",
        "Con dos niños y un solo sueldo, el mes no da.",
        "De ganar treinta diarios a ganar quince, ahí no hay presupuesto que aguante.",
        "Nadie planea que se le enferme un hijo.",
    ],
)
def test_a_burden_given_back_is_empathy(said: str) -> None:
    assert verdicts(said)["empathy"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Tres meses esperando sin recibir un pago de su parte.",
        "Es la mitad de su ingreso, pero igual la cuota tiene que pagarla.",
        "Uno llega a la oficina y se encuentra con gente como usted.",
        "Uy, qué pena, me va a hacer llorar.",
        "Mire, no me cuente su vida, que llevo toda la mañana igual y no doy abasto.",
    ],
)
def test_reproach_and_mockery_are_no_empathy(said: str) -> None:
    assert verdicts(said)["empathy"].outcome == "fail"


@pytest.mark.parametrize(
    ("said", "criterion"),
    [
        ("¿O quiere que le haga un dibujito? Dígame si lo va a pagar.", "courteous"),
        ("Mire, no me cuente su vida, que llevo toda la mañana igual y no doy abasto.", "courteous"),
        ("Mire, no me cuente su vida, que llevo toda la mañana igual y no doy abasto.", "calm"),
        ("Pues nada, siga usted pasando frío, que se le ve muy a gusto.", "courteous"),
        ("ay qué brava me salió señora hasta miedo me dio yo aquí sigo tranquilito", "courteous"),
        ("Ah, ya salió de la ducha la reina.", "courteous"),
        ("claro seguro para las mochilas sí alcanzaba", "courteous"),
        ("No me haga la lista de sus desgracias.", "courteous"),
        ("¿Y el mes que viene qué toca, un meteorito?", "courteous"),
        ("¿Ya tiene la plata o qué pensó hacer?", "courteous"),
        ("Tengo una fila de gente detrás de usted.", "calm"),
        ("Yo no le puedo estar explicando factura por factura.", "calm"),
        ("Dígame si paga o no, que tengo más gente en espera.", "calm"),
    ],
)
def test_mockery_and_impatience_are_decided_and_wait(said: str, criterion: str) -> None:
    found = verdicts(said)[criterion]
    assert (found.outcome, found.needs_review) == ("fail", True)


@pytest.mark.parametrize(
    "said",
    [
        "Qué valiente me salió su niña, doña Rosa. ¿Y ya camina?",
        "Puede pagar donde quiera, en el banco o en la tienda.",
        "Si no quiere no me cuente su historia, doña Rosa, con el monto me basta.",
        "¿Va a pagar hoy o qué día le queda mejor?",
        "Disculpe, no tengo otra llamada en espera, la escucho.",
    ],
)
def test_kind_words_are_neither(said: str) -> None:
    found = verdicts(said)
    assert [found[name].outcome for name in ("courteous", "calm")] == ["pass", "pass"]


def test_a_mocking_question_explores_no_reason() -> None:
    said = "Uy, qué pena, me va a hacer llorar. ¿Y las uñas? ¿Esas también se las pagan en partes?"
    assert verdicts(said)["asks_reason"].outcome == "fail"
