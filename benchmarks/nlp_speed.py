"""Speed of understanding and judging a ten-minute call, one core; beside spaCy's plain tokenising of the
same text.

    python benchmarks/nlp_speed.py [--out benchmarks/results/nlp.json] [--profile]

The calls are joined from labelled dialogues, those whose turns are nearest to twelve words, to about 1,500
words in 120 turns. Libraries are imported
before the clock starts; loading counts what is ours: cues, artefacts, rubric. Times are the process's own:
what others do on the machine does not count. «Without the net»: analysis less the transformer's reading.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

WORDS, TURNS, ROUNDS = 1500, 120, 10

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")


def ten_minute_calls(count: int) -> list[Any]:
    """Transcripts of about 1,500 words in 120 turns, from the dev dialogues."""
    from nlp.learn.examples import read_examples
    from transcripts.types import Transcript

    def off(call: Transcript) -> float:
        return abs(sum(len(turn.text.split()) for turn in call.turns) / len(call.turns) - WORDS / TURNS)

    dialogues = sorted((e.transcript() for e in read_examples(splits=("dev",)) if e.kind == "call"), key=off)
    turns = [turn for dialogue in dialogues for turn in dialogue.turns]
    out = []
    for first in range(0, len(turns), TURNS):
        part = turns[first : first + TURNS]
        times = tuple(replace(t, start_s=5.0 * k, end_s=5.0 * k + 4.5) for k, t in enumerate(part))
        out.append(Transcript(replace(dialogues[0].recording, id=f"bench-{first}"), times))
    return [call for call in out if len(call.turns) == TURNS][:count]


def load() -> float:
    """Seconds to read cues, artefacts and rubric, after the libraries are there."""
    import onnxruntime  # noqa: F401
    import sklearn.linear_model  # noqa: F401
    import skops.io  # noqa: F401
    import spacy  # noqa: F401
    import tokenizers  # noqa: F401

    from nlp.cues import cues_of
    from nlp.pipeline import turn_pipeline
    from rubrics.loader import load_rubric

    began = time.process_time()
    cues_of("agent"), cues_of("debtor")
    turn_pipeline()
    load_rubric()
    return time.process_time() - began


def clocked_net() -> list[float]:
    """A list that gets the seconds of each reading of the net from now on."""
    from nlp.trained import taggers

    net = taggers().net
    spent: list[float] = []
    read = net.read

    def clocked(*args: Any, **options: Any) -> Any:
        began = time.process_time()
        try:
            return read(*args, **options)
        finally:
            spent.append(time.process_time() - began)

    net.read = clocked  # type: ignore[method-assign]
    return spent


def measure() -> dict[str, Any]:
    import spacy

    from nlp.analyze import analyze
    from rubrics.loader import load_rubric
    from rubrics.scoring import score

    loading = load()
    rubric, calls = load_rubric(), ten_minute_calls(ROUNDS)
    score(calls[0], analyze(calls[0]), rubric)
    took, scored, tokenising = [], [], []
    net, plain = clocked_net(), spacy.blank("es")
    for call in calls:
        began = time.process_time()
        findings = analyze(call)
        middle = time.process_time()
        score(call, findings, rubric)
        done = time.process_time()
        for turn in call.turns:
            plain.make_doc(turn.text)
        took.append(middle - began)
        scored.append(done - middle)
        tokenising.append(time.process_time() - done)
    without = [a - b for a, b in zip(took, net, strict=True)]
    both = [a + b for a, b in zip(took, scored, strict=True)]
    return {
        "calls": len(calls),
        "words_per_call": round(statistics.mean(sum(len(t.text.split()) for t in c.turns) for c in calls)),
        "turns_per_call": TURNS,
        "load_s": round(loading, 2),
        "analyze_ms": round(1000 * statistics.median(took), 1),
        "net_ms": round(1000 * statistics.median(net), 1),
        "analyze_without_net_ms": round(1000 * statistics.median(without), 1),
        "score_ms": round(1000 * statistics.median(scored), 1),
        "both_ms": round(1000 * statistics.median(both), 1),
        "calls_per_s": round(len(both) / sum(both), 2),
        "tokenising_ms": round(1000 * statistics.median(tokenising), 2),
        "times_tokenising": round(statistics.median(both) / statistics.median(tokenising), 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    profile = cProfile.Profile()
    report = profile.runcall(measure) if options.profile else measure()
    print(json.dumps(report, indent=1))
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
