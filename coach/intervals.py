"""A mean never comes without what it stands on: n and a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


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


def _student(freedom: int) -> float:
    """The 97.5 % quantile of Student's t: Hill's series around the normal, exact for one and two degrees."""
    if freedom == 1:
        return 12.7062
    if freedom == 2:
        return 4.3027
    z, f = 1.959964, float(freedom)
    terms = (
        (z**3 + z) / 4 / f,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96 / f**2,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / f**3,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160 / f**4,
    )
    return z + sum(terms)
