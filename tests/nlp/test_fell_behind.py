"""Hardships of field, road and good faith are objections; what only names such things is none."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from tests.dialogue import dialogue

HARD = {"job_loss", "no_money", "other_debts", "health_emergency"}
CUES = {"harvest_failed", "stood_surety", "cleaned_out"}


def objections(said: str) -> set[str]:
    call = dialogue(f"""
        A: Buenas tardes, ¿hablo con la señora Teresa Robles?
        D: Sí, soy yo.
        A: Le habla Marta Gil, de Crédito Norte. Debe novecientos pesos desde el 5 de noviembre. ¿Qué pasó?
        D: {said}
        A: Perfecto. ¿Y cuándo le vuelven a pagar?
        D: Cada quince.
    """)
    return {f.label for f in analyze(call).findings if f.quote.turn == 3 and f.score >= OPERATING} & HARD


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Se me metió el gusano y la mitad de la milpa se la llevó.", "job_loss"),
        ("La cosecha no dio.", "job_loss"),
        ("La sequía nos dejó sin nada.", "job_loss"),
        ("No ha llovido y no hay pastura.", "job_loss"),
        ("Se me cayó un contrato grande.", "job_loss"),
        ("Nos cortaron el turno de noche.", "job_loss"),
        ("Se me descompuso la camioneta con la que trabajo.", "job_loss"),
        ("Le firmé de garante a mi hijo y el muchacho no pagó.", "other_debts"),
        ("Le salí de fiador a mi compadre y se peló.", "other_debts"),
        ("Me clonaron la tarjeta y me vaciaron.", "no_money"),
        ("Me estafaron con un terreno.", "no_money"),
        ("El patrón nos quedó a deber tres semanas.", "no_money"),
        ("Se me ponchó la camioneta y el arreglo me dejó seca.", "no_money"),
    ],
)
def test_the_hardship_is_heard(said: str, label: str) -> None:
    assert label in objections(said)


@pytest.mark.parametrize(
    "text",
    [
        "La cosecha sí dio, gracias a Dios.",
        "Si la cosecha no da, no pago.",
        "Se me descompuso el celular, por eso no contesté.",
        "Se me cayó la llamada.",
        "Me cortaron la llamada.",
        "La lluvia no me deja oír.",
        "Soy garante de mi hijo.",
        "Salí de garante con ustedes.",
        "Ustedes me estafaron con una tarjeta.",
        "Esto es una estafa.",
        "El banco me debe tres semanas de intereses.",
        "Me salió mal la transferencia.",
    ],
)
def test_what_only_names_such_things_is_none(text: str) -> None:
    assert not CUES & hear(text, "debtor").found.keys()
