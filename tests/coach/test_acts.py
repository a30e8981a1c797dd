"""What the review screen sends: each action once, whatever comes twice, late or broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import acts, drafts
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer
from tests.coach.review_people import keep_call, person

CALL = "pe-01"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def ana(store: Store, settings: Settings) -> Viewer:
    keep_call(store, settings)
    return person(store, "ana", "analyst")


def judged(n: int, outcome: str, reason: str = "") -> dict[str, object]:
    return {"do": "judge", "n": n, "criterion": "empathy", "outcome": outcome, "reason": reason}


def test_the_first_action_opens_the_review(store: Store, settings: Settings, ana: Viewer) -> None:
    done = acts.run(store, settings, ana, CALL, [judged(1, "pass", "Sí lo hace.")], after=0)
    draft = drafts.current(store, ana, CALL)
    assert done == acts.Done(1)
    assert draft is not None
    assert [one.outcome for one in draft.body.overrides] == ["pass"]


def test_what_is_sent_again_is_done_once(store: Store, settings: Settings, ana: Viewer) -> None:
    swap = {"do": "swap", "n": 5}
    acts.run(store, settings, ana, CALL, [swap], after=0)
    acts.run(
        store, settings, ana, CALL, [swap, {"do": "comment", "n": 6, "turn": 1, "text": "Oiga"}], after=5
    )
    draft = drafts.current(store, ana, CALL)
    assert draft is not None
    assert draft.body.swapped
    assert [one.text for one in draft.body.comments] == ["Oiga"]


def test_a_wrong_one_is_told_and_the_others_are_kept(store: Store, settings: Settings, ana: Viewer) -> None:
    wrong = {"do": "comment", "n": 1, "turn": 99, "text": "Aquí"}
    done = acts.run(store, settings, ana, CALL, [wrong, judged(2, "na")], after=0)
    draft = drafts.current(store, ana, CALL)
    assert "turno 99" in done.error
    assert done.last == 2
    assert draft is not None
    assert draft.body.said("empathy") is not None


@pytest.mark.parametrize(
    "broken", [{}, "x", None, {"do": "drop", "n": 1}, judged(1, "maybe"), judged(1, "pass", "x" * 6000)]
)
def test_nonsense_changes_nothing_and_is_told(
    store: Store, settings: Settings, ana: Viewer, broken: object
) -> None:
    done = acts.run(store, settings, ana, CALL, [broken], after=0)
    assert "no se pudo guardar" in done.error
    assert drafts.current(store, ana, CALL) is None


def test_the_end_is_asked_for_only_where_all_before_it_was_kept(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    end = {"do": "finish", "n": 9}
    assert acts.run(store, settings, ana, CALL, [judged(8, "pass", "Sí."), end], after=0).finish
    wrong = {"do": "correct", "n": 10, "turn": 0, "text": " "}
    assert not acts.run(store, settings, ana, CALL, [wrong, {"do": "finish", "n": 11}], after=9).finish


def test_an_agent_reviews_nothing(store: Store, settings: Settings, ana: Viewer) -> None:
    agent = person(store, "rosa", "agent")
    done = acts.run(store, settings, agent, CALL, [judged(1, "pass", "Sí.")], after=0)
    assert "no tiene permiso" in done.error
