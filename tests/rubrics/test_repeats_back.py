"""The agreement read back: a weekday that is not that of the day of the month is for a person to hear."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import Scorecard, score
from tests.dialogue import dialogue


def judged(day: str) -> Scorecard:
    call = dialogue(
        f"""
        A: Tiene un saldo vencido de trescientos mil pesos. ¿Cuándo podría pagar?
        D: El viernes le puedo pagar cien mil pesos por Nequi.
        A: Listo, quedamos en cien mil pesos el {day} por Nequi, ¿de acuerdo?
        D: Sí, de acuerdo.
        """,
        country="CO",
        call_started_at=date(2026, 11, 10),
    )
    return score(call, analyze(call), load_rubric())


@pytest.mark.parametrize(("day", "waits"), [("viernes 13", False), ("viernes 14", True)])
def test_two_days_in_one_breath_wait_for_a_person(day: str, *, waits: bool) -> None:
    card = judged(day)
    verdict = card.verdicts["reads_back_agreement"]
    assert verdict.outcome == "pass"
    assert verdict.needs_review is waits
    assert ("no son el mismo día" in verdict.doubt) is waits
