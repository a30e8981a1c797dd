"""What it costs to keep a call: with the tables that lists and figures read, and as it was without them.

    python -m benchmarks.saving [--store DIR] [--calls 150]

A fresh store is filled with judged calls three times over: `with` what triggers keep, `without` it, `with`.
`--store` adds the same calls to a big store and takes them out again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks.store_moulds import HISTORY
from coach import pipeline
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from transcripts.formats import read_many
from transcripts.types import Transcript

TEMPLATES = 30


def judged(count: int) -> list[Call]:
    """`count` calls of the demo history under ids of their own, judged."""
    judge = pipeline.judge_with(Settings())
    history = [one for one in read_many(HISTORY) if isinstance(one, Transcript)][:TEMPLATES]
    known = [judge(one) for one in history]
    return [_named(known[n % len(known)], f"saving-{n}") for n in range(count)]


def _named(call: Call, name: str) -> Call:
    heard = call.transcript
    return replace(
        call,
        transcript=replace(heard, recording=replace(heard.recording, id=name)),
        scorecard=replace(call.scorecard, recording_id=name),
    )


def keep(store: Store, calls: list[Call]) -> list[float]:
    """Milliseconds that each call takes to be kept."""
    took = []
    for call in calls:
        store.add_recording(call.transcript.recording)
        began = time.perf_counter()
        store.save(call, "saving")
        took.append(1000 * (time.perf_counter() - began))
    return took


def fresh(calls: list[Call], *, with_lists: bool) -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings(data_dir=Path(folder)))
        if not with_lists:
            with store.writing() as connection:
                names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                for name in names.scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
        took = keep(store, calls)
        store.close()
    return round(median(took), 2)


def big(folder: Path, calls: list[Call]) -> float:
    store = Store.open(Settings(data_dir=folder))
    took = keep(store, calls)
    for call in calls:
        store.forget(call.id)
    store.close()
    return round(median(took), 2)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, help="data folder made by make_store.py")
    parser.add_argument("--calls", type=int, default=150)
    options = parser.parse_args()
    calls = judged(options.calls)
    runs = [fresh(calls, with_lists=held) for held in (True, False, True, False)]
    report = {"calls": len(calls), "with_ms": runs[::2], "without_ms": runs[1::2]}
    if options.store:
        report["big_store_ms"] = big(options.store, calls)
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
