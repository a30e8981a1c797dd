"""Fail when the agent tells somebody else, or a voice mail, of the debt.

It is told to another where the agent speaks of it in reply to another person, to a voice mail, or to whoever
said that they are not the debtor, before the debtor comes to the phone.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import failed, passed, places, quotes, sureness
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    discloses: tuple[Label, ...] = ("discloses_debt",)
    debt: tuple[Label, ...] = ("states_debt", "lateness_said")  # a figure or a product alone tells no debt


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    said = reading.said(transcript, findings, (*params.discloses, *params.debt))
    told = tuple(f for f in said if _to_another(transcript, findings, f))
    if told:
        joined = all(f.quote.turn > _debtor_came(transcript, findings) for f in told)
        # a person who joins a call with the debtor may do so with the debtor's consent
        confidence = 0.55 if joined else max(0.8, sureness(told))
        where = places([f.quote.turn for f in told])
        return failed(
            f"Habló de la deuda con quien no es el titular ({where}).", quotes(told), confidence=confidence
        )
    return passed("No habló de la deuda con nadie más que el titular.")


def _debtor_came(transcript: Transcript, findings: Findings) -> int:
    """The turn from which the debtor is on the phone; past the end of the call where that never happened."""
    spoke = next((i for i, _ in transcript.said_by("debtor")), len(transcript.turns))
    denied = bool(reading.said(transcript, findings, ("wrong_person",), by="debtor"))
    settled = findings.people.identity_turn
    if settled is not None:
        return settled
    return len(transcript.turns) if denied or not findings.people.debtor_reached else spoke


def _to_another(transcript: Transcript, findings: Findings, told: Finding) -> bool:
    if findings.people.voicemail and not findings.people.debtor_reached:
        return True
    heard = [i for i in range(told.quote.turn) if transcript.turns[i].speaker in ("debtor", "other")]
    if heard and transcript.turns[heard[-1]].speaker == "other":
        return True
    denied = reading.said(transcript, findings, ("wrong_person",), by=("debtor", "other"), turns=heard)
    return bool(denied) and told.quote.turn < _debtor_came(transcript, findings)
