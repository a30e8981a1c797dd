"""The five steps of the base cycle, 0-2 each: recognise, explore, answer or offer, ask again, close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean
from typing import NamedTuple

from drills import phrasing
from drills.asking import puts_forward
from drills.aims import agreed_at, disputed, of_mine, pays, words_of
from drills.closing import close_mark
from drills.drill import Play
from drills.marks import CLOSED, Mark, mark
from drills.matter import OFF_MATTER, STANDS_FOR, Matter
from drills.meant import ASK, CLEAR, SOFT, leaves_in_peace
from drills.offering import offers
from drills.proposal import proposed
from drills.recommended import ACT, SOURCE
from drills.repeats import REPEATS
from drills.reply import says_something
from drills.scenario import DISPUTES
from drills.state import OFFENCES
from drills.subject import BESIDE
from drills.wording import FEW_WORDS, better_line
from drills.worth import found_in, is_beside, is_closed, is_general, of_payment, opened, sentence_of
from nlp.types import Finding, Findings
from rubrics.ladder import ladders
from rubrics.replies import Suggestion
from transcripts.types import Quote

ACTS: dict[str, tuple[str, ...]] = {
    "recognise": ("empathy",),
    "explore": ("probes", "asks_reason", "asks_clarifying"),
    "answer": (
        "answers", "offers_alternatives", "explains_benefit", "follow_up",
        "offer_plan", "offer_channel", "offer_date", "offer_waiver",
    ),
}  # fmt: skip
HINTS: dict[str, tuple[str, ...]] = {
    "recognise": ("acknowledges", "apologises", phrasing.TAKES_UP),
    "explore": ("explores", phrasing.WHEN, phrasing.BACK),
    "answer": (phrasing.WAY,),
}
VAGUE = "vague"  # a reason: an offer that names nothing


def step_marks(play: Play, findings: Findings, said: Sequence[Suggestion]) -> tuple[Mark, ...]:
    """One mark for each step that the exercise gives room for."""
    labels = tuple(dict.fromkeys(label for _, label in play.raised))
    marks = [_step(step, play, findings, said, labels) for step in ACTS]
    marks += [
        one for one in (_ask(play, findings, said, labels), close_mark(play, findings)) if one is not None
    ]
    return tuple(marks)


def disrespectful(play: Play, findings: Findings) -> frozenset[int]:
    """The trainee's turns that offend: whatever else they hold, the debtor hears only that."""
    return frozenset(f.quote.turn for f in of_mine(play, findings, OFFENCES))


def doubts(play: Play, findings: Findings) -> list[Finding]:
    """Where the trainee doubts or gives up. What only a tagger hears, unsure and without words to point at,
    takes no point; nor does leaving in peace who is busy or angry.
    """
    found = of_mine(play, findings, SOFT)
    sure = [f for f in found if f.source[:4] == "rule" or f.score >= CLEAR]
    calls = phrasing.takes_calls({label for _, label in play.raised})
    return [f for f in sure if not (calls and leaves_in_peace(f))]


def turns_on(play: Play, label: str) -> tuple[int, ...]:
    """The trainee's turns that meet an objection: from where it was raised to where another is."""
    out = []
    on = None
    raised = dict(play.raised)
    for turn in range(len(play.turns)):
        on = raised.get(turn, on)
        if on == label and turn in play.mine:
            out.append(turn)
    return tuple(out)


def _step(
    step: str, play: Play, findings: Findings, said: Sequence[Suggestion], labels: Sequence[str]
) -> Mark:
    """The step over every objection that was met: the mean of what each got."""
    met = [label for label in labels if turns_on(play, label)]
    seen = {label: reached(step, play, findings, label) for label in met}
    if not seen:
        return mark(step, 0, 2, better=better_line(step, play, said))
    got = int(mean(one.points for one in seen.values()) + 0.5)
    least = min(seen, key=lambda label: seen[label].points)  # what cost most, and what is to be said to it
    lacks, most = seen[least], max(seen.values(), key=lambda one: one.points)
    better = better_line(step, play, said, least)
    values: dict[str, object] = {}
    reason = lacks.reason
    if reason == OFF_MATTER:
        values = {"objection": least}
    elif len(seen) > 1 and lacks.points < most.points:
        reason = "half" if lacks.points else "unanswered"
        first = next(turn for turn, label in play.raised if label == least)
        values = {"objection": least, "turn": sum(turn < first for turn in play.mine)}
    return mark(step, got, 2, most.quote, better, reason=reason, **values)


class Reached(NamedTuple):
    points: int
    quote: str = ""
    reason: str = ""  # why points are missing, where it is more than the step not being there


def reached(
    step: str, play: Play, findings: Findings, label: str, within: Sequence[int] | None = None
) -> Reached:
    """Points of one step for one objection, and the words; of the trainee's turns `within`, where given."""
    on = turns_on(play, label) if within is None else within
    turns = tuple(at for at in on if at not in disrespectful(play, findings))
    if recommended := [f for f in found_in(findings, (ACT[step],), turns) if f.source == SOURCE]:
        return _asked(step, play, recommended[0].quote, words_of(play, recommended[0].quote))
    pitied = step == "recognise" and found_in(findings, ("pity",), turns)
    found = sorted(
        (
            one
            for one in found_in(findings, ACTS[step], turns)
            if _fits(step, play, findings, label, one.quote, one.label)
        ),
        key=lambda one: step == "explore" and is_closed(play, one.quote),
    )
    bare = (
        bool(found) and step == "recognise" and all(is_general(sentence_of(play, one.quote)) for one in found)
    )
    if found and not pitied and not bare:
        beside = step == "recognise" and all(is_beside(play, sentence_of(play, one.quote)) for one in found)
        words = words_of(play, found[0].quote)
        if beside:
            return Reached(1, words, "beside")
        open_ = [
            one.quote for one in found_in(findings, HINTS[step], turns) if not is_closed(play, one.quote)
        ]
        if step == "explore" and open_ and is_closed(play, found[0].quote):
            return Reached(2, sentence_of(play, open_[0]))
        return _asked(step, play, found[0].quote, words)
    hints = [
        one
        for one in found_in(findings, HINTS[step], turns)
        if _fits(step, play, findings, label, one.quote, one.label)
    ]
    if hints:
        told = [_hinted(step, play, one.quote) for one in hints]
        best = max(
            told, key=lambda one: (one.points, one.reason != CLOSED)
        )  # the first of those that say most
        return best._replace(points=1) if pitied else best
    if bare:
        return Reached(1, words_of(play, found[0].quote), "bare")
    if step == "explore" and (heard := opened(play, findings, turns)) is not None:
        return _asked(step, play, heard, sentence_of(play, heard))
    quotes = [
        one for one in _rung(step, play, findings, label, turns) if _fits(step, play, findings, label, one)
    ]
    return Reached(1, words_of(play, quotes[0])) if quotes else _beside(step, play, findings, label, turns)


def _beside(step: str, play: Play, findings: Findings, label: str, turns: Sequence[int]) -> Reached:
    """A step that is not there, with the words that look like it: of another matter, or offering nothing."""
    matter = Matter(play.transcript, label)
    for one in found_in(findings, ACTS[step], turns) if step != "recognise" else ():
        off = matter.is_off(one.label, one.quote)
        if off or matter.is_idle(one.label, one.quote):
            return Reached(0, words_of(play, one.quote), OFF_MATTER if off else VAGUE)
    return Reached(0)


def _fits(step: str, play: Play, findings: Findings, label: str, quote: Quote, act: str = "") -> bool:
    """Whether words may count for a step: no bare courtesy explores, no offer of nothing answers, and no
    payment is asked for or offered where it answers nothing of what was objected: to who has paid or is busy.
    """
    if step == "recognise":
        return True
    if Matter(play.transcript, label).is_idle(act or STANDS_FOR[step], quote):
        return False
    if step == "explore" and is_general(sentence_of(play, quote)):
        return False
    asks = label not in DISPUTES and phrasing.asks_payment((label,))
    return asks or not of_payment(play, findings, quote)


def _hinted(step: str, play: Play, quote: Quote) -> Reached:
    """What a small sign of a step is worth: less where it is bare, or takes up something else."""
    said = sentence_of(play, quote)
    if step != "recognise":
        return _asked(step, play, quote, said)
    if len(said.split()) <= FEW_WORDS or _but(said) or is_general(said):
        return Reached(1, said, "bare")
    return Reached(1, said, "beside") if is_beside(play, said) else Reached(2, said)


def _asked(step: str, play: Play, quote: Quote, words: str) -> Reached:
    """All of the points; of a closed question it is told that an open one opens more."""
    return Reached(2, words, CLOSED if step == "explore" and is_closed(play, quote) else "")


def _but(sentence: str) -> bool:
    """«Entiendo, pero…»"""
    return "pero" in sentence.casefold().replace(",", " ").split()[:3]


def _rung(step: str, play: Play, findings: Findings, label: str, turns: Iterable[int]) -> list[Quote]:
    """What the learned ladder takes for the step."""
    pairs = ladders(play.transcript, findings, guesses=True)
    quotes = [q for pair in pairs if pair.objection.label == label for q in pair.rungs.get(step, ())]
    off = {f.quote.turn for f in findings.of(BESIDE, REPEATS)}
    said = [q for q in quotes if q.turn in set(turns) - off and says_something(q.text)]
    return [q for q in said if step != "answer" or puts_forward(sentence_of(play, q))]


def _ask(play: Play, findings: Findings, said: Sequence[Suggestion], labels: Sequence[str]) -> Mark | None:
    """Asking again, after an objection; where asking would be wrong, not having asked."""
    told = min((turn for turn, _ in play.raised), default=len(play.turns))  # who asked before could not know
    after = [turn for turn in play.mine if turn > told]
    asked = found_in(findings, (ASK,), after)
    if disputed(play):
        return mark("no_ask", 0 if asked else 2, 2, words_of(play, asked[0].quote) if asked else "")
    if not pays(play):
        return None
    better = better_line("ask", play, said)
    phrased = found_in(findings, (phrasing.ASKS,), after)
    calls = found_in(findings, (phrasing.ASKS_CALL,), after)
    agreed = agreed_at(play)
    offered = offers(play.transcript, [turn for turn in after if agreed is None or turn <= agreed])
    begged = {f.quote.turn for f in doubts(play, findings)} | disrespectful(play, findings)
    concrete = [f.quote for f in asked if f.source == SOURCE or any(proposed(play.transcript, f.quote.turn))]
    concrete += [f.quote for f in phrased]
    concrete += [f.quote for f in calls] if phrasing.takes_calls(labels) else []
    concrete = [one for one in (*concrete, *offered) if one.turn not in begged]
    vague = [f.quote for f in (*asked, *phrased, *calls, *found_in(findings, ("read_back",), after))]
    best = concrete or [*vague, *offered]
    if not phrasing.asks_payment(labels):  # who is busy or angry is asked when to speak, and for no payment
        best = [one for one in best if not of_payment(play, findings, one)]
        concrete = [one for one in concrete if one in best]
    best = best[:1]
    got = 2 if concrete else len(best)
    return mark("ask", got, 2, words_of(play, best[0]) if best else "", better)
