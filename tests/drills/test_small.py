"""The example of a figure and a date names what would do in the case, where a payment is asked for at all."""

from __future__ import annotations

import pytest

from drills.drill import FormatId, findings_in, replayed
from drills.formats import FORMATS
from drills.loader import load_lines, load_scenarios
from drills.scenario import Scenario
from drills.small import small_marks
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY

CASES = load_scenarios()
BOOK = load_lines()


def tips(case: Scenario, format_: FormatId) -> dict[str, str]:
    drill = FORMATS[format_].build(case, 3, MONDAY, BOOK, load_playbook())
    play = replayed(drill, ("Mire, hay que ver eso.",) * drill.most, BOOK)
    return {one.id: one.better for one in small_marks(play, findings_in(play))}


@pytest.mark.parametrize(
    ("case", "format_", "sum_"),
    [
        ("cerro_la_planta", "one_reply", "1,300 pesos"),  # wins the case, whose debt is 5,280
        ("cerro_la_planta", "three_escalating", "1,320 pesos"),  # one of the four that are authorised
        ("con_mi_hermano", "rewrite_bad_line", "106.350 pesos"),
        ("debito_rechazado", "one_reply", "318.45 dólares"),  # the whole is the goal
    ],
)
def test_the_sum_is_one_that_would_do(case: str, format_: FormatId, sum_: str) -> None:
    assert f"¿Le anoto {sum_} para el" in tips(CASES[case], format_)["figures"]


def test_the_day_is_not_after_the_case_s_own() -> None:
    case = CASES["yape_no_pasa"]  # three days
    assert "jueves" in tips(case, "one_reply")["figures"]


@pytest.mark.parametrize("format_", ["one_reply", "three_escalating", "rewrite_bad_line"])
def test_who_complains_of_what_was_bought_is_asked_for_no_sum(format_: FormatId) -> None:
    case = CASES["lavarropas_roto"]
    case = case.model_copy(
        update={"success": CASES["cerro_la_planta"].success, "objections": ("bad_service",)}
    )
    assert "figures" not in tips(case, format_)
