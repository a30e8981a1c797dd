"""The five small points of a talk: usted, the name, few words, no doubt words, one figure and one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_UP, Decimal

from drills.aims import names_sums, of_mine, words_of
from drills.drill import Drill, Play
from drills.marks import RESPECT, Mark, mark, rules
from drills.meant import BEGS
from drills.proposal import proposed
from drills.scenario import DISPUTES
from drills.state import DISRESPECT, MOST_WORDS
from drills.steps import doubts
from nlp.figures import authorized
from nlp.types import Finding, Findings
from nlp.wording import first_hedge
from rubrics.case_words import day_in_words, sum_in_words

COMPLAINT = "bad_service"
APOLOGISED = ("payment_channel", COMPLAINT, "wrong_amount", "no_notice", "harassment_complaint")
SOON = timedelta(days=4)  # the day of the example


def respect_mark(play: Play, findings: Findings) -> tuple[Mark, ...]:
    """Two points lost where the trainee insults, mocks or shows weariness; no mark where nobody does."""
    said = of_mine(play, findings, DISRESPECT)
    if not said:
        return ()
    lost = mark(RESPECT, 0, 2, words_of(play, said[0].quote))
    return (replace(lost, times=_turns(said)),)


def small_marks(play: Play, findings: Findings) -> tuple[Mark, ...]:
    """One point each; no name where the case has none, no figure and date where nothing is asked."""
    marks = (
        _usted(play, findings),
        _name(play, findings),
        _short(play),
        _sure(play, findings),
        _figures(play),
    )
    return tuple(one for one in marks if one is not None)


def _usted(play: Play, findings: Findings) -> Mark:
    said = of_mine(play, findings, ("tuteo",))
    times = _turns(said)
    reason = "often" if times > 1 else ""
    words = said[0].quote.text if said else ""
    lost = mark("usted", int(not said), 1, words, _unasked("usted", play), reason=reason, times=times)
    return replace(lost, times=times)


def _name(play: Play, findings: Findings) -> Mark | None:
    name = play.drill.recording.debtor_name
    if not name:
        return None
    said = of_mine(play, findings, ("debtor_name",))
    return mark("name", int(bool(said)), 1, said[0].quote.text if said else "", name=name.split()[0])


def _short(play: Play) -> Mark:
    longest = max((play.turns[turn].text for turn in play.mine), key=lambda text: len(text.split()))
    words = len(longest.split())
    over = words > MOST_WORDS
    return mark("short", int(not over), 1, longest if over else "", most=MOST_WORDS, words=words)


def _sure(play: Play, findings: Findings) -> Mark:
    turns = tuple(
        turn if at in play.mine else replace(turn, speaker="unknown") for at, turn in enumerate(play.read)
    )
    soft = doubts(play, findings)
    begs = [f for f in soft if f.label == BEGS]
    open_ = of_mine(play, findings, ("asks_capacity",))  # «¿con cuánto podría…?» is courtesy, no doubt
    asks = [f for f in findings.findings if not any(f.quote.overlaps(one.quote) for one in open_)]
    doubt = first_hedge(replace(play.transcript, turns=turns), asks)
    sorry = of_mine(play, findings, ("apologises",)) if _at_fault(play) else []
    if doubt is not None and any(doubt.overlaps(one.quote) for one in sorry):
        doubt = None  # «disculpe la molestia», for a payment that failed, is no doubt
    said = next((f.quote for f in (*begs, *soft)), doubt)
    words, better = said.text if said else "", _unasked("sure", play)
    lost = mark("sure", int(said is None), 1, words, better, reason="begs" if begs else "")
    return replace(lost, times=max(1, _turns(begs)))


def _at_fault(play: Play) -> bool:
    """Whether what was objected calls for an apology."""
    return any(label in DISPUTES or label in APOLOGISED for _, label in play.raised)


def _asks_sum(play: Play) -> bool:
    """Whether a sum and a day are what is to be asked for: not to who only complains of what was bought."""
    return names_sums(play) and {label for _, label in play.raised} != {COMPLAINT}


def _unasked(rule: str, play: Play) -> str:
    """The better line where no payment is to be asked for; empty where one is."""
    return "" if _asks_sum(play) else rules()[rule].better_unasked


def _turns(found: Sequence[Finding]) -> int:
    return len({f.quote.turn for f in found})


def _figures(play: Play) -> Mark | None:
    if not _asks_sum(play):
        return None
    said = [(turn, *proposed(play.transcript, turn)) for turn in play.mine]
    sums = [turn for turn, amount, _ in said if amount is not None]
    days = [turn for turn, _, day in said if day is not None]
    recording = play.drill.recording
    goal = _goal(play.drill)
    values = {
        "amount": "la mitad"
        if goal is None
        else sum_in_words(goal, recording.facts.currency, recording.country),
        "date": day_in_words(play.drill.on + _soon(play.drill)),
    }
    both = [turn for turn in sums if turn in days]
    told = both[:1] or sorted({*sums[:1], *days[:1]})
    quote = " … ".join(play.turns[turn].text for turn in told)
    return mark("figures", int(bool(sums and days)), 1, quote, **values)


def _goal(drill: Drill) -> Decimal | None:
    """The sum that would do: what wins the case, else one of the authorised instalments, else all."""
    facts, case = drill.recording.facts, drill.scenario
    if case is not None and (case.success.min_amount or case.success.kind == "promise"):
        return case.least
    if facts.amount_due is None:
        return None
    parts = authorized(facts.authorized_offers or ()).parts
    whole = facts.amount_due == facts.amount_due.to_integral_value()
    return (facts.amount_due / parts).quantize(Decimal(1) if whole else Decimal("0.01"), ROUND_UP)


def _soon(drill: Drill) -> timedelta:
    """How far off the day of the example is: not after the case's own."""
    within = drill.scenario.success.within_days if drill.scenario else None
    return SOON if within is None else min(SOON, timedelta(days=within))
