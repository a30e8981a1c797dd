"""To whom a turn of the agent is said: to whoever spoke last, or to whoever was called to the phone."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.types import Finding
from transcripts.types import Speaker, Transcript

_FAR = ("debtor", "other")


def listener(transcript: Transcript, findings: Sequence[Finding], turn: int) -> Speaker | None:
    """The speaker who hears agent turn `turn`; None where only a machine listens or nobody ever spoke."""
    before = next((i for i in range(turn - 1, -1, -1) if transcript.turns[i].speaker in _FAR), None)
    after = next(
        (i for i in range(turn + 1, len(transcript.turns)) if transcript.turns[i].speaker in _FAR), None
    )
    if before is not None:
        heard = {f.label for f in findings if f.quote.turn == before}
        if "voicemail" in heard:
            return None
        if "hands_over" not in heard or after is None:
            return transcript.turns[before].speaker
    return None if after is None else transcript.turns[after].speaker
