"""A mean never comes without what it stands on: n and a 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Numbers = Sequence[float] | NDArray[np.float64]

Z = 1.959964  # of a normal curve, 95 %


@dataclass(frozen=True, slots=True)
class Mean:
    """`margin` is half of the 95 % interval (Student's t), None below two values."""

    n: int
    value: float | None
    margin: float | None

    @property
    def low(self) -> float | None:
        """Lower end of the interval, never under 0 points."""
        return None if self.value is None or self.margin is None else max(0.0, self.value - self.margin)

    @property
    def high(self) -> float | None:
        """Upper end of the interval, never over 100 points."""
        return None if self.value is None or self.margin is None else min(100.0, self.value + self.margin)


def mean(n: int, total: float | None, squares: float | None) -> Mean:
    """From what a database adds up: how many, their sum, the sum of their squares."""
    if n == 0 or total is None or squares is None:
        return Mean(0, None, None)
    value = total / n
    if n == 1:
        return Mean(1, value, None)
    variance = max(0.0, (squares - n * value * value) / (n - 1))
    return Mean(n, value, _student(n - 1) * sqrt(variance / n))


def weighted(values: Numbers, weights: Numbers, *, spread: float = 0.0) -> Mean:
    """The mean of values that stand for `weights` others each (Hájek's ratio), with its 95 % interval.

    The interval is Student's t around the linearised variance, with the degrees of freedom of as many equal
    weights as would tell as much (Kish). `spread` is a standard deviation that two more values would have
    brought: values that chance made all alike are not taken for certainty.
    """
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    n, whole = len(y), float(w.sum())
    if not n:
        return Mean(0, None, None)
    value = float(w @ y) / whole
    if n == 1:
        return Mean(1, value, None)
    worth = whole**2 / float(w @ w)  # values of equal weight that would tell as much
    errors = float(((w * (y - value)) ** 2).sum()) / whole**2
    variance = errors * n / (n - 1)
    if spread:
        variance = (variance * (worth - 1) + 2 * spread**2 / worth) / (worth + 1)
    return Mean(n, value, _student(max(1.0, worth - 1)) * sqrt(variance))


def _student(freedom: float) -> float:
    """The 97.5 % quantile of Student's t: Hill's series around the normal, exact for one and two degrees and
    on the line between where they are not whole.
    """
    if freedom < 3:
        exact = (12.7062, 4.3027, 3.1824)
        below = int(freedom) - 1
        return exact[below] + (exact[min(2, below + 1)] - exact[below]) * (freedom - int(freedom))
    z, f = Z, freedom
    terms = (
        (z**3 + z) / 4 / f,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96 / f**2,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / f**3,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160 / f**4,
    )
    return z + sum(terms)


def interval(hits: int, n: int) -> list[float]:
    """`wilson` as reports tell it; who rounds it further takes `wilson`."""
    return [round(end, 3) for end in wilson(hits, n)]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    p, z2 = hits / n, Z * Z
    middle, half = p + z2 / (2 * n), Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n))
