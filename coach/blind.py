"""Who may still judge a call without knowing what the machine said of it.

A blind review is one only for somebody who has not had the machine's verdicts before them. Whoever has leaves
it to others; where there is nobody else, the review is an ordinary one and counts as such.

Blind are also the judges of a calibration until it can be compared. Which calls a viewer is to see no verdict
of is decided here, for single calls, lists and figures alike (`awaited`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    false,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from coach import audit
from coach.owners import own
from coach.rows import CallFilter
from coach.schema import recordings, reviews
from coach.schema_lists import listed
from coach.schema_people import audit as log
from coach.schema_people import users
from coach.schema_privacy import WORDLESS
from coach.schema_work import (
    calibration_calls,
    calibration_people,
    calibration_scores,
    calibrations,
    drafts,
    review_facts,
    tasks,
)
from coach.store import Store
from coach.types import CoachError
from coach.viewers import RIGHTS, Viewer

WAITING = ("open", "claimed")
REVIEWERS = tuple(role for role, rights in RIGHTS.items() if "review" in rights)
SAW, SAW_BARE = "see", "see_bare"  # in the log: a call opened with its verdicts, or without
_SEEN = (
    "Usted ya vio lo que dijo Temple de esta llamada, o ya la juzgó en una revisión o una calibración: a "
    "ciegas la revisa otra persona."
)
_OTHER_SAW = (
    "Esa persona ya vio lo que dijo Temple de esta llamada, o ya la juzgó en una revisión o una calibración: "
    "a ciegas la revisa otra. Elija a otra persona."
)
_CALIBRATED = (
    "Esta llamada está en una calibración suya que todavía no se puede comparar. Evalúela en Calibración; "
    "los veredictos se ven cuando todos terminen."
)


def saw(user_id: ColumnElement[Any] | int, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a person has had verdicts of the call before them (opened it with them, compared them, found
    its failure in «Críticas»), or has judged it, in a review or in a calibration.
    """
    opened = select(1).where(
        log.c.subject == literal("call:").concat(recording_id),
        log.c.user_id == user_id,
        log.c.action == SAW,
    )
    said = select(1).select_from(reviews.join(review_facts, review_facts.c.review_id == reviews.c.id))
    said = said.where(reviews.c.recording_id == recording_id, review_facts.c.user_id == user_id)
    scores = calibration_scores.c
    both = (literal(one) if isinstance(one, int | str) else one for one in (user_id, recording_id))
    return or_(
        opened.correlate_except(log).exists(),
        said.correlate_except(reviews, review_facts).exists(),
        tuple_(*both).in_(select(scores.user_id, scores.recording_id)),
    )


def _late(user_id: ColumnElement[Any] | int, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a person can begin no blind review of the call any more, and has begun none: what they have
    begun stays covered until they have judged it all, and goes on as one.
    """
    begun = select(1).where(
        drafts.c.recording_id == recording_id, drafts.c.user_id == user_id, drafts.c.blind
    )
    return and_(saw(user_id, recording_id), ~begun.correlate_except(drafts).exists())


def looked(store: Store, viewer: Viewer, recording_ids: Iterable[str]) -> None:
    """Write down that verdicts of these calls were shown to the viewer."""
    calls = [f"call:{one}" for one in recording_ids]
    audit.seen(store, viewer, SAW, *calls)


def not_for(viewer: Viewer) -> ColumnElement[bool]:
    """Tasks that are to be done blind and cannot be by the viewer, while somebody else can; and those of
    calls that were the viewer's own, or that they are judging in a calibration.
    """
    if viewer.user_id is None:
        return false()
    of = tasks.c.recording_id
    return or_(spoilt(viewer.user_id), calibrates(viewer, of), own(viewer.user_id, of))


def spoilt(user_id: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """Tasks that are to be done blind and cannot be by this person, while somebody else can."""
    return and_(tasks.c.blind, _late(user_id, tasks.c.recording_id), _others(user_id))


def awaited(viewer: Viewer, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether the viewer is to see no verdict of a call: it waits for a blind review that they hold or may
    still take, or they judge it in a calibration.
    """
    if viewer.user_id is None:
        return false()
    together = calibrates(viewer, recording_id)
    if not viewer.reviews:
        return together
    theirs = _for(viewer.user_id, recording_id)
    its = (tasks.c.recording_id == recording_id, tasks.c.blind, tasks.c.state.in_(WAITING), theirs)
    return or_(together, select(1).where(*its).correlate_except(tasks).exists())


def calibrates(viewer: Viewer, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether the viewer judges a call in a calibration that cannot be compared yet. Also what they have
    handed in: until then it may be changed.
    """
    if viewer.user_id is None:
        return false()
    return judges(viewer.user_id, recording_id)


def judges(user_id: ColumnElement[Any] | int, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """`calibrates`, of any person."""
    named = literal(recording_id) if isinstance(recording_id, str) else recording_id
    return named.in_(_calibrated(user_id))


def is_calibrated(connection: Connection, viewer: Viewer, recording_id: str) -> bool:
    return bool(connection.execute(select(calibrates(viewer, recording_id))).scalar_one())


def check_calibrated(connection: Connection, viewer: Viewer, recording_id: str) -> None:
    """CoachError where the viewer judges the call in a calibration that cannot be compared yet."""
    if is_calibrated(connection, viewer, recording_id):
        raise CoachError(_CALIBRATED)


def word_missing(calibration_id: ColumnElement[Any], user_id: int | None = None) -> ColumnElement[bool]:
    """Whether somebody's word (or this person's) on a call of the calibration is still missing; of their own,
    and of what has lost its words, none is to come.
    """
    each, call, said = (
        calibration_people.alias("each"), calibration_calls.alias("call"), calibration_scores.alias("said"),
    )  # fmt: skip
    handed_in = select(1).where(
        said.c.calibration_id == call.c.calibration_id,
        said.c.recording_id == call.c.recording_id,
        said.c.user_id == each.c.user_id,
    )
    missing = (
        select(1)
        .select_from(each.join(call, call.c.calibration_id == each.c.calibration_id))
        .where(each.c.calibration_id == calibration_id, ~handed_in.correlate_except(said).exists())
        .where(call.c.recording_id.not_in(WORDLESS), ~own(each.c.user_id, call.c.recording_id))
    )
    if user_id is not None:
        missing = missing.where(each.c.user_id == user_id)
    return missing.correlate_except(each, call).exists()


def _calibrated(user_id: ColumnElement[Any] | int) -> Select[tuple[str]]:
    """Calls of the calibrations in which the person takes part and somebody's word is still missing."""
    mine = calibration_people.alias("mine")
    within = mine.join(calibrations, calibrations.c.id == mine.c.calibration_id)
    within = within.join(calibration_calls, calibration_calls.c.calibration_id == mine.c.calibration_id)
    return (
        select(calibration_calls.c.recording_id)
        .select_from(within)
        .where(
            mine.c.user_id == user_id,
            calibrations.c.closed_at.is_(None),
            word_missing(mine.c.calibration_id),
        )
    )


def _for(user_id: int, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a task is the person's, or free and of a call that they can still judge blind."""
    free = and_(tasks.c.assigned_to.is_(None), ~_late(user_id, recording_id))
    return or_(tasks.c.assigned_to == user_id, free)


def waiting(store: Store, viewer: Viewer, ids: Sequence[str]) -> frozenset[str]:
    """Those of these calls of which the viewer is to see no points yet."""
    if viewer.user_id is None:
        return frozenset()
    query = select(recordings.c.id).where(recordings.c.id.in_(ids), awaited(viewer, recordings.c.id))
    with store.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def without(store: Store, viewer: Viewer, which: CallFilter) -> CallFilter:
    """The filter, less the calls that the viewer is to judge blind: figures over few calls, or a filter by
    what came out, would tell what is hidden on the call itself.
    """
    if viewer.user_id is None:
        return which
    card = select(listed.c.scorecard_id)
    drawn = card.join(tasks, tasks.c.recording_id == listed.c.recording_id)
    drawn = drawn.where(tasks.c.blind, tasks.c.state.in_(WAITING), _for(viewer.user_id, tasks.c.recording_id))
    together = card.where(calibrates(viewer, listed.c.recording_id))
    with store.reading() as connection:
        apart = set(connection.execute(together).scalars())
        if viewer.reviews:
            apart.update(connection.execute(drawn).scalars())
    return replace(which, apart=tuple(sorted(apart)))


def forgo(store: Store, viewer: Viewer, recording_id: str) -> None:
    """See the verdicts now and leave the blind review to others; a task in hand goes back to the queue."""
    with store.writing() as connection:
        check_calibrated(connection, viewer, recording_id)
        leave(connection, viewer, recording_id)
        audit.record(connection, viewer, SAW, f"call:{recording_id}")


def leave(connection: Connection, viewer: Viewer, recording_id: str) -> None:
    """A blind task of the call that the viewer has in hand goes back to the queue."""
    its = (tasks.c.recording_id == recording_id, tasks.c.blind, tasks.c.assigned_to == viewer.user_id)
    free = {"state": "open", "assigned_to": None, "claimed_at": None}
    connection.execute(update(tasks).where(*its, tasks.c.state.in_(WAITING)).values(**free))


def settle(connection: Connection, task: Row[Any], user_id: int, *, of_another: bool = False) -> None:
    """Before a person gets a task: CoachError where it is to be done blind and only others still can;
    `of_another`: who gives it to that person hears it.

    Where nobody can, the task is blind no more.
    """
    late = select(_late(user_id, task.recording_id)) if task.blind else None
    if late is None or not connection.execute(late).scalar_one():
        return
    left = select(tasks.c.id).where(tasks.c.id == task.id, _others(user_id))
    if connection.execute(left).first() is not None:
        raise CoachError(_OTHER_SAW if of_another else _SEEN)
    connection.execute(update(tasks).where(tasks.c.id == task.id).values(blind=False))


def _others(user_id: ColumnElement[Any] | int) -> ColumnElement[bool]:
    """Whether anybody else who reviews can still judge the task's call blind, and has not answered it."""
    able = select(1).where(
        users.c.active,
        users.c.role.in_(REVIEWERS),
        users.c.id != user_id,
        not_(_late(users.c.id, tasks.c.recording_id)),
        not_(own(users.c.id, tasks.c.recording_id)),
    )
    return able.correlate_except(users).exists()
