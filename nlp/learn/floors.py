"""The last measured figures as a floor: what came out worse this time, by more than chance moves it.

Reads the reports of `coach eval`, `coach eval --rubric` and `benchmarks`: whatever of `SHARES` and `COUNTS`
the floor has is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SLACK = 0.03  # of a share: other processors round otherwise, and one call more or less is no trend
_LABELS = tuple(
    f"{part}.{kind}.{level}.micro.f1"
    for part in ("calls", "utterances")
    for kind in ("objections", "acts")
    for level in ("per_turn", "per_call")
)
SHARES = (
    *_LABELS,
    "calls.promise.exact",
    "calls.address.right",
    "calls.ladder.found.outcomes.micro.f1",
    "calls.quotes.objections.overlap",
    "calls.quotes.acts.overlap",
    "accuracy",  # of verdicts
    "critical.recall",
    "critical.precision",
    "evidence.same_turn",
    "objections.all.f1",  # of benchmarks/gold.py
    "acts.all.f1",
    "verdicts.accuracy",
    "verdicts.critical.recall",
    "verdicts.critical.precision",
    "fail_evidence.same_turn",
    "promise.exact",
    "debtor.micro.f1",  # of benchmarks/labels.py
    "debtor.macro.f1",
    "agent.micro.f1",
    "agent.macro.f1",
)
COUNTS = ("calls.promise.made_up", "promise.made_up")  # each one is a sum that nobody promised


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is worse than its floor; `now` is None where it was not measured at all."""

    figure: str
    floor: float
    now: float | None


def fallen(report: Mapping[str, Any], floor: Mapping[str, Any]) -> list[Fall]:
    """The figures of `report` under those of `floor`: shares by more than `SLACK`, counts by one."""
    out = []
    for name in (*SHARES, *COUNTS):
        was, now = _at(floor, name), _at(report, name)
        if was is None:
            continue
        if now is None or (now > was if name in COUNTS else now < was - SLACK):
            out.append(Fall(name, was, now))
    return out


def _at(report: Mapping[str, Any], name: str) -> float | None:
    """The figure at a dotted path; None where there is none."""
    found: Any = report
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, int | float) else None
