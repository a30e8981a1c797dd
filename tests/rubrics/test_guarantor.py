"""Who answers for the debt beside the debtor, and says so: a country's law tells if they may know."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.checks import identity_first, tells_no_other
from rubrics.types import Verdict
from tests.dialogue import dialogue

SURE = 0.6


def judged(answer: str, speaker: str = "O", *, may_know: bool = False) -> tuple[Verdict, Verdict]:
    """Whether another was told, and whether the debtor was made sure of, where `answer` is all that is known
    of the listener.
    """
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con don Luis Pérez?
        {speaker}: {answer}
        A: El préstamo de don Luis tiene un saldo vencido de dos mil pesos desde agosto.
        {speaker}: Ya, voy a ver cómo le hago.
        """
    )
    found = analyze(call)
    other = tells_no_other.check(call, found, tells_no_other.Params(guarantor_may_know=may_know))
    return other, identity_first.check(call, found, identity_first.Params())


GUARANTORS = [
    "No está, yo soy su fiador.",
    "No, soy Marta Gómez, soy su aval.",
    "No se encuentra, habla la codeudora.",
    "No está, pero yo firmé como garante.",
    "No está, yo le salí de fiadora.",
    "No, él no está, yo soy obligado solidario.",
]
OTHERS = [
    "No está, soy la esposa del aval.",
    "No está, y yo no soy su aval, soy su hermana.",
    "No está, dicen que soy su fiador pero yo no firmé nada.",
    "No está, yo nunca fui codeudor de nadie.",
    "No está, su garante es mi hermano.",
]


@pytest.mark.parametrize("answer", GUARANTORS)
def test_to_tell_a_guarantor_waits_for_a_person(answer: str) -> None:
    for verdict in judged(answer):
        assert verdict.outcome == "fail"
        assert verdict.confidence < SURE
        assert verdict.doubt == tells_no_other.GUARANTOR


@pytest.mark.parametrize("answer", GUARANTORS)
def test_where_the_law_lets_a_guarantor_know_nobody_else_was_told(answer: str) -> None:
    told, _ = judged(answer, may_know=True)
    assert (told.outcome, told.confidence >= SURE) == ("pass", True)


@pytest.mark.parametrize("may_know", [False, True])
@pytest.mark.parametrize("answer", OTHERS)
def test_who_is_no_guarantor_was_told(answer: str, may_know: bool) -> None:
    told, _ = judged(answer, may_know=may_know)
    assert told.outcome == "fail"
    assert told.confidence >= SURE


def test_in_the_channel_of_the_debtor_too() -> None:
    told, asked = judged("No, soy Marta Gómez, soy su aval.", "D")
    assert max(told.confidence, asked.confidence) < SURE


def test_who_had_the_phone_before_the_guarantor_was_told() -> None:
    call = dialogue(
        """
        A: ¿Hablo con don Luis Pérez?
        O: No está, soy su vecina.
        A: Es que lleva tres cuotas vencidas.
        O: Ah, le paso a su fiador, ahorita se lo paso.
        O: Hola, yo soy el fiador.
        """
    )
    told = tells_no_other.check(call, analyze(call), tells_no_other.Params(guarantor_may_know=True))
    assert told.outcome == "fail"
    assert told.confidence >= SURE
