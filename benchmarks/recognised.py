"""What the recogniser's errors cost: findings on recognised calls against findings on their true text.

    python benchmarks/recognised.py CALLS.jsonl --calls 12 --out benchmarks/results/recognised.json

A call is a line of JSONL (`turns` with speaker and text, call facts). espeak-ng speaks it in voices of the
sample calls, agent left, debtor right; `transcribe` hears it as any recording; `analyze` reads both texts.
Findings count once per turn: what is found on the recognised call goes to the true turn of its side with the
most time in common. Calls written like a recogniser's text are left out: nobody talks that way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from nlp.analyze import analyze  # noqa: E402
from nlp.labels import act_ids, objection_ids  # noqa: E402
from nlp.thresholds import call_bar  # noqa: E402
from nlp.types import Findings, Promise  # noqa: E402
from transcripts.demo_speech.evaluate import WordErrors, side_errors, side_of, total  # noqa: E402
from transcripts.demo_speech.maker import make_call  # noqa: E402
from transcripts.demo_speech.voices import DEMO_VOICES  # noqa: E402
from transcripts.options import SpeechOptions  # noqa: E402
from transcripts.transcribe import transcribe  # noqa: E402
from transcripts.types import Quote, Recording, Transcript, Turn  # noqa: E402

MODEL = ROOT / "models" / "whisper-demo-es"
UNSPEAKABLE = "asr"  # the `noise` of calls that imitate a recogniser: digits, cut words, no punctuation
GROUPS = ("objections", "acts", "promise")

# Something found: its group, its label, and the true turn; a promise: what it says.
Item = tuple[str, str, object]


@dataclass(frozen=True, slots=True)
class Heard:
    """One call: the recogniser's errors, and what is found in its true text and in the recognised one."""

    errors: WordErrors
    doubtful_turns: int
    turns: int
    true: frozenset[Item]
    recognised: frozenset[Item]


def read(paths: Iterable[Path], count: int | None) -> list[dict[str, Any]]:
    """The speakable calls of every file; with `count` every k-th of them, so that about so many remain."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    calls = [call for call in map(json.loads, lines) if call.get("noise") != UNSPEAKABLE]
    return calls[:: max(1, len(calls) // count)][:count] if count else calls


def hear(call: dict[str, Any], options: SpeechOptions, folder: Path) -> Heard:
    """Speak `call` into `folder`, transcribe it, and read both texts."""
    audio = make_call(_script(call, folder), folder)
    truth = json.loads(audio.with_suffix(".truth.json").read_text(encoding="utf-8"))
    recording = _recording(call, audio)
    recognised = transcribe(recording, options)
    said = tuple(Turn(t["speaker"], t["text"], t["start"], t["end"]) for t in truth["turns"])
    true = Transcript(replace(recording, duration_s=truth["duration"]), said, trust=recognised.trust)
    return Heard(
        total(recording.id, side_errors(truth, recognised).values()),
        sum(turn.doubt is not None for turn in recognised.turns),
        len(recognised.turns),
        frozenset(_items(true, analyze(true), true)),
        frozenset(_items(recognised, analyze(recognised), true)),
    )


def _script(call: dict[str, Any], folder: Path) -> Path:
    """The call as a script of the maker; JSON is YAML too. Voices are drawn by the call's id."""
    agent, debtor = random.Random(f"{call['id']}/voices").sample(sorted(DEMO_VOICES), 2)
    turns = [{"speaker": turn["speaker"], "text": turn["text"]} for turn in call["turns"]]
    script = {"id": call["id"], "agent_voice": agent, "debtor_voice": debtor, "turns": turns}
    path = folder / f"{call['id']}.yaml"
    path.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
    return path


def _recording(call: dict[str, Any], audio: Path) -> Recording:
    started = call.get("call_date")
    return Recording(
        id=str(call["id"]),
        call_started_at=date.fromisoformat(started) if started else None,
        agent=call.get("agent"),
        company=call.get("company"),
        debtor_name=call.get("debtor_name"),
        country=call.get("country"),
        audio=audio,
    )


def _items(transcript: Transcript, findings: Findings, true: Transcript) -> Iterable[Item]:
    """What counts as found, placed in the turns of `true`."""
    groups = {
        **dict.fromkeys(objection_ids(), "objections"),
        **dict.fromkeys((act for act in act_ids() if act != "none"), "acts"),
    }
    for found in findings.findings:
        if found.label in groups and found.score >= call_bar(found.label):
            yield groups[found.label], found.label, true_turn(transcript, found.quote, true)
    if findings.promise is not None:
        yield from _promised(findings.promise)


def _promised(promise: Promise) -> Iterable[Item]:
    yield "promise", "made", True
    if promise.amount is not None:
        yield "promise", "amount", promise.amount
    if promise.date is not None:
        yield "promise", "date", promise.date


def true_turn(transcript: Transcript, quote: Quote, true: Transcript) -> int | None:
    """The turn of `true` on the quote's side that shares most time with it or is nearest; None if none is."""
    if transcript is true:
        return quote.turn
    start_s, end_s = _times(transcript.turns[quote.turn], quote)
    side = side_of(transcript.turns[quote.turn].speaker)

    def shared(index: int) -> float:
        turn = true.turns[index]
        return min(end_s, turn.end_s or 0.0) - max(start_s, turn.start_s or 0.0)

    same = [index for index, turn in enumerate(true.turns) if side_of(turn.speaker) == side]
    return max(same, key=shared, default=None)


def _times(turn: Turn, quote: Quote) -> tuple[float, float]:
    """When the quote is said, by the times of its words."""
    inside, at = [], 0
    for word in turn.words:
        if at < quote.end and at + len(word.text) > quote.start:
            inside.append(word)
        at += len(word.text) + 1
    if not inside:
        return turn.start_s or 0.0, turn.end_s or 0.0
    return inside[0].start_s, inside[-1].end_s


def table(heard: Iterable[Heard]) -> dict[str, dict[str, dict[str, float | int]]]:
    """By group and label, `all` first: n in the true text, precision, recall and F1 of the recognised."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for call in heard:
        sorts = {
            "hit": call.true & call.recognised,
            "extra": call.recognised - call.true,
            "missed": call.true - call.recognised,
        }
        for name, items in sorts.items():
            for group, label, _ in items:
                counts[group, label][name] += 1
                counts[group, "all"][name] += 1
    rows = {key: _f1(count) for key, count in counts.items()}
    ranked = sorted(rows, key=lambda key: (key[1] != "all", -rows[key]["n"], key))
    return {group: {label: rows[g, label] for g, label in ranked if g == group} for group in GROUPS}


def _f1(count: Counter[str]) -> dict[str, float | int]:
    hit, extra, missed = count["hit"], count["extra"], count["missed"]
    return {
        "n": hit + missed,
        "precision": _share(hit, hit + extra),
        "recall": _share(hit, hit + missed),
        "f1": _share(2 * hit, 2 * hit + extra + missed),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def report(heard: list[Heard], model: Path, note: str) -> dict[str, Any]:
    """Word errors by call and over all, and the table, with what is needed to measure them again."""
    errors = [call.errors for call in heard]
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.machine(),
        "note": note,
        "model": {
            "name": model.name,
            "sha256": hashlib.sha256((model / "model.bin").read_bytes()).hexdigest(),
        },
        "calls": len(heard),
        "wer": _figures(total("all", errors)),
        "doubtful_turns": _share(sum(c.doubtful_turns for c in heard), sum(c.turns for c in heard)),
        "wer_by_call": [_figures(each) for each in errors],
        "findings": table(heard),
    }


def _figures(errors: WordErrors) -> dict[str, Any]:
    return {**asdict(errors), "wer": round(errors.rate, 4)}


def show(figures: dict[str, Any]) -> None:
    wer = figures["wer"]
    print(f"\nWER {100 * wer['wer']:.1f} % of {wer['words']} words, {figures['calls']} calls")
    print(f"turns in doubt: {100 * figures['doubtful_turns']:.1f} %")
    for group, lines in figures["findings"].items():
        print(f"\n{group:28} {'n':>5} {'prec':>6} {'rec':>6} {'f1':>6}")
        for label, f in lines.items():
            print(f"{label:28} {f['n']:5} {f['precision']:6.2f} {f['recall']:6.2f} {f['f1']:6.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--calls", type=int, help="every k-th call, so many in all")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--note", default="", help="what else a reader should know, for the record")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    chosen = parser.parse_args()
    options = SpeechOptions(
        model=str(chosen.model), device="cpu", compute_type="int8", cpu_threads=chosen.threads
    )
    heard = []
    with tempfile.TemporaryDirectory() as folder:
        for call in read(chosen.paths, chosen.calls):
            heard.append(hear(call, options, Path(folder)))
            print(heard[-1].errors, flush=True)
    figures = report(heard, chosen.model, chosen.note)
    show(figures)
    if chosen.out:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        chosen.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
