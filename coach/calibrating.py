"""Taking part in a calibration: who can be asked, the call as its judge sees it, answers saved one by one.

A judge sees the call without the machine's verdicts and findings, and nobody else's word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from coach import by_name, calibration, owners, queries, releases
from coach.blind import REVIEWERS
from coach.calibration import Session, cards_of, forget, put_down, session_of
from coach.judged_by import JudgedBy
from coach.schema import recordings
from coach.schema_people import users
from coach.schema_work import calibration_drafts, calibration_scores
from coach.settings import Settings
from coach.shield import as_seen
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, debtor, visible
from rubrics.types import Criterion, Outcome

_NOT_ASKED = "Esta llamada no le toca evaluarla a usted en esta calibración."
Answer = tuple[Outcome | None, str]  # outcome and note; None while only the note is written


@dataclass(frozen=True, slots=True)
class Paper:
    """One call of a session before one judge. `said` holds the answers so far, `handed_in` whether they are
    the judge's word already; it may be changed until the session can be compared.
    """

    session: Session
    call: Call  # without verdicts and findings
    criteria: tuple[Criterion, ...]  # to judge, in the order of the form
    said: Mapping[str, Answer]
    handed_in: bool

    @property
    def missing(self) -> int:
        return sum(self.said.get(one.id, (None, ""))[0] is None for one in self.criteria)


def colleagues(store: Store, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """(id, name) of everybody with an account who may judge calls, by name."""
    viewer.require("calibrate")
    query = select(users.c.id, users.c.name).where(users.c.active, users.c.role.in_(REVIEWERS))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(by_name.column(users.c.name), users.c.id)).all()
    return tuple((row.id, row.name) for row in rows)


def session(store: Store, viewer: Viewer, calibration_id: int) -> Session:
    """CoachError where there is none, or the viewer has nothing to do with it."""
    with store.reading() as connection:
        return session_of(connection, viewer, calibration_id)


def paper(store: Store, settings: Settings, viewer: Viewer, calibration_id: int, recording_id: str) -> Paper:
    """CoachError where the viewer does not judge this call."""
    with store.reading() as connection:
        of = session_of(connection, viewer, calibration_id)
        card = cards_of(connection, calibration_id).get(recording_id)
        drafted = _drafted(connection, viewer, calibration_id, recording_id)
        kept = _word(connection, viewer, calibration_id, recording_id)
    if recording_id not in of.asked or card is None:
        raise CoachError(_NOT_ASKED)
    call = as_seen(viewer, queries.call(store, viewer, recording_id))
    form = JudgedBy(settings).form(card)
    asked = tuple(one for one in form.criteria if one.id in card.shown)
    return Paper(of, releases.bare(call), asked, {**kept, **drafted}, bool(kept) and not drafted)


def names(store: Store, viewer: Viewer, of: Session) -> dict[str, str]:
    """«debtor · agent» of the session's calls in reach, by call; what is not known is left out."""
    known = recordings.c
    who = func.coalesce(owners.agent_name(recordings), known.agent_login).label("agent")
    query = select(known.id, debtor(viewer, known.debtor_name), who).where(
        known.id.in_(of.calls), *visible(viewer)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return {row.id: " · ".join(part for part in (row.debtor_name, row.agent) if part) for row in rows}


def handed_in(store: Store, viewer: Viewer, calibration_id: int) -> frozenset[str]:
    """The calls of a session on which the viewer's word is in."""
    own = calibration_scores.c
    its = own.calibration_id == calibration_id, own.user_id == viewer.user_id
    with store.reading() as connection:
        return frozenset(connection.execute(select(own.recording_id).where(*its).distinct()).scalars())


def save(
    store: Store,
    viewer: Viewer,
    calibration_id: int,
    recording_id: str,
    criterion: str,
    outcome: Outcome | None,
    note: str,
) -> None:
    """Keep one answer, in the place of an earlier one. It is nobody's word before `hand_in`, and counts at
    once after it.
    """
    with store.writing() as connection:
        of = session_of(connection, viewer, calibration_id)
        card = cards_of(connection, calibration_id).get(recording_id)
        if recording_id not in of.asked or card is None or criterion not in card.shown:
            raise CoachError(_NOT_ASKED)
        if of.comparable:
            raise CoachError("Esta calibración ya se puede comparar: las evaluaciones no se cambian más.")
        drafted = _drafted(connection, viewer, calibration_id, recording_id)
        word = _word(connection, viewer, calibration_id, recording_id)
        if word:
            if outcome is None:
                raise CoachError("Esta llamada ya está entregada: cambie la respuesta en vez de quitarla.")
            word |= {name: (was, why) for name, (was, why) in drafted.items() if was is not None}
            word[criterion] = (outcome, note)
            put_down(connection, viewer, calibration_id, recording_id, card, word)
            return
        answers = {**drafted, criterion: (outcome, note.strip())}
        its = {"calibration_id": calibration_id, "recording_id": recording_id, "user_id": viewer.user_id}
        forget(connection, viewer, calibration_id, recording_id)
        connection.execute(
            insert(calibration_drafts).values(**its, body=json.dumps(answers, ensure_ascii=False))
        )


def hand_in(store: Store, settings: Settings, viewer: Viewer, calibration_id: int, recording_id: str) -> None:
    """Make the answers so far the viewer's word on this call; CoachError while some are missing."""
    written = paper(store, settings, viewer, calibration_id, recording_id)
    said = {name: (outcome, note) for name, (outcome, note) in written.said.items() if outcome is not None}
    calibration.score(store, viewer, calibration_id, recording_id, said)


def scored(
    store: Store, viewer: Viewer, calibration_id: int, recording_id: str
) -> dict[str, tuple[Outcome, str]]:
    """The viewer's word on this call so far: nobody else's."""
    with store.reading() as connection:
        session_of(connection, viewer, calibration_id)
        return _word(connection, viewer, calibration_id, recording_id)


def _word(
    connection: Connection, viewer: Viewer, calibration_id: int, recording_id: str
) -> dict[str, tuple[Outcome, str]]:
    """What the viewer has handed in of a call, by criterion."""
    own = calibration_scores.c
    query = select(own.criterion, own.outcome, own.note).where(
        own.calibration_id == calibration_id, own.recording_id == recording_id, own.user_id == viewer.user_id
    )
    return {row.criterion: (row.outcome, row.note) for row in connection.execute(query)}


def _drafted(
    connection: Connection, viewer: Viewer, calibration_id: int, recording_id: str
) -> dict[str, Answer]:
    own = calibration_drafts.c
    query = select(own.body).where(
        own.calibration_id == calibration_id, own.recording_id == recording_id, own.user_id == viewer.user_id
    )
    body: Any = connection.execute(query).scalar()
    return {name: (one[0], one[1]) for name, one in json.loads(body).items()} if body else {}
