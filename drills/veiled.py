"""Threats that are only hinted at, as a drill's debtor hears them; services cut off to who owes none.

    told += veiled(transcript, told)    # one finding of VEILED a turn at most

A hint may be harmless, so it is no offence by itself: the debtor asks what is meant, and whoever reads the
attempt sees the words. After a threat it is one more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.text import plain
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Transcript

VEILED = "veiled"
CUTS_OFF = "cuts_off"  # cue of `cues.yaml`: «le cortamos la luz»
SOURCE = "rule:drills/veiled"
# cues by which a threat is only hinted at (`nlp/cues`)
HINTS = ("hints_harm", "hints_law", "perhaps_threat", "perhaps_lawyers", "calms_on_terms", CUTS_OFF)
HARM = ("threat", "lawyer")
_KIND = ("empathy", "acknowledges", "apologises")
# who sells a service may say that it is cut off: that is a fact of the contract
_SERVICE = re.compile(
    r"\b(?:luz|agua|gas|energia|internet|telefon|movil|celular|linea|cable|servicio|plan|fibra)"
)


def veiled(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """The first hint of each turn of the agent's in which no threat is heard in full."""
    facts = transcript.recording.facts
    serves = facts is not None and _SERVICE.search(plain(facts.product or "")) is not None
    taken = {f.quote.turn for f in found if f.label in (*HARM, *_KIND) and f.score >= OPERATING}
    out: dict[int, Finding] = {}
    for one in found:
        turn = one.quote.turn
        hints = one.label in HINTS and one.score >= OPERATING and not (one.label == CUTS_OFF and serves)
        if hints and turn not in taken and transcript.turns[turn].speaker == "agent":
            out.setdefault(turn, Finding(VEILED, one.quote, 1.0, SOURCE))
    return list(out.values())
