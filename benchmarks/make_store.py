"""A store as a big shop has it after a year, in minutes: for measuring the screens.

    python -m benchmarks.make_store --calls 200000 --out DIR [--agents 300] [--seed 1] [--lean]

What was said and found is that of a few dozen calls of the demo history, judged once; ids, days, agents,
debtors and points are drawn (seeded), and one turn more carries words that hardly any other call has.
`--lean` keeps the texts of one call in twenty: lists and figures ask the same of a third of the disk.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from benchmarks import store_calls, store_people, store_rest, store_work
from benchmarks.store_moulds import Mould, moulds
from coach.settings import Settings
from coach.store import Store

DAYS, LAST = 365, date(2026, 10, 31)
BATCH = 10_000
_WEEK = (20, 20, 20, 20, 20, 8, 1)  # calls by weekday


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--agents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lean", action="store_true", help="texts of one call in twenty only")
    parser.add_argument("--out", type=Path, required=True, help="data folder to make")
    options = parser.parse_args()
    settings = Settings(data_dir=options.out)
    dice = random.Random(options.seed)
    store = Store.open(settings)
    began, worked = time.perf_counter(), time.process_time()
    known = list(moulds(store, settings, dice))
    judged = time.perf_counter()
    fill(store, known, dice, calls=options.calls, agents=options.agents, lean=options.lean)
    filled = time.perf_counter()
    store.close()
    files = [file for file in options.out.rglob("*") if file.is_file()]
    report = {
        "calls": options.calls,
        "lean": options.lean,
        "judging_s": round(judged - began, 1),
        "filling_s": round(filled - judged, 1),
        "processor_s": round(time.process_time() - worked, 1),
        "size_mb": round(sum(file.stat().st_size for file in files) / 1e6),
    }
    print(json.dumps(report))
    return 0


def fill(
    store: Store, known: list[Mould], dice: random.Random, *, calls: int, agents: int, lean: bool = False
) -> None:
    """All rows, in transactions of BATCH calls."""
    _hurry(store)
    first = LAST - timedelta(days=DAYS)
    with store.writing() as connection:
        people = store_people.fill(connection, dice, agents, first)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    drawn = sorted(dice.choices(days, [_WEEK[day.weekday()] for day in days], k=calls))
    numbered = enumerate(drawn, start=1)
    while part := list(islice(numbered, BATCH)):
        with store.writing() as connection:
            batch = [store_calls.draw(n, day, people, known, dice, lean=lean) for n, day in part]
            store_calls.put(connection, batch)
    with store.writing() as connection:
        store_work.fill(connection, dice)
        store_rest.fill(connection, dice, LAST)
    store_rest.close_months(store, first, LAST)


def _hurry(store: Store) -> None:
    """SQLite need not wait for the disk, and may hold a good part of the indices: a cut costs a new run."""
    if store.engine.name == "sqlite":
        connection = store.engine.raw_connection()  # the pool gives the same one back to every transaction
        for pragma in ("synchronous=OFF", "cache_size=-400000"):
            connection.cursor().execute(f"PRAGMA {pragma}")
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
