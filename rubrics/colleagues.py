"""Who took the call over from the agent: a supervisor or colleague, told as another person.

What they say is neither the agent's credit nor a third party's objection.
"""

from __future__ import annotations

from nlp.types import Findings
from transcripts.types import Transcript

SAYS_SO = "takes_over_call"


def colleague_turns(transcript: Transcript, findings: Findings) -> frozenset[int]:
    """The turns of `other` from the one on in which they say that they are the agent's colleague; none where
    the debtor had not been on the phone before.
    """
    debtor = next((i for i, _ in transcript.said_by("debtor")), len(transcript.turns))
    others = {i for i, _ in transcript.said_by("other")}
    said = [f.quote.turn for f in findings.findings if f.label == SAYS_SO and f.quote.turn in others]
    first = min((turn for turn in said if turn > debtor), default=len(transcript.turns))
    return frozenset(i for i in others if i >= first)
