"""The month, signed off: what everybody's score was, with what made it, frozen.

Prepared as often as one likes, signed once. After the signature nothing of the month changes: what comes
later, like a dispute that was upheld, is an adjustment, an entry of its own beside the frozen row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from coach import audit, intact, trusts
from coach.failed_then import conceded_in
from coach.frozen import CloseRow, digest_of, frozen, nobodys, rows_of, teamless, upheld_in, versions_of
from coach.house_rules import ScoreRules
from coach.periods import month_of
from coach.pipeline import forms_of
from coach.schema_month import close_rows, closes
from coach.schema_people import sites, teams
from coach.score import DrawnCall, drawn, scores
from coach.seals import canonical, marked, salts_of
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be frozen now, and what somebody may want to settle first."""

    month: date  # its first day
    site_id: int | None
    cut_off: datetime
    rows: tuple[CloseRow, ...]
    open_disputes: int
    sample: tuple[DrawnCall, ...]  # what was drawn of the calls, released by the cut-off or not
    too_few: int  # agents without a score
    nobodys: int  # calls of the house whose login is nobody's on that day; they are in no score
    teamless: int  # closing by sites: calls of the house of people without a team that day; they are in none
    signed: bool  # nothing can be frozen any more

    @property
    def waiting(self) -> int:
        return sum(not call.released for call in self.sample)


@dataclass(frozen=True, slots=True)
class Close:
    """A frozen month. `body` tells what made it: versions, settings, trust, the calls of each score, and the
    disputes of the month that had been upheld, or conceded, by then.
    """

    id: int
    month: date
    site_id: int | None
    cut_off: datetime
    created_at: datetime
    signed_at: datetime | None
    signed_by: int | None
    digest: str
    body: dict[str, Any]
    rows: tuple[CloseRow, ...]

    @property
    def rules(self) -> ScoreRules:
        """The bands as they were frozen, whatever the house has changed since."""
        return ScoreRules.frozen_in(self.body)


def preview(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    month: date,
    site_id: int | None = None,
    cut_off: datetime | None = None,
) -> Preview:
    """The month that holds the day `month`, of a site or (None) the whole house, as of `cut_off`; now where
    that is today. CoachError where its day has not come.
    """
    since, until = month_of(month)
    with store.reading() as connection:
        _may_close(connection, viewer, site_id)
        at = _come(connection, site_id, cut_off) or datetime.now(UTC)
        intact.check_month(connection, since, site_id)
        known = _known(connection, since, site_id)
        unowned = nobodys(connection, since, until)
        apart = teamless(connection, since, until) if site_id is not None else 0
    found = scores(store, settings, viewer, since, until, site_id=site_id, cut_off=at)
    return Preview(
        since,
        site_id,
        at,
        tuple(map(frozen, found)),
        sum(one.open_disputes for one in found),
        tuple(call for one in found for call in one.sample),
        sum(not one.enough for one in found),
        unowned,
        apart,
        known is not None and known.signed_at is not None,
    )


def prepare(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    month: date,
    site_id: int | None = None,
    cut_off: datetime | None = None,
) -> int:
    """Freeze the month for its signature, in the place of what was prepared before; gives the number of the
    close. What is the same as before, but for an hour of the cut-off that nobody chose, stays as it was.

    CoachError where the month is signed already, where the house and one of its sites would both be closed,
    or as in `preview`.
    """
    since, until = month_of(month)
    trust = {  # before the others have to wait: it decides no points
        form.name: {name: asdict(one) for name, one in trusts.trust(store, settings, form).items()}
        for form in forms_of(settings)
    }
    with store.writing() as connection:  # nobody else writes meanwhile: all that is read is of one instant
        cut_off = _come(connection, site_id, cut_off)
        seen = preview(store, settings, viewer, month, site_id, cut_off)
        if viewer.user_id is None:
            raise CoachError("Entre con su cuenta para cerrar un mes.")
        _check_open(connection, since, site_id)
        known = _known(connection, since, site_id)
        sample = drawn(store, viewer, since, until, site_id=site_id, cut_off=seen.cut_off)
        salts = salts_of(known.body) if known is not None else {}
        made = {
            "month": since, "site_id": site_id, "cut_off": seen.cut_off,
            "made_by": versions_of(connection, sample), "trust": trust,
            "settings": {
                "trust": settings.trust.model_dump(), "score": settings.score.model_dump(),
                "demo": settings.demo,
            },
            "calls": [marked(asdict(call), salts) for call in sample],
            "upheld": upheld_in(connection, since, until),
            "conceded": conceded_in(connection, since, until),
        }  # fmt: skip
        if known is not None and _is_same(connection, known, made, seen.rows, chosen=cut_off is not None):
            close_id = int(known.id)
        else:
            close_id = _freeze(connection, viewer, seen, canonical(made))
        subject = intact.subject(close_id)
        audit.record(connection, viewer, "close.prepare", subject, month=since, rows=len(seen.rows))
    return close_id


def zone_of(connection: Connection, site_id: int | None) -> str:
    """The time zone of a site; "" without one, and of the whole house: this machine's clock."""
    zone = select(sites.c.timezone).where(sites.c.id == site_id)
    return connection.execute(zone).scalar() or ""


def _come(connection: Connection, site_id: int | None, cut_off: datetime | None) -> datetime | None:
    """The cut-off; None, for now, where it is later today. CoachError where its day has not come: what is
    delivered by then can neither be read nor appealed yet.
    """
    now = datetime.now(UTC)
    if cut_off is None or cut_off <= now:
        return cut_off
    zone = zone_of(connection, site_id)
    if local_day(cut_off, zone) > local_day(now, zone):
        raise CoachError(
            "La fecha de corte aún no llega: lo que se entregue hasta entonces nadie lo puede leer ni "
            "apelar. Elija hoy o un día anterior."
        )
    return None


def _is_same(
    connection: Connection, known: Row[Any], made: dict[str, Any], rows: Sequence[CloseRow], *, chosen: bool
) -> bool:
    """Whether what was prepared before is what would be frozen now; `chosen`: with this very cut-off."""
    anew = canonical(made if chosen else made | {"cut_off": json.loads(known.body)["cut_off"]})
    kept = digest_of(known.body, rows_of(connection, known.id))
    return intact.is_placed(known) and kept == str(known.digest) == digest_of(anew, rows)


def _freeze(connection: Connection, viewer: Viewer, seen: Preview, body: str) -> int:
    connection.execute(delete(closes).where(*_of(seen.month, seen.site_id)))
    values = {
        "month": seen.month, "site_id": seen.site_id, "cut_off": seen.cut_off, "created_by": viewer.user_id,
        "created_at": datetime.now(UTC), "body": body, "digest": digest_of(body, seen.rows),
    }  # fmt: skip
    close_id = int(connection.execute(insert(closes).values(**values).returning(closes.c.id)).scalar_one())
    if seen.rows:
        connection.execute(insert(close_rows), [{"close_id": close_id, **asdict(row)} for row in seen.rows])
    return close_id


def sign(store: Store, viewer: Viewer, close_id: int, digest: str) -> None:
    """Sign what the viewer has read, named by its `digest`: CoachError where it was prepared anew since."""
    with store.writing() as connection:
        row = _one(connection, viewer, close_id)
        if row.signed_at is not None:
            raise CoachError("Este mes ya está firmado. Lo que llegue después va como ajuste.")
        if viewer.user_id is None:
            raise CoachError("Entre con su cuenta para firmar un mes.")
        if digest != row.digest or digest_of(row.body, rows_of(connection, close_id)) != row.digest:
            raise CoachError("El cierre cambió desde que usted lo leyó. Revíselo de nuevo y firme.")
        intact.check(connection, row)
        _check_open(connection, row.month, row.site_id)
        values = {"signed_by": viewer.user_id, "signed_at": datetime.now(UTC)}
        connection.execute(update(closes).where(closes.c.id == close_id).values(**values))
        audit.record(connection, viewer, intact.SIGN, intact.subject(close_id), digest=digest)


def read(store: Store, viewer: Viewer, close_id: int) -> Close:
    """A close with its rows. CoachError where there is none that the viewer may close, or somebody changed
    it.
    """
    with store.reading() as connection:
        row = _one(connection, viewer, close_id)
        intact.check(connection, row)
        rows = rows_of(connection, close_id)
    return Close(
        row.id, row.month, row.site_id, row.cut_off, row.created_at, row.signed_at, row.signed_by, row.digest,
        json.loads(row.body), rows,
    )  # fmt: skip


def listed(store: Store, viewer: Viewer) -> tuple[tuple[int, date, int | None, bool, bool], ...]:
    """(number, month, site, signed, stands so) of what the viewer may close, the newest month first."""
    viewer.require("close")
    query = select(closes).order_by(closes.c.month.desc(), closes.c.id)
    with store.reading() as connection:
        rows = connection.execute(query).all()
        signed = intact.signatures(connection)
        return tuple(
            (row.id, row.month, row.site_id, row.signed_at is not None, intact.stands(row, signed))
            for row in rows
            if _leads(connection, viewer, row.site_id)
        )


def _one(connection: Connection, viewer: Viewer, close_id: int) -> Row[Any]:
    viewer.require("close")
    row = connection.execute(select(closes).where(closes.c.id == close_id)).first()
    if row is None or not _leads(connection, viewer, row.site_id):
        raise CoachError("No hay ningún cierre con este número. Vea la lista de meses.")
    return row


def _may_close(connection: Connection, viewer: Viewer, site_id: int | None) -> None:
    viewer.require("close")
    if site_id is not None:
        known = connection.execute(select(sites.c.id).where(sites.c.id == site_id)).first()
        if known is None:
            raise CoachError("No hay ninguna sede con este número.")
    if not _leads(connection, viewer, site_id):
        raise CoachError("Solo quien dirige todos los equipos de la sede, o quien administra, cierra su mes.")


def _leads(connection: Connection, viewer: Viewer, site_id: int | None) -> bool:
    """Whether the whole site is the viewer's: all its teams, for a lead."""
    if viewer.role == "admin":
        return True
    if site_id is None:
        return False
    its = set(connection.execute(select(teams.c.id).where(teams.c.site_id == site_id)).scalars())
    return bool(its) and its <= set(viewer.teams)


def _check_open(connection: Connection, month: date, site_id: int | None) -> None:
    intact.check_month(connection, month, site_id)
    known = _known(connection, month, site_id)
    if known is not None and known.signed_at is not None:
        raise CoachError(
            "Este mes ya está firmado y no se abre de nuevo. Lo que llegue después va como ajuste."
        )
    other = closes.c.site_id.is_not(None) if site_id is None else closes.c.site_id.is_(None)
    signed = select(closes.c.id).where(closes.c.month == month, other, closes.c.signed_at.is_not(None))
    if connection.execute(signed).first() is not None:
        raise CoachError(
            "Este mes ya se firmó por sedes: la casa entera no se cierra aparte."
            if site_id is None
            else "Este mes ya se firmó para la casa entera, con esta sede."
        )


def _of(month: date, site_id: int | None) -> tuple[Any, ...]:
    same = closes.c.site_id.is_(None) if site_id is None else closes.c.site_id == site_id
    return closes.c.month == month, same


def _known(connection: Connection, month: date, site_id: int | None) -> Row[Any] | None:
    return connection.execute(select(closes).where(*_of(month, site_id))).first()
