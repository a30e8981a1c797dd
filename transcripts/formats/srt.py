"""SubRip subtitles; the voice of a cue stands before its words («Agente: …»)."""

from __future__ import annotations

from pathlib import Path

from transcripts.formats.files import text_of
from transcripts.formats.subtitles import (
    BLANK,
    Cue,
    lines_of,
    name_of,
    one_line,
    stamp,
    times_of,
    transcript_of,
)
from transcripts.types import Recording, Transcript


def read(path: Path, recording: Recording | None = None) -> Transcript:
    text = text_of(path).replace("\r\n", "\n").replace("\r", "\n").strip("\n\ufeff ")
    cues: list[Cue] = []
    for number, block in enumerate(BLANK.split(text), 1):
        lines = block.strip().split("\n")
        if lines and lines[0].strip().isdigit() and len(lines) > 1:
            lines = lines[1:]
        start, end = times_of(lines[0], f"{path.name}: subtítulo {number}")
        cues.append(Cue(start, end, lines_of("\n".join(lines[1:]))))
    return transcript_of(cues, recording, path, "srt")


def write(transcript: Transcript) -> str:
    """One cue a turn, with its speaker; turns without times stand at 0."""
    return "\n".join(
        f"{number}\n{stamp(turn.start_s, ',')} --> {stamp(turn.end_s, ',')}\n{name_of(turn)}: "
        f"{one_line(turn.text)}\n"
        for number, turn in enumerate(transcript.turns, 1)
    )
