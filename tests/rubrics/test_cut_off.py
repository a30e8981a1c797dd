"""A recording that lacks a part: what may lie in it accuses nobody before a person has looked."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from rubrics.verdicts import LOST, WRITTEN_LATE
from tests.dialogue import dialogue
from transcripts.types import Trust

CUT = Trust(damaged=True, ends_cut=True)
SPOKEN_TO_THE_END = Trust(ends_cut=True)
HOLE = Trust(damaged=True)
LATE = Trust(starts_late=True)

CALL = """
    A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
    D: Sí, con él, dígame.
    A: Señor Pérez, su cuota de mil pesos venció el dos, lleva doce días de atraso. ¿Qué ocurrió?
    D: Me quedé sin trabajo hace un mes y no tengo dinero, señorita, la verdad.
    A: ¿Me puede pagar los mil pesos el viernes?
    D: No, no puedo, es que no tengo de dónde sacar.
    A: Le pregunto otra vez, ¿me puede pagar los mil pesos el viernes?
"""
CURT = """
    A: Pague los mil pesos que debe.
    D: ¿Quién habla?
    A: Le hablo de su deuda de mil pesos, lleva doce días de atraso.
    D: Ah, bueno, es que no tengo dinero.
    A: Pues tiene que pagar hoy mismo.
    D: No puedo, me quedé sin trabajo.
    A: Tiene que pagar hoy.
"""
AT_THE_END = (
    "follow_up",
    "polite_close",
    "explains_benefit",
    "empathy",
    "gets_commitment",
    "offers_alternatives",
)


def judged(lines: str, trust: Trust) -> dict[str, Verdict]:
    call = dialogue(lines, country="MX", trust=trust)
    return score(call, analyze(call), load_rubric()).verdicts


@pytest.mark.parametrize("trust", [CUT, SPOKEN_TO_THE_END, HOLE])
def test_what_may_have_come_after_waits(trust: Trust) -> None:
    whole, cut = judged(CALL, Trust()), judged(CALL, trust)

    assert [whole[name].outcome for name in AT_THE_END] == ["fail"] * len(AT_THE_END)
    for name in AT_THE_END:
        assert cut[name].outcome == "fail"  # still the best guess
        assert cut[name].needs_review, name
        assert cut[name].doubt.endswith(LOST)
        assert cut[name].evidence == whole[name].evidence


def test_no_fail_of_a_call_cut_off_is_sure_but_for_what_was_said() -> None:
    sure = {name for name, v in judged(CURT, CUT).items() if v.outcome == "fail" and not v.needs_review}

    assert sure <= {"verifies_identity", "calm", "courteous", "usted_no_tuteo", "greeting_identification"}
    assert "verifies_identity" in sure  # told of before anybody was asked for, whatever came later


def test_an_opening_that_was_heard_stays_judged_where_only_the_end_is_missing() -> None:
    longer = CURT + "    D: Ya le dije.\n    A: Hoy, por favor.\n    D: No.\n    A: Se lo repito: hoy."

    assert not judged(longer, CUT)["greeting_identification"].needs_review
    assert judged(longer, HOLE)["greeting_identification"].needs_review


@pytest.mark.parametrize("trust", [LATE, HOLE])
def test_who_was_perhaps_asked_for_before_waits(trust: Trust) -> None:
    lines = "\n".join(CURT.strip().splitlines()[2:])
    whole, late = judged(lines, Trust()), judged(lines, trust)

    assert (whole["verifies_identity"].outcome, whole["verifies_identity"].needs_review) == ("fail", False)
    assert (late["verifies_identity"].outcome, late["verifies_identity"].needs_review) == ("fail", True)
    assert late["verifies_identity"].doubt.endswith(LOST)


@pytest.mark.parametrize("start", ["", "[0-4]"])
@pytest.mark.parametrize("dots", ["…", "... "])
def test_what_is_written_from_mid_sentence_on_lacks_what_came_before(start: str, dots: str) -> None:
    debt = "entonces serían mil pesos, señora Paz, con doce días de atraso."
    rest = "\n    D: Ya, sí, se me juntó con el arriendo.\n    A: La entiendo. ¿Qué día podría ser?"
    late = judged(f"A{start}: {dots}{debt}{rest}", Trust())
    whole = judged(f"A{start}: {debt.capitalize()}{rest}", Trust())

    assert (whole["verifies_identity"].outcome, whole["verifies_identity"].needs_review) == ("fail", False)
    assert (late["verifies_identity"].outcome, late["verifies_identity"].needs_review) == ("fail", True)
    assert late["verifies_identity"].doubt == WRITTEN_LATE
    assert late["greeting_identification"].needs_review


def test_harsh_words_stay_what_they_are() -> None:
    lines = CALL + "    D: No insista.\n    A: Si no paga lo vamos a meter a la cárcel, irresponsable."
    whole, cut = judged(lines, Trust()), judged(lines, CUT)

    assert whole["no_threats"].outcome == "fail"
    assert cut["no_threats"] == whole["no_threats"]
    assert cut["courteous"] == whole["courteous"]
