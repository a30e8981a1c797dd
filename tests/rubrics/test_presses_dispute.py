"""Who has to pay is somebody else, or it is asked, or denied: that presses nobody; what is likely waits."""

from __future__ import annotations

import pytest

from rubrics.checks import responds
from rubrics.verdicts import DOUBTFUL_CONFIDENCE
from tests.dialogue import dialogue, found
from tests.rubrics.test_stolen_identity import judged


@pytest.mark.parametrize(
    "first",
    [
        "Entonces el seguro debe pagarlo; lo reviso con el área y le respondo el lunes.",
        "Quien lo sacó es quien tiene que pagarlo. Vamos a revisarlo y le aviso el lunes.",
        "Si no paga a tiempo se reporta, pero usted ya pagó, así que no se preocupe. Lo reviso.",
    ],
)
@pytest.mark.parametrize("told", ["Esa deuda no es mía.", "Ya pagué el lunes."])
def test_who_says_that_another_has_to_pay_presses_nobody(told: str, first: str) -> None:
    verdict = judged(told, first, "Por eso lo reviso, y mañana le confirmo.")["dispute_handling"]
    assert verdict.outcome == "pass"


@pytest.mark.parametrize(("likely", "waits"), [(("brush_off",), True), ((), False)])
def test_what_is_only_likely_to_press_waits_for_a_person(likely: tuple[str, ...], *, waits: bool) -> None:
    call = dialogue("D: Ya pagué.\nA: Igual tiene que pagarlo.\nD: No.")
    params = responds.Params(what="x", after=("already_paid",), not_says=("brush_off",), likely=likely)
    verdict = responds.check(call, found(call, "already_paid@0", "brush_off@1"), params)
    assert (verdict.outcome, verdict.confidence <= DOUBTFUL_CONFIDENCE) == ("fail", waits)


@pytest.mark.parametrize(
    "first",
    [
        "Estar en el buró jamás significa perder su casa, quédese tranquila.",
        "¿Quién le dijo que por el buró le quitan la casa? Eso es falso.",
    ],
)
def test_who_takes_the_fear_of_the_record_away_claims_nothing(first: str) -> None:
    assert judged("Ya pagué el lunes.", first, country="MX")["credit_record_wording"].outcome != "fail"
