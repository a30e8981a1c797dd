"""How the reason of what does not apply is worded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.types import Near
from rubrics.conditions import CONDITIONS, no_hardship_told, no_objection
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


@pytest.mark.parametrize("name", ["no_objection", "no_hardship_told"])
def test_where_an_objection_was_all_but_heard_its_absence_waits(name: str) -> None:
    call = dialogue("A: Su cuota venció. ¿Cuándo paga?\nD: Es que el puesto no deja.\nA: Bueno.\nD: Adiós.")
    sure = CONDITIONS[name](call, found(call))
    likely = CONDITIONS[name](call, replace(found(call), nearly=(Near("no_money", 1, 0.5),)))
    assert sure is not None
    assert likely is not None
    assert sure.confidence > 0.6 > likely.confidence
    assert "Tal vez sí (turno 2)" in likely.reason
