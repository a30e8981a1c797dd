"""What the agent states in figures: sums as debt or as something else, days late, shares and parts offered.

Compared with the case by `rubrics`; here it is only said what stands where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.folded import folded, phrase
from nlp.money import amounts
from nlp.phrases import phrases
from transcripts.types import Quote, Transcript

Kind = Literal["debt", "sum", "days_late", "share_off", "parts"]

_DEBT = phrases("debt")
_BEFORE, _AFTER = 60, 40  # characters around a sum in which words of debt count
_PART_OF_DEBT = phrase(
    "(?:cuota|cuotas|mensualidad|mensualidades|letra|letras|recibo|recibos|minimo|interes|intereses|gastos|"
    "cargo|cargos|comision|capital|abono|parcialidad|la mitad|primer pago|otro|otra|cada una?)"
)
_LATE = phrase(
    "#(?P<n>[0-9]{1,4}) dias?(?: ya)? (?:de|en|con) "
    "(?:atraso|mora|retraso|vencimiento|morosidad|vencida|vencido)"
)
_LATE_TOO = phrase(
    "(?:atraso|mora|retraso|vencida|vencido|atrasada|atrasado) (?:de|desde hace|hace|con|por)? ?"
    "#(?P<n>[0-9]{1,4}) dias?"
)
_SHARE = phrase("(?:(?:#(?P<n>[0-9]{1,2}) (?:%|por ciento|porciento|por 100))|(?P<half>la mitad))")
_OFF = phrase(
    "(?:descuento|quita|rebaja|condonacion|condonamos|condono|condonarle|rebajamos|rebajo|bonificacion|"
    "bonificamos|descontamos|descuento|menos|perdonamos|perdono|quitamos|quito)"
)
_PARTS = phrase(
    "(?:en|hasta|hasta en|a|de)? ?#(?P<n>[0-9]{1,2}) "
    "(?:cuotas|pagos|mensualidades|meses|plazos|parcialidades|partes|abonos|letras|quincenas|semanas)"
)
_OFFERED = phrase(
    "(?:puede|puedo|podemos|podria|podriamos|ofresko|ofresemos|ofreserle|pagar|pagarlo|dividir|dividirlo|"
    "diferir|diferirlo|fraksionar|fraksionarlo|repartir|repartirlo|en|plan|konvenio|akuerdo|dejamos|dejo)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the agent: `value` in its unit (money, days, percent, number of parts).

    A «debt» is a sum said as owed in full; a «sum» any other, parts of the debt included.
    """

    kind: Kind
    value: Decimal
    quote: Quote
    currency: str | None = None


def agent_figures(transcript: Transcript) -> tuple[Figure, ...]:
    """The figures of all agent turns that are no doubtful ones, in order."""
    country = transcript.recording.country
    hint = transcript.recording.facts.amount_due
    out: list[Figure] = []
    for index, turn in transcript.said_by("agent"):
        if turn.doubt is None and turn.text.strip():
            out += _sums(transcript, index, country, hint)
            out += _days_late(transcript, index)
            out += _offers(transcript, index)
    return tuple(sorted(out, key=lambda figure: figure.quote))


def _sums(transcript: Transcript, index: int, country: str | None, hint: Decimal | None) -> list[Figure]:
    text = transcript.turns[index].text
    line = folded(text)
    out = []
    for amount in amounts(text, country, hint=hint):
        if not amount.value or not amount.firm:
            continue
        at = next((cell.at for cell in line.cells if cell.end > amount.start), 0)
        end = next((cell.at for cell in line.cells if cell.start >= amount.end), len(line.line))
        left, right = line.line[max(0, at - _BEFORE) : at], line.line[end : end + _AFTER]
        left = left.rpartition(" . ")[2]
        owed = _DEBT.search(f" {left.strip()} ") is not None or _DEBT.search(f" {right.strip()} ") is not None
        part = _PART_OF_DEBT.search(f" {left.strip()} ") or _PART_OF_DEBT.search(f" {right.strip()} ")
        kind: Kind = "debt" if owed and not part else "sum"
        out.append(
            Figure(kind, amount.value, transcript.quote(index, amount.start, amount.end), amount.currency)
        )
    return out


def _days_late(transcript: Transcript, index: int) -> list[Figure]:
    line = folded(transcript.turns[index].text)
    found = [*_LATE.finditer(line.line), *_LATE_TOO.finditer(line.line)]
    return [
        Figure(
            "days_late", Decimal(match["n"]), transcript.quote(index, *line.span(match.start(), match.end()))
        )
        for match in found
    ]


def _offers(transcript: Transcript, index: int) -> list[Figure]:
    """Shares taken off and numbers of parts, where the words around them offer."""
    line = folded(transcript.turns[index].text)
    out = []
    for match in _SHARE.finditer(line.line):
        around = line.line[max(0, match.start() - 50) : match.end() + 50]
        if match["half"] and not re.search(r" (?:kita|deskuento|kondon|perdon|rebaj)", around):
            continue
        if _OFF.search(around):
            share = Decimal(match["n"]) if match["n"] else Decimal(50)
            place = line.span(match.start(), match.end())
            out.append(Figure("share_off", share, transcript.quote(index, *place)))
    for match in _PARTS.finditer(line.line):
        before = line.line[max(0, match.start() - 60) : match.start()]
        if Decimal(match["n"]) > 1 and _OFFERED.search(f" {before.strip()} "):
            place = line.span(match.start(), match.end())
            out.append(Figure("parts", Decimal(match["n"]), transcript.quote(index, *place)))
    return out


@dataclass(frozen=True, slots=True)
class Authorized:
    """What the words of a case's offers allow at most: percent off, number of parts; whether they waive."""

    share_off: Decimal = Decimal(0)
    parts: Decimal = Decimal(1)
    waives: bool = False


def authorized(offers: Sequence[str]) -> Authorized:
    """The offers of a case («quita 30 %», «3 cuotas») as limits."""
    lines = [folded(offer).line for offer in offers]
    shares = [Decimal(m["n"] or 50) for line in lines for m in _SHARE.finditer(line)]
    parts = [Decimal(m["n"]) for line in lines for m in _PARTS.finditer(line)]
    waives = bool(shares) or any(_OFF.search(line) for line in lines)
    return Authorized(max(shares, default=Decimal(0)), max(parts, default=Decimal(1)), waives)
