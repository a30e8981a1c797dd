"""Stretches of time in which people speak, and who cut in on whom. Seconds, half-open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.text import plain, word_set
from transcripts.types import Transcript, Turn

Span = tuple[float, float]

MIN_OVERLAP_S = 0.5  # shorter overlaps are the ordinary give and take of talk
BREATH_S = 0.5  # a pause inside a turn in which the floor is not given up
BACK_CHANNEL_WORDS = 4
MOST_PIECES = 6  # of a text, words and marks, that need be looked at to know that it is longer
BACK_CHANNEL_S = 1.0  # a word: a drawn-out «sí…» still listens
_BACK_CHANNELS = word_set(
    "aja mjm mhm mm si claro ok okey vale ya bueno entiendo comprendo exacto correcto perfecto listo eso "
    "asi es de acuerdo cierto pues bien muy digame eh ah oh uy uf vaya sale dale veo la lo le te"
)
_MARKS = '.,;:¿?¡!…«»"'


def is_back_channel(turn: Turn) -> bool:
    """«Ajá», «claro, sí»: a sign of listening that lasts under a second a word, not a turn taken."""
    said = [word for word in (word.strip(_MARKS) for word in turn.text.split(None, MOST_PIECES)) if word]
    if len(said) > BACK_CHANNEL_WORDS:
        return False
    words = [plain(word) for word in said]
    if not all(word in _BACK_CHANNELS for word in words):
        return False
    long = turn.start_s is not None and turn.end_s is not None and turn.end_s - turn.start_s
    return long is False or long < BACK_CHANNEL_S * max(1, len(words))


def speech(turn: Turn) -> list[Span]:
    """When the turn is spoken: by its words where they have times, else the turn as a whole; [] without."""
    if turn.words:
        return merged(((word.start_s, word.end_s) for word in turn.words), BREATH_S)
    if turn.start_s is None or turn.end_s is None:
        return []
    return [(turn.start_s, turn.end_s)]


def merged(spans: Iterable[Span], gap_s: float = 0.0) -> list[Span]:
    """`spans` in order, those that touch or lie at most `gap_s` apart as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + gap_s:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def length(spans: Sequence[Span]) -> float:
    return round(sum(end - start for start, end in spans), 2)


def shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Seconds in which both are spoken; each must be merged."""
    return length(one) + length(other) - length(merged((*one, *other)))


def cut_ins(transcript: Transcript) -> list[tuple[int, int]]:
    """(turn that cuts in, turn cut) wherever a side begins while the other speaks and talks over it for
    `MIN_OVERLAP_S`. Signs of listening neither cut nor are cut; doubtful turns are no evidence.
    """
    found: list[tuple[int, int]] = []
    open_: list[tuple[int, Turn]] = []  # earlier turns that may still be spoken
    for index, turn in enumerate(transcript.turns):
        if turn.start_s is None or turn.end_s is None or turn.doubt is not None or turn.speaker == "unknown":
            continue
        if is_back_channel(turn):
            continue
        start = turn.start_s
        open_ = [(i, other) for i, other in open_ if other.end_s is not None and other.end_s > start]
        for i, other in open_:
            if (other.speaker == "agent") != (turn.speaker == "agent") and _talks_over(turn, other, start):
                found.append((index, i))
                break
        open_.append((index, turn))
    return found


def _talks_over(turn: Turn, other: Turn, start_s: float) -> bool:
    said = speech(other)
    if not any(start < start_s < end for start, end in said):
        return False  # it begins in a pause of the other's turn
    return shared(speech(turn), [span for span in said if span[1] > start_s]) >= MIN_OVERLAP_S
