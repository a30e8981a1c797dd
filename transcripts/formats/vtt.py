"""WebVTT subtitles; the voice of a cue is its `<v …>` tag, or stands before its words («Agente: …»)."""

from __future__ import annotations

import html
import re
from itertools import zip_longest
from pathlib import Path

from transcripts.formats.files import text_of
from transcripts.formats.subtitles import (
    BLANK,
    TIMES,
    Cue,
    Line,
    lines_of,
    name_of,
    one_line,
    stamp,
    times_of,
    transcript_of,
)
from transcripts.types import Recording, Transcript, TranscriptError

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,80})>")


def read(path: Path, recording: Recording | None = None) -> Transcript:
    text = text_of(path).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.startswith("WEBVTT"):
        raise TranscriptError(
            f"{path.name}: no empieza por WEBVTT. ¿Es un SRT? Cambie la extensión o vuelva a exportarlo."
        )
    cues: list[Cue] = []
    for block in BLANK.split(text.strip())[1:]:
        lines = block.strip().split("\n")
        if lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        at = 0 if "-->" in lines[0] else 1
        if at >= len(lines) or ("-->" in lines[at] and not TIMES.search(lines[at])):
            times_of(lines[min(at, len(lines) - 1)], f"{path.name}: subtítulo {len(cues) + 1}")
        start, end = times_of(lines[at], f"{path.name}: subtítulo {len(cues) + 1}")
        cues.append(Cue(start, end, _lines("\n".join(lines[at + 1 :]))))
    return transcript_of(cues, recording, path, "vtt")


def _lines(body: str) -> tuple[Line, ...]:
    """What each voice tag holds; what stands before the first is without one, but for a mark («- »)."""
    voices = list(_VOICE.finditer(body))
    head = body[: voices[0].start()] if voices else body
    out = lines_of(head) if not voices or any(map(str.isalnum, head)) else ()
    for voice, following in zip_longest(voices, voices[1:]):
        held = body[voice.end() : following.start() if following else None]
        out += lines_of(held, html.unescape(voice[1]).strip() or None)
    return out


def write(transcript: Transcript) -> str:
    """One cue a turn, its speaker in a voice tag; turns without times stand at 0."""
    cues = (
        f"{stamp(turn.start_s, '.')} --> {stamp(turn.end_s, '.')}\n"
        f"<v {name_of(turn)}>{html.escape(one_line(turn.text), quote=False)}</v>\n"
        for turn in transcript.turns
    )
    return "WEBVTT\n\n" + "\n".join(cues)
