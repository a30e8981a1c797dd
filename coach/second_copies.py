"""A second copy of a recording that is here already: what is told of it fills what nobody had told.

Where it says otherwise the call stays as it was, and both are named: nobody's word is overwritten by a copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from coach import imported, jobs, leg_rows
from coach.complaints import some
from coach.jobs import Priority
from coach.store import Store
from transcripts.facts.join import Filled, fill
from transcripts.facts.types import CASE_FACTS, CallFacts
from transcripts.formats.call_json import over
from transcripts.types import Recording

_NAMES = {
    "call_started_at": "fecha", "agent": "agente", "agent_login": "usuario del marcador",
    "company": "empresa", "debtor_name": "titular", "country": "país", "direction": "sentido",
    "campaign": "campaña", "portfolio": "cartera", "account": "cuenta", "call_type": "tipo de llamada",
    "disposition": "resultado", "amount_due": "monto", "currency": "moneda", "days_late": "días de mora",
    "due_date": "vencimiento", "product": "producto", "creditor": "acreedor",
    "authorized_offers": "ofertas autorizadas", "time_zone": "zona horaria del titular",
    "first_contact": "primer contacto", "notice_played": "aviso de grabación", "contacts": "contactos",
    "promise_kept": "promesa cumplida", "linked_id": "id común de la transferencia", "leg": "tramo",
    "legs": "tramos",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """`told`: sentences on what was added and what contradicts; `job` judges the call again, None where
    nothing is to be judged.
    """

    told: tuple[str, ...] = ()
    job: int | None = None


def join(
    store: Store,
    recording_id: str,
    told: Recording,
    name: str,
    *,
    assumed: CallFacts | None = None,
    priority: Priority = "normal",
) -> Joined:
    """Fill the facts of a known call with those of a copy, the file `name`, and have it judged again where
    that changed anything. A call whose words were erased takes nothing: who was erased does not come back.
    """
    sentences, changed = fill_in(store, recording_id, told, name, assumed)
    if not changed:
        return Joined(sentences)
    return Joined(sentences, _judged_again(store, store.recording(recording_id), priority))


def fill_in(
    store: Store, recording_id: str, told: Recording, name: str, assumed: CallFacts | None = None
) -> tuple[tuple[str, ...], bool]:
    """The same without judging: sentences, and whether anything was added."""
    if store.wordless(recording_id):
        return (), False
    filled = fill(store.recording(recording_id), told, assumed)
    sentences = []
    if filled.added:
        sentences.append(
            f"{name}: sus datos se agregaron a la llamada {recording_id}: {names(filled.added)}."
        )
        store.update_recording(filled.recording)
    if filled.contrary:
        left = f"; tampoco se tomó: {names(filled.left)}" if filled.left else ""
        sentences.append(
            f"{name}: dice otra cosa que la llamada {recording_id} en: {names(filled.contrary)}. Queda lo "
            f"que estaba{left}. Si vale lo nuevo, quien administra Temple lo importa con una tabla "
            "(coach import --manifest)."
        )
    return tuple(sentences), bool(filled.added)


def with_assumed(before: Recording, told: Recording, assumed: CallFacts) -> Filled:
    """A known call with what is `told` of it now; what is only `assumed` of all that come together fills what
    nobody had told.
    """
    only = {
        name: None
        for name in CallFacts.model_fields.keys() - CASE_FACTS - {"id"}
        if (said := getattr(assumed, name)) is not None and getattr(told, name) == said
    }
    return fill(over(before, replace(told, **only)), told)  # type: ignore[arg-type]


def note(store: Store, recording_id: str, digest: str, path: Path) -> None:
    """Remember where a copy lies: tables and files beside it tell of the call, and an erasure names it."""
    path = path.resolve()
    imported.note(store, recording_id, sha256(f"{digest} {path}".encode()).hexdigest(), path)


def _judged_again(store: Store, recording: Recording, priority: Priority) -> int | None:
    with store.writing() as connection:
        whole = leg_rows.whole_of(connection, recording.id) if recording.linked_id else recording.id
        heard = whole is not None and (whole != recording.id or store.heard(whole) is not None)
        return jobs.queue(connection, whole, step="analyze", priority=priority) if whole and heard else None


def names(facts: tuple[str, ...]) -> str:
    return some((_NAMES[name] for name in facts), len(_NAMES))
