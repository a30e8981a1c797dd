"""Transcript formats: each a module with `read(path, recording=None) -> Transcript` and `write(transcript)
-> str`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from transcripts.formats import amazon, call_json, call_jsonl, labelled_text, srt, vtt, whisperx
from transcripts.formats.files import parsed, text_of
from transcripts.types import Recording, Transcript, TranscriptError

FORMATS: dict[str, ModuleType] = {
    "json": call_json,
    "jsonl": call_jsonl,
    "whisperx": whisperx,
    "amazon": amazon,
    "srt": srt,
    "vtt": vtt,
    "text": labelled_text,
}
_BY_SUFFIX = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".srt": "srt",
    ".vtt": "vtt",
    ".txt": "text",
    ".text": "text",
}
MOST_SAID = 60_000  # characters of one turn: more than an hour of talk without a pause or another voice
_BY_KEY = {"turns": "json", "segments": "whisperx", "results": "amazon", "Transcript": "amazon"}


def detect(path: Path) -> str:
    """The name in FORMATS of the format of a file, by its suffix and, for JSON, by what it holds.

    Raises TranscriptError where it is none of them.
    """
    suffix = path.suffix.lower()
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    text = text_of(path).lstrip("\ufeff \t\r\n")
    if text.startswith("{") or suffix == ".json":
        return _json_kind(text, path)
    if text.startswith("WEBVTT"):
        return "vtt"
    return "srt" if "-->" in text[:400] else "text"


def is_known(path: Path) -> bool:
    """Whether it is of one of FORMATS."""
    try:
        return bool(detect(path))
    except TranscriptError:
        return False


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The transcript of a file in any of FORMATS. Raises TranscriptError; of many calls in one file see
    `read_many`.
    """
    return _in_turns(FORMATS[detect(path)].read(path, recording), path)


def read_many(path: Path, recording: Recording | None = None) -> Iterator[Transcript | TranscriptError]:
    """Every call of a file in any of FORMATS: of a JSONL file one a line, bad lines as errors between the
    good ones.
    """
    if detect(path) == "jsonl":
        yield from read_lines(path, recording)
    else:
        yield _told(read, path, recording)


def read_lines(path: Path, recording: Recording | None = None) -> Iterator[Transcript | TranscriptError]:
    """Every call of a file of one call a line, whatever its name is; bad lines as errors."""
    for call in call_jsonl.read_many(path, recording):
        yield call if isinstance(call, TranscriptError) else _told(_in_turns, call, path)


def _told(reads: Callable[..., Transcript], *of: object) -> Transcript | TranscriptError:
    """What it reads, or its error as a value: the calls after it go on."""
    try:
        return reads(*of)
    except TranscriptError as error:
        return error


def _in_turns(call: Transcript, path: Path) -> Transcript:
    """The call; TranscriptError where a turn is longer than anybody speaks: its marks of who speaks are lost,
    and what is understood of a turn is understood of the whole of it.
    """
    for number, turn in enumerate(call.turns, 1):
        if len(turn.text) > MOST_SAID:
            its = "" if call.recording.id == path.stem else f"llamada «{call.recording.id}», "
            raise TranscriptError(
                f"{path.name}: {its}turno {number}: son {len(turn.text)} letras seguidas de una sola voz, y "
                f"se leen hasta {MOST_SAID} (más de una hora de habla sin pausa). Empiece un turno nuevo "
                "cada vez que alguien calla o cambia la voz."
            )
    return call


def _json_kind(text: str, path: Path) -> str:
    if "\n{" in text.strip() and text.lstrip().partition("\n")[0].rstrip().endswith("}"):
        return "jsonl"
    raw = parsed(text, path.name)
    kinds = [kind for key, kind in _BY_KEY.items() if isinstance(raw, dict) and key in raw]
    if not kinds:
        raise TranscriptError(
            f"{path.name}: es JSON, pero no una transcripción conocida. Se entienden: JSON de Temple "
            f"(«turns»), "
            "WhisperX («segments») y Amazon Transcribe («results» o «Transcript»)."
        )
    return kinds[0]
