"""Agreement beyond chance, against figures reckoned by hand and from the literature."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.kappa import OUTCOMES, agreed, cohen, krippendorff
from rubrics.types import Outcome

outcome = st.sampled_from(OUTCOMES)


def pairs(**times: int) -> Counter[tuple[Outcome, Outcome]]:
    """`pf=3`: three times the first said pass and the second fail."""
    named: dict[str, Outcome] = {"p": "pass", "f": "fail", "n": "na"}
    return Counter({(named[a], named[b]): n for (a, b), n in times.items()})


def test_cohen_of_the_textbook_table() -> None:
    """20 and 15 agreed of 50: seen 0.7, by chance 0.5."""
    found = cohen(pairs(pp=20, pf=5, fp=10, ff=15))
    assert found.value == pytest.approx(0.4)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.4 < found.high


def test_na_is_an_outcome_of_its_own() -> None:
    assert cohen(pairs(pp=5, ff=5, nn=5)).value == pytest.approx(1.0)
    assert agreed(pairs(pp=5, pn=5)).value == 0.5


def test_where_all_say_the_same_there_is_nothing_beyond_chance_to_measure() -> None:
    assert cohen(pairs(pp=60)).value is None
    assert krippendorff(Counter({("pass", "pass"): 60})).value is None
    assert cohen(Counter()).value is None


def test_krippendorff_with_gaps_by_hand() -> None:
    """Two or three people judged a call; a call that one person judged says nothing."""
    units: list[tuple[Outcome, ...]] = [
        ("pass", "pass"), ("fail", "fail", "fail"), ("pass", "fail"), ("fail", "fail"), ("na",),
    ]  # fmt: skip
    # coincidences: pass 2+1=3, fail 3+1+2=6, n=9, unlike 2; alpha = 1 - 8*2/(81-45)
    assert krippendorff(Counter(units)).value == pytest.approx(1 - 8 * 2 / 36)


def test_the_interval_narrows_with_more_calls() -> None:
    few, many = agreed(pairs(pp=9, pf=1)), agreed(pairs(pp=90, pf=10))
    assert few.value == many.value == 0.9
    assert few.low < many.low < 0.9 < many.high < few.high


@given(st.lists(st.tuples(outcome, outcome), min_size=1, max_size=60))
def test_kappa_is_the_same_from_either_side_and_at_most_one(said: list[tuple[Outcome, Outcome]]) -> None:
    here, there = cohen(Counter(said)), cohen(Counter((b, a) for a, b in said))
    assert here.value == pytest.approx(there.value) if here.value is not None else there.value is None
    assert here.value is None or -1.0 - 1e-9 <= here.value <= 1.0


@given(st.lists(st.lists(outcome, max_size=5), max_size=40))
def test_alpha_does_not_hang_on_who_spoke_first(units: list[list[Outcome]]) -> None:
    here = krippendorff(Counter(map(tuple, units))).value
    there = krippendorff(Counter(tuple(reversed(unit)) for unit in units)).value
    assert here == pytest.approx(there) if here is not None else there is None
