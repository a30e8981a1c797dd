"""Pass when the week's contacts with the debtor went through one channel only, this call included, or the
debtor called.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from nlp.types import Findings
from rubrics.contacts import WithClock, began, debtor_zone, earlier, no_call_time, no_contact_log
from rubrics.types import Verdict
from rubrics.verdicts import failed, passed
from transcripts.listed import listed
from transcripts.types import Transcript

CHANNELS = {"call": "llamada", "message": "mensaje", "visit": "visita"}


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: WithClock
    channel: str = "call"  # of this contact


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    if recording.direction == "inbound":
        return passed("Llamó el deudor: no es un contacto de la agencia por otro canal.")
    at, log = began(recording), earlier(recording)
    if at is None:
        return no_call_time()
    if log is None:
        return no_contact_log()
    zone = debtor_zone(recording, params.country)
    week = at.astimezone(zone).date().isocalendar()[:2]
    ours = [c for c in log if c.at.astimezone(zone).date().isocalendar()[:2] == week and not c.by_debtor]
    others = sorted({c.channel for c in ours if c.talked} - {params.channel})
    if others:
        names = listed([CHANNELS.get(name, name) for name in others])
        reason = f"Esta semana ya hubo contacto por {names}, según el registro de contactos."
        return failed(reason, (), confidence=0.8)
    return passed("Esta semana no hubo contacto por otro canal.")
