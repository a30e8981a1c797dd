"""A debtor who does not let the call be recorded: nothing that comes after is a sure fail."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

AFTER = (
    *("states_purpose", "asks_reason", "firm", "offers_alternatives", "explains_benefit", "gets_commitment"),
    "follow_up",
)
LEAVES = (
    "Comprendo, señor Quiroga. Sin la grabación no podemos continuar. Gracias por su tiempo, hasta luego."
)


def verdicts(refusal: str, *rest: str, country: str = "MX") -> dict[str, Verdict]:
    opening = (
        "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Mario Quiroga?",
        "D: Sí, soy yo.",
        "A: Le informo que esta llamada se graba. ¿Me confirma los últimos dígitos de su documento?",
        f"D: {refusal}",
    )
    call = dialogue("\n".join((*opening, *rest)), country=country)
    return score(call, analyze(call), load_rubric()).verdicts


@pytest.mark.parametrize(
    ("country", "refusal"),
    [
        ("MX", "No quiero que me grabe."),
        ("CO", "No autorizo la grabación de esta llamada."),
        ("AR", "Yo no doy mi consentimiento para que me graben."),
        ("CL", "No acepto que se grabe."),
        ("PE", "Le prohíbo que me grabe, señorita."),
        ("EC", "Si me están grabando yo no hablo."),
        ("ES", "Me opongo a que se grabe la conversación."),
        ("GT", "Apague la grabación, por favor."),
        ("US", "No me grabe, no tiene permiso."),
    ],
)
@pytest.mark.parametrize(
    "leave",
    [
        LEAVES,
        "Entiendo. Como la llamada se graba siempre, no puedo seguir. Que tenga buena tarde.",
        "Respeto su decisión, doy por terminada la llamada. Puede pasar a nuestra oficina. Hasta luego.",
    ],
)
def test_who_ends_it_politely_had_no_chance(country: str, refusal: str, leave: str) -> None:
    found = verdicts(refusal, f"A: {leave}", "D: Adiós.", country=country)
    assert {name: found[name].outcome for name in AFTER} == dict.fromkeys(AFTER, "na")
    assert found["polite_close"].outcome == "pass"
    assert found["greeting_identification"].outcome == "pass"
    assert found["handles_objections"].outcome != "fail" or found["handles_objections"].needs_review


def test_who_goes_on_is_seen_by_a_person() -> None:
    found = verdicts(
        "No quiero que me grabe.",
        "A: Es obligatorio. Debe mil cuatrocientos pesos. ¿Cuándo paga?",
        "D: No sé.",
        "A: Bueno, gracias, hasta luego.",
    )
    assert all(found[name].needs_review for name in AFTER if found[name].outcome != "pass")


def test_what_was_told_before_the_refusal_stands() -> None:
    found = verdicts(
        "Cuarenta y dos.",
        "A: Debe mil cuatrocientos pesos desde hace dos meses.",
        "D: No autorizo la grabación.",
        f"A: {LEAVES}",
    )
    assert found["states_purpose"].outcome == "pass"
    assert found["firm"].outcome == "na"


@pytest.mark.parametrize(
    "said",
    [
        "No me importa que me grabe.",
        "No tengo problema con que se grabe.",
        "No quiero grabar un mensaje.",
        "Cuarenta y dos.",
        "Bueno, grabe nomás. Cuarenta y dos.",
    ],
)
def test_who_refuses_nothing_is_spoken_with(said: str) -> None:
    found = verdicts(said, "A: Gracias, hasta luego.", "D: Adiós.")
    assert "grabar" not in found["firm"].reason


def test_who_lets_it_be_after_all_is_spoken_with() -> None:
    found = verdicts(
        "No quiero que me grabe.",
        "A: La grabación protege a los dos, señor Quiroga. ¿Me permite continuar?",
        "D: Bueno, está bien, que se grabe.",
        "A: Debe mil cuatrocientos pesos desde hace dos meses. ¿Qué pasó con el pago?",
        "D: No tengo dinero.",
        "A: Gracias, hasta luego.",
    )
    assert found["states_purpose"].outcome == "pass"
    assert found["offers_alternatives"].outcome == "fail"
