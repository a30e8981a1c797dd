"""Pass when the week's contacts with the debtor went through one channel only, this call included."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, listed, not_applicable, passed
from transcripts.facts.values import ZONES
from transcripts.types import Transcript

CHANNELS = {"call": "llamada", "message": "mensaje", "visit": "visita"}


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    channel: str = "call"  # of this contact


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    at, log = recording.call_started_at, recording.facts.contacts
    if not isinstance(at, datetime.datetime) or at.tzinfo is None:
        return not_applicable("No se sabe a qué hora fue la llamada.", "no_call_time")
    if log is None:
        return not_applicable("No se conocen los contactos anteriores con el deudor.", "no_contact_log")
    zone = ZoneInfo(recording.facts.time_zone or ZONES.get(params.country, "UTC"))
    week = at.astimezone(zone).date().isocalendar()[:2]
    ours = [c for c in log if c.at < at and not c.by_debtor]
    used = {c.channel for c in ours if c.at.astimezone(zone).date().isocalendar()[:2] == week and c.talked}
    others = sorted(used - {params.channel})
    if others:
        names = listed([CHANNELS.get(name, name) for name in others])
        reason = f"Esta semana ya hubo contacto por {names}, según el registro de contactos."
        return failed(reason, (), confidence=0.8)
    return passed("Esta semana no hubo contacto por otro canal.")
