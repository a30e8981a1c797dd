"""WebVTT subtitles; the voice of a cue is its `<v …>` tag, or stands before its words («Agente: …»)."""

from __future__ import annotations

import html
import re
from pathlib import Path

from transcripts.formats.files import text_of
from transcripts.formats.subtitles import TIMES, Cue, name_of, one_line, said, stamp, times_of, transcript_of
from transcripts.types import Recording, Transcript, TranscriptError

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,80})>")


def read(path: Path, recording: Recording | None = None) -> Transcript:
    text = text_of(path).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.startswith("WEBVTT"):
        raise TranscriptError(
            f"{path.name}: no empieza por WEBVTT. ¿Es un SRT? Cambie la extensión o vuelva a exportarlo."
        )
    cues: list[Cue] = []
    for block in _BLANK.split(text.strip())[1:]:
        lines = block.strip().split("\n")
        if lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        at = 0 if "-->" in lines[0] else 1
        if at >= len(lines) or ("-->" in lines[at] and not TIMES.search(lines[at])):
            times_of(lines[min(at, len(lines) - 1)], f"{path.name}: subtítulo {len(cues) + 1}")
        start, end = times_of(lines[at], f"{path.name}: subtítulo {len(cues) + 1}")
        body = "\n".join(lines[at + 1 :])
        voice = _VOICE.search(body)
        words, label = said(body, html.unescape(voice[1]).strip() if voice else None)
        cues.append(Cue(start, end, words, label))
    return transcript_of(cues, recording, path, "vtt")


def write(transcript: Transcript) -> str:
    """One cue a turn, its speaker in a voice tag; turns without times stand at 0."""
    cues = (
        f"{stamp(turn.start_s, '.')} --> {stamp(turn.end_s, '.')}\n"
        f"<v {name_of(turn)}>{html.escape(one_line(turn.text), quote=False)}</v>\n"
        for turn in transcript.turns
    )
    return "WEBVTT\n\n" + "\n".join(cues)
