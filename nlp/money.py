"""Sums of money a turn names, in the words of eight countries: «quince lucas», «medio palo».

Where «mil» is dropped (Colombia, Chile, Argentina, Costa Rica) «le pago cincuenta» is 50,000; `hint`, the
balance of the case or the sum just spoken of, decides what a short form means. Numbers that count days,
hours, instalments, shares or digits of a document are no money.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from nlp.clues import sought, sought_before, with_clues
from nlp.countries import LEAST_UNIT, Country, country_of, unit_words
from nlp.dates import dates
from nlp.folded import Cell, Folded, folded, phrase
from nlp.money_parts import Sum, unit_at, with_cents, with_sign, with_unit
from nlp.phrases import phrases, spelled

MINIMUM, INSTALMENT, HALF, TOTAL = "minimum", "instalment", "half", "total"


@dataclass(frozen=True, slots=True)
class Amount:
    """Characters `start..end` name a sum. `value` is None where it is named but not known («el mínimo»).

    `firm`: neither approximate nor a range. `bare`: a number alone, without currency, slang or size, that
    the words around it make money.
    """

    start: int
    end: int
    value: Decimal | None
    currency: str | None
    firm: bool
    bare: bool = False


_ANY_DAY = datetime.date(2025, 1, 1)
_SMALLEST_BARE, _LEAST_PART = 10, 100

_ABOUT_BEFORE = sought_before("about_before")
_ABOUT_AFTER = sought("about_after")
_RANGE = phrases("range")
_SHARE = phrase("(?:%|por ciento|porciento|por 100)")
_DOCUMENT = sought_before("document")
_YEAR = re.compile(r" (?:de|del|en|el|ano|desde) $")
_HOUR = re.compile(r" (?:a las|las|la|a la|son las|tipo las) $")
_DECIMALS = re.compile(r"\d+[.,]\d\d")
_PAID = with_clues(re.compile(phrase(spelled("pay_context") + "(?: [^ .?]+){0,5}").pattern + " $"))
_MAY_FOLLOW = phrases("may_follow")
_PARTS_OF = sought_before("parts_of_before")  # «cuatro pagos de quinientos…», whatever follows
_COUNTED = phrase("(?:dias|semanas|meses|años|horas|minutos|personas|#[0-9.]+)")

_RELATIVE = tuple((sought(f"sum_{kind}"), kind) for kind in (MINIMUM, HALF, INSTALMENT, TOTAL))


def amounts(
    text: str,
    country: str | None,
    *,
    hint: Decimal | None = None,
    named: Mapping[str, Decimal] | None = None,
    asked: bool = False,
) -> tuple[Amount, ...]:
    """The sums that `text` names, in order, not overlapping.

    `hint`: the balance of the case or the last sum said. `named`: what MINIMUM, INSTALMENT and TOTAL come
    to in this call. `asked`: the turn answers «¿cuánto?», so that a bare number is money.
    """
    return _amounts(text, country, hint, tuple(sorted((named or {}).items())), asked)


@lru_cache(maxsize=1024)
def _amounts(
    text: str, code: str | None, hint: Decimal | None, named: tuple[tuple[str, Decimal], ...], asked: bool
) -> tuple[Amount, ...]:
    sums, loose = _told(text, code)
    if not (sums or _relative_places(text)):
        return ()
    turn, country = folded(text), country_of(code)
    found = [amount for s in sums if (amount := _amount(turn, s, country, hint, asked)) is not None]
    found = [replace(amount, firm=False) if amount.start in loose else amount for amount in found]
    found += _relative(turn, found, hint, dict(named), country)
    return tuple(sorted(found, key=lambda amount: amount.start))


@lru_cache(maxsize=1024)
def _told(text: str, code: str | None) -> tuple[tuple[Sum, ...], frozenset[int]]:
    """The numbers and units of `text` that are no days, and where those begin that are part of a range."""
    turn = folded(text)
    sums = tuple(_sums(turn, code))
    if not sums:
        return (), frozenset()
    taken = [(day.start, day.end) for day in dates(text, _ANY_DAY)]  # where days stand, whichever
    sums = tuple(s for s in sums if not _is_day(turn, s, taken))
    ranged = {i + j for i, (a, b) in enumerate(pairwise(sums)) if _is_range(turn, a, b) for j in (0, 1)}
    return sums, frozenset(turn.span(sums[i].first, sums[i].end)[0] for i in ranged)


def _is_day(turn: Folded, s: Sum, taken: list[tuple[int, int]]) -> bool:
    start, end = turn.span(s.first, s.end)
    return any(start < last and first < end for first, last in taken)


def _is_range(turn: Folded, a: Sum, b: Sum) -> bool:
    between = turn.line[a.end : b.first]
    before = turn.line[: a.first]
    link = _RANGE.match(between, 1)
    joined = link is not None and link.end() == len(between) - 1
    return joined or (between == " i " and bool(re.search(r" entre(?: los)? $", before)))


def _sums(turn: Folded, code: str | None) -> Iterator[Sum]:
    """Every number with what belongs to it (sign, unit, half, cents), and units alone («una luca»)."""
    done = -1
    country, units = country_of(code), unit_words(code)
    alone = {*_TIMES, "de", *units} if not turn.clues.isdisjoint(units) else set()
    if not alone and "#" not in turn.clues:
        return
    for cell, word in zip(turn.cells, turn.line.split(), strict=True):
        if cell.at < done or not (cell.number or word in alone):
            continue
        s = _number_sum(turn, cell, country) if cell.number else _unit_sum(turn, cell, country)
        if s is not None:
            done = s.end
            yield s


def _number_sum(turn: Folded, cell: Cell, country: Country) -> Sum | None:
    number = cell.number
    if number is None or number.loose or number.article:
        return None
    end = turn.line.index(" ", cell.at)
    if turn.text[slice(*turn.span(cell.at, end))].casefold() == "siento":  # «lo siento» sounds like 100
        return None
    s = Sum(cell.at, end, number.value, sized=number.scaled, readings=number.readings)
    s = with_sign(turn, s, country)
    found = unit_at(turn, s.end, country)
    if found:
        unit, end = found
        s = with_unit(turn, s, unit, end)
    return with_cents(turn, s, country)


_TIMES = {"un": Decimal(1), "una": Decimal(1), "medio": Decimal("0.5"), "media": Decimal("0.5")}


def _unit_sum(turn: Folded, cell: Cell, country: Country) -> Sum | None:
    """«una luca», «medio palo», «palo y medio»; «un peso» says no sum."""
    end = turn.line.index(" ", cell.at)
    times = _TIMES.get(turn.line[cell.at : end])
    found = unit_at(turn, end if times else cell.at - 1, country)
    if not found or found[0].value < LEAST_UNIT:
        return None
    if times is None and not re.match(r" (?:i medi[oa]|#[0-9]{3})(?= )", turn.line[found[1] :]):
        return None
    return with_unit(turn, Sum(cell.at, end, times or Decimal(1)), *found)


def _amount(turn: Folded, s: Sum, country: Country, hint: Decimal | None, asked: bool) -> Amount | None:
    before, after = turn.line[: s.first], turn.line[s.end :]
    sure = s.named or _is_balance(turn, s, before, hint)
    if _SHARE.match(after, 1) or not (sure or _is_money(turn, s, before, after, asked, country)):
        return None
    value, sure = _scaled(s, country, hint)
    if value <= 0:
        return None
    firm = sure and not (_ABOUT_BEFORE.is_before(turn, s.first) or _ABOUT_AFTER.is_after(turn, s.end))
    start, end = turn.span(s.first, s.end)
    value = value.to_integral_value() if value == value.to_integral_value() else value
    return Amount(start, end, value, s.currency or country.currency, firm, bare=not (s.named or s.sized))


def _is_balance(turn: Folded, s: Sum, before: str, hint: Decimal | None) -> bool:
    """Whether a number without currency is a sum by itself: the very balance, or one with two decimals."""
    raw = turn.text[slice(*turn.span(s.first, s.end))]
    alone = s.value >= _SMALLEST_BARE and (s.value == hint or _DECIMALS.fullmatch(raw) is not None)
    return alone and not (_HOUR.search(before) or _DOCUMENT.is_before(turn, s.first))


def _is_money(turn: Folded, s: Sum, before: str, after: str, asked: bool, country: Country) -> bool:
    """Whether a number without currency is a sum: by what follows, its size or the words before."""
    part = s.value >= _LEAST_PART and _PARTS_OF.is_before(turn, s.first) and not _COUNTED.match(after, 1)
    if not (part or _MAY_FOLLOW.match(after, 1) or after == " "):
        return False
    if _DOCUMENT.is_before(turn, s.first) or (s.value < 25 and _HOUR.search(before)):
        return False
    raw = turn.text[slice(*turn.span(s.first, s.end))]
    if raw.isdigit() and (raw.startswith("0") or len(raw) > (9 if country.drops_thousand else 6)):
        return False
    if s.sized:
        return not (1950 <= s.value <= 2060 and _YEAR.search(before))
    return s.value >= 100 or (s.value >= _SMALLEST_BARE and (asked or _PAID.is_before(turn, s.first)))


def _scaled(s: Sum, country: Country, hint: Decimal | None) -> tuple[Decimal, bool]:
    """The value that is meant, and whether it is sure."""
    if s.readings and s.value == s.readings[0]:
        if hint is None:
            return (s.readings[-1] if country.drops_thousand else s.value), False
        fitting = [value for value in s.readings if value <= hint * Decimal("1.1")] or [s.value]
        return max(fitting), True
    if s.sized or s.value >= 1000 or s.currency not in (None, country.currency):
        return s.value, True
    grown = s.value * 1000
    if country.drops_thousand and s.value != int(s.value):  # «tres coma cinco»: thousands or millions
        fitting = [
            v for v in (grown * 1000, grown, s.value) if hint is not None and v <= hint * Decimal("1.1")
        ]
        return (fitting[0], True) if fitting else (grown, False)
    if country.drops_thousand:
        literal = hint is not None and grown > hint * Decimal("1.3") and hint < 5000
        return (s.value if literal else grown), True
    return (grown if hint == grown else s.value), True


def _relative(
    turn: Folded, found: list[Amount], hint: Decimal | None, named: Mapping[str, Decimal], country: Country
) -> list[Amount]:
    """«el mínimo», «la mitad», «una cuota», «todo»: what they come to where it is known."""
    worth = {HALF: hint / 2 if hint is not None else None, TOTAL: hint, **named}
    out: list[Amount] = []
    for kind, start, end in _relative_places(turn.text):
        if any(start < a.end and a.start < end for a in (*found, *out)):
            continue
        value = worth.get(kind)
        out.append(Amount(start, end, value, country.currency if value else None, value is not None))
    return out


@lru_cache(maxsize=1024)
def _relative_places(text: str) -> tuple[tuple[str, int, int], ...]:
    """(kind, start, end) of every «el mínimo», «la mitad» and the like."""
    turn = folded(text)
    return tuple(
        (kind, *turn.span(match.start(), match.end()))
        for pattern, kind in _RELATIVE
        for match in pattern.all_in(turn)
    )
