"""A debtor who does not let the call be recorded: who then ends it had no chance for what comes after."""

from __future__ import annotations

from nlp.types import Findings
from rubrics import reading
from rubrics.unmet import Unmet
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, places
from transcripts.types import Transcript

FEW = 2  # turns: of the agent's leave; with more of them after the debt was told there was a chance before
SURE = 0.75
WENT_ON = ("asks_commitment", "asks_reason", "states_debt", "amount_said", "threat", "lawyer")
OFFERED = ("offers_alternatives", *reading.OFFERS)  # beside the leave they are for another time
LEAVE = ("ends_unrecorded", "polite_close", "goodbye", "wishes_well")


def recording_refused(transcript: Transcript, findings: Findings) -> Unmet | None:
    """None where the debtor let it be recorded after all, or agreed on a payment. Where the agent went on a
    person sees what that makes of the call.
    """
    refused = reading.said(transcript, findings, ("refuses_recording",), by=("debtor", "other"))
    if not refused or findings.sure_promise is not None:
        return None
    first, last = refused[0].quote.turn, refused[-1].quote.turn
    since = range(last, len(transcript.turns))
    if reading.said(transcript, findings, ("allows_recording",), by=("debtor", "other"), turns=since):
        return None
    after = reading.agent_turns_after(transcript, first)
    left = reading.said(transcript, findings, LEAVE, turns=after[-FEW:])
    parting = {f.quote.turn for f in left}
    went_on = reading.said(transcript, findings, WENT_ON, turns=after)
    went_on += reading.said(transcript, findings, OFFERED, turns=[i for i in after if i not in parting])
    where = places([first])
    if went_on or (after and not left):
        return Unmet(
            f"El deudor no permitió grabar la llamada ({where}) y el agente siguió: decida una persona.",
            DOUBTFUL_CONFIDENCE,
        )
    debt = findings.people.debt_turn
    before = [] if debt is None else [i for i in reading.agent_turns_after(transcript, debt) if i < first]
    sure = SURE if len(before) <= FEW else DOUBTFUL_CONFIDENCE
    return Unmet(f"El deudor no permitió grabar la llamada y el agente no siguió ({where}).", sure)


def refused_before_purpose(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The recording was refused before the agent had told all of the debt."""
    told = [reading.said(transcript, findings, (label,)) for label in ("amount_said", "lateness_said")]
    return None if all(told) else recording_refused(transcript, findings)


def refused_before_reason(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The recording was refused before the agent asked for the reason."""
    asked = reading.said(transcript, findings, ("asks_reason",))
    return None if asked else recording_refused(transcript, findings)
