"""How far raters agree beyond chance: Cohen's kappa of two, Krippendorff's alpha of any number with gaps.

Outcomes are names without order (pass, fail, na). Shares are 0..1, kappa and alpha -1..1; None where nothing
can be said. Interval of a share: Wilson's, analytic. Of kappa and alpha: percentile bootstrap over the calls,
1,000 draws with a fixed seed, so that the same reviews always show the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coach.intervals import wilson
from rubrics.types import Outcome

OUTCOMES: tuple[Outcome, ...] = ("pass", "fail", "na")
_AT = {name: at for at, name in enumerate(OUTCOMES)}
_ROUNDS, _SEED = 1000, 20260901

Pairs = Mapping[tuple[Outcome, Outcome], int]  # what two raters said of one call, and how often
Units = Mapping[tuple[Outcome, ...], int]  # what all raters of a call said, and of how many calls
Floats = NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`, with Wilson's 95 % interval."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def low(self) -> float:
        return wilson(self.hits, self.n)[0]

    @property
    def high(self) -> float:
        return wilson(self.hits, self.n)[1]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Kappa or alpha with its 95 % bootstrap interval; None where nobody ever said anything else."""

    value: float | None
    low: float | None = None
    high: float | None = None


def agreed(pairs: Pairs) -> Share:
    return Share(sum(n for (a, b), n in pairs.items() if a == b), sum(pairs.values()))


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa of two raters over the same calls, without its interval; None as in `Beyond`."""
    value = float(_cohen(_table(pairs)[None])[0])
    return None if np.isnan(value) else value


def cohen(pairs: Pairs) -> Beyond:
    """The same with its interval."""
    return _cohen_of(tuple(map(tuple, _table(pairs).tolist())))


@lru_cache(maxsize=4096)  # screens ask again and again while nothing was said anew
def _cohen_of(rows: tuple[tuple[float, ...], ...]) -> Beyond:
    table = np.array(rows)
    value = float(_cohen(table[None])[0])
    if np.isnan(value):
        return Beyond(None)
    whole = table.sum()
    drawn = np.random.default_rng(_SEED).multinomial(int(whole), table.ravel() / whole, _ROUNDS)
    return Beyond(value, *_percentiles(_cohen(drawn.reshape(-1, 3, 3).astype(float))))


def krippendorff(units: Units) -> Beyond:
    """Nominal alpha; one unit holds what everybody who judged it said. Units with one word say nothing."""
    return _alpha_of(tuple(sorted((unit, n) for unit, n in units.items() if len(unit) > 1)))


@lru_cache(maxsize=4096)
def _alpha_of(units: tuple[tuple[tuple[Outcome, ...], int], ...]) -> Beyond:
    if not units:
        return Beyond(None)
    each = np.array([_coincidences(unit).ravel() for unit, _ in units])
    often = np.array([n for _, n in units])
    value = _alpha((often @ each).reshape(1, 3, 3))[0]
    if np.isnan(value):
        return Beyond(None)
    times = np.random.default_rng(_SEED).multinomial(often.sum(), often / often.sum(), _ROUNDS)
    drawn = (times @ each).reshape(-1, 3, 3)
    return Beyond(float(value), *_percentiles(_alpha(drawn)))


def _table(pairs: Pairs) -> Floats:
    table = np.zeros((3, 3))
    for (a, b), n in pairs.items():
        table[_AT[a], _AT[b]] += n
    return table


def _cohen(tables: Floats) -> Floats:
    """Of each 3 x 3 table; NaN where chance alone would agree always."""
    whole = tables.sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = np.trace(tables, axis1=1, axis2=2) / whole
        chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / whole**2
        return np.asarray(np.where(chance < 1 - 1e-12, (seen - chance) / (1 - chance), np.nan))


def _coincidences(unit: tuple[Outcome, ...]) -> Floats:
    """All ordered pairs of words on one unit, each weighing 1 / (words - 1)."""
    counts = np.bincount([_AT[one] for one in unit], minlength=3).astype(float)
    return np.asarray((np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1))


def _alpha(tables: Floats) -> Floats:
    """Of each coincidence matrix; NaN where all said the same always."""
    totals = tables.sum(axis=2)
    n = totals.sum(axis=1)
    differ = n - np.trace(tables, axis1=1, axis2=2)
    by_chance = n**2 - (totals**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(by_chance > 1e-9, 1 - (n - 1) * differ / by_chance, np.nan))


def _percentiles(values: Floats) -> Range | tuple[()]:
    held = values[~np.isnan(values)]
    if not len(held):
        return ()
    low, high = np.percentile(held, (2.5, 97.5))
    return float(low), float(high)
