"""Where the names of the call's own facts are said as names: «la llamó Esteban Mora, de Cuotas Ya» tells of
no arrears, «señora Das» is no address.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import takewhile
from operator import eq

from nlp.cues import Scored, Side
from nlp.names import called, is_title
from nlp.redact_words import given_names
from nlp.redact_words import words as listed
from nlp.tagger import scored
from nlp.text import QUESTION, STOP, Words, sound, word_set, words_of
from transcripts.types import Recording

# what tells of a debt, and what guesses at one
TELLS = frozenset(
    word_set(
        "discloses_debt debt_of_another states_debt lateness_said names_debt names_debt_outright startled"
    )
)
# a person's name follows: of these no verb form and no debt stands right after
_PERSON_FOLLOWS = frozenset(map(sound, word_set("habla hablo saluda saludo soy llamo llamó marcó apellido")))
# and the house that calls
_HOUSE_FOLLOWS = frozenset(
    map(
        sound,
        word_set("de del desde con a al para empresa compañía financiera cooperativa banco tienda somos"),
    )
)
_LEGAL = frozenset(map(sound, word_set("sa cv sac srl ltda spa sas sl slu inc llc corp de")))
_SURNAMES = frozenset((sound("mora"),))  # that are a debt too
_CALLS = ("llam", "yam", "abl", "mark", "komuni", "salud", "soi", "parte", "atiend")


def named_at(words: Words, names: frozenset[str]) -> frozenset[int]:
    """The words that are one of `names` (sounds) and are said as a name: after a title, beside another part
    of the name, or where one says who calls.
    """
    if names.isdisjoint(words.sounds):
        return frozenset()
    sounds = words.sounds
    parts = [at for at, one in enumerate(sounds) if one in names]
    near = {other for at in parts for other in (at - 1, at + 1)}
    return frozenset(
        at
        for at in parts
        if at in near
        or _proper(words, at)
        or (at and (sounds[at - 1] in _PERSON_FOLLOWS or is_title(sounds[at - 1])))
    )


def beyond_names(call: Recording, words: Words, side: Side, found: Mapping[str, Scored]) -> dict[str, Scored]:
    """`found` in a turn without what only a name seems to tell of a debt: such words are read again with the
    names of people and of the house taken out.
    """
    out = dict(found)
    if TELLS.isdisjoint(found):
        return out
    hidden = _hidden(words, call)
    if hidden == words.text:
        return out
    again_words, again = scored(hidden, side)
    if len(again_words.words) != len(words.words):
        return out
    for label in TELLS.intersection(found):
        if label in again:
            out[label] = again[label]
        else:
            del out[label]
    return out


def _hidden(words: Words, call: Recording) -> str:
    """The turn's text with each letter of the names in it made another: every place stays what it was, and
    two beside each other differ, as what is said twice in a row counts once.
    """
    people = called(call.debtor_name or "") | called(call.agent or "")
    at = {*named_at(words, people), *_surnames(words), *_house(words, call.company)}
    text = words.text
    for one in at:
        start, end = words.words[one].start, words.words[one].end
        text = f"{text[:start]}{'xw'[one % 2] * (end - start)}{text[end:]}"
    return text


def _surnames(words: Words) -> set[int]:
    """Surnames that are a debt too, behind a title or a given name."""
    sounds = words.sounds
    return {
        at
        for at, one in enumerate(sounds)
        if one in _SURNAMES and at and (is_title(sounds[at - 1]) or sounds[at - 1] in _given())
    }


@cache
def _given() -> frozenset[str]:
    """How given names sound that are no other word."""
    return frozenset(map(sound, given_names() - listed("also_words")))


def _house(words: Words, company: str | None) -> set[int]:
    """The words of the company's name, where it is said as one."""
    if not company:
        return _unknown_house(words)
    name = _name(company)
    sounds, out = words.sounds, set[int]()
    for at, one in enumerate(sounds):
        if one != name[0]:
            continue
        said = [*takewhile(bool, map(eq, sounds[at:], name))]
        before = sounds[at - 1] if at else STOP
        shown = before in _HOUSE_FOLLOWS or before in (STOP, QUESTION) or _proper(words, at)
        if shown and len(said) >= min(2, len(name)):
            out.update(range(at, at + len(said)))
    return out


def _unknown_house(words: Words) -> set[int]:
    """Two capitals and more after «de» or «a», where one says who calls or is to be called."""
    out = set[int]()
    for at, word in enumerate(words.words):
        if word.sound not in ("de", "del", "desde", "a") or not _says_who_calls(words, at):
            continue
        run = [*takewhile(lambda i: _proper(words, i), range(at + 1, len(words.words)))]
        out.update(run if len(run) > 1 else ())
    return out


def _says_who_calls(words: Words, at: int) -> bool:
    return any(one == "es" or one.startswith(_CALLS) for one in words.sounds[max(0, at - 6) : at])


def _proper(words: Words, at: int) -> bool:
    """Written like a name within a sentence."""
    if not at or at >= len(words.words) or words.sounds[at - 1] in (STOP, QUESTION):
        return False
    return words.words[at].raw[:1].isupper() and words.text != words.text.upper()


@lru_cache(maxsize=256)
def _name(company: str) -> tuple[str, ...]:
    parts = [one for one in words_of(company).sounds if one not in (STOP, QUESTION)]
    while len(parts) > 1 and parts[-1] in _LEGAL:
        parts.pop()
    return tuple(parts)
