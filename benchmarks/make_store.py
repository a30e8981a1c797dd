"""A store as a big shop has it after a year, in minutes: for measuring the screens.

    python -m benchmarks.make_store --calls 200000 --out DIR [--agents 300] [--seed 1]

What was said and found is that of a few dozen calls of the demo history, judged once; ids, days, agents,
debtors and points are drawn (seeded), and one turn more carries words that hardly any other call has.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from benchmarks import store_people, store_work
from benchmarks.store_people import Agent
from coach import bodies, letters, pipeline
from coach.schema import findings, recordings, scorecards, standings, transcripts
from coach.settings import Settings
from coach.stems import folded, stems
from coach.store import Store
from coach.types import Call
from nlp.labels import objection_ids
from transcripts.formats import read_many
from transcripts.types import Recording, Transcript, Turn

HISTORY = Path(__file__).parents[1] / "examples" / "history" / "demo_calls.jsonl"
TEMPLATES, VARIANTS = 40, 6
DAYS, LAST = 365, date(2026, 10, 31)
BATCH = 10_000
ID, TAIL = "@id@", "@tail@"  # what is put in for each call
_NOBODYS, _WEEK = 0.08, (20, 20, 20, 20, 20, 8, 1)  # share of calls without a login; calls by weekday


@dataclass(frozen=True, slots=True)
class Kind:
    """A judged call as a mould: bodies with gaps for what differs from call to call."""

    transcript: str
    findings: str
    scorecard: str
    stems: str
    labels: dict[str, int]
    verdicts: dict[str, tuple[str, bool]]
    outcomes: str  # as `coach.letters`
    said: str
    call: Call
    nlp_version: str


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="data folder to make")
    options = parser.parse_args()
    settings = Settings(data_dir=options.out)
    dice = random.Random(options.seed)
    began = time.perf_counter()
    store = Store.open(settings)
    moulds = list(kinds(store, settings, dice))
    judged = time.perf_counter()
    fill(store, moulds, dice, calls=options.calls, agents=options.agents)
    filled = time.perf_counter()
    files = [file for file in options.out.rglob("*") if file.is_file()]
    print(
        json.dumps(
            {
                "calls": options.calls,
                "judging_s": round(judged - began, 1),
                "filling_s": round(filled - judged, 1),
                "size_mb": round(sum(file.stat().st_size for file in files) / 1e6),
            }
        )
    )
    return 0


def fill(store: Store, moulds: list[Kind], dice: random.Random, *, calls: int, agents: int) -> None:
    """All rows, in transactions of BATCH calls."""
    _hurry(store)
    first = LAST - timedelta(days=DAYS)
    with store.writing() as connection:
        people = store_people.fill(connection, dice, agents, first)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    weights = [_WEEK[day.weekday()] for day in days]
    drawn = sorted(dice.choices(days, weights, k=calls))
    numbered = enumerate(drawn, start=1)
    while part := list(islice(numbered, BATCH)):
        with store.writing() as connection:
            _put(connection, [_Drawn.draw(n, day, people, moulds, dice) for n, day in part])
    with store.writing() as connection:
        store_work.fill(connection, dice)


def _hurry(store: Store) -> None:
    """SQLite need not wait for the disk, and may hold a good part of the indices: a cut costs a new run."""
    if store.engine.name == "sqlite":
        connection = store.engine.raw_connection()  # the pool gives the same one back to every transaction
        for pragma in ("synchronous=OFF", "cache_size=-400000"):
            connection.cursor().execute(f"PRAGMA {pragma}")
        connection.close()


def kinds(store: Store, settings: Settings, dice: random.Random) -> Iterator[Kind]:
    """Each of TEMPLATES judged calls in VARIANTS: with some outcomes and the points changed."""
    judge = pipeline.judge_with(settings)
    history = [call for call in read_many(HISTORY) if isinstance(call, Transcript)]
    for transcript in history[:: max(1, len(history) // TEMPLATES)][:TEMPLATES]:
        tail = Turn("debtor", TAIL)
        call = judge(transcript)
        heard = replace(transcript, recording=Recording(ID), turns=(*transcript.turns, tail))
        labels = _labels(call)
        for _ in range(VARIANTS):
            varied = replace(call, scorecard=_varied(call, dice))
            outcomes, said = _letters(store, varied, labels)
            yield Kind(
                bodies.write_transcript(heard),
                bodies.write_findings(call.findings),
                bodies.write_scorecard(replace(varied.scorecard, recording_id=ID)),
                stems(" ".join(turn.text for turn in transcript.turns)),
                labels,
                {name: (v.outcome, v.needs_review) for name, v in varied.scorecard.verdicts.items()},
                outcomes,
                said,
                varied,
                pipeline.nlp_version(),
            )


def _letters(store: Store, call: Call, labels: dict[str, int]) -> tuple[str, str]:
    met = {label: n for label, n in labels.items() if label in objection_ids()}
    with store.writing() as connection:
        return letters.outcomes(connection, call.scorecard.verdicts), letters.said(connection, met)


def _labels(call: Call) -> dict[str, int]:
    labels: dict[str, int] = {}
    for finding in call.findings.findings:
        labels[finding.label] = labels.get(finding.label, 0) + 1
    return labels


def _varied(call: Call, dice: random.Random) -> Any:
    card = call.scorecard
    other = {
        name: replace(verdict, outcome="pass" if verdict.outcome == "fail" else "fail")
        if verdict.outcome != "na" and dice.random() < 0.12
        else verdict
        for name, verdict in card.verdicts.items()
    }
    moved = dice.uniform(-12, 12)
    points = [
        None if value is None else round(min(100.0, max(0.0, value + moved)), 1)
        for value in (card.points, card.points_low, card.points_high)
    ]
    critical = card.critical_failures if dice.random() < 0.4 else ()
    return replace(
        card, verdicts=other, points=points[0], points_low=points[1], points_high=points[2],
        critical_failures=critical,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drawn:
    number: int  # of recording, transcript, findings and scorecard alike
    recording: Recording
    kind: Kind
    tail: str

    @classmethod
    def draw(
        cls, number: int, day: date, people: list[Agent], moulds: list[Kind], dice: random.Random
    ) -> _Drawn:
        agent = dice.choice(people)
        kind = dice.choice(moulds)
        debtor = store_people.name(dice)
        started = datetime(day.year, day.month, day.day, 13, tzinfo=UTC) + timedelta(
            seconds=dice.randrange(36_000)
        )
        known = dice.random() > _NOBODYS
        recording = replace(
            kind.call.transcript.recording,
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
        return cls(number, recording, kind, f"soy {debtor.lower()} folio {number * 7919 % 100_003}")


def _put(connection: Connection, drawn: list[_Drawn]) -> None:
    """One batch, table by table. Numbers are given here, so that rows find each other without asking."""
    connection.execute(insert(recordings), [_recording(one) for one in drawn])
    connection.execute(insert(transcripts), [_transcript(one) for one in drawn])
    connection.execute(insert(findings), [_findings(one) for one in drawn])
    connection.execute(insert(scorecards), [_scorecard(one) for one in drawn])
    connection.execute(insert(standings), [_standing(one) for one in drawn])
    _spread(connection, drawn)


def _spread(connection: Connection, drawn: list[_Drawn]) -> None:
    """Verdicts and labels, by far the most rows: written once for each mould and multiplied in the database."""
    numbers = {id(one.kind): number for number, one in enumerate(drawn)}
    moulds = {numbers[id(one.kind)]: one.kind for one in drawn}
    connection.execute(text("CREATE TEMPORARY TABLE drawn (number INTEGER, mould INTEGER)"))
    connection.execute(
        text("CREATE TEMPORARY TABLE judged (mould INTEGER, name TEXT, said TEXT, waits BOOLEAN)")
    )
    connection.execute(text("CREATE TEMPORARY TABLE met (mould INTEGER, name TEXT, n INTEGER)"))
    of = [{"number": one.number, "mould": numbers[id(one.kind)]} for one in drawn]
    connection.execute(text("INSERT INTO drawn VALUES (:number, :mould)"), of)
    judged = [
        {"mould": number, "name": name, "said": outcome, "waits": waits}
        for number, mould in moulds.items()
        for name, (outcome, waits) in mould.verdicts.items()
    ]
    connection.execute(text("INSERT INTO judged VALUES (:mould, :name, :said, :waits)"), judged)
    met = [
        {"mould": number, "name": name, "n": n}
        for number, mould in moulds.items()
        for name, n in mould.labels.items()
    ]
    connection.execute(text("INSERT INTO met VALUES (:mould, :name, :n)"), met)
    for table, columns, source in (
        ("verdicts (scorecard_id, criterion, outcome, needs_review)", "name, said, waits", "judged"),
        ("finding_counts (findings_id, label, n)", "name, n", "met"),
    ):
        each = f"SELECT number, {columns} FROM drawn JOIN {source} ON {source}.mould = drawn.mould"
        connection.execute(text(f"INSERT INTO {table} {each} ORDER BY number, name"))
        connection.execute(text(f"DROP TABLE {source}"))
    connection.execute(text("DROP TABLE drawn"))


def _recording(one: _Drawn) -> dict[str, Any]:
    recording = one.recording
    started = recording.call_started_at
    assert isinstance(started, datetime)
    names = ("agent", "agent_login", "debtor_name", "country", "company", "direction", "campaign",
             "portfolio", "account", "call_type", "disposition", "source", "duration_s", "demo", "call_date")  # fmt: skip
    return {
        "id": recording.id, "content_hash": None, "audio": None, "body": bodies.write_recording(recording),
        "added_at": started, "named": folded(f"{recording.id}\n{recording.account}\n{recording.debtor_name}"),
        "call_started_at": started, "started_local": started.replace(tzinfo=None),
        **{name: getattr(recording, name) for name in names},
    }  # fmt: skip


def _result(one: _Drawn, body: str) -> dict[str, Any]:
    started = one.recording.call_started_at
    return {
        "id": one.number,
        "recording_id": one.recording.id,
        "created_at": started,
        "current": True,
        "body": body,
    }


def _transcript(one: _Drawn) -> dict[str, Any]:
    heard = one.kind.call.transcript
    return _result(one, one.kind.transcript.replace(TAIL, one.tail)) | {
        "engine": heard.engine.name, "model": heard.engine.model, "engine_version": heard.engine.version,
        "language": heard.language, "channels": heard.trust.channels,
        "stems": one.kind.stems + stems(one.tail).lstrip(),
    }  # fmt: skip


def _findings(one: _Drawn) -> dict[str, Any]:
    promise = one.kind.call.findings.promise
    return _result(one, one.kind.findings) | {
        "transcript_id": one.number,
        "nlp_version": one.kind.nlp_version,
        "said": one.kind.said,
        "promised": promise is not None,
        "firm_promise": promise is not None and promise.firm,
    }


def _scorecard(one: _Drawn) -> dict[str, Any]:
    card = one.kind.call.scorecard
    return _result(one, one.kind.scorecard.replace(ID, one.recording.id)) | {
        "findings_id": one.number, "rubric": card.rubric, "pack": card.pack, "evaluable": card.evaluable,
        "outcomes": one.kind.outcomes, **_stands(one),
    }  # fmt: skip


def _standing(one: _Drawn) -> dict[str, Any]:
    return {"scorecard_id": one.number, "void": False, **_stands(one)}


def _stands(one: _Drawn) -> dict[str, Any]:
    card = one.kind.call.scorecard
    return {
        "points": card.points, "points_low": card.points_low, "points_high": card.points_high,
        "critical": len(card.critical_failures),
        "to_review": sum(verdict.needs_review for verdict in card.verdicts.values()),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
