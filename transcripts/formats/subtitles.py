"""What SRT and WebVTT share: cues with times, each said by one voice."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from transcripts.formats import labels
from transcripts.formats.roles import NAME_OF, with_roles
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn

TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
)
BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")  # what stands between cues
_TAG = re.compile(r"<[^>\n]{0,200}>")
_LABEL = re.compile(r"^\s*(?:>>\s*|-\s*)?\[?([^\W\d_][\w .]{0,29}?)\]?\s*:\s*(.*)$", re.S)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cue: its words, the voice that a tag names, and the label that may open it."""

    text: str
    voice: str | None = None
    label: str | None = None
    rest: str = ""  # the words behind the label


@dataclass(frozen=True, slots=True)
class Cue:
    start_s: float
    end_s: float
    lines: tuple[Line, ...]


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


def lines_of(body: str, voice: str | None = None) -> tuple[Line, ...]:
    """The lines of a cue, or of what one voice tag holds, without marks and tags."""
    found = [" ".join(html.unescape(_TAG.sub("", line)).split()) for line in body.split("\n")]
    if voice is not None:
        return (Line(" ".join(filter(None, found)), voice),)
    matches = [(line, _LABEL.match(line)) for line in found if line]
    return tuple(Line(line, None, m[1], m[2].strip()) if m else Line(line) for line, m in matches)


def transcript_of(cues: list[Cue], recording: Recording | None, path: Path, model: str) -> Transcript:
    """Cues as turns, one for each voice in them: what opens with no label goes on with the voice before,
    where any has one.
    """
    if not cues:
        raise TranscriptError(f"{path.name}: no tiene ningún subtítulo con tiempos. Vuelva a exportarlo.")
    recording = recording or Recording(path.stem)
    openings = [line.label for cue in cues for line in cue.lines if line.voice is None]
    heads = [line for cue in cues for line in cue.lines[:1]]
    each = all(line.label or line.voice for line in heads)
    speakers = labels.speakers(
        openings, recording, [line.label for line in heads if line.label] if each else ()
    )
    voices = [piece for cue in cues for piece in _pieces(cue, speakers.known)]
    labelled = any(voice.label for voice in voices)
    written: dict[str, str] = {}  # a label as it is written first
    turns: list[Turn] = []
    named: list[str | None] = []
    for voice in voices:
        if labelled and voice.label is None and turns:
            last = turns[-1]
            turns[-1] = Turn("unknown", f"{last.text} {voice.text}".strip(), last.start_s, voice.end_s)
        else:
            turns.append(Turn("unknown", voice.text, voice.start_s, voice.end_s))
            named.append(written.setdefault(labels.key(voice.label), voice.label) if voice.label else None)
    transcript = Transcript(recording, tuple(turns), engine=Engine("import", model))
    return labels.with_doubts(with_roles(transcript, named), speakers.doubtful)


@dataclass(frozen=True, slots=True)
class _Piece:
    start_s: float
    end_s: float
    text: str
    label: str | None


def _pieces(cue: Cue, known: frozenset[str]) -> list[_Piece]:
    """What each voice says in a cue; its time is shared out by words."""
    said: list[tuple[str | None, list[str]]] = []
    for line in cue.lines:
        label = line.label if line.label and labels.key(line.label) in known else None
        name, text = (line.voice, line.text) if line.voice else (label, line.rest if label else line.text)
        if name is None and said:
            said[-1][1].append(text)
        else:
            said.append((name, [text]))
    texts = [(name, " ".join(filter(None, parts))) for name, parts in said or [(None, [])]]
    counts = [len(text.split()) for _, text in texts]
    ends = [sum(counts[: n + 1]) / (sum(counts) or 1) for n in range(len(counts))]
    length = cue.end_s - cue.start_s
    places = [round(cue.start_s + length * share, 3) for share in (0.0, *ends[:-1])] + [cue.end_s]
    return [_Piece(places[n], places[n + 1], text, name) for n, (name, text) in enumerate(texts)]


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
