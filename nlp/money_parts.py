"""What belongs to the number of a sum: its sign, the word of its currency, the half and the cents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from nlp.countries import Country, Unit
from nlp.folded import Folded, phrase

_CENTS = phrase("(?:con|y) #(?P<cents>[0-9]{1,2})(?P<word> (?:centavos?|centimos?|ctvs|cents|centésimos))?")
_LONGEST_UNIT = 4  # words: «unidades de valor real»
_MORE_AFTER = r" (?:de|mas)(?= )"
_IN_TENTHS = frozenset(
    ("CLF", "MXV", "COU", "UYI")
)  # «doce con cinco UF» is 12.5, «doce con cinco euros» 12.05
_NO_COUNT_AFTER = r" (?:dias|semanas|meses|kuotas|pagos|anos|oras|minutos|lukas|mil|de|personas)(?= )"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum under way: cells `first..end` of the line."""

    first: int
    end: int
    value: Decimal
    currency: str | None = None
    sized: bool = False  # its size is said: slang, mil, a mark
    named: bool = False  # a currency word or sign stands by it
    readings: tuple[Decimal, ...] = ()


def with_sign(turn: Folded, s: Sum, country: Country) -> Sum:
    """`s` with the sign before it («$ 200») or after it («75,50 €»)."""
    before = turn.line[: s.first].rsplit(" ", 2)[-2] if s.first > 1 else ""
    after = turn.line[s.end + 1 :].partition(" ")[0]
    if before in country.signs:
        own = country.signs[before] or country.currency
        return replace(s, first=s.first - len(before) - 1, named=True, currency=own)
    if after in country.signs:
        return replace(
            s, end=s.end + len(after) + 1, named=True, currency=country.signs[after] or country.currency
        )
    return s


def unit_at(turn: Folded, at: int, country: Country) -> tuple[Unit, int] | None:
    """The money word after character `at` of the line («de pesos» too), and where it ends."""
    rest = turn.line[at + 1 : at + 40].split(" ")
    skip = 1 if rest[:1] == ["de"] else 0
    for size in range(_LONGEST_UNIT, 0, -1):
        words = tuple(rest[skip : skip + size])
        if words in country.units:
            return country.units[words], at + sum(len(word) + 1 for word in rest[: skip + size])
    return None


def with_unit(turn: Folded, s: Sum, unit: Unit, end: int) -> Sum:
    """`s` of that unit, with the half or the hundreds that follow: «dos palos y medio», «palo doscientos»."""
    value = s.value * unit.value
    half = re.match(r" i medi[oa](?= )", turn.line[end:])
    more = re.match(r" #([0-9]{2,3})(?= )(?! (?:dias|cuotas|pesos))", turn.line[end:])
    if half:
        value, end = value + unit.value / 2, end + half.end()
    elif more and unit.value >= 1000:
        value, end = value + int(more[1]) * (1000 if unit.value >= 1_000_000 else 1), end + more.end()
    sized = s.sized or unit.value != 1
    return replace(s, end=end, value=value, sized=sized, named=True, currency=unit.currency or s.currency)


def with_cents(turn: Folded, s: Sum, country: Country) -> Sum:
    """`s` with the cents after «con», and the currency after them: «ciento veinte con cincuenta euros»."""
    match = _CENTS.match(turn.line, s.end + 1)
    if not match or (match.group().startswith("i ") and not match["word"]) or s.value != int(s.value):
        return s
    after = turn.line[match.end() :]
    if not match["word"] and re.match(_NO_COUNT_AFTER, after):
        return s
    more = Decimal(match["cents"]) / 100
    unit = None if match["word"] else unit_at(turn, match.end(), country)
    if unit is None or unit[0].value < 1:
        return replace(s, end=match.end(), value=s.value + more, sized=True)
    if s.named or re.match(_MORE_AFTER, turn.line[unit[1] :]):  # «con veinte euros de interés» are no cents
        return s
    tenths = len(match["cents"]) == 1 and (unit[0].currency in _IN_TENTHS or unit[0].value >= 1_000_000)
    s = replace(s, value=s.value + (more * 10 if tenths else more), sized=True)
    return with_unit(turn, s, *unit)
