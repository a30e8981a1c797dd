"""Familiar forms in words that are only told: a button's, a message's, those that the debtor is to say to
somebody else; in a slip that is mended at once or an aside to a colleague; and in what addresses nobody: a
saying, an e-mail address, a letter that is spelled, a name.

Quotation marks settle that where somebody wrote them; a recogniser writes none. What is quoted has to begin
with a familiar form or nearly so, and is over where the debtor is usted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from nlp.cues import lines, read_lexicon, read_yaml
from nlp.patterns import Grammar
from nlp.text import QUESTION, STOP, Words, plain, sound, word_set

NOT_AT_ALL, TOLD = "not at all", "told"
# words to the first familiar form
_FIRST_WITHIN = {"label": 3, "message": 4, "dictated": 4, "of_another": 4, "of_anybody": 4, "called": 4}
_MENDED_WITHIN, _MENDS_IN = 3, 4  # words to «perdón», and from there to what usted is told instead
_ASIDE_REACH = 16  # words back from «le hablaba a mi compañero»
_TO_USTED = frozenset(map(sound, word_set("usted ustedes le les su sus lo la")))
_CLITICS = frozenset(map(sound, word_set("te me se le les lo la nos")))
_GOES_ON, _LABEL_GOES_ON = 7, 4  # words to the next familiar form of the same quote
_POSSESSIVES = frozenset(("tu", "tus"))
_IN_LABEL = frozenset(map(sound, word_set("aquí acá ya no sí si hoy ahora bienvenido hola lo la me te")))
_AND = frozenset("yeiou")
_NO_BEGIN = frozenset(map(sound, word_set("y o u pero para porque cuando aunque pues donde antes como")))
_IMPERATIVE_END = "te"
# letters as they are called, but for those called by themselves
_LETTERS = {"be": "b", "ve": "v", "uve": "v", "ce": "c", "de": "d", "efe": "f", "ge": "g", "jota": "j"} | {
    "ele": "l", "eme": "m", "ene": "n", "pe": "p", "ere": "r", "erre": "r", "ese": "s", "te": "t", "cu": "q",
}  # fmt: skip
_MAIL, _DOT = "arroba", "punto"
_DOMAINS = frozenset("com org net mx co ar pe cl ec es us gob gov edu info".split())
_MAIL_STARTS = frozenset(map(sound, word_set("a al es en correo mail direccion cuenta pagina sitio w")))
_MAIL_REACH = 5  # words
# a verb form that ends in -s never stands right after one of these: «con Tomás», «de Llamas»
_BEFORE_NOUNS = frozenset(map(sound, word_set("con de a para por en desde hacia ante entre sin don doña")))


def how_told(words: Words, forms: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Of familiar `forms` (first word and end of each, in order) those that address nobody here, by their
    first word, and which of both it is.
    """
    if not forms:
        return {}
    found = _grammar().find(words.sounds)
    sayings = [range(m.first, m.end) for m in found if m.name == "saying"]
    out = {
        first: NOT_AT_ALL
        for first, _ in forms
        if any(first in one for one in sayings) or _in_address(words, first) or _is_noun(words, first)
    }
    over = {m.first for m in found if m.name == "ends"}
    for match in found:
        if match.name in _FIRST_WITHIN:
            for first in _quoted(words, forms, match.end, match.name, over):
                out.setdefault(first, TOLD)
        elif match.name == "mends":
            out |= {first: TOLD for first, end in forms if _mended(words, end, match.first, match.end)}
        elif match.name == "aside":
            back = range(match.first - _ASIDE_REACH, match.first)
            out |= {first: TOLD for first, _ in forms if first in back}
        elif match.name == "campaign":
            for first, _ in forms:
                if first == match.end and _names_campaign(words, first):
                    out.setdefault(first, TOLD)
    return out


def _quoted(
    words: Words, forms: Sequence[tuple[int, int]], begin: int, kind: str, over: set[int]
) -> list[int]:
    """The forms of the quote that begins at word `begin`, or a stop after it."""
    start = begin
    if start < len(words.words) and words.sounds[start] == STOP:
        start += 1
    if start >= len(words.words) or words.sounds[start] in _NO_BEGIN:
        return []
    out: list[int] = []
    reach, possessed = start + _FIRST_WITHIN[kind], False
    for first, end in forms:
        if first < start:
            continue
        if first >= reach or _is_over(words, start, first, over, label=kind in ("label", "called")):
            break
        owns = plain(words.words[first].raw) in _POSSESSIVES
        if kind == "dictated" and owns and first == start and not words.words[first].comma_before:
            break  # «dígale tu número»: the debtor's
        if (
            kind == "label"
            and not owns
            and (possessed or not _IN_LABEL.issuperset(words.sounds[start:first]))
        ):
            break  # «donde dice tu saldo pones la clave», «donde dice saldo pones…»
        possessed = possessed or owns
        out.append(first)
        reach = end + (_LABEL_GOES_ON if kind == "label" else _GOES_ON)
    return out


def _is_over(words: Words, start: int, at: int, over: set[int], *, label: bool) -> bool:
    """Whether what is quoted from word `start` on is over before word `at`; a label ends with its clause."""
    for i in range(start, at + 1):
        if i in over or words.sounds[i] in (STOP, QUESTION):
            return True
        if label and i > start and (words.words[i].comma_before or words.sounds[i] in _AND):
            return True
    return False


def _mended(words: Words, end: int, at: int, since: int) -> bool:
    """Whether «si querés, perdón, si quiere» takes back the familiar form that ends at `end`: «perdón» stands
    at `at`, and from `since` on usted is named or the same verb said to usted.
    """
    between, behind = words.sounds[end:at], words.sounds[since : since + _MENDS_IN]
    if not end <= at <= end + _MENDED_WITHIN or {STOP, QUESTION}.intersection(between):
        return False
    if words.sounds[at - 1] in _CLITICS:
        return False  # «te digo»
    verb = plain(words.words[end - 1].raw)[:2]
    again = (plain(word.raw) for word in words.words[since : since + _MENDS_IN])
    return not _TO_USTED.isdisjoint(behind) or any(
        one[:2] == verb and len(one) > 2 and not one.endswith("s") for one in again
    )


def _names_campaign(words: Words, at: int) -> bool:
    """«el programa ponte al día», «la campaña tú decides», and not «el plan te conviene»."""
    raw = plain(words.words[at].raw)
    if words.words[at].comma_before:
        return False
    return len(raw) > len(_IMPERATIVE_END) and raw.endswith(_IMPERATIVE_END)


def _in_address(words: Words, at: int) -> bool:
    """Whether the word belongs to an e-mail address or a page that is spelled out."""
    said = [plain(word.raw) for word in words.words]
    for i in range(at + 1, min(len(said), at + 1 + _MAIL_REACH)):
        ends = said[i] == _DOT and i + 1 < len(said) and said[i + 1] in _DOMAINS
        if ends or said[i] == _MAIL:
            return _starts_address(said, at, mail=said[i] == _MAIL)
        if words.sounds[i] in (STOP, QUESTION) or said[i] in _MAIL_STARTS or words.words[i].comma_before:
            return False
    return False


def _starts_address(said: Sequence[str], at: int, *, mail: bool) -> bool:
    """Whether an address begins at the word or before it, with nothing said in between."""
    before = said[at - 1] if at else ""
    if before in (_MAIL, _DOT) or sound(before) in _MAIL_STARTS:
        return True
    back = said[max(0, at - _MAIL_REACH) : at]
    return not mail and (_MAIL in back or _DOT in back)


def _is_noun(words: Words, at: int) -> bool:
    """A letter that is spelled («te de tomás»), or a name after a preposition or a title («con tomás»)."""
    raw = plain(words.words[at].raw)
    if at >= 2 and plain(words.words[at - 1].raw) in ("de", "como"):
        letter = plain(words.words[at - 2].raw)
        if raw.startswith(_LETTERS.get(letter, letter if len(letter) == 1 else " ")):
            return True
    if not at or not raw.endswith("s") or len(raw) < 4 or raw in _POSSESSIVES | {"tuyos", "tuyas"}:
        return False
    return words.sounds[at - 1] in _BEFORE_NOUNS and not words.words[at].comma_before


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    stanzas = read_yaml(Path(__file__).with_name("address_told.yaml"))
    concepts = {
        "kin": read_lexicon()["kin"],
        **{name: lines(stanzas.pop(name)) for name in ("tell", "tells")},
    }
    return Grammar(concepts, [(name, text) for name, block in stanzas.items() for text in lines(block)])
