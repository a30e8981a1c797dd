"""What the agent states in figures: sums as debt or as something else, time late, shares and parts offered.

Compared with the case by `rubrics`; here it is only said what stands where. What is denied, supposed, past or
only a part states no debt and offers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.calendar_names import A_WEEKDAY
from nlp.countries import country_of
from nlp.day_beside_sum import parted, quoted
from nlp.folded import Folded, folded, phrase
from nlp.money import Amount, amounts
from nlp.phrases import phrases, phrases_before
from nlp.text import sound
from transcripts.types import Quote, Transcript

Kind = Literal["debt", "sum", "days_late", "months_late", "share_off", "extras_off", "parts"]

_DEBT = phrases("debt")
_THEN_DEBT = phrase(
    "(?:[^ ,.?]+ )?, (?:ya |con |y )?(?:#[0-9]+ (?:dias|meses) (?:de|en) (?:atraso|mora|retraso)|"
    "vencid[ao]s?|atrasad[ao]s?|en mora|pendientes?|que (?:me |nos )?debe)"
)
_BEFORE, _AFTER = 60, 40  # characters around a sum in which words of debt count
_PART_OF_DEBT = phrase(
    "(?:cuota|cuotas|mensualidad|mensualidades|letra|letras|recibo|recibos|minimo|interes|intereses|gastos|"
    "cargo|cargos|comision|capital|abono|parcialidad|la mitad|primer pago|otro|otra|cada una?|"
    "enganche|(?:un|el|de|con) (?:anticipo|adelanto|pie)|(?:anticipo|adelanto|pie|entrada|pago inicial) de|"
    "(?:cobra|cobran|genera|generan|generar|generando|mas|esa|la|sin) mora|de mora (?:le|se)|"
    "(?:el|lo|los) (?:resto|restante|restantes|demas)|otra parte|(?:deja|dejan|para) de)"
)
# «cinco mil el viernes»: a sum with the day on which it is to be paid
_THEN_DAY = phrase(
    "(?:pesos |soles |quetzales |euros |dolares )?(?:(?:hoy|mañana|pasado mañana)|"
    "(?:el|este|para el)(?: dia| proximo)? "
    f"(?:{A_WEEKDAY}|#[0-9]{{1,2}}))"
)
_NOT_OWED_BEFORE, _NOT_OWED_AFTER = phrases_before("not_owed_before"), phrases("not_owed_after")

_N = "(?:#(?P<n>[0-9]{1,4})|(?P<one>un))"
_UNIT = "(?P<unit>dias?|mes|meses)(?P<half> y medio)?"
_LATE = phrase(f"{_N} {_UNIT}(?: ya)?(?: de| en| con)? (?:atraso|mora|retraso|vencimiento|morosidad)")
_LATE_ADJECTIVE = phrase(
    f"{_N} {_UNIT}(?: ya)?(?: de| en)? (?:vencid|atrasad|retrasad|moros)(?P<many>[ao]s?)"
)
_LATE_TOO = phrase(
    "(?:(?:atraso|mora|retraso|(?:vencid|atrasad|retrasad|moros)[ao]s?)(?: (?:de|desde hace|hace|con|ya))? |"
    f"(?:en mora|vencid[ao]s?|atrasad[ao]s?) por |vencio hace ){_N} {_UNIT}"
)
_SUPPOSES = phrase("(?:si|cuando|en caso de que|de haber|siempre que|entonces|ahi)")
_LATE_FORMS = (_LATE, _LATE_ADJECTIVE, _LATE_TOO)
_LATE_SKIP = phrases_before("late_skip_before")
# «si entró el 17, solo correspondería la mora de dos días»: what it would be, not what it is
_WOULD_BE = phrase(
    "(?:corresponderia|corresponderian|seria|serian|quedaria|quedarian|tendria|tendrian|aplicaria|aplicarian|"
    "contaria|contarian|cobraria|cobrarian|pagaria|habria|llevaria|sumaria|sumarian|generaria|generarian)"
)

_SHARE = phrase("(?:(?:#(?P<n>[0-9]{1,2}) (?:%|por ciento|porciento|por 100))|(?P<half>la mitad))")
_OFF = phrase(
    "(?:descuento|quita|rebaja|condonacion|condonamos|condono|condonarle|rebajamos|rebajo|bonificacion|"
    "bonificamos|descontamos|(?<!al )(?<!lo )menos|perdonamos|perdono|quitamos|quito)"
)
_OF_EXTRAS = phrase(
    "(?:de |sobre |en )?(?:los |las |la |el |sus |su )?"
    "(?:interes|intereses|mora|moratorios|recargo|recargos|gastos|comisiones|cargos|penalidad|penalizacion)"
)
_OF_HALF = re.compile(r" (?:kita|deskuento|kondon|perdon|rebaj)")
# «sin descuento», «no se autoriza quita»; «no más de 30 % de descuento» and «no mayor a» give a limit
_NONE_BEFORE = re.compile(
    phrase(
        "(?:(?:sin|ni|ningun[ao]?|nada de|cero)(?: (?:ningun[ao]?|opcion (?:a|de)|derecho a|el|la|mas))?|"
        "no(?! (?:mas|mayor|superior))(?: [^ .,?]+){0,4})"
    ).pattern
    + " $"
)
_NONE_AFTER = phrase(
    "(?:de (?:los |las |la |el )?[^ .,?]+ )?(?:[.,] )?"
    "(?:no(?! (?:mas|mayor|superior))|ningun[ao]?|cero|n a|#0)"
)
_NO_OFFER_BEFORE, _NO_OFFER_AFTER = phrases_before("no_offer_before"), phrases("no_offer_after")
_PAYS, _SETTLES, _REST = phrases_before("pays_share"), phrases("settles"), phrases("rest")
_PART_UNITS = (
    "cuotas|pagos|mensualidades|meses|plazos|parcialidades|partes|abonos|letras|quincenas|exhibiciones"
)
# «en dos semanas» is a day, «en dos pagos semanales» are parts
_PARTS = phrase(f"(?:en|hasta en|hasta|a|de)? ?#(?P<n>[0-9]{{1,2}}) (?:{_PART_UNITS})")
_PARTS_ALLOWED = phrase(f"#(?P<n>[0-9]{{1,2}}) (?:{_PART_UNITS}|semanas)")
_OFFERED = phrase(
    "(?:puede|puedo|podemos|podria|podriamos|ofrezco|ofrecemos|ofrecerle|pagar|pagarlo|dividir|dividirlo|"
    "diferir|diferirlo|fraccionar|fraccionarlo|repartir|repartirlo|partimos|parto|divido|dividimos|en|plan|"
    "convenio|acuerdo|dejamos|dejo|serian|quedaria|propongo|proponemos)"
)
_NO_PARTS_BEFORE = phrases_before("parts_not_offered_before")
_NO_PARTS_AFTER = phrases("parts_not_offered_after")
_CLAUSE = re.compile(r" (?:[.?,]|pero|sino|solo)(?= )")
_SENTENCE = re.compile(r" [.?](?= )")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the agent: `value` in its unit (money, days, months, percent, number of parts).

    A «debt» is a sum said as owed in full; a «sum» any other, parts of the debt included. `currency` is None
    where none is said.
    """

    kind: Kind
    value: Decimal
    quote: Quote
    currency: str | None = None


def agent_figures(transcript: Transcript) -> tuple[Figure, ...]:
    """The figures of all agent turns that are no doubtful ones, in order."""
    out: list[Figure] = []
    told, _ = parted(transcript)
    for index, turn in told.said_by("agent"):
        if turn.doubt is None and turn.text.strip():
            out += [*_sums(told, index), *_late(told, index)]
            out += [*_shares_off(told, index), *_parts(told, index)]
    return tuple(sorted((quoted(figure, transcript) for figure in out), key=lambda figure: figure.quote))


def _sums(transcript: Transcript, index: int) -> list[Figure]:
    text, about = transcript.turns[index].text, transcript.recording
    line = folded(text)
    out = []
    begin = 0  # words of debt before another figure belong to that one
    for amount in amounts(text, about.country, hint=about.facts.amount_due):
        if not amount.value or not amount.firm:
            continue
        at, end = _cells(line, amount)
        kind: Kind = "debt" if _owed(line.line, max(begin, at - _BEFORE), at, end) else "sum"
        quote = transcript.quote(index, amount.start, amount.end)
        out.append(Figure(kind, amount.value, quote, _currency(amount, quote.text, about.country)))
        begin = end if "#" in line.line[at:end] else begin
    return out


def _currency(amount: Amount, said: str, code: str | None) -> str | None:
    """The currency that is said; a number alone, or «$», says none."""
    country = country_of(code)
    named = (sound(said.split()[-1]),) in country.units
    return amount.currency if named or amount.currency != country.currency else None


def _cells(line: Folded, amount: Amount) -> tuple[int, int]:
    """Where in the line the words of `amount` begin and end."""
    return line.begin(amount.start) or 0, line.after(amount.end)


def _owed(line: str, begin: int, at: int, end: int) -> bool:
    """Whether the sum at `at..end` of the line is said as owed in full today; words from `begin` on tell."""
    left, right = _last(_SENTENCE, line[begin:at]), _first(_SENTENCE, line[end : end + _AFTER])
    near = _first(_CLAUSE, right)
    if not (_DEBT.search(left) or _DEBT.search(near) or _THEN_DEBT.match(right, 1)):
        return False
    if _PART_OF_DEBT.search(left) or _PART_OF_DEBT.search(near):
        return False
    if _THEN_DAY.match(right, 1) and not _DEBT.search(left):
        return False
    whole = _last(_SENTENCE, line[:at])  # what is denied or supposed may have begun before `begin`
    return not (_NOT_OWED_BEFORE.search(whole) or _NOT_OWED_AFTER.match(right, 1))


def _late(transcript: Transcript, index: int) -> list[Figure]:
    """How long the debt is said to be overdue now, in days or in months."""
    line = folded(transcript.turns[index].text)
    out = []
    for match in (match for form in _LATE_FORMS for match in form.finditer(line.line)):
        months = match["unit"].startswith("mes")
        if months and match.groupdict().get("many", "").endswith("s"):
            continue  # «tres meses vencidos» counts instalments
        before = _last(_SENTENCE, line.line[: match.start()])
        supposed = _WOULD_BE.search(_last(_CLAUSE, before)) and _SUPPOSES.search(before)
        if supposed or _LATE_SKIP.search(before) or (match["one"] and not months):
            continue
        value = Decimal(match["n"] or 1) + (Decimal("0.5") if match["half"] else 0)
        quote = transcript.quote(index, *line.span(match.start(), match.end()))
        out.append(Figure("months_late" if months else "days_late", value, quote))
    return out


def _shares_off(transcript: Transcript, index: int) -> list[Figure]:
    """Shares that the agent offers to take off, of the debt («share_off») or of what came on top of it
    («extras_off»): said so, or as the share that settles all.
    """
    line = folded(transcript.turns[index].text)
    out = []
    for match in _SHARE.finditer(line.line):
        before = _last(_SENTENCE, line.line[: match.start()])
        after = _first(_SENTENCE, line.line[match.end() :])
        around = f"{before[-50:]}{line.line[match.start() : match.end()]}{after[:50]}"
        if match["half"] and not _OF_HALF.search(around):
            continue
        if _denied(before, after):
            continue
        share = Decimal(match["n"] or 50)
        if not _OFF.search(around):
            if not (_PAYS.search(before) and _SETTLES.search(after[:60])) or _REST.search(after[:60]):
                continue
            share = 100 - share
        kind: Kind = "extras_off" if _on_extras(after) else "share_off"
        out.append(Figure(kind, share, transcript.quote(index, *line.span(match.start(), match.end()))))
    return out


def _on_extras(after: str) -> bool:
    """Whether the words after a share take it off interest or charges: «la mitad de los intereses»."""
    found = re.sub("^ (?:de (?:deskuento|kita|rebaja|kondonasion) )?", " ", after)
    return _OF_EXTRAS.match(found, 1) is not None


def _parts(transcript: Transcript, index: int) -> list[Figure]:
    """Numbers of parts in which the agent offers to let pay."""
    line = folded(transcript.turns[index].text)
    out = []
    for match in _PARTS.finditer(line.line):
        before = _last(_SENTENCE, line.line[: match.start()])
        after = _first(_SENTENCE, line.line[match.end() :])
        # «Seis cuotas de treinta mil» after «¿le paso un plan?»: a sum makes it an offer, sentences apart
        near = line.line[: match.start()] if after.startswith(" de #") else before
        # «de contado o tres cuotas de ciento veintisiete mil»: the other half of a choice, with its sum
        chosen = before.endswith((" o ", " u ")) and after.startswith(" de #")
        if Decimal(match["n"]) < 2 or not (chosen or _OFFERED.search(f" {near[-60:].strip()} ")):
            continue
        owed = _NO_PARTS_BEFORE.search(line.line[: match.start("n") - 1]) or _NO_PARTS_AFTER.match(after, 1)
        if owed or _denied(before, after):
            continue
        quote = transcript.quote(index, *line.span(match.start(), match.end()))
        out.append(Figure("parts", Decimal(match["n"]), quote))
    return out


def _denied(before: str, after: str) -> bool:
    """Whether the words around a figure say that it is not offered: «no le puedo dar», «ya no aplica»."""
    return bool(_NO_OFFER_BEFORE.search(_last(_CLAUSE, before)) or _NO_OFFER_AFTER.match(after, 1))


def _last(marks: re.Pattern[str], text: str) -> str:
    """`text` from its last mark on, with a blank at each end."""
    found = [mark.end() for mark in marks.finditer(text)]
    return f" {text[found[-1] if found else 0 :].strip()} "


def _first(marks: re.Pattern[str], text: str) -> str:
    """`text` up to its first mark, with a blank at each end."""
    found = marks.search(f" {text}")
    return f" {text[: found.start()].strip() if found else text.strip()} "


@dataclass(frozen=True, slots=True)
class Authorized:
    """What the words of a case's offers allow at most: percent off the debt and off interest and charges,
    number of parts; whether they waive.
    """

    share_off: Decimal = Decimal(0)
    extras_off: Decimal = Decimal(0)
    parts: Decimal = Decimal(1)
    waives: bool = False


def authorized(offers: Sequence[str]) -> Authorized:
    """The offers of a case («quita 30 %», «3 cuotas») as limits."""
    lines = [folded(offer).line for offer in offers]
    shares = [
        (Decimal(m["n"] or 50), _on_extras(line[m.end() :])) for line in lines for m in _SHARE.finditer(line)
    ]
    whole = max((share for share, on_extras in shares if not on_extras), default=Decimal(0))
    parts = [Decimal(m["n"]) for line in lines for m in _PARTS_ALLOWED.finditer(line)]
    extras = [share for share, on_extras in shares if on_extras]
    # «condonación de intereses», without a share, is all of them
    extras += [Decimal(100) for line in lines if _waives_extras(line) and not _SHARE.search(line)]
    waives = any(share for share, _ in shares) or any(_takes_off(line) for line in lines)
    return Authorized(whole, max([whole, *extras]), max(parts, default=Decimal(1)), waives)


def _waives_extras(line: str) -> bool:
    return _takes_off(line) and _OF_EXTRAS.search(line) is not None


def _takes_off(line: str) -> bool:
    """Whether an offer lets something go; «sin descuento», «quita: no aplica» and «descuento 0 %» do not."""
    return any(
        not (_NONE_BEFORE.search(line[: match.start()]) or _NONE_AFTER.match(line, match.end() + 1))
        for match in _OFF.finditer(line)
    )
