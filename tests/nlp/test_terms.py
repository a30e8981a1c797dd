"""What a debtor asks in return for paying, and what the agent answers."""

from __future__ import annotations

import pytest

from nlp.terms import grants, in_question, offers, terms_in


@pytest.mark.parametrize(
    ("said", "borne", "less"),
    [
        ("Si me la dejan en menos, la pago hoy.", "Si me la dejan en menos, la pago hoy", True),
        ("Mire. La pago mañana si me la bajan. ¿Sí?", " La pago mañana si me la bajan", True),
        ("Siempre y cuando me hagan una rebaja, pago.", "Siempre y cuando me hagan una rebaja, pago", True),
        ("Si me pueden quitar la mora, se la pago.", "Si me pueden quitar la mora, se la pago", True),
        ("Si me espera al lunes, le pago.", "Si me espera al lunes, le pago", False),
        ("Si me lo parten en dos, le doy mil.", "Si me lo parten en dos, le doy mil", False),
        ("Si me lo dejan en dos pagos, le doy mil.", "Si me lo dejan en dos pagos, le doy mil", False),
    ],
)
def test_terms_bear_on_their_sentence(said: str, borne: str, less: bool) -> None:
    terms = terms_in(said)

    assert terms is not None
    assert said[terms.start : terms.end].strip() == borne.strip()
    assert terms.less is less


@pytest.mark.parametrize(
    "said",
    [
        "Sí me quitan horas, pero le pago el viernes.",
        "Si Dios quiere, le pago el viernes.",
        "No sé si alcance, le pago quinientos el viernes.",
        "Le pago el viernes.",
    ],
)
def test_what_sets_no_terms(said: str) -> None:
    assert terms_in(said) is None


@pytest.mark.parametrize(
    ("said", "granted"),
    [
        ("Sí, se la dejo en noventa mil, pero no se tarde.", True),
        ("Claro, no hay problema.", True),
        ("Le quito los intereses.", True),
        ("No se lo quito.", False),
        ("Quitas no hay para usted.", False),
        ("El descuento no me lo autorizan.", False),
        ("Déjeme preguntar.", None),
        ("¿Y qué más quiere, un café?", None),
    ],
)
def test_answer_to_terms(said: str, granted: bool | None) -> None:
    assert grants(said) is granted


def test_offer_of_the_agents_own_accord() -> None:
    assert offers("Si paga hoy, le queda en noventa mil.")
    assert not offers("Son noventa mil.")


def test_figure_thrown_back_as_a_question() -> None:
    said = "¿Noventa mil? El lunes, ¿le parece?"

    assert in_question(said, said.index("?"))
    assert not in_question(said, said.index(","))
