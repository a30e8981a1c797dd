"""Plain text, one turn a line, each opened by who speaks: «Agente: …», «A: …», «Cliente: …», «[00:12]
Asesor: …».
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from transcripts.formats.files import text_of
from transcripts.formats.roles import NAME_OF, role_of, with_roles
from transcripts.formats.subtitles import one_line
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn

_LINE = re.compile(
    r"^[\s>*_\-•]*(?:[\[(]?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?:[.,]\d{1,3})?[\])]?\s*[-–]?\s*)?"
    r"[\[(*_]*(?P<label>[^\W\d_][\w .ñáéíóú]{0,38}?)[\])*_]*\s*(?:\([^)]{0,30}\))?\s*[:：]\s*(?P<text>.*)$"
)
_MOST_NAMES = 4  # a file with more labels that name nobody is no dialogue


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The turns of a text file. Lines without a label go on with the turn before.

    A label that is no known word or name counts as a speaker where it opens two lines or more. Raises
    TranscriptError where no line
    opens with a speaker.
    """
    lines = text_of(path).splitlines()
    recording = recording or Recording(path.stem)
    speakers = _speakers(lines, recording)
    turns: list[Turn] = []
    labels: list[str | None] = []
    for line in lines:
        match = _LINE.match(line)
        if match and _key(match["label"]) in speakers:
            turns.append(Turn("unknown", one_line(match["text"]), _start(match)))
            labels.append(_key(match["label"]))
        elif turns and line.strip():
            last = turns[-1]
            turns[-1] = Turn("unknown", f"{last.text} {one_line(line)}".strip(), last.start_s)
    if not turns:
        raise TranscriptError(
            f"{path.name}: ninguna línea dice quién habla. Empiece cada turno con «Agente:» o «Deudor:»."
        )
    return with_roles(Transcript(recording, tuple(turns), engine=Engine("import", "text")), labels)


def write(transcript: Transcript) -> str:
    """One turn a line; times are left out."""
    return "".join(f"{NAME_OF[turn.speaker]}: {one_line(turn.text)}\n" for turn in transcript.turns)


def _speakers(lines: list[str], recording: Recording) -> set[str]:
    """The labels that name speakers: by word, by name, or because they come again and again."""
    count = Counter(_key(match["label"]) for line in lines if (match := _LINE.match(line)))
    known = {label for label in count if role_of(label, recording) is not None}
    others = {label for label, times in count.items() if times >= 2} - known
    return known | (others if len(others) <= _MOST_NAMES else set())


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


def _start(match: re.Match[str]) -> float | None:
    if match["m"] is None:
        return None
    return int(match["h"] or 0) * 3600.0 + int(match["m"]) * 60 + int(match["s"])
