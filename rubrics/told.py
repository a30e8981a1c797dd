"""What a call tells up to an objection, as far as replies hang on it: `when` and `unless` of the playbook.

A reply that takes for granted what nobody said is beside the point, however well it is put.
"""

from __future__ import annotations

from typing import Literal, get_args

from nlp.dates import dates
from nlp.money import amounts
from nlp.types import Finding, Findings
from rubrics import reading
from transcripts.types import Speaker, Transcript

# said in the very turn of the objection: the wish, the hour or the way to pay that a reply answers
Now = Literal[
    "wants_waiver", "wants_less", "wants_parts", "wants_lower", "wants_time", "has_part", "drives_now",
    "gives_hour", "owner_near", "called_at_work", "called_family", "tells_channel", "tells_proof",
    "adviser", "other_pays", "informal_lender", "other_lender", "school_first", "rent_first", "names_payday",
]  # fmt: skip
# said by then, and still so
SoFar = Literal[
    "nothing_left", "awaits_pay", "lost_job", "fewer_hours", "sells_less", "someone_died", "was_robbed",
    "said_before", "wants_peace", "wants_repair", "borrowed_for_other", "wrong_phone",
]  # fmt: skip
# read from the whole of it
State = Literal["agreed", "paid", "disputed", "emergency", "names_terms"]
Fact = Now | SoFar | State

THEIRS: tuple[Speaker, ...] = ("debtor", "other")
EMERGENCIES = ("health_emergency", "grave_case", "in_emergency", "emergency_now", "someone_died")
UNTIL = ("hasta", "hasta el", "hasta la", "desde", "desde el")
DISPUTES = ("already_paid", "not_my_debt")


def facts(transcript: Transcript, findings: Findings, objection: Finding) -> frozenset[str]:
    """What holds when `objection` has been said."""
    turn = objection.quote.turn
    told = reading.said(transcript, findings, get_args(Now), by=THEIRS, turns=(turn,))
    told += reading.said(transcript, findings, get_args(SoFar), by=THEIRS, turns=range(turn + 1))
    out = {finding.label for finding in told}
    if reading.said(transcript, findings, ("confirms_paid",), turns=range(turn)):
        out.add("paid")
    if reading.said(transcript, findings, EMERGENCIES, by=THEIRS, turns=range(turn + 1)):
        out.add("emergency")
    if reading.said(transcript, findings, DISPUTES, by=THEIRS, turns=range(turn + 1)):
        out.add("disputed")
    if _names_terms(transcript, turn):
        out.add("names_terms")
    promise = findings.promise
    if promise is not None and promise.firm and promise.quote.turn <= turn:
        out.add("agreed")
    return frozenset(out)


def _names_terms(transcript: Transcript, turn: int) -> bool:
    """Whether the turn itself offers a sum and a day; «me quedan 200 hasta la quincena» offers none."""
    text, recording = transcript.turns[turn].text, transcript.recording
    day = recording.call_date
    if day is None or not amounts(text, recording.country):
        return False
    named = dates(text, day, recording.country)
    return any(one.firm and not text[: one.start].rstrip().lower().endswith(UNTIL) for one in named)
