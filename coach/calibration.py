"""Calibration: several people score the same calls, each blind to the others and to the machine; then they
compare.

Nobody who scores sees anybody's word before all are done or the session is closed, and nothing can be changed
after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from coach import audit, blind, bodies, by_name, queries
from coach.judged import NOT_JUDGED, wordless
from coach.owners import own, refuse_own
from coach.schema import recordings, scorecards
from coach.schema_people import users
from coach.schema_privacy import WORDLESS
from coach.schema_work import (
    calibration_calls,
    calibration_drafts,
    calibration_people,
    calibration_scores,
    calibrations,
    drafts,
)
from coach.store import Store
from coach.types import CoachError
from coach.viewers import RIGHTS, Viewer
from rubrics.types import Outcome, Scorecard

_AND_PEOPLE = "Una calibración necesita al menos una llamada y dos personas."


@dataclass(frozen=True, slots=True)
class Session:
    """`behind` are those of `people` who have not scored every call but their own and those whose words went
    before. `asked` are those that the viewer is to score; `mine` is how many of them wait; None: not one of
    the people.
    """

    id: int
    title: str
    created_at: datetime
    closes_on: date | None
    closed_at: datetime | None
    calls: tuple[str, ...]
    people: tuple[tuple[int, str], ...]  # (user id, name)
    behind: tuple[tuple[int, str], ...]
    asked: tuple[str, ...]
    mine: int | None

    @property
    def done(self) -> int:
        return len(self.people) - len(self.behind)

    @property
    def comparable(self) -> bool:
        return self.closed_at is not None or not self.behind


def create(
    store: Store,
    viewer: Viewer,
    title: str,
    recording_ids: Sequence[str],
    user_ids: Sequence[int],
    closes_on: date | None = None,
) -> int:
    """A session on these calls, as they are judged now. CoachError where somebody may not review, or it was
    their own call.
    """
    viewer.require("calibrate")
    calls, people = tuple(dict.fromkeys(recording_ids)), tuple(dict.fromkeys(user_ids))
    if viewer.user_id is None:
        raise CoachError("Entre con su cuenta para preparar una calibración.")
    if not title.strip() or not calls or len(people) < 2:
        raise CoachError(_AND_PEOPLE if title.strip() else "Póngale un nombre a la calibración.")
    for recording_id in calls:
        queries.reach(store, viewer, recording_id)
    if silent := [name for name in calls if store.wordless(name)]:
        raise CoachError(
            "{call}: su texto se borró y ya no se puede evaluar. Elija otra llamada.", call=silent[0]
        )
    with store.writing() as connection:
        _check_people(connection, people, calls)
        current = select(scorecards.c.recording_id, scorecards.c.id).where(
            scorecards.c.recording_id.in_(calls), scorecards.c.current
        )
        cards = {row.recording_id: row.id for row in connection.execute(current)}
        if missing := [name for name in calls if name not in cards]:
            raise CoachError(NOT_JUDGED, id=missing[0])
        values = {"title": title.strip(), "created_by": viewer.user_id, "created_at": datetime.now(UTC)}
        new = insert(calibrations).values(**values, closes_on=closes_on).returning(calibrations.c.id)
        calibration_id = int(connection.execute(new).scalar_one())
        of = {"calibration_id": calibration_id}
        connection.execute(
            insert(calibration_calls),
            [{**of, "recording_id": name, "scorecard_id": card} for name, card in cards.items()],
        )
        connection.execute(insert(calibration_people), [{**of, "user_id": one} for one in people])
        audit.record(
            connection, viewer, "calibration.create", f"calibration:{calibration_id}", calls=len(calls),
            people=len(people),
        )  # fmt: skip
    return calibration_id


def sessions(store: Store, viewer: Viewer) -> tuple[Session, ...]:
    """The newest first: all for who prepares them, else those that the viewer scores in."""
    query = select(calibrations).order_by(calibrations.c.id.desc())
    if not viewer.may("calibrate"):
        mine = select(calibration_people.c.calibration_id).where(
            calibration_people.c.user_id == viewer.user_id
        )
        query = query.where(calibrations.c.id.in_(mine))
    with store.reading() as connection:
        return tuple(_session(connection, viewer, row) for row in connection.execute(query).all())


def score(
    store: Store,
    viewer: Viewer,
    calibration_id: int,
    recording_id: str,
    said: Mapping[str, tuple[Outcome, str]],
) -> None:
    """The viewer's (outcome, note) by criterion on one call, in the place of earlier ones: the whole
    scorecard. CoachError for one's own call, also where it was not known as that when the session was made.
    """
    with store.writing() as connection:
        session = session_of(connection, viewer, calibration_id)
        if session.mine is None:
            raise CoachError("Usted no está entre quienes evalúan esta calibración.")
        if session.comparable:
            raise CoachError("Esta calibración ya se puede comparar: las evaluaciones no se cambian más.")
        card = cards_of(connection, calibration_id).get(recording_id)
        if card is None:
            raise CoachError("{call}: esta llamada no es de esta calibración.", call=recording_id)
        put_down(connection, viewer, calibration_id, recording_id, card, said)


def put_down(
    connection: Connection,
    viewer: Viewer,
    calibration_id: int,
    recording_id: str,
    card: Scorecard,
    said: Mapping[str, tuple[Outcome, str]],
) -> None:
    """`score`, where it is known that the viewer is asked and that nothing is compared yet."""
    refuse_own(connection, viewer, recording_id)
    if wordless(connection, recording_id):
        raise CoachError("{call}: su texto se borró y ya no se puede evaluar.", call=recording_id)
    _check_complete(recording_id, card, said)
    said_before = calibration_scores.c
    connection.execute(
        delete(calibration_scores).where(
            said_before.calibration_id == calibration_id,
            said_before.recording_id == recording_id,
            said_before.user_id == viewer.user_id,
        )
    )
    of = {"calibration_id": calibration_id, "recording_id": recording_id, "user_id": viewer.user_id}
    rows = [
        {**of, "criterion": name, "outcome": outcome, "note": note.strip(), "at": datetime.now(UTC)}
        for name, (outcome, note) in said.items()
    ]
    connection.execute(insert(calibration_scores), rows)
    forget(connection, viewer, calibration_id, recording_id)
    _leave_to_others(connection, viewer, recording_id)
    audit.record(connection, viewer, "calibration.score", f"calibration:{calibration_id}", call=recording_id)


def forget(connection: Connection, viewer: Viewer, calibration_id: int, recording_id: str) -> None:
    """Throw away what the viewer has judged of a call without handing it in."""
    kept = calibration_drafts.c
    its = kept.calibration_id == calibration_id, kept.recording_id == recording_id
    connection.execute(delete(calibration_drafts).where(*its, kept.user_id == viewer.user_id))


def _leave_to_others(connection: Connection, viewer: Viewer, recording_id: str) -> None:
    """Who has judged a call is not to judge it blind too: a task goes back, a review begun is kept."""
    begun = select(drafts.c.id).where(
        drafts.c.recording_id == recording_id, drafts.c.user_id == viewer.user_id
    )
    if connection.execute(begun).first() is None:
        blind.leave(connection, viewer, recording_id)


def close(store: Store, viewer: Viewer, calibration_id: int, *, now: datetime | None = None) -> None:
    """End the session, whoever has not scored yet; closing twice changes nothing."""
    viewer.require("calibrate")
    still = calibrations.c.id == calibration_id, calibrations.c.closed_at.is_(None)
    with store.writing() as connection:
        session_of(connection, viewer, calibration_id)
        if connection.execute(
            update(calibrations).where(*still).values(closed_at=now or datetime.now(UTC))
        ).rowcount:
            audit.record(connection, viewer, "calibration.close", f"calibration:{calibration_id}")


def _check_people(connection: Connection, people: Sequence[int], calls: Sequence[str]) -> None:
    query = select(users.c.id, users.c.name, users.c.role).where(users.c.id.in_(people), users.c.active)
    known = {row.id: row for row in connection.execute(query)}
    if any(one not in known for one in people):
        raise CoachError("Una de las personas ya no tiene cuenta activa. Elija otra.")
    for row in known.values():
        if "review" not in RIGHTS[row.role]:
            raise CoachError("{name}: su función no evalúa llamadas. Elija a otra persona.", name=row.name)
    answered = users.join(recordings, own(users.c.id, recordings.c.id))
    theirs = select(users.c.name, recordings.c.id).select_from(answered)
    theirs = theirs.where(users.c.id.in_(people), recordings.c.id.in_(calls))
    if (found := connection.execute(theirs.order_by(recordings.c.id, users.c.id)).first()) is not None:
        raise CoachError(
            "{call}: la atendió {name}, y lo suyo lo juzgan otras personas. Elija otra llamada.",
            call=found.id,
            name=found.name,
        )


def _check_complete(recording_id: str, card: Scorecard, said: Mapping[str, tuple[Outcome, str]]) -> None:
    if strange := [name for name in said if name not in card.verdicts]:
        raise CoachError(
            "{call}: «{criterion}» no se juzgó en esta llamada.", call=recording_id, criterion=strange[0]
        )
    if left := [name for name in card.shown if name not in said]:
        raise CoachError("{call}: faltan {n} criterios por evaluar.", call=recording_id, n=len(left))


def session_of(connection: Connection, viewer: Viewer, calibration_id: int) -> Session:
    """CoachError where there is none, or the viewer has nothing to do with it."""
    row = connection.execute(select(calibrations).where(calibrations.c.id == calibration_id)).first()
    session = _session(connection, viewer, row) if row is not None else None
    if session is None or (session.mine is None and not viewer.may("calibrate")):
        raise CoachError("No hay ninguna calibración con este número. Vea la lista.")
    return session


def _session(connection: Connection, viewer: Viewer, row: Row[Any]) -> Session:
    of = calibration_calls.c
    calls = tuple(
        connection.execute(
            select(of.recording_id).where(of.calibration_id == row.id).order_by(of.recording_id)
        ).scalars()
    )
    who = calibration_people.join(users, users.c.id == calibration_people.c.user_id)
    named = (
        select(users.c.id, users.c.name).select_from(who).where(calibration_people.c.calibration_id == row.id)
    )
    people = tuple(
        (one.id, one.name)
        for one in connection.execute(named.order_by(by_name.column(users.c.name), users.c.id))
    )
    handed_in, gone = _handed_in(connection, row.id), of.recording_id.in_(WORDLESS)
    silent = connection.scalars(select(of.recording_id).where(of.calibration_id == row.id, gone)).all()
    too_late = {(one, call) for one, _ in people for call in silent} - handed_in
    apart = _own_calls(connection, row.id) | too_late
    asked = {one: tuple(call for call in calls if (one, call) not in apart) for one, _ in people}
    left = {one: sum((one, call) not in handed_in for call in its) for one, its in asked.items()}
    mine = viewer.user_id or 0
    return Session(
        row.id, row.title, row.created_at, row.closes_on, row.closed_at, calls, people,
        tuple(one for one in people if left[one[0]]), asked.get(mine, ()), left.get(mine),
    )  # fmt: skip


def _handed_in(connection: Connection, calibration_id: int) -> set[tuple[int, str]]:
    """(person, call) of every scorecard that was given."""
    of = calibration_scores.c
    query = select(of.user_id, of.recording_id).where(of.calibration_id == calibration_id).distinct()
    return {(row.user_id, row.recording_id) for row in connection.execute(query)}


def _own_calls(connection: Connection, calibration_id: int) -> set[tuple[int, str]]:
    """(person, call) where a call of the session was one of its people's: a login may have been given to its
    person since the session was made.
    """
    who, of = calibration_people.c, calibration_calls.c
    both = calibration_people.join(calibration_calls, of.calibration_id == who.calibration_id)
    query = select(who.user_id, of.recording_id).select_from(both)
    its = who.calibration_id == calibration_id, own(who.user_id, of.recording_id)
    return {(row.user_id, row.recording_id) for row in connection.execute(query.where(*its))}


def cards_of(connection: Connection, calibration_id: int) -> dict[str, Scorecard]:
    of = calibration_calls.join(scorecards, scorecards.c.id == calibration_calls.c.scorecard_id)
    query = (
        select(calibration_calls.c.recording_id, scorecards.c.body)
        .select_from(of)
        .where(calibration_calls.c.calibration_id == calibration_id)
    )
    return {row.recording_id: bodies.read_scorecard(row.body) for row in connection.execute(query)}
