"""The parts of numbers: what is under a thousand, and what follows a decimal mark that is spoken."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.number_words import (
    AND,
    DATE_OPENERS,
    HUNDRED,
    MILLION,
    OVER_HUNDRED,
    PER_CENT,
    SMALL,
)
from nlp.text import sound
from nlp.tokens import Token

AS_HUNDREDS = frozenset((sound("cientos"), sound("cientas")))  # «dos cientos»
_MARKS = frozenset((sound("coma"), sound("punto")))
_WITH = sound("con")  # «dos con cinco millones»; «ciento veinte con cincuenta» are cents (`money.py`)
# «uno punto dos pagos»: the first of a list, and what it counts
_COUNTED = frozenset(
    map(sound, "días semanas meses años horas cuotas pagos abonos opciones personas".split())
)
_MOST_PLACES = 4


def word_at(tokens: tuple[Token, ...], at: int) -> str:
    return tokens[at].sound if 0 <= at < len(tokens) else ""


def fraction(tokens: tuple[Token, ...], at: int, end: int) -> tuple[Decimal, int, bool] | None:
    """(value, end, sure) of «coma cinco», «punto cero cinco», «coma cincuenta» after the whole number that
    stands at `at..end`; None where the mark is a dictated comma or stop, or parts a list.
    """
    mark = word_at(tokens, end)
    if mark != _WITH and mark not in _MARKS:
        return None
    found = _places(tokens, end + 1)
    if found is None or _listed(tokens, at, found[1]) or _dictated(tokens, at, end, found[1]):
        return None
    figures, last = found
    unit = word_at(tokens, last)
    if unit in _COUNTED:
        return None
    if unit not in MILLION and (mark == _WITH or (end == at + 1 and word_at(tokens, at) in ("un", "una"))):
        return None
    sure = unit in MILLION or len(figures) != 3 or figures.startswith("0")
    return Decimal(f"0.{figures}"), last, sure


def _places(tokens: tuple[Token, ...], at: int) -> tuple[str, int] | None:
    """(figures, end) of what is said after the mark: «cinco», «cero cinco», «siete cinco», «quinientos»."""
    if at >= len(tokens):
        return None
    if tokens[at].kind == "digits":
        raw = tokens[at].raw
        return (raw, at + 1) if raw.isdigit() and len(raw) <= _MOST_PLACES else None
    figures, end = "", at
    while (digit := SMALL.get(word_at(tokens, end), 10)) < 10 and len(figures) < _MOST_PLACES:
        figures, end = f"{figures}{digit}", end + 1
    if figures.strip("0"):
        return figures, end
    rest = hundreds(tokens, end)
    return (f"{figures}{rest[0]:f}", rest[1]) if rest else None


def _listed(tokens: tuple[Token, ...], at: int, last: int) -> bool:
    """Whether another number stands beyond a mark on either side: «uno coma dos coma tres»."""
    before = word_at(tokens, at - 1) in _MARKS and hundreds(tokens, at - 2) is not None
    return before or (word_at(tokens, last) in _MARKS and hundreds(tokens, last + 1) is not None)


def _dictated(tokens: tuple[Token, ...], at: int, end: int, last: int) -> bool:
    """Whether a day or an hour stands before the mark: «el quince coma dos mil», «a las tres punto»."""
    opened = word_at(tokens, at - 1) in DATE_OPENERS and end == at + 1
    hour = (word_at(tokens, at - 2), word_at(tokens, at - 1)) in (("a", "las"), ("a", "la"))
    share = word_at(tokens, last) == "%" or word_at(tokens, last + 1) == PER_CENT
    return hour or (opened and not share)


def hundreds(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int] | None:
    """(value, end) of a whole number under a thousand, in words or figures."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "digits":
        if not token.raw.isdigit() or len(token.raw) > 3:
            return None
        value = int(token.raw)
        if (
            value
            and value % 100 == 0
            and at + 1 < len(tokens)
            and re.fullmatch("[1-9][0-9]", tokens[at + 1].raw)
        ):
            return Decimal(value + int(tokens[at + 1].raw)), at + 2  # «200 50»
        return Decimal(value), at + 1
    if token.kind != "word":
        return None
    if token.sound in OVER_HUNDRED:
        return Decimal(OVER_HUNDRED[token.sound]), at + 1
    if token.sound == PER_CENT and word_at(tokens, at - 1) == "por":
        return None
    if token.sound in HUNDRED:
        rest_at = at + 2 if word_at(tokens, at + 1) in AND and small(tokens, at + 2) else at + 1
        rest = small(tokens, rest_at)
        value = HUNDRED[token.sound]
        return (Decimal(value + rest[0]), rest[1]) if rest and rest[0] else (Decimal(value), at + 1)
    under = small(tokens, at)
    if under is None:
        return None
    if under[0] < 10 and word_at(tokens, under[1]) in AS_HUNDREDS:
        rest = small(tokens, under[1] + 1)
        return Decimal(under[0] * 100 + (rest[0] if rest else 0)), rest[1] if rest else under[1] + 1
    return Decimal(under[0]), under[1]


def small(tokens: tuple[Token, ...], at: int) -> tuple[int, int] | None:
    """(value, end) of a number under a hundred, in words."""
    if at >= len(tokens) or tokens[at].kind != "word" or tokens[at].sound not in SMALL:
        return None
    value, end = SMALL[tokens[at].sound], at + 1
    if value >= 20 and value % 10 == 0:
        unit_at = end + 1 if word_at(tokens, end) in AND else end
        unit = word_at(tokens, unit_at)
        more = int(unit) if re.fullmatch("[1-9]", unit) and unit_at > end else SMALL.get(unit, 0)
        if 1 <= more <= 9:
            return value + more, unit_at + 1
    return value, end
