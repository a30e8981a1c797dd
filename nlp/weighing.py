"""Which sum and day of a call were agreed, if any: every pair is weighed with the whole call in view.

The weights (`promise_weights.yaml`) are learned by `nlp.learn.promises` from calls that readers labelled.
Each stands by the name of a piece of evidence, so that a person can read what speaks for a promise and what
against it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.evidence import CallView, Evidence, of_day, of_sum, soon_after
from nlp.mentions import Mention, Worth
from nlp.pair_evidence import of_call, of_pair
from nlp.stance import GIVEN
from nlp.yaml_trouble import read

FILE = Path(__file__).with_name("promise_weights.yaml")
_STRONGEST = 6
NONE_FROM = 0.5  # probability of no promise above which none is reported


@dataclass(frozen=True, slots=True)
class Deal:
    """A sum and a day that were agreed, with all that was said of either."""

    amount: tuple[Mention, ...]
    date: tuple[Mention, ...]
    probability: float


def evidence_by_pair(
    view: CallView, strongest: int | None = None
) -> dict[tuple[Worth, Worth], tuple[Evidence, ...]]:
    """For every sum with every day: evidence for the sum, the day, both together, and an agreement at all.

    `strongest`: only so many sums and days, those that most speaks for.
    """
    sums = _best({worth: of_sum(view, worth) for worth in view.sums}, strongest)
    days = _best({worth: of_day(view, worth) for worth in view.days}, strongest)
    calls: dict[int, Evidence] = {}
    out: dict[tuple[Worth, Worth], tuple[Evidence, ...]] = {}
    for amount, of_amount in sums.items():
        for day, of_date in days.items():
            at = max(view.sums[amount][-1].turn, view.days[day][-1].turn)
            if at not in calls:
                calls[at] = of_call(view, at)
            out[amount, day] = (of_amount, of_date, of_pair(view, amount, day), calls[at])
    return out


def _best(evidence: dict[Worth, Evidence], strongest: int | None) -> dict[Worth, Evidence]:
    if strongest is None or len(evidence) <= strongest:
        return evidence
    ranked = sorted(evidence, key=lambda worth: _weight(evidence[worth]), reverse=True)
    return {worth: evidence[worth] for worth in ranked[:strongest]}


def likeliest(view: CallView) -> Deal | None:
    """The likeliest agreement of the call and how probable it is that there is one at all; None where no sum
    and day were named.
    """
    scores: dict[int, float] = {}
    totals: dict[tuple[Worth, Worth], float] = {}
    for pair, parts in evidence_by_pair(view, _STRONGEST).items():
        for part in parts:
            if id(part) not in scores:
                scores[id(part)] = _weight(part)
        totals[pair] = sum(scores[id(part)] for part in parts)
    if not totals:
        return None
    best = max(totals, key=totals.__getitem__)
    if view.settled and all(m.rest for m in view.days[best[1]]) and view.agreed in totals:
        best = view.agreed  # «la segunda, el diez de diciembre»: the first stood before it
    against = 1 / (1 + sum(math.exp(min(total, 50.0)) for total in totals.values()))
    return Deal(tuple(view.sums[best[0]]), tuple(view.days[best[1]]), 1 - against)


def _weight(part: Evidence) -> float:
    weights, total = _weights(), 0.0
    for name, figure in part.items():
        if figure:
            total += weights.get(name, 0.0) * figure
    return total


@cache
def _weights() -> dict[str, float]:
    return {str(name): float(weight) for name, weight in read(FILE).items()}


def turn_of(view: CallView, deal: Deal) -> int | None:
    """The payer's turn at which sum and day both stood, or None where the payer never spoke after them.

    Where the payer names both in one breath, it is there that they commit.
    """
    if (whole := _whole(deal)) is not None:
        return whole
    if view.settled and view.agreed == (deal.amount[0].worth, deal.date[0].worth):
        return view.table.committed
    told = max(deal.amount[0].turn, deal.date[0].turn)
    said = {m.turn for m in (*deal.amount, *deal.date) if not m.by_agent}
    answered = {soon_after(view.far_turns, m.turn) for m in (*deal.amount, *deal.date) if m.by_agent}
    turns = [i for i in view.far_turns if i >= told and (i in said or i in answered)]
    return turns[0] if turns else next((i for i in view.far_turns if i >= told), None)


def _whole(deal: Deal) -> int | None:
    sums, days = (
        {m.turn for m in said if not m.by_agent and not m.in_question and m.stance in GIVEN}
        for said in (deal.amount, deal.date)
    )
    return min(sums & days, default=None)
