"""Means with their intervals."""

from __future__ import annotations

import pytest
from scipy.stats import t as student

from coach.intervals import Mean, mean


def of(*values: float) -> Mean:
    return mean(len(values), sum(values), sum(v * v for v in values))


def test_nothing_has_no_mean() -> None:
    assert mean(0, None, None) == Mean(0, None, None)


def test_one_value_has_no_interval() -> None:
    assert of(80.0) == Mean(1, 80.0, None)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 8, 14, 30, 200])
def test_the_margin_is_students(n: int) -> None:
    values = [60.0 + 37 * i % 40 for i in range(n)]
    average = sum(values) / n
    deviation = (sum((v - average) ** 2 for v in values) / (n - 1)) ** 0.5
    expected = student.ppf(0.975, n - 1) * deviation / n**0.5
    assert of(*values).margin == pytest.approx(expected, rel=0.01)


def test_the_interval_stays_within_points() -> None:
    assert (of(99.0, 40.0).low, of(99.0, 40.0).high) == (0.0, 100.0)


def test_equal_values_have_no_spread() -> None:
    assert of(70.1, 70.1, 70.1).margin == pytest.approx(0.0, abs=1e-4)
