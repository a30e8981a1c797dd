"""The complaint file of one account: a ZIP with a PDF on top, readable without Temple.

Each part's SHA-256 stands in its manifest, so that nobody can change one unseen.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from coach import as_said, audit, discreet, peaks
from coach.account_file import AccountFile, FiledCall, account_file
from coach.exporters.account_pdf import account_pdf
from coach.review_steps import Step
from coach.settings import Settings
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS, csv_text
from coach.types import CoachError
from coach.viewers import Viewer
from coach.written import Language
from rubrics.types import Rule, Verdict
from transcripts.formats import call_jsonl, labelled_text
from transcripts.types import Recording, Transcript

_PIECE = 1 << 20


def account_zip(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    account: str,
    out: IO[bytes],
    *,
    with_audio: bool = False,
    language: Language = "es",
) -> AccountFile:
    """Write the file into `out`; every call in it gets an entry in the log. CoachError as `account_file`."""
    held = account_file(store, settings, viewer, account)
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        parts = {"expediente.pdf": account_pdf(held, language, today=date.today())} | dict(_parts(held))
        for name, content in parts.items():
            book.writestr(name, content)
            sums.append((hashlib.sha256(content).hexdigest(), name))
        if with_audio:
            sums += _recordings(store, book, held)
        book.writestr("SHA256SUMS.txt", "".join(f"{digest}  {name}\n" for digest, name in sums))
    with store.writing() as connection:
        for one in held.calls:
            audit.record(connection, viewer, "export", f"call:{one.call.id}", format="zip", audio=with_audio)
        # the log outlives the person: the account is not named in it, its calls are, until they are erased
        audit.record(connection, viewer, "export", "account", rows=len(held.calls))
    return held


def _parts(held: AccountFile) -> Iterator[tuple[str, bytes]]:
    clean = [
        _outside(discreet.without_numbers(one.call.transcript, one.call.findings.promise))
        for one in held.calls
    ]
    for at, transcript in enumerate(clean, 1):
        yield f"transcripciones/{at:03}.txt", labelled_text.write(transcript).encode()
    yield "transcripciones.jsonl", "".join(call_jsonl.write(one).rstrip() + "\n" for one in clean).encode()
    yield "veredictos.jsonl", _lines(_verdicts(one) for one in held.calls)
    yield "revisiones.jsonl", _lines(_step(one, each) for one in held.calls for each in one.steps)
    yield "apelaciones.jsonl", _lines(_dispute(one, each) for one in held.calls for each in one.disputes)
    yield "llamadas.csv", _calls(held)
    yield "contactos.csv", _contacts(held)
    yield "accesos.csv", _accesses(held)


def _outside(transcript: Transcript) -> Transcript:
    """Without what is of this machine alone: the folder of the sound and how its hearing was set."""
    recording = replace(transcript.recording, audio=None)
    return replace(transcript, recording=recording, engine=replace(transcript.engine, options=()))


def _lines(items: Iterator[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(one, ensure_ascii=False, default=str)}\n" for one in items).encode()


def _verdicts(filed: FiledCall) -> dict[str, Any]:
    call, now = filed.call, filed.now
    verdicts = now.verdicts | now.pack_verdicts
    quoted = discreet.numberless_quotes(call)
    engine, promise = call.transcript.engine, as_said.promised(call)

    def told(verdict: Verdict) -> dict[str, Any]:
        return {
            "outcome": verdict.outcome,
            "needs_review": verdict.needs_review,
            "reason": discreet.numberless_text(verdict.told, call.transcript.recording),
            "evidence": [{"turn": quote.turn, "text": quoted(quote)} for quote in verdict.evidence],
        }

    return {
        "id": call.id, "points": now.points, "void": now.void, "confirmed": sorted(now.confirmed),
        "to_confirm": sorted(now.to_confirm),
        "made_by": {
            "engine": engine.name, "model": engine.model, "engine_version": engine.version,
            "nlp": filed.nlp_version, "rubric": call.scorecard.rubric, "pack": call.scorecard.pack,
        },
        "promise": {
            "amount": promise.amount, "currency": promise.currency, "date": promise.date,
            "needs_review": as_said.unsure(call),
        } if promise else None,
        "verdicts": {
            one.id: {"label": one.label, **told(verdicts[one.id]), **_source(one)} for one in filed.criteria
        },
    }  # fmt: skip


def _source(one: object) -> dict[str, Any]:
    """A country's rule is nothing without its source; how certain one is whose text is lost nobody knows."""
    if not isinstance(one, Rule):
        return {}
    return {"source": one.source, "certainty": None if one.reviewed_on == date.min else one.certainty}


def _step(filed: FiledCall, step: Step) -> dict[str, Any]:
    """What one person said: an authority reads it as signed by them."""
    review, recording = step.said, filed.call.transcript.recording
    return {
        "id": filed.call.id, "reviewer": review.reviewer, "reviewed_at": review.reviewed_at,
        "kind": step.kind, "blind": step.blind,
        "notes": discreet.numberless_text(review.notes, recording),
        "overrides": [
            {**asdict(one), "reason": discreet.numberless_text(one.reason, recording)}
            for one in review.overrides
        ],
        "relabels": [asdict(one) for one in review.relabels],
        "promise": asdict(review.promise) if review.promise else None,
    }  # fmt: skip


def _dispute(filed: FiledCall, one: Any) -> dict[str, Any]:
    recording = filed.call.transcript.recording
    return {
        "call": filed.call.id, "criterion": one.criterion, "opened_at": one.opened_at, "state": one.state,
        "reason": discreet.numberless_text(one.reason, recording), "decided_at": one.decided_at,
        "outcome": one.outcome, "decision": discreet.numberless_text(one.decision, recording),
        "decided_by": one.decided_by,
    }  # fmt: skip


def _calls(held: AccountFile) -> bytes:
    head = ("n", "llamada", "fecha", "agente", "titular", "cartera", "tipificación", "duración (s)", "puntos")
    rows: list[tuple[object, ...]] = []
    for at, one in enumerate(held.calls, 1):
        r = one.call.transcript.recording
        rows.append((at, *_told(r), one.now.points))
    for r in held.unjudged:
        rows.append((None, *_told(r), None))
    return csv_text(head, rows).encode(FOR_SPREADSHEETS)


def _told(r: Recording) -> tuple[object, ...]:
    who = r.agent or r.agent_login
    return r.id, r.call_started_at, who, r.debtor_name, r.portfolio, r.disposition, r.duration_s


def _contacts(held: AccountFile) -> bytes:
    """The contact log as the collection system told it with each call."""
    head = ("llamada", "fecha", "canal", "se habló", "lo inició el titular")
    rows = [
        (one.call.id, each.at, each.channel, each.talked, each.by_debtor)
        for one in held.calls
        for each in one.call.transcript.recording.facts.contacts or ()
    ]
    return csv_text(head, rows).encode(FOR_SPREADSHEETS)


def _accesses(held: AccountFile) -> bytes:
    return audit.as_csv(held.accesses).encode(FOR_SPREADSHEETS)


def _recordings(store: Store, book: zipfile.ZipFile, held: AccountFile) -> Iterator[tuple[str, str]]:
    """The sound as it came, piece by piece; a call without any is left out and stays without."""
    every = [*(one.call.id for one in held.calls), *(one.id for one in held.unjudged)]
    for at, recording_id in enumerate(every, 1):
        try:
            path = peaks.sound(store.recording(recording_id))
        except CoachError:
            continue
        name = f"audio/{at:03}{path.suffix.lower()}"
        yield _copied(path, book, name), name


def _copied(path: Path, book: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, book.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()
