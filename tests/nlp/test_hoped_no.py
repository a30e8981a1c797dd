"""A no that confirms: to «no me vaya a fallar», to «¿algún inconveniente?», and «no le fallo» by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlp.readback import read_back_of
from tests.dialogue import dialogue


def confirmed(asked: str, answer: str) -> bool:
    lines = f"""
        D: Los novecientos se los pago el treinta.
        A: Le anoto novecientos el treinta. {asked}
        D: {answer}
        """
    call = dialogue(lines, country="MX", call_started_at=date(2026, 11, 18), amount_due=900)
    said, yes = read_back_of(call, 0, Decimal(900), date(2026, 11, 30), Decimal(900))
    assert said is not None
    return yes is not None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("No me vaya a fallar.", "No, señorita."),
        ("no me vaya a fallar", "no seño"),
        ("No me vaya a fallar, ¿eh?", "No, no, yo cumplo."),
        ("No me vaya a quedar mal.", "No, señorita, ahí va a estar."),
        ("¿No se le va a olvidar?", "No, cómo cree."),
        ("¿No te vas a olvidar, no?", "No, quedate tranquila."),
        ("No vaya a embarcarme, señora.", "No, niña, cómo va a creer."),
        ("¿Me va a quedar mal?", "No, para nada."),
        ("No me falles, ¿eh?", "no mujer no te preocupes"),
        ("No se me vaya a echar para atrás.", "Nunca, licenciado."),
        ("¿Algún inconveniente?", "No, no, todo bien."),
        ("¿Hay algún problema con eso?", "No hay problema."),
        ("¿Algo que no le quede claro?", "No, clarísimo."),
        ("¿Le molesta si le mando un recordatorio?", "No, mándelo nomás."),
        ("", "No le quedo mal."),
        ("", "No se me olvida."),
        ("", "No, no le voy a fallar."),
        ("", "No tenga pena, ahí le caigo."),
        ("", "No te hagas problema."),
    ],
)
def test_a_no_that_does_what_was_hoped_for_confirms(asked: str, answer: str) -> None:
    assert confirmed(asked, answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("No me vaya a fallar.", "No, espere, yo dije el treinta y uno."),
        ("No me vaya a fallar.", "No, no me presione."),
        ("No me vaya a fallar.", "No, señorita, mejor el quince."),
        ("No me vaya a fallar.", "No, es que ese día no trabajo."),
        ("No me vaya a fallar.", "No le fallo si me pagan."),
        ("No me vaya a fallar. ¿Le queda claro?", "No, señorita."),
        ("¿No se le va a olvidar?", "No, pero no le aseguro que me paguen."),
        ("¿Algún inconveniente?", "No me alcanza."),
        ("¿Alguna duda? ¿Se lo anoto?", "No."),
        ("¿Está de acuerdo?", "No, señorita."),
        ("¿Lo puede hacer?", "No, cómo cree."),
        ("¿Le parece?", "No, para nada."),
        ("", "No, señorita."),
        ("", "No hay problema si me esperan hasta el quince."),
    ],
)
def test_a_no_to_the_agreement_or_one_that_is_taken_back_confirms_nothing(asked: str, answer: str) -> None:
    assert not confirmed(asked, answer)
