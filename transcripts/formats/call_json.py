"""Our own JSON: one call with its facts and turns; the machine interface's call line is its short form.

`{"id","call_date","agent","company","debtor_name","country","turns":[{"speaker","start","end","text"}]}`,
with any further fact of a recording (beside the others or in an object `facts`), words, trust and engine
where they are known. A null is as good as nothing; unknown keys are told once and left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from transcripts.facts.types import CASE_FACTS
from transcripts.facts.values import amount_text
from transcripts.formats.call_model import CallModel, TrustModel, TurnModel, complaint, split
from transcripts.formats.files import parsed, text_of
from transcripts.formats.roles import SIDES_MAYBE_SWAPPED
from transcripts.types import (
    CaseFacts,
    Cover,
    Engine,
    Notice,
    Part,
    Recording,
    Stretch,
    Transcript,
    TranscriptError,
    Trust,
    Turn,
    Word,
)

_MOST_UNKNOWN = 0.1  # share of turns without a speaker above which the roles of a call are not sure


def read(path: Path, recording: Recording | None = None) -> Transcript:
    """The call of a JSON file. What `recording` knows wins over what the file says."""
    return call_of(parsed(text_of(path), path.name), path.name, recording)


def write(transcript: Transcript) -> str:
    """The whole of a transcript; `read` gives it back as it was."""
    return json.dumps(as_dict(transcript), ensure_ascii=False, indent=1) + "\n"


def call_of(
    raw: Any, where: str, recording: Recording | None = None, told: set[str] | None = None
) -> Transcript:
    """The transcript of one parsed call. `where` opens messages, `told` holds unknown keys already spoken
    of.
    """
    if not isinstance(raw, dict):
        raise TranscriptError(f"{where}: se esperaba una llamada ({{«id», «turns», …}}). Revise el archivo.")
    known, unknown = split(raw)
    if recording is not None:
        known.setdefault("id", recording.id)
    try:
        call = CallModel.model_validate(known)
    except ValidationError as error:
        raise TranscriptError(f"{where}: {complaint(error)}") from error
    transcript = _transcript(call)
    if backwards := sum(map(_backwards, call.turns)):
        text = f"Turnos cuyo final es menor que su comienzo, y cuyos tiempos por eso no se usan: {backwards}."
        transcript = _with(transcript, Notice("times_backwards", text))
    new = sorted(unknown - (told if told is not None else set()))
    if told is not None:
        told |= unknown
    if new:
        text = f"Se pasaron por alto claves que Temple no conoce: {', '.join(new)}."
        transcript = _with(transcript, Notice("unknown_keys", text))
    return replace(transcript, recording=over(transcript.recording, recording)) if recording else transcript


def _with(transcript: Transcript, notice: Notice) -> Transcript:
    notices = (*transcript.trust.notices, notice)
    return replace(transcript, trust=replace(transcript.trust, notices=notices))


def over(base: Recording, recording: Recording) -> Recording:
    """`base` with everything that `recording` knows."""
    told = {k: getattr(recording.facts, k) for k in CASE_FACTS}
    facts = {k: v for k, v in told.items() if v is not None}
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
    out |= {f.name: getattr(recording.facts, f.name) for f in fields(CaseFacts) if f.name != "contacts"}
    amount = recording.facts.amount_due
    out["amount_due"] = amount_text(amount) if amount is not None else None
    out["due_date"] = recording.facts.due_date.isoformat() if recording.facts.due_date else None
    out["audio"] = recording.audio.as_posix() if recording.audio else None
    out |= {"demo": recording.demo or None, "language": transcript.language}
    out = {key: value for key, value in out.items() if value is not None}
    if recording.facts.authorized_offers is not None:  # an empty list or log is knowledge too
        out["authorized_offers"] = list(recording.facts.authorized_offers)
    if recording.facts.contacts is not None:
        out["contacts"] = [asdict(one) | {"at": one.at.isoformat()} for one in recording.facts.contacts]
    if transcript.engine != Engine("import"):
        out["engine"] = asdict(transcript.engine)
    if transcript.trust != Trust():
        out["trust"] = _trust_dict(transcript.trust)
    if transcript.parts:
        out["parts"] = [_part_dict(part) for part in transcript.parts]
    if transcript.covers:
        out["covers"] = [asdict(cover) for cover in transcript.covers]
    return out | {"turns": [_turn_dict(turn) for turn in transcript.turns]}


def _transcript(call: CallModel) -> Transcript:
    unknown = sum(turn.speaker == "unknown" for turn in call.turns)
    trust = call.trust or TrustModel(sure_speakers=unknown <= _MOST_UNKNOWN * len(call.turns))
    facts = CaseFacts(**{name: getattr(call, name) for name in CASE_FACTS - {"contacts"}})
    if call.contacts is not None:
        facts = replace(facts, contacts=tuple(logged.contact() for logged in call.contacts))
    names = [f.name for f in fields(Recording) if f.name not in ("facts", "call_started_at")]
    recording = Recording(
        **{name: getattr(call, name) for name in names},
        call_started_at=call.call_started_at or call.call_date,
        facts=facts,
    )
    parts = tuple(Part(p.recording_id, p.number, p.turn, p.start, p.agent, p.agent_login) for p in call.parts)
    turns = tuple(_turn(turn) for turn in call.turns)
    covers = tuple(
        Cover(c.turn, c.start, c.end, c.kind)
        for c in call.covers
        if c.turn < len(turns) and c.start < c.end <= len(turns[c.turn].text)
    )
    return Transcript(recording, turns, call.language, _engine(call), _trust(trust), parts, covers)


def _turn(turn: TurnModel) -> Turn:
    """Times that run backwards are as good as none."""
    words = tuple(Word(w.start, w.end, w.text, w.confidence) for w in turn.words)
    backwards = _backwards(turn)
    return Turn(
        turn.speaker,
        turn.text,
        None if backwards else turn.start,
        None if backwards else turn.end,
        words,
        turn.channel,
        turn.speaker_confidence,
        turn.doubt,
    )


def _backwards(turn: TurnModel) -> bool:
    return turn.start is not None and turn.end is not None and turn.end < turn.start


def _engine(call: CallModel) -> Engine:
    return Engine(**call.engine.model_dump())


def _trust(trust: TrustModel) -> Trust:
    plain = trust.model_dump(exclude={"stretches", "notices"})
    if any(n["code"] == SIDES_MAYBE_SWAPPED for n in trust.notices):
        plain["sure_speakers"] = False  # nobody has said yet which channel is whose
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


def _part_dict(part: Part) -> dict[str, Any]:
    out = asdict(part)
    return {"start": out.pop("start_s"), **{key: value for key, value in out.items() if value is not None}}


def _trust_dict(trust: Trust) -> dict[str, Any]:
    out = {f.name: getattr(trust, f.name) for f in fields(Trust) if f.name not in ("stretches", "notices")}
    stretches: Iterable[Stretch] = trust.stretches
    out["stretches"] = [
        {"kind": s.kind, "start": s.start_s, "end": s.end_s, "channel": s.channel, "text": s.text}
        for s in stretches
    ]
    out["notices"] = [asdict(notice) for notice in trust.notices]
    return out
