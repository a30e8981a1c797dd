"""A review under way as the player draws it: criteria with what the machine and the person said, what was
written beside the turns, and what finishing will change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from coach import acts
from coach.as_said import COMMITMENT, promised
from coach.corrections import maybe_swapped, said_by
from coach.draft_body import SETTLED, SWAPPED, DraftBody
from coach.quotes import distinct
from coach.reasons import LEAST_REASON
from coach.releases import Release
from coach.sheets import Sheet, SheetRow
from coach.types import Call
from nlp.labels import objection_ids
from rubrics.settled import Settled
from rubrics.types import Verdict
from transcripts.types import Transcript
from views import _address, _call_words, _formats, _labels, _worth
from views._call_data import channel_colours, evidence
from views._call_turns import name_of
from views._text import counted, own, t


def sheet_data(
    call: Call, sheet: Sheet, *, ack: int, error: str, given: Release | None = None
) -> dict[str, Any]:
    """`call` as `releases.shown` gives it; `ack` is the number of the last action that was done, `given` what
    its agent was handed.
    """
    body = sheet.draft.body
    voiced = said_by(call.transcript, body.edits, swapped=body.swapped)
    return {
        "ack": ack,
        "begun": acts.begun(sheet.draft),
        "error": error,
        "seconds": sheet.draft.seconds,
        "leastReason": LEAST_REASON,
        "hides": sheet.hides,
        "renewed": body.renewed,
        "title": _title(sheet),
        "time": t("Tiempo: {time}", time=_formats.duration(sheet.draft.seconds)),
        "rest": counted(
            sum(not row.first for row in sheet.rows), "Lo demás: {n} criterio", "Lo demás: {n} criterios"
        ),
        "notices": [*_handed(given), *_notices(sheet, call.transcript)],
        "rows": [_row(call, row, sheet.after, voiced) for row in sheet.rows],
        "stakes": _stakes(sheet),
        "summary": _summary(call, body),
        "notes": body.notes,
        "turns": _beside(body, sheet.heard),
        "comments": {
            one.turn: {"text": one.text, "forAgent": one.for_agent}
            for one in body.comments
            if one.turn is not None
        },
        "voices": {
            i: {"who": turn.speaker, "name": name_of(voiced, i)} for i, turn in enumerate(voiced.turns)
        },
        "channelColours": channel_colours(voiced),
        "edits": {
            one.turn: {"text": sheet.heard.get(one.turn), "speaker": one.speaker} for one in body.edits
        },
        "objections": [{"id": name, "label": _labels.finding(name)} for name in objection_ids()],
        "found": _found(call),
    }


def _row(call: Call, row: SheetRow, after: Settled | None, voiced: Transcript) -> dict[str, Any]:
    verdicts = call.scorecard.verdicts | call.scorecard.pack_verdicts
    machine = verdicts.get(row.criterion)
    label = own(row.label, row.label_en)
    return {
        "id": row.criterion,
        "label": f"{label} · {t('país')}" if row.of_country else label,
        "critical": row.critical,
        "outcome": row.outcome,
        "outcomeLabel": _outcome(row),
        "machine": machine.outcome if machine else None,
        "machineSaid": t("Temple dijo: {outcome}.", outcome=_labels.outcome_name(machine.outcome))
        if machine
        else "",
        "was": _was(row),
        "waits": row.waits,
        "confirm": _confirm(row),
        "counts": row.counts,
        "reason": row.reason,
        "evidence": [evidence(voiced, quote) for quote in distinct(call.transcript, row.evidence)],
        "help": own(row.help, row.help_en),
        "worth": _worth.said(call, row.criterion, after, voids=row.critical) if after else "",
        "first": row.first or row.differs,
        "said": {"outcome": row.said.outcome, "reason": row.said.reason} if row.said else None,
    }


def _confirm(row: SheetRow) -> str:
    """Of a critical failure that nobody confirmed yet: what a word on it does here."""
    if not row.to_confirm:
        return ""
    if row.counts:
        return t(
            "Crítica por confirmar: con lo que usted marque aquí, al terminar queda confirmada o descartada."
        )
    return t("Crítica por confirmar: lo hace un analista, en «Críticas». Lo que usted marque no la confirma.")


def _outcome(row: SheetRow) -> str:
    if row.outcome is None:
        return ""
    return _labels.outcome(Verdict(row.outcome, "", needs_review=row.waits))


def _was(row: SheetRow) -> str:
    """What an earlier word on the criterion was: the blind one beside the machine's, or a person's."""
    if row.sealed is not None and row.differs:
        person, machine = map(_labels.outcome_name, (row.sealed.person, row.sealed.machine))
        return t("A ciegas usted dijo: {person}. Temple dijo: {machine}.", person=person, machine=machine)
    return t("Ya lo juzgó una persona.") if row.by_person else ""


def _title(sheet: Sheet) -> str:
    if not sheet.draft.hides:
        return t("Su revisión")
    if not sheet.missing:
        return t("A ciegas: todo juzgado")
    return counted(sheet.missing, "A ciegas: falta {n} criterio", "A ciegas: faltan {n} criterios")


def _handed(given: Release | None) -> list[str]:
    """That the agent reads the call already, or from a day on."""
    if given is None:
        return []
    name = given.agent or t("el agente")
    if given.visible_from <= datetime.now(UTC):
        return [t("Ya entregada a {name}: lo que usted cambie lo verá al terminar.", name=name)]
    day = _address.day(given.visible_from)
    return [t("Se entrega a {name} el {day}, con lo que usted deje al terminar.", name=name, day=day)]


def _notices(sheet: Sheet, transcript: Transcript) -> list[str]:
    body = sheet.draft.body
    found = []
    if body.renewed:
        found.append(
            t("Temple evaluó esta llamada de nuevo mientras usted la revisaba. Mire los veredictos.")
        )
    if body.lost:
        found.append(
            t("No se pudo conservar: {what}.", what=", ".join(_lost(sheet, one) for one in body.lost))
        )
    if sheet.draft.hides:
        found.append(t("Juzgue cada criterio sin ver lo que dijo Temple; al final se comparan."))
    elif sheet.hides:
        found.append(t("Está en una calibración suya: los veredictos se ven cuando todos terminen."))
    if body.swapped:
        found.append(t("Agente y deudor están intercambiados. X lo deshace."))
    if body.settled:
        found.append(t("Quedó confirmado quién habla. B lo deshace."))
        named = {edit.turn for edit in body.edits if edit.speaker is not None}
        open_ = (i for i, turn in enumerate(transcript.turns) if turn.speaker == "unknown" and i not in named)
        if (first := next(open_, None)) is not None:
            found.append(t("Falta decir quién habla en el turno {n}: corríjalo con T.", n=first + 1))
    elif not transcript.trust.sure_speakers and body.swapped:
        if not maybe_swapped(transcript):
            found.append(t("Si así está bien, pulse B."))
    elif maybe_swapped(transcript):
        found.append(
            t("No es seguro qué canal es de quién. Si está bien puesto, pulse B; si está al revés, X.")
        )
    elif not transcript.trust.sure_speakers:
        found.append(
            t("No es seguro quién habla. Si está bien puesto, pulse B; si está al revés, X y luego B.")
        )
    if body.swapped or body.settled or body.edits:
        found.append(t("Al terminar, Temple evalúa de nuevo con lo que usted corrigió."))
    return found


def _lost(sheet: Sheet, name: str) -> str:
    if name.startswith("turn:"):
        return t("la corrección del turno {n}", n=int(name.removeprefix("turn:")) + 1)
    if name == SWAPPED:
        return t("el intercambio de agente y deudor")
    if name == SETTLED:
        return t("la confirmación de quién habla")
    row = next((row for row in sheet.rows if row.criterion == name), None)
    return own(row.label, row.label_en) if row else name.replace("_", " ")


def _summary(call: Call, body: DraftBody) -> list[str]:
    """What finishing will write, in words."""
    verdicts = call.scorecard.verdicts | call.scorecard.pack_verdicts
    same = [one for one in body.overrides if one.criterion in verdicts]
    changed = sum(one.outcome != verdicts[one.criterion].outcome for one in same)
    confirmed = len(same) - changed
    lines = [
        (changed, counted(changed, "{n} veredicto cambiado", "{n} veredictos cambiados")),
        (confirmed, counted(confirmed, "{n} veredicto confirmado", "{n} veredictos confirmados")),
        (
            len(body.relabels),
            counted(len(body.relabels), "{n} objeción corregida", "{n} objeciones corregidas"),
        ),
        (len(body.edits), counted(len(body.edits), "{n} turno corregido", "{n} turnos corregidos")),
        (body.swapped, t("agente y deudor intercambiados")),
        (body.settled, t("quién habla confirmado")),
        (len(body.comments), counted(len(body.comments), "{n} comentario", "{n} comentarios")),
    ]
    if promise := _promise(call, body):
        lines.append((1, promise))
    return [line for n, line in lines if n] or [t("Sin cambios: queda lo que dijo Temple.")]


def _promise(call: Call, body: DraftBody) -> str:
    """What finishing does to the promise of the call."""
    if body.promise is not None:
        return {
            "none": t("la promesa se retira del registro"),
            "corrected": t("promesa corregida"),
            "as_heard": t("la promesa queda como la oyó Temple"),
        }[body.promise.kind]
    said = body.said(COMMITMENT)
    if said is None or said.outcome == "pass" or (found := promised(call)) is None or not found.firm:
        return ""
    return t("la promesa se retira del registro")


def _stakes(sheet: Sheet) -> list[str]:
    """What finishing does to the call's points, as far as that is known before a new transcript is judged."""
    before, after = sheet.before, sheet.after
    if before is None or after is None:
        return []
    was, now = (_formats.points(one.points, one.points_low, one.points_high) for one in (before, after))
    return [*_taken_back(sheet, before, after), *_points(before, after, was, now)]


def _taken_back(sheet: Sheet, before: Settled, after: Settled) -> list[str]:
    """Confirmed critical failures that are none once the review ends; said as plainly as one that voids."""
    return [
        t("Retira una falta crítica ya confirmada: «{label}».", label=own(row.label, row.label_en))
        for row in sheet.rows
        if row.criterion in before.confirmed and row.criterion not in after.confirmed
    ]


def _points(before: Settled, after: Settled, was: str, now: str) -> list[str]:
    if after.void and not before.void:
        return [
            counted(
                len(after.confirmed),
                "Esto anula la llamada por una falta crítica: pasa de {was} a 0 puntos.",
                "Esto anula la llamada por {n} faltas críticas: pasa de {was} a 0 puntos.",
                was=was,
            )
        ]
    if before.void and not after.void:
        return [t("La llamada deja de estar anulada: pasa de 0 a {now} puntos.", now=now)]
    return [t("Puntos: de {was} a {now}.", was=was, now=now)] if was != now else []


def _beside(body: DraftBody, heard: Mapping[int, str]) -> dict[int, list[str]]:
    """By turn, what the person wrote or changed there."""
    lines: dict[int, list[str]] = {}
    speakers = dict(_call_words.speakers())
    for edit in body.edits:
        if edit.turn in heard:
            lines.setdefault(edit.turn, []).append(t("Se oye: «{text}»", text=heard[edit.turn]))
        if edit.speaker is not None:
            lines.setdefault(edit.turn, []).append(t("Habla: {who}", who=speakers[edit.speaker]))
    for one in body.relabels:
        if one.removed:
            lines.setdefault(one.turn, []).append(t("Quitada: {label}", label=_labels.finding(one.removed)))
        if one.added:
            lines.setdefault(one.turn, []).append(t("Agregada: {label}", label=_labels.finding(one.added)))
    for comment in body.comments:
        if comment.turn is not None:
            who = t("Para el agente") if comment.for_agent else t("Entre revisores")
            lines.setdefault(comment.turn, []).append(f"{who}: {comment.text}")
    return lines


def _found(call: Call) -> dict[int, list[str]]:
    """The objections that were found, by turn."""
    found: dict[int, list[str]] = {}
    for one in call.findings.findings:
        if one.label in objection_ids() and one.label not in found.get(one.quote.turn, ()):
            found.setdefault(one.quote.turn, []).append(one.label)
    return found
