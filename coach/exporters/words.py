"""The words of exported files, in both languages, and how they write days, lengths and money."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

Language = Literal["es", "en"]

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
        "Llamada anulada por una falla crítica confirmada",
        "Call voided by a confirmed critical failure",
    ),
    "would_be": ("Sin ella serían {n} puntos.", "Without it there would be {n} points."),
    "to_review": (
        "{n} veredictos esperan a una persona: por eso los puntos son un rango.",
        "{n} verdicts wait for a person: that is why the points are a range.",
    ),
    "to_review_one": (
        "Un veredicto espera a una persona: por eso los puntos son un rango.",
        "One verdict waits for a person: that is why the points are a range.",
    ),
    "to_confirm": (
        "Hay fallas críticas por confirmar: mientras nadie las confirme, no anulan nada.",
        "There are critical failures to confirm: until somebody confirms them they void nothing.",
    ),
    "not_evaluable": ("No se puede evaluar: {why}", "Cannot be judged: {why}"),
    "partly": ("Evaluada en parte: {why}", "Judged in part: {why}"),
    "promise": ("Promesa de pago", "Promise to pay"),
    "promise_vague": ("sin monto o sin fecha firme", "no firm sum or no firm day"),
    "read_back": ("repetida por el agente", "read back by the agent"),
    "not_read_back": ("no repetida por el agente", "not read back by the agent"),
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
    "country": ("Reglas de {country}, no es asesoría legal", "Rules of {country}, not legal advice"),
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
    if value is None:
        return word("no_date", language)
    return format_date(value, "EEE d MMM y", locale="en_GB" if language == "en" else "es_MX")


def length(seconds: float | None) -> str:
    """«4 min 12 s»."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def money(amount: Decimal, currency: str | None, country: str | None) -> str:
    """The amount as its country writes it."""
    try:
        locale = Locale.parse(f"es_{country or 'MX'}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("es_MX")
    return (
        format_currency(amount, currency, locale=locale)
        if currency
        else format_decimal(amount, locale=locale)
    )
