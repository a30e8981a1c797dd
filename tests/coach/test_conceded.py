"""An appeal whose points the signed month has already is not paid beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coach import closing, disputes, drafting, drafts, keeping, months, payroll, releases, reviews
from coach.closing import Close
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.house import drawn
from tests.coach.review_people import judged_call, keep_call, new_team, person

MONTH = date(2026, 9, 14)
WHY = "Sí la hay, la oigo bien."


@pytest.fixture
def rosa(store: Store, settings: Settings) -> Viewer:
    """With six calls released; of the first «empathy» is disputed by the tests."""
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte"))
    for n in range(6):
        keep_call(store, settings, f"pe-0{n}", failed=("empathy", "concise"))
        drawn(store, f"pe-0{n}", 1.0)
        releases.release(store, settings, HOUSE, f"pe-0{n}")
    return rosa


@pytest.fixture
def ada(store: Store) -> Viewer:
    return person(store, "ada", "admin")


def judged_anew(store: Store, settings: Settings, *failed: str) -> None:
    keeping.keep_rescored(store, settings, judged_call(settings, "pe-01", failed=failed))


def signed(store: Store, settings: Settings, who: Viewer) -> Close:
    number = closing.prepare(store, settings, who, MONTH)
    closing.sign(store, who, number, closing.read(store, who, number).digest)
    return closing.read(store, who, number)


def appealed(store: Store, settings: Settings, agent: Viewer, call: str = "pe-01") -> int:
    return disputes.dispute(store, settings, agent, call, "empathy", "Le dije que lo entendía.")


def conceded(store: Store, settings: Settings, who: Viewer, *, by_review: bool = False) -> None:
    if by_review:
        drafts.open_review(store, settings, who, "pe-01")
        drafting.judge(store, who, "pe-01", "empathy", "pass", WHY)
        reviews.finish(store, settings, who, "pe-01")
    else:
        reviews.override(store, settings, who, "pe-01", "empathy", "pass", WHY)


@pytest.mark.parametrize("by_review", [False, True])
def test_what_a_reviewer_conceded_before_the_month_was_frozen_is_in_its_points(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, luz: Viewer, ada: Viewer, by_review: bool
) -> None:
    number = appealed(store, settings, rosa)
    conceded(store, settings, luz, by_review=by_review)
    close = signed(store, settings, ada)
    assert disputes.decide(store, settings, ana, number, "pass", WHY).state == "upheld"
    (move,) = months.moved(store, settings, ada, close)
    assert move.was is not None
    assert move.now == replace(move.was, open_disputes=0)
    assert months.won(store, ada, close) == ()
    with pytest.raises(CoachError, match="ya la cuentan"):
        payroll.adjust(store, ada, close.id, rosa.user_id or 0, 5.0, "Apelación ganada.", number)


def test_what_was_conceded_after_is_not(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, luz: Viewer, ada: Viewer
) -> None:
    number = appealed(store, settings, rosa)
    close = signed(store, settings, ada)
    conceded(store, settings, luz)
    disputes.decide(store, settings, ana, number, "pass", WHY)
    assert [one.dispute_id for one in months.won(store, ada, close)] == [number]
    payroll.adjust(store, ada, close.id, rosa.user_id or 0, 5.0, "Apelación ganada.", number)


def test_what_was_judged_a_failure_only_after_the_signature_took_no_points_from_it(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, ada: Viewer
) -> None:
    judged_anew(store, settings, "concise")
    before = appealed(store, settings, rosa, "pe-02")
    close = signed(store, settings, ada)
    judged_anew(store, settings, "empathy", "concise")
    later = appealed(store, settings, rosa)
    for number in (before, later):
        disputes.decide(store, settings, ana, number, "pass", WHY)
    assert [one.dispute_id for one in months.won(store, ada, close)] == [before]


def test_who_prepares_a_month_in_which_nothing_changed_refuses_nobodys_signature(
    store: Store, settings: Settings, rosa: Viewer, luz: Viewer, ada: Viewer
) -> None:
    eve = person(store, "eve", "admin")
    number = closing.prepare(store, settings, ada, MONTH)
    read = closing.read(store, ada, number)
    assert closing.prepare(store, settings, eve, MONTH) == number
    assert closing.read(store, eve, number) == read
    chosen = datetime.now(UTC) - timedelta(minutes=1)
    other = closing.read(store, eve, closing.prepare(store, settings, eve, MONTH, cut_off=chosen))
    assert (other.cut_off, other.digest == read.digest) == (chosen, False)
    assert closing.prepare(store, settings, ada, MONTH, cut_off=chosen) == other.id
    conceded(store, settings, luz)
    changed = closing.read(store, eve, closing.prepare(store, settings, eve, MONTH, cut_off=chosen))
    assert changed.digest != other.digest
    with pytest.raises(CoachError):
        closing.sign(store, ada, other.id, other.digest)
    closing.sign(store, ada, changed.id, changed.digest)
