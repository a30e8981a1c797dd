"""Plain sentences, each in the middle of a call: the debtor's objections, the agent's gravest faults.

    python benchmarks/plain.py [--every N] [--out results.json]

Who wrote them had read what the labels mean and nothing else; half of the agent's lines and four in
ten of the debtor's hold none. After each author was measured the rules were corrected: it is a floor now.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.labels import read
from nlp.analyze import analyze
from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from transcripts.types import Recording, Speaker, Transcript, Turn

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "gold"
FAULTS = ("threat", "lawyer", "rude", "impatient")
OPENING: tuple[tuple[Speaker, str], ...] = (
    ("agent", "Buenas tardes, ¿hablo con Luis Vega?"),
    ("debtor", "Sí, soy yo."),
    ("agent", "Le llamo de Banco Sol por su cuota de 400 pesos, vencida hace un mes. ¿Qué pasó con su pago?"),
)
TROUBLE: tuple[Speaker, str] = ("debtor", "Es que no me alcanzó este mes, me quedé sin trabajo.")


def heard(line: dict[str, Any], side: Speaker) -> dict[str, float]:
    """By label the best score of what is heard in the line, said where such a line would be."""
    before = list(OPENING)
    if side == "agent":
        before += [TROUBLE]
    elif "wrong_person" in line["labels"]:
        before = before[:1]
    said = [*before, (side, line["text"]), ("agent" if side == "debtor" else "debtor", "Bueno, dígame.")]
    recording = Recording("frase", debtor_name="Luis Vega", country=line["country"])
    call = Transcript(recording, tuple(Turn(who, text) for who, text in said))
    best: dict[str, float] = {}
    for finding in analyze(call).findings:
        if finding.quote.turn == len(before):
            best[finding.label] = max(best.get(finding.label, 0.0), finding.score)
    return best


def objections(lines: list[dict[str, Any]]) -> dict[str, float]:
    """Precision, recall and F1 over all lines; n is how many objections there are."""
    count = Counter[str]()
    for line in lines:
        found = heard(line, "debtor")
        got = {name for name in objection_ids() if found.get(name, 0.0) >= call_bar(name)}
        truth = set(line["labels"])
        count.update(right=len(got & truth), said=len(got), gold=len(truth))
    right, said, gold = count["right"], count["said"], count["gold"]
    shares = {"precision": right / said, "recall": right / gold, "f1": 2 * right / (said + gold)}
    return {"n": gold, **{name: round(value, 3) for name, value in shares.items()}}


def faults(lines: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """By fault: of those there are, the share that is claimed, and that is claimed or left to a person;
    of the lines without any of the four, the share that is claimed to be one.
    """
    found = [heard(line, "agent") for line in lines]
    harmless = [one for one, line in zip(found, lines, strict=True) if not set(line["labels"]) & set(FAULTS)]
    out = {}
    for name in FAULTS:
        there = [one.get(name, 0.0) for one, line in zip(found, lines, strict=True) if name in line["labels"]]
        claimed = sum(score >= call_bar(name) for score in there) / len(there)
        false = sum(one.get(name, 0.0) >= call_bar(name) for one in harmless) / len(harmless)
        looked_at = sum(score > 0 for score in there) / len(there)
        out[name] = {
            "n": len(there),
            "claimed": round(claimed, 3),
            "looked_at": round(looked_at, 3),
            "false": round(false, 4),
        }
    return out


def measure(every: int = 1) -> dict[str, Any]:
    return {
        "every": every,
        "objections": {"all": objections(read([FOLDER / "plain_debtor.jsonl"])[::every])},
        "faults": faults(read([FOLDER / "plain_agent.jsonl"])[::every]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="one line in so many")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    text = json.dumps(measure(options.every), ensure_ascii=False, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
