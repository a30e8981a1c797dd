"""Results in the database: a new one becomes `current`, the old is kept; what did not change is not new."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from coach import bodies, letters, promises, trusts, voided
from coach.as_said import relabelled
from coach.indexed import indexed
from coach.made import Made
from coach.schema import finding_counts, findings, reviews, scorecards, standings, transcripts, verdicts
from coach.settings import Settings
from coach.types import Call, Review
from nlp.labels import objection_ids
from nlp.types import Findings
from rubrics.scoring import tally
from rubrics.settled import Settled
from transcripts.types import Transcript


def current(connection: Connection, table: Table, recording_id: str) -> Row[Any] | None:
    query = select(table).where(table.c.recording_id == recording_id, table.c.current)
    return connection.execute(query).first()


def newest(connection: Connection, table: Table, recording_id: str) -> Row[Any] | None:
    """The last one that was kept; a transcript may be kept before it is current."""
    query = select(table).where(table.c.recording_id == recording_id).order_by(table.c.id.desc())
    return connection.execute(query.limit(1)).first()


def _replace(connection: Connection, table: Table, recording_id: str, **values: Any) -> int:
    """Insert a result as the current one; the old one stays, no longer current."""
    older = update(table).where(table.c.recording_id == recording_id, table.c.current)
    connection.execute(older.values(current=False))
    return _insert(connection, table, recording_id, current=True, **values)


def _insert(connection: Connection, table: Table, recording_id: str, **values: Any) -> int:
    new = insert(table).values(recording_id=recording_id, created_at=datetime.now(UTC), **values)
    return int(connection.execute(new.returning(table.c.id)).scalar_one())


def save_call(connection: Connection, call: Call, nlp_version: str, *, count_all: bool = False) -> None:
    """Keep a judged call, of each result a new version where it changed."""
    transcript_id = save_transcript(connection, call.transcript, call.findings)
    findings_id = save_findings(connection, call, transcript_id, nlp_version)
    save_scorecard(connection, call, findings_id, nlp_version, count_all=count_all)


def save_transcript(connection: Connection, transcript: Transcript, found: Findings | None = None) -> int:
    """Keep a transcript; what is `found` in it decides what can be searched for. Gives its number."""
    body = bodies.write_transcript(transcript)
    recording_id = transcript.recording.id
    known = current(connection, transcripts, recording_id)
    if known is not None and known.body == body:
        if (words := indexed(transcript, found)) != known.stems:
            its = update(transcripts).where(transcripts.c.id == known.id)
            connection.execute(its.values(stems=words))
        return int(known.id)
    ahead = newest(connection, transcripts, recording_id)
    if ahead is None or ahead.body != body:
        return _replace(connection, transcripts, recording_id, **_heard(transcript, body, found))
    its = update(transcripts).where(transcripts.c.recording_id == recording_id)
    connection.execute(its.where(transcripts.c.current).values(current=False))
    now = its.where(transcripts.c.id == ahead.id)
    connection.execute(now.values(current=True, stems=indexed(transcript, found)))
    return int(ahead.id)


def keep_heard(connection: Connection, transcript: Transcript) -> None:
    """Keep a transcript before it is judged. Where the call is judged already it is kept ahead: it becomes
    current with what is found in it, so that no quote ever points into other words than it was taken from.
    """
    recording_id = transcript.recording.id
    if current(connection, scorecards, recording_id) is None:
        save_transcript(connection, transcript)
        return
    body = bodies.write_transcript(transcript)
    ahead = newest(connection, transcripts, recording_id)
    if ahead is None or ahead.body != body:
        _insert(connection, transcripts, recording_id, current=False, **_heard(transcript, body))


def _heard(transcript: Transcript, body: str, found: Findings | None = None) -> dict[str, Any]:
    return {  # cut to their columns; `body` has them whole
        "engine": transcript.engine.name[:100],
        "model": transcript.engine.model[:300],
        "engine_version": transcript.engine.version[:50],
        "language": transcript.language[:10],
        "channels": transcript.trust.channels,
        "stems": indexed(transcript, found),
        "body": body,
    }


def save_findings(connection: Connection, call: Call, transcript_id: int, nlp_version: str) -> int:
    body = bodies.write_findings(call.findings)
    known = current(connection, findings, call.id)
    if known is not None and (known.transcript_id, known.nlp_version, known.body) == (
        transcript_id,
        nlp_version,
        body,
    ):
        return int(known.id)
    promise = call.findings.promise
    counts = Counter(finding.label for finding in call.findings.findings)
    findings_id = _replace(
        connection,
        findings,
        call.id,
        transcript_id=transcript_id,
        nlp_version=nlp_version,
        promised=promise is not None,
        firm_promise=promise is not None and promise.counts,
        said=letters.said(connection, _objections(call)),
        body=body,
    )
    if counts:
        rows = [{"findings_id": findings_id, "label": label, "n": n} for label, n in counts.items()]
        connection.execute(insert(finding_counts), rows)
    promises.write(connection, findings_id, call.id, call.transcript.recording.account, promise)
    return findings_id


def restate(connection: Connection, settings: Settings, call: Call) -> None:
    """Have lists, figures and the ledger count the objections and the promise of `call` as its reviewers left
    them.
    """
    promises.restand(connection, settings, call)
    its = update(findings).where(findings.c.recording_id == call.id, findings.c.current)
    connection.execute(its.values(said=letters.said(connection, _objections(relabelled(call)))))


def _objections(call: Call) -> dict[str, int]:
    counts = Counter(finding.label for finding in call.findings.findings)
    return {label: n for label, n in counts.items() if label in objection_ids()}


def save_scorecard(
    connection: Connection, call: Call, findings_id: int, nlp_version: str = "", *, count_all: bool = False
) -> int:
    """Keep the scorecard, and where it stands before any person's word: by the criteria that count by now,
    or by all of them. A dispute of what is judged no more is over.
    """
    card = call.scorecard
    body = bodies.write_scorecard(card)
    known = current(connection, scorecards, call.id)
    if known is not None and (known.findings_id, known.body) == (findings_id, body):
        return int(known.id)
    scorecard_id = _replace(
        connection,
        scorecards,
        call.id,
        findings_id=findings_id,
        rubric=card.rubric,
        pack=card.pack,
        points=card.points,
        points_low=card.points_low,
        points_high=card.points_high,
        evaluable=card.evaluable,
        critical=len(card.critical_failures),
        to_review=sum(verdict.needs_review for verdict in card.shown.values()),
        outcomes=letters.outcomes(connection, card.shown),
        body=body,
    )
    made = Made(card.rubric, nlp_version, call.transcript.engine.model)
    everything = count_all or call.transcript.recording.demo
    counts = None if everything else trusts.counting(connection, made)
    points = card.points, card.points_low, card.points_high
    if counts is not None:
        sure = card.evaluable != "no"
        points = tally(card.weights, card.verdicts | card.pack_verdicts, counts) if sure else (None,) * 3
    stands = {
        **dict(zip(("points", "points_low", "points_high"), points, strict=True)),
        "counting": trusts.key(counts),
        "critical": len(card.critical_failures),
        "to_review": sum(verdict.needs_review for verdict in card.shown.values()),
        "void": False,
    }
    connection.execute(insert(standings).values(scorecard_id=scorecard_id, **stands))
    rows = [
        {
            "scorecard_id": scorecard_id,
            "criterion": name,
            "outcome": v.outcome,
            "needs_review": v.needs_review,
        }
        for name, v in card.shown.items()
    ]
    if rows:
        connection.execute(insert(verdicts), rows)
    voided.end(connection, call.id, card.shown.keys() | card.pack_verdicts.keys(), datetime.now(UTC))
    return scorecard_id


def save_review(connection: Connection, review: Review, scorecard_id: int, now: Settled | None) -> int:
    """Keep a person's word on a scorecard, and where the call stands then; gives the review's number."""
    kept = insert(reviews).values(
        recording_id=review.recording_id,
        scorecard_id=scorecard_id,
        reviewer=review.reviewer,
        reviewed_at=review.reviewed_at,
        body=bodies.write_review(review),
    )
    review_id = int(connection.execute(kept.returning(reviews.c.id)).scalar_one())
    if now is not None:
        stands(connection, scorecard_id, now)
    return review_id


def latest_review(connection: Connection, recording_id: str) -> Row[Any] | None:
    query = select(reviews).where(reviews.c.recording_id == recording_id).order_by(reviews.c.id.desc())
    return connection.execute(query.limit(1)).first()


def stands(connection: Connection, scorecard_id: int, now: Settled) -> None:
    """Write where a scorecard stands with a person's word."""
    its = update(standings).where(standings.c.scorecard_id == scorecard_id)
    connection.execute(its.values(**where_it_stands(now)))


def where_it_stands(now: Settled) -> dict[str, Any]:
    """The columns of `standings`."""
    return {
        "points": now.points,
        "points_low": now.points_low,
        "points_high": now.points_high,
        "critical": len(now.to_confirm),
        "to_review": now.to_review,
        "void": now.void,
        "counting": trusts.key(now.counts),
    }
