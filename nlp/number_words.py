"""The words of numbers by their sound, with the spellings of recognisers («treintaydos», «cincomil»)."""

from __future__ import annotations

from nlp.text import sound

_UNITS = {
    "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veintiun": 21, "veintiuno": 21, "veintiuna": 21, "veintidos": 22, "veintitres": 23,
    "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "cero": 0,
}  # fmt: skip
_TENS = {
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
    "vente": 20, "trenta": 30, "cinquenta": 50, "quarenta": 40,
}  # fmt: skip
_HUNDREDS = {
    "cien": 100, "ciento": 100, "cientos": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500,
    "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900, "sietecientos": 700, "nuevecientos": 900,
    "cincocientos": 500,
}  # fmt: skip


def _small_words() -> dict[str, int]:
    """Sounds of the numbers under a hundred, with the joined spellings of recognisers («treintaydos», «cuarenticinco»)."""
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
    thousands = {
        word + "mil": value * 1000 for word, value in (_UNITS | _TENS | _HUNDREDS).items() if value > 1
    }
    hundreds = {"mil" + word: 1000 + value for word, value in _HUNDREDS.items()}
    return {sound(word): value for word, value in (thousands | hundreds).items()}


SMALL, JOINED = _small_words(), _joined_words()
HUNDRED = {sound(w): v for w, v in _HUNDREDS.items()} | {
    sound(w[:-2] + "as"): v for w, v in _HUNDREDS.items() if w[-2:] == "os"
}
OVER_HUNDRED = {sound("ciento" + word): 100 + value for word, value in (_UNITS | _TENS).items() if value}
THOUSAND, PER_CENT = sound("mil"), sound("ciento")
MILLION_ALONE = {sound("millon"), sound("milloncito")}  # «millón y medio»
MILLION = MILLION_ALONE | {sound("millones"), sound("milloncitos")}
NOT_TODAY = {"oí", "oi", "oí"}  # sounds like «hoy», and is not
ARTICLES = {"un", "uno", "una"}
AND = {"i", "y", "e"}
HALF = {sound("medio"), sound("media")}
DATE_OPENERS = {
    sound(w)
    for w in (
        "el",
        "dia",
        "al",
        "del",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
    )
}
