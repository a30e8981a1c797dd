"""What a case fills the slots of the playbook with: name, sums, days, offers, in the words of its country."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from babel import localedata
from babel.dates import format_date
from babel.numbers import format_decimal

from nlp.types import Findings, Promise
from rubrics import reading
from rubrics.playbook import DebtorType, Stage
from transcripts.types import Recording, Transcript

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
TEMPRANA, TARDIA = 30, 90  # days late up to which a case is at that stage
# objections that speak for a type of debtor (a suggestion only; never shown to anybody)
TYPES: dict[str, DebtorType] = {
    "no_money": "fortuito", "job_loss": "fortuito", "health_emergency": "fortuito",
    "bad_service": "circunstancial", "wrong_amount": "circunstancial",
    "no_notice": "desorganizado", "refusal": "intencional", "call_later": "negligente",
}  # fmt: skip

# open places of a form's better lines, and the slot that fills each
_PLACES = (
    ("[monto]", "monto"),
    ("[n]", "dias"),
    ("[la empresa]", "empresa"),
)


def known_words(findings: Findings, transcript: Transcript) -> dict[str, str]:
    """What the call tells of each slot; a slot that it does not tell of is left out."""
    recording = transcript.recording
    facts = recording.facts
    near = _near_day(recording.call_date)
    known = {
        "nombre": _treatment(findings, transcript),
        "monto": _amount(recording),
        "fecha": _shown(near),
        "segunda_fecha": _shown(_pay_day(near)),
        "empresa": recording.company,
        "agente": recording.agent,
        "producto": facts.product,
        "dias": str(facts.days_late) if facts.days_late else None,
        "oferta": facts.authorized_offers[0] if facts.authorized_offers else None,
    }
    return {slot: value for slot, value in known.items() if value}


def in_case(better: str, findings: Findings, transcript: Transcript) -> str:
    """A form's better line with what the case tells in its open places; what it does not tell stays open.

    «[fecha]» does: no call tells until when a payment spares a charge, and a day that is only likely would be
    promised.
    """
    if "[" not in better:
        return better
    known = known_words(findings, transcript)
    for place, slot in _PLACES:
        better = better.replace(place, known.get(slot, place))
    return better


def agreed_in_case(better: str, promise: Promise | None, transcript: Transcript) -> str:
    """A line that repeats the agreement, with the sum, day and way to pay that were promised; never those of
    the debt. What was not agreed stays open, but for the way to pay, which need not be.
    """
    if promise is None:
        return better
    country = transcript.recording.country
    amount, day = promise.amount, promise.date
    told = {
        "monto": None if amount is None else sum_in_words(amount, promise.currency, country),
        "fecha": _shown(day),
        "medio": promise.channel,
    }
    if promise.channel is None:
        better = better.replace(", por [medio]", "")
    for slot, words in told.items():
        for place in (f"[{slot}]", f"[{slot} acordado]", f"[{slot} acordada]"):
            better = better.replace(place, words or place)
    return better


def stage_of(recording: Recording) -> Stage | None:
    """How far on the case is, by its days late."""
    late = recording.facts.days_late
    if late is None:
        return None
    if late <= 0:
        return "preventiva"
    return "temprana" if late <= TEMPRANA else "tardia" if late <= TARDIA else "prejuridica"


def debtor_type(transcript: Transcript, findings: Findings) -> DebtorType | None:
    """The type of debtor that most of the objections speak for; two evasions in a row speak of will."""
    said = [f.label for f in reading.objections(transcript, findings)]
    if said.count("vague_promise") > 1:
        return "intencional"
    kinds = [TYPES[label] for label in said if label in TYPES]
    return Counter(kinds).most_common(1)[0][0] if kinds else None


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
    return None if due is None else sum_in_words(due, recording.facts.currency, recording.country)


def sum_in_words(amount: Decimal, currency: str | None, country: str | None) -> str:
    """«1,500 pesos», «153.700 pesos»: a sum as it is written in the country."""
    cents = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    own = f"es_{country}"
    shown = format_decimal(amount, cents, locale=own if localedata.exists(own) else "es_MX")
    return f"{shown} {MONEY.get(currency or '', 'pesos')}"


def _near_day(call_date: date | None) -> date | None:
    if call_date is None:
        return None
    return _no_sunday(call_date + timedelta(days=DAYS_AHEAD))


def _no_sunday(day: date) -> date:
    return day + timedelta(days=1) if day.isoweekday() == 7 else day


def _pay_day(after: date | None) -> date | None:
    """The next 15th or last day of a month, a week after `after` at least; never a Sunday."""
    if after is None:
        return None
    day = after + timedelta(days=7)
    while day.day not in (15, calendar.monthrange(day.year, day.month)[1]):
        day += timedelta(days=1)
    return _no_sunday(day)


def _shown(day: date | None) -> str | None:
    return day_in_words(day) if day else None


def day_in_words(day: date) -> str:
    """«viernes 14 de noviembre»."""
    return format_date(day, "EEEE d 'de' MMMM", locale="es")
