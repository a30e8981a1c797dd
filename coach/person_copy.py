"""All that is kept about one person, by the account, as a ZIP that anybody can read: an index, and a folder
for each call with what was said, how it was judged, who looked at it, and the sound.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from coach import audit, owners
from coach.cli_show import points
from coach.exporters.words import word
from coach.named_calls import no_calls
from coach.person_erase import calls_of
from coach.schema import findings
from coach.schema_month import payments, promises, unread_payments
from coach.schema_people import audit as log
from coach.schema_work import comments
from coach.settings import Settings
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS, csv_text
from coach.types import Call, CoachError
from coach.viewers import Viewer
from coach.whole_files import whole_file
from coach.wiping import gone_at
from coach.words import forms_for, stands
from rubrics.settled import Settled
from rubrics.types import Verdict
from transcripts.types import Recording, Transcript

SPEAKERS = {"agent": "Agente", "debtor": "Titular", "other": "Otra persona", "unknown": "Sin identificar"}
OUTCOMES = {"pass": "cumple", "fail": "no cumple", "na": "no aplica"}


def copy(store: Store, settings: Settings, viewer: Viewer, account: str, out: Path) -> int:
    """Write the copy to `out`; gives how many calls are in it. CoachError where nothing is known.

    The file appears when it is whole, readable by its owner only.
    """
    viewer.require("administer")
    account = account.strip()
    with store.reading() as connection:
        ids = calls_of(connection, account)
        tables = _tables(connection, account)
        if not account or not (ids or tables):
            raise no_calls(connection, account)
    with whole_file(out, private=True) as aside, aside.open("wb") as file:
        _write(file, store, settings, account, ids, tables)
    audit.note(store, viewer, "person.copy", "person", calls=len(ids))
    return len(ids)


def _tables(connection: Connection, account: str) -> dict[str, str]:
    """Files on the account beside its calls, those that are not empty: what was paid, and of which days it is
    spoken of in lines of payments that nobody could read.
    """
    p, u = payments.c, unread_payments.c
    paid = select(p.paid_on, p.amount, p.currency, p.reference).where(p.account == account)
    unread = select(u.first_on, u.last_on).where(u.account == account)
    told = {
        "pagos.csv": (("fecha", "monto", "moneda", "referencia"), paid.order_by(p.paid_on)),
        "pagos-sin-leer.csv": (("desde", "hasta"), unread.order_by(u.first_on, u.last_on)),
    }
    read = {
        name: (header, [tuple(row) for row in connection.execute(query)])
        for name, (header, query) in told.items()
    }
    return {name: csv_text(header, rows) for name, (header, rows) in read.items() if rows}


def _write(
    file: object, store: Store, settings: Settings, account: str, ids: tuple[str, ...], tables: dict[str, str]
) -> None:
    index = [
        f"Copia de los datos de la cuenta {account}", f"Llamadas: {len(ids)}", "",
        "De cada llamada hay una carpeta con: datos.txt, transcripcion.txt, evaluacion.txt, accesos.csv",
        "(quién la abrió, oyó o exportó) y el audio, si se conserva. pagos.csv: pagos registrados; "
        "pagos-sin-leer.csv: días de los que hay líneas de pagos de la cuenta que no se leyeron.", "",
    ]  # fmt: skip
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for number, recording_id in enumerate(ids, 1):
            recording = store.recording(recording_id)
            folder = f"llamada-{number:03d}"
            day = recording.call_date.isoformat() if recording.call_date else "sin fecha"
            index.append(f"{folder}  {day}  id {recording_id}")
            for name, text in _texts(store, settings, recording).items():
                archive.writestr(f"{folder}/{name}", text)
            if recording.audio is not None and recording.audio.is_file():
                archive.write(recording.audio, f"{folder}/audio{recording.audio.suffix}", zipfile.ZIP_STORED)
        for name, text in tables.items():
            archive.writestr(name, text.encode(FOR_SPREADSHEETS))
        archive.writestr("indice.txt", "\n".join(index) + "\n")


def _texts(store: Store, settings: Settings, recording: Recording) -> dict[str, str | bytes]:
    out: dict[str, str | bytes] = {
        "datos.txt": _facts(store, recording),
        "accesos.csv": _accesses(store, recording.id),
    }
    transcript = store.transcript(recording.id)
    if transcript is not None:
        out["transcripcion.txt"] = _said(transcript)
        try:
            out["evaluacion.txt"] = _judged(store, settings, store.call(recording.id))
        except CoachError:  # heard, not judged yet
            out["evaluacion.txt"] = "Esta llamada todavía no está evaluada.\n"
    return out


def _facts(store: Store, recording: Recording) -> str:
    facts = recording.facts
    who = owners.with_agent(store, recording).agent or recording.agent_login
    told = {
        "Id": recording.id, "Inicio": recording.call_started_at, "Titular": recording.debtor_name,
        "Cuenta": recording.account, "País": recording.country, "Empresa": recording.company,
        "Agente": who, "Campaña": recording.campaign, "Cartera": recording.portfolio,
        "Resultado": recording.disposition, "Duración (s)": recording.duration_s,
        "Origen": recording.source, "Saldo": facts.amount_due, "Moneda": facts.currency,
        "Días de mora": facts.days_late, "Producto": facts.product, "Acreedor": facts.creditor,
        "Vencimiento": facts.due_date,
    }  # fmt: skip
    lines = [f"{name}: {value}" for name, value in told.items() if value not in (None, "")]
    for contact in facts.contacts or ():
        lines.append(f"Contacto anterior: {contact.at.isoformat()} ({contact.channel})")
    if at := gone_at(store, recording.id, "audio"):
        lines.append(f"Grabación borrada el {at:%Y-%m-%d}.")
    if at := gone_at(store, recording.id, "words"):
        lines.append(f"Transcripción borrada el {at:%Y-%m-%d}.")
    lines += _promised(store, recording.id)
    return "\n".join(lines) + "\n"


def _promised(store: Store, recording_id: str) -> list[str]:
    """What was promised, as it was understood last: former findings keep their rows."""
    p = promises.c
    current = promises.join(findings, findings.c.id == p.findings_id)
    query = select(p.amount, p.currency, p.due_on, p.firm).select_from(current).where(~p.withdrawn)
    out = []
    with store.reading() as connection:
        for row in connection.execute(query.where(p.recording_id == recording_id, findings.c.current)):
            amount = (
                "sin monto acordado" if row.amount is None else f"{row.amount} {row.currency or ''}".strip()
            )
            day = f"para el {row.due_on}" if row.due_on else "sin fecha acordada"
            whole = row.amount is not None and row.due_on is not None
            unsure = f", {word('promise_unsure', 'es')}" if whole and not row.firm else ""
            out.append(f"Promesa de pago: {amount}, {day}{unsure}")
    return out


def _said(transcript: Transcript) -> str:
    lines = []
    for turn in transcript.turns:
        at = "" if turn.start_s is None else f"[{int(turn.start_s) // 60:02d}:{int(turn.start_s) % 60:02d}] "
        lines.append(f"{at}{SPEAKERS[turn.speaker]}: {turn.text}")
    return "\n".join(lines) + "\n"


def _judged(store: Store, settings: Settings, call: Call) -> str:
    """Where the call stands, as its scorecard shows it: people's words, doubts, what is to confirm."""
    form, pack = forms_for(call, settings)
    now = stands(store, settings, call)
    labels = {one.id: one.label for one in (*form.criteria, *(pack.rules if pack else ()))}
    lines = [points(call, now), ""]
    for name, verdict in (now.verdicts | now.pack_verdicts).items():
        lines.append(f"{labels.get(name, name)}: {_outcome(now, name, verdict)}. {verdict.told}".rstrip())
        lines += [f"    «{quote.text}» (turno {quote.turn + 1})" for quote in verdict.evidence]
    if call.review is not None:
        lines += ["", f"Revisada por una persona el {call.review.reviewed_at:%Y-%m-%d}."]
        lines += [f"    {call.review.notes}"] if call.review.notes else []
    c = comments.c
    query = select(c.at, c.text).where(c.recording_id == call.id, c.deleted_at.is_(None)).order_by(c.at)
    with store.reading() as connection:
        lines += [f"Comentario del {at:%Y-%m-%d}: {text}" for at, text in connection.execute(query)]
    return "\n".join(lines) + "\n"


def _outcome(now: Settled, name: str, verdict: Verdict) -> str:
    if name in now.to_confirm:
        return "posible falta crítica, por confirmar por una persona"
    said = OUTCOMES[verdict.outcome]
    if name in now.confirmed:
        return f"{said}; falta crítica confirmada por una persona"
    return f"por revisar por una persona (por ahora: {said})" if verdict.needs_review else said


def _accesses(store: Store, recording_id: str) -> bytes:
    query = select(log.c.at, log.c.login, log.c.action).where(log.c.subject == f"call:{recording_id}")
    with store.reading() as connection:
        rows: list[tuple[datetime, str, str]] = [
            (row.at, row.login, row.action) for row in connection.execute(query.order_by(log.c.at, log.c.id))
        ]
    told = ((f"{at:%Y-%m-%d %H:%M:%S}", login or "terminal", action) for at, login, action in rows)
    return csv_text(("fecha_utc", "usuario", "accion"), told).encode(FOR_SPREADSHEETS)
