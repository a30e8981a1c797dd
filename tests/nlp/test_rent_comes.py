"""Rent that the debtor is paid is income; rent that the debtor pays is a debt."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.utterance import tag
from tests.dialogue import dialogue


@pytest.mark.parametrize(
    "words",
    [
        "Me pagan el arriendo de la pieza y con eso como.",
        "Vivo del alquiler de un local.",
        "Vivo de lo que me alquilan el cuarto.",
        "Del arriendo de la casa vivo yo.",
        "El inquilino me paga la renta el cinco.",
        "Cobro la renta de un cuartito, nada más.",
        "Mi única entrada es la renta del cuarto que alquilo.",
        "No me han pagado el alquiler del local, por eso no he podido.",
    ],
)
def test_rent_that_comes_in_is_no_other_debt(words: str) -> None:
    assert "other_debts" not in {label.id for label in tag(words, "debtor")}


@pytest.mark.parametrize(
    "words",
    [
        "Tengo que pagar el arriendo de la pieza.",
        "Me pagan y con eso pago la renta.",
        "Me pagan el arriendo y con eso pago al banco.",
        "Me están cobrando la renta.",
        "Soy inquilina y debo la renta.",
        "No me da para el alquiler.",
        "De mi sueldo sale la renta.",
        "Cobro y pago la renta.",
    ],
)
def test_rent_that_goes_out_is_one(words: str) -> None:
    assert "other_debts" in {label.id for label in tag(words, "debtor")}


def test_who_lives_on_rent_names_no_other_debt_in_a_call() -> None:
    call = dialogue(
        """
        A: Es por la moto, no sé si podría pagar algo.
        D: Ahorita estoy en la olla. Me pagan el arriendo de la pieza y con eso como.
        """
    )

    assert not analyze(call).of("other_debts")
