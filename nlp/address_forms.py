"""The forms that only tú, vos or the Chilean voseo take, made from the verbs of `address.yaml`.

Forms that usted shares («paga», «mire») are not made. How a form is looked up is told in `nlp/address.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.text import plain

Spelling = tuple[tuple[re.Pattern[str], str], ...]

_ACUTE = str.maketrans("aeiou", "áéíóú")
_CLITICS = ("me", "lo", "la", "los", "las", "le", "les", "nos", "te")
_PAIRS = ("melo", "mela", "melos", "melas", "noslo", "nosla", "telo", "tela", "selo", "sela")
# how a stem is written before e in -ar verbs, and before a in the others
_BEFORE_E: Spelling = tuple(
    (re.compile(sound), written)
    for sound, written in (("gu$", "gü"), ("c$", "qu"), ("g$", "gu"), ("z$", "c"))
)
_BEFORE_A: Spelling = tuple(
    (re.compile(sound), written) for sound, written in (("gu$", "g"), ("c$", "z"), ("g$", "j"))
)
_LAST_VOWEL = re.compile(r"[aeiou](?=[^aeiou]*$)")
_BEFORE_WEAK = re.compile(r"[aeiou](?=[^aeiou]+[iu]$)")  # «cambi», «averigu»: stressed a syllable earlier


def forms_of(verb: str) -> Iterator[str]:
    """The familiar forms of a verb written «pagar», or «pensar/piens» with its stem under stress."""
    infinitive, _, stressed = verb.partition("/")
    stem, ending = infinitive[:-2], infinitive[-2:]
    stressed = stressed or stem
    yield from _ar_forms(stem, stressed) if ending == "ar" else _er_ir_forms(stem, stressed, ending)
    yield from (infinitive + end for end in ("ás", "ías", "ái", "íai"))  # pagarás, pagarías
    yield from _orders(stem, stressed, ending)
    yield f"{infinitive}te"
    yield from (f"{_accented(infinitive)}te{clitic}" for clitic in ("lo", "la", "los", "las"))


def bare_order(verb: str) -> str | None:
    """«pagá», «comé»: known from «paga» and «come» by its accent alone. «salí» is also what I did: None."""
    infinitive = verb.partition("/")[0]
    vowel = {"ar": "á", "er": "é"}.get(infinitive[-2:])
    return infinitive[:-2] + vowel if vowel else None


def _ar_forms(stem: str, stressed: str) -> Iterator[str]:
    soft, soft_stressed = _written(stem, _BEFORE_E), _written(stressed, _BEFORE_E)
    yield from (stressed + "as", soft_stressed + "es")  # pagas, pagues
    yield from (stem + end for end in ("aste", "astes", "abas", "aras", "ases"))
    yield from (stem + "ás", stem + "ái", stem + "ai", soft + "és", soft + "ís")
    yield from (f"{stem}ándote", f"{stem}andote")


def _er_ir_forms(stem: str, stressed: str, ending: str) -> Iterator[str]:
    hard, hard_stressed, raised = _written(stem, _BEFORE_A), _written(stressed, _BEFORE_A), stem
    if ending == "ir" and stressed != stem:  # pedir: pidiendo; dormir: durmiera
        raised = re.sub(r"o(?=[^aeiou]*$)", "u", re.sub(r"e(?=[^aeiou]*$)", "i", stem))
    yield from (stressed + "es", hard_stressed + "as")  # debes, debas
    yield from (stem + end for end in ("iste", "istes", "ías"))
    yield from (raised + end for end in ("ieras", "ieses", "iéndote", "iendote"))
    yield from (stem + ("és" if ending == "er" else "ís"), stem + "ís", hard + "ás", hard + "ái", hard + "ai")


def _orders(stem: str, stressed: str, ending: str) -> Iterator[str]:
    """Orders with a pronoun behind: «págalo» and «pagalo», «págamelo» and «pagámelo»."""
    mine, yours = {"ar": ("a", "á"), "er": ("e", "é"), "ir": ("e", "í")}[ending]
    for clitic in _CLITICS:
        yield from (_accented(stressed) + mine + clitic, stem + plain(yours) + clitic)
    for pair in _PAIRS:
        yield from (_accented(stressed) + mine + pair, stem + yours + pair)


def _written(stem: str, rules: Spelling) -> str:
    return next((sound.sub(written, stem) for sound, written in rules if sound.search(stem)), stem)


def _accented(stem: str) -> str:
    """`stem` with the written accent that a pronoun behind it calls for."""
    found = _BEFORE_WEAK.search(stem) or _LAST_VOWEL.search(stem)
    if found is None or plain(stem) != stem:
        return stem
    return stem[: found.start()] + found.group().translate(_ACUTE) + stem[found.end() :]
