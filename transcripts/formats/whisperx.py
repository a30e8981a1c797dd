"""WhisperX JSON: `{"segments": [{"start", "end", "text", "speaker", "words": [{"word", "start", "end",
"score"}]}]}`.

Segments of one voice in a row become one turn. Voices named SPEAKER_00 are told apart by what an agent says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from transcripts.formats.call_model import Seconds
from transcripts.formats.files import parsed, text_of
from transcripts.formats.roles import with_roles
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn, Word

_SAME_TURN_S = 2.0  # a longer silence begins a new turn of the same voice


class _Word(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)
    word: str
    start: Seconds = None
    end: Seconds = None
    score: float | None = None


class _Segment(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)
    text: str
    start: Seconds = None
    end: Seconds = None
    speaker: str | None = None
    words: tuple[_Word, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)
    segments: tuple[_Segment, ...]
    language: str = "es"


def read(path: Path, recording: Recording | None = None) -> Transcript:
    raw = parsed(text_of(path), path.name)
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        place = ".".join(str(p) for p in error.errors()[0]["loc"])
        raise TranscriptError(
            f"{path.name}: no es JSON de WhisperX: revise «{place or 'segments'}» y vuelva a exportarlo."
        ) from error
    turns, labels = _turns(file.segments)
    transcript = Transcript(
        recording or Recording(path.stem), turns, file.language, Engine("import", "whisperx")
    )
    return with_roles(transcript, labels)


def write(transcript: Transcript) -> str:
    segments: list[dict[str, Any]] = [
        {
            "start": turn.start_s,
            "end": turn.end_s,
            "text": turn.text,
            "speaker": turn.speaker.upper(),
            "words": [
                {"word": w.text, "start": w.start_s, "end": w.end_s, "score": w.confidence}
                for w in turn.words
            ],
        }
        for turn in transcript.turns
    ]
    return (
        json.dumps({"segments": segments, "language": transcript.language}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _turns(segments: tuple[_Segment, ...]) -> tuple[tuple[Turn, ...], list[str | None]]:
    turns: list[Turn] = []
    labels: list[str | None] = []
    for segment in segments:
        text, words = " ".join(segment.text.split()), _words(segment.words)
        if turns and segment.speaker and labels[-1] == segment.speaker and _goes_on(turns[-1], segment):
            last = turns[-1]
            turns[-1] = Turn(
                "unknown", f"{last.text} {text}".strip(), last.start_s, segment.end, last.words + words
            )
        else:
            turns.append(Turn("unknown", text, segment.start, segment.end, words))
            labels.append(segment.speaker)
    return tuple(turns), labels


def _goes_on(last: Turn, segment: _Segment) -> bool:
    return (
        last.end_s is not None
        and segment.start is not None
        and 0 <= segment.start - last.end_s < _SAME_TURN_S
    )


def _words(words: tuple[_Word, ...]) -> tuple[Word, ...]:
    """Words with times; WhisperX leaves the times of figures out."""
    return tuple(
        Word(w.start, w.end, w.word, min(1.0, max(0.0, w.score if w.score is not None else 1.0)))
        for w in words
        if w.start is not None and w.end is not None
    )
