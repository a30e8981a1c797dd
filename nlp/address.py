"""Whether the agent addresses whoever listens as tú or vos and not as usted; which words show it, how sure.

A pronoun or a verb form that only tú or vos take is sure; what usted shares («paga», «anota») or a set phrase
(«mira», «¿cómo estás?») is a hint, which the rest of the call may settle (`nlp/address_call.py`). Quoted and
reported speech, names and slogans do not count (`nlp/address_told.py`). The forms stand in `address.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nlp.address_forms import bare_order, forms_of
from nlp.address_shared import asks_usted, glued_forms, may_be_glued, no_order
from nlp.address_told import NOT_AT_ALL, how_told
from nlp.cues import read_yaml
from nlp.text import STOP, Word, Words, plain, words_of

SURE, LIKELY, HINT = 0.9, 0.75, 0.38
REPORT_REACH = 5  # words from «le dijo» to the familiar form that is quoted without marks
_SMALL = frozenset("tu vos te has habias habras estas".split())
_CLITICS = frozenset("me lo la los las le les nos".split())
# «te» before these is hardly ever the pronoun
_NOT_AFTER_TE = frozenset("de el y o en con por para que a un una verde negro".split())
_NEW_CLAUSE = re.compile(r"[.,;:…?!¿¡«»“”\"—–(]")


@dataclass(frozen=True, slots=True)
class Familiar:
    """Words `first..end` are a familiar form; `score` 0..1."""

    first: int
    end: int
    score: float


def familiar_forms(words: Words, exempt: Sequence[str] = ()) -> list[Familiar]:
    """Every familiar form in the turn, in order, but for those inside one of the `exempt` phrases."""
    found: list[Familiar] = []
    barred = _barred(words, exempt) if exempt else frozenset()
    for at, word in enumerate(words.words):
        if not _may_be(word.raw) or word.quoted or at in barred:
            continue
        if at and words.words[at - 1].start == word.start:
            continue  # «nomás» is two words with one spelling
        score, size = _score(words, at)
        if score and not _is_name(words, at):
            found.append(Familiar(at, at + size, min(score, HINT) if _reported(words, at) else score))
    told = how_told(words, [(form.first, form.end) for form in found])
    return [
        replace(form, score=min(form.score, HINT)) if form.first in told else form
        for form in found
        if told.get(form.first) != NOT_AT_ALL
    ]


@lru_cache(maxsize=20_000)
def _may_be(raw: str) -> bool:
    """Whether a word can be a familiar form at all; most cannot, whatever stands beside them."""
    forms, low = _forms(), raw.lower()
    bare = plain(low)
    if not raw[0].isalpha() or low in forms.never or bare in forms.never:
        return False
    known = bare in _SMALL or bare in forms.light or bare in forms.homographs
    made = low in forms.made or bare in forms.made or low in forms.accented
    return known or made or (bare not in forms.looks and forms.endings.search(low) is not None)


def _barred(words: Words, exempt: Sequence[str]) -> frozenset[int]:
    """The words that belong to an exempt phrase."""
    sounds = [(at, word.sound.rstrip(",")) for at, word in enumerate(words.words) if word.sound != STOP]
    out: set[int] = set()
    for phrase in exempt:
        wanted = _phrase(phrase)
        for first in range(len(sounds) - len(wanted) + 1):
            if wanted and all(sounds[first + i][1] == part for i, part in enumerate(wanted)):
                out.update(at for at, _ in sounds[first : first + len(wanted)])
    return frozenset(out)


@lru_cache(maxsize=256)
def _phrase(text: str) -> tuple[str, ...]:
    return tuple(word.sound.rstrip(",") for word in words_of(text).words if word.sound != STOP)


def _score(words: Words, at: int) -> tuple[float, int]:
    """How sure word `at` is familiar, and how many words show it."""
    forms, word = _forms(), words.words[at]
    low = word.raw.lower()
    bare = plain(low)
    before, after = _beside(words, at)
    if bare in _SMALL:
        return _small(words, at, before, after)
    if low in forms.accented:
        return SURE, 1
    if bare in forms.light:
        order = _starts(words, at) and not (bare in forms.stated and asks_usted(words, at, after))
        return (HINT if order else 0.0), 1
    written = low if bare != low.replace("ñ", "n") else bare  # an accent, where there is one, must be right
    if bare in forms.glued and no_order(before):
        return 0.0, 1
    if low in forms.glued and may_be_glued(words, at, after):
        return HINT, 1
    if low in forms.given_names:
        verb = before in forms.before_named or after == "nota"
        return (LIKELY if verb else HINT if before in ("no", "si") else 0.0), 1
    if bare in forms.homographs and written == bare:
        return (LIKELY if before in forms.before_verb else 0.0), 1
    if bare in forms.adjectives and before != "que" and before not in forms.before_verb:
        return 0.0, 1
    if written in forms.made:
        return SURE, 1
    if bare not in forms.looks and forms.endings.search(low):
        return SURE, 1
    return 0.0, 1


def _small(words: Words, at: int, before: str, after: str) -> tuple[float, int]:
    """The short words, which what stands beside them decides."""
    low = words.words[at].raw.lower()
    bare, forms = plain(low), _forms()
    if bare == "tu":  # «tratar de tú» speaks about the address
        return (0.0, 1) if before == "de" and (low == "tú" or not after) else (SURE, 2 if after else 1)
    if bare == "vos":  # a recogniser's «voz»
        return (0.0, 1) if before in ("la", "su", "mi", "una", "en", "de", "alta") else (SURE, 1)
    if bare == "te":
        return _te(words, at, before, after)
    if bare in ("has", "habias", "habras"):
        had = after in ("de", "sido") or after.endswith(forms.participles)
        return (SURE, 2) if had else (0.0, 1)
    if before == "como" and (not after or not after.endswith("s")):
        return HINT, 1  # «¿cómo estás?» is a greeting more than an address
    shown = after in forms.after_estas or after.endswith(("ando", "endo", "ado", "ido", "ada", "ida"))
    asked = before in ("si", "no", "donde", "cuando", "tu") and not after.endswith("s")
    return (SURE, 1) if low == "estás" or shown or asked else (0.0, 1)


def _te(words: Words, at: int, before: str, after: str) -> tuple[float, int]:
    low, end = words.words[at].raw.lower(), words.words[at].end
    if low != "te" or words.text[end : end + 1] == "-" or before in ("de", "el", "un", "letra"):
        return 0.0, 1
    if after in _forms().letters and after not in ("la", "le") and len(after) < 6:
        return 0.0, 1  # a name that is spelled
    if not after or after in _NOT_AFTER_TE:
        return HINT, 1
    if after in _CLITICS:
        third = words.words[at + 2].raw if at + 2 < len(words.words) else "."
        return (LIKELY, 3) if third[0].isalpha() else (HINT, 1)
    return LIKELY, 2


def _beside(words: Words, at: int) -> tuple[str, str]:
    """The words before and after, plain; "" where a sentence ends between."""
    before = words.words[at - 1] if at else None
    after = words.words[at + 1] if at + 1 < len(words.words) else None
    return (
        plain(before.raw)
        if before and before.raw[0].isalpha() and not _parted(words, before, words.words[at])
        else "",
        plain(after.raw)
        if after and after.raw[0].isalpha() and not _parted(words, words.words[at], after)
        else "",
    )


def _parted(words: Words, first: Word, second: Word) -> bool:
    return _NEW_CLAUSE.search(words.text, first.end, second.start) is not None


def _starts(words: Words, at: int) -> bool:
    """Whether a sentence or a clause starts at `at`: only there «paga» or «mira» can be an order."""
    return at == 0 or _parted(words, words.words[at - 1], words.words[at])


def _is_name(words: Words, at: int) -> bool:
    """A capital inside a sentence: «de Tu Crédito», «señor Valdés», «CrediMás» are names, not an address."""
    raw = words.words[at].raw
    if raw.isupper() and len(raw) > 1:
        return False  # a whole text in capitals
    if any(c.isupper() for c in raw[1:]):
        return True
    if at == 0 or _starts(words, at) or not words.words[at - 1].raw[0].isalpha():
        return False
    if plain(raw) in ("tu", "te"):  # alone it may be a recogniser's capital; before another it is a name
        return raw[0].isupper() and at + 1 < len(words.words) and words.words[at + 1].raw[0].isupper()
    return raw[0].isupper()


def _reported(words: Words, at: int) -> bool:
    """Whether another's words are told: «le dijo a usted vos no debes nada», but not «dijo que debes»."""
    for back in range(at - 1, max(-1, at - 1 - REPORT_REACH), -1):
        word = words.words[back]
        if word.sound == STOP or plain(word.raw) == "que":
            return False
        if plain(word.raw) in _forms().reporting:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Forms:
    made: frozenset[str]  # as written, and without accents
    accented: frozenset[str]
    homographs: frozenset[str]
    given_names: frozenset[str]
    before_named: frozenset[str]
    adjectives: frozenset[str]
    never: frozenset[str]
    looks: frozenset[str]
    light: frozenset[str]
    stated: frozenset[str]
    glued: frozenset[str]
    before_verb: frozenset[str]
    reporting: frozenset[str]
    after_estas: frozenset[str]
    letters: frozenset[str]
    participles: tuple[str, ...]
    endings: re.Pattern[str]


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    lists = {
        key: str(text).split() for key, text in read_yaml(Path(__file__).parent / "address.yaml").items()
    }
    made = {form for verb in lists["verbs"] for form in forms_of(verb)} | set(lists["irregular"])
    orders = {bare_order(verb) for verb in lists["verbs"]} - {None}
    plainly = {
        key: frozenset(map(plain, lists[key])) for key in ("homographs", "looks_familiar", "light", "stated")
    }
    return _Forms(
        made=frozenset(made | {plain(form) for form in made}),
        accented=frozenset(lists["accented"]) | frozenset(form for form in orders if form),
        homographs=plainly["homographs"],
        given_names=frozenset(lists["given_names"]),
        before_named=frozenset(lists["before_named"]),
        adjectives=frozenset(lists["adjectives"]),
        never=frozenset(lists["not_familiar"]),
        looks=plainly["looks_familiar"],
        light=plainly["light"],
        stated=plainly["stated"],
        glued=frozenset({"danos"}.union(*map(glued_forms, lists["verbs"]))),  # danos: daños too
        before_verb=frozenset(lists["before_verb"]),
        reporting=frozenset(map(plain, lists["reporting"])),
        after_estas=frozenset(map(plain, lists["after_estas"])),
        letters=frozenset(map(plain, lists["letters"])),
        participles=tuple(lists["participles"]),
        endings=re.compile(
            r"\w{3}[ai]ste$"  # a verb not in the list: regateaste
            r"|\w{3}[aeií]r[aá]s$(?<!ras)"  # regatearás
            r"|\w{3}(?:[aeií]r|[aeiáé]ndo|yendo)te(?:lo|la|los|las)?$"  # regatearte
        ),
    )
