"""The five steps of the base cycle, 0-2 each: recognise, explore, answer or offer, ask again, close."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from drills import phrasing
from drills.aims import agreed_at, disputed, of_mine, pays, words_of
from drills.closing import close_mark
from drills.credit import ACTS, ONLY_PAY, disrespectful, reached, turns_on
from drills.drill import Play
from drills.marks import CLOSED, UNASKED, Mark, mark
from drills.matter import OFF_MATTER
from drills.meant import ASK, CLEAR, SOFT, leaves_in_peace
from drills.offering import offers
from drills.proposal import proposed
from drills.recommended import SOURCE
from drills.scenario import EMERGENCY
from drills.taken_back import BARE
from drills.wording import better_line
from drills.worth import found_in, of_payment
from nlp.types import Finding, Findings
from rubrics.replies import Suggestion


def step_marks(play: Play, findings: Findings, said: Sequence[Suggestion]) -> tuple[Mark, ...]:
    """One mark for each step that the exercise gives room for."""
    labels = tuple(dict.fromkeys(label for _, label in play.raised))
    marks = [_step(step, play, findings, said, labels) for step in ACTS]
    marks += [
        one for one in (_ask(play, findings, said, labels), close_mark(play, findings)) if one is not None
    ]
    return tuple(marks)


def doubts(play: Play, findings: Findings) -> list[Finding]:
    """Where the trainee doubts or gives up. What only a tagger hears, unsure and without words to point at,
    takes no point; nor does leaving in peace who is busy or angry.
    """
    found = of_mine(play, findings, SOFT)
    sure = [f for f in found if f.source[:4] == "rule" or f.score >= CLEAR]
    calls = phrasing.takes_calls({label for _, label in play.raised})
    return [f for f in sure if not (calls and leaves_in_peace(f))]


def _step(
    step: str, play: Play, findings: Findings, said: Sequence[Suggestion], labels: Sequence[str]
) -> Mark:
    """The step over every objection that was met: the mean of what each got."""
    met = [label for label in labels if turns_on(play, label)]
    seen = {label: reached(step, play, findings, label) for label in met}
    if not seen:
        return mark(step, 0, 2, better=better_line(step, play, said))
    average = mean(one.points for one in seen.values())
    least = min(seen, key=lambda label: seen[label].points)  # what cost most, and what is to be said to it
    lacks, most = seen[least], max(seen.values(), key=lambda one: one.points)
    # courtesy alone, to one of several, is no half
    got = int(average) if most.reason == BARE else int(average + 0.5)
    better = better_line(step, play, said, least)
    values: dict[str, object] = {}
    reason = lacks.reason
    if reason == OFF_MATTER:
        values = {"objection": least}
    elif len(seen) > 1 and lacks.points < most.points:
        reason = "half" if lacks.points else "unanswered"
        first = next(turn for turn, label in play.raised if label == least)
        values = {"objection": least, "turn": sum(turn < first for turn in play.mine)}
    if step == "explore" and least == EMERGENCY and reason in ("", CLOSED, ONLY_PAY):
        reason = UNASKED  # where no payment may be asked for, no question for its day is advised either
    return mark(step, got, 2, most.quote, better, reason=reason, **values)


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
