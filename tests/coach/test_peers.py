"""An agent beside colleagues on the same mix of calls; never beside too few of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.peers import Part, beside, standardised
from coach.rows import CallFilter
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.house import released
from tests.coach.people import somebody

Keep = Callable[..., Call]


def part(own: list[float], others: list[float]) -> Part:
    sums = [(len(v), sum(v), sum(x * x for x in v)) for v in (own, others)]
    return Part(*sums)


def test_the_colleagues_are_weighed_by_the_agents_mix() -> None:
    """Nine hard calls and one easy one: the colleagues' many easy ones weigh as little as the agent's."""
    hard = part([60.0] * 9, [58.0, 62.0] * 5)
    easy = part([90.0], [88.0, 92.0] * 50)
    found = standardised([hard, easy], 4)
    assert found is not None
    assert found.others == pytest.approx(0.9 * 60 + 0.1 * 90)
    assert found.own.value == pytest.approx(63.0)
    assert not found.clear


def test_calls_that_colleagues_never_met_are_left_out_on_both_sides() -> None:
    found = standardised([part([60.0] * 8, [80.0, 81.0] * 5), part([0.0] * 5, [10.0])], 4)
    assert found is not None
    assert (found.n, found.of, found.own.value) == (8, 13, 60.0)
    assert found.clear


def test_with_too_few_calls_nothing_is_said() -> None:
    assert standardised([part([60.0] * 7, [80.0] * 9)], 4) is None


def fill(keep: Keep, login: str, points: float, n: int = 9, **more: object) -> None:
    for i in range(n):
        keep(f"{login}-{i}", points=points + i % 2, agent_login=login, country="MX", **more)


def test_only_people_of_the_same_teams_are_colleagues(store: Store, keep: Keep) -> None:
    for login, points in (("rosa", 60.0), ("ana", 80.0), ("luz", 80.0), ("eva", 80.0), ("otra", 10.0)):
        fill(keep, login, points)
        somebody(store, "agent", login, holds=(login,), team="Sur" if login == "otra" else "Norte")
    found = beside(store, HOUSE, CallFilter(), ("rosa",))
    assert found is not None
    assert (found.colleagues, round(found.others)) == (3, 80)


def test_two_colleagues_are_too_few_to_hide_either(store: Store, keep: Keep) -> None:
    for login in ("rosa", "ana", "luz"):
        fill(keep, login, 70.0)
    assert beside(store, HOUSE, CallFilter(), ("rosa",)) is None


def test_beside_an_agent_stand_released_calls_only(store: Store, keep: Keep) -> None:
    for login in ("rosa", "ana", "luz", "eva"):
        fill(keep, login, 70.0)
        me = somebody(store, "agent", login, holds=(login,), team="Norte")
    for i in range(9):
        released(store, f"eva-{i}")
    assert beside(store, me, CallFilter(), ("eva",)) is None
    for login in ("rosa", "ana", "luz"):
        for i in range(9):
            released(store, f"{login}-{i}")
    found = beside(store, me, CallFilter(), ("eva",))
    assert found is not None
    assert found.colleagues == 3
