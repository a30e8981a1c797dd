"""Of which days payments are known, and of whose, as people read it: equal days once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach.payment_spans import Span


@dataclass(frozen=True, slots=True)
class Told:
    """Spans of the same days as one; "" among `portfolios` stands for calls that name none."""

    currency: str
    first: date
    last: date
    countries: tuple[str, ...]
    portfolios: tuple[str, ...]

    @property
    def money(self) -> str:
        """«USD (EC, SV)»."""
        return f"{self.currency} ({', '.join(self.countries)})" if self.countries else self.currency


def gathered(spans: Iterable[Span]) -> tuple[Told, ...]:
    by: defaultdict[tuple[str, date, date], list[Span]] = defaultdict(list)
    for one in spans:
        by[one.currency, one.first, one.last].append(one)
    return tuple(
        Told(*days, *(tuple(sorted(names)) for names in (
            {one.country for one in its if one.country}, {one.portfolio for one in its}
        )))
        for days, its in sorted(by.items())
    )  # fmt: skip
