"""Speed and memory of our transcription against bare faster-whisper on the same calls.

Ours hears both channels of a stereo call, with speakers, word times, guards and trust; the bare library hears
the same file mixed to mono. Same model, threads, beam and batch. Every measurement is a process of its own,
so that its peak memory is its own; the ways alternate, and the figure is the median ratio of wall time per
second of speech (each way's own: both sides of ours, the mix of theirs). Model loading is not counted.

    python benchmarks/asr.py [--model FOLDER] [--rounds 5] [--threads 2] [--calls ID ...]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

SAMPLES = ROOT / "examples" / "audio"
OUT = ROOT / "benchmarks" / "results" / "asr.json"
MODEL = ROOT / "models" / "whisper-demo-es"
CALLS = ("mx-01-promesa-quincena", "co-01-esposa-operada", "pe-02-nombre-usado", "ar-04-amenaza-velada")
WAYS = ("ours", "batched", "batched_words", "plain")
BATCH = 4
FILES, CLIP_S = 50, 12


def main() -> None:
    chosen = _arguments().parse_args()
    if chosen.way:
        print(json.dumps(_measure(chosen)))
        return
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for number in range(chosen.rounds):
        for way in WAYS[number % len(WAYS) :] + WAYS[: number % len(WAYS)]:
            runs[way].append(_in_a_process(chosen, way))
            print(f"round {number + 1} {way}: {runs[way][-1]}", flush=True)
    memory = _in_a_process(chosen, "fifty")
    result = _summary(runs, memory, chosen)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result["ratios"], indent=1), json.dumps(memory))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=min(2, len(os.sched_getaffinity(0))))
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--calls", nargs="+", default=list(CALLS))
    parser.add_argument("--note", default="", help="what else ran on the machine, for the record")
    parser.add_argument("--way", choices=[*WAYS, "fifty"], help=argparse.SUPPRESS)
    return parser


def _in_a_process(chosen: argparse.Namespace, way: str) -> dict[str, float]:
    given = {"way": way, "model": chosen.model, "threads": chosen.threads, "beam": chosen.beam}
    named = [part for name, value in given.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, __file__, *named, "--calls", *chosen.calls]
    offline = {**os.environ, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=offline)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(chosen: argparse.Namespace) -> dict[str, float]:
    if chosen.way == "fifty":
        return _fifty_files(chosen)
    paths = [SAMPLES / f"{call}.ogg" for call in chosen.calls]
    ways = {"ours": _ours, "plain": _plain}
    taken, speech_s = ways.get(chosen.way, _batched)(paths, chosen)
    return {**taken, "speech_s": round(speech_s, 2)}


class Clock:
    """Wall time and processor time since it was made, and the process's peak memory."""

    def __init__(self) -> None:
        self._wall_s, self._cpu_s = time.perf_counter(), time.process_time()

    def taken(self) -> dict[str, float]:
        wall_s, cpu_s = time.perf_counter() - self._wall_s, time.process_time() - self._cpu_s
        return {"wall_s": round(wall_s, 3), "cpu_s": round(cpu_s, 3), "peak_mb": round(_peak_mb(), 1)}


def _ours(paths: list[Path], chosen: argparse.Namespace) -> tuple[dict[str, float], float]:
    from transcripts.engines import whisper
    from transcripts.transcribe import transcribe
    from transcripts.types import Recording

    options = _options(chosen)
    whisper.load(options)
    clock = Clock()
    transcripts = [transcribe(Recording(path.stem, audio=path), options) for path in paths]
    return clock.taken(), sum(each.trust.speech_s for each in transcripts)


def _plain(paths: list[Path], chosen: argparse.Namespace) -> tuple[dict[str, float], float]:
    from faster_whisper.audio import decode_audio

    model = _bare_model(chosen)
    clock = Clock()
    for path in paths:
        segments, _ = model.transcribe(
            decode_audio(str(path)), language="es", beam_size=chosen.beam, temperature=0.0, vad_filter=True,
            condition_on_previous_text=False,
        )  # fmt: skip
        list(segments)
    return clock.taken(), _mixed_speech_s(paths)


def _batched(paths: list[Path], chosen: argparse.Namespace) -> tuple[dict[str, float], float]:
    from faster_whisper import BatchedInferencePipeline
    from faster_whisper.audio import decode_audio

    pipeline = BatchedInferencePipeline(_bare_model(chosen))
    words = chosen.way == "batched_words"
    clock = Clock()
    for path in paths:
        sound = decode_audio(str(path))
        segments, _ = pipeline.transcribe(
            sound, language="es", beam_size=chosen.beam, batch_size=BATCH, word_timestamps=words
        )
        list(segments)
    return clock.taken(), _mixed_speech_s(paths)


def _fifty_files(chosen: argparse.Namespace) -> dict[str, float]:
    """Memory in use after each of many short calls, one process, one model."""
    from transcripts.transcribe import transcribe
    from transcripts.types import Recording

    options, used = _options(chosen), []
    with tempfile.TemporaryDirectory() as folder:
        clips = _clips(Path(folder), chosen.calls)
        for number in range(FILES):
            transcribe(Recording(str(number), audio=clips[number % len(clips)]), options)
            used.append(_used_mb())
    half = FILES // 2
    return {
        "files": FILES,
        "after_half_mb": round(used[half - 1], 1),
        "after_all_mb": round(used[-1], 1),
        "growth_in_second_half_mb": round(used[-1] - used[half - 1], 1),
        "peak_mb": round(_peak_mb(), 1),
    }


def _clips(folder: Path, calls: list[str]) -> list[Path]:
    """Stretches of the sample calls as stereo WAV files."""
    from transcripts.audio import RATE, decoded
    from transcripts.options import Limits
    from transcripts.probe import probe

    clips = []
    for call in calls:
        path = SAMPLES / f"{call}.ogg"
        with decoded(path, probe(path), Limits()) as audio:
            for start in range(0, audio.count - CLIP_S * RATE, CLIP_S * RATE):
                clip = folder / f"{call}-{start}.wav"
                with wave.open(str(clip), "wb") as out:
                    out.setnchannels(2)
                    out.setsampwidth(2)
                    out.setframerate(RATE)
                    out.writeframes(audio.samples(start, start + CLIP_S * RATE).tobytes())
                clips.append(clip)
    return clips


def _options(chosen: argparse.Namespace) -> Any:
    from transcripts.options import SpeechOptions

    return SpeechOptions(
        model=str(chosen.model), device="cpu", compute_type="int8", cpu_threads=chosen.threads,
        beam_size=chosen.beam, batch_size=BATCH,
    )  # fmt: skip


def _bare_model(chosen: argparse.Namespace) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(str(chosen.model), device="cpu", compute_type="int8", cpu_threads=chosen.threads)


def _mixed_speech_s(paths: list[Path]) -> float:
    """Seconds in which somebody speaks in the mixed calls, by the same detector as ours."""
    import numpy as np
    from faster_whisper.audio import decode_audio

    from transcripts.channels import FRAME_S
    from transcripts.engines.vad import speech_probability

    return sum(
        float(np.count_nonzero(speech_probability(decode_audio(str(path))) >= 0.5)) * FRAME_S
        for path in paths
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _used_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _summary(
    runs: dict[str, list[dict[str, float]]], memory: dict[str, float], chosen: argparse.Namespace
) -> dict[str, Any]:
    ways = {
        way: {
            "wall_s": statistics.median(run["wall_s"] for run in done),
            "cpu_s": statistics.median(run["cpu_s"] for run in done),
            "wall_per_speech_s": round(statistics.median(run["wall_s"] / run["speech_s"] for run in done), 4),
            "speech_s": done[0]["speech_s"],
            "peak_mb": max(run["peak_mb"] for run in done),
        }
        for way, done in runs.items()
    }
    ratios = {way: _ratio(runs["ours"], done) for way, done in runs.items() if way != "ours"}
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "note": chosen.note,
        "model": chosen.model.name,
        "threads": chosen.threads,
        "beam": chosen.beam,
        "batch": BATCH,
        "rounds": chosen.rounds,
        "calls": chosen.calls,
        "ways": ways,
        "ratios": ratios,
        "memory_over_50_files": memory,
    }


def _ratio(ours: list[dict[str, float]], bare: list[dict[str, float]]) -> dict[str, float]:
    """Ours over bare, round by round: per second of speech, in wall and processor time, in peak memory."""
    pairs = list(zip(ours, bare, strict=True))
    per_speech = [(a["wall_s"] / a["speech_s"]) / (b["wall_s"] / b["speech_s"]) for a, b in pairs]
    return {
        "per_second_of_speech": round(statistics.median(per_speech), 3),
        "wall": round(statistics.median(a["wall_s"] / b["wall_s"] for a, b in pairs), 3),
        "processor": round(statistics.median(a["cpu_s"] / b["cpu_s"] for a, b in pairs), 3),
        "peak_memory": round(statistics.median(a["peak_mb"] / b["peak_mb"] for a, b in pairs), 3),
    }


if __name__ == "__main__":
    main()
