"""What a precondition gives when it does not hold, and what all of them ask of a call."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, places
from transcripts.types import Transcript

HARDSHIP = ("no_money", "job_loss", "health_emergency", "other_debts", "grave_case")
COMPLAINT = ("bad_service", "harassment_complaint")
SURE = 0.75  # a merely likely phrase takes no criterion out of the form


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a criterion cannot be judged. `confidence` is 0..1; a low one sends the `na` to a person."""

    reason: str
    confidence: float = 0.9


Condition = Callable[[Transcript, Findings], Unmet | None]


def surely(
    transcript: Transcript, findings: Findings, label: str, turns: Collection[int] | None = None
) -> tuple[Finding, ...]:
    """`label` said for certain by the far side of the line (or by anybody, where roles are guessed)."""
    found = reading.said(transcript, findings, (label,), by=("debtor", "other"), turns=turns)
    return tuple(f for f in found if f.score >= SURE)


def only_the_debtor(transcript: Transcript, findings: Findings) -> bool:
    """Whether no other person or machine was on the phone, and nobody who answered said to be another."""
    people = findings.people
    other = people.third_party or people.voicemail or any(transcript.said_by("other"))
    return not other and not surely(transcript, findings, "wrong_person")


def who_did_not(findings: Findings) -> str:
    """How a reason begins where nobody said a thing: «El deudor no» only where the debtor was there."""
    if findings.people.debtor_reached:
        return "El deudor no"
    return "Quien contestó no" if findings.people.third_party else "Nadie"


def unless_likely(
    unmet: Unmet,
    transcript: Transcript,
    findings: Findings,
    labels: Collection[str],
    met: Collection[Finding] = (),
) -> Unmet:
    """`unmet`, which says that none of `labels` was said; where one was all but heard, or `met` as if it had
    been («cuánto lo siento»), a person looks.
    """
    far = {turn for turn, _ in transcript.said_by("debtor", "other")}
    likely = {one.turn for one in findings.nearly if one.label in labels and one.turn in far}
    likely |= {finding.quote.turn for finding in met}
    if not likely:
        return unmet
    return Unmet(f"{unmet.reason} Tal vez sí ({places(likely)}).", DOUBTFUL_CONFIDENCE)
