"""The reason asked for, with marks and without; what is told back asks nothing."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def asks_reason(asked: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, ¿hablo con la señora Teresa Robles?
        D: Sí, soy yo.
        A: le habla marta gil de credito norte tiene pendiente la cuota de 900 del 5 de noviembre {asked}
        D: Es que me bajaron las horas en la fábrica y no me alcanzó.
        A: Entiendo, señora Teresa, qué difícil que le bajen las horas. Mire, hay opciones.
        D: Dígame.
        A: La mitad el quince y la mitad el treinta.
        D: Bueno.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["asks_reason"]


@pytest.mark.parametrize(
    "asked",
    [
        "a que se debio",
        "a que se debe el atraso",
        "que le impidio pagar",
        "por que no se pudo",
        "a que obedece",
        "¿Fue olvido o no le alcanzó?",
        "¿A qué le atribuye el atraso?",
        "¿Qué hizo que se le pasara la fecha?",
        "¿Qué se le juntó?",
        "¿Qué se le vino encima?",
        "¿Cómo estuvo que se quedó sin pagar?",
        "¿Por dónde se le fue la cuota esta vez?",
        "Me extrañó en usted, ¿todo bien por allá?",
    ],
)
def test_the_reason_is_asked_for(asked: str) -> None:
    assert asks_reason(asked).outcome == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "Entiendo todo lo que se le juntó.",
        "Ya sé a qué se debe, no se preocupe.",
        "Lo que le impidió pagar lo entiendo.",
        "¿Por qué no se pudo comunicar?",
        "Le explico a qué se debe el cargo.",
        "Veo que se le complicó el mes.",
        "¿A qué se debe el gusto?",
    ],
)
def test_what_is_told_back_asks_nothing(text: str) -> None:
    assert "asks_why" not in hear(text, "agent").found
