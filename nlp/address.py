"""Whether the agent says tú or vos to the debtor: which words, and how sure.

A pronoun or a verb form that only tú or vos take is sure; what usted shares («paga», «mira») or a set phrase
(«¿cómo estás?») is a hint for a person to look at. Quoted and reported speech does not count. The forms stand
in `address.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nlp.cues import read_yaml
from nlp.text import Word, Words, plain, word_set

SURE, LIKELY, HINT = 0.9, 0.75, 0.38
_PARTICIPLE = re.compile(r"(?:ado|ido|cho|sto|rto|ito|elto)$")
_DOING = re.compile(r"(?:[aeiáéí]ndo|ado|ido|ada|ida)$")
# «te» before these is hardly ever the pronoun
_NOT_AFTER_TE = word_set("de la el los las y o en con por para que a un una verde negro")
_REPORTING = re.compile(
    r"\b(?:me|nos)\s+(?:dijo|dijeron|dijiste|decia|decía|dice|contó|comentó)(?:\s+que)?\s+\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Familiar:
    """Words `first..end` are a familiar form; `score` 0..1."""

    first: int
    end: int
    score: float


def familiar_forms(words: Words) -> list[Familiar]:
    """Every familiar form in the turn, in order."""
    found = []
    for at, word in enumerate(words.words):
        if word.quoted or not word.raw[0].isalpha() or _is_name(words.words, at):
            continue
        score, size = _score(words.words, at)
        if score and _reported(words, at):
            score = min(score, HINT)
        if score:
            found.append(Familiar(at, at + size, score))
    return found


def _score(words: Sequence[Word], at: int) -> tuple[float, int]:
    """How sure word `at` is familiar, and how many words show it."""
    forms = _forms()
    low = words[at].raw.lower()
    bare = plain(low)
    before = plain(words[at - 1].raw) if at else ""
    after = plain(words[at + 1].raw) if at + 1 < len(words) and words[at + 1].raw[0].isalpha() else ""
    if bare == "tu":
        return (SURE, 2 if after else 1)
    if bare == "te":
        return _te(low, before, after)
    if bare in ("has", "habias", "habras") and (_PARTICIPLE.search(after) or after in ("de", "sido")):
        return SURE, 2
    if bare == "estas":
        return _estas(low, before, after)
    if low in forms.exempt or bare in forms.exempt_plain:
        return 0.0, 1
    if low in forms.sure or bare in forms.sure_plain or forms.endings.search(low):
        return SURE, 1
    if bare in forms.light and _starts(words, at):
        return HINT, 1
    return 0.0, 1


def _te(low: str, before: str, after: str) -> tuple[float, int]:
    if low != "te" or before in ("de", "el", "un", "letra"):
        return 0.0, 1
    if not after or after in _NOT_AFTER_TE:
        return HINT, 1
    return LIKELY, 2


def _estas(low: str, before: str, after: str) -> tuple[float, int]:
    if before == "como":
        return HINT, 1  # «¿cómo estás?» is a greeting more than an address
    if (
        low == "estás"
        or _DOING.search(after)
        or after in ("de", "en", "al", "listo", "lista", "seguro", "segura", "bien")
    ):
        return SURE, 1
    return 0.0, 1


def _starts(words: Sequence[Word], at: int) -> bool:
    """Whether a sentence or a clause starts at `at`: only there «paga» or «mira» can be an order."""
    return at == 0 or not words[at - 1].raw[0].isalpha() or words[at].comma_before


def _is_name(words: Sequence[Word], at: int) -> bool:
    """A capital inside a sentence: «de Tu Crédito», «señor Valdés» are names, not an address."""
    if at == 0 or not words[at - 1].raw[0].isalpha():
        return False
    raw = words[at].raw
    if plain(raw) in (
        "tu",
        "te",
    ):  # «Tu» alone may be a recogniser's capital; before another capital it is a name
        return raw[0].isupper() and at + 1 < len(words) and words[at + 1].raw[0].isupper()
    return raw[0].isupper() and raw[1:].islower()


def _reported(words: Words, at: int) -> bool:
    start = words.words[at].start
    return bool(_REPORTING.search(words.text[max(0, start - 40) : start]))


@dataclass(frozen=True, slots=True)
class _Forms:
    sure: frozenset[str]
    sure_plain: frozenset[str]
    light: frozenset[str]
    exempt: frozenset[str]
    exempt_plain: frozenset[str]
    endings: re.Pattern[str]


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    data = read_yaml(Path(__file__).parent / "address.yaml")
    lists = {key: frozenset(str(data[key]).split()) for key in ("sure", "light", "not_familiar")}
    accented = frozenset(word for word in lists["sure"] if plain(word) != word)
    ar = re.sub(r"\s", "", str(data["stems_ar"]))
    other = re.sub(r"\s", "", str(data["stems_er_ir"]))
    with_accents = str.maketrans({"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uú]"})
    ar, other = ar.translate(with_accents), other.translate(with_accents)
    clitics = "(?:me|lo|la|los|las|nos|le|les|te|se)(?:lo|la|los|las)?"
    endings = re.compile(
        rf"\w{{2,}}[aiáí]stes?$"  # pagaste, recibiste
        rf"|^(?:{ar})[aá]{clitics}$"  # págalo, mándame
        rf"|^(?:{other})[eé](?:me|lo|la|los|las|nos|te)(?:lo|la)?$"  # permíteme
        rf"|\w+(?:[aeií]r|[aeiáé]ndo|yendo)te(?:lo|la|los|las)?$"  # llamarte, comentándote
        rf"|^(?:{ar})(?:ar[aá]s|ar[ií]as|abas|as)$"  # pagarás, pagarías
        rf"|^(?:{other})(?:[ei]r[aá]s|[ei]r[ií]as|ieras)$"  # cumplirás
        rf"|^(?:{ar})á$"  # pagá, mandá
        rf"|\w+(?:ás|és|ís)$"  # tenés, podés, pagarás
    )
    nouns = word_set(
        "llamas marcas firmas compras cuentas pagas mandas juntas mejoras ganas tomas pasas dejas usas "
        "consultas prestas indicas presentas cartas veras muestras ayudas tratas velas vela velo tomate"
    )
    return _Forms(
        sure=lists["sure"],
        sure_plain=lists["sure"] - accented,
        light=frozenset(map(plain, lists["light"])),
        exempt=lists["not_familiar"],
        exempt_plain=frozenset(w for w in lists["not_familiar"] if plain(w) == w) | nouns,
        endings=endings,
    )
