"""`make bench`: every measurement in turn, each into its file of benchmarks/results, then the page.

    python -m benchmarks [NAME …]      # all, or those named
    python -m benchmarks --list

One that fails is told and the others go on. `screens` builds its store of 200,000 calls first where `--store`
names none: an hour on two cores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import page

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path("benchmarks/results")
STORE_CALLS = 200_000
DIALOGUES = ("tests/gold/calls_d1.jsonl", "tests/gold/calls_d2.jsonl")


def commands(store: Path | None) -> dict[str, list[list[str]]]:
    """By name what is run, one after the other."""
    made = store or Path("var") / "bench-store"
    build = (
        []
        if made.exists()
        else [["-m", "benchmarks.make_store", "--calls", str(STORE_CALLS), "--out", str(made)]]
    )
    return {
        "nlp": [["benchmarks/nlp_speed.py", "--out", _out("nlp")]],
        "gold": [
            ["benchmarks/gold.py", *files, "--out", _out(name)]
            for name, files in {
                "gold-samples": sorted(map(str, Path("examples/scripts").glob("*.yaml"))),
                "gold-calls-b": ["tests/gold/calls_b.jsonl"],
                "gold-seen-c": ["tests/gold/seen_c.jsonl"],
                "gold-seen-d": ["tests/gold/seen_d.jsonl"],
                "gold-seen-e": ["tests/gold/seen_e.jsonl"],
                "gold-seen-f": ["tests/gold/seen_f.jsonl"],
                "gold-seen-g": ["tests/gold/seen_g.jsonl"],
                "gold-seen-h": ["tests/gold/seen_h.jsonl"],
                "gold-calls-d3": ["tests/gold/calls_d3.jsonl"],
            }.items()
        ],
        "labels": [
            ["benchmarks/labels.py", "tests/gold/utterances_a.jsonl", "--out", _out("labels")],
            ["benchmarks/labels.py", "tests/gold/utterances_b.jsonl", "--out", _out("labels-seen-b")],
        ],
        "plain": [["-m", "benchmarks.plain", "--every", "3", "--out", _out("plain")]],
        "eval": [["-m", "coach", "eval", "--out", _out("eval")]],
        "small": [["-m", "coach", "eval", "--every", "10", "--out", _out("eval-small")]],
        "verdicts": [["-m", "coach", "eval", "--rubric", "--out", _out("verdicts")]],
        "curve": [["-m", "benchmarks.curve", "--out", _out("curve")]],
        "asr": [["benchmarks/asr.py"]],
        "recognised": [
            ["benchmarks/recognised.py", *DIALOGUES, "--calls", "12", "--out", _out("recognised")]
        ],
        "jobs": [["-m", "benchmarks.jobs"]],
        "scale": [
            ["-m", "benchmarks.scale", "score", "--calls", "20000"],
            ["-m", "benchmarks.scale", "speedup"],
            ["-m", "benchmarks.scale", "heard"],
            *build,
            ["-m", "benchmarks.scale", "store", "--store", str(made)],
        ],
        "fuzz": [
            ["-m", "benchmarks.fuzz", "--seconds", "3600"],
            ["-m", "benchmarks.fuzz_api", "--requests", "5000"],
        ],
        "soak": [["-m", "benchmarks.soak", "--uploads", "2000", "--screens", "5000"]],
        "screens": [*build, ["-m", "benchmarks.screens", "--store", str(made), "--out", _out("screens")]],
    }


def _out(name: str) -> str:
    return str(RESULTS / f"{name}.json")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="say what there is")
    parser.add_argument("--store", type=Path, help="store of `benchmarks.make_store` for the screens")
    options = parser.parse_args()
    known = commands(options.store)
    if strange := [name for name in options.names if name not in known]:
        parser.error(f"{strange[0]}: no such measurement; there are {', '.join(known)}")
    if options.list:
        for name, steps in known.items():
            print(f"{name:12}{' && '.join('python ' + ' '.join(step[:3]) for step in steps)[:90]}")
        return 0
    failed = [name for name in options.names or known if not _run(name, known[name])]
    page.main()
    print("docs/measured.md, docs/charts and README.md are written.")
    if failed:
        print(f"failed, with their former figures kept: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str, steps: list[list[str]]) -> bool:
    began = time.monotonic()
    print(f"· {name}", flush=True)
    done = all(
        subprocess.run([sys.executable, *step], cwd=ROOT, check=False).returncode == 0 for step in steps
    )
    print(f"  {name}: {'done' if done else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
