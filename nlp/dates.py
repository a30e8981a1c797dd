"""Days a turn names, counted from the day of the call.

`dates("se lo pago el jueves", date(2025, 10, 8), "MX")` is Thursday 9 October. A day is firm where the words fix it;
«cuando cobre», «en estos días», «el lunes o el martes» and «creo que el viernes» do not. How phrases become days
stands in `date_rules.py`.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.date_rules import ANSWER, RULES
from nlp.folded import Folded, folded, phrase


@dataclass(frozen=True, slots=True)
class Day:
    """Characters `start..end` name a day. `date` is None for words that fix none («cuando cobre»).

    `firm`: the words leave no doubt. `deadline`: the day is the last one («antes del 20»). `agrees`: False where
    weekday and day of the month belong to different days («viernes 16» where the 16th is a Saturday); the day of the
    month is kept.
    """

    start: int
    end: int
    date: datetime.date | None
    firm: bool
    deadline: bool = False
    agrees: bool = True


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int  # characters of the line
    end: int
    date: datetime.date | None
    firm: bool
    agrees: bool


_DEADLINE_BEFORE = re.compile(
    phrase(
        "(?:antes de|antes del|antes que|hasta|hasta el|mas tardar|mas tardar el|maximo|maximo el|como maximo|no pasa de|no pasa del|"
        "de aqui a|de aqui al|no mas del|limite|limite el|tope|tope el|como mucho|como mucho el|ultimo plazo)(?: la| el| este| para| dia)*"
    ).pattern
    + " $"
)
_DEADLINE_AFTER = phrase("(?:a mas tardar|como maximo|maximo|como mucho|a lo mas|como muy tarde|o antes|sin falta)")
_SOFT_BEFORE = re.compile(
    phrase(
        "(?:como|tipo|por ahi|por alla|mas o menos|alrededor|aproximadamente|cerca|quiza|quizas|tal vez|talvez|a lo mejor|creo|"
        "creo que|capaz|capaz que|puede ser|puede que|ojala|calculo|calculo que|supongo|supongo que|espero|a ver si|probablemente|"
        "posiblemente|despues de|despues del|a partir|pasando|pasado|pasadito|no se si|igual|ponle que|"
        "si (?:me |nos |ya |yo |todo |le |lo )*(?:pagan|paga|caen|cae|llega|llegan|deposita|depositan|cobro|vendo|consigo|sale|alcanza|"
        "puedo|tengo|logro|hay|entra|cierro|junto|va|sigue|cobramos|dan|da|consignan|ingresan|confirman))"
        "(?: (?:para|por|el|la|que|de|del|a|yo|sea|ahi|en|es|seria|los|le|les|se|lo|eso|ya|me|al|este|entre|bien|dia))*"
    ).pattern
    + " $"
)
_SOFT_AFTER = phrase(
    "(?:mas o menos|aproximadamente|o asi|o por ahi|o algo asi|creo|yo creo|tal vez|quiza|quizas|a lo mejor|si puedo|"
    "si es que|si me (?:pagan|alcanza|llega|cae|depositan|consignan|ingresan)|si cobro|si no|depende|supongo|calculo|capaz)"
)
_LINK = re.compile(r" ?(?:, |o sea |(?:ke es|osea) |el |dia |este |i |es |seria )*$")


@lru_cache(maxsize=4096)
def dates(text: str, call_date: datetime.date, country: str | None = None, *, asked: bool = False) -> tuple[Day, ...]:
    """The days that `text` names, in order, not overlapping.

    `country` decides the order of day and month in figures (the United States write both ways; a month over twelve
    is a day). `asked`: the turn answers «¿qué día?», so that a bare number may be a day of the month.
    """
    turn = folded(text)
    hits = _merged(_longest(_hits(turn, call_date, asked)), turn.line)
    return tuple(_day(turn, hit) for hit in hits)


def _hits(turn: Folded, call_date: datetime.date, asked: bool) -> list[_Hit]:
    found = []
    for pattern, rule in RULES if not asked else (*RULES, ANSWER):
        for match in pattern.finditer(turn.line):
            result = rule(match, call_date)
            if result is not None:
                first = match.start("core") if "core" in pattern.groupindex else match.start()
                found.append(_Hit(first, match.end(), result.date, result.firm, result.agrees))
    return found


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """Of hits that overlap, the one that begins first, then the longest."""
    out: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.first, -h.end)):
        if not out or hit.first >= out[-1].end:
            out.append(hit)
    return out


def _merged(hits: list[_Hit], line: str) -> list[_Hit]:
    """One hit where a day is named twice running: «el viernes, el diecisiete», «hoy jueves»."""
    out: list[_Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        if last and last.date == hit.date and hit.date and _LINK.match(line[last.end : hit.first]):
            out[-1] = replace(last, end=hit.end, firm=last.firm and hit.firm)
        else:
            out.append(hit)
    return out


def _day(turn: Folded, hit: _Hit) -> Day:
    start, end = turn.span(hit.first, hit.end)
    before, after = turn.line[: hit.first], turn.line[hit.end :]
    soft = bool(_SOFT_BEFORE.search(before) or _SOFT_AFTER.match(after, 1))
    deadline = bool(_DEADLINE_BEFORE.search(before) or _DEADLINE_AFTER.match(after, 1))
    return Day(start, end, hit.date, hit.firm and not soft, deadline, hit.agrees)
