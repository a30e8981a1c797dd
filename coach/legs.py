"""Transferred calls: their recordings (legs) wait for each other and are then heard and judged as one call.

A leg is kept like any recording, but judged only within its call, which has an id, a job and results of its
own. A call is joined when all its legs are there, or when none has come for a while; a leg that comes later
makes a new version of it. Joining is one transaction with its job: nothing is lost between the two.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select, update

from coach import bodies, jobs, joined_sounds
from coach.intake import slug
from coach.leg_rows import ids_of, whole_of
from coach.schema import findings, recordings, scorecards
from coach.schema import jobs as job_rows
from coach.schema_legs import legs
from coach.sections import ScoredFor, Transfers
from coach.settings import Settings
from coach.store import Store
from transcripts import parts
from transcripts.formats.call_json import over
from transcripts.types import Recording, Transcript

_MOST = 500  # calls looked at in one go
_WHOLE = "-completa"  # where the id that the legs share is a leg's own
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Joined:
    """A call that was joined just now, and the job that hears and judges it."""

    recording_id: str
    job: int


def settle(
    store: Store,
    settings: Settings,
    *,
    of: Collection[str] | None = None,
    patient: bool = True,
    now: datetime | None = None,
) -> list[Joined]:
    """Join the calls whose legs are there, or have waited long enough, and queue them.

    `of` names recordings: only their calls. Without `patient` nothing is waited for.
    """
    latest = now or datetime.now(UTC)
    latest -= timedelta(minutes=settings.transfers.wait_minutes) if patient else timedelta()
    waiting = select(legs.c.linked_id, legs.c.source).where(legs.c.whole_id.is_(None)).distinct()
    if of is not None:
        waiting = waiting.where(legs.c.recording_id.in_(of))
    with store.reading() as connection:
        keys = [(row.linked_id, row.source) for row in connection.execute(waiting.limit(_MOST))]
    out = []
    for each in keys:
        with store.writing() as connection:
            out += _join(store, connection, each, settings.transfers, latest)
    return out


def of(store: Store, recording_id: str) -> tuple[Recording, ...]:
    """The legs of a joined call in their order; none where it is a call of one recording."""
    with store.reading() as connection:
        its = ids_of(connection, recording_id)
    return _in_order([store.recording(leg) for leg in its])


def again(store: Store, recording_id: str) -> int | None:
    """Queue the call that a leg belongs to: its facts are others now. None where it is not joined yet."""
    with store.writing() as connection:
        whole = whole_of(connection, recording_id)
        return jobs.queue(connection, whole) if whole else None


def whole(store: Store, recording_id: str, heard: Sequence[Transcript]) -> Transcript:
    """The joined transcript of a call from those of its legs, in order; its sound is joined too, and kept."""
    its = tuple(transcript.recording for transcript in heard)
    known = store.recording(recording_id)
    recording = replace(known, audio=joined_sounds.of_legs(store, its))
    joined = parts.joined(recording, heard, _numbers(its))
    store.update_recording(joined.recording)
    joined_sounds.let_go(store, known.audio)  # that of fewer legs, once nothing leads to it
    return joined


def _join(
    store: Store, connection: Connection, shared: tuple[str, str], rules: Transfers, latest: datetime
) -> list[Joined]:
    """Nothing where the call has to wait. Within one transaction, so that two processes cannot both do it."""
    linked_id, source = shared
    query = (
        select(legs.c.recording_id, legs.c.came_at, legs.c.whole_id, recordings.c.body)
        .join(recordings, recordings.c.id == legs.c.recording_id)
        .where(legs.c.linked_id == linked_id, legs.c.source == source)
        .with_for_update(of=legs)
    )
    rows = connection.execute(query).all()
    its = {row.recording_id: bodies.read_recording(row.body) for row in rows}
    before = [its[row.recording_id] for row in rows if row.whole_id]
    whole_id = next((row.whole_id for row in rows if row.whole_id), None)
    if len(before) == len(rows) or (whole_id and _at_work(connection, whole_id)):
        return []
    came = max(row.came_at for row in rows)
    if not whole_id and not _complete(tuple(its.values())) and came > latest:
        return []
    in_order = _in_order(list(its.values()))
    facts = _facts(in_order, rules.scored_for)
    if whole_id is None:
        whole_id = _free_id(connection, linked_id)
        store.put_recording(connection, replace(facts, id=whole_id))
    else:
        known = store.row(connection, whole_id)
        was = _facts(_in_order(before), rules.scored_for)
        store.put_recording(connection, _renewed(known, was, replace(facts, id=whole_id)))
    ids = list(its)
    connection.execute(update(legs).where(legs.c.recording_id.in_(ids)).values(whole_id=whole_id))
    for table in (scorecards, findings):  # a leg that was judged alone before it was known to be one
        alone = update(table).where(table.c.recording_id.in_(ids), table.c.current)
        connection.execute(alone.values(current=False))
    return [Joined(whole_id, jobs.queue(connection, whole_id))]


def _complete(its: Sequence[Recording]) -> bool:
    told = max(recording.legs or 0 for recording in its)
    return 0 < told <= len(its)


def _at_work(connection: Connection, recording_id: str) -> bool:
    """Whether the call is being heard without the late leg: it has its turn afterwards."""
    its = select(job_rows.c.id).where(job_rows.c.recording_id == recording_id, job_rows.c.state == "running")
    return connection.execute(its.limit(1)).first() is not None


def _in_order(its: Sequence[Recording]) -> tuple[Recording, ...]:
    """By their numbers where each has one, else by when they began."""
    if all(recording.leg for recording in its):
        return tuple(sorted(its, key=lambda r: (r.leg or 0, r.id)))
    return tuple(sorted(its, key=_began))


def _began(recording: Recording) -> tuple[datetime, int, str]:
    started = recording.call_started_at
    if isinstance(started, datetime):
        began = started if started.tzinfo else started.replace(tzinfo=UTC)
    else:
        began = datetime.combine(started, datetime.min.time(), UTC) if started else _LAST
    return began, recording.leg or 0, recording.id


def _numbers(its: Sequence[Recording]) -> tuple[int, ...]:
    """Which leg of the call each is: as told where all are told, else its place."""
    if all(recording.leg for recording in its):
        return tuple(recording.leg or 0 for recording in its)
    return tuple(range(1, len(its) + 1))


def _facts(its: Sequence[Recording], scored_for: ScoredFor) -> Recording:
    """What is known of the whole: the earlier leg's word goes first. Its agent is whom all legs name, else
    whom the rule says.
    """
    facts = its[-1]
    for recording in reversed(its[:-1]):
        facts = over(facts, recording)
    named = [r for r in its if r.agent_login or r.agent]
    people = {r.agent_login or r.agent for r in named}
    agent, login = facts.agent, facts.agent_login
    if len(people) > 1:
        whose = {"first": named[0], "last": named[-1]}.get(scored_for)
        agent, login = (whose.agent, whose.agent_login) if whose else (None, None)
    return replace(
        facts,
        agent=agent,
        agent_login=login,
        audio=None,
        duration_s=None,
        linked_id=None,
        leg=None,
        legs=None,
    )


def _renewed(known: Recording, was: Recording, facts: Recording) -> Recording:
    """The facts with the new leg; what somebody told of the whole since stays."""
    told = over(facts, known)
    if (known.agent, known.agent_login) == (was.agent, was.agent_login):
        told = replace(told, agent=facts.agent, agent_login=facts.agent_login)
    return told


def _free_id(connection: Connection, linked_id: str) -> str:
    plain = slug(linked_id)
    taken = select(recordings.c.id).where(recordings.c.id == plain)
    return plain + _WHOLE if connection.execute(taken).first() else plain
