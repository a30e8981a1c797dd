"""The recordings of one transferred call as one transcript: times moved on, who spoke in each kept.

The legs follow one another without a gap, as they do in the joined sound (`transcripts.playback.joined`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from transcripts.listed import listed
from transcripts.types import Notice, Part, Recording, Stretch, Transcript, Trust, Turn


def joined(recording: Recording, legs: Sequence[Transcript], numbers: Sequence[int]) -> Transcript:
    """One transcript of at least one leg, in the order given; `numbers` say which leg of the call each is.

    `recording` holds the facts of the whole. Legs that are known to be missing are told in a notice.
    """
    lengths = [leg.duration_s or 0.0 for leg in legs]
    starts = [0.0, *accumulate(lengths)]
    firsts = [0, *accumulate(len(leg.turns) for leg in legs)]
    parts = tuple(
        Part(of.recording.id, number, turn, round(start, 3), of.recording.agent, of.recording.agent_login)
        for of, number, turn, start in zip(legs, numbers, firsts, starts, strict=False)
    )
    turns = tuple(turn for leg, start in zip(legs, starts, strict=False) for turn in _moved_turns(leg, start))
    covers = tuple(
        replace(cover, turn=cover.turn + first)
        for leg, first in zip(legs, firsts, strict=False)
        for cover in leg.covers
    )
    whole = replace(recording, duration_s=round(starts[-1], 3) or None)
    trust = _trust(legs, starts, numbers)
    return Transcript(whole, turns, legs[0].language, legs[0].engine, trust, parts, covers)


def missing(numbers: Sequence[int], told: int | None) -> tuple[int, ...]:
    """Which legs are not there, as far as their numbers and the number told of them say."""
    return tuple(sorted(set(range(1, max(*numbers, told or 0, 1) + 1)) - set(numbers)))


def _moved_turns(leg: Transcript, by: float) -> Iterator[Turn]:
    for turn in leg.turns:
        words = tuple(replace(w, start_s=w.start_s + by, end_s=w.end_s + by) for w in turn.words)
        yield replace(turn, start_s=_later(turn.start_s, by), end_s=_later(turn.end_s, by), words=words)


def _later(second: float | None, by: float) -> float | None:
    return None if second is None else round(second + by, 3)


def _trust(legs: Sequence[Transcript], starts: Sequence[float], numbers: Sequence[int]) -> Trust:
    """As far as the least sure leg can be believed; how it begins and ends is a matter of the outer ones."""
    each = [leg.trust for leg in legs]
    stretches: list[Stretch] = []
    for trust, by in zip(each, starts, strict=False):
        stretches += [replace(s, start_s=s.start_s + by, end_s=s.end_s + by) for s in trust.stretches]
    notices = dict.fromkeys(notice for trust in each for notice in trust.notices)
    if gone := missing(numbers, max(leg.recording.legs or 0 for leg in legs)):
        names = listed([str(one) for one in gone])
        which = f"Falta el tramo {names}" if len(gone) == 1 else f"Faltan los tramos {names}"
        text = f"{which} de esta llamada transferida: se evaluó lo que llegó."
        notices[Notice("leg_missing", text)] = None
    return Trust(
        channels=min(trust.channels for trust in each),
        speech_s=sum(trust.speech_s for trust in each),
        unheard_s=sum(trust.unheard_s for trust in each),
        damaged=any(trust.damaged for trust in each),
        dual_mono=any(trust.dual_mono for trust in each),
        starts_late=each[0].starts_late,
        ends_cut=each[-1].ends_cut,
        sure_speakers=all(trust.sure_speakers for trust in each),
        stretches=tuple(stretches),
        notices=tuple(notices),
    )
