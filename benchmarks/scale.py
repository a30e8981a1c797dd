"""How much one machine does, and what it has to hold: the figures that docs/scale.md counts with.

    python -m benchmarks.scale score [--calls 400] [--workers 1]     # --calls 20000 is the full run
    python -m benchmarks.scale speedup [--calls 200]                 # the same with one worker and with two
    python -m benchmarks.scale heard                                 # what a recording leaves in the store
    python -m benchmarks.scale store --store DIR [--rounds 3]       # made by benchmarks.make_store; only read

`score` brings ready transcripts into a store of its own, by the way of `coach import`: read, understood,
judged, kept. Each worker is a process with the language part in its memory; loading it is told apart. Results
go into benchmarks/results/scale.json, each run under its name (`--out` names another file).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Queue
from statistics import linear_regression, median
from typing import Any

from sqlalchemy import create_engine, event, text

from benchmarks.screen_asks import screens_of, viewers
from benchmarks.store_moulds import HISTORY
from coach import pipeline, worker
from coach.imports import import_files
from coach.intake import accept
from coach.settings import Settings
from coach.store import Store
from transcripts.facts.types import CallFacts
from transcripts.formats import call_json, read_many
from transcripts.types import Recording, Transcript

RESULT = Path(__file__).parent / "results" / "scale.json"
AUDIO = Path(__file__).parents[1] / "examples" / "audio"
SAMPLES = (AUDIO / "mx-01-promesa-quincena.ogg", AUDIO / "co-01-esposa-operada.ogg")
WARM, EVERY = 5, 20  # calls before the clock starts; between two looks at the memory
# without pages of files: the database is mapped, and its pages are the system's to drop
_OWN = re.compile(r"RssAnon:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Done:
    """What one worker did. `memory`: (calls, MB of its own) as it went; seconds are those after loading."""

    calls: int
    loading_s: float
    seconds: float
    processor_s: float
    memory: tuple[tuple[int, float], ...]


def score(calls: int, workers: int) -> dict[str, Any]:
    """Calls a second of so many workers together, and how their memory went."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        Store.open(settings).close()
        shares = [calls // workers + (n < calls % workers) for n in range(workers)]
        context = multiprocessing.get_context("spawn")
        start, told = context.Barrier(workers + 1), context.Queue()
        processes = [
            context.Process(target=_work, args=(settings, n, share, start, told))
            for n, share in enumerate(shares)
        ]
        for process in processes:
            process.start()
        start.wait()  # everybody has loaded
        began = time.perf_counter()
        done = [told.get() for _ in processes]
        took = time.perf_counter() - began
        for process in processes:
            process.join()
        size = sum(file.stat().st_size for file in Path(folder).glob("temple.db*"))
    return _report(done, took, size)


def _work(settings: Settings, number: int, calls: int, start: Barrier, told: Queue[Done]) -> None:
    began = time.perf_counter()
    judge = pipeline.judge_with(settings)
    store = Store.open(settings)
    out = settings.data_dir / f"in-{number}.jsonl"
    list(_bring(store, settings, out, f"warm-{number}", WARM, judge))
    loading = time.perf_counter() - began
    start.wait()
    began, worked = time.perf_counter(), time.process_time()
    memory = [(0, _memory_mb())]
    for n in _bring(store, settings, out, f"call-{number}", calls, judge):
        if n % EVERY == 0:
            memory.append((n, _memory_mb()))
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    store.close()
    told.put(Done(calls, loading, seconds, processor, tuple(memory)))


def _bring(store: Store, settings: Settings, path: Path, name: str, calls: int, judge: Any) -> Iterator[int]:
    """Import so many calls of the demo history under ids of their own; gives how many are done."""
    history = [one for one in read_many(HISTORY) if isinstance(one, Transcript)]
    with path.open("w", encoding="utf-8") as file:
        for n, heard in enumerate(islice(cycle(history), calls)):
            named = replace(heard, recording=replace(heard.recording, id=f"{name}-{n}"))
            file.write(json.dumps(call_json.as_dict(named), ensure_ascii=False) + "\n")
    for n, one in enumerate(import_files(store, settings, [path], judge, CallFacts()), start=1):
        if one.error:
            raise RuntimeError(one.error)
        yield n


def _memory_mb() -> float:
    found = _OWN.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1000 if found else 0.0


def _report(done: Sequence[Done], took: float, size: int) -> dict[str, Any]:
    calls = sum(one.calls for one in done)
    stored = calls + WARM * len(done)
    return {
        "calls": calls,
        "workers": len(done),
        "words_per_call": _words(),
        "calls_per_s": round(calls / took, 3),
        "processor_s_per_call": round(sum(one.processor_s for one in done) / calls, 3),
        "calls_per_processor_s": round(calls / sum(one.processor_s for one in done), 3),
        "loading_s": round(median(one.loading_s for one in done), 1),
        "memory_mb": round(max(mb for one in done for _, mb in one.memory), 1),
        "memory_slope_mb_per_1000_calls": round(max(map(_slope, done)), 2),
        "memory": [_ten(one.memory) for one in done],
        "stored_kb_per_call": round(size / stored / 1000, 1),
        **_machine(),
    }


def _ten(memory: Sequence[tuple[int, float]]) -> list[list[float]]:
    """Ten points of the way, first and last among them."""
    step = max(1, (len(memory) - 1) // 9)
    return [[n, round(mb, 1)] for n, mb in (*memory[:-1:step], memory[-1])]


def _words() -> int:
    """Words of a call of the demo history, on average."""
    said = [
        sum(len(turn.text.split()) for turn in one.turns)
        for one in read_many(HISTORY)
        if isinstance(one, Transcript)
    ]
    return round(sum(said) / len(said))


def _slope(done: Done) -> float:
    """MB per 1,000 calls over the second half: the first fills the caches."""
    half = [point for point in done.memory if point[0] >= done.calls / 2]
    if len(half) < 3:
        return 0.0
    return 1000 * linear_regression([n for n, _ in half], [mb for _, mb in half]).slope


def speedup(calls: int) -> dict[str, Any]:
    """The same number of calls by one worker and by two, in turn, twice: what else runs hits both."""
    runs = [score(calls, workers) for workers in (1, 2, 2, 1)]
    one, two = (max(run["calls_per_s"] for run in runs if run["workers"] == workers) for workers in (1, 2))
    each = [{key: run[key] for key in ("workers", "calls_per_s", "processor_s_per_call")} for run in runs]
    return {"calls": calls, "one_per_s": one, "two_per_s": two, "ratio": round(two / one, 2), "runs": each}


def heard() -> dict[str, Any]:
    """What two sample recordings leave in a store: most of it are the times of words, which ready
    transcripts do not have.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        store = Store.open(settings)
        for path in SAMPLES:
            accept(store, path, Recording(""))
        worker.drain(store, settings)
        rows = "SELECT sum(length(body)) FROM {} WHERE current"  # of the tables below, not of anybody's words
        with store.reading() as connection:
            kb = {
                name: int(connection.execute(text(rows.format(name))).scalar_one()) / 1000
                for name in ("transcripts", "findings", "scorecards")
            }
        its = [store.transcript(path.stem) for path in SAMPLES]
        store.close()
    known = [one for one in its if one is not None]
    minutes = sum(one.duration_s or 0 for one in known) / 60
    return {
        "calls": len(known),
        "minutes": round(minutes, 2),
        "words_per_minute": round(
            sum(len(turn.text.split()) for one in known for turn in one.turns) / minutes
        ),
        "speech_share": round(sum(one.trust.speech_s for one in known) / 60 / minutes, 2),
        "transcript_kb_per_minute": round(kb["transcripts"] / minutes, 2),
        "findings_kb_per_minute": round(kb["findings"] / minutes, 2),
        "scorecard_kb_per_call": round(kb["scorecards"] / len(known), 2),
        **_machine(),
    }


def stored(folder: Path, rounds: int) -> dict[str, Any]:
    """What a big store holds, by table with its indices, and how long lists and figures take."""
    store = _read_only(folder)
    with store.reading() as connection:
        calls = int(connection.execute(text("SELECT count(*) FROM recordings")).scalar_one())
        sizes = connection.execute(text(_SIZES)).all()
    total = sum(size for _, _, size in sizes)
    tables: dict[str, dict[str, float]] = {}
    for table, kind, size in sizes:
        held = tables.setdefault(table, {"kb": 0.0, "indices_kb": 0.0})
        held["indices_kb" if kind == "index" else "kb"] += size / calls / 1000
    big = sorted(tables.items(), key=lambda item: -sum(item[1].values()))
    shown = {name: {key: round(kb, 3) for key, kb in held.items()} for name, held in big[:14]}
    waits = _asked(store, rounds)
    store.close()
    return {
        "calls": calls,
        "gb": round(total / 1e9, 2),
        "kb_per_call": round(total / calls / 1000, 2),
        "kb_per_call_by_table": shown,
        "median_ms": round(median(one["ms"] for one in waits.values()), 1),
        "median_cpu_ms": round(median(one["cpu_ms"] for one in waits.values()), 1),
        "queries": waits,
        **_machine(),
    }


_SIZES = """
    SELECT coalesce(m.tbl_name, s.name), coalesce(m.type, 'table'), s.pgsize
    FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name WHERE s.aggregate = TRUE
"""


def _asked(store: Store, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds of what the screens of who administers ask of lists and figures: waited and worked."""
    out = {}
    admin = next(viewer for viewer in viewers(store) if viewer.role == "admin")
    for screen in screens_of(store, admin):
        waits, works = [], []
        for _ in range(rounds + 1):  # the first is for the caches
            began, worked = time.perf_counter(), time.thread_time()
            for ask in screen.asks.values():
                ask(store)
            waits.append(1000 * (time.perf_counter() - began))
            works.append(1000 * (time.thread_time() - worked))
        out[screen.name] = {
            "cold_ms": round(waits[0], 1),
            "ms": round(median(waits[1:]), 1),
            "cpu_ms": round(median(works[1:]), 1),
        }
        print(screen.name, out[screen.name], file=sys.stderr)
    return out


def _read_only(folder: Path) -> Store:
    """A store that nothing is written to, whatever version its schema has."""
    engine = create_engine(f"sqlite:///file:{(folder / 'temple.db').as_posix()}?mode=ro&uri=true")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA mmap_size=1073741824"))
    return Store(engine, folder)


def _machine() -> dict[str, Any]:
    return {
        "measured_on": date.today().isoformat(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),  # of other work too
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("score", "speedup", "heard", "store"))
    parser.add_argument("--calls", type=int)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--store", type=Path, help="data folder made by benchmarks.make_store")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    if asked.what == "store":
        if asked.store is None:
            parser.error("store: --store DIR is needed")
        result = stored(asked.store, asked.rounds)
        name = f"store_{result['calls']}"
    elif asked.what == "heard":
        name, result = "heard", heard()
    elif asked.what == "speedup":
        name, result = "speedup", speedup(asked.calls or 200)
    else:
        name, result = f"score_{asked.workers}", score(asked.calls or 400, asked.workers)
    known = json.loads(asked.out.read_text(encoding="utf-8")) if asked.out.is_file() else {}
    asked.out.write_text(
        json.dumps(known | {name: result}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(json.dumps({name: result}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
