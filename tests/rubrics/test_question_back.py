"""Who only asks back has not been confirmed: what the agent then tells waits, or was told to another."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.checks import identity_first, tells_no_other
from tests.dialogue import dialogue


@pytest.mark.parametrize("back", ["¿De parte de quién?", "¿Quién habla?", "¿Para qué la busca?"])
def test_a_debt_told_after_a_question_back_was_told_unconfirmed(back: str) -> None:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con la señora Nidia Pardo?
        D: {back}
        A: Le llamo del Banco Andino porque tiene una deuda vencida de ochocientos mil pesos.
        D: Ella no está.
        A: Hasta luego.
        """,
        debtor_name="Nidia Pardo",
    )
    found = analyze(call)
    verdict = identity_first.check(call, found, identity_first.Params(debt=("states_debt",)))
    assert verdict.outcome == "fail"
    assert verdict.confidence == identity_first.UNCLEAR_CONFIDENCE  # a person looks
    assert [quote.turn for quote in verdict.evidence] == [2]
    other = tells_no_other.check(call, found, tells_no_other.Params())
    assert other.outcome == "fail"
    assert [quote.turn for quote in other.evidence] == [2]
