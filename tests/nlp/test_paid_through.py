"""An instalment that the employer, the pension fund or the bank takes is paid: there is none to ask for."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.types import Findings
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue
from transcripts.types import Transcript

SENDS = "Mándeme foto del recibo y yo lo reclamo a la empresa."
BARGAIN = ("firm", "offers_alternatives", "gets_commitment")


def heard(debtor: str, agent: str) -> tuple[Transcript, Findings]:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con la señora Teresa Robles?
        D: Sí, soy yo.
        A: Le habla Marta Gil, de Crédito Norte. Tiene pendiente la cuota de novecientos pesos del cinco.
        D: {debtor}
        A: {agent}
        D: Ah, bueno.
        A: Muchas gracias, señora Teresa, hasta luego.
        """,
        country="MX",
    )
    return call, analyze(call)


@pytest.mark.parametrize("agent", [SENDS, "Ah, eso cambia todo, no se preocupe, usted ya cumplió."])
@pytest.mark.parametrize(
    "debtor",
    [
        "A mí me lo descuentan por nómina, si no cayó es bronca de ustedes; en mi talón dice novecientos.",
        "La empresa me lo retuvo en la quincena, aquí está el recibo.",
        "Me lo quitan de la pensión y este mes también me lo quitaron.",
        "Está domiciliado y el banco ya me lo cargó.",
        "A mí me lo rebajan por planilla y la boleta lo dice clarito.",
        "La empresa ya me lo descontó, en el desprendible sale.",
    ],
)
def test_what_a_third_hand_takes_is_paid(debtor: str, agent: str) -> None:
    call, findings = heard(debtor, agent)
    found = score(call, findings, load_rubric()).verdicts

    assert [one.quote.turn for one in findings.of("already_paid")][:1] == [3]
    assert [found[name].outcome for name in BARGAIN] == ["na"] * 3
    assert found["handles_objections"].outcome == "pass"


@pytest.mark.parametrize(
    "debtor",
    [
        "Todavía no me lo descuentan por nómina.",
        "¿Y no me lo pueden descontar de la nómina?",
        "Quiero que me lo descuenten por nómina.",
        "A mí me lo iban a descontar por nómina pero no me lo descontaron.",
        "Antes me lo descontaban por nómina, pero cambié de trabajo.",
        "Si me lo descuentan de la quincena no me queda nada.",
        "El banco me retuvo la quincena por otra deuda.",
        "Me descuentan mucho del sueldo, por eso no alcanza.",
    ],
)
def test_what_was_not_taken_is_not_paid(debtor: str) -> None:
    assert not heard(debtor, "La entiendo.")[1].of("already_paid")
