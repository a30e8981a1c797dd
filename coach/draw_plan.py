"""Which calls of a day's frame deserve a person's ear, and how likely each was to be taken.

Two draws that know nothing of each other: a control share among all calls alike, and a share for each reason
among the calls that have it. A call's probability is that of being taken by either, known for every call of
the frame, so that a mean over what was heard, weighed by 1/probability, is one over all. The day is the seed:
the same frame gives the same draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import ceil
from typing import Literal, get_args

from coach.workflow_rules import WorkflowRules

Reason = Literal["random", "critical", "disagreement", "threshold", "doubt", "new_agent"]
REASONS: tuple[Reason, ...] = get_args(Reason)
HARD: tuple[Reason, ...] = REASONS[1:]  # what a call is taken for, the weightiest first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that may be drawn; `reason` is the weightiest that speaks for it, None where none does."""

    recording_id: str
    agent_login: str | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """What the draw comes to for one call; `drawn` is why it was taken, None where it was not."""

    recording_id: str
    agent_login: str | None
    probability: float  # 0..1, of being taken by either draw
    drawn: Reason | None
    blind: bool = False


def plan(frame: Sequence[Candidate], rules: WorkflowRules, day: date) -> tuple[Chance, ...]:
    """The day's draw over `frame`, one line for each of its calls, in its order.

    What the control share takes is «random» even where a reason speaks for it: those calls alone are a plain
    random sample of the frame. Where too few calls have a reason the control share takes their place.
    """
    size = min(rules.per_day, len(frame))
    of_reason = {reason: [one.recording_id for one in frame if one.reason == reason] for reason in HARD}
    slots = shares([len(ids) for ids in of_reason.values()], size - ceil(size * rules.control_share))
    control = size - sum(slots)
    at_random = set(first([one.recording_id for one in frame], control, f"{day}|random"))
    taken: dict[str, Reason] = {}
    likely: dict[Reason, float] = {}
    for reason, n in zip(HARD, slots, strict=True):
        likely[reason] = n / len(of_reason[reason]) if of_reason[reason] else 0.0
        taken |= dict.fromkeys(first(of_reason[reason], n, f"{day}|{reason}"), reason)
    taken |= dict.fromkeys(at_random, "random")
    base = control / len(frame) if frame else 0.0
    return tuple(
        Chance(
            one.recording_id,
            one.agent_login,
            1 - (1 - base) * (1 - (likely[one.reason] if one.reason else 0.0)),
            taken.get(one.recording_id),
            one.recording_id in taken and hidden(one.recording_id, rules.blind_share, str(day)),
        )
        for one in frame
    )


def shares(sizes: Sequence[int], slots: int) -> list[int]:
    """`slots` dealt one by one to heaps of these sizes, in turn, as long as there is room."""
    out = [0] * len(sizes)
    while slots > 0 and any(n < size for n, size in zip(out, sizes, strict=True)):
        for place, size in enumerate(sizes):
            if slots > 0 and out[place] < size:
                out[place] += 1
                slots -= 1
    return out


def first(ids: Sequence[str], n: int, seed: str) -> list[str]:
    """`n` of `ids` by lot: each as likely as any other, the same ones for the same seed."""
    return sorted(ids, key=lambda each: lot(each, seed))[:n]


def hidden(recording_id: str, share: float, seed: str) -> bool:
    """Whether the call is to be reviewed blind: by lot, whatever it was taken for."""
    return lot(recording_id, f"{seed}|blind") < share


def lot(recording_id: str, seed: str) -> float:
    """A number 0..1 that hangs on nothing but the id and the seed."""
    return int.from_bytes(sha256(f"{seed}|{recording_id}".encode()).digest()[:7]) / 2**56
