"""«Ya, ya. Adiós.» ends the talk; it is no courteous goodbye."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def close(last: str, name: str = "polite_close") -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, le habla Carlos Mota, de Cobranza Total. ¿Hablo con la señora Irma Solís?
        D: Sí, soy yo.
        A: Debe ocho mil pesos desde septiembre. ¿Cuándo va a pagar?
        D: No tengo.
        A: El viernes me paga, ya quedamos.
        D: No, yo no quedé en nada...
        A: {last}
    """)
    return score(call, analyze(call), load_rubric()).verdicts[name]


@pytest.mark.parametrize(
    "last",
    [
        "Ya, ya. Adiós.",
        "Le vuelvo a llamar el lunes. Ya, ya. Adiós.",
        "Bueno, ya. Chao.",
        "Ya no tengo nada más que hablar. Adiós.",
        "Le voy a colgar. Adiós.",
    ],
)
def test_cut_short(last: str) -> None:
    assert close(last).outcome == "fail"


@pytest.mark.parametrize(
    "last",
    [
        "Ya, ya entiendo, señora. Gracias por su tiempo, hasta luego.",
        "Bueno, adiós.",
        "Sí, chau.",
        "Bueno, gracias por atenderme. Adiós.",
        "Ya quedó anotado. Que le vaya bien, hasta luego.",
    ],
)
def test_a_goodbye(last: str) -> None:
    assert close(last).outcome == "pass"


@pytest.mark.parametrize(
    "last",
    [
        "Ay señora, qué desconfiada. Bueno, quédese con su deuda.",
        "Quédese con su deuda, pues. Adiós.",
        "Siga con su cuento. Hasta luego.",
    ],
)
def test_words_that_fail_the_close_fail_courtesy_too(last: str) -> None:
    assert close(last).outcome == "fail"
    assert close(last, "courteous").outcome == "fail"


@pytest.mark.parametrize("last", ["Bye.", "Le mando los datos por mensaje. Chao.", "Ok, bye."])
def test_one_word_of_leave_waits_for_a_person(last: str) -> None:
    verdict = close(last)
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "last",
    [
        "Gracias por su tiempo. Bye.",
        "Que le vaya bien, señora Irma. Chao.",
        "Hasta luego.",
        "Adiós, señora Irma.",
    ],
)
def test_a_farewell_with_a_kind_word_does_not(last: str) -> None:
    verdict = close(last)
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)
