"""Preconditions that the facts of the case or a refused recording decide, and those of a country's rules."""

from __future__ import annotations

from nlp.types import Findings
from rubrics import reading
from rubrics.contacts import earlier
from rubrics.unanswered import questions
from rubrics.unmet import COMPLAINT, Condition, Unmet, only_the_debtor, surely
from rubrics.unrecorded import recording_refused, refused_before_purpose, refused_before_reason
from rubrics.verdicts import places
from transcripts.types import Recording, Transcript

NO_SPECIAL_CASE = "No hay un caso especial (fallecimiento, suplantación, enfermedad grave o quiebra)."


def no_case_facts(transcript: Transcript, findings: Findings) -> Unmet | None:
    facts = transcript.recording.facts
    if facts.amount_due is not None or facts.days_late is not None:
        return None
    return Unmet("La llamada no trae los datos del caso con que comparar.", 1.0)


def no_known_offers(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Without a list of offers nobody knows what may be offered; one that is empty authorises none."""
    if transcript.recording.facts.authorized_offers is not None:
        return None
    return Unmet("La llamada no trae las ofertas autorizadas con que comparar.", 1.0)


def no_disposition(transcript: Transcript, findings: Findings) -> Unmet | None:
    return None if transcript.recording.disposition else Unmet("La llamada no trae la tipificación.", 1.0)


def notice_played(transcript: Transcript, findings: Findings) -> Unmet | None:
    if transcript.recording.facts.notice_played:
        return Unmet("El aviso de grabación se reproduce antes de la llamada.", 1.0)
    return None


def not_first_contact(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The call's facts, or the log before the call, show an earlier talk with the debtor, or do not tell."""
    first = _is_first(transcript.recording)
    return None if first else _contact(first, "No es el primer contacto con el deudor.")


def first_contact(transcript: Transcript, findings: Findings) -> Unmet | None:
    first = _is_first(transcript.recording)
    return None if first is False else _contact(first, "Es el primer contacto con el deudor.")


def _contact(first: bool | None, known: str) -> Unmet:
    return Unmet("No se sabe si es el primer contacto con el deudor." if first is None else known, 1.0)


def _is_first(recording: Recording) -> bool | None:
    """Whether the debtor was never talked with before this call; None where nothing tells."""
    if recording.facts.first_contact is not None:
        return recording.facts.first_contact
    log = earlier(recording)
    return None if log is None else not any(contact.talked for contact in log)


def no_inability_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    told = ("no_money", "job_loss", "health_emergency", "asks_discount")
    if reading.said(transcript, findings, told, by=("debtor", "other")):
        return None
    return Unmet("El deudor no dijo que no pudiera pagar.")


def debt_not_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.debt_turn is not None or findings.people.disclosed_to_other is not None:
        return None
    return Unmet("En la llamada no se habló de la deuda.")


def no_dispute(transcript: Transcript, findings: Findings) -> Unmet | None:
    disputes = ("already_paid", "not_my_debt", "wrong_amount")
    if reading.said(transcript, findings, disputes, by=("debtor", "other")):
        return None
    return Unmet("El deudor no disputó la deuda.")


def amount_not_disputed(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.said(transcript, findings, ("wrong_amount",), by=("debtor", "other")):
        return None
    return Unmet("El deudor no discutió el monto.")


def left_after_dispute(transcript: Transcript, findings: Findings) -> Unmet | None:
    return _left_after(transcript, findings, ("wrong_amount",), 3)


def left_after_complaint(transcript: Transcript, findings: Findings) -> Unmet | None:
    return _left_after(transcript, findings, (*COMPLAINT, "legal_threat", "will_complain"), 4)


def _left_after(
    transcript: Transcript, findings: Findings, told: tuple[str, ...], within: int
) -> Unmet | None:
    """The debtor ended the call before the agent had the turns `within` which what was told is seen to."""
    if not reading.debtor_ended(transcript, findings):
        return None
    turns = [f.quote.turn for f in reading.said(transcript, findings, told, by=("debtor", "other"))]
    if not turns or len(reading.agent_turns_after(transcript, turns[0])) >= within:
        return None
    ended = "colgó" if findings.people.debtor_hung_up else "terminó la llamada"
    return Unmet(f"El deudor {ended} poco después de decirlo ({places([turns[0]])}).", 0.75)


def no_stop_request(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.said(transcript, findings, ("stop_request",), by=("debtor", "other")):
        return None
    return Unmet("Nadie pidió que dejaran de llamar.")


def no_special_case(transcript: Transcript, findings: Findings) -> Unmet | None:
    if surely(transcript, findings, "grave_case") or surely(transcript, findings, "insolvent"):
        return None
    return Unmet(NO_SPECIAL_CASE)


def no_question(transcript: Transcript, findings: Findings) -> Unmet | None:
    if questions(transcript):
        return None
    return Unmet("El deudor no hizo ninguna pregunta directa.")


def only_with_debtor(transcript: Transcript, findings: Findings) -> Unmet | None:
    if only_the_debtor(transcript, findings):
        return Unmet("Solo se habló con el titular.")
    return None


def no_complaint(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.said(
        transcript, findings, (*COMPLAINT, "legal_threat", "will_complain"), by=("debtor", "other")
    ):
        return None
    return Unmet("El deudor no presentó ninguna queja.")


CASE_CONDITIONS: dict[str, Condition] = {
    "recording_refused": recording_refused,
    "refused_before_purpose": refused_before_purpose,
    "refused_before_reason": refused_before_reason,
    "no_case_facts": no_case_facts,
    "no_known_offers": no_known_offers,
    "no_disposition": no_disposition,
    "notice_played": notice_played,
    "not_first_contact": not_first_contact,
    "first_contact": first_contact,
    "no_inability_told": no_inability_told,
    "debt_not_told": debt_not_told,
    "no_dispute": no_dispute,
    "amount_not_disputed": amount_not_disputed,
    "left_after_dispute": left_after_dispute,
    "left_after_complaint": left_after_complaint,
    "no_stop_request": no_stop_request,
    "no_special_case": no_special_case,
    "no_question": no_question,
    "only_with_debtor": only_with_debtor,
    "no_complaint": no_complaint,
}
