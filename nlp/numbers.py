"""Numbers in a turn, said or written, as people say them and as recognisers spell them.

«mil quinientos», «veintiún mil», «un millón doscientos», «dos coma cinco millones», «2 1000 500»,
«1.500,50», «cuarenta y cinco seiscientos». What a number counts (money, days, hours) is for `money.py` and
`dates.py` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from nlp.number_parts import AS_HUNDREDS, fraction, hundreds, word_at
from nlp.number_words import (
    AND,
    ARTICLES,
    DATE_OPENERS,
    HALF,
    HUNDRED,
    JOINED,
    MILLION,
    MILLION_ALONE,
    OVER_HUNDRED,
    SMALL,
    THOUSAND,
)
from nlp.tokens import Token, tokens_of

# any of these, or figures, may begin a number
_BEGINS = frozenset((THOUSAND, *HALF, *MILLION_ALONE, *JOINED, *OVER_HUNDRED, *HUNDRED, *SMALL))
_GOES_ON = _BEGINS | MILLION | AS_HUNDREDS
_MOST_FIGURES = 18  # a longer row of figures is no sum and no day


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `first..end` (end excluded) say `value`.

    `readings` are the values that a short form may mean («dos cincuenta»), the likeliest first; empty where
    there is one. `scaled`: a word or mark gives the size (mil, millón, 1.500), so that no thousand was
    dropped. `article`: only «un» or «una». `loose`: part of a string of figures or a range, not a quantity.
    """

    first: int
    end: int
    value: Decimal
    readings: tuple[Decimal, ...] = ()
    scaled: bool = False
    article: bool = False
    loose: bool = False


@lru_cache(maxsize=1024)
def numbers_of(text: str) -> tuple[Number, ...]:
    """Every number of `text`, in order, not overlapping."""
    tokens = tokens_of(text)
    found: list[Number] = []
    done = 0
    for at in [i for i, token in enumerate(tokens) if token.sound in _BEGINS or token.kind == "digits"]:
        if at < done:
            continue
        alone = tokens[at].sound in ARTICLES and not (
            _goes_on(tokens, at + 1) or fraction(tokens, at, at + 1)
        )
        number = Number(at, at + 1, Decimal(1), article=True) if alone else _number(tokens, at)
        if number is not None:
            found.append(number)
            done = number.end
    return tuple(_strings(found))


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token at `at` may be part of a number that begins before it."""
    return at < len(tokens) and (tokens[at].kind == "digits" or tokens[at].sound in _GOES_ON)


def figure(raw: str) -> Decimal:
    """The value of digits with marks: a lone mark before three digits parts thousands, else it is the
    decimal mark.
    """
    raw = raw.replace("'", "").replace("’", "")
    marks = [c for c in raw if c in ".,"]
    if not marks:
        return Decimal(raw)
    head, last = raw[: raw.rindex(marks[-1])], raw[raw.rindex(marks[-1]) + 1 :]
    alike = len(set(marks)) == 1
    if alike and (len(marks) > 1 or (len(last) == 3 and head != "0")):
        return Decimal(re.sub(r"[.,]", "", raw))
    return Decimal(re.sub(r"[.,]", "", head) + "." + last)


def _strings(found: list[Number]) -> list[Number]:
    """Three or more numbers side by side are a string of figures (a card, a telephone): none of them is a
    quantity.
    """
    out: list[Number] = []
    at = 0
    while at < len(found):
        run = at + 1
        while run < len(found) and found[run].first == found[run - 1].end:
            run += 1
        out += [replace(n, loose=True) if run - at >= 3 else n for n in found[at:run]]
        at = run
    return out


def _number(tokens: tuple[Token, ...], at: int) -> Number | None:
    """The longest number that begins at token `at`."""
    if word_at(tokens, at) in HALF and word_at(tokens, at + 1) in MILLION:
        return Number(at, at + 2, Decimal(500_000), scaled=True)
    head = _thousands(tokens, at)
    if head is None:
        if word_at(tokens, at) not in MILLION_ALONE:
            return None
        head = (Decimal(1), at, False)
    value, end, scaled = head
    part = fraction(tokens, at, end)
    if part is not None:
        return _decimal(tokens, at, head, part)
    if word_at(tokens, end) in MILLION:
        return _millions(tokens, at, value, end + 1)
    if scaled:
        if value % 1000 == 0 and word_at(tokens, end) in AND and word_at(tokens, end + 1) in HALF:
            return Number(at, end + 2, value + 500, scaled=True)
        return Number(at, end, value, scaled=True)
    return _short_form(tokens, at, value, end) or Number(
        at, end, value, article=end == at + 1 and word_at(tokens, at) in ARTICLES
    )


def _decimal(
    tokens: tuple[Token, ...], at: int, head: tuple[Decimal, int, bool], part: tuple[Decimal, int, bool]
) -> Number:
    """«dos coma cinco millones» is 2,500,000, «dos punto cinco mil» 2,500, «doce coma cinco» 12.5; what can
    be read two ways («dos punto trescientos») is no quantity.
    """
    value, _, scaled = head
    more, end, sure = part
    if word_at(tokens, end) in MILLION:
        return _millions(tokens, at, value + more, end + 1)
    if _is_thousand(tokens, end):
        return Number(at, end + 1, _whole((value + more) * 1000), scaled=True)
    return Number(at, end, value + more, scaled=scaled, loose=not sure)


def _whole(value: Decimal) -> Decimal:
    """2500000.0 as 2500000."""
    return value.to_integral_value() if value == int(value) else value


def _millions(tokens: tuple[Token, ...], at: int, value: Decimal, end: int) -> Number:
    """«un millón doscientos» is 1,200,000: nobody owes 1,000,200. «dos millones coma cinco» may be two and a
    half, and is no quantity.
    """
    total = _whole(value * 1_000_000)
    if word_at(tokens, end) in AND and word_at(tokens, end + 1) in HALF:
        return Number(at, end + 2, total + 500_000, scaled=True)
    rest_at = end + 1 if word_at(tokens, end) in AND and _thousands(tokens, end + 1) else end
    rest = _thousands(tokens, rest_at)
    if rest is not None and rest[0] < 1_000_000 and rest[0] == int(rest[0]):
        more, end, scaled = rest
        total += more if scaled else more * 1000
    part = fraction(tokens, at, end)
    if part is not None:
        return Number(at, part[1], total + part[0], scaled=True, loose=total % 1000 == 0)
    return Number(at, end, total, scaled=True)


def _thousands(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int, bool] | None:
    """(value, end, scaled) of a number under a million at `at`, or of figures of any size."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "digits" and len(token.raw) > _MOST_FIGURES:
        return None
    if token.sound == THOUSAND:
        return _with_rest(tokens, at + 1, Decimal(1000))
    if token.sound in JOINED and token.kind == "word":
        return _with_rest(tokens, at + 1, Decimal(JOINED[token.sound]))
    if token.kind == "digits":
        spaced = _spaced_figures(tokens, at)
        if spaced is not None:
            return spaced
        value = figure(token.raw)
        if word_at(tokens, at + 1) == THOUSAND and value < 100_000:
            return _with_rest(tokens, at + 2, value * 1000)
        if value >= 1000 or not token.raw.isdigit():
            return (
                _with_rest(tokens, at + 1, value)
                if value >= 1000 and value % 1000 == 0
                else (value, at + 1, value >= 1000)
            )
    small = hundreds(tokens, at)
    if small is None:
        return None
    value, end = small
    if _is_thousand(tokens, end) and value > 0:
        return _with_rest(tokens, end + 1, value * 1000)
    return value, end, False


def _is_thousand(tokens: tuple[Token, ...], at: int) -> bool:
    return word_at(tokens, at) in (THOUSAND, "1000")


def _with_rest(tokens: tuple[Token, ...], at: int, total: Decimal) -> tuple[Decimal, int, bool]:
    """`total` thousands and the hundreds that follow: «mil | quinientos», «2 1000 | 500», «mil | dos
    cincuenta».
    """
    rest = hundreds(tokens, at)
    if (
        rest is None
        or total % 1000
        or rest[0] == 0
        or _is_thousand(tokens, rest[1])
        or word_at(tokens, rest[1]) in MILLION
    ):
        return total, at, True
    value, end = rest
    if tokens[at].kind == "digits" and tokens[at - 1].kind == "digits" and value < 100:
        return total, at, True  # «2000 15»: two figures, not one
    if value < 10 and (more := hundreds(tokens, end)) and 10 <= more[0] < 100:
        value, end = value * 100 + more[0], more[1]
    return total + value, end, True


def _spaced_figures(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int, bool] | None:
    """«62 000», «1 200 000»: groups of three after a shorter first; not after a word that opens a date."""
    if len(tokens[at].raw) > 3 or not tokens[at].raw.isdigit() or word_at(tokens, at - 1) in DATE_OPENERS:
        return None
    end = at + 1
    while (
        end < len(tokens)
        and re.fullmatch("[0-9]{3}", tokens[end].raw)
        and tokens[end].start == tokens[end - 1].end + 1
    ):
        end += 1
    if end == at + 1 or tokens[at].raw.startswith("0"):
        return None
    return Decimal("".join(token.raw for token in tokens[at:end])), end, True


def _short_form(tokens: tuple[Token, ...], at: int, value: Decimal, end: int) -> Number | None:
    """«ciento cincuenta y tres setecientos» is 153,700; «dos cincuenta» may be 250, 2,500 or 2.50."""
    if (
        word_at(tokens, at - 1) in DATE_OPENERS
        or value <= 0
        or not all(t.kind == "word" for t in tokens[at:end])
    ):
        return None
    rest = hundreds(tokens, end)
    if (
        rest is None
        or tokens[end].kind != "word"
        or _is_thousand(tokens, rest[1])
        or word_at(tokens, rest[1]) in MILLION
    ):
        return None
    more, last = rest
    if more >= 100 and more % 10 == 0:
        alike = value >= 100 and value % 100 == 0 and value < more  # «cien doscientos»: a range
        return Number(at, last, value * 1000 + more, scaled=True, loose=alike)
    if value < 10 and 10 <= more < 100 and more % 5 == 0:
        readings = (
            value * 100 + more,
            value * 1000 + more * 10,
            (value * 100 + more) / 100,
            (value * 100 + more) * 1000,
        )
        return Number(at, last, readings[0], readings)
    if 20 < value < 100 and value % 10 and 10 <= more < 100 and more % 5 == 0:  # «ochenta y nueve cincuenta»
        spoken = ((value * 100 + more) / 100, value * 100 + more, value * 1000 + more * 10)
        return Number(at, last, spoken[0], spoken)
    return None
