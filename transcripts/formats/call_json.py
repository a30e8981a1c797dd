"""Our own JSON: one call with its facts and turns; the machine interface's call line is its short form.

`{"id","call_date","agent","company","debtor_name","country","turns":[{"speaker","start","end","text"}]}`, with any further
fact of a recording, words, trust and engine where they are known. Unknown keys are told once and left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from transcripts.formats.files import parsed, text_of
from transcripts.formats.roles import role_of
from transcripts.types import (
    CaseFacts,
    Engine,
    Notice,
    Recording,
    Speaker,
    Stretch,
    StretchKind,
    Transcript,
    TranscriptError,
    Trust,
    Turn,
    Word,
)

_Seconds = Field(default=None, ge=0, le=1_000_000)


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Word(_Closed):
    start: float = Field(ge=0)
    end: float = Field(ge=0)
    text: str
    confidence: float = Field(default=1.0, ge=0, le=1)


class _Turn(_Closed):
    speaker: Speaker = "unknown"
    text: str
    start: float | None = _Seconds
    end: float | None = _Seconds
    words: tuple[_Word, ...] = ()
    channel: int | None = None
    speaker_confidence: float | None = Field(default=None, ge=0, le=1)
    doubt: StretchKind | None = None

    @field_validator("speaker", mode="before")
    @classmethod
    def _spanish_too(cls, value: object) -> object:
        """«agente», «cliente»: the roles by their Spanish names."""
        return (role_of(value) or value) if isinstance(value, str) and len(value) > 1 else value


class _Stretch(_Closed):
    kind: StretchKind
    start: float
    end: float
    channel: int | None = None
    text: str = ""


class _Trust(_Closed):
    channels: int = 0
    speech_s: float = 0.0
    unheard_s: float = 0.0
    damaged: bool = False
    dual_mono: bool = False
    starts_late: bool | None = None
    ends_cut: bool | None = None
    sure_speakers: bool = True
    stretches: tuple[_Stretch, ...] = ()
    notices: tuple[dict[Literal["code", "text"], str], ...] = ()


class _Engine(_Closed):
    name: str = "import"
    model: str = ""
    version: str = ""
    options: tuple[tuple[str, str], ...] = ()
    demo: bool = False


class _Call(_Closed):
    id: str = Field(min_length=1, max_length=500)
    turns: tuple[_Turn, ...]
    call_date: date | None = None
    call_started_at: datetime | date | None = None
    agent: str | None = None
    agent_login: str | None = None
    company: str | None = None
    debtor_name: str | None = None
    country: str | None = None
    direction: Literal["inbound", "outbound"] | None = None
    campaign: str | None = None
    portfolio: str | None = None
    account: str | None = None
    call_type: str | None = None
    disposition: str | None = None
    amount_due: Decimal | None = None
    currency: str | None = None
    days_late: int | None = None
    product: str | None = None
    creditor: str | None = None
    authorized_offers: tuple[str, ...] = ()
    audio: Path | None = None
    duration_s: float | None = Field(default=None, ge=0)
    source: str | None = None
    demo: bool = False
    language: str = "es"
    engine: _Engine = _Engine()
    trust: _Trust | None = None

    @field_validator("id", "account", "agent_login", mode="before")
    @classmethod
    def _numbers_too(cls, value: object) -> object:
        """Ids that a system writes as numbers."""
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("country")
    @classmethod
    def _capitals(cls, value: str | None) -> str | None:
        return value.strip().upper() or None if value is not None else None


_TURN_KEYS, _CALL_KEYS = frozenset(_Turn.model_fields), frozenset(_Call.model_fields)
_FACTS = frozenset(field.name for field in fields(CaseFacts))


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The call of a JSON file. What `recording` knows wins over what the file says."""
    return call_of(parsed(text_of(path), path.name), path.name, recording)


def write(transcript: Transcript) -> str:
    """The whole of a transcript; `read` gives it back as it was."""
    return json.dumps(as_dict(transcript), ensure_ascii=False, indent=1) + "\n"


def call_of(
    raw: Any, where: str, recording: Recording | None = None, told: set[str] | None = None
) -> Transcript:
    """The transcript of one parsed call. `where` opens messages; `told` holds the unknown keys already spoken of."""
    if not isinstance(raw, dict):
        raise TranscriptError(f"{where}: se esperaba una llamada ({{«id», «turns», …}}). Revise el archivo.")
    known, unknown = _split(raw)
    if recording is not None:
        known.setdefault("id", recording.id)
    try:
        call = _Call.model_validate(known)
    except ValidationError as error:
        raise TranscriptError(f"{where}: {_complaint(error)}") from error
    transcript = _transcript(call)
    new = sorted(unknown - (told if told is not None else set()))
    if told is not None:
        told |= unknown
    if new:
        text = f"Se pasaron por alto claves que Temple no conoce: {', '.join(new)}."
        notices = (*transcript.trust.notices, Notice("unknown_keys", text))
        transcript = replace(transcript, trust=replace(transcript.trust, notices=notices))
    return replace(transcript, recording=over(transcript.recording, recording)) if recording else transcript


def over(base: Recording, recording: Recording) -> Recording:
    """`base` with everything that `recording` knows."""
    facts = {k: v for k in _FACTS if (v := getattr(recording.facts, k)) not in (None, ())}
    plain = {
        f.name: v
        for f in fields(Recording)
        if f.name != "facts" and (v := getattr(recording, f.name)) is not None
    }
    plain["demo"] = recording.demo or base.demo
    return replace(base, **plain, facts=replace(base.facts, **facts))


def as_dict(transcript: Transcript) -> dict[str, Any]:
    """The JSON shape of a transcript; facts that are not known are left out."""
    recording = transcript.recording
    started = recording.call_started_at
    out: dict[str, Any] = {"id": recording.id}
    if recording.call_date is not None:
        out["call_date"] = recording.call_date.isoformat()
    if isinstance(started, datetime):
        out["call_started_at"] = started.isoformat()
    skip = {"id", "call_started_at", "facts", "audio", "demo"}
    out |= {f.name: getattr(recording, f.name) for f in fields(Recording) if f.name not in skip}
    out |= {name: getattr(recording.facts, name) for name in (f.name for f in fields(CaseFacts))}
    amount = recording.facts.amount_due
    out["amount_due"] = str(amount) if amount is not None else None
    out["authorized_offers"] = list(recording.facts.authorized_offers)
    out["audio"] = recording.audio.as_posix() if recording.audio else None
    out |= {"demo": recording.demo, "language": transcript.language}
    out = {key: value for key, value in out.items() if value not in (None, [], False)}
    if transcript.engine != Engine("import"):
        out["engine"] = asdict(transcript.engine)
    if transcript.trust != Trust():
        out["trust"] = _trust_dict(transcript.trust)
    return out | {"turns": [_turn_dict(turn) for turn in transcript.turns]}


def _split(raw: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The keys that a call and its turns may have, and the names of the others."""
    unknown = {str(key) for key in raw.keys() - _CALL_KEYS}
    known = {key: value for key, value in raw.items() if key in _CALL_KEYS}
    turns = known.get("turns")
    if isinstance(turns, list):
        for turn in turns:
            if isinstance(turn, dict):
                unknown |= {f"turns.{key}" for key in turn.keys() - _TURN_KEYS}
        known["turns"] = [
            {k: v for k, v in turn.items() if k in _TURN_KEYS} if isinstance(turn, dict) else turn
            for turn in turns
        ]
    return known, unknown


_WHAT = {
    "missing": "falta",
    "string_type": "no es texto:",
    "literal_error": "tiene un valor que no existe:",
    "float_type": "no es un número:",
    "float_parsing": "no es un número:",
    "tuple_type": "no es una lista:",
    "greater_than_equal": "es menor que lo posible:",
    "finite_number": "no es un número:",
    "date_from_datetime_parsing": "no es una fecha AAAA-MM-DD:",
    "date_parsing": "no es una fecha AAAA-MM-DD:",
    "model_type": "no es un objeto:",
    "extra_forbidden": "no existe:",
}


def _complaint(error: ValidationError) -> str:
    """The first mistake as a sentence: which turn, which key, what it holds, what may stand there."""
    first = error.errors()[0]
    place = [str(p) for p in first["loc"]]
    turn = f"turno {place[1]}: " if place[0] == "turns" and len(place) > 1 else ""
    key = place[-1] if not place[-1].isdigit() else place[0]
    what = _WHAT.get(first["type"], "no sirve:")
    value = "" if first["type"] == "missing" else f" {str(first['input'])[:40]!r}"
    more = f" Hay {error.error_count() - 1} errores más." if error.error_count() > 1 else ""
    advice = "Use agent, debtor, other o unknown." if key == "speaker" else "Corríjalo y vuelva a intentarlo."
    return f"{turn}«{key}» {what}{value}. {advice}{more}"


def _transcript(call: _Call) -> Transcript:
    trust = call.trust or _Trust(sure_speakers=all(turn.speaker != "unknown" for turn in call.turns))
    facts = CaseFacts(**{name: getattr(call, name) for name in _FACTS})
    names = [f.name for f in fields(Recording) if f.name not in ("facts", "call_started_at")]
    recording = Recording(
        **{name: getattr(call, name) for name in names},
        call_started_at=call.call_started_at or call.call_date,
        facts=facts,
    )
    return Transcript(
        recording, tuple(_turn(turn) for turn in call.turns), call.language, _engine(call), _trust(trust)
    )


def _turn(turn: _Turn) -> Turn:
    words = tuple(Word(w.start, w.end, w.text, w.confidence) for w in turn.words)
    return Turn(
        turn.speaker,
        turn.text,
        turn.start,
        turn.end,
        words,
        turn.channel,
        turn.speaker_confidence,
        turn.doubt,
    )


def _engine(call: _Call) -> Engine:
    return Engine(**call.engine.model_dump())


def _trust(trust: _Trust) -> Trust:
    plain = trust.model_dump(exclude={"stretches", "notices"})
    stretches = tuple(Stretch(s.kind, s.start, s.end, s.channel, s.text) for s in trust.stretches)
    return Trust(
        **plain, stretches=stretches, notices=tuple(Notice(n["code"], n["text"]) for n in trust.notices)
    )


def _turn_dict(turn: Turn) -> dict[str, Any]:
    out: dict[str, Any] = {
        "speaker": turn.speaker,
        "start": turn.start_s,
        "end": turn.end_s,
        "text": turn.text,
    }
    more = {"channel": turn.channel, "speaker_confidence": turn.speaker_confidence, "doubt": turn.doubt}
    out |= {key: value for key, value in more.items() if value is not None}
    if turn.words:
        out["words"] = [
            {"start": w.start_s, "end": w.end_s, "text": w.text, "confidence": w.confidence}
            for w in turn.words
        ]
    return out


def _trust_dict(trust: Trust) -> dict[str, Any]:
    out = {f.name: getattr(trust, f.name) for f in fields(Trust) if f.name not in ("stretches", "notices")}
    stretches: Iterable[Stretch] = trust.stretches
    out["stretches"] = [
        {"kind": s.kind, "start": s.start_s, "end": s.end_s, "channel": s.channel, "text": s.text}
        for s in stretches
    ]
    out["notices"] = [asdict(notice) for notice in trust.notices]
    return out
