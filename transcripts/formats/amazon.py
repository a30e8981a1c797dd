"""Amazon Transcribe (plain, by channel, by speaker) and Contact Lens / Call Analytics JSON; written as
Contact Lens.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from transcripts.formats.call_model import Seconds
from transcripts.formats.files import parsed, text_of
from transcripts.formats.roles import with_roles
from transcripts.types import Engine, Recording, Transcript, TranscriptError, Turn, Word

_NEW_TURN_S = 2.0  # silence after which the same voice begins a new turn


_Ms = Annotated[float | None, Field(ge=-60_000, le=1_000_000_000)]


class _Open(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True, allow_inf_nan=False)


class _LensItem(_Open):
    content: str = Field(alias="Content")
    start_ms: _Ms = Field(default=None, alias="BeginOffsetMillis")
    end_ms: _Ms = Field(default=None, alias="EndOffsetMillis")
    confidence: float = Field(default=1.0, alias="Confidence")


class _LensTurn(_Open):
    content: str = Field(alias="Content")
    role: str | None = Field(default=None, alias="ParticipantRole")
    participant: str | None = Field(default=None, alias="ParticipantId")
    start_ms: _Ms = Field(default=None, alias="BeginOffsetMillis")
    end_ms: _Ms = Field(default=None, alias="EndOffsetMillis")
    items: tuple[_LensItem, ...] = Field(default=(), alias="Items")


class _Participant(_Open):
    id: str = Field(alias="ParticipantId")
    role: str = Field(alias="ParticipantRole")


class _Lens(_Open):
    turns: tuple[_LensTurn, ...] = Field(alias="Transcript")
    participants: tuple[_Participant, ...] = Field(default=(), alias="Participants")
    language: str = Field(default="es", alias="LanguageCode")


class _Alternative(_Open):
    content: str
    confidence: float | None = None


class _Item(_Open):
    type: str = "pronunciation"
    start_time: Seconds = None
    end_time: Seconds = None
    alternatives: tuple[_Alternative, ...] = Field(min_length=1)
    speaker_label: str | None = None
    channel_label: str | None = None


class _Channel(_Open):
    channel_label: str
    items: tuple[_Item, ...] = ()


class _Channels(_Open):
    channels: tuple[_Channel, ...] = ()


class _Results(_Open):
    items: tuple[_Item, ...] = ()
    channel_labels: _Channels | None = None
    language_code: str = "es"


class _Job(_Open):
    results: _Results


def read(path: Path, recording: Recording | None = None) -> Transcript:
    raw = parsed(text_of(path), path.name)
    recording = recording or Recording(path.stem)
    if not isinstance(raw, dict) or not {"Transcript", "results"} & raw.keys():
        raise TranscriptError(
            f"{path.name}: no es JSON de Amazon Transcribe: faltan «results» y «Transcript»."
        )
    try:
        if "Transcript" in raw:
            return _from_lens(_Lens.model_validate(raw), recording)
        return _from_job(_Job.model_validate(raw), recording)
    except ValidationError as error:
        place = ".".join(str(p) for p in error.errors()[0]["loc"])
        raise TranscriptError(
            f"{path.name}: no es JSON de Amazon Transcribe: revise «{place}» y vuelva a exportarlo."
        ) from error


def write(transcript: Transcript) -> str:
    """Contact Lens form; words become its items."""
    turns = [_lens_turn(turn, index) for index, turn in enumerate(transcript.turns)]
    return (
        json.dumps({"LanguageCode": transcript.language, "Transcript": turns}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _from_lens(lens: _Lens, recording: Recording) -> Transcript:
    roles = {p.id: p.role for p in lens.participants}
    labels = [turn.role or roles.get(turn.participant or "", turn.participant) for turn in lens.turns]
    turns = tuple(
        Turn("unknown", " ".join(turn.content.split()), _s(turn.start_ms), _s(turn.end_ms), _lens_words(turn))
        for turn in lens.turns
    )
    return with_roles(
        Transcript(recording, turns, _language(lens.language), Engine("import", "contact-lens")), labels
    )


def _lens_words(turn: _LensTurn) -> tuple[Word, ...]:
    return tuple(
        Word(item.start_ms / 1000, item.end_ms / 1000, item.content, min(1.0, max(0.0, item.confidence)))
        for item in turn.items
        if item.start_ms is not None and item.end_ms is not None
    )


def _lens_turn(turn: Turn, index: int) -> dict[str, Any]:
    role = {"agent": "AGENT", "debtor": "CUSTOMER"}.get(turn.speaker, turn.speaker.upper())
    out: dict[str, Any] = {"Id": str(index), "ParticipantRole": role, "Content": turn.text}
    if turn.start_s is not None and turn.end_s is not None:
        out |= {"BeginOffsetMillis": _ms(turn.start_s), "EndOffsetMillis": _ms(turn.end_s)}
    out["Items"] = [
        {
            "Content": w.text,
            "BeginOffsetMillis": _ms(w.start_s),
            "EndOffsetMillis": _ms(w.end_s),
            "Confidence": w.confidence,
        }
        for w in turn.words
    ]
    return out


def _from_job(job: _Job, recording: Recording) -> Transcript:
    items = _items(job.results)
    turns: list[Turn] = []
    labels: list[str | None] = []
    for item, channel in items:
        label, word = item.speaker_label or channel, item.alternatives[0]
        if item.start_time is None or item.end_time is None:  # punctuation hangs on the word before
            if turns:
                turns[-1] = _joined(turns[-1], word.content, glue="")
            continue
        spoken = Word(item.start_time, item.end_time, word.content, _share(word.confidence))
        if turns and labels[-1] == label and item.start_time - (turns[-1].end_s or 0.0) < _NEW_TURN_S:
            turns[-1] = _joined(turns[-1], word.content, glue=" ", word=spoken)
        else:
            turns.append(Turn("unknown", word.content, item.start_time, item.end_time, (spoken,)))
            labels.append(label)
    transcript = Transcript(
        recording, tuple(turns), _language(job.results.language_code), Engine("import", "transcribe")
    )
    return with_roles(transcript, labels)


def _items(results: _Results) -> list[tuple[_Item, str | None]]:
    """Items with their channel, in the order in which they were spoken; a mark stays behind its word."""
    if results.channel_labels is None or not results.channel_labels.channels:
        return [(item, item.channel_label) for item in results.items]
    timed: list[tuple[float, int, int, _Item, str | None]] = []
    for number, channel in enumerate(results.channel_labels.channels):
        at = 0.0
        for place, item in enumerate(channel.items):
            at = item.start_time if item.start_time is not None else at
            timed.append((at, number, place, item, channel.channel_label))
    return [(item, label) for _, _, _, item, label in sorted(timed, key=lambda t: t[:3])]


def _joined(turn: Turn, content: str, *, glue: str, word: Word | None = None) -> Turn:
    words = (*turn.words, word) if word else turn.words
    return Turn(
        "unknown", turn.text + glue + content, turn.start_s, word.end_s if word else turn.end_s, words
    )


def _share(confidence: float | None) -> float:
    return 1.0 if confidence is None else min(1.0, max(0.0, confidence))


def _language(code: str) -> str:
    return code.split("-")[0] or "es"


def _s(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
