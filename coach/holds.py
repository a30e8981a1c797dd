"""What may not be erased, and why: holds that people place on a call or an account, and those that Temple
sees by itself — an appeal that is open, a complaint that is young. What holds one recording of a transferred
call holds all of that call.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, func, insert, or_, select, update

from coach import audit, leg_rows
from coach.named_calls import no_calls
from coach.schema import recordings
from coach.schema_privacy import legal_holds
from coach.schema_work import disputes
from coach.stems import folded
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import begins

Kind = Literal["call", "account"]
COMPLAINT = ("disput", "queja", "reclam")  # in a disposition: the debtor complains
COMPLAINT_HOLDS = timedelta(
    days=365
)  # how long, from the call, or from when it came: nobody tells us that one is settled
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that a person placed. `until` is included; None: until somebody lifts it."""

    id: int
    kind: Kind
    subject: str
    reason: str
    placed_by: str  # login; "" for the terminal
    since: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class Own:
    """A call that is held without anybody's doing."""

    recording_id: str
    disposition: str  # of a complaint; "" where its agent's appeal is open


def place(
    store: Store,
    viewer: Viewer,
    kind: Kind,
    subject: str,
    reason: str,
    *,
    until: date | None = None,
    today: date | None = None,
) -> int:
    """From now on nothing of this call or account is erased. Gives the hold's number.

    CoachError where `until` is over: it would hold nothing, and who placed it would trust in it.
    """
    viewer.require("administer")
    subject, reason = subject.strip(), reason.strip()
    if not subject or not reason:
        raise CoachError("Una retención legal necesita la llamada o la cuenta, y un motivo.")
    if until is not None and until < (today or date.today()):
        raise CoachError(
            "{until}: ese día ya pasó y la retención no protegería nada. Revise el año, o déjela sin fecha.",
            until=until.isoformat(),
        )
    column = recordings.c.id if kind == "call" else recordings.c.account
    with store.writing() as connection:
        if connection.execute(select(1).where(column == subject).limit(1)).first() is None:
            if kind == "account":
                raise no_calls(connection, subject)
            raise CoachError(
                "{subject}: no hay ninguna grabación con este id. Revise cómo está escrito.", subject=subject
            )
        values = {"kind": kind, "subject": subject, "reason": reason, "until": until}
        values |= {"placed_by": viewer.login, "since": datetime.now(UTC)}
        hold_id = int(
            connection.execute(insert(legal_holds).values(**values).returning(legal_holds.c.id)).scalar_one()
        )
        # the log outlives the person: an account is not named in it
        of = f"call:{subject}" if kind == "call" else f"hold:{hold_id}"
        audit.record(connection, viewer, "hold.place", of, until=until)
    return hold_id


def lift(store: Store, viewer: Viewer, hold_id: int) -> None:
    """The hold ends; that there was one is kept."""
    viewer.require("administer")
    live = update(legal_holds).where(legal_holds.c.id == hold_id, legal_holds.c.lifted_at.is_(None))
    with store.writing() as connection:
        done = connection.execute(live.values(lifted_by=viewer.login, lifted_at=datetime.now(UTC)))
        if done.rowcount == 0:
            raise CoachError("No hay ninguna retención legal vigente con el número {hold}.", hold=hold_id)
        audit.record(connection, viewer, "hold.lift", f"hold:{hold_id}")


def holds(store: Store, viewer: Viewer, *, today: date | None = None) -> tuple[Hold, ...]:
    """Those that people placed and that hold today, the oldest first."""
    viewer.require("administer")
    h = legal_holds.c
    query = select(h.id, h.kind, h.subject, h.reason, h.placed_by, h.since, h.until)
    query = query.where(*_live(today or date.today())).order_by(h.id)
    with store.reading() as connection:
        return tuple(Hold(*row) for row in connection.execute(query))


def by_themselves(store: Store, viewer: Viewer, *, today: date | None = None) -> tuple[Own, ...]:
    """What holds today though no person placed a hold; of a transferred call the recording it hangs on."""
    viewer.require("administer")
    with store.reading() as connection:
        said = select(recordings.c.disposition).distinct().where(recordings.c.disposition.is_not(None))
        complaints = [one for one in connection.execute(said).scalars() if _complains(one)]
        young = _complaints(connection, today or date.today(), recordings.c.disposition.in_(complaints))
        appeals = set(connection.execute(_appeals()).scalars())
    return tuple(Own(one, young.get(one, "")) for one in sorted(young.keys() | appeals))


def held(connection: Connection, recording_ids: Iterable[str], *, today: date) -> dict[str, str]:
    """Why each of these calls may not be erased today; those that may are left out."""
    ids = list(dict.fromkeys(recording_ids))
    others = leg_rows.of_one_call(connection, ids)
    every = list(dict.fromkeys([*ids, *(one for its in others.values() for one in its)]))
    why: dict[str, str] = {}
    for start in range(0, len(every), _AT_ONCE):
        why.update(_held(connection, every[start : start + _AT_ONCE], today))
    out = {}
    for one in ids:
        if its := next((name for name in (one, *sorted(others.get(one, ()))) if name in why), None):
            out[one] = why[its]
    return out


def _held(connection: Connection, ids: list[str], today: date) -> dict[str, str]:
    r, h = recordings.c, legal_holds.c
    why = {
        name: f"reclamo del titular hace menos de {COMPLAINT_HOLDS.days} días ({disposition})"
        for name, disposition in _complaints(connection, today, r.id.in_(ids)).items()
    }
    appeals = _appeals().where(disputes.c.recording_id.in_(ids))
    why |= dict.fromkeys(connection.execute(appeals).scalars(), "apelación abierta de su agente")
    for kind, column in (("account", r.account), ("call", r.id)):
        query = select(r.id, h.id, h.reason).join(legal_holds, h.subject == column)
        query = query.where(h.kind == kind, r.id.in_(ids), *_live(today))
        why |= {
            name: f"retención legal {number}: {reason}" for name, number, reason in connection.execute(query)
        }
    return why


def _complaints(connection: Connection, today: date, among: ColumnElement[bool]) -> dict[str, str]:
    """The young complaints `among` the recordings, each with its disposition."""
    r = recordings.c
    since = today - COMPLAINT_HOLDS
    came = r.added_at >= begins(since)
    query = select(r.id, r.disposition).where(among, func.coalesce(r.call_date >= since, came))
    rows = connection.execute(query.where(r.disposition.is_not(None)))
    return {row.id: row.disposition for row in rows if _complains(row.disposition)}


def _complains(disposition: str) -> bool:
    return any(part in folded(disposition) for part in COMPLAINT)


def _appeals() -> Select[str]:
    return select(disputes.c.recording_id).where(disputes.c.state == "open")


def _live(today: date) -> tuple[ColumnElement[bool], ...]:
    h = legal_holds.c
    return h.lifted_at.is_(None), or_(h.until.is_(None), h.until >= today)
