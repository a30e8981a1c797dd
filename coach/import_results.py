"""What became of the calls of an import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transcripts.types import Transcript, TranscriptError

_Read = Transcript | TranscriptError


class Kept(NamedTuple):
    """A call under its id; `new` False where nothing changed or its words are erased; `told` of its words;
    `unjudged`: why it is kept with a job that judges it later; `same`: it was here just so.
    """

    recording_id: str
    new: bool
    told: str = ""
    unjudged: str = ""
    same: bool = False


class Imported(NamedTuple):
    """The id of a call, or a file and why nothing came of it; `new` as in `Kept`: with an `error` too where
    the call is kept and could not be judged. `told`: sentences on who is who in a call that is kept, and on
    what became of the words it had.
    """

    name: str
    error: str
    new: bool
    told: tuple[str, ...] = ()
    other: str = ""  # the id, where the call of that id that is here may be another
    same: bool = False  # it was here just so, and nothing was done
    more: bool = False  # others of its file come after it


def and_more(calls: Iterable[_Read]) -> Iterator[tuple[_Read, bool]]:
    """Each with whether another comes after it."""
    held: _Read | None = None
    try:
        for call in calls:
            if held is not None:
                yield held, True
            held = call
    except TranscriptError:  # what was read before it is kept
        if held is not None:
            yield held, True
        raise
    if held is not None:
        yield held, False
