"""What SRT and WebVTT share: cues with times, each said by one voice."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from transcripts.formats.roles import NAME_OF, role_of, with_roles
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn

TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)
_TAG = re.compile(r"<[^>\n]{0,200}>")
_LABEL = re.compile(r"^\s*(?:>>\s*|-\s*)?\[?([^\W\d_][\w .]{0,29}?)\]?\s*:\s*(.*)$", re.S)


@dataclass(frozen=True, slots=True)
class Cue:
    start_s: float
    end_s: float
    text: str
    label: str | None = None


def times_of(line: str, where: str) -> tuple[float, float]:
    """Start and end of a time line. Raises TranscriptError where it is none, or runs backwards."""
    match = TIMES.search(line)
    if match is None:
        raise TranscriptError(
            f"{where}: la línea de tiempos no se entiende («{line.strip()[:40]}»). Revise el archivo."
        )
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    if end < start:
        raise TranscriptError(
            f"{where}: el tiempo final es menor que el inicial. Corríjalo y vuelva a intentarlo."
        )
    return start, end


def said(text: str, label: str | None = None) -> tuple[str, str | None]:
    """The words of a cue without marks and tags, and the label that opens them («Agente: …»)."""
    text = " ".join(html.unescape(_TAG.sub("", text)).split())
    match = _LABEL.match(text) if label is None else None
    if match and role_of(match[1]) is not None:
        return match[2].strip(), match[1]
    return text, label


def transcript_of(cues: list[Cue], recording: Recording | None, path: Path, model: str) -> Transcript:
    """Cues as turns: one without a label goes on with the voice before, where any cue has a label."""
    if not cues:
        raise TranscriptError(f"{path.name}: no tiene ningún subtítulo con tiempos. Vuelva a exportarlo.")
    labelled = any(cue.label for cue in cues)
    turns: list[Turn] = []
    labels: list[str | None] = []
    for cue in cues:
        if labelled and cue.label is None and turns:
            last = turns[-1]
            turns[-1] = Turn("unknown", f"{last.text} {cue.text}".strip(), last.start_s, cue.end_s)
        else:
            turns.append(Turn("unknown", cue.text, cue.start_s, cue.end_s))
            labels.append(cue.label)
    transcript = Transcript(recording or Recording(path.stem), tuple(turns), engine=Engine("import", model))
    return with_roles(transcript, labels)


def stamp(seconds: float | None, mark: str) -> str:
    ms = round((seconds or 0.0) * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}{mark}{ms % 1000:03d}"


def name_of(turn: Turn) -> str:
    return NAME_OF[turn.speaker]


def one_line(text: str) -> str:
    return " ".join(text.split())


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return (
        int(hours or 0) * 3600
        + int(minutes or 0) * 60
        + int(seconds or 0)
        + int((fraction or "0").ljust(3, "0")) / 1000
    )
