"""A sum of money as people and systems write it in a cell."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_TIMES = {"mil": 1000, "millon": 10**6, "millón": 10**6, "millones": 10**6}
_SIZE = re.compile(r"\d\s*(mil|mill[oó]n|millones)\b", re.I)
# «1.5E+06», «480k», «1,5 MM»: rounded; «$1,250.00 M.N.» are pesos
_ROUNDED = re.compile(r"\d[eE][+-]?\d|\d\s*(?:k|mm|m(?!\.?\s?n)|mill|mio|mdp|mdd|miles)\b", re.I)
_BETWEEN = re.compile(r"\d(\D+)(?=\d)")  # «2 mil 500», «500 de 1000»
_MARKS = str.maketrans("−–‒—﹣－’´", "------''")
# what stands before the figures, these with all between them, what stands behind; «$.50» is half a peso,
# «S/.50» fifty soles
_SUM = re.compile(r"(\D*?)((?:(?<![^\W_]|/)[.,])?\d(?:.*\d)?)(\D*)", re.S)
_NO_CENTS = re.compile(r"[.,]\s*[-=]")  # «480.000.-»
# several marks: all between thousands («1.200.000»), the last before cents («1.250,00», «1.250.00»)
_THOUSANDS = re.compile(r"\d{1,3}(?:'\d{3})*([.,])\d{3}(?:\1\d{3})*")  # «1'250,000.00» too
_CENTS = re.compile(r"[.,]\d{1,2}")


def written_sum(raw: str) -> Decimal:
    """A sum with or without currency sign, with «mil» or «millones»; a lone mark with one to three figures
    before it and three behind parts thousands, else it is the decimal mark. Below nought with a minus, of
    any kind and on either side, or in brackets. ValueError, in Spanish, where it is none or not all of its
    figures are there.
    """
    parts = _SUM.fullmatch(raw.translate(_MARKS))
    if parts is None:
        raise ValueError("no es una cantidad")
    before, figures, after = parts.groups()
    size = _SIZE.search(raw)
    times = _TIMES[size[1].casefold()] if size else 1
    digits = re.sub(r"[^\d.,'-]", "", figures)
    lone = re.fullmatch(r"(?!0+[.,])\d{1,3}(?:'\d{3})*[.,]\d{3}", digits)  # «1'250.000»: millions too
    # «1,250 millones» may be one million and a quarter
    apart = any(letter.isalpha() for between in _BETWEEN.findall(raw) for letter in between)
    if apart or _ROUNDED.search(raw) or (lone and times > 1000):
        raise ValueError("no es una cantidad escrita con todas sus cifras")
    try:
        found = Decimal(_plain(digits, thousands=lone is not None)) * times
    except InvalidOperation as error:
        raise ValueError("no es una cantidad") from error
    found = found.to_integral_value() if times > 1 and found == found.to_integral_value() else found
    return -found if _below_nought(before, after) else found


def _plain(digits: str, *, thousands: bool) -> str:
    """The figures with a decimal point at most; a lone mark parts `thousands` or is that point. ValueError
    where several marks part no thousands: «1.25.0», a date.
    """
    marks = [c for c in digits if c in ".,"]
    if len(marks) < 2:
        return re.sub("[.,]", "" if thousands else ".", digits.replace("'", ""))
    whole = _THOUSANDS.match(digits)
    rest = digits[whole.end() :] if whole else digits
    if whole is None or (rest and not _CENTS.fullmatch(rest)):
        raise ValueError("no es una cantidad: sus puntos y comas no separan miles ni centavos")
    return re.sub("[.,']", "", whole[0]) + rest.replace(",", ".")


def _below_nought(before: str, after: str) -> bool:
    """By what stands around the figures: «-480», «480-», «(480)», not «480.-»."""
    minus = "-" in before or ("-" in after and not _NO_CENTS.match(after))
    return minus or (before.rfind("(") > before.rfind(")") and ")" in after)
