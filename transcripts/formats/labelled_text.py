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
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn

_LINE = re.compile(
    r"^[\s>*_\-•]*(?:[\[(]?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?:[.,]\d{1,3})?[\])]?\s*[-–]?\s*)?"
    r"[\[(*_]*(?P<label>[^\W\d_][\w .ñáéíóú]{0,38}?)[\])*_]*\s*(?:\([^)]{0,30}\))?\s*[:：]\s*(?P<text>.*)$"
)


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The turns of a text file. Lines without a label go on with the turn before.

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
    if not turns:
        raise TranscriptError(
            f"{path.name}: ninguna línea dice quién habla. Empiece cada turno con «Agente:» o «Deudor:»."
        )
    transcript = Transcript(recording, tuple(turns), engine=Engine("import", "text"))
    return labels.with_doubts(with_roles(transcript, voices), speakers.doubtful)


def write(transcript: Transcript) -> str:
    """One turn a line; times are left out."""
    return "".join(f"{NAME_OF[turn.speaker]}: {one_line(turn.text)}\n" for turn in transcript.turns)


def _start(match: re.Match[str]) -> float | None:
    if match["m"] is None:
        return None
    return int(match["h"] or 0) * 3600.0 + int(match["m"]) * 60 + int(match["s"])
