"""Facts that come later, joined to the recording they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from transcripts.facts.types import CASE_FACTS, CallFacts, Reading
from transcripts.types import Recording

_BY_HAND = frozenset(CallFacts.model_fields) - {"id", "source"}  # where a copy lies says nothing of the call
_PEOPLE = ("agent", "debtor_name")
_TIED = {  # what hangs on a fact: where two disagree on it, this may be of another person or case
    "account": {"debtor_name", *CASE_FACTS},
    "agent_login": {"agent"},
    "agent": {"agent_login"},
    "linked_id": {"leg", "legs"},
    "leg": {"linked_id", "legs"},
    "currency": {"amount_due"},
    "amount_due": {"currency"},
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A recording with what another telling of it `added`; names of facts, in the order of CallFacts.

    On what is `contrary` the other says something else: that stays as it was, and what hangs on it is
    `left`: not taken.
    """

    recording: Recording
    added: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def fill(recording: Recording, other: Recording, assumed: CallFacts | None = None) -> Filled:
    """`recording` with what `other` tells of the same call and nobody had told. `assumed`: what holds where
    nothing else is said; it contradicts nobody.
    """
    new: dict[str, object] = {}
    contrary = []
    for name in filter(_BY_HAND.__contains__, CallFacts.model_fields):
        was, said = _of(recording, name), _of(other, name)
        if said is None or (was is not None and _same(name, was, said)):
            continue
        if was is None or _finer(was, said):
            new[name] = said
        elif assumed is None or said != getattr(assumed, name):
            contrary.append(name)
    tied = {name for one in contrary for name in _TIED.get(one, ())}
    left = [name for name in new if name in tied]
    added = {name: said for name, said in new.items() if name not in tied}
    case = {name: said for name, said in added.items() if name in CASE_FACTS}
    plain = {name: said for name, said in added.items() if name not in CASE_FACTS}
    joined = replace(recording, **plain, facts=replace(recording.facts, **case))  # type: ignore[arg-type]
    return Filled(joined, tuple(added), tuple(contrary), tuple(left))


def _of(recording: Recording, name: str) -> object:
    return getattr(recording.facts if name in CASE_FACTS else recording, name)


def _same(name: str, was: object, said: object) -> bool:
    """Whether both say one thing, or `said` no more than a part of it: a first name, a day without an
    hour, an hour without a zone.
    """
    if isinstance(was, str) and isinstance(said, str):
        before, now = was.casefold().split(), said.casefold().split()
        return before == now or (name in _PEOPLE and (set(now) <= set(before) or set(before) <= set(now)))
    return was == said or _finer(said, was)


def _finer(was: object, said: object) -> bool:
    """Whether `said` is the same day with its hour, or the same hour with its zone."""
    if not isinstance(was, date) or not isinstance(said, datetime):
        return False
    if not isinstance(was, datetime):
        return said.date() == was
    return was.tzinfo is None and said.tzinfo is not None and said.replace(tzinfo=None) == was


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
