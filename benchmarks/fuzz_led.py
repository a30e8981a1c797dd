"""Spoilt files for every reader, led by coverage: libFuzzer, through atheris, keeps what reaches new lines.

    pip install atheris
    python -m benchmarks.fuzz_led [--seconds 600] [--only NAME …] [--keep FOLDER]

Each reader has a process of its own and an equal share of the seconds, and begins with its samples. It ends
at its first crash (what counts as one: `benchmarks.fuzz`), which is written to `--keep`. Results go to
benchmarks/results/fuzz-led.json. atheris has wheels for Linux and some Pythons only, so it is in the extra
`fuzz` and not among the requirements.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.fuzz import Count, one
from benchmarks.fuzz_readers import READERS, House

RESULT = Path(__file__).parent / "results" / "fuzz-led.json"
_OURS = ("coach.", "transcripts.", "rubrics.", "drills.", "nlp.")
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_KEPT = re.compile(r"#\d+\s+DONE\s+cov: (\d+) ft: \d+ corp: (\d+)/")


def led(name: str, seconds: float, keep: Path) -> None:
    """Spoil the files of one reader in this process; libFuzzer ends it."""
    import atheris

    reader = READERS[name]
    for module, its in list(sys.modules.items()):
        if module.startswith(_OURS):
            _watch(atheris, its)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        samples = Path(folder) / "samples"
        samples.mkdir()
        for number, sample in enumerate(reader.samples()):
            (samples / str(number)).write_bytes(sample)

        def read(data: bytes) -> None:
            if wrong := one(reader, house, data, Count()):
                raise RuntimeError(wrong)

        options = [f"-max_total_time={seconds:.0f}", "-print_final_stats=1", f"-artifact_prefix={keep}/"]
        atheris.Setup([sys.argv[0], *options, str(samples)], read)
        atheris.Fuzz()


def _watch(atheris: Any, module: Any) -> None:
    """Count the branches of what a module defines itself."""
    for name, its in list(vars(module).items()):
        if getattr(its, "__module__", "") != module.__name__ or not hasattr(its, "__code__"):
            continue
        setattr(module, name, atheris.instrument_func(its))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--only", nargs="*", default=list(READERS), choices=list(READERS), metavar="NAME")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--here", choices=list(READERS), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    each = asked.seconds / len(asked.only)
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.here:
        led(asked.here, each, asked.keep)
        return 0
    out: dict[str, Any] = {}
    for name in asked.only:
        command = [sys.executable, "-m", "benchmarks.fuzz_led", "--here", name, "--only", name]
        command += ["--seconds", str(each), "--keep", str(asked.keep)]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
        told = ended.stdout + ended.stderr
        done, kept = _DONE.search(told), _KEPT.search(told)
        crash = re.search(r"RuntimeError: (.+)", told) if ended.returncode else None
        out[name] = {
            "inputs": int(done[1]) if done else 0,
            "branches": int(kept[1]) if kept else 0,
            "kept": int(kept[2]) if kept else 0,
            "crash": crash[1] if crash else "" if done else told[-300:],
        }
        print(f"{name:24} {out[name]}", flush=True)
    crashes = sum(bool(one["crash"]) for one in out.values())
    report = {
        "seconds": asked.seconds,
        "inputs": sum(one["inputs"] for one in out.values()),
        "crashes": crashes,
        "readers": out,
    }
    RESULT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{report['inputs']} inputs, {crashes} crashes")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
