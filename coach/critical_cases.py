"""What becomes of a critical failure once a person has confirmed it: what was done, until it is closed.

A case is a voided call: one conversation with its agent answers all of its failures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from coach import audit, blind, bodies, queries, reviews
from coach.discreet import outside
from coach.frozen import signed_month
from coach.owners import own, refuse_own
from coach.queries import JUDGED
from coach.schema import recordings, standings
from coach.schema import reviews as words
from coach.schema_people import users
from coach.schema_work import critical_steps
from coach.settings import Settings
from coach.shield import as_seen, written
from coach.store import Store
from coach.tasks import known
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from coach.words import forms_for, stands
from rubrics.settled import Settled
from rubrics.types import Criterion, Verdict

MOST_WORDS = 2000  # characters of one step


@dataclass(frozen=True, slots=True)
class Fault:
    """A confirmed failure; `by` and `at` are of the person's word that has held since."""

    criterion: Criterion
    verdict: Verdict
    by: str
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime  # UTC
    by: str  # a name; "" where the person is no more
    text: str
    closes: bool


@dataclass(frozen=True, slots=True)
class Case:
    call: Call
    faults: tuple[Fault, ...]
    steps: tuple[Step, ...]  # the oldest first
    month: date | None = None  # first day of the signed month whose scores hold the call

    @property
    def closed(self) -> bool:
        return bool(self.steps) and self.steps[-1].closes


@dataclass(frozen=True, slots=True)
class CasePage:
    rows: tuple[Case, ...]
    total: int


def cases(
    store: Store, settings: Settings, viewer: Viewer, *, closed: bool = False, page: int = 0, size: int = 10
) -> CasePage:
    """One page (from 0) of voided calls in reach, those with something left to do or the closed ones; the
    newest call first. None that the viewer is to judge blind, and none of their own; what it shows is noted
    as seen.
    """
    if not (viewer.may("review") or viewer.may("team")):
        raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")
    wanted = (standings.c.void, _closed() if closed else ~_closed(), *_others(viewer))
    query = (
        select(recordings.c.id)
        .select_from(JUDGED)
        .where(*wanted)
        .order_by(recordings.c.call_started_at.desc(), recordings.c.id)
    )
    total = select(func.count()).select_from(JUDGED).where(*wanted)
    with store.reading() as connection:
        ids = list(connection.execute(query.limit(size).offset(page * size)).scalars())
        n = connection.execute(total).scalar_one()
    blind.looked(store, viewer, ids)
    return CasePage(tuple(_case(store, settings, viewer, one) for one in ids), n)


def waiting(store: Store, viewer: Viewer) -> int:
    """How many cases in reach have something left to do, for who may do it."""
    return left_open(store, viewer) if viewer.may("release") else 0


def left_open(store: Store, viewer: Viewer) -> int:
    """How many cases in reach nobody has closed, whoever may."""
    wanted = (standings.c.void, ~_closed(), *_others(viewer))
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(JUDGED).where(*wanted)).scalar_one()


def act(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    text: str,
    *,
    closes: bool = False,
    now: datetime | None = None,
) -> None:
    """Write down what was done about a case, and whether that closes it.

    CoachError for an empty text, for one's own call and where no failure of the call is confirmed.
    """
    viewer.require("release")
    person = known(viewer)
    queries.reach(store, viewer, recording_id)
    if not text.strip():
        raise CoachError("Escriba qué se hizo: queda con su nombre y la fecha.")
    with store.writing() as connection:
        refuse_own(connection, viewer, recording_id)
        void = select(standings.c.void).select_from(JUDGED).where(recordings.c.id == recording_id)
        if not connection.execute(void).scalar():
            raise CoachError("Esta llamada no tiene ninguna falta crítica confirmada.")
        values = {
            "recording_id": recording_id, "user_id": person, "at": now or datetime.now(UTC),
            "text": text.strip()[:MOST_WORDS], "closes": closes,
        }  # fmt: skip
        connection.execute(insert(critical_steps).values(**values))
        audit.record(connection, viewer, "act", f"call:{recording_id}", closes=closes)


def take_back(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    criterion: str,
    reason: str,
    *,
    now: datetime | None = None,
) -> Settled:
    """A confirmed failure was none: the call has its points again, where no other voids it.

    CoachError without a reason, where the failure is not confirmed, and where a signed month counts the call:
    that is an adjustment.
    """
    viewer.require("confirm")
    queries.reach(store, viewer, recording_id)
    if not reason.strip():
        raise CoachError("Escriba por qué se retira la falta: el agente lo va a leer.")
    if criterion not in stands(store, settings, store.call(recording_id)).confirmed:
        raise CoachError("Esta falta ya no está confirmada. Vea las que quedan en «Confirmadas».")
    with store.reading() as connection:
        month = signed_month(connection, recording_id)
    if month is not None:
        raise CoachError(
            "La llamada cuenta en el mes firmado {month:%m/%Y}: anote un ajuste en Cierre.", month=month
        )
    return reviews.override(store, settings, viewer, recording_id, criterion, "pass", reason, now=now)


def _others(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Calls in reach in whose cases the viewer has a say: none of their own, none to be judged blind."""
    of = recordings.c.id
    return (~blind.awaited(viewer, of), ~own(viewer.user_id, of), *visible(viewer))


def _closed() -> ColumnElement[bool]:
    """Whether the last step of the call has closed it."""
    later, last = critical_steps.alias(), critical_steps.alias()
    newest = select(func.max(later.c.id)).where(later.c.recording_id == recordings.c.id)
    its = (last.c.id == newest.correlate_except(later).scalar_subquery(), last.c.closes)
    return select(1).where(*its).correlate_except(last).exists()


def _case(store: Store, settings: Settings, viewer: Viewer, recording_id: str) -> Case:
    heard = store.call(recording_id)
    call = outside(viewer, as_seen(viewer, heard))
    now = stands(store, settings, call)
    form, pack = forms_for(call, settings)
    verdicts = now.verdicts | now.pack_verdicts
    with store.reading() as connection:
        said = _words(connection, recording_id)
        faults = tuple(
            Fault(criterion, verdicts[criterion.id], *said[criterion.id])
            for criterion in (*form.criteria, *(pack.rules if pack else ()))
            if criterion.id in now.confirmed
        )
        steps = _steps(connection, recording_id)
        month = signed_month(connection, recording_id)
    told = (replace(one, text=written(one.text, heard, names=viewer.may("names"))) for one in steps)
    return Case(call, faults, tuple(told), month)


def _words(connection: Connection, recording_id: str) -> dict[str, tuple[str, datetime]]:
    """Who said «fail» of which criterion, and since when that has held."""
    held: dict[str, tuple[str, datetime]] = {}
    query = select(words.c.body).where(words.c.recording_id == recording_id).order_by(words.c.id)
    for review in map(bodies.read_review, connection.execute(query).scalars()):
        failed = {one.criterion for one in review.overrides if one.outcome == "fail"}
        held = {name: word for name, word in held.items() if name in failed}
        held |= dict.fromkeys(failed - held.keys(), (review.reviewer, review.reviewed_at))
    return held


def _steps(connection: Connection, recording_id: str) -> tuple[Step, ...]:
    query: Any = (
        select(critical_steps, users.c.name)
        .outerjoin(users, users.c.id == critical_steps.c.user_id)
        .where(critical_steps.c.recording_id == recording_id)
        .order_by(critical_steps.c.id)
    )
    return tuple(Step(row.at, row.name or "", row.text, row.closes) for row in connection.execute(query))
