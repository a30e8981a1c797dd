"""Ready transcripts and late call facts: joined by id, judged (again), never doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import TypeVar

from coach import pipeline
from coach.store import Store
from coach.types import Call
from transcripts.types import CaseFacts, Recording, Transcript

Judge = Callable[[Transcript], Call]
Facts = TypeVar("Facts", Recording, CaseFacts)


def keep(store: Store, transcript: Transcript, judge: Judge) -> Call:
    """Judge a ready transcript and keep it. Of a recording that is known the facts are joined first."""
    recording = transcript.recording
    if store.has(recording.id):
        recording = joined(store.recording(recording.id), recording)
        store.update_recording(recording)
    else:
        store.add_recording(recording)
    call = judge(replace(transcript, recording=recording))
    store.save(call, pipeline.nlp_version())
    return call


def join_facts(store: Store, facts: Recording, judge: Judge) -> bool:
    """Put facts that came later to their recording and judge it again; False where the id is not known."""
    if not store.has(facts.id):
        return False
    store.update_recording(joined(store.recording(facts.id), facts))
    if transcript := store.transcript(facts.id):
        store.save(judge(transcript), pipeline.nlp_version())
    return True


def joined(old: Facts, new: Facts) -> Facts:
    """`old` with everything that `new` knows; what `new` does not say stays."""
    said = {
        f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) not in (None, (), False)
    }
    if isinstance(old, Recording) and isinstance(new, Recording):
        said["facts"] = joined(old.facts, new.facts)
    return replace(old, **said)
