"""What the store keeps whole, as JSON text and back: recording, transcript, findings, scorecard, review."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from coach.types import Review
from nlp.types import Findings
from rubrics.types import Scorecard
from transcripts.types import Recording, Transcript

_LATER = {"linked_id": True, "leg": True, "legs": True}
_RECORDING = TypeAdapter(Recording)
_TRANSCRIPT = TypeAdapter(Transcript)
_FINDINGS = TypeAdapter(Findings)
_SCORECARD = TypeAdapter(Scorecard)
_REVIEW = TypeAdapter(Review)


def write_recording(recording: Recording) -> str:
    """The call facts; where the audio lies is a matter of the store."""
    return _RECORDING.dump_json(replace(recording, audio=None)).decode()


def read_recording(text: str) -> Recording:
    return _RECORDING.validate_json(text)


def write_transcript(transcript: Transcript) -> str:
    """Everything but the recording: its facts may still come or change, and are joined on reading."""
    plain = replace(transcript, recording=Recording(""))
    # what is not there is not written: what was stored before there were such things stays to the letter
    left_out: dict[str, Any] = {"recording": _LATER}
    left_out |= {name: True for name in ("parts", "covers") if not getattr(plain, name)}
    return _TRANSCRIPT.dump_json(plain, exclude=left_out).decode()


def read_transcript(text: str, recording: Recording) -> Transcript:
    return replace(_TRANSCRIPT.validate_json(text), recording=recording)


def write_findings(findings: Findings) -> str:
    return _FINDINGS.dump_json(findings).decode()


def read_findings(text: str) -> Findings:
    return _FINDINGS.validate_json(text)


def write_scorecard(scorecard: Scorecard) -> str:
    return _SCORECARD.dump_json(scorecard).decode()


def read_scorecard(text: str) -> Scorecard:
    return _SCORECARD.validate_json(text)


def write_review(review: Review) -> str:
    return _REVIEW.dump_json(review).decode()


def read_review(text: str) -> Review:
    return _REVIEW.validate_json(text)
