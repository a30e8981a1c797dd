"""How much and since when, told without the currency and without «vencida»; and what sounds like it."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from tests.dialogue import dialogue


def heard(text: str) -> set[str]:
    return {name for name in ("amount_said", "lateness_said") if name in hear(text, "agent").found}


@pytest.mark.parametrize(
    "text",
    [
        "la cuota del micro crédito del 25 de septiembre 142 con 75 va 20 días de vencida",
        "quedaron abiertas la del 10 de junio y la del 10 de julio de 96000 cada una o sea 192000",
        "hay tres descuentos que no entraron, el más viejo del treinta de diciembre, y suman cinco mil",
        "son dos cuotas, la del cinco de febrero y la del cinco de marzo, entre las dos son 297000",
    ],
)
def test_sum_and_since_when_are_heard(text: str) -> None:
    assert heard(text) == {"amount_said", "lateness_said"}


@pytest.mark.parametrize(
    "text",
    [
        "debe doce UF",
        "debe 12,5 UF",
        "son doce unidades de fomento",
        "adeuda mil quinientas UDIS",
        "son 90 UVR",
    ],
)
def test_a_sum_in_units_of_account_is_heard(text: str) -> None:
    assert "amount_said" in heard(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("es la cuota 3 con 20 días", "amount_said"),
        ("puede pagar la del 5 de abril cuando cobre", "lateness_said"),
    ],
)
def test_hours_counts_and_days_to_pay_are_not(text: str, label: str) -> None:
    assert label not in heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Debe la cuota del cinco de noviembre.",
        "Nos debe el pago del cinco de noviembre.",
        "Su cuota del quince de octubre no se ha pagado.",
        "Tiene pendiente la mensualidad del tres de noviembre.",
        "Adeuda la parcialidad del doce de noviembre.",
        "La cuota del cinco de noviembre sigue pendiente.",
        "Tiene una letra vencida, la del diez de octubre.",
    ],
)
def test_an_instalment_that_is_owed_is_no_plan_held_out(text: str) -> None:
    found = hear(text, "agent").found
    assert "states_debt" in found
    assert "offer_plan" not in found


@pytest.mark.parametrize(
    "text",
    [
        "Puede pagar solo la cuota de noviembre.",
        "Puede dar un abono del treinta por ciento y el resto en dos pagos.",
        "Debe la cuota de mil, puede abonar la mitad hoy y la otra mitad el lunes.",
        "Debe dar un abono de quinientos hoy y el resto el viernes.",
    ],
)
def test_a_plan_held_out_beside_it_is_one(text: str) -> None:
    assert "offer_plan" in hear(text, "agent").found


@pytest.mark.parametrize(
    "text", ["se nos murió la vaca", "a mí ese internet se me murió el treinta de abril"]
)
def test_a_thing_or_a_beast_that_died_is_no_death(text: str) -> None:
    assert not {"death_told", "someone_died", "grave_case"} & hear(text, "debtor").found.keys()


@pytest.mark.parametrize("text", ["se me murió mi mamá", "choqué el carro y se me murió mi papá"])
def test_one_of_the_family_is(text: str) -> None:
    assert "death_told" in hear(text, "debtor").found


@pytest.mark.parametrize(
    "said",
    [
        "Soy Tomás Arriaga, de Financiera Roble, tiene un recibo devuelto.",
        "El banco nos devolvió el recibo del día cinco.",
        "Nos ha venido devuelto el recibo de noviembre.",
        "El cinco de noviembre le pasamos un recibo de mil ochocientos euros y vino devuelto.",
        "El recibo de noviembre nos lo ha devuelto el banco.",
    ],
)
def test_a_bill_sent_back_is_the_debt(said: str) -> None:
    call = dialogue(f"""
        A: Buenas tardes. {said}
        D: ¿Yo?
        A: Sí, ¿es usted Elisa Montes?
        D: Sí.
    """)
    assert analyze(call).people.debt_turn == 0


@pytest.mark.parametrize(
    "said",
    [
        "Le hemos devuelto el recibo a su cuenta.",
        "¿Conserva el recibo?",
        "No nos han devuelto ningún recibo.",
    ],
)
def test_other_bills_and_refunds_are_not(said: str) -> None:
    assert "returned_bill" not in hear(said, "agent").found
