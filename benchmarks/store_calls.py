"""The calls of a made store: each from a mould, with an agent, a debtor and a day of its own."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from benchmarks import store_people
from benchmarks.store_moulds import ID, TAIL, Mould
from benchmarks.store_people import Agent
from coach import bodies
from coach.schema import findings, recordings, scorecards, standings, transcripts
from coach.schema_month import promises
from coach.stems import folded, stems
from transcripts.types import Recording

_NOBODYS = 0.08  # share of calls without a login
_FACTS = (
    "agent", "agent_login", "debtor_name", "country", "company", "direction", "campaign", "portfolio",
    "account", "call_type", "disposition", "source", "duration_s", "demo", "call_date",
)  # fmt: skip
_LADDER = ("label", "times", "recognise", "explore", "answer", "ask", "fits", "missed", "turn")


@dataclass(frozen=True, slots=True)
class Drawn:
    number: int  # of transcript, findings and scorecard alike
    started: datetime
    recording: Recording
    mould: Mould
    tail: str  # what is said in this call and hardly any other


def draw(
    number: int, day: date, people: Sequence[Agent], moulds: Sequence[Mould], dice: random.Random
) -> Drawn:
    agent, mould, debtor = dice.choice(people), dice.choice(moulds), store_people.name(dice)
    started = datetime(day.year, day.month, day.day, 13, tzinfo=UTC)
    started += timedelta(seconds=dice.randrange(36_000))
    known = dice.random() > _NOBODYS
    recording = replace(
        mould.call.transcript.recording,
        id=f"c{number:07}",
        call_started_at=started,
        agent=agent.name if known else None,
        agent_login=agent.login if known else None,
        debtor_name=debtor,
        country=agent.country,
        campaign=agent.campaign,
        portfolio=dice.choice(agent.portfolios),
        account=str(dice.randrange(10**8, 10**9)),
        duration_s=round(dice.uniform(40, 600), 1),
        demo=False,
    )
    return Drawn(number, started, recording, mould, f"soy {debtor.lower()} folio {number * 7919 % 100_003}")


def put(connection: Connection, drawn: Sequence[Drawn]) -> None:
    """One batch, table by table. Numbers are given here, so that rows find each other without asking."""
    connection.execute(insert(recordings), [_recording(one) for one in drawn])
    connection.execute(insert(transcripts), [_transcript(one) for one in drawn])
    connection.execute(insert(findings), [_findings(one) for one in drawn])
    connection.execute(insert(scorecards), [_scorecard(one) for one in drawn])
    connection.execute(insert(standings), [_standing(one) for one in drawn])
    if agreed := [_promise(one) for one in drawn if one.mould.call.findings.promise]:
        connection.execute(insert(promises), agreed)
    _spread(connection, drawn)


def _spread(connection: Connection, drawn: Sequence[Drawn]) -> None:
    """Verdicts, labels and ladders, by far the most rows: once for each mould, multiplied in the database."""
    at = {id(one.mould): place for place, one in enumerate(drawn)}
    moulds = {at[id(one.mould)]: one.mould for one in drawn}
    _temporary(
        connection, "drawn", "number INTEGER, mould INTEGER", [(o.number, at[id(o.mould)]) for o in drawn]
    )
    judged = [
        (place, name, verdict.outcome, verdict.needs_review)
        for place, mould in moulds.items()
        for name, verdict in mould.call.scorecard.verdicts.items()
    ]
    met = [(place, name, n) for place, mould in moulds.items() for name, n in mould.labels.items()]
    rungs = [
        (place, *(ladder[name] for name in _LADDER))
        for place, mould in moulds.items()
        for ladder in mould.ladders
    ]
    whole = ", ".join(f"{name} INTEGER" for name in _LADDER[1:])
    _temporary(connection, "judged", "mould INTEGER, name TEXT, outcome TEXT, waits BOOLEAN", judged)
    _temporary(connection, "met", "mould INTEGER, name TEXT, n INTEGER", met)
    _temporary(connection, "rungs", f"mould INTEGER, label TEXT, {whole}", rungs)
    for table, columns, told, source in (
        ("verdicts", "scorecard_id, criterion, outcome, needs_review", "name, outcome, waits", "judged"),
        ("finding_counts", "findings_id, label, n", "name, n", "met"),
        ("ladders", f"findings_id, {', '.join(_LADDER)}", ", ".join(_LADDER), "rungs"),
    ):
        each = f"SELECT number, {told} FROM drawn JOIN {source} ON {source}.mould = drawn.mould"  # noqa: S608
        connection.execute(text(f"INSERT INTO {table} ({columns}) {each} ORDER BY 1, 2"))
    for name in ("drawn", "judged", "met", "rungs"):
        connection.execute(text(f"DROP TABLE {name}"))


def _temporary(connection: Connection, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    connection.execute(text(f"CREATE TEMPORARY TABLE {name} ({columns})"))
    if rows:
        marks = ", ".join(f":c{place}" for place in range(len(rows[0])))
        named = [{f"c{place}": value for place, value in enumerate(row)} for row in rows]
        connection.execute(text(f"INSERT INTO {name} VALUES ({marks})"), named)  # noqa: S608


def _recording(one: Drawn) -> dict[str, Any]:
    its = one.recording
    return {
        "id": its.id, "content_hash": None, "audio": None, "body": bodies.write_recording(its),
        "added_at": one.started, "call_started_at": one.started,
        "started_local": one.started.replace(tzinfo=None),
        "named": folded(f"{its.id}\n{its.account}\n{its.debtor_name}"),
        **{name: getattr(its, name) for name in _FACTS},
    }  # fmt: skip


def _result(one: Drawn, body: str) -> dict[str, Any]:
    its = {"id": one.number, "recording_id": one.recording.id, "created_at": one.started}
    return its | {"current": True, "body": body}


def _transcript(one: Drawn) -> dict[str, Any]:
    heard = one.mould.call.transcript
    return _result(one, one.mould.transcript.replace(TAIL, one.tail)) | {
        "engine": heard.engine.name, "model": heard.engine.model, "engine_version": heard.engine.version,
        "language": heard.language, "channels": heard.trust.channels,
        "stems": one.mould.stems + stems(one.tail).lstrip(),
    }  # fmt: skip


def _findings(one: Drawn) -> dict[str, Any]:
    promise = one.mould.call.findings.promise
    return _result(one, one.mould.findings) | {
        "transcript_id": one.number,
        "nlp_version": one.mould.nlp_version,
        "said": one.mould.said,
        "promised": promise is not None,
        "firm_promise": promise is not None and promise.firm,
    }


def _scorecard(one: Drawn) -> dict[str, Any]:
    card = one.mould.call.scorecard
    return _result(one, one.mould.scorecard.replace(ID, one.recording.id)) | {
        "findings_id": one.number, "rubric": card.rubric, "pack": card.pack, "evaluable": card.evaluable,
        "outcomes": one.mould.outcomes, **_stands(one),
    }  # fmt: skip


def _standing(one: Drawn) -> dict[str, Any]:
    return {"scorecard_id": one.number, "void": False, **_stands(one)}


def _stands(one: Drawn) -> dict[str, Any]:
    card = one.mould.call.scorecard
    return {
        "points": card.points, "points_low": card.points_low, "points_high": card.points_high,
        "critical": len(card.critical_failures),
        "to_review": sum(verdict.needs_review for verdict in card.verdicts.values()),
    }  # fmt: skip


def _promise(one: Drawn) -> dict[str, Any]:
    promise, called = one.mould.call.findings.promise, one.mould.call.transcript.recording.call_date
    assert promise is not None
    due = one.started.date() + (promise.date - called) if promise.date and called else None
    return {
        "findings_id": one.number, "recording_id": one.recording.id, "account": one.recording.account,
        "amount": promise.amount, "currency": promise.currency, "due_on": due,
        "firm": promise.firm and due is not None, "read_back": promise.read_back is not None,
        "confirmed": promise.confirmed is not None,
    }  # fmt: skip
