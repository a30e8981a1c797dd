"""The sentences of a turn that a quote is made of."""

from __future__ import annotations

import re

from transcripts.types import Quote, Transcript

_END = re.compile(r"[.?!…;]+[»”\"]?(?=\s|$)")
_LONGEST_QUOTE = 220


def sentence(transcript: Transcript, turn: int, start: int, end: int) -> Quote:
    """The sentence (or sentences) of a turn around characters `start..end`; cut to the words themselves
    where it runs on.
    """
    text = transcript.turns[turn].text
    first = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    stop = _END.search(text, max(end - 1, 0))
    last = stop.end() if stop else len(text)
    if last - first > _LONGEST_QUOTE:
        first = max(first, text.rfind(" ", 0, max(start - 60, 0)) + 1)
        space = text.find(" ", min(end + 60, len(text)))
        last = min(last, space if space >= 0 else len(text))
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return transcript.quote(turn, first, last) if last > first else transcript.quote(turn, start, end)
