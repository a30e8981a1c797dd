"""What an answer to an objection is shown by: never a sentence that is, or may be, mocking or weary."""

from __future__ import annotations

import pytest

from nlp.ladder import Pair
from rubrics.checks import answers_objections
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE
from tests.dialogue import dialogue, found, quote

CALL = dialogue("""
    A: ¿Qué día paga su cuota?
    D: No me alcanza.
    A: A ver si se decide, ¿con cuánto cuenta? Podemos partirla en dos pagos.
""")
MAY_MOCK = found(CALL, "no_money@1", "rude@2*0.45: A ver si se decide")


def met(*said: str) -> Verdict:
    rungs = {
        name: (quote(CALL, f"2: {words}"),) for name, words in zip(("explore", "answer"), said, strict=False)
    }
    pair = Pair(MAY_MOCK.findings[0], (2,), rungs, 0.9, "fits")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_objections, "ladders", lambda *_: (pair,))
        return answers_objections.check(CALL, MAY_MOCK, answers_objections.Params())


def test_what_may_be_mockery_beside_an_answer_is_shown_for_a_person_to_hear() -> None:
    verdict = met("con cuánto cuenta", "partirla en dos pagos")
    assert [one.text for one in verdict.evidence] == ["A ver si se decide", "Podemos partirla en dos pagos"]
    assert (verdict.outcome, verdict.confidence) == ("pass", DOUBTFUL_CONFIDENCE)
    assert verdict.doubt == "Tal vez se responde con dureza (turno 3)."


def test_an_answer_of_nothing_else_waits_for_a_person() -> None:
    verdict = met("con cuánto cuenta")
    assert verdict.outcome == "pass"
    assert verdict.confidence == DOUBTFUL_CONFIDENCE
