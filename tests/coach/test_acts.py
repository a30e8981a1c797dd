"""What the review screen sends: each action once, whatever comes twice, late or broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import acts, drafts, reviews
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


@pytest.fixture
def shown(store: Store, settings: Settings, ana: Viewer) -> str:
    """The review that ana's window shows."""
    return acts.begun(drafts.open_review(store, settings, ana, CALL))


def judged(shown: str, n: int, outcome: str, reason: str = "") -> dict[str, object]:
    return {
        "do": "judge", "n": n, "review": shown, "criterion": "empathy", "outcome": outcome, "reason": reason,
    }  # fmt: skip


def test_what_is_sent_is_kept_in_the_review(store: Store, ana: Viewer, shown: str) -> None:
    done = acts.run(store, ana, CALL, [judged(shown, 1, "pass", "Sí lo hace.")], after=0)
    draft = drafts.current(store, ana, CALL)
    assert done == acts.Done(1)
    assert draft is not None
    assert [one.outcome for one in draft.body.overrides] == ["pass"]


def test_what_is_sent_again_is_done_once(store: Store, ana: Viewer, shown: str) -> None:
    swap = {"do": "swap", "n": 5, "review": shown}
    acts.run(store, ana, CALL, [swap], after=0)
    said = {"do": "comment", "n": 6, "review": shown, "turn": 1, "text": "Oiga"}
    acts.run(store, ana, CALL, [swap, said], after=5)
    draft = drafts.current(store, ana, CALL)
    assert draft is not None
    assert draft.body.swapped
    assert [one.text for one in draft.body.comments] == ["Oiga"]


def test_a_wrong_one_is_told_and_the_others_are_kept(store: Store, ana: Viewer, shown: str) -> None:
    wrong = {"do": "comment", "n": 1, "review": shown, "turn": 99, "text": "Aquí"}
    done = acts.run(store, ana, CALL, [wrong, judged(shown, 2, "na")], after=0)
    draft = drafts.current(store, ana, CALL)
    assert "turno 99" in str(done.error)
    assert done.last == 2
    assert draft is not None
    assert draft.body.said("empathy") is not None


@pytest.mark.parametrize(
    "broken",
    [{}, "x", None, {"do": "drop", "n": 1}, judged("", 1, "maybe"), judged("", 1, "pass", "x" * 6000)],
)
def test_nonsense_changes_nothing_and_is_told(store: Store, ana: Viewer, broken: object) -> None:
    done = acts.run(store, ana, CALL, [broken], after=0)
    assert "no se pudo guardar" in str(done.error)
    assert drafts.current(store, ana, CALL) is None


def test_the_end_is_asked_for_only_where_all_before_it_was_kept(
    store: Store, ana: Viewer, shown: str
) -> None:
    end = {"do": "finish", "n": 9, "review": shown}
    assert acts.run(store, ana, CALL, [judged(shown, 8, "pass", "Sí."), end], after=0).finish
    wrong = {"do": "correct", "n": 10, "review": shown, "turn": 0, "text": " "}
    assert not acts.run(store, ana, CALL, [wrong, {**end, "n": 11}], after=9).finish


def test_a_window_left_open_begins_no_other_review(
    store: Store, settings: Settings, ana: Viewer, shown: str
) -> None:
    acts.run(store, ana, CALL, [judged(shown, 1, "pass", "Sí lo hace.")], after=0)
    reviews.finish(store, settings, ana, CALL)
    late = acts.run(store, ana, CALL, [judged(shown, 1, "pass"), judged(shown, 2, "fail", "No.")], after=1)
    assert (late.last, late.gone, str(late.error)) == (2, True, acts.ELSEWHERE)
    assert drafts.current(store, ana, CALL) is None


def test_nor_does_it_write_into_one_begun_since(
    store: Store, settings: Settings, ana: Viewer, shown: str
) -> None:
    drafts.discard(store, ana, CALL)
    drafts.open_review(store, settings, ana, CALL)
    end = {"do": "finish", "n": 2, "review": shown}
    late = acts.run(store, ana, CALL, [judged(shown, 1, "fail", "No."), end], after=0)
    draft = drafts.current(store, ana, CALL)
    assert (late.gone, late.finish) == (True, False)
    assert draft is not None
    assert not draft.body.overrides


def test_only_listening_in_it_is_passed_over(store: Store, ana: Viewer, shown: str) -> None:
    drafts.discard(store, ana, CALL)
    late = acts.run(store, ana, CALL, [{"do": "touch", "n": 1, "review": shown}], after=0)
    assert late == acts.Done(1)


def test_an_agent_reviews_nothing(store: Store, ana: Viewer, shown: str) -> None:
    agent = person(store, "rosa", "agent")
    done = acts.run(store, agent, CALL, [judged(shown, 1, "pass", "Sí.")], after=0)
    assert "no tiene permiso" in str(done.error)
