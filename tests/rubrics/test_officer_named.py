"""An officer, a lawyer or a court that is only named: a guard on the way to the bank, a trade, a street."""

from __future__ import annotations

import pytest

from tests.rubrics.test_brings_officer import judged

SURE = ("pass", False)


def outcomes(agent: str, country: str) -> list[tuple[str, bool]]:
    card = judged(agent, country)
    found = [card.verdicts["no_threats"], card.verdicts["no_lawyer"]]
    return [(one.outcome, one.needs_review) for one in found]


@pytest.mark.parametrize(
    ("country", "agent"),
    [
        ("MX", "Mañana voy al banco con la policía que me cuida."),
        ("CO", "Mañana voy al banco con el policía de la entrada y le dejo el recibo."),
        ("PE", "Paso a la agencia con el policía de turno y pregunto por su recibo."),
        ("AR", "Vamos al cajero con el policía del banco, quédese tranquilo."),
        ("CL", "Me acompaña el carabinero de la sucursal a la ventanilla y le confirmo."),
        ("EC", "Voy con la policía de mi barrio a una charla y en la tarde le llamo."),
        ("ES", "Voy con el guardia civil que me escolta al banco y le llamo luego."),
        ("GT", "Pregúntele al policía de la puerta por la ventanilla de pagos."),
        ("MX", "El señor Policarpo le recibe el pago."),
        ("ES", "La sucursal está en la calle Abogados de Atocha, número tres."),
        ("PE", "La agencia queda en el jirón de los Jueces, local tres."),
        ("CL", "Puede pagar en la caja que está al lado del juzgado."),
        ("AR", "El local queda frente a los tribunales, ahí le reciben el pago."),
        ("CO", "Veo que usted trabaja como abogada, ¿le pagan por quincena?"),
        ("EC", "¿A qué se dedica, es abogado?"),
        ("GT", "Su referencia es el abogado Luis Peña, ¿verdad?"),
        ("US", "Su esposo es abogado, según tengo registrado, ¿sigue en el mismo trabajo?"),
    ],
)
def test_it_is_neither_threat_nor_law(country: str, agent: str) -> None:
    assert outcomes(agent, country) == [SURE, SURE]


@pytest.mark.parametrize(
    ("country", "agent"),
    [
        ("MX", "Su primo el juez no le va a pagar la cuota."),
        ("CO", "Lo de su primo el juez no cambia su cuenta."),
        ("PE", "Que su prima sea jueza no cambia el saldo de su cuenta."),
        ("AR", "Su cuñado, que es abogado, le va a decir lo mismo de la cuota."),
        ("CL", "El magistrado su tío puede orientarla."),
        ("EC", "Ese primo suyo que es juez no tiene que ver con su caso."),
        ("GT", "Aunque tenga un primo juez, la cuota de su cuenta sigue."),
        ("ES", "Que su hermana la abogada le revise el contrato."),
    ],
)
def test_a_relative_of_the_debtor_by_trade_is_no_lawyer_of_the_agents(country: str, agent: str) -> None:
    verdict = judged(agent, country).verdicts["no_lawyer"]
    assert (verdict.outcome, verdict.needs_review) == SURE


@pytest.mark.parametrize(
    "agent",
    [
        "Mi primo el juez la va a demandar.",
        "Su primo el juez no la va a librar de la demanda que le vamos a poner.",
        "Va a ver a su primo el juez en el juzgado, la vamos a demandar.",
    ],
)
def test_a_lawsuit_beside_a_relative_is_one(agent: str) -> None:
    assert judged(agent).verdicts["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize(
    "agent",
    [
        "Mañana voy al banco con la policía.",
        "Mañana voy con la policía que me cuida.",
    ],
)
def test_a_person_listens_where_only_half_of_it_is_said(agent: str) -> None:
    assert judged(agent).verdicts["no_threats"].needs_review


@pytest.mark.parametrize(
    ("country", "agent"),
    [
        ("MX", "Mañana vamos al banco con la policía y de ahí a su casa."),
        ("CO", "Voy a su casa con la policía que me cuida."),
        ("PE", "Vamos a su trabajo con el policía de turno."),
        ("AR", "Voy con mi primo el policía a su casa."),
        ("CL", "Paso al trabajo con el carabinero de la entrada."),
        ("EC", "Voy con el policía de la entrada a cobrarle."),
        ("GT", "Si no paga voy con el policía de la sucursal."),
        ("US", "Voy con la policía del barrio por usted."),
    ],
)
def test_who_comes_to_the_debtor_threatens(country: str, agent: str) -> None:
    verdict = judged(agent, country).verdicts["no_threats"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", False)


@pytest.mark.parametrize(
    "agent",
    [
        "Mi hermana es abogada y lo va a demandar.",
        "El despacho de abogados está junto al banco y ya tiene su expediente.",
        "Su caso lo ve el abogado que está frente a la sucursal.",
        "Si no paga, nuestro cliente abogado también lo arregla en el juzgado.",
    ],
)
def test_a_lawyer_who_has_the_case_is_not_let_off(agent: str) -> None:
    verdict = judged(agent).verdicts["no_lawyer"]
    assert verdict.outcome == "fail" or verdict.needs_review
