"""A review under way: opened, saved at every change, resumed. What can be changed in it: `drafting`.

Each change reads what is stored and writes it in one transaction, so that two windows of one person lose
nothing of each other's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from coach import audit, blind, bodies, queries, tasks
from coach.corrections import TurnEdit
from coach.draft_body import SETTLED, SWAPPED, Draft, DraftBody, read_body, write_body
from coach.judged import Judged, check_words, judged
from coach.owners import refuse_own
from coach.schema import findings, scorecards, transcripts
from coach.schema_work import drafts
from coach.schema_work import tasks as task_table
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from transcripts.types import Recording, Turn

PAUSE_S = 120.0  # longer without a sign of work is a pause and no work
ENDED = "Esta revisión ya se terminó o se descartó en otra ventana: no se guarda dos veces."
CHANGED = "Esta revisión cambió en otra ventana mientras se guardaba. Mírela y termine de nuevo."
NOT_OPEN = "Esta llamada no la tiene en revisión. Ábrala de nuevo desde la cola."

Change = Callable[[DraftBody, Judged], DraftBody]
Said = tuple[tuple[str, str], ...]  # by turn: who speaks, what


def open_review(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, now: datetime | None = None
) -> Draft:
    """Begin a review of a call, or go on with the viewer's own. A task of the call is claimed with it.

    Blind where the task that was drawn says so. CoachError where somebody else is at it, for one's own calls,
    for those whose words were erased and those that the viewer is judging in a calibration.
    """
    viewer.require("review")
    person = tasks.known(viewer)
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        if (row := _row(connection, person, recording_id)) is not None:
            return _saved(connection, row, _carried(connection, row, lambda body, _: body), now)
        refuse_own(connection, viewer, recording_id)
        blind.check_calibrated(connection, viewer, recording_id)
        check_words(connection, recording_id)
        now_judged = judged(connection, recording_id)
        task = _claimed(connection, settings, viewer, recording_id, now)
        values = {
            "recording_id": recording_id, "user_id": person, "scorecard_id": now_judged.scorecard_id,
            "blind": task is not None and task.blind, "started_at": now, "updated_at": now, "seconds": 0.0,
            "body": write_body(DraftBody(task_id=task.id if task else None)),
        }  # fmt: skip
        connection.execute(insert(drafts).values(**values))
        audit.record(connection, viewer, "review", f"call:{recording_id}", blind=values["blind"])
        opened = _row(connection, person, recording_id)
        assert opened is not None
        return _draft(opened)


def current(store: Store, viewer: Viewer, recording_id: str) -> Draft | None:
    """The viewer's draft of a call, as it was saved last."""
    if viewer.user_id is None:
        return None
    with store.reading() as connection:
        row = _row(connection, viewer.user_id, recording_id)
    return _draft(row) if row else None


def hides(store: Store, viewer: Viewer, recording_id: str) -> bool:
    """Whether the machine's verdicts of a call are to be hidden from the viewer: in a blind review, while the
    call waits for one that they hold or may take, and in a calibration that cannot be compared yet.
    """
    draft = current(store, viewer, recording_id)
    if draft is None:
        return bool(blind.waiting(store, viewer, [recording_id]))
    with store.reading() as connection:
        return draft.hides or blind.is_calibrated(connection, viewer, recording_id)


def touch(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> Draft:
    """A sign of work without a change: the person listens."""
    return change_draft(store, viewer, recording_id, lambda body, _: body, now)


def discard(store: Store, viewer: Viewer, recording_id: str) -> None:
    """Throw the viewer's draft away and leave its task to others."""
    person = tasks.known(viewer)
    with store.writing() as connection:
        row = _row(connection, person, recording_id)
        if row is None:
            raise CoachError(NOT_OPEN)
        free = {"state": "open", "assigned_to": None, "claimed_at": None}
        connection.execute(update(task_table).where(*_its_task(row)).values(**free))
        connection.execute(delete(drafts).where(drafts.c.id == row.id))
        audit.record(connection, viewer, "discard", f"call:{recording_id}")


def end(connection: Connection, draft: Draft) -> None:
    """Take the draft away, in the transaction that writes what became of it. Of two windows that end it at
    once, one does: CoachError where it is gone, or says something else than `draft`, which was read before.
    """
    its = (
        drafts.c.id == draft.id,
        drafts.c.user_id == draft.user_id,
        drafts.c.started_at == draft.started_at,
    )
    held = connection.execute(delete(drafts).where(*its).returning(drafts.c.body)).first()
    if held is None:
        raise CoachError(ENDED)
    if read_body(held.body) != draft.body:
        raise CoachError(CHANGED)


def change_draft(
    store: Store, viewer: Viewer, recording_id: str, change: Change, now: datetime | None = None
) -> Draft:
    """Change the stored draft; where the machine judged anew meanwhile it is carried over first."""
    viewer.require("review")
    queries.reach(store, viewer, recording_id)
    with store.writing() as connection:
        row = _row(connection, tasks.known(viewer), recording_id)
        if row is None:
            raise CoachError(NOT_OPEN)
        return _saved(connection, row, _carried(connection, row, change), now or datetime.now(UTC))


def worked(before_s: float, last: datetime, now: datetime) -> float:
    """Seconds at work once `now` shows another sign of it: what passed since the `last`, unless a pause."""
    passed = (now - last).total_seconds()
    return before_s + (passed if 0 <= passed <= PAUSE_S else 0.0)


def _saved(connection: Connection, row: Row[Any], to: tuple[int, DraftBody], now: datetime) -> Draft:
    """Write the draft, count the seconds, and keep the claim of its task alive."""
    scorecard_id, body = to
    values = {
        "scorecard_id": scorecard_id,
        "body": write_body(body),
        "seconds": worked(row.seconds, row.updated_at, now),
        "updated_at": max(now, row.updated_at),
    }
    changed = update(drafts).where(drafts.c.id == row.id).values(**values).returning(drafts)
    alive = update(task_table).where(*_its_task(row), task_table.c.state == "claimed")
    connection.execute(alive.values(claimed_at=values["updated_at"]))
    return _draft(connection.execute(changed).one())


def _carried(connection: Connection, row: Row[Any], change: Change) -> tuple[int, DraftBody]:
    """The draft's body changed, on the scorecard of today."""
    call = judged(connection, row.recording_id)
    body = read_body(row.body)
    if call.scorecard_id != row.scorecard_id:
        body = _onto(body, call, _said(_turns_under(connection, row.scorecard_id)))
    return call.scorecard_id, change(body, call)


def _onto(body: DraftBody, call: Judged, seen: Said) -> DraftBody:
    """What of a draft still holds where the machine judged the call again. `seen` is what was said, and by
    whom, as the person saw it: a word on who speaks holds for that only.
    """
    turns = call.transcript().turns
    as_seen = _said(turns) == seen

    def as_it_was(edit: TurnEdit) -> bool:
        return edit.turn < len(turns) and turns[edit.turn].text == edit.was

    overrides = tuple(one for one in body.overrides if one.criterion in call.verdicts)
    edits = tuple(edit for edit in body.edits if as_it_was(edit))
    lost = [one.criterion for one in body.overrides if one not in overrides]
    lost += [f"turn:{edit.turn}" for edit in body.edits if edit not in edits]
    if not as_seen:
        lost += [name for name, one in ((SWAPPED, body.swapped), (SETTLED, body.settled)) if one]
    return replace(
        body,
        swapped=body.swapped and as_seen,
        settled=body.settled and as_seen,
        overrides=overrides,
        edits=edits,
        relabels=tuple(one for one in body.relabels if one.turn < len(turns)),
        comments=tuple(one for one in body.comments if one.turn is None or one.turn < len(turns)),
        renewed=True,
        lost=(*body.lost, *lost),
    )


def _turns_under(connection: Connection, scorecard_id: int) -> tuple[Turn, ...]:
    """The turns that were judged for that scorecard."""
    judged_by = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
    judged_by = judged_by.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    its = select(transcripts.c.body).select_from(judged_by).where(scorecards.c.id == scorecard_id)
    return bodies.read_transcript(connection.execute(its).scalar_one(), Recording("")).turns


def _said(turns: tuple[Turn, ...]) -> Said:
    return tuple((turn.speaker, turn.text) for turn in turns)


def _claimed(
    connection: Connection, settings: Settings, viewer: Viewer, recording_id: str, now: datetime
) -> Row[Any] | None:
    """The call's task, the viewer's from now on: one held already, else the first that waits and is not to be
    done blind by somebody else.
    """
    waiting = tasks.of_call(connection, recording_id, viewer)
    own = [task for task in waiting if task.assigned_to == viewer.user_id]
    task = next(iter((*own, *waiting)), None)
    if task is None:
        return None
    tasks.take(connection, settings, viewer, task.id, now)
    return connection.execute(select(task_table).where(task_table.c.id == task.id)).one()


def _its_task(row: Row[Any]) -> tuple[ColumnElement[bool], ...]:
    body = read_body(row.body)
    return (task_table.c.id == body.task_id, task_table.c.assigned_to == row.user_id)


def _row(connection: Connection, user_id: int, recording_id: str) -> Row[Any] | None:
    its = select(drafts).where(drafts.c.user_id == user_id, drafts.c.recording_id == recording_id)
    return connection.execute(its).first()


def _draft(row: Row[Any]) -> Draft:
    return Draft(**{**row._mapping, "body": read_body(row.body)})
