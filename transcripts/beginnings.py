"""Whether what is written begins in the middle of a sentence, where no sound tells how a recording begins."""

from __future__ import annotations

from transcripts.phrases import GREETS
from transcripts.spoken import plain
from transcripts.types import Transcript

_AT_ONCE = 0.1  # seconds
_LEFT_OUT = ("…", "...")
_FIRST_TURNS = 2  # of the agent: a greeting in one of these shows that the beginning is there


def begins_mid_sentence(transcript: Transcript) -> bool:
    """Whether the first words go on with a sentence, and nobody greets after them: they follow «…» where
    nothing was silent before, or stand at the very start of the recording with a small letter where whoever
    wrote this down uses capitals.

    A small letter in a text without times tells nothing: whoever typed it may write so.
    """
    if not transcript.turns:
        return False
    first = transcript.turns[0]
    if first.speaker != "agent" or (first.start_s is not None and first.start_s > _AT_ONCE):
        return False
    greetings = [turn.text for _, turn in transcript.said_by("agent")][:_FIRST_TURNS]
    if any(GREETS.search(plain(text)) for text in greetings):
        return False
    said = first.text.lstrip()
    if said.startswith(_LEFT_OUT) or first.start_s is None:
        return said.startswith(_LEFT_OUT)
    cased = all(turn.text.lstrip(' ¿¡«"-–—…').strip()[:1].isupper() for turn in transcript.turns[1:4])
    return said[:1].islower() and cased and len(transcript.turns) > 1
