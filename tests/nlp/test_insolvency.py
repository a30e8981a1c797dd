"""Insolvency is a special case; an empty purse or a failed business is none."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Estoy en un proceso de insolvencia, lo lleva el juzgado tercero.",
        "Me declaré en bancarrota en febrero.",
        "Yo pedí mi propia quiebra.",
        "Estoy en concurso de acreedores desde junio.",
        "Me acogí a la ley 1564.",
        "Yo hice capítulo siete con un abogado.",
    ],
)
def test_insolvency_is_heard(said: str) -> None:
    assert "insolvent" in hear(said, "debtor").found


@pytest.mark.parametrize(
    "said",
    [
        "Ando en bancarrota, ya sabe cómo está la cosa.",
        "La empresa donde trabajo se declaró en quiebra.",
        "Me voy a declarar en bancarrota si siguen.",
        "Yo no me he declarado en quiebra.",
        "Voy por el capítulo siete de la novela.",
    ],
)
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert "insolvent" not in hear(said, "debtor").found


def test_the_court_asked_for_is_no_lawyer_and_a_lawsuit_is() -> None:
    asked = verdicts("¿En qué juzgado está su quiebra?")["no_lawyer"]
    assert (asked.outcome, asked.needs_review) == ("pass", False)
    assert verdicts("Pues lo vamos a demandar en el juzgado por su quiebra.")["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize(
    "answer",
    [
        "Entiendo. Suspendo la gestión, verifico con el área y le llamo el jueves con lo que resulte.",
        "¿En qué juzgado está su proceso? Anoto y suspendo la gestión.",
    ],
)
def test_who_checks_it_asks_for_no_payment_and_for_no_other_reason(answer: str) -> None:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días.
        D: Me declaré en bancarrota en febrero, lo lleva el juzgado tercero.
        A: {answer}
        D: Bueno, gracias.
        A: Gracias a usted, hasta luego.
        """,
        country="CO",
    )
    judged = score(call, analyze(call), load_rubric()).verdicts
    assert judged["asks_reason"].outcome == "pass"
    assert {judged[name].outcome for name in ("firm", "gets_commitment", "offers_alternatives")} == {"na"}
