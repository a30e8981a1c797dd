"""The words of exported files, in both languages."""

from __future__ import annotations

from datetime import date, datetime

from coach import written
from coach.written import Language

WORDS: dict[str, tuple[str, str]] = {
    "scorecard": ("Evaluación de una llamada", "Scorecard of a call"),
    "agent": ("Agente", "Agent"),
    "debtor": ("Titular", "Debtor"),
    "day": ("Fecha", "Date"),
    "duration": ("Duración", "Length"),
    "company": ("Empresa", "Company"),
    "portfolio": ("Cartera", "Portfolio"),
    "points": ("Puntos", "Points"),
    "of_100": ("de 100", "of 100"),
    "no_points": ("sin puntos", "no points"),
    "void": (
        "Llamada anulada por una falta crítica confirmada",
        "Call voided by a confirmed critical failure",
    ),
    "void_many": (
        "Llamada anulada por {n} faltas críticas confirmadas",
        "Call voided by {n} confirmed critical failures",
    ),
    "would_be": ("Habrían sido {n} puntos.", "There would have been {n} points."),
    "to_review": (
        "{n} veredictos esperan a una persona: por eso los puntos son un rango.",
        "{n} verdicts wait for a person: that is why the points are a range.",
    ),
    "waits": ("{n} veredictos esperan a una persona.", "{n} verdicts wait for a person."),
    "waits_one": ("Un veredicto espera a una persona.", "One verdict waits for a person."),
    "to_review_one": (
        "Un veredicto espera a una persona: por eso los puntos son un rango.",
        "One verdict waits for a person: that is why the points are a range.",
    ),
    "to_confirm": (
        "Hay faltas críticas por confirmar: mientras nadie las confirme, no anulan nada.",
        "There are critical failures to confirm: until somebody confirms them they void nothing.",
    ),
    "not_evaluable": ("No se puede evaluar: {why}", "Cannot be judged: {why}"),
    "partly": ("Evaluada en parte: {why}", "Judged in part: {why}"),
    "promise": ("Promesa de pago", "Promise to pay"),
    "promise_vague": ("sin monto o sin fecha firme", "no firm sum or no firm day"),
    "promise_unsure": (
        "por confirmar: no es seguro que se haya acordado",
        "to confirm: it is not certain that it was agreed",
    ),
    "again_confirmed": (
        "repetida por el agente y confirmada por el deudor",
        "read back by the agent and confirmed by the debtor",
    ),
    "again_parting": (
        "el agente la repitió, el deudor solo agradeció o se despidió",
        "the agent read it back, the debtor only thanked or said goodbye",
    ),
    "again_unconfirmed": (
        "el agente la repitió, el deudor no la confirmó",
        "the agent read it back, the debtor did not confirm it",
    ),
    "again_confirmed_other": (
        "repetida por el agente y confirmada por quien paga en lugar del deudor",
        "read back by the agent and confirmed by who pays in the debtor's place",
    ),
    "again_parting_other": (
        "el agente la repitió, quien paga en lugar del deudor solo agradeció o se despidió",
        "the agent read it back, who pays in the debtor's place only thanked or said goodbye",
    ),
    "again_unconfirmed_other": (
        "el agente la repitió, quien paga en lugar del deudor no la confirmó",
        "the agent read it back, who pays in the debtor's place did not confirm it",
    ),
    "again_otherwise": (
        "repetida por el agente con otro monto u otra fecha",
        "read back by the agent with another sum or day",
    ),
    "again_in_part": ("repetida por el agente solo en parte", "read back by the agent only in part"),
    "again_unsaid": ("no repetida por el agente", "not read back by the agent"),
    "no_promise": ("No hubo promesa de pago.", "There was no promise to pay."),
    "criterion": ("Criterio", "Criterion"),
    "verdict": ("Veredicto", "Verdict"),
    "why": ("En qué se apoya", "What it stands on"),
    "pass": ("Cumple", "Met"),
    "fail": ("No cumple", "Not met"),
    "na": ("No aplica", "Not applicable"),
    "review": ("{said}, por revisar", "{said}, to review"),
    "suggestion": ("sugerencia: aún no cuenta en los puntos", "suggestion: not in the points yet"),
    "turn": ("turno {n}", "turn {n}"),
    "better": ("Mejor así: {text}", "Better: {text}"),
    "rules": ("{rules}, no es asesoría legal", "{rules}, not legal advice"),
    "advice": ("{label} (consejo)", "{label} (advice)"),
    "form": ("Pauta {form}", "Form {form}"),
    "page": ("página {n} de {of}", "page {n} of {of}"),
    "made_on": ("Hecho el {day} con Temple", "Made on {day} with Temple"),
    "apertura": ("Apertura", "Opening"),
    "trato": ("Trato", "Treatment"),
    "escucha": ("Escucha", "Listening"),
    "negociacion": ("Negociación", "Negotiation"),
    "cierre": ("Cierre", "Closing"),
    "no_date": ("sin fecha", "no date"),
    "unknown": ("sin asignar", "unassigned"),
}


def word(name: str, language: Language, **values: object) -> str:
    """The words of that name in the language, with `values` in their places."""
    text = WORDS[name][language == "en"]
    return text.format(**values) if values else text


def day(value: date | datetime | None, language: Language) -> str:
    return written.day(value, language) if value is not None else word("no_date", language)
