"""From when on an agent may read a scorecard, and what they see of it.

A critical failure that no person confirmed is not shown to the agent: it is nobody's word yet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, func, insert, select, update

from coach import audit, blind, drafts, notices, queries, telling
from coach.as_said import relabelled
from coach.database import page_of
from coach.judged import check_words, judged
from coach.owners import of_own_logins, own, owner, place, refuse_own
from coach.queries import JUDGED
from coach.release_rows import InboxPage, InboxRow, PendingPage, PendingRow
from coach.schema import recordings, reviews, standings
from coach.schema_lists import listed
from coach.schema_people import users
from coach.schema_work import comments, disputes, releases, review_facts
from coach.settings import Settings
from coach.shield import shielded
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from coach.words import stands
from coach.workdays import begins
from nlp.types import Findings
from rubrics.settled import Settled


@dataclass(frozen=True, slots=True)
class Release:
    """`agent` is the name of who will see it; None: no account holds the call's login."""

    recording_id: str
    released_at: datetime
    visible_from: datetime
    acknowledged_at: datetime | None
    agent: str | None


def release(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    on: date | None = None,
    *,
    now: datetime | None = None,
) -> Release:
    """Let the agent read the call's scorecard: now, or from the morning of the day `on` where they work.

    CoachError where it is released already, for one's own call, and where its words were erased.
    """
    viewer.require("release")
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        refuse_own(connection, viewer, recording_id)
        if connection.execute(active(recording_id)).first() is not None:
            raise CoachError("Esta llamada ya se entregó al agente. Retírela antes de volver a entregarla.")
        judged(connection, recording_id)
        check_words(connection, recording_id)  # its agent would have nothing to appeal with
        where = place(connection, settings, recording_id)
        since = now if on is None else max(now, begins(on, where.timezone))
        newest = select(func.max(reviews.c.id)).where(reviews.c.recording_id == recording_id)
        values = {
            "recording_id": recording_id, "review_id": connection.execute(newest).scalar(),
            "released_by": viewer.user_id, "released_at": now, "visible_from": since,
        }  # fmt: skip
        connection.execute(insert(releases).values(**values))
        audit.record(connection, viewer, "release", f"call:{recording_id}", visible_from=since)
    found = of_call(store, viewer, recording_id)
    assert found is not None
    return found


def withdraw(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> None:
    """Take a release back: the agent sees the call no longer. Not while a dispute of it is open, nor one's
    own.
    """
    viewer.require("release")
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        refuse_own(connection, viewer, recording_id)
        row = connection.execute(active(recording_id)).first()
        if row is None:
            raise CoachError("Esta llamada no está entregada al agente.")
        contested = disputes.c.recording_id == recording_id, disputes.c.state == "open"
        if connection.execute(select(disputes.c.id).where(*contested)).first() is not None:
            raise CoachError("El agente apeló esta llamada: resuelva antes la apelación.")
        connection.execute(update(releases).where(releases.c.id == row.id).values(withdrawn_at=now))
        agent = owner(connection, recording_id)
        if agent is not None and row.visible_from <= now:
            telling.tell(connection, agent, "release_withdrawn", recording_id, now)
        audit.record(connection, viewer, "withdraw", f"call:{recording_id}")


def acknowledge(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> None:
    """The agent has read it. Once is enough: again changes nothing."""
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    with store.writing() as connection:
        if viewer.user_id is None or owner(connection, recording_id) != viewer.user_id:
            raise CoachError("Solo quien atendió la llamada confirma que la leyó.")
        row = connection.execute(active(recording_id)).first()
        if row is None or row.visible_from > now:
            raise CoachError("Esta llamada todavía no se entregó.")
        if row.acknowledged_at is None:
            connection.execute(update(releases).where(releases.c.id == row.id).values(acknowledged_at=now))
            audit.record(connection, viewer, "acknowledge", f"call:{recording_id}")
    notices.read_of_call(store, viewer, recording_id, now=now)


def of_call(store: Store, viewer: Viewer, recording_id: str) -> Release | None:
    """The release of a call in reach; None where it is not released."""
    queries.reach(store, viewer, recording_id)
    with store.reading() as connection:
        row = connection.execute(active(recording_id)).first()
        agent = select(users.c.name).where(users.c.id == owner(connection, recording_id))
        name = connection.execute(agent).scalar()
    return (
        Release(recording_id, row.released_at, row.visible_from, row.acknowledged_at, name) if row else None
    )


def shown(store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, names: bool = True) -> Call:
    """The call as this viewer may see it; screens ask for it here and nowhere else.

    To an agent without criticals that nobody confirmed, and without what reviewers noted; to who reviews it
    blind, or judges it in an open calibration, without anything that the machine said. Cards and identity
    numbers are covered; with `names` False, and for who has no right to them, whatever gives the debtor away.
    """
    call = shielded(queries.call(store, viewer, recording_id), names=names and viewer.may("names"))
    if drafts.hides(store, viewer, recording_id):
        return bare(call)
    return call if viewer.role != "agent" else _for_agent(store, settings, call)


def standing(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, names: bool = True
) -> Settled | None:
    """Where the call stands as this viewer may see it, covered as in `shown`; None while they judge it blind.

    Points are the same for everybody; to its agent no failure that nobody confirmed is named.
    """
    if drafts.hides(store, viewer, recording_id):
        return None
    call = shielded(queries.call(store, viewer, recording_id), names=names and viewer.may("names"))
    now = stands(store, settings, call)
    if viewer.role != "agent":
        return now
    hidden = set(now.to_confirm)
    return replace(
        now,
        verdicts={name: v for name, v in now.verdicts.items() if name not in hidden},
        pack_verdicts={name: v for name, v in now.pack_verdicts.items() if name not in hidden},
        to_confirm=(),
    )


def bare(call: Call) -> Call:
    """The call without anybody's verdicts, for who is to judge it unswayed; and without what the machine
    heard in its turns, which half tells them («Saludo», «Empatía»).
    """
    card = replace(
        call.scorecard, verdicts={}, pack_verdicts={}, points=None, points_low=None, points_high=None,
        critical_failures=(),
    )  # fmt: skip
    return replace(call, scorecard=card, findings=Findings(), review=None)


def pending(store: Store, viewer: Viewer, *, page: int = 0, size: int = 50) -> PendingPage:
    """Calls in reach with a finished review and no release, the oldest review first; not those of nobody, nor
    the viewer's own, nor those that they are to judge blind.
    """
    viewer.require("release")
    finished = (review_facts.c.finished, review_facts.c.kind == "review")
    out = and_(releases.c.recording_id == reviews.c.recording_id, releases.c.withdrawn_at.is_(None))
    later, of_later = reviews.alias("later"), review_facts.alias("of_later")
    newer = (
        select(1)
        .select_from(later.join(of_later, of_later.c.review_id == later.c.id))
        .where(later.c.recording_id == reviews.c.recording_id, later.c.id > reviews.c.id)
        .where(of_later.c.finished, of_later.c.kind == "review")
    )
    source = reviews.join(recordings, recordings.c.id == reviews.c.recording_id)
    source = source.join(review_facts, review_facts.c.review_id == reviews.c.id)
    source = source.join(listed, listed.c.recording_id == recordings.c.id)  # judged
    source = source.join(standings, standings.c.scorecard_id == listed.c.scorecard_id)
    wanted = (
        *finished,
        ~select(1).where(out).correlate(reviews).exists(),
        ~newer.correlate(reviews).exists(),
        recordings.c.agent_login.is_not(None),
        ~blind.awaited(viewer, recordings.c.id),
        ~own(viewer.user_id, recordings.c.id),
        *visible(viewer),
    )
    r, s = recordings.c, standings.c
    query = (
        select(
            r.id.label("recording_id"), r.call_date, r.agent, r.agent_login, s.points,
            s.points_low, s.points_high, s.void, s.critical, s.to_review,
            reviews.c.reviewer, reviews.c.reviewed_at, _for_agent_count().label("for_agent"),
        )
        .select_from(source)
        .where(*wanted)
        .order_by(reviews.c.reviewed_at, r.id)
    )  # fmt: skip
    with store.reading() as connection:
        rows, total = page_of(connection, query, page=page, size=size)
        return PendingPage(tuple(PendingRow(*row) for row in rows), total)


def inbox(store: Store, viewer: Viewer, *, page: int = 0, size: int = 50) -> InboxPage:
    """The agent's own released calls: those not acknowledged first; among equals the newest call."""
    if viewer.role != "agent":
        raise CoachError("Estas son las llamadas entregadas a un agente: su cuenta no lo es.")
    live = and_(releases.c.recording_id == recordings.c.id, releases.c.withdrawn_at.is_(None))
    source = JUDGED.join(releases, live)
    r, s, d = recordings.c, standings.c, disputes.c
    contested = select(func.count()).where(d.recording_id == r.id).correlate(recordings)
    query = (
        select(
            r.id.label("recording_id"), r.call_date, r.started_local, r.debtor_name, r.duration_s, s.points,
            s.points_low, s.points_high, s.to_review, s.void,
            releases.c.visible_from, releases.c.acknowledged_at,
            _for_agent_count().label("comments"), contested.scalar_subquery().label("disputes"),
            contested.where(d.state == "open").scalar_subquery().label("open_disputes"),
        )
        .select_from(source)
        .where(of_own_logins(viewer), *visible(viewer))
        .order_by(
            releases.c.acknowledged_at.is_not(None), r.call_date.desc().nulls_last(),
            r.started_local.desc().nulls_last(), r.id,
        )
    )  # fmt: skip
    total = select(func.count()).select_from(source).where(of_own_logins(viewer), *visible(viewer))
    with store.reading() as connection:
        rows = connection.execute(query.limit(size).offset(page * size)).all()
        return InboxPage(
            tuple(InboxRow(**row._mapping) for row in rows), connection.execute(total).scalar_one()
        )


def _for_agent(store: Store, settings: Settings, call: Call) -> Call:
    hidden = set(stands(store, settings, call).to_confirm)
    card = call.scorecard
    kept = replace(
        card,
        verdicts={name: v for name, v in card.verdicts.items() if name not in hidden},
        pack_verdicts={name: v for name, v in card.pack_verdicts.items() if name not in hidden},
        critical_failures=tuple(name for name in card.critical_failures if name not in hidden),
        weights={name: weight for name, weight in card.weights.items() if name not in hidden},
    )
    call = relabelled(call)
    review = replace(call.review, notes="", relabels=()) if call.review else None
    return replace(call, scorecard=kept, review=review)


def _for_agent_count() -> ScalarSelect[int]:
    c = comments.c
    said = select(func.count()).where(c.recording_id == recordings.c.id, c.for_agent, c.deleted_at.is_(None))
    return said.correlate(recordings).scalar_subquery()


def active(recording_id: str) -> Select[*tuple[Any, ...]]:
    """The release of a call that holds, if any."""
    return select(releases).where(releases.c.recording_id == recording_id, releases.c.withdrawn_at.is_(None))
