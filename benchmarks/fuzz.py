"""Spoilt files for every reader: each must end in a result or in one of Temple's own errors.

    python -m benchmarks.fuzz [--seconds 600] [--only NAME …] [--seed 1] [--keep FOLDER]

Each reader gets an equal share of the seconds. Counted as crashes: any other exception, an answer of 500 or
more, more than 10 s for one input, more than 600 MB of memory beyond what the process had. What crashed is
written to `--keep`, so that it can be read again with `--input FILE --only NAME`. Results go to
benchmarks/results/fuzz.json. `benchmarks.fuzz_led` does the same led by coverage.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import tempfile
import time
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fuzz_damage import spoilt
from benchmarks.fuzz_readers import READERS, House, Reader
from coach.complaints import OURS

RESULT = Path(__file__).parent / "results" / "fuzz.json"
MOST_S, MOST_MB = 10, 600


class TooSlow(BaseException):
    """One input took longer than MOST_S; no reader can swallow this."""


@dataclass
class Count:
    """What came of one reader. `crashes`: by where it went wrong, how often."""

    inputs: int = 0
    read: int = 0  # ended in a result
    refused: int = 0  # ended in one of our own errors
    slowest_s: float = 0.0
    most_mb: float = 0.0  # memory beyond what the process had before this reader
    crashes: dict[str, int] = field(default_factory=dict)


def fuzz(
    reader: Reader,
    house: House,
    seed: int,
    *,
    seconds: float = 0.0,
    inputs: int = 0,
    keep: Path | None = None,
) -> Count:
    """Read the samples themselves, then spoilt ones until the seconds or the inputs are used up."""
    count, before = Count(), _memory_mb()
    samples = reader.samples()
    end = time.monotonic() + seconds
    while (count.inputs < inputs) if inputs else (time.monotonic() < end):
        number = count.inputs
        data = samples[number % len(samples)]
        if number >= len(samples):
            data = spoilt(data, reader.ways, random.Random(f"{seed} {reader.name} {number}"))
        count.inputs += 1
        wrong = one(reader, house, data, count)
        count.most_mb = max(count.most_mb, round(_memory_mb() - before, 1))
        if wrong:
            if wrong not in count.crashes and keep:
                keep.mkdir(parents=True, exist_ok=True)
                name = f"{reader.name.replace(' ', '-')}-{zlib.crc32(wrong.encode()):08x}{reader.ending}"
                (keep / name).write_bytes(data)
            count.crashes[wrong] = count.crashes.get(wrong, 0) + 1
    if count.most_mb > MOST_MB:
        count.crashes[f"memory: {count.most_mb} MB"] = 1
    return count


def one(reader: Reader, house: House, data: bytes, count: Count) -> str:
    """Read one input; where and how it crashed, "" where it did not."""
    path = house.folder / f"caso{reader.ending}"
    path.write_bytes(data)
    began = time.process_time()
    try:
        with _at_most(MOST_S):
            reader.read(house, path)
        count.read += 1
    except OURS:
        count.refused += 1
    except (Exception, TooSlow) as error:
        return _where(error)
    finally:
        count.slowest_s = max(count.slowest_s, round(time.process_time() - began, 2))
    return ""


def run(names: list[str], seconds: float, seed: int, keep: Path | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        for name in names:
            count = fuzz(READERS[name], house, seed, seconds=seconds / len(names), keep=keep)
            out[name] = asdict(count)
            told = f"  {count.crashes}" if count.crashes else ""
            crashes = sum(count.crashes.values())
            print(f"{name:24} {count.inputs:7} inputs, {count.refused:7} refused, {crashes} "
                  f"crashes, slowest {count.slowest_s} s{told}", flush=True)  # fmt: skip
        house.store.close()
    return {
        "seed": seed,
        "seconds": seconds,
        "inputs": sum(one["inputs"] for one in out.values()),
        "crashes": sum(sum(one["crashes"].values()) for one in out.values()),
        "readers": out,
    }


def _where(error: BaseException) -> str:
    """Kind of the error, and the innermost line of ours that led to it."""
    ours = ("coach", "transcripts", "rubrics", "drills", "nlp", "benchmarks")
    frames = traceback.extract_tb(error.__traceback__)
    root = str(Path(__file__).resolve().parents[1])
    mine = [
        f
        for f in frames
        if f.filename.startswith(root) and Path(f.filename).parts[-2] in (*ours, "formats", "facts")
    ]
    last = mine[-1] if mine else frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} ({last.name})"


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    """Of the processor, as how busy the machine is says nothing; what only waits has ten times as long."""

    def over(*_: Any) -> None:
        raise TooSlow

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, 10 * seconds),
    }
    former = {number: signal.signal(number, over) for number in timers}
    for timer, limit in timers.values():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for number, (timer, _) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, former[number])


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _again(reader: Reader, file: Path) -> None:
    """One input once more, its trace told."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        path = house.folder / f"caso{reader.ending}"
        path.write_bytes(file.read_bytes())
        print(reader.read(house, path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", nargs="*", default=list(READERS), choices=list(READERS), metavar="NAME")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--input", type=Path)
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    if asked.input:
        _again(READERS[asked.only[0]], asked.input)
    else:
        found = run(asked.only, asked.seconds, asked.seed, asked.keep)
        asked.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{found['inputs']} inputs, {found['crashes']} crashes")


if __name__ == "__main__":
    main()
