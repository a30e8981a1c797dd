"""Plain text, one turn a line, each opened by who speaks: «Agente: …», «A: …», «Cliente: …», «[00:12]
Asesor: …».
"""

from __future__ import annotations

import re
from pathlib import Path

from transcripts.formats import labels
from transcripts.formats.files import text_of
from transcripts.formats.roles import NAME_OF, with_roles
from transcripts.formats.subtitles import one_line
from transcripts.phrases import GREETS
from transcripts.spoken import plain
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn

_LINE = re.compile(
    r"^[\s>*_\-•]*(?:[\[(]?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?:[.,]\d{1,3})?[\])]?\s*[-–]?\s*)?"
    r"[\[(*_]*(?P<label>[^\W\d_][\w .ñáéíóú]{0,38}?)[\])*_]*\s*(?:\([^)]{0,30}\))?\s*[:：]\s*(?P<text>.*)$"
)


_TIME = re.compile(r"^[\s>*_\-•]*[\[(]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?[\])]?\s*[-–]?\s*")
_SPOKEN = 8  # words: as much is said, not a datum of the file's head


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The turns of a text file. Lines without a label go on with the turn before; what is said before the
    first one is nobody's. The file's head («Fecha: …») is left out.

    Which labels count as speakers is told by `labels.speakers`. Raises TranscriptError where no line opens
    with one.
    """
    lines = [(line, _LINE.match(line)) for line in text_of(path).splitlines() if line.strip()]
    recording = recording or Recording(path.stem)
    openings = [match["label"] if match else None for _, match in lines]
    timed = [match["label"] for _, match in lines if match and match["m"]]
    speakers = labels.speakers(openings, recording, timed)
    written: dict[str, str] = {}  # as it is written first
    turns: list[Turn] = []
    voices: list[str | None] = []
    for line, match in lines:
        if match and (name := labels.key(match["label"])) in speakers.known:
            turns.append(Turn("unknown", one_line(match["text"]), _start(match)))
            voices.append(written.setdefault(name, " ".join(match["label"].split())))
        elif turns:
            last = turns[-1]
            turns[-1] = Turn("unknown", f"{last.text} {one_line(line)}".strip(), last.start_s)
        elif words := _said(line, match):
            turns.append(Turn("unknown", words))
            voices.append(None)
    if not any(voices):
        raise TranscriptError(
            f"{path.name}: ninguna línea dice quién habla. Empiece cada turno con «Agente:» o «Deudor:»."
        )
    transcript = Transcript(recording, tuple(turns), engine=Engine("import", "text"))
    transcript = labels.with_doubts(with_roles(transcript, voices), speakers.doubtful)
    return labels.with_nobodys(transcript) if voices[0] is None else transcript


def _said(line: str, match: re.Match[str] | None) -> str:
    """The words of a line before the first label, where somebody speaks in it; "" of a line of the head."""
    if match and not labels.may_name(match["label"]):
        return ""
    words = one_line(match["text"] if match else _TIME.sub("", line))
    timed = match is None and _TIME.match(line) is not None
    speaks = GREETS.search(plain(words)) or "?" in words or (match and len(words.split()) >= _SPOKEN)
    return words if speaks or timed else ""


def write(transcript: Transcript) -> str:
    """One turn a line; times are left out."""
    return "".join(f"{NAME_OF[turn.speaker]}: {one_line(turn.text)}\n" for turn in transcript.turns)


def _start(match: re.Match[str]) -> float | None:
    if match["m"] is None:
        return None
    return int(match["h"] or 0) * 3600.0 + int(match["m"]) * 60 + int(match["s"])
