"""When to practise again: 1, 3, 7, 14, 30 days; a fail goes back; a real failed call comes to the front."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from drills.schedule import (
    DAYS,
    Card,
    FailedCall,
    Result,
    cards_of,
    due,
    failed_in_call,
    mastery,
    next_due,
    practised,
)

MONDAY = datetime.date(2025, 11, 10)


def day(n: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=n)


def result(n: int, objection: str = "no_money", *, passed: bool = True) -> Result:
    return Result(objection, day(n), 13 if passed else 5, 15, passed)


def test_each_pass_in_its_time_waits_longer() -> None:
    card = Card("no_money", MONDAY)
    waits = []
    for _ in range(6):
        on = card.due
        card = practised(card, Result("no_money", on, 13, 15, True))
        waits.append((card.due - on).days)
    assert waits == [1, 3, 7, 14, 30, 30]


def test_a_fail_goes_back_to_one_day() -> None:
    card = cards_of([result(0), result(1), result(4), result(11, passed=False)])[0]
    assert (card.box, card.due) == (0, day(12))


def test_practising_early_moves_nothing() -> None:
    card = cards_of([result(0), result(1)])[0]
    again = practised(card, result(2))
    assert (again.box, again.due, again.last) == (card.box, card.due, day(2))


def test_a_real_failed_call_comes_to_the_front() -> None:
    cards = cards_of(
        [result(0, "refusal"), result(0), result(1), result(4)], [FailedCall("no_money", day(5))]
    )
    assert [card.objection for card in due(cards, day(5))] == ["no_money", "refusal"]
    assert due(cards, day(5))[0].urgent


def test_practice_after_the_failed_call_settles_it() -> None:
    card = cards_of([result(5)], [FailedCall("no_money", day(5))])[0]
    assert not card.urgent
    assert card.due == day(6)


def test_the_longest_overdue_comes_first() -> None:
    cards = cards_of([result(0, "refusal"), result(2, "no_money"), result(2, "hostile")])
    assert [card.objection for card in due(cards, day(9))] == ["refusal", "hostile", "no_money"]
    assert due(cards, day(0)) == ()
    assert next_due(cards) == day(1)
    assert next_due(()) is None


def test_mastery_is_told_with_its_n_and_not_of_too_few() -> None:
    few, many = mastery([result(0), result(1), result(4), result(0, "hostile"), result(1, "hostile")])
    assert (few.objection, few.n, few.share, few.mastered) == ("hostile", 2, None, False)
    assert (many.n, many.recent, many.passed, many.box, many.mastered) == (3, 3, 3, 3, True)
    assert many.share == 13 / 15


def test_a_failed_call_takes_mastery_away() -> None:
    (one,) = mastery([result(0), result(1), result(4)], [FailedCall("no_money", day(6))])
    assert one.urgent
    assert not one.mastered


EVENTS = st.lists(
    st.tuples(st.sampled_from(["no_money", "refusal"]), st.integers(0, 90), st.booleans()), max_size=25
)


@given(
    events=EVENTS, failed=st.lists(st.tuples(st.sampled_from(["no_money", "refusal"]), st.integers(0, 90)))
)
def test_order_of_the_events_does_not_matter(
    events: list[tuple[str, int, bool]], failed: list[tuple[str, int]]
) -> None:
    events = list({(objection, n): (objection, n, passed) for objection, n, passed in events}.values())
    results = [result(n, objection, passed=passed) for objection, n, passed in events]
    calls = [FailedCall(objection, day(n)) for objection, n in failed]
    cards = cards_of(results, calls)
    assert cards == cards_of(reversed(results), reversed(calls))
    for card in cards:
        if card.last is not None and not card.urgent:
            assert (card.due - card.last).days <= DAYS[-1]
        assert failed_in_call(card, day(91)).due <= card.due
