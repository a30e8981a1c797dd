"""Whether Temple stays the same after thousands of uploads and screens, and bears what is very large.

    python -m benchmarks.soak [--uploads 200] [--screens 60] [--sessions 50] [--hours 4] [--turns 100000]
        [--judge]

`uploads`, `screens`: memory and open files before, half-way and after; `kb_each` is what the second half
added by piece: the first fills caches. `sessions`: so many people at once, each with a session, asking what
a page asks. `recording`: a FLAC of so many hours, probed, decoded and read through. `transcript`: one of so
many turns, read, kept and read back; with `--judge` judged, too (minutes). The long run is `--uploads 2000
--screens 5000`. Written to benchmarks/results/soak.json.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import av
import numpy as np
import psutil
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarks import screen_visits
from benchmarks.store_moulds import HISTORY
from coach import imports, people, pipeline, server, sessions
from coach.call_facts import facts_of_source
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Viewer
from transcripts.audio import RATE, decoded
from transcripts.formats import call_json
from transcripts.options import Limits
from transcripts.probe import probe
from transcripts.types import Recording, Transcript, Turn

RESULT = Path(__file__).parent / "results" / "soak.json"
OURS = {"origin": "http://localhost", "sec-fetch-site": "same-origin", "x-temple-upload": "1"}
OF_THE_BIG_STORE = {"person", "session", "month", "agent", "login", "which"}  # nobody of these is in ours
MOST_KB_EACH, MOST_FILES = 64.0, 8


def state() -> dict[str, float]:
    """Memory and open files of this process now."""
    gc.collect()
    process = psutil.Process()
    return {"mb": round(process.memory_info().rss / 1e6, 1), "files": process.num_fds()}


def repeated(count: int, act: Callable[[int], None]) -> dict[str, Any]:
    """`act` so often; what the second half added to memory and open files."""
    before, began = state(), time.perf_counter()
    for number in range(count // 2):
        act(number)
    middle = state()
    for number in range(count // 2, count):
        act(number)
    after = state()
    each = 1000 * (after["mb"] - middle["mb"]) / max(1, count - count // 2)
    took = time.perf_counter() - began
    return {
        "count": count,
        "before": before,
        "middle": middle,
        "after": after,
        "kb_each": round(each, 1),
        "files_more": after["files"] - middle["files"],
        "ms_each": round(1000 * took / count, 1),
    }


def client(store: Store, settings: Settings, login: str = "soak") -> TestClient:
    """A browser of this person's before the whole server but for the dashboard."""
    app = server.guarded(Starlette(routes=server.routes(settings, store)), settings, store)
    return TestClient(app, base_url="http://localhost", cookies={"temple": cookie(store, login)})


def cookie(store: Store, login: str) -> str:
    with store.writing() as connection:
        return sessions.begin(connection, people.row_of(connection, login).id, datetime.now(UTC))


def uploads(store: Store, settings: Settings, count: int) -> dict[str, Any]:
    browser = client(store, settings)
    dice = np.random.default_rng(1)

    def act(number: int) -> None:
        sound = dice.integers(-2000, 2000, 16000, np.int16).tobytes()
        head = b"RIFF" + (36 + len(sound)).to_bytes(4, "little") + b"WAVEfmt \x10\0\0\0\x01\0\x01\0"
        head += (8000).to_bytes(4, "little") + (16000).to_bytes(4, "little") + b"\x02\0\x10\0data"
        body = head + len(sound).to_bytes(4, "little") + sound
        answer = browser.post("/api/upload", params={"name": f"l{number}.wav"}, content=body, headers=OURS)
        assert answer.status_code == 201, answer.text

    return repeated(count, act)


def screens(store: Store, settings: Settings, viewer: Viewer, count: int) -> dict[str, Any]:
    """Every screen of who administers in turn, each time by somebody who has just come in."""
    turns = [
        one
        for one in screen_visits.visits(store, [viewer])
        if one.screen != "upload" and not one.address.keys() & OF_THE_BIG_STORE
    ]
    token = cookie(store, viewer.login)
    with screen_visits.shown(settings.data_dir):
        for one in turns:  # what is loaded once is not growth
            screen_visits.run(one, token)
        return repeated(
            count, lambda number: _forgotten(screen_visits.run(turns[number % len(turns)], token))
        )


def _forgotten(_run: object) -> None:
    return


def crowd(store: Store, settings: Settings, count: int, clicks: int = 10) -> dict[str, Any]:
    """Milliseconds of each answer when so many ask at once."""
    call_id = next(store.recordings()).id

    def person(number: int) -> list[float]:
        browser, took = client(store, settings), []
        for _ in range(clicks):
            began = time.perf_counter()
            answer = browser.get(f"/api/peaks/{call_id}")
            took.append(1000 * (time.perf_counter() - began))
            assert answer.status_code in (200, 404), answer.status_code
        return took

    with ThreadPoolExecutor(count) as pool:
        took = [ms for each in pool.map(person, range(count)) for ms in each]
    return {
        "people": count,
        "answers": len(took),
        "median_ms": round(median(took), 1),
        "p95_ms": round(quantiles(took, n=20)[-1], 1),
    }


def recording(folder: Path, hours: float) -> dict[str, Any]:
    """Noise and silence in turns, as FLAC."""
    path, dice = folder / "larga.flac", np.random.default_rng(2)
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=8000)
        stream.layout = "mono"
        for minute in range(round(hours * 60)):
            loud = 3000 if minute % 2 else 1
            sound = dice.integers(-loud, loud + 1, (1, 8000 * 60), np.int16)
            for start in range(0, sound.shape[1], 4000):
                piece = np.ascontiguousarray(sound[:, start : start + 4000])
                frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
                frame.sample_rate = 8000
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    limits, before = Limits(max_duration_s=hours * 3600 + 60), _most_mb()
    began = time.perf_counter()
    with decoded(path, probe(path, limits), limits) as sound:
        for start in range(0, sound.count, RATE * 60):
            sound.wave(0, start, start + RATE * 60)
        heard_s = sound.duration_s
    return {
        "hours": round(heard_s / 3600, 3),
        "file_mb": round(path.stat().st_size / 1e6, 1),
        "seconds": round(time.perf_counter() - began, 1),
        "more_mb": round(_most_mb() - before, 1),
    }


def transcript(store: Store, settings: Settings, folder: Path, turns: int, *, judge: bool) -> dict[str, Any]:
    said = ("Buenas tardes, le llamo por su cuenta.", "No tengo dinero, señor 😀.", "¿El viernes entonces?")
    lines = tuple(
        Turn("debtor" if n % 2 else "agent", said[n % 3], n * 2.0, n * 2.0 + 1.5) for n in range(turns)
    )
    path = folder / "larga.json"
    path.write_text(call_json.write(Transcript(Recording("larga"), lines)), encoding="utf-8")
    began, before = time.perf_counter(), _most_mb()
    read = call_json.read(path)
    store.add_recording(read.recording)
    store.save_transcript(read)
    kept = store.transcript("larga")
    assert kept is not None
    assert kept.turns == lines
    out = {
        "turns": turns,
        "kept_s": round(time.perf_counter() - began, 1),
        "more_mb": round(_most_mb() - before, 1),
    }
    if judge:
        began = time.perf_counter()
        store.save(pipeline.judge_with(settings)(kept))
        out["judged_s"] = round(time.perf_counter() - began, 1)
    return out


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(asked: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=folder / "var")
        store = Store.open(settings)
        with store.writing() as connection:
            people.put(connection, HOUSE, "soak", "Soak", "admin")
        viewer = sessions.viewer_of(store, settings, cookie(store, "soak"))
        assert viewer is not None
        few = folder / "pocas.jsonl"
        few.write_text("".join(HISTORY.open(encoding="utf-8").readlines()[:5]), encoding="utf-8")
        judge, known = pipeline.judge_with(settings), facts_of_source(settings, None)
        list(imports.import_files(store, settings, [few], judge, known))
        out: dict[str, Any] = {"python": platform.python_version()}
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            "uploads": lambda: uploads(store, settings, asked.uploads),
            "sessions": lambda: crowd(store, settings, asked.sessions),
            "recording": lambda: recording(folder, asked.hours),
            "transcript": lambda: transcript(store, settings, folder, asked.turns, judge=asked.judge),
            "screens": lambda: screens(store, settings, viewer, asked.screens),
        }
        for part, measure in parts.items():
            out[part] = measure()
            print(part, json.dumps(out[part]), flush=True)
        store.close()
    grown = [out["uploads"], out["screens"]]
    out["flat"] = all(one["kb_each"] <= MOST_KB_EACH and one["files_more"] <= MOST_FILES for one in grown)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--screens", type=int, default=60)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--hours", type=float, default=4.0)
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    found = run(asked)
    asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if found["flat"] else 1


if __name__ == "__main__":
    sys.exit(main())
