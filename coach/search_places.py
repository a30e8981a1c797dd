"""Where in a call the words that were searched for are said, covered as the search index is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach import queries
from coach.discreet import outside
from coach.shield import shielded
from coach.stems import phrases, placed, stems
from coach.store import Store
from coach.viewers import Viewer
from transcripts.types import Transcript

Span = tuple[int, int]  # characters of a turn's text


@dataclass(frozen=True, slots=True)
class Place:
    """The turn that says most of what was searched for, and where; `transcript` is covered."""

    transcript: Transcript
    turn: int
    spans: tuple[Span, ...]  # in order


def places(store: Store, viewer: Viewer, recording_ids: Iterable[str], text: str) -> dict[str, Place]:
    """By call in reach; calls found by a name or a number alone are left out."""
    plain, quoted = phrases(text)
    wanted = set(stems(plain).split())
    if not wanted:
        return {}
    found = {}
    for recording_id in recording_ids:
        call = shielded(queries.call(store, viewer, recording_id), names=False)
        shown = outside(viewer, call).transcript
        if place := _place(shown, wanted, [stems(one).split() for one in quoted]):
            found[recording_id] = place
    return found


def _place(transcript: Transcript, wanted: set[str], quoted: list[list[str]]) -> Place | None:
    """The first turn with most phrases, then with most of the words; None where none is said."""
    best, most = None, (0, 0)
    for turn, said in enumerate(transcript.turns):
        words = [one for one in placed(said.text) if said.text[one[1] - 1 : one[1]] != "["]  # a cover
        whole = [span for phrase in quoted for span in _runs(words, phrase)[:1]]
        single = [(stem, (start, end)) for stem, start, end in words if stem in wanted]
        worth = (len(whole), len({stem for stem, _ in single}))
        if worth > most:
            most = worth
            best = Place(transcript, turn, tuple(sorted(whole or (span for _, span in single))))
    return best


def _runs(words: list[tuple[str, int, int]], phrase: list[str]) -> list[Span]:
    """Where the stems of a phrase follow each other."""
    last = len(words) - len(phrase)
    runs = (words[at : at + len(phrase)] for at in range(last + 1))
    return [(run[0][1], run[-1][2]) for run in runs if [stem for stem, _, _ in run] == phrase]
