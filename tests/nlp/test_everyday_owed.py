"""School costs are no illness, and whoever owns another sum does not deny the debt."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from tests.dialogue import dialogue


def objected(said: str) -> set[str]:
    call = dialogue(
        f"A: Señor Quiroga, tiene una mora de setecientos mil pesos desde agosto.\nD: {said}\nA: Entiendo.",
        country="CO",
        amount_due=700_000,
    )
    return {f.label for f in analyze(call).findings if f.label in objection_ids() and f.quote.turn == 1}


@pytest.mark.parametrize(
    "said",
    [
        "Es que me atrasé con lo del colegio de los niños.",
        "Es que fue lo de la matrícula de la universidad, y me atrasé.",
        "Me atrasé por los útiles de los niños.",
    ],
)
def test_school_costs_are_other_debts_and_no_emergency(said: str) -> None:
    assert "other_debts" in objected(said)
    assert "health_emergency" not in objected(said)


@pytest.mark.parametrize(
    "said",
    [
        "Es que me atrasé porque el niño se cayó en el colegio y lo tuvimos en la clínica.",
        "Es que se me enfermaron los niños y me atrasé.",
        "Me atrasé por lo de la operación de mi mamá.",
        "Me atrasé con lo del colegio porque mi hija estuvo hospitalizada.",
    ],
)
def test_an_illness_stays_one_where_school_is_named(said: str) -> None:
    assert "health_emergency" in objected(said)


@pytest.mark.parametrize(
    "said",
    [
        "Yo no debo setecientos, yo debo quinientos; los otros doscientos son un seguro que nunca pedí.",
        "No le debo setecientos mil pesos, le debo quinientos.",
        "Yo no debo eso, yo debo quinientos mil.",
        "Yo debo quinientos, no setecientos.",
    ],
)
def test_another_sum_owned_is_a_wrong_amount_and_no_denial(said: str) -> None:
    assert "wrong_amount" in objected(said)
    assert "not_my_debt" not in objected(said)


@pytest.mark.parametrize(
    "said",
    [
        "Yo no debo nada, yo nunca saqué ese crédito.",
        "Yo no debo setecientos ni quinientos, yo no le debo nada a nadie.",
        "Yo no debo setecientos, esa deuda no es mía, a mí me suplantaron.",
        "Yo no debo eso, yo nunca pedí ese crédito.",
    ],
)
def test_a_denial_of_the_debt_stays_one(said: str) -> None:
    assert "not_my_debt" in objected(said)


@pytest.mark.parametrize(
    "said",
    [
        "Pues no reconozco ese adeudo, yo no pedí ningún préstamo.",
        "No reconozco ese cargo, yo no firmé nada.",
        "No reconozco ese saldo, nunca tuve tarjeta con ustedes.",
        "Ese cargo no lo reconozco. Yo nunca saqué esa tarjeta.",
        "Yo no reconozco esa cuenta, nunca he pedido un crédito.",
        "¿Por qué me cobran eso? Yo no tengo ninguna deuda con ustedes.",
    ],
)
def test_a_denial_of_the_whole_debt_questions_no_sum(said: str) -> None:
    assert objected(said) & {"not_my_debt", "wrong_amount"} == {"not_my_debt"}


@pytest.mark.parametrize(
    "said",
    [
        "No reconozco ese monto.",
        "No reconozco esa cantidad, yo debía menos.",
        "No reconozco lo que me cobran de más.",
        "No reconozco ese cargo de gastos, yo no lo autoricé.",
        "No reconozco ese total, yo no firmé nada por setecientos mil.",
        "Esa cuenta está mal, yo no pedí nada de eso a plazos.",
        "No reconozco ese cargo extra, yo no pedí nada adicional.",
        "Me cargaron un seguro que nunca pedí.",
    ],
)
def test_a_sum_or_a_charge_in_question_stays_one(said: str) -> None:
    assert "wrong_amount" in objected(said)
