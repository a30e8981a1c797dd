"""«Cuando quiera», «como guste»: soft where they answer the request, not where another question."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def softly(debtor: str, agent: str) -> set[str]:
    call = dialogue(f"""
        A: Señora Olvera, tiene un adeudo de mil setecientos cincuenta pesos. ¿Cuándo lo va a liquidar?
        D: {debtor}
        A: {agent}
        D: Bueno.
    """)
    return {f.label for f in analyze(call).of("hedge", "gives_up") if f.quote.turn == 2}


@pytest.mark.parametrize(
    ("debtor", "agent"),
    [
        ("El quince. ¿Y si me llega antes le puedo pagar antes?", "Claro que sí, cuando quiera."),
        ("El quince. ¿Y la puedo llamar si tengo dudas?", "Con gusto, cuando usted quiera."),
        ("El quince los mil. ¿Le puedo marcar?", "Claro, cuando guste. Mil el quince, ¿correcto?"),
        ("el quince y si junto antes le abono antes", "cuando quiera"),
        ("¿Le puedo pagar el viernes en el banco o en la tienda?", "Como guste, señora. ¿El viernes cuatro?"),
        ("El viernes. ¿Lo puedo hacer por transferencia?", "Como usted prefiera. ¿Los mil, el viernes?"),
    ],
)
def test_what_was_asked_besides_may_be_granted(debtor: str, agent: str) -> None:
    assert softly(debtor, agent) == set()


@pytest.mark.parametrize(
    ("debtor", "agent"),
    [
        ("¿Y cuándo le pago?", "Cuando guste, sin problema."),
        ("No tengo ahorita. ¿Le puedo pagar la otra semana?", "Claro que sí, cuando quiera, sin problema."),
        ("No tengo, yo le puedo llamar cuando tenga.", "Claro que sí, cuando quiera, sin problema."),
        ("El quince. ¿Y la puedo llamar si tengo dudas?", "Cuando quiera, y si no puede, ni modo."),
        ("¿Se lo pago en una semana o en dos?", "Como guste, sin problema."),
    ],
)
def test_the_payment_itself_may_not(debtor: str, agent: str) -> None:
    assert "gives_up" in softly(debtor, agent)
