"""The playbook, and what it suggests for a call: for each objection, wordings filled with the call's facts.

A reply is suggested only when all its slots are known: nothing is made up. Each play has one without slots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

from babel import localedata
from babel.dates import format_date
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.ladder import Pair
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import OBJECTIONS, spanish
from rubrics.ladder import ladders
from rubrics.yamlfile import Mistake, line_of, mistakes, read, refuse, suggestion, where
from transcripts.types import Recording, Transcript

DEFAULT = Path(__file__).parent / "playbook.yaml"
SLOTS = ("nombre", "monto", "fecha", "empresa", "agente")
STEPS = ("recognise", "explore", "answer", "ask")
TITLES = ("señor", "señora", "señorita", "don", "doña", "sr.", "sra.")
MONEY = {
    "PEN": "soles",
    "EUR": "euros",
    "USD": "dólares",
    "GTQ": "quetzales",
    "CRC": "colones",
    "HNL": "lempiras",
}
DAYS_AHEAD = 3  # a suggested date lies this far off, or on the Monday after where that is a Sunday


class Play(BaseModel):
    """How to meet one objection. No `ask` where asking again would be wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    objection: str
    why: str
    recognise: tuple[str, ...] = Field(min_length=1)
    explore: tuple[str, ...] = Field(min_length=1)
    answer: tuple[str, ...] = Field(min_length=1)
    ask: tuple[str, ...] = ()
    avoid: tuple[str, ...] = Field(min_length=1)
    replies: tuple[str, ...] = Field(min_length=3)


class Playbook(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    plays: tuple[Play, ...]

    def play(self, objection: str) -> Play:
        """The play for an objection; the loader sees to it that there is one for each."""
        return next(play for play in self.plays if play.objection == objection)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be said to one objection.

    `steps` holds one wording per step, in order; `missing` names the steps that the agent did not take.
    """

    objection: Finding
    label: str  # in Spanish
    why: str
    steps: dict[str, str]
    missing: tuple[str, ...]
    replies: tuple[str, ...]
    avoid: tuple[str, ...]


def load_playbook(path: Path = DEFAULT) -> Playbook:
    """The playbook in `path`; RubricError tells of every mistake at once."""
    data, _ = read(path)
    found: list[Mistake] = []
    playbook = None
    try:
        playbook = Playbook.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), Playbook)
    if playbook is not None:
        found += _plays(data, playbook)
    if playbook is None or found:
        raise refuse(path, found)
    return playbook


def suggest(findings: Findings, transcript: Transcript, playbook: Playbook) -> tuple[Suggestion, ...]:
    """One suggestion per objection found, in the order of the call."""
    known = _known(findings, transcript)
    return tuple(_suggestion(pair, playbook, known) for pair in ladders(transcript, findings))


def _suggestion(pair: Pair, playbook: Playbook, known: dict[str, str]) -> Suggestion:
    play = playbook.play(pair.objection.label)
    wordings: dict[str, tuple[str, ...]] = {step: _filled(getattr(play, step), known) for step in STEPS}
    steps = {step: some[0] for step, some in wordings.items() if some}
    missing = tuple(step for step in steps if step not in pair.rungs)
    return Suggestion(
        pair.objection,
        spanish(play.objection),
        play.why,
        steps,
        missing,
        _filled(play.replies, known),
        play.avoid,
    )


def _filled(wordings: tuple[str, ...], known: dict[str, str]) -> tuple[str, ...]:
    """The wordings whose slots are all known, filled; those that use more of the call come first."""
    usable = [w for w in wordings if set(_slots(w)) <= known.keys()]
    usable.sort(key=lambda w: -len(set(_slots(w))))
    return tuple(w.format(**known) for w in usable)


def _slots(wording: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(wording) if name is not None)


def _known(findings: Findings, transcript: Transcript) -> dict[str, str]:
    """What the call tells of each slot; a slot that it does not tell of is left out."""
    recording = transcript.recording
    known = {
        "nombre": _treatment(findings, transcript),
        "monto": _amount(recording),
        "fecha": _near_day(recording.call_date),
        "empresa": recording.company,
        "agente": recording.agent,
    }
    return {slot: value for slot, value in known.items() if value}


def _treatment(findings: Findings, transcript: Transcript) -> str | None:
    """How the agent addressed the debtor with a title («señora Elvia»); a name alone would not tell which."""
    for finding in reversed(reading.said(transcript, findings, ("debtor_name",))):
        said = finding.quote.text.strip(" ,.;:¿?¡!")
        title, _, name = said.partition(" ")
        if title.casefold() in TITLES and name and len(name.split()) <= 3:
            return f"{title.lower()} {name}"
    return None


def _amount(recording: Recording) -> str | None:
    due = recording.facts.amount_due
    if due is None:
        return None
    cents = "#,##0" if due == due.to_integral_value() else "#,##0.00"
    own = f"es_{recording.country}"
    shown = format_decimal(due, cents, locale=own if localedata.exists(own) else "es_MX")
    return f"{shown} {MONEY.get(recording.facts.currency or '', 'pesos')}"


def _near_day(call_date: date | None) -> str | None:
    if call_date is None:
        return None
    day = call_date + timedelta(days=DAYS_AHEAD)
    if day.isoweekday() == 7:
        day += timedelta(days=1)
    return format_date(day, "EEEE d 'de' MMMM", locale="es")


def _plays(data: Any, playbook: Playbook) -> Iterator[Mistake]:
    """One play for each objection, slots that exist, and a reply that needs none."""
    seen: set[str] = set()
    for place, play in enumerate(playbook.plays):
        loc = ("plays", place, "objection")
        here, line = f"plays › {play.objection}", line_of(data, loc)
        if play.objection not in OBJECTIONS:
            near = suggestion(play.objection, OBJECTIONS)
            yield Mistake(line, here, f"objeción desconocida «{play.objection}»{near}")
        if play.objection in seen:
            yield Mistake(line, here, "esta objeción ya tiene su entrada más arriba")
        seen.add(play.objection)
        if not any(not list(_slots(reply)) for reply in play.replies):
            yield Mistake(line, here, "al menos una respuesta debe poder decirse sin ningún dato")
        for field in (*STEPS, "replies"):
            for at, wording in enumerate(getattr(play, field)):
                for slot in set(_slots(wording)) - set(SLOTS):
                    spot = ("plays", place, field, at)
                    what = f"dato desconocido {{{slot}}}{suggestion(slot, SLOTS)}"
                    yield Mistake(line_of(data, spot), where(data, spot), what)
    for objection in OBJECTIONS:
        if objection not in seen:
            yield Mistake(line_of(data, ("plays",)), "plays", f"falta la entrada de «{objection}»")
