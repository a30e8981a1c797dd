"""What speaks for a sum, a day and both together as the promise of a call: named figures, mostly 0 or 1, that
`weighing.py` weighs.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from nlp.bargain import Table
from nlp.labels import act_ids
from nlp.mentions import Mention, Worth
from nlp.said import UNKNOWN_DAY
from nlp.stance import Stance
from nlp.thresholds import call_bar
from nlp.turn_marks import marks_of, names_channel, replies, sides
from nlp.types import Finding
from transcripts.types import Transcript

Evidence = dict[str, float]
Heard = Mapping[str, frozenset[int]]
_NOT_PAID = (Stance.EARNS, Stance.SPENDS, Stance.PAST)
_LEANS = (Stance.PAYS, Stance.SUGGESTS)
_SURE_REFUSAL = 0.8  # score from which a refusal found by rule counts as one
_TINY, _SMALL = 0.03, 0.1  # of the largest sum of the call
_FAR_OFF = 45  # days
_NEAR = 60  # characters between a sum and its day


def heard_in(findings: Sequence[Finding]) -> Heard:
    """The turns of every act and objection that is sure enough to count; nothing where no act is among
    them.
    """
    turns: dict[str, set[int]] = {}
    for finding in findings:
        if finding.score >= call_bar(finding.label):
            turns.setdefault(finding.label, set()).add(finding.quote.turn)
    if turns.keys().isdisjoint(act_ids()):
        return {}
    return {label: frozenset(some) for label, some in turns.items()}


def refused_in(findings: Sequence[Finding]) -> set[int]:
    """The turns of refusals that a rule is sure of: they cancel what was agreed before."""
    return {
        finding.quote.turn
        for finding in findings
        if finding.label == "refusal"
        and finding.source.startswith("rule:")
        and finding.score >= _SURE_REFUSAL
    }


class Kind:
    """All the sums of a call, or all its days: who spoke of them last, and in which order they came."""

    def __init__(self, said: dict[Worth, list[Mention]]) -> None:
        self.said = said
        every = [m for found in said.values() for m in found]
        self.last_agent = max((m.turn for m in every if m.by_agent), default=None)
        self.last_far = max((m.turn for m in every if not m.by_agent), default=None)
        final = [m for m in every if m.by_agent and m.turn == self.last_agent]
        lead = [m for m in final if not m.rest and not m.corrected]
        self.lead = min(lead, key=lambda m: m.order).worth if lead else None
        self._alive = {w: alive for w, found in said.items() if (alive := [m for m in found if _live(m)])}

    def after(self, worth: Worth) -> tuple[int, int]:
        """How many others, still bargained over, came up after it; how many were named after its last
        mention.
        """
        mine = self._alive.get(worth) or self.said[worth]
        others = [found for other, found in self._alive.items() if other != worth]
        newer = sum(_place(found[0]) > _place(mine[0]) for found in others)
        return newer, sum(_place(found[-1]) > _place(mine[-1]) for found in others)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.turn, mention.order


class CallView:
    """A call with all its mentions, arranged for questions about one sum or day."""

    def __init__(
        self, transcript: Transcript, mentions: Sequence[Mention], table: Table, heard: Heard | None = None
    ) -> None:
        self.transcript = transcript
        self.table = table
        self.heard = heard or {}  # acts and objections: the turns in which each was found
        self.settled = table.committed is not None  # sum and day both, by the walk
        self.agreed: tuple[Worth | None, Worth | None] = (
            table.amount.amount if table.amount else None,
            table.date.date if table.date else None,
        )
        self.length = len(transcript.turns)
        self.sums: dict[Worth, list[Mention]] = defaultdict(list)
        self.days: dict[Worth, list[Mention]] = defaultdict(list)
        self.at: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            (self.days if mention.is_day else self.sums)[mention.worth].append(mention)
            self.at[mention.turn].append(mention)
        self.agent_turns, self.far_turns = sides(transcript)
        self.marks = [marks_of(turn.text) for turn in transcript.turns]
        self.replies = replies(transcript, {i: {m.worth for m in found} for i, found in self.at.items()})

    def place(self, turn: int) -> float:
        """How far into the call a turn stands, 0..1."""
        return turn / max(self.length - 1, 1)

    @property
    def read_backs(self) -> frozenset[int]:
        return self.heard.get("read_back", frozenset())

    @cached_property
    def kind_of_sums(self) -> Kind:
        return Kind(self.sums)

    @cached_property
    def kind_of_days(self) -> Kind:
        return Kind(self.days)

    @cached_property
    def joint(self) -> list[int]:
        """Turns that name both a sum and a day."""
        return [i for i in sorted(self.at) if len({m.is_day for m in self.at[i]}) == 2]

    @cached_property
    def beside(self) -> dict[int, list[tuple[Mention, Mention]]]:
        """Of each turn the sums and days that stand next to each other."""
        return {turn: beside(found) for turn, found in self.at.items()}

    @cached_property
    def names_channel(self) -> list[bool]:
        return [names_channel(turn.text) for turn in self.transcript.turns]

    @cached_property
    def agent_joint(self) -> list[int]:
        return [i for i in self.joint if self.transcript.turns[i].speaker == "agent"]


def beside(found: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Sums and days of a turn that stand next to each other, with no third between them."""
    row = sorted(found, key=lambda m: m.start)
    out = []
    for first, second in pairwise(row):
        if first.is_day != second.is_day and second.start - first.end < _NEAR:
            out.append((second, first) if first.is_day else (first, second))
    return out


def of_value(view: CallView, kind: Kind, worth: Worth, prefix: str) -> Evidence:
    """Evidence for one sum or day among all of its `kind`; names begin with `prefix`."""
    said = kind.said[worth]
    agent, far = [m for m in said if m.by_agent], [m for m in said if not m.by_agent]
    last = said[-1]
    newer, later = kind.after(worth)
    figures: dict[str, float] = {
        "far": bool(far),
        "both": bool(agent and far),
        "last_place": view.place(last.turn),
        "from_end": min(view.length - 1 - last.turn, 20) / 20,
        "in_last_far": any(m.turn == kind.last_far for m in far),
        "in_last_agent": any(m.turn == kind.last_agent for m in agent),
        "leads_last_agent": kind.lead == worth,
        "echoed": any(0 < a.turn - f.turn <= 2 for a in agent for f in far),
        "repeated": any(0 < f.turn - a.turn <= 2 for a in agent for f in far),
        "turns": math.log(len({m.turn for m in said})),
        "first_place": view.place(said[0].turn),
        "newest": min(newer, 5) / 5,
        "latest": min(later, 5) / 5,
        "far_first": not said[0].by_agent,
        "is_latest": later == 0,
        "is_newest": newer == 0,
        "leads": all(m.order == 0 for m in said[-2:]),
        "read_back": any(m.turn in view.read_backs for m in agent),
        "read_back_last": bool(view.read_backs) and any(m.turn == max(view.read_backs) for m in agent),
    }
    figures |= _answers(view, agent, far) | _stances(said, agent, far)
    return {prefix + name: float(value) for name, value in figures.items()}


def _live(mention: Mention) -> bool:
    """Whether a mention may still be bargained over."""
    gone = mention.corrected or mention.rest or mention.debt
    return not gone and mention.stance not in (Stance.CALLS, Stance.DENIES)


def _answers(view: CallView, agent: list[Mention], far: list[Mention]) -> Evidence:
    """How the other side took each mention."""
    last = view.replies[agent[-1].turn] if agent else None
    after_far = [soon_after(view.agent_turns, m.turn) for m in far]
    return {
        "yes": any(view.replies[m.turn] == "yes" for m in agent),
        "last_yes": last == "yes",
        "last_no": last == "no",
        "last_counter": last == "counter",
        "rejected": any(i is not None and view.marks[i].rejects for i in after_far),
        "taken": any(i is not None and view.marks[i].agrees and not view.marks[i].rejects for i in after_far),
        "countered": bool(after_far)
        and after_far[-1] is not None
        and any(m.is_day == far[-1].is_day and m.worth != far[-1].worth for m in view.at[after_far[-1]])
        and all(m.worth != far[-1].worth for m in view.at[after_far[-1]]),
    }


def soon_after(turns: Sequence[int], after: int) -> int | None:
    """The first of `turns` that follows `after` at once, or with one turn between."""
    return next((i for i in turns if after < i <= after + 2), None)


def _stances(said: list[Mention], agent: list[Mention], far: list[Mention]) -> Evidence:
    return {
        "pays": any(m.stance in _LEANS for m in far),
        "answers": any(m.stance is Stance.NEUTRAL and m.asked for m in far),
        "not_paid": bool(far) and all(m.stance in _NOT_PAID for m in far),
        "denied": any(m.stance is Stance.DENIES for m in far),
        "denied_last": bool(far) and far[-1].stance is Stance.DENIES,
        "doubted": any(m.stance is Stance.DOUBTS for m in far),
        "could": any(m.stance is Stance.COULD for m in far),
        "conditional": any(m.conditional for m in far),
        "conditional_last": bool(far) and far[-1].conditional,
        "loose": not any(m.firm for m in said),
        "rest": all(m.rest for m in said),
        "some_rest": any(m.rest for m in said),
        "calls": any(m.stance is Stance.CALLS for m in said),
        "all_calls": all(m.stance is Stance.CALLS for m in said),
        "only_asked": bool(agent) and not far and all(m.in_question for m in agent),
        "far_wonders": bool(far) and not agent and all(m.in_question for m in far),
        "stated": any(not m.in_question for m in agent),
        "corrected": said[-1].corrected,
        "all_corrected": all(m.corrected for m in said),
    }


def of_sum(view: CallView, worth: Worth) -> Evidence:
    assert isinstance(worth, Decimal)
    said = view.sums[worth]
    share = float(worth / max(other for other in view.sums if isinstance(other, Decimal)))
    agreed = view.agreed[0] == worth
    return of_value(view, view.kind_of_sums, worth, "sum_") | {
        "sum_debt": float(all(m.debt for m in said)),
        "sum_largest": float(share == 1),
        "sum_bare": float(all(m.bare for m in said)),
        "sum_bare_unasked": float(all(m.bare and not m.asked for m in said)),
        "sum_tiny": float(share < _TINY),
        "sum_small": float(share < _SMALL),
        "sum_round": float(worth >= 10 and len(str(int(worth)).rstrip("0")) <= 2),
        "sum_on_table": float(agreed),
        "sum_committed": float(agreed and view.settled),
    }


def of_day(view: CallView, worth: Worth) -> Evidence:
    assert isinstance(worth, datetime.date)
    said = view.days[worth]
    call_date = view.transcript.recording.call_date or UNKNOWN_DAY
    ahead = (worth - call_date).days
    last = view.kind_of_days.last_agent
    final = [m.worth for m in view.at.get(last, ()) if m.is_day and m.by_agent] if last is not None else []
    agreed = view.agreed[1] == worth
    return of_value(view, view.kind_of_days, worth, "day_") | {
        "day_today": float(ahead == 0),
        "day_tomorrow": float(ahead == 1),
        "day_ahead": math.log1p(max(ahead, 0)) / 4,
        "day_far_off": float(ahead > _FAR_OFF),
        "day_deadline": float(any(m.deadline for m in said)),
        "day_threat": float(any(m.by_agent and view.marks[m.turn].deadline for m in said)),
        "day_disagrees": float(not any(m.agrees for m in said)),
        "day_by_number": float(any(m.by_number for m in said)),
        "day_first_of_last": float(bool(final) and min(final) == worth),
        "day_on_table": float(agreed),
        "day_committed": float(agreed and view.settled),
    }
