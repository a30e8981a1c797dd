"""What a call tells up to an objection, as far as replies hang on it: `when` and `unless` of the playbook.

A reply that takes for granted what nobody said is beside the point, however well it is put.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from nlp.dates import dates
from nlp.money import Amount, amounts
from nlp.types import Finding, Findings
from rubrics import reading
from transcripts.types import Speaker, Transcript

# said in the very turn of the objection: the wish, the hour or the way to pay that a reply answers
Now = Literal[
    "wants_waiver", "wants_less", "wants_parts", "wants_lower", "wants_time", "has_part", "drives_now",
    "gives_hour", "owner_near", "called_at_work", "called_family", "tells_channel", "tells_proof",
    "adviser", "other_pays", "informal_lender", "other_lender", "school_first", "rent_first", "pay_day_named",
    "names_charge", "never_had", "many_calls", "asks_if_calls", "until_told", "asks_figure", "asks_benefit",
    "pet_ill", "lacks_reference", "tells_return", "refinanced", "school_paid", "day_unknown",
]  # fmt: skip
# said by then, and still so
SoFar = Literal[
    "nothing_left", "awaits_pay", "lost_job", "fewer_hours", "sells_less", "someone_died", "was_robbed",
    "robbed_of_money", "said_before", "wants_peace", "wants_repair", "borrowed_for_other", "wrong_phone",
    "odd_jobs", "no_work_now", "tells_line",
]  # fmt: skip
# read from the whole of it
State = Literal[
    "agreed", "paid", "disputed", "emergency", "names_terms", "names_own_sum", "stolen_name",
    "asked_for_other", "was_mistreated", "not_yet_told", "names_day",
]  # fmt: skip
# asked by the agent before
Asked = Literal["asked_what_if", "asked_when_home"]
Fact = Now | SoFar | State | Asked

THEIRS: tuple[Speaker, ...] = ("debtor", "other")
EMERGENCIES = ("health_emergency", "grave_case", "in_emergency", "emergency_now", "someone_died")
UNTIL = ("hasta", "hasta el", "hasta la", "desde", "desde el")
DENIED = ("already_paid", "not_my_debt")  # nothing is owed, or was found paid
NAMED = {"names_terms", "names_day", "pay_day_named"}  # a day, after all
JUST = 2  # of their turns: now and just before
OPENING = 3  # turns in which what the call is about may not have been said


def facts(transcript: Transcript, findings: Findings, objection: Finding) -> frozenset[str]:
    """What holds when `objection` has been said."""
    turn = objection.quote.turn
    told = reading.said(transcript, findings, get_args(Now), by=THEIRS, turns=(turn,))
    told += reading.said(transcript, findings, get_args(SoFar), by=THEIRS, turns=range(turn + 1))
    told += reading.said(transcript, findings, get_args(Asked), turns=range(turn))
    out = {finding.label for finding in told}
    if of_animals(transcript, findings, (turn,)):
        out -= {"someone_died"}
    elif "pet_ill" in out:
        out.remove("pet_ill")  # people are ill too
    if reading.said(transcript, findings, ("confirms_paid",), turns=range(turn)):
        out.add("paid")
    news = reading.said(transcript, findings, EMERGENCIES, by=THEIRS, turns=range(turn + 1))
    if {f.quote.turn for f in news} - of_animals(transcript, findings, range(turn + 1)):
        out.add("emergency")
    if reading.said(transcript, findings, DENIED, by=THEIRS, turns=range(turn + 1)):
        out.add("disputed")
    if _names_terms(transcript, turn) or _picks_option(transcript, findings, turn):
        out.add("names_terms")
    if any(one.value is not None for one in _amounts(transcript, turn)):
        out.add("names_own_sum")
    elif _days(transcript, turn):
        out.add("names_day")
    if reading.said(transcript, findings, ("threat", "rude"), turns=range(turn)):
        out.add("was_mistreated")
    if _cannot_know(transcript, findings, turn) and out.isdisjoint(NAMED):
        out.add("day_unknown")
    else:
        out.discard("day_unknown")
    told_at = findings.people.debt_turn
    if turn < OPENING and (told_at is None or told_at > turn):
        out.add("not_yet_told")
    denied = reading.said(transcript, findings, ("not_my_debt",), by=THEIRS, turns=range(turn + 1))
    if "was_robbed" in out and denied:
        out.add("stolen_name")
    promise = findings.sure_promise
    if promise is not None and promise.firm and promise.quote.turn <= turn:
        out.add("agreed")
    return frozenset(out)


def _cannot_know(transcript: Transcript, findings: Findings, turn: int) -> bool:
    """Whether the day cannot be known, as was said now or just before."""
    theirs = [i for i, one in enumerate(transcript.turns) if one.speaker in THEIRS and i <= turn][-JUST:]
    return bool(reading.said(transcript, findings, ("day_unknown",), by=THEIRS, turns=theirs))


def of_animals(transcript: Transcript, findings: Findings, turns: Collection[int]) -> set[int]:
    """The turns that tell of an animal and of nobody of the family."""
    pets = reading.said(transcript, findings, ("pet_ill",), by=THEIRS, turns=turns)
    kin = reading.said(transcript, findings, ("kin_ill",), by=THEIRS, turns=turns)
    return {f.quote.turn for f in pets} - {f.quote.turn for f in kin}


def _picks_option(transcript: Transcript, findings: Findings, turn: int) -> bool:
    """Whether one of the ways that the agent just offered is taken: «la de cincuenta», «el primero»."""
    picked = reading.said(transcript, findings, ("picks_option",), by=THEIRS, turns=(turn,))
    before = next((i for i in range(turn - 1, -1, -1) if transcript.turns[i].speaker == "agent"), None)
    offers = ("offers_alternatives", *reading.OFFERS)
    return bool(picked and before is not None and reading.said(transcript, findings, offers, turns=(before,)))


def _names_terms(transcript: Transcript, turn: int) -> bool:
    """Whether the turn itself offers a sum and a day."""
    return bool(_amounts(transcript, turn)) and _days(transcript, turn)


def _amounts(transcript: Transcript, turn: int) -> tuple[Amount, ...]:
    return amounts(transcript.turns[turn].text, transcript.recording.country)


def _days(transcript: Transcript, turn: int) -> bool:
    """Whether a day is named in the turn; «me quedan 200 hasta la quincena» names none to pay on."""
    text, recording = transcript.turns[turn].text, transcript.recording
    day = recording.call_date
    if day is None:
        return False
    named = dates(text, day, recording.country)
    return any(one.firm and not text[: one.start].rstrip().lower().endswith(UNTIL) for one in named)
