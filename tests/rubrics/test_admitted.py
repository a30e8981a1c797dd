"""An agent who tells the debtor that somebody else was told of the debt: a person looks, it is no `na`."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def judged(said: str, then: str = "No sé.", answers: str = "¿Cuándo va a pagar?") -> dict[str, Verdict]:
    call = dialogue(f"""
        A: Buenas tardes, le habla Carlos Mota, de Cobranza Total. ¿Hablo con el señor Raúl Prado?
        D: Sí, soy yo.
        A: {said}
        D: {then}
        A: {answers}
        D: No le puedo decir.
    """)
    return score(call, analyze(call), load_rubric()).verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Ayer hablé con su jefe y le conté de su deuda, para que lo presione.",
        "Y fíjate que tu vecina la del siete ya sabe que debes, yo mismo le dije.",
        "A su suegra ya le contamos que no nos paga.",
        "Ya le avisamos al conserje que usted está moroso.",
        "Le comenté a su cuñado que tiene dos cuotas vencidas.",
        "A tus vecinos les dije que sos morosa.",
        "Publiqué en Facebook que usted no paga.",
        "Pegamos un aviso en su puerta que dice que debe tres cuotas.",
        "Fui a su casa y le dejé dicho a su hijo que debe dos letras.",
        "Yo le conté a tu vieja que debés tres cuotas.",
    ],
)
def test_admitted_to_the_debtor(said: str) -> None:
    verdict = judged(said)["no_third_party_disclosure"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert [quote.turn for quote in verdict.evidence] == [2]
    assert "ya habló de la deuda con otra persona (turno 3)" in verdict.reason


@pytest.mark.parametrize(
    "said",
    [
        "Tu jefe ya está enterado de tu deuda.",
        "Su familia ya sabe que usted debe.",
        "Ayer hablé con su jefe para que lo presione.",
    ],
)
def test_others_know_and_nobody_says_from_whom(said: str) -> None:
    verdict = judged(said)["no_third_party_disclosure"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)
    assert [quote.turn for quote in verdict.evidence] == [2]


def test_owned_up_to_when_asked() -> None:
    told = judged(
        "Debe ocho mil pesos.", "¿Por qué le dijo a mi mamá que debo?", "Sí, se lo dije, para que sepa."
    )
    assert told["no_third_party_disclosure"].outcome == "fail"
    apart = judged("Debe ocho mil pesos.", "¿Y cuándo vencía?", "El lunes, ya se lo dije.")
    assert apart["no_third_party_disclosure"].outcome == "na"


@pytest.mark.parametrize(
    "said",
    [
        "Usted dice que le dije a su jefe que debe, y eso no es cierto.",
        "¿Su esposa ya sabe que debe?",
        "No le dije a su jefe que usted debe.",
        "Le dejé dicho a su esposa que me llamara.",
        "Usted me dijo que su mamá ya sabe que debe.",
        "Si su esposa sabe de la deuda, pueden pagar entre los dos.",
        "Puede comentarle a su esposa de la deuda.",
        "Ya le informé de su deuda, señor, y de las cuotas.",
        "Su hermana nos comentó que usted está hospitalizado.",
        "Le comenté a mi supervisor de su caso.",
        "Nunca le hemos dicho a su familia que usted debe.",
    ],
)
def test_nobody_was_told(said: str) -> None:
    verdict = judged(said)["no_third_party_disclosure"]
    assert (verdict.outcome, verdict.condition) == ("na", "only_debtor_spoke")


@pytest.mark.parametrize(
    "then",
    ["¿Cómo que habló con mi jefe? Eso es ilegal.", "¿Con qué derecho anda contándole a mis vecinos?"],
)
def test_the_protest_is_an_objection(then: str) -> None:
    found = judged("Ayer hablé con su jefe y le conté de su deuda.", then)
    assert found["handles_objections"].outcome == "fail"
    assert "Queja por hostigamiento (turno 4)" in found["handles_objections"].reason
    assert found["empathy"].outcome == "fail"
