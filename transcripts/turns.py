"""Turns from the times of words: talk-over is kept, and a murmur does not cut a long turn in two."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from transcripts.phrases import MURMURS
from transcripts.spoken import confidence, ends_sentence, plain
from transcripts.types import Segment, Speaker, Turn, Word

SILENCE_S = 3.0  # of one speaker: a longer one begins a new turn though nobody else spoke
DOUBTFUL = 0.4  # mean confidence of a turn's words below which it is shown but is no evidence

_LONGEST_MURMUR = 3  # words
_LONGEST_UTTERANCE_S = 60.0
_HEARD_S = 0.15  # of another's speech in a pause: enough to have taken the floor


def build_turns(utterances: Sequence[Segment], roles: Mapping[int, Speaker]) -> tuple[Turn, ...]:
    """One turn per stretch of speech of a channel, ordered by start; `roles`: who speaks on which channel.

    Two utterances of a channel are one turn unless somebody else took the floor between them, or nobody spoke
    for `SILENCE_S`. Turns of different channels may overlap in time.
    """
    ordered = sorted(utterances, key=lambda each: (each.start_s, each.end_s))
    groups: list[list[Segment]] = []
    for channel in sorted({each.channel or 0 for each in ordered}):
        own = [each for each in ordered if (each.channel or 0) == channel]
        others = [each for each in ordered if (each.channel or 0) != channel]
        for utterance in own:
            if (
                groups
                and (groups[-1][0].channel or 0) == channel
                and _goes_on(groups[-1][-1], utterance, others)
            ):
                groups[-1].append(utterance)
            else:
                groups.append([utterance])
    turns = []
    for group in groups:
        words = [word for each in group for word in each.words]
        turns.append(turn_of(words, roles[group[0].channel or 0], group[0].channel))
    return tuple(sorted(turns, key=lambda turn: (turn.start_s or 0.0, turn.end_s or 0.0)))


def turn_of(
    words: Sequence[Word], speaker: Speaker, channel: int | None, speaker_confidence: float | None = None
) -> Turn:
    """A turn made of `words`, in doubt where they were badly heard."""
    return Turn(
        speaker=speaker,
        text=" ".join(word.text for word in words),
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        words=tuple(words),
        channel=channel,
        speaker_confidence=speaker_confidence,
        doubt="low_confidence" if confidence(words) < DOUBTFUL else None,
    )


def is_murmur(text: str) -> bool:
    """True for «ajá», «sí, claro»: words that leave the floor to the other."""
    words = plain(text).split()
    return 0 < len(words) <= _LONGEST_MURMUR and all(word in MURMURS for word in words)


def _goes_on(before: Segment, after: Segment, others: Sequence[Segment]) -> bool:
    """True when `after` continues the turn of `before` on one channel; `others` are ordered by start."""
    if after.start_s - before.end_s > SILENCE_S:
        return False
    first = bisect_left(others, before.end_s - _LONGEST_UTTERANCE_S, key=lambda each: each.start_s)
    last = bisect_left(others, after.start_s, key=lambda each: each.start_s)
    return not any(_takes_floor(other, before, after) for other in others[first:last])


def _takes_floor(other: Segment, before: Segment, after: Segment) -> bool:
    """True when `other` is heard in the pause between the two, as more than a murmur in mid-sentence."""
    heard_s = min(other.end_s, after.start_s) - max(other.start_s, before.end_s)
    if heard_s < min(_HEARD_S, after.start_s - before.end_s):
        return False
    return ends_sentence(before.text) or not is_murmur(other.text)
