"""Ctrl+Enter pressed twice: the screen runs a second time while the first still reads the reply."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from coach import attempts, practice, practice_turns
from coach.schema_drills import drill_results
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import FormatId
from drills.grade import grade_play
from tests.coach.people import somebody

CASE = "cerro_la_planta"
SAID = "Comprendo, Araceli, que este mes no le alcance. ¿Le anoto 1,300 para el viernes?"


@pytest.fixture
def ana(store: Store) -> Viewer:
    return somebody(store, "agent", "ana", name="Ana Ruiz", holds=("ana",), team="Norte")


def begun(store: Store, settings: Settings, viewer: Viewer, format_: FormatId) -> int:
    return practice.begin(store, settings, viewer, format_, CASE, seed=3)


def texts(store: Store, settings: Settings, viewer: Viewer, new: int) -> tuple[str, ...]:
    return attempts.attempt(store, viewer, new, practice.playbook_of(settings)).body.texts


def test_the_same_words_from_the_same_screen_are_one_reply(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    new = begun(store, settings, ana, "three_escalating")
    for _ in range(2):
        practice_turns.reply(store, settings, ana, new, SAID, before=0)
    assert texts(store, settings, ana, new) == (SAID,)
    practice_turns.reply(store, settings, ana, new, SAID, before=1)  # said again in the next round
    assert texts(store, settings, ana, new) == (SAID, SAID)


def test_other_words_from_an_old_screen_are_not_dropped_in_silence(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    new = begun(store, settings, ana, "one_reply")
    practice_turns.reply(store, settings, ana, new, SAID, before=0)
    with pytest.raises(CoachError, match="ya terminó"):
        practice_turns.reply(store, settings, ana, new, "Otra cosa, con su permiso.", before=0)


def test_the_last_reply_twice_leaves_its_result(store: Store, settings: Settings, ana: Viewer) -> None:
    new = begun(store, settings, ana, "one_reply")
    for _ in range(2):
        practice_turns.reply(store, settings, ana, new, SAID, before=0)
    practice_turns.end(store, settings, ana, new)
    assert attempts.attempt(store, ana, new, practice.playbook_of(settings)).shown is not None


def test_a_screen_that_ends_it_meanwhile_takes_no_result(
    store: Store, settings: Settings, ana: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run finds the talk over and not graded, and ends it while the first grades."""
    new = begun(store, settings, ana, "one_reply")
    real: Any = grade_play
    inside: list[bool] = []

    def grading(*args: Any) -> Any:
        if not inside:
            inside.append(True)
            practice_turns.end(store, settings, ana, new)
        return real(*args)

    monkeypatch.setattr(practice_turns, "grade_play", grading)
    practice_turns.reply(store, settings, ana, new, SAID, before=0)
    assert attempts.attempt(store, ana, new, practice.playbook_of(settings)).shown is not None
    with store.reading() as connection:
        assert len(connection.execute(select(drill_results)).all()) == 1
