"""What a close freezes: each agent's row, what judged the calls, and the seal over all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, func, select

from coach import by_name, seals
from coach.dated import member_on
from coach.house_rules import ScoreRules
from coach.schema import findings, recordings, scorecards, transcripts
from coach.schema_month import close_rows, closes
from coach.schema_people import agent_logins, memberships
from coach.schema_work import disputes
from coach.score import DrawnCall, Score, held, spanned
from coach.seals import canonical
from coach.viewers import taken_by_nobody

if TYPE_CHECKING:
    from coach.store import Store


@dataclass(frozen=True, slots=True)
class CloseRow:
    """One agent's month, as it is frozen. `points` None: too few calls for a score."""

    user_id: int
    name: str
    team: str
    n: int
    calls: int
    points: float | None
    low: float | None
    high: float | None
    band: str
    voided: int
    open_disputes: int

    def spans(self, rules: ScoreRules) -> tuple[str, ...]:
        """The bands that the interval touches, the lowest first: more than one, and `band` is not sure."""
        if self.points is None:
            return ()
        low = self.points if self.low is None else self.low
        return spanned(rules, low, self.points if self.high is None else self.high)


def nobodys(connection: Connection, since: date, until: date) -> int:
    """Calls of the month that are in nobody's score, because no person had that login on that day."""
    login, day = recordings.c.agent_login, recordings.c.call_date
    daily = select(login, day, func.count().label("calls")).where(day.between(since, until))
    calls = daily.group_by(login, day).subquery()
    total = select(func.coalesce(func.sum(calls.c.calls), 0)).where(taken_by_nobody(calls))
    return int(connection.execute(total).scalar_one())


def teamless(connection: Connection, since: date, until: date) -> int:
    """Calls of the month that are in no site's, because their agent was in no team on that day."""
    day = recordings.c.call_date
    member = select(1).where(memberships.c.user_id == agent_logins.c.user_id, member_on(day))
    query = (
        select(func.count(recordings.c.id.distinct()))
        .select_from(held())
        .where(day.between(since, until), ~member.correlate(recordings, agent_logins).exists())
    )
    return int(connection.execute(query).scalar_one())


def versions_of(connection: Connection, sample: Sequence[DrawnCall]) -> list[dict[str, Any]]:
    """What judged the calls that count: form, pack, language part and speech model, with their calls."""
    counted = [call.recording_id for call in sample if call.counts]
    judged = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
    judged = judged.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    kinds = (
        scorecards.c.rubric,
        scorecards.c.pack,
        findings.c.nlp_version,
        transcripts.c.engine,
        transcripts.c.model,
    )
    totals: dict[tuple[str, ...], int] = {}
    for start in range(0, len(counted), 500):
        ids = counted[start : start + 500]
        query = select(*kinds, func.count()).select_from(judged).group_by(*kinds)
        for *names, n in connection.execute(
            query.where(scorecards.c.current, scorecards.c.recording_id.in_(ids))
        ):
            totals[tuple(names)] = totals.get(tuple(names), 0) + n
    titles = ("form", "pack", "nlp_version", "engine", "model")
    return [{**dict(zip(titles, names, strict=True)), "calls": n} for names, n in sorted(totals.items())]


def upheld_in(connection: Connection, since: date, until: date) -> list[int]:
    """Numbers of the disputes of the month's calls that are upheld by now, and so counted in their points."""
    joined = disputes.join(recordings, recordings.c.id == disputes.c.recording_id)
    query = select(disputes.c.id).select_from(joined).order_by(disputes.c.id)
    its = disputes.c.state == "upheld", recordings.c.call_date.between(since, until)
    return list(connection.execute(query.where(*its)).scalars())


def signed_month(connection: Connection, recording_id: str) -> date | None:
    """First day of the signed month whose scores the call is in; None where it is in none."""
    day = select(recordings.c.call_date).where(recordings.c.id == recording_id)
    called: date | None = connection.execute(day).scalar()
    if called is None:
        return None
    query = select(closes.c.body).where(
        closes.c.month == called.replace(day=1), closes.c.signed_at.is_not(None), named_in(recording_id)
    )
    for body in connection.execute(query).scalars():
        calls = (one for one in json.loads(body)["calls"] if one["recording_id"] == recording_id)
        if any(one["released"] and one["points"] is not None for one in calls):
            return called.replace(day=1)
    return None


def named_in(recording_id: str) -> ColumnElement[bool]:
    """Whether the body of a close tells of the call."""
    named = f'"recording_id":{json.dumps(recording_id, ensure_ascii=False)}'  # as `canonical` writes it
    return closes.c.body.contains(named, autoescape=True)


def signed_month_of(store: Store, recording_id: str) -> date | None:
    with store.reading() as connection:
        return signed_month(connection, recording_id)


def frozen(one: Score) -> CloseRow:
    points = one.points
    return CloseRow(
        one.user_id, one.name, one.team, one.n, one.calls, points.value, points.low, points.high, one.band,
        one.voided, one.open_disputes,
    )  # fmt: skip


def rows_of(connection: Connection, close_id: int) -> tuple[CloseRow, ...]:
    names = tuple(CloseRow.__dataclass_fields__)
    query = select(*(close_rows.c[name] for name in names)).where(close_rows.c.close_id == close_id)
    return tuple(
        CloseRow(*row)
        for row in connection.execute(query.order_by(by_name.column(close_rows.c.name), close_rows.c.user_id))
    )


def digest_of(body: str, rows: Sequence[CloseRow]) -> str:
    """sha256 over what is sealed of the body, and the rows in the order of their people."""
    held = sorted((asdict(row) for row in rows), key=lambda row: int(row["user_id"]))
    return hashlib.sha256(f"{seals.under(body)}\n{canonical(held)}".encode()).hexdigest()
