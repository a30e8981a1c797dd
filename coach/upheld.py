"""Calls that an agent was right about, kept as labelled calls: what our verdicts are measured by next time.

Nothing in them tells who spoke: names, numbers and places are redacted, the call's own facts left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coach.types import Call
from coach.whole_files import whole_file
from nlp.redact import redacted
from transcripts.types import Turn

FOLDER = "gold"  # inside data_dir; `coach.gold` reads it


def keep_as_gold(data_dir: Path, dispute_id: int, call: Call) -> Path:
    """Write the call with all that people judged in it; the same dispute again takes its own place."""
    path = data_dir / FOLDER / f"dispute_{dispute_id}.jsonl"
    line = json.dumps(gold_line(call, f"dispute-{dispute_id}"), ensure_ascii=False)
    with whole_file(path) as part:
        part.write_text(line + "\n", "utf-8")
    return path


def gold_line(call: Call, name: str) -> dict[str, Any]:
    """The call as a line of labelled calls, by another id; verdicts are those that people gave."""
    recording = call.transcript.recording
    clean = redacted(call.transcript, call.findings.promise)
    said = call.review.overrides if call.review else ()
    facts = recording.facts
    return {
        "id": name,
        "country": recording.country,
        "call_date": recording.call_date.isoformat() if recording.call_date else None,
        "call_type": recording.call_type,
        "starts_late": call.transcript.trust.starts_late,
        "facts": {
            name: value
            for name, value in (
                ("amount_due", str(facts.amount_due) if facts.amount_due is not None else None),
                ("currency", facts.currency),
                ("days_late", facts.days_late),
                ("product", facts.product),
            )
            if value is not None
        },
        "turns": [_turn(turn) for turn in clean.turns],
        "gold": {
            "objections": [],
            "acts": [],
            "rubric": {
                one.criterion: one.outcome for one in said if one.criterion in call.scorecard.verdicts
            },
            "fail_evidence": {},
            "promise": None,
        },
    }


def _turn(turn: Turn) -> dict[str, Any]:
    timed = {"start": turn.start_s, "end": turn.end_s} if turn.start_s is not None else {}
    return {"speaker": turn.speaker, **timed, "text": turn.text}
