"""An agent's appeal against a verdict of an own call, and a second person's word on it.

Whoever decides has had no word on the call, and its page shows neither the machine's outcome nor the first
reviewer's until it is decided. A dispute never lowers points.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach import audit, blind, queries, releases, shield, telling, versions, workdays
from coach.dispute_window import TWICE, check_open, day_of
from coach.dispute_window import Window as Window
from coach.dispute_window import window as window
from coach.draft_body import Rated
from coach.judged import judged
from coach.owners import place, refuse_own, reviewed_by
from coach.reasons import checked
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.tasks import known
from coach.types import Call, CoachError, Override, Review
from coach.upheld import keep_as_gold
from coach.viewers import Viewer
from coach.words import Facts, merged, stands, write_word
from rubrics.settled import Settled
from rubrics.types import Outcome
from transcripts.types import Quote

State = Literal["open", "upheld", "dismissed", "withdrawn", "void"]  # void: judged no more
_NOT_OPEN = "Esta apelación ya no está abierta."


@dataclass(frozen=True, slots=True)
class Decision:
    """`now`: where the call stands; `was`: where it stood."""

    state: State
    was: Settled
    now: Settled

    @property
    def before(self) -> float | None:
        return self.was.points

    @property
    def points(self) -> float | None:
        return self.now.points


def dispute(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    criterion: str,
    reason: str,
    quote: Quote | None = None,
    *,
    now: datetime | None = None,
) -> int:
    """The agent disputes a failed criterion of an own released call; gives the dispute's number.

    `quote` is the evidence that it starts from. Raises CoachError without a reason, after the deadline
    (working days from the day on which the failure was in force and could be read), or for what was disputed
    before.
    """
    viewer.require("dispute")
    agent = known(viewer)
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    if not reason.strip():
        raise CoachError("Escriba por qué no está de acuerdo: lo leerá quien decide.")
    with store.writing() as connection:
        call = judged(connection, recording_id)
        check_open(connection, store, settings, viewer, recording_id, criterion, now)
        quote = _heard(store.read_call(connection, recording_id), quote) if quote is not None else None
        today = day_of(connection, settings, recording_id, now)
        where = place(connection, settings, recording_id)
        values = {
            "recording_id": recording_id, "scorecard_id": call.scorecard_id, "criterion": criterion,
            "opened_by": agent, "opened_at": now, "reason": reason.strip(), "state": "open", "decision": "",
            "quote": json.dumps(asdict(quote), ensure_ascii=False) if quote else "",
            "due_on": workdays.after(today, settings.review.decide_days, where.country),
        }  # fmt: skip
        try:
            made = connection.execute(insert(disputes).values(**values).returning(disputes.c.id)).scalar_one()
        except IntegrityError as error:
            raise CoachError(TWICE) from error
        audit.record(connection, viewer, "dispute", f"call:{recording_id}", criterion=criterion, dispute=made)
    releases.acknowledge(store, viewer, recording_id, now=now)  # who answers a call has read it
    return int(made)


def withdraw(store: Store, viewer: Viewer, dispute_id: int, *, now: datetime | None = None) -> None:
    """The agent takes an own dispute back while nobody has decided it; it cannot be opened again."""
    viewer.require("dispute")
    with store.writing() as connection:
        row = connection.execute(select(disputes).where(disputes.c.id == dispute_id)).first()
        if row is None or row.opened_by != viewer.user_id:
            raise CoachError("Esta apelación no está entre las suyas.")
        gone = {"state": "withdrawn", "decided_at": now or datetime.now(UTC)}
        _end(connection, dispute_id, gone)
        audit.record(connection, viewer, "withdraw_dispute", f"call:{row.recording_id}", dispute=dispute_id)


def _heard(call: Call, quote: Quote) -> Quote:
    """The quote as it was said: what the screen shows has numbers covered. CoachError where it is none."""
    heard = shield.as_heard(call, quote)
    if heard is None:
        raise CoachError("La cita no está en la transcripción. Elíjala de nuevo.")
    return heard


def decide(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    dispute_id: int,
    outcome: Outcome,
    why: str,
    *,
    now: datetime | None = None,
) -> Decision:
    """The second person's own outcome of the disputed criterion, and why, for the agent to read.

    What was disputed is a failure, whatever others have said of it since: «fail» dismisses the dispute, and
    nothing changes; any other outcome upholds it, takes its place, points are counted anew and the call joins
    the shop's test set. Where something better stands by then, that stays. It counts as said blind only where
    the person has not had the verdicts of the call before them.
    """
    viewer.require("decide")
    person = known(viewer)
    now = now or datetime.now(UTC)
    why = checked(why, CoachError("Escriba por qué decide así: el agente lo va a leer."))
    with store.writing() as connection:
        row = _to_decide(connection, store, viewer, dispute_id)
        blind.check_calibrated(connection, viewer, row.recording_id)
        call = store.read_call(connection, row.recording_id)
        heard = _second(store, settings, viewer, call, Override(row.criterion, outcome, why), now)
        was = judged(connection, row.recording_id)
        rated = (Rated(row.criterion, outcome, was.verdicts[row.criterion].outcome),)
        knew = connection.execute(select(blind.saw(person, row.recording_id))).scalar_one()
        facts = Facts(viewer.user_id, kind="second", blind=not knew)
        write_word(connection, heard.review, heard.after if heard.upheld else None, facts, rated, was.made)
        versions.restate(connection, settings, replace(call, review=heard.review))
        decided = {
            "state": heard.state, "decided_by": viewer.user_id, "decided_at": now, "decision": why,
            "second": outcome, "outcome": heard.outcome,
        }  # fmt: skip
        _end(connection, dispute_id, decided)
        told: telling.Told = "dispute_upheld" if heard.upheld else "dispute_dismissed"
        telling.tell(connection, row.opened_by, told, row.recording_id, now, row.criterion)
        audit.record(
            connection, viewer, "decide", f"call:{row.recording_id}", dispute=dispute_id, state=heard.state,
            criterion=row.criterion,
        )  # fmt: skip
    if heard.upheld:
        keep_as_gold(store.data_dir, dispute_id, replace(call, review=heard.review))
    return Decision(heard.state, heard.before, heard.after)


@dataclass(frozen=True, slots=True)
class _Second:
    """What a second person's word comes to: where the call stood and stands with it, what of it is kept, and
    the criterion's outcome by then.
    """

    outcome: Outcome
    before: Settled
    after: Settled
    review: Review
    upheld: bool

    @property
    def state(self) -> State:
        return "upheld" if self.upheld else "dismissed"


def _second(
    store: Store, settings: Settings, viewer: Viewer, call: Call, said: Override, now: datetime
) -> _Second:
    """What a second outcome comes to. What is judged no more has no open dispute (`coach.voided`)."""

    def kept(*words: Override) -> tuple[Review, Settled]:
        review = merged(call.review, call.id, viewer, words, now)
        return review, stands(store, settings, replace(call, review=review))

    before = stands(store, settings, call)
    stood = (before.verdicts | before.pack_verdicts)[said.criterion]
    if said.outcome == "fail":
        return _Second(stood.outcome, before, before, kept()[0], False)
    review, after = kept(said)
    if _lower(before, after):  # somebody has conceded more meanwhile: that stays
        said = replace(said, outcome=stood.outcome)
        review, after = kept(said)
    return _Second(said.outcome, before, after, review, True)


def _lower(before: Settled, after: Settled) -> bool:
    return before.points is not None and after.points is not None and after.points < before.points


def _to_decide(connection: Connection, store: Store, viewer: Viewer, dispute_id: int) -> Row[Any]:
    row = connection.execute(select(disputes).where(disputes.c.id == dispute_id)).first()
    if row is None:
        raise CoachError("No hay ninguna apelación con este número.")
    queries.reach(store, viewer, row.recording_id)
    if row.state != "open":
        raise CoachError(_NOT_OPEN)
    if row.opened_by == viewer.user_id:
        raise CoachError("Es una apelación suya: la decide otra persona.")
    refuse_own(connection, viewer, row.recording_id)
    if connection.execute(select(reviewed_by(viewer, row.recording_id))).scalar_one():
        raise CoachError("Usted ya juzgó esta llamada: la apelación la decide otra persona.")
    return row


def _end(connection: Connection, dispute_id: int, values: dict[str, Any]) -> None:
    """Of two who end a dispute at once, one does."""
    its = update(disputes).where(disputes.c.id == dispute_id, disputes.c.state == "open")
    if connection.execute(its.values(**values)).rowcount == 0:
        raise CoachError(_NOT_OPEN)
