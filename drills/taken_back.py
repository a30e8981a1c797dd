"""An acknowledgement that is taken back in the same breath: «entiendo, pero ya lleva 14 días, necesito…».

    taken_back(transcript, findings, quote, name)    # BARE, TAKEN_BACK, or empty where it stands

What follows «pero» decides, as in a call (`nlp/but.py`): who goes on to demand has named what was told only
to lay it aside; who goes on to offer or to ask has not. A drill takes more for a demand than a call does: its
cue `demands_after_but` says what.
"""

from __future__ import annotations

import re

from drills.worth import is_general
from nlp import but
from nlp.types import Findings
from transcripts.types import Quote, Transcript

BARE, TAKEN_BACK = "bare", "taken_back"  # reasons why an acknowledgement is half
CUES = (but.CUE, "demands_after_but")
_HEAD = re.compile(
    r"([^.!?¿¡…]*?)(?:[,;]|[.!…]+)?\s*\b(?:pero|sin embargo|aun así|ahora bien|no obstante)\b", re.IGNORECASE
)


def taken_back(transcript: Transcript, findings: Findings, quote: Quote, name: str) -> str:
    """Why the acknowledgement that begins where `quote` does is no more than half; empty where it stands."""
    head = _HEAD.match(transcript.turns[quote.turn].text, quote.start)
    if head is None:
        return ""
    if is_general(head[1], name):
        return BARE
    return TAKEN_BACK if but.taken_back(transcript, quote, findings.findings, CUES) else ""
