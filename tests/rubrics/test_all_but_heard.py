"""What was all but heard, and what is only likely: the best guess is kept, and a person hears it first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nlp.analyze import analyze
from nlp.types import Findings, Near, Promise
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

CALL = dialogue(
    """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?
    D: Sí, soy yo.
    A: Tiene un saldo vencido de mil pesos desde el tres de marzo. ¿Cuándo podría pagar?
    D: El viernes le pago los mil pesos.
    A: Entonces mil pesos el viernes, ¿de acuerdo?
    D: De acuerdo.
    A: Muy bien.
    """,
    country="MX",
    call_started_at=date(2026, 3, 11),
)


def judged(found: Findings) -> dict[str, Verdict]:
    card = score(CALL, found, load_rubric())
    keeps_the_invariants(CALL, card)
    return card.verdicts


def promise() -> Promise:
    heard = analyze(CALL).promise
    assert heard is not None
    assert heard.firm
    return heard


@pytest.mark.parametrize(("probability", "waits"), [(0.99, False), (0.7, True)])
def test_a_promise_that_is_only_likely_waits(probability: float, *, waits: bool) -> None:
    found = replace(analyze(CALL), promise=replace(promise(), probability=probability))
    verdicts = judged(found)
    for name in ("gets_commitment", "reads_back_agreement"):
        assert verdicts[name].outcome == "pass", name
        assert verdicts[name].needs_review is waits, name
    assert verdicts["gets_commitment"].doubt.startswith("No es seguro") is waits


def test_a_promise_in_so_many_words_is_sure() -> None:
    assert not promise().doubtful


@pytest.mark.parametrize(
    ("criterion", "near"),
    [("follow_up", Near("follow_up", 6, 0.4)), ("explains_benefit", Near("explains_benefit", 2, 0.3))],
)
def test_what_was_all_but_heard_is_not_surely_absent(criterion: str, near: Near) -> None:
    bare = replace(analyze(CALL), nearly=())
    assert not judged(bare)[criterion].needs_review
    verdict = judged(replace(bare, nearly=(near,)))[criterion]
    assert verdict.outcome == "fail"
    assert verdict.needs_review
    assert f"Tal vez está dicho de otro modo (turno {near.turn + 1})" in verdict.doubt


def test_a_call_that_comes_near_a_promise_is_not_surely_without_one() -> None:
    found = replace(analyze(CALL), promise=None, nearly=(Near("promise", 3, 0.3),))
    verdict = judged(found)["gets_commitment"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert not judged(replace(found, nearly=()))["gets_commitment"].needs_review


def test_what_is_taught_comes_with_how_likely_it_is() -> None:
    heard = promise()
    assert 0.9 <= heard.probability <= 1
    assert heard.amount == Decimal(1000)


def test_what_was_recognised_before_anything_was_found_to_recognise_makes_a_person_look() -> None:
    call = dialogue(
        """
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?
        D: Sí, soy yo.
        A: Tiene un saldo vencido de mil pesos desde el tres de marzo. ¿Qué pasó?
        D: Se me atravesó un Torton, señorita.
        A: Entiendo lo difícil que debe ser para usted. ¿Y ahora?
        D: Me quedé sin trabajo y no tengo dinero.
        A: ¿Cuánto puede pagar el viernes?
        D: Nada.
        A: Gracias, hasta luego.
        """
    )
    verdict = score(call, analyze(call), load_rubric()).verdicts["empathy"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert "Antes sí reconoció algo (turno 5)" in verdict.reason
