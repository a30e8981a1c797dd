"""What the agent says to the debtor's face of having told somebody else of the debt."""

from __future__ import annotations

from nlp.types import Findings
from rubrics import reading
from rubrics.verdicts import quotes
from transcripts.types import Quote, Transcript

_ASKED = ("protests_telling", "asks_what_was_told")


def telling(transcript: Transcript, findings: Findings) -> list[Quote]:
    """Words that admit it: outright, or a «se lo dije» where the debtor asks «¿le dijo a mi jefe?»."""
    owned = list(reading.said(transcript, findings, ("admits_telling",)))
    asked = [f.quote.turn for f in reading.said(transcript, findings, _ASKED, by="debtor")]
    answers = {i for turn in asked for i in reading.agent_turns_after(transcript, turn, at_most=1)}
    owned += reading.said(transcript, findings, ("owns_up_to_telling",), turns=answers)
    return sorted(quotes(owned))


def hints(transcript: Transcript, findings: Findings) -> list[Quote]:
    """Words after which it may be so: others know of the debt, and who told them is not said."""
    return sorted(quotes(reading.said(transcript, findings, ("may_have_told",))))
