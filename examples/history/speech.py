"""How things are said aloud: amounts, numbers, dates, and what a recogniser makes of them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from random import Random
from typing import Literal

Style = Literal["digits", "words", "asr"]


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


MONTHS = _listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
WEEKDAYS = _listed("lunes martes miércoles jueves viernes sábado domingo")
_UNITS = _listed(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve"
)
_TENS = _listed(". . . treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = _listed(
    ". ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)


def in_words(number: int) -> str:
    """0 to 999,999,999 as a Spanish speaker says it, masculine, before no noun: «veintiuno», «ciento uno»."""
    if number < 30:
        return _UNITS[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens] + (f" y {_UNITS[unit]}" if unit else "")
    if number == 100:
        return "cien"
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return _HUNDREDS[hundreds] + (f" {in_words(rest)}" if rest else "")
    if number < 1_000_000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{_before_noun(in_words(thousands))} mil"
        return head + (f" {in_words(rest)}" if rest else "")
    millions, rest = divmod(number, 1_000_000)
    head = "un millón" if millions == 1 else f"{_before_noun(in_words(millions))} millones"
    return head + (f" {in_words(rest)}" if rest else "")


def _before_noun(words: str) -> str:
    """«veintiuno» is «veintiún» before a noun, «treinta y uno» is «treinta y un»."""
    return re.sub(r"uno$", "un", re.sub(r"veintiuno$", "veintiún", words))


def number(value: float, style: Style, mark: str) -> str:
    """An amount without its currency; `mark` parts the thousands, cents follow «con» in words."""
    whole, cents = int(value), round(value * 100) % 100
    if style == "words":
        return in_words(whole) + (f" con {in_words(cents)}" if cents else "")
    text = f"{whole:,}".replace(",", mark) if style == "digits" and whole > 999 else str(whole)
    if not cents:
        return text
    return f"{text} con {cents:02d}" if style == "asr" else f"{text}{',' if mark == '.' else '.'}{cents:02d}"


def money(value: float, style: Style, mark: str, unit: str) -> str:
    """An amount with its currency: «2,180 pesos», «un millón de pesos», «veintiún euros»."""
    text = number(value, style, mark)
    if style == "words" and " con " in text:
        whole, cents = text.split(" con ")
        return f"{_before_noun(whole)} {unit} con {cents}"
    return f"{_before_noun(text)} {'de ' if re.search(r'mill(ón|ones)$', text) else ''}{unit}"


def day(on: date, style: Style) -> str:
    if style != "words":
        return str(on.day)
    return "primero" if on.day == 1 else in_words(on.day)


def short_date(on: date, today: date, style: Style) -> str:
    """What a debtor says: «mañana», «el viernes», «el 15»."""
    ahead = (on - today).days
    if ahead <= 1:
        return "hoy" if ahead == 0 else "mañana"
    return f"el {WEEKDAYS[on.weekday()]}" if ahead < 7 else f"el {day(on, style)}"


def full_date(on: date, today: date, style: Style) -> str:
    """What a read-back says: «mañana viernes 28 de agosto»."""
    said = f"{WEEKDAYS[on.weekday()]} {day(on, style)} de {MONTHS[on.month - 1]}"
    ahead = (on - today).days
    return f"{'hoy' if ahead == 0 else 'mañana'} {said}" if ahead <= 1 else f"el {said}"


def sentence_case(text: str) -> str:
    """A capital at the start and after a full stop; three dots do not end a sentence."""
    return re.sub(r"(^|(?<![.…])[.!?] )([¿¡]*)([a-záéíóúñ])", lambda m: m[1] + m[2] + m[3].upper(), text)


_MISHEARD = [
    ("a ver", "haber"),
    ("a la ", "ala "),
    ("a lo ", "alo "),
    ("de los ", "delos "),
    ("o sea", "osea"),
]


def recognised(text: str, rng: Random, accents: bool) -> str:
    """As a recogniser writes it: lower case, no marks, now and then a word joined or misheard."""
    text = re.sub(r"[¿?¡!,;:…\"«»]|\.(?!\d)", "", text.replace("...", " ")).lower()
    if not accents:
        kept = text.replace("ñ", "\0")
        bare = unicodedata.normalize("NFD", kept)
        text = "".join(c for c in bare if not unicodedata.combining(c)).replace("\0", "ñ")
    for right, wrong in _MISHEARD:
        if right in text and rng.random() < 0.15:
            text = text.replace(right, wrong, 1)
    return re.sub(r"\s+", " ", text).strip()
