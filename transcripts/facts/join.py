"""Facts that come later, joined to the recording they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from transcripts.facts.types import CASE_FACTS, CallFacts, Reading
from transcripts.types import Recording


def join(recording: Recording, facts: CallFacts | None) -> Recording:
    """`recording` with what `facts` knows; what they do not know stays as it was, the id always.

    An agent that nobody names stays None. Whether anything changed is told by `!=`: then the call is judged
    again.
    """
    if facts is None:
        return recording
    known = {name: getattr(facts, name) for name in CallFacts.model_fields if _tells(facts, name)}
    known.pop("id", None)
    case = {name: known.pop(name) for name in CASE_FACTS & known.keys()}
    if facts.contacts is not None:
        case["contacts"] = tuple(logged.contact() for logged in facts.contacts)
    return replace(recording, **known, facts=replace(recording.facts, **case))


def _tells(facts: CallFacts, name: str) -> bool:
    """Whether anything is known; an empty contact log tells that there was no contact, an empty list of
    offers that none is authorised.
    """
    return getattr(facts, name) is not None


def merge(facts: Iterable[CallFacts | None]) -> CallFacts:
    """One from several, the later the stronger: file name, then sidecar, then manifest."""
    known: dict[str, object] = {}
    for one in facts:
        if one is not None:
            known |= {name: getattr(one, name) for name in CallFacts.model_fields if _tells(one, name)}
    return CallFacts.model_validate(known)


def facts_for(recording: Recording, reading: Reading) -> CallFacts | None:
    """The facts of a recording in a manifest: by its id, else by the name of its audio file."""
    stem = recording.audio.stem if recording.audio is not None else None
    return reading.facts.get(recording.id) or (reading.facts.get(stem) if stem else None)
