"""«No tengo cómo pagar» is said of money; with a way to pay named beside it, of that."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def objected(debtor: str) -> set[str]:
    call = dialogue(f"A: Le llamo por su cuota vencida de mil pesos.\nD: {debtor}\nA: Entiendo.")
    return {one.label for one in analyze(call).findings}


@pytest.mark.parametrize(
    "said",
    [
        "No tengo cómo pagar este mes.",
        "Me quedé sin trabajo y la verdad no tengo cómo pagar.",
        "no hay forma de pagarle",
    ],
)
def test_it_is_no_trouble_with_a_way_to_pay(said: str) -> None:
    assert "payment_channel" not in objected(said)


@pytest.mark.parametrize(
    "said", ["No tengo cómo pagar porque la app no me deja.", "No hay forma de pagar en la app."]
)
def test_with_a_way_to_pay_it_is_one(said: str) -> None:
    assert "payment_channel" in objected(said)
