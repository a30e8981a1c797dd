"""How the reason of what does not apply is worded."""

from __future__ import annotations

import pytest

from rubrics.conditions import no_hardship_told, no_objection
from tests.dialogue import dialogue, found


@pytest.mark.parametrize(
    ("people", "who"),
    [
        ({}, "El deudor no "),
        ({"debtor_reached": False, "third_party": True}, "Quien contestó no "),
        ({"debtor_reached": False}, "Nadie "),
    ],
)
def test_nobody_takes_no_second_no(people: dict[str, bool], who: str) -> None:
    call = dialogue("A: Buenas tardes.")
    for condition, rest in (
        (no_hardship_told, "contó ninguna dificultad ni queja."),
        (no_objection, "puso ninguna objeción."),
    ):
        unmet = condition(call, found(call, people=people))
        assert unmet is not None
        assert unmet.reason == who + rest
