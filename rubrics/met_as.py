"""Whose play answers an objection: not always that of the label it was found under."""

from __future__ import annotations

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.told import THEIRS
from rubrics.unasked import Spared
from transcripts.types import Transcript

# whoever objects these has nothing for today, unless they say so
NOT_TODAY = {"no_money", "job_loss", "other_debts", "vague_promise", "refusal", "needs_third_party"}
# what has no place where money may not be asked for: another objection's play speaks then
OF_MONEY = NOT_TODAY | {"payment_channel", "asks_discount", "no_notice"}
DOUBTS = {"doubts_caller", "doubts_word"}
DENIES = {"not_my_debt", "never_had"}
HEARD = (
    "awaits_pay",
    "channel_fails",
    "protests_service",
    "gives_no_datum",
    *sorted(DENIES),
    *sorted(DOUBTS),
)


def met_as(label: str, told: frozenset[str], spared: Spared | None, instead: str) -> str:
    """Of whoever answers in the debtor's place nothing is asked, and they are told of no debt; grave news and
    disputes go before the money; who drives is let go.
    """
    if spared == "other" or (spared and label in OF_MONEY):
        return instead
    return "call_later" if label in NOT_TODAY and "drives_now" in told else label


def meant_by(transcript: Transcript, findings: Findings, objection: Finding, told: frozenset[str]) -> str:
    """The objection that the turn's own words are of, where they are of another than was found: who waits to
    be paid for their work complains of no service of ours, who will not pay for one is stopped by no channel,
    who gives no datum refuses no payment that nobody spoke of, and who denies a debt doubts no caller.
    """
    label = objection.label
    turn = objection.quote.turn
    said = reading.said(transcript, findings, HEARD, by=THEIRS, turns=(turn,))
    there = {one.label for one in said}
    if label in ("payment_channel", "bad_service") and "awaits_pay" in there and "channel_fails" not in there:
        return "no_money"
    if label == "payment_channel" and "protests_service" in there:
        return "bad_service"
    if label == "refusal" and "gives_no_datum" in there and _datum_was_asked(transcript, findings, turn):
        return "distrust"
    if label == "distrust" and there & DENIES and not there & DOUBTS:
        return "not_my_debt"
    return "not_my_debt" if label == "health_emergency" and "stolen_name" in told else label


def _datum_was_asked(transcript: Transcript, findings: Findings, turn: int) -> bool:
    """Whether what was asked for last is a datum, or no debt was spoken of yet."""
    told_at = findings.people.debt_turn
    asked = reading.said(transcript, findings, ("asks_identity_datum",), turns=(turn - 1,))
    return bool(asked) or told_at is None or told_at > turn
