"""How long the screens' queries take on a big store, for each role; and ten people clicking at once.

    python -m benchmarks.make_store --calls 200000 --out DIR
    python -m benchmarks.screens --store DIR [--rounds 9] [--out benchmarks/results/screens.json]

A screen is timed as it asks: one query after the other. `cold_ms` is the first round, by a connection that
has read nothing yet (the system may hold parts of the file all the same); the others are warm. `cpu_ms` is
what the processor worked, `ms` what a person waits: they differ where the machine is busy with other things
(`load`). The bars are on what a person waits.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import func, select

from benchmarks.screen_asks import Screen, screens
from coach.schema import recordings
from coach.settings import Settings
from coach.store import Store

MEDIAN_MS, P95_MS, CROWD_P95_MS = 300, 1000, 2000
PEOPLE, CLICKS = 10, 6


def timed(store: Store, screen: Screen) -> tuple[float, float, dict[str, float]]:
    """Milliseconds: waited, worked, and waited by query."""
    began, worked = time.perf_counter(), time.thread_time()
    each = {}
    for name, ask in screen.asks.items():
        start = time.perf_counter()
        ask(store)
        each[name] = 1000 * (time.perf_counter() - start)
    return 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - worked), each


def measure(store: Store, rounds: int) -> list[dict[str, Any]]:
    results = []
    for screen in screens(store):
        store.engine.dispose()
        cold, _, _ = timed(store, screen)
        warm = [timed(store, screen) for _ in range(rounds)]
        waits = [one[0] for one in warm]
        results.append(
            {
                "screen": screen.name,
                "role": screen.viewer.role,
                "cold_ms": round(cold, 1),
                "ms": round(median(waits), 1),
                "p95_ms": round(p95(waits), 1),
                "cpu_ms": round(median(one[1] for one in warm), 1),
                "queries_ms": {name: round(median(one[2][name] for one in warm), 1) for name in screen.asks},
            }
        )
        print(results[-1], file=sys.stderr)
    return results


def crowd(store: Store, *, people: int = PEOPLE, clicks: int = CLICKS) -> dict[str, Any]:
    """Ten people of all roles open screens drawn at random, all at the same instants."""
    drawn, dice = screens(store), random.Random(5)
    picks = [[dice.choice(drawn) for _ in range(clicks)] for _ in range(people)]
    together = threading.Barrier(people)

    def person(mine: list[Screen]) -> list[float]:
        waited = []
        for screen in mine:
            together.wait()
            waited.append(timed(store, screen)[0])
        return waited

    with ThreadPoolExecutor(people) as pool:
        waits = [wait for waited in pool.map(person, picks) for wait in waited]
    return {
        "people": people,
        "clicks": len(waits),
        "ms": round(median(waits), 1),
        "p95_ms": round(p95(waits), 1),
    }


def p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True, help="data folder made by make_store.py")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    store = Store.open(Settings(data_dir=options.store))
    with store.reading() as connection:
        calls = connection.execute(select(func.count()).select_from(recordings)).scalar_one()
    before = os.getloadavg()[0]
    results = measure(store, options.rounds)
    together = crowd(store)
    over = [f"{one['role']}: {one['screen']}" for one in results if _over(one)]
    report = {
        "calls": calls,
        "bars": {"median_ms": MEDIAN_MS, "p95_ms": P95_MS, "ten_at_once_p95_ms": CROWD_P95_MS},
        "over_the_bars": over,
        "ten_at_once": together,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "database": store.engine.name,
        },
        "load": {"before": round(before, 1), "after": round(os.getloadavg()[0], 1)},
        "screens": results,
    }
    print(json.dumps({key: value for key, value in report.items() if key != "screens"}, indent=1))
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0 if not over and together["p95_ms"] <= CROWD_P95_MS else 1


def _over(one: dict[str, Any]) -> bool:
    return bool(one["ms"] > MEDIAN_MS or one["p95_ms"] > P95_MS)


if __name__ == "__main__":
    sys.exit(main())
