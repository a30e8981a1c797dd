"""From calls a day to cards, cores, memory and disk: the arithmetic of docs/scale.md, with one's own numbers.

The constants are measured (`benchmarks/results`) and rounded to the careful side; a test compares.
How fast a card hears is the reader's to say: measure it, `coach jobs` tells after thirty recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

TEXT_S_PER_MINUTE = 0.25  # of one core, for understanding, judging and keeping a minute of call
WRITE_MS = 35.0  # of the one writer for each call: its results and its job
TEXT_WORKER_MB = 900
SPEECH_WORKER_MB = 3500  # of memory beside a card, or of a core's model; the card needs 4 to 6 GB of its own
STORE_KB = 20.0  # of each call, however long: scorecard, rows, indices
STORE_KB_PER_MINUTE = 18.0  # of what was heard, most of it the times of words, and of what was found in it
LARGEST_STORE, BUSIEST_DAY = 1_000_000, 2_700  # calls with which lists and figures were measured
SQLITE_SHARE = 0.1  # of the writer's time up to which one file serves


@dataclass(frozen=True, slots=True)
class Load:
    """What comes in, how long it is kept, and how fast it is heard."""

    calls_per_day: int
    minutes: float = 3.0  # of a call
    hours: float = 20.0  # of the day in which the machines work
    card_speed: float = 40.0  # seconds of sound heard in a second by one card
    core_speed: float = 0.8  # the same by one core, without a card
    kbit_per_s: float = 32.0  # of a recording as it is kept
    audio_days: int = 90
    text_days: int = 365
    busy: float = 0.7  # share of their time that machines may be busy: nights differ, machines fail


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the plan. `how` is the arithmetic in numbers, so that it can be checked and done anew."""

    name: str
    value: float
    unit: str
    how: str


def plan(load: Load) -> tuple[Figure, ...]:
    """What this load asks for, every figure with how it comes about."""
    return tuple(_figures(load))


def _figures(load: Load) -> Iterator[Figure]:
    calls, hours = load.calls_per_day, load.hours
    sound_s, window_s = calls * load.minutes * 60, hours * 3600 * load.busy
    window = f"({hours:g} h × 3600 × {load.busy:g})"
    yield Figure("sound", sound_s / 3600, "h", f"{calls} × {load.minutes:g} min ÷ 60")
    yield Figure("calls_per_s", calls / (hours * 3600), "/s", f"{calls} ÷ ({hours:g} h × 3600)")
    heard = f"{calls} × {load.minutes:g} × 60 s ÷"
    cards = max(1, ceil(sound_s / load.card_speed / window_s))
    yield Figure("cards", cards, "", f"{heard} {load.card_speed:g} ÷ {window}")
    cores = max(1, ceil(sound_s / load.core_speed / window_s))
    yield Figure("cores_instead", cores, "", f"{heard} {load.core_speed:g} ÷ {window}")
    text = max(1, ceil(calls * load.minutes * TEXT_S_PER_MINUTE / window_s))
    yield Figure("text_cores", text, "", f"{calls} × {load.minutes:g} × {TEXT_S_PER_MINUTE:g} s ÷ {window}")
    memory = (text * TEXT_WORKER_MB + cards * SPEECH_WORKER_MB) / 1000
    yield Figure("memory", memory, "GB", f"({text} × {TEXT_WORKER_MB} + {cards} × {SPEECH_WORKER_MB}) MB")
    kept_gb = sound_s * load.kbit_per_s / 8 / 1e6
    sound_how = f"{calls} × {load.minutes:g} × 60 × {load.kbit_per_s:g} kbit/s ÷ 8 × {load.audio_days} d"
    yield Figure("audio_disk", kept_gb * load.audio_days, "GB", sound_how)
    kept = calls * load.text_days
    each = STORE_KB + STORE_KB_PER_MINUTE * load.minutes
    store_how = (
        f"{calls} × {load.text_days} d × ({STORE_KB:g} + {load.minutes:g} × {STORE_KB_PER_MINUTE:g}) kB"
    )
    yield Figure("store_disk", kept * each / 1e6, "GB", store_how)
    yield Figure("kept_calls", kept, "", f"{calls} × {load.text_days} d")
    share = 100 * calls * WRITE_MS / 1000 / (hours * 3600)
    yield Figure("writer", share, "%", f"{calls} × {WRITE_MS:g} ms ÷ ({hours:g} h × 3600)")


def advice(load: Load) -> tuple[str, ...]:
    """What follows for the database, as codes: which one, and whether it goes beyond what was measured."""
    found = {figure.name: figure.value for figure in plan(load)}
    tests: dict[str, Callable[[], bool]] = {
        "sqlite": lambda: not _needs_server(found),
        "postgresql": lambda: _needs_server(found),
        "beyond_measured": lambda: found["kept_calls"] > LARGEST_STORE or load.calls_per_day > BUSIEST_DAY,
        "split": lambda: found["writer"] > 100 * load.busy / 2,
    }
    return tuple(code for code, holds in tests.items() if holds())


def _needs_server(found: dict[str, float]) -> bool:
    """One file serves one machine that seldom writes."""
    return found["writer"] > 100 * SQLITE_SHARE or found["cards"] > 1
