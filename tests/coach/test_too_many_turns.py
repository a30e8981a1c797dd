"""A file that holds a day of talk and more is told and not judged: nothing else waits for it."""

from __future__ import annotations

import pytest

from coach import pipeline
from coach.settings import Settings
from coach.types import CoachError
from tests.dialogue import dialogue

CALL = dialogue(
    """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte.
    D: No tengo dinero.
    A: Hasta luego.
    """
)


def test_a_call_of_more_turns_than_a_call_has_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_TURNS", 2)
    with pytest.raises(CoachError, match="tiene 3 turnos, y se evalúan hasta 2"):
        pipeline.judge(CALL, settings)


def test_one_of_as_many_is_judged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MOST_TURNS", 3)
    assert pipeline.judge(CALL, settings).scorecard.verdicts
