"""Who is on the far side of a recording: the channel tells that somebody is, the words who.

Transcripts that come with speakers keep them: this is for what was heard by channel, where the far side is
called `debtor` until somebody says otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from nlp.tagger import scored
from transcripts.types import Speaker, Transcript, Turn

_GREETING_WORDS = 10  # «Sí, con él habla»; in a long turn «…con él» is about somebody else
_SURE = 0.8  # one strong phrase; a call is not turned over on less


def name_far_side(transcript: Transcript) -> Transcript:
    """`transcript` with `other` for whoever answers in the debtor's place, until the debtor takes over.

    Who is not the debtor was not the debtor in their turns before either, back to the last turn
    in which the debtor was known to speak.
    """
    turns = list(transcript.turns)
    other = False
    unnamed: list[int] = []  # far turns of whom nothing is known yet
    for index, turn in transcript.said_by("debtor"):
        if _says(turn, "wrong_person", _SURE) and not _says(turn, "self_identifies", _SURE):
            other = True
            for earlier in unnamed:
                turns[earlier] = _named(turns[earlier], "other")
            unnamed = []
        elif _says(turn, "self_identifies", _SURE) and len(turn.text.split()) <= _GREETING_WORDS:
            other, unnamed = False, []
        if other:
            turns[index] = _named(turn, "other")
            other = not _says(turn, "hands_over", _SURE)
        else:
            unnamed.append(index)
    return replace(transcript, turns=tuple(turns))


def _says(turn: Turn, label: str, bar: float) -> bool:
    found = scored(turn.text, "debtor")[1].get(label)
    return turn.doubt is None and found is not None and found.score >= bar


def _named(turn: Turn, speaker: Speaker) -> Turn:
    return replace(turn, speaker=speaker)
