"""Whole calls in which what suspends the criteria is told in everyday words: a machine that answers for its
owner, «corto», a payment withheld until the product is mended.
"""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Outcome
from tests.dialogue import dialogue


def outcomes(call: str) -> dict[str, Outcome]:
    transcript = dialogue(call)
    card = score(transcript, analyze(transcript), load_rubric())
    return {criterion: verdict.outcome for criterion, verdict in card.verdicts.items()}


def test_assistant_that_answers_for_its_owner_is_a_machine() -> None:
    found = outcomes(
        """
        D: Hola, soy el asistente virtual de Marisa. Diga su nombre y el motivo, por favor.
        A: Buenos días, soy Iñaki Zubieta, de Ebro Gestión. Quería hablar con doña Marisa Alcalde en persona.
        D: ¿Podría indicar el motivo de su llamada?
        A: Es un asunto personal.
        D: Marisa no está disponible. Puede dejar un mensaje después de la señal.
        A: Doña Marisa, soy Iñaki Zubieta, de Ebro Gestión. Volveré a llamarla mañana. Muchas gracias.
        """
    )
    assert {found[one] for one in ("verifies_identity", "handles_objections", "firm")} == {"na"}


BROKEN = """
    A: Buenos días. Rebeca Lozano, de Recobros Duero. ¿Don Julián Prieto?
    D: Al aparato.
    A: Tiene usted pendiente la factura de la caldera, novecientos cuarenta euros, desde el veinte de febrero.
    D: {}
    A: Eso no tiene nada que ver con la factura. ¿Cuándo va a pagar?
    D: {}
    A: Yo solo le cobro. ¿Lo paga hoy con tarjeta?
    D: Adiós.
"""


@pytest.mark.parametrize(
    ("told", "until"),
    [
        (
            "Es que la caldera no calienta, la pusieron y no funciona.",
            "Hasta que no la arreglen, no pago ni un duro.",
        ),
        ("El refrigerador salió malo, no enfría, no sirve.", "No pago hasta que me lo cambien."),
    ],
)
def test_payment_withheld_until_mended_is_a_dispute(told: str, until: str) -> None:
    found = outcomes(BROKEN.format(told, until))
    assert {found[one] for one in ("firm", "offers_alternatives", "gets_commitment")} == {"na"}


@pytest.mark.parametrize(("last", "outcome"), [("corto", "na"), ("ando corto de plata", "fail")])
def test_corto_hangs_up(last: str, outcome: Outcome) -> None:
    found = outcomes(
        f"""
        A: buenos días maritza olivares de cobranza austral hablo con don patricio henriquez
        D: sí con él dígame
        A: usted tiene 3 cuotas morosas desde enero son 412000 pesos necesito que me cancele hoy
        D: hoy no puedo no tengo
        A: algo tendrá don patricio 100000 pesos para hoy
        D: me está amenazando esto lo voy a llevar al sernac
        A: usted sabrá qué hace
        D: {last}
        """
    )
    assert found["follow_up"] == outcome
