"""Sentences from the grammar (grammar.txt) and free word soup, for the demo model's ear."""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from transcripts.demo_speech.numerals import digits, spell

GRAMMAR = Path(__file__).with_name("grammar.txt")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[a-záéíóúñü]{2,}")
_SOON = (
    "mañana",
    "pasado mañana",
    "hoy mismo",
    "esta semana",
    "la semana que viene",
    "a fin de mes",
    "la otra semana",
    "el mes que viene",
    "en quince días",
    "en la quincena",
    "el próximo viernes",
    "esta tarde",
    "el día de pago",
)
_SMALL_AMOUNTS = (10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 500, 800)


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """The grammar's word lists by name."""
    found = {}
    for line in _lines():
        if line.startswith("@"):
            name, _, items = line[1:].partition(":")
            found[name] = tuple(item.strip() for item in items.split("|"))
    return found


@cache
def templates() -> tuple[str, ...]:
    """The grammar's sentence lines."""
    return tuple(line for line in _lines() if not line.startswith("@"))


def _lines() -> list[str]:
    lines = GRAMMAR.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def grammar_sentence(r: random.Random) -> str:
    """One sentence of the grammar, at times with a hesitation before it."""
    sentence = expand(r.choice(templates()), r)
    if r.random() < 0.2:
        sentence = f"{_capital(r.choice(lists()['duda']))}, {_lowered(sentence)}"
        sentence += "?" if "¿" in sentence and not sentence.endswith("?") else ""
    return sentence


def expand(template: str, r: random.Random) -> str:
    """`template` with its choices drawn, its slots filled, its punctuation tidied."""
    text = template
    for _ in range(5):
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda m: r.choice(m.group(1).split("|")), text, count=1)
        text = _SLOT.sub(lambda m: fill(m.group(1), r), text)
    return _tidy(text)


def fill(name: str, r: random.Random) -> str:
    """One drawn value for the slot `name`: computed, or from the list of that name."""
    return _COMPUTED[name](r) if name in _COMPUTED else r.choice(lists()[name])


def soup(vocabulary: tuple[str, ...], r: random.Random) -> str:
    """Words in no order, with names, numbers and made-up words among them."""
    out = []
    for _ in range(r.randint(3, 9)):
        kind = r.random()
        if kind < 0.34:
            out.append(r.choice(vocabulary))
        elif kind < 0.68:
            out.append(r.choice(common_words()))
        elif kind < 0.78:
            out.append(fill(r.choice(["nombre", "apellido"]), r))
        elif kind < 0.9:
            out.append(_pseudo_word(r))
        else:
            out.append(spell(r.randint(0, 9999)))
    text = _capital(" ".join(out))
    return f"¿{text}?" if r.random() < 0.2 else f"{text}."


@cache
def common_words() -> tuple[str, ...]:
    """Everyday words and verb forms for the soup; a few forms are no real words, which does no harm there."""
    forms = set(lists()["palabra"])
    for group in ("ar", "er", "ir"):
        forms |= {stem + ending for stem in lists()[f"verbo_{group}"] for ending in lists()[f"fin_{group}"]}
    return tuple(sorted(forms))


@cache
def grammar_words() -> tuple[str, ...]:
    """Every lower-case word that the grammar's lines hold."""
    words = {word for line in templates() for word in _WORD.findall(_SLOT.sub(" ", line).lower())}
    for name in ("producto", "razon", "pariente", "medio"):
        words.update(word for item in lists()[name] for word in _WORD.findall(item))
    return tuple(sorted(words))


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.?:;!])", r"\1", text)
    text = re.sub(r",\s*([.?])", r"\1", text)
    text = text.replace("de el ", "del ").replace(" a el ", " al ")
    if "¿" in text and "?" not in text:
        text = text.rstrip(".") + "?"
    text = text.replace("?.", "?")
    return _capital(text if text[-1] in ".?!" else text + ".")


def _capital(text: str) -> str:
    return text[:2].upper() + text[2:] if text[0] in "¿¡" else text[0].upper() + text[1:]


def _lowered(sentence: str) -> str:
    first = sentence.split()[0].strip(",.¿?")
    if first in lists()["nombre"] or first in lists()["apellido"]:
        return sentence
    return sentence[:2].lower() + sentence[2:] if sentence[0] in "¿¡" else sentence[0].lower() + sentence[1:]


def _person(r: random.Random) -> str:
    surnames = fill("apellido", r) + (f" {fill('apellido', r)}" if r.random() < 0.35 else "")
    names = fill("nombre", r) if r.random() < 0.85 else f"{fill('nombre', r)} {fill('nombre', r)}"
    return f"{names} {surnames}"


def _courtesy(r: random.Random) -> str:
    title = r.choice(["don", "doña", "señor", "señora", "el señor", "la señora", "señorita"])
    if title.startswith("do"):
        return f"{title} {fill('nombre', r)}"
    return f"{title} {fill('apellido', r)}" if r.random() < 0.7 else f"{title} {_person(r)}"


def amount(r: random.Random) -> str:
    """An amount of money in words, from tens to millions as each currency has them."""
    currency = fill("moneda", r)
    kind = r.random()
    if currency == "pesos" and kind < 0.5:
        number = r.choice(
            [
                r.randint(2, 99) * 50,
                r.randint(5, 400) * 1000,
                r.randint(10, 95) * 10_000,
                r.randint(1, 9) * 1_000_000 + r.randint(0, 9) * 100_000,
            ]
        )
    elif kind < 0.7:
        number = r.choice([r.randint(1, 20) * 50, r.randint(1, 60) * 100])
    else:
        number = r.randint(20, 1999) if kind < 0.9 else r.randint(2000, 19999)
    words = spell(number, before_noun=True)
    joint = " de " if words.endswith(("millón", "millones")) else " "
    cents = f" con {spell(r.randint(1, 99))}" if currency in ("soles", "euros") and r.random() < 0.2 else ""
    return f"{words}{joint}{currency}{cents}"


def _small_amount(r: random.Random) -> str:
    factor = r.choice([1, 1, 1, 1000])
    currency = "pesos" if factor > 1 else fill("moneda", r)
    return f"{spell(r.choice(_SMALL_AMOUNTS) * factor, before_noun=True)} {currency}"


def date_words(r: random.Random) -> str:
    """A day as people name it."""
    kind, day = r.random(), spell(r.randint(1, 31))
    if kind < 0.35:
        return f"el {day} de {fill('mes', r)}"
    if kind < 0.5:
        return f"el {fill('dia', r)}"
    if kind < 0.65:
        return f"el {fill('dia', r)} {day}"
    if kind < 0.75:
        return f"el {r.choice(['día ', ''])}{day}"
    return r.choice(_SOON) if kind < 0.95 else f"el {day} de {fill('mes', r)} de dos mil veintiséis"


def _deadline(r: random.Random) -> str:
    day = f"antes del {spell(r.randint(1, 31))} de {fill('mes', r)}"
    return day if r.random() < 0.5 else date_words(r)


def _hour(r: random.Random) -> str:
    hour = r.randint(1, 12)
    name = "la una" if hour == 1 else f"las {spell(hour)}"
    minutes = r.choice(["", " y media", " y cuarto", " en punto"])
    return name + minutes + r.choice(["", " de la mañana", " de la tarde"])


def _digits(r: random.Random) -> str:
    drawn = [r.randint(0, 9) for _ in range(r.choice([3, 4, 4, 4, 5, 6, 8, 9, 10]))]
    if len(drawn) < 6 or r.random() < 0.4:
        return digits(drawn)
    return ", ".join(digits(drawn[at : at + 3]) for at in range(0, len(drawn), 3))


def _pseudo_word(r: random.Random) -> str:
    word = ""
    for _ in range(r.choice([2, 2, 3, 3, 4])):
        onset = r.choice(lists()["arranque"]) if r.random() < 0.97 else ""
        vowel = r.choice("ei" if onset == "qu" else "aeiou")
        word += onset + vowel + (r.choice(["n", "r", "l", "s"]) if r.random() < 0.35 else "")
    return word.capitalize() if r.random() < 0.5 else word


_COMPUTED: dict[str, Callable[[random.Random], str]] = {
    "persona": _person,
    "trato": _courtesy,
    "monto": amount,
    "cuotita": _small_amount,
    "fecha": date_words,
    "antes": _deadline,
    "hora": _hour,
    "digitos": _digits,
    "pares": lambda r: ", ".join(spell(r.randint(10, 99)) for _ in range(r.randint(2, 4))),
    "numero": lambda r: spell(r.randint(2, 45), before_noun=True),
    "porciento": lambda r: f"{spell(r.choice([5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70]))} por ciento",
    "anio": lambda r: spell(r.randint(45, 99)),
}
