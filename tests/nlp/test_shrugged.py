"""«Anote lo que quiera» agrees to nothing; «anótelo, por favor» does."""

from __future__ import annotations

import datetime

import pytest

from nlp.promises import weighed
from nlp.types import Promise
from tests.dialogue import dialogue

ON = datetime.date(2026, 3, 11)  # a Wednesday
CALL = """
    A: Su saldo vencido es de 2340 pesos. ¿Qué pasó con su pago?
    D: Se me juntaron los gastos de la escuela y no me alcanzó.
    A: Le anoto entonces mil pesos para el viernes trece, ¿le parece?
    D: {}
    A: Bueno, mil pesos el viernes trece queda anotado.
    D: {}
"""


def promised(said: str, then: str) -> Promise | None:
    return weighed(
        dialogue(CALL.format(said, then), call_started_at=ON, country="MX", amount_due=2340)
    ).promise


@pytest.mark.parametrize("then", ["Mhm, ajá. Adiós.", "Ajá.", "ya ya", "Bueno, ajá, hasta luego."])
@pytest.mark.parametrize(
    "said",
    [
        "Pues usted anote lo que quiera.",
        "Póngale lo que se le antoje, de todos modos no tengo.",
        "Registre lo que guste, yo no tengo.",
        "Apunte usted lo que le dé la gana.",
        "anotá lo que se te cante",
        "Haga lo que quiera.",
        "Escriba ahí lo que le provoque, mijo.",
        "Usted ponga la fecha que quiera.",
        "pon lo que quieras",
        "Déjelo como quiera, yo no le puedo asegurar nada.",
        "Invente lo que se le ocurra.",
        "Por mí apunte lo que le pinte.",
    ],
)
def test_a_shrug_is_no_yes(said: str, then: str) -> None:
    assert promised(said, then) is None


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("Pues usted anote lo que quiera.", "Sí, ándele, bye."),
        ("Apunte usted lo que le dé la gana.", "Que sí, que sí. Adiós."),
        ("Lo que usted diga, señorita, total.", "Ajá."),
        ("Como usted mande.", "Mhm."),
        ("Sí, sí, lo que sea, ya déjeme trabajar.", "Ya. Adiós."),
        ("Me da igual.", "Bueno, adiós."),
        ("Ponga el día que quiera, que yo se lo pago.", "Ajá."),
    ],
)
def test_a_yes_that_may_be_a_way_out_waits(said: str, then: str) -> None:
    found = promised(said, then)

    assert found is None or not found.counts


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("Sí, anótelo, por favor.", "Ajá, gracias."),
        ("Está bien, como usted diga.", "Sí, correcto."),
        ("De acuerdo, ponga lo que quedamos.", "Gracias."),
        ("Anote: mil pesos el viernes trece.", "Ajá."),
        ("Anote lo que le digo: el viernes le pago los mil.", "Mhm, adiós."),
        ("Registre lo que guste.", "Sí, está bien, ahí le deposito mil el viernes."),
        ("Ponga lo que quiera.", "Bueno, sí, los mil pesos se los pago el viernes."),
        ("Sí, claro, lo que sea necesario.", "Sí, así queda."),
        ("Claro que sí, apúntelo.", "Igualmente, adiós."),
    ],
)
def test_a_yes_beside_such_words_counts(said: str, then: str) -> None:
    found = promised(said, then)

    assert found is not None
    assert found.counts


def test_a_shrug_at_a_detail_undoes_no_word_given() -> None:
    call = dialogue(
        """
        A: Su saldo vencido es de 2340 pesos. ¿Cuánto y qué día?
        D: Le pago mil pesos el viernes trece.
        A: Mil el viernes trece, ¿le pongo en la mañana o en la tarde?
        D: Ponga lo que quiera.
        A: Queda entonces mil pesos el viernes trece.
        D: Ajá, gracias.
        """,
        call_started_at=ON,
        country="MX",
        amount_due=2340,
    )
    found = weighed(call).promise

    assert found is not None
    assert found.counts
