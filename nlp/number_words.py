"""The words of numbers by their sound, with the spellings of recognisers («treintaydos», «cincomil»)."""

from __future__ import annotations

from nlp.calendar_names import WEEKDAYS
from nlp.text import sound

_WORDS_TO_29 = """
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis
diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco
veintiseis veintisiete veintiocho veintinueve
"""
_WORDS_OF_TENS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_WORDS_OF_HUNDREDS = """
ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos
novecientos
"""
_WORDS_BEFORE_A_DAY = "el dia al del"

_UNITS = {word: value for value, word in enumerate(_WORDS_TO_29.split()) if value != 20}
_UNITS |= {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21}
_TENS = {word: 10 * n for n, word in enumerate(_WORDS_OF_TENS.split(), 2)}
_TENS |= {"vente": 20, "trenta": 30, "quarenta": 40, "cinquenta": 50}
_HUNDREDS = {word: 100 * n for n, word in enumerate(_WORDS_OF_HUNDREDS.split(), 1)}
_HUNDREDS |= {"cien": 100, "cientos": 100, "cincocientos": 500, "sietecientos": 700, "nuevecientos": 900}


def _small_words() -> dict[str, int]:
    """Sounds of the numbers under a hundred, joined ones too («treintaydos», «cuarenticinco»)."""
    words = {sound(word): value for word, value in (_UNITS | _TENS).items()}
    words |= {
        sound(word.replace("veinti", "venti")): value for word, value in _UNITS.items() if "veinti" in word
    }
    units = [word for word, value in _UNITS.items() if 1 <= value <= 9]
    for ten, value in _TENS.items():
        for unit in units:
            for joined in (ten[:-1] + "i" + unit, ten + "y" + unit, ten + "i" + unit):
                words.setdefault(sound(joined), value + _UNITS[unit])
    return words


def _joined_words() -> dict[str, int]:
    """Sounds of thousands written as one word: «cincomil», «milquinientos»."""
    numbers = _UNITS | _TENS | _HUNDREDS
    thousands = {word + "mil": value * 1000 for word, value in numbers.items() if value > 1}
    hundreds = {"mil" + word: 1000 + value for word, value in _HUNDREDS.items()}
    return {sound(word): value for word, value in (thousands | hundreds).items()}


SMALL, JOINED = _small_words(), _joined_words()
HUNDRED = {sound(word): value for word, value in _HUNDREDS.items()}
HUNDRED |= {sound(word[:-2] + "as"): value for word, value in _HUNDREDS.items() if word.endswith("os")}
OVER_HUNDRED = {sound("ciento" + word): 100 + value for word, value in (_UNITS | _TENS).items() if value}
THOUSAND, PER_CENT = sound("mil"), sound("ciento")
MILLION_ALONE = {sound("millon"), sound("milloncito")}  # «millón y medio»
MILLION = MILLION_ALONE | {sound("millones"), sound("milloncitos")}
NOT_TODAY = {"oí", "oi", "oi\u0301"}  # sounds like «hoy», and is not
ARTICLES = {"un", "uno", "una"}
AND = {"i", "y", "e"}
HALF = {sound("medio"), sound("media")}
DATE_OPENERS = {sound(word) for word in _WORDS_BEFORE_A_DAY.split()} | WEEKDAYS.keys()
