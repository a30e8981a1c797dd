"""A store as a big shop has it after a year, in minutes: for measuring the screens.

    python benchmarks/make_store.py --calls 200000 --out DIR [--agents 300] [--seed 1]

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

from sqlalchemy import Connection, insert

from benchmarks import store_people, store_work
from benchmarks.store_people import Agent
from coach import bodies, pipeline
from coach.schema import finding_counts, findings, recordings, scorecards, standings, transcripts, verdicts
from coach.settings import Settings
from coach.stems import stems
from coach.store import Store
from coach.types import Call
from transcripts.formats import read_many
from transcripts.types import Recording, Transcript, Turn

HISTORY = Path(__file__).parents[1] / "examples" / "history" / "demo_calls.jsonl"
TEMPLATES, VARIANTS = 40, 6
DAYS, LAST = 365, date(2026, 10, 31)
BATCH = 5000
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
    call: Call
    nlp_version: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="data folder to make")
    options = parser.parse_args()
    settings = Settings(data_dir=options.out)
    dice = random.Random(options.seed)
    began = time.perf_counter()
    moulds = list(kinds(settings, dice))
    judged = time.perf_counter()
    store = Store.open(settings)
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
    """All rows, in transactions of BATCH calls; then what the database knows of its indices."""
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
    with store.writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def kinds(settings: Settings, dice: random.Random) -> Iterator[Kind]:
    """Each of TEMPLATES judged calls in VARIANTS: with some outcomes and the points changed."""
    judge = pipeline.judge_with(settings)
    history = [call for call in read_many(HISTORY) if isinstance(call, Transcript)]
    for transcript in history[:: max(1, len(history) // TEMPLATES)][:TEMPLATES]:
        tail = Turn("debtor", TAIL)
        call = judge(transcript)
        heard = replace(transcript, recording=Recording(ID), turns=(*transcript.turns, tail))
        for _ in range(VARIANTS):
            varied = replace(call, scorecard=_varied(call, dice))
            yield Kind(
                bodies.write_transcript(heard),
                bodies.write_findings(call.findings),
                bodies.write_scorecard(replace(varied.scorecard, recording_id=ID)),
                stems(" ".join(turn.text for turn in transcript.turns)),
                _labels(call),
                {name: (v.outcome, v.needs_review) for name, v in varied.scorecard.verdicts.items()},
                varied,
                pipeline.nlp_version(),
            )


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
    counts = [
        {"findings_id": one.number, "label": label, "n": n}
        for one in drawn
        for label, n in one.kind.labels.items()
    ]
    connection.execute(insert(finding_counts), counts)
    connection.execute(insert(scorecards), [_scorecard(one) for one in drawn])
    connection.execute(insert(standings), [_standing(one) for one in drawn])
    outcomes = [
        {"scorecard_id": one.number, "criterion": name, "outcome": outcome, "needs_review": waits}
        for one in drawn
        for name, (outcome, waits) in one.kind.verdicts.items()
    ]
    connection.execute(insert(verdicts), outcomes)


def _recording(one: _Drawn) -> dict[str, Any]:
    recording = one.recording
    started = recording.call_started_at
    assert isinstance(started, datetime)
    names = ("agent", "agent_login", "debtor_name", "country", "company", "direction", "campaign",
             "portfolio", "account", "call_type", "disposition", "source", "duration_s", "demo", "call_date")  # fmt: skip
    return {
        "id": recording.id, "content_hash": None, "audio": None, "body": bodies.write_recording(recording),
        "added_at": started, "call_started_at": started, "started_local": started.replace(tzinfo=None),
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
        "promised": promise is not None,
        "firm_promise": promise is not None and promise.firm,
    }


def _scorecard(one: _Drawn) -> dict[str, Any]:
    card = one.kind.call.scorecard
    return _result(one, one.kind.scorecard.replace(ID, one.recording.id)) | {
        "findings_id": one.number, "rubric": card.rubric, "pack": card.pack, "evaluable": card.evaluable,
        **_stands(one),
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
