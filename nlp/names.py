"""Where the agent calls the debtor by name: first name, surname, pet name, or the name as a recogniser
misspelt it.

Where the debtor's name is not known, a title with a name («señora Elvia», «don Beto») counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from nlp.text import plain, sound
from nlp.tokens import Token, tokens_of
from nlp.types import Finding
from nlp.yaml_trouble import read
from transcripts.types import Transcript

LABEL, SOURCE = "debtor_name", "rule:debtor_name"

_FILE = Path(__file__).with_name("person_names.yaml")
TITLE_REACH = 3  # words after «señora» that may be her name
_SPLIT_NAME = 6  # sounds: two words that are together so long are hardly a name by chance
_LONG_NAME = 7  # sounds: a longer word in small letters is hardly another word by chance
# foreign spellings as Spanish ears write them
_RESPELLED = tuple(
    (re.compile(written), heard)
    for written, heard in (
        *(("^s(?=[cklmnpqt])", "es"), ("ph", "f"), ("th", "t"), ("ch(?=r)", "c"), ("ck", "k")),
        *(("w(?=[aeiou])", "hu"), ("t[xz]", "ch"), ("sh", "ch"), ("ee", "i"), ("oo", "u")),
    )
)


@dataclass(frozen=True, slots=True)
class _Known:
    """How a person may be called, by sound. Only the parts of the name itself are known when misspelt."""

    parts: frozenset[str] = frozenset()
    pets: frozenset[str] = frozenset()

    def __contains__(self, heard: str) -> bool:
        return heard in self.parts or heard in self.pets

    def __bool__(self) -> bool:
        return bool(self.parts)


def addressed_by_name(transcript: Transcript) -> list[Finding]:
    """Every mention of the debtor's name in the agent's turns, one finding a mention («Luz Dary Ospina» is
    one).
    """
    recording = transcript.recording
    known = _known(recording.debtor_name or "")
    own = frozenset(part for part in _known(recording.agent or "").parts if part not in known)
    found: list[Finding] = []
    for index, turn in transcript.said_by("agent"):
        if turn.doubt is not None:
            continue
        spans = _named(turn.text, known, own) if known else _titled(turn.text, own)
        found += [Finding(LABEL, transcript.quote(index, a, b), score, SOURCE) for a, b, score in spans]
    return found


@lru_cache(maxsize=4096)
def _known(name: str) -> _Known:
    """The sounds a name may be called by: its parts, their pet names and diminutives."""
    parts: list[str] = []
    pets: set[str] = set()
    for token in tokens_of(name):
        if (
            token.kind != "word"
            or token.sound in _words("particles") | _words("titles")
            or len(token.raw) < 3
        ):
            continue
        part = plain(token.raw)
        parts += _heard(token.raw)
        pets.update(_diminutives(part), map(sound, _pet_names().get(part, ())), _full_names().get(part, ()))
    return _Known(frozenset(parts), frozenset(pets))


@lru_cache(maxsize=4096)
def _heard(word: str) -> tuple[str, ...]:
    """The sounds of a name as it is written, and as a Spanish ear would write it: «Steven», «Estiven»."""
    spelled = plain(word)
    for written, heard in _RESPELLED:
        spelled = written.sub(heard, spelled)
    return tuple(dict.fromkeys((sound(word), sound(spelled))))


def _diminutives(part: str) -> list[str]:
    """«Juanita», «Carlitos», «Rosita», «Carmencita»: never the bare name again."""
    if part.endswith("a"):
        return [sound(part[:-1] + "ita")]
    if part.endswith(("o", "e")):
        return [sound(part[:-1] + "ito"), sound(part[:-1] + "ita")]
    if part.endswith("os"):
        return [sound(part[:-2] + "itos")]
    return [sound(part + ending) for ending in ("ito", "ita", "cito", "cita")]


def _named(text: str, known: _Known, own: frozenset[str]) -> list[tuple[int, int, float]]:
    """(start, end, likeness 0..1) of every run of words that name the debtor."""
    tokens = tokens_of(text)
    lower = text == text.lower()
    hits: list[tuple[int, float]] = []
    titles = _words("titles")
    places = [at for at, token in enumerate(tokens) if token.sound in titles and token.kind == "word"]
    titled = {at + step for at in places for step in range(1, TITLE_REACH + 1)}
    for at, token in enumerate(tokens):
        if token.kind != "word":
            continue
        plainly = not (lower or at in titled or token.raw[0].isupper())
        if plainly and known.parts.isdisjoint(_heard(token.raw)):
            continue  # most words: none of the rest makes a name of them
        likeness = _likeness(token, known, titled=at in titled, lower=lower)
        if likeness and not _is_another(tokens, at, known, own, lower=lower):
            hits.append((at, likeness))
    return _runs(tokens, sorted([*hits, *_in_two(tokens, known)]))


def _in_two(tokens: tuple[Token, ...], known: _Known) -> list[tuple[int, float]]:
    """Both halves of a name that a recogniser wrote as two words: «mari bel»."""
    out: list[tuple[int, float]] = []
    for at, (first, second) in enumerate(pairwise(tokens)):
        whole = first.sound + second.sound
        if len(whole) < _SPLIT_NAME or whole not in known.parts or {first.kind, second.kind} != {"word"}:
            continue
        if known.parts.isdisjoint((first.sound, second.sound)) and not _introduces_self(tokens, at):
            out += [(at, 1.0), (at + 1, 1.0)]
    return out


def _likeness(token: Token, known: _Known, *, titled: bool, lower: bool) -> float:
    """1 where the word sounds like a known name, less where a letter or two differ, 0 where it is another
    word.

    A misspelling counts on longer names only, and only after a title or where the word looks like a name.
    «Más caro» is no Carolina: in a text with capitals (not `lower`) a pet name in small letters needs a
    title.
    """
    heard = _heard(token.raw)
    if not known.parts.isdisjoint(heard):
        return 1.0
    capital = token.raw[0].isupper()
    if token.sound in known.pets:
        return 1.0 if titled or capital or lower else 0.0
    shown = capital or (lower and len(token.sound) >= _LONG_NAME)
    if len(token.sound) < 5 or not (titled or shown) or token.sound in _words("also_words"):
        return 0.0
    best = 0.0
    for name in known.parts:
        if len(name) < 5 or not any(_alike(name[0], one[0]) for one in heard):
            continue
        distance = min(DamerauLevenshtein.distance(name, one) for one in heard)
        if distance <= (2 if titled and len(name) >= 7 else 1):
            best = max(best, 1 - distance / len(name))
    return best


def _alike(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"j", "y", "i"}


def _after_title(tokens: tuple[Token, ...], at: int) -> bool:
    return any(
        tokens[i].sound in _words("titles")
        for i in range(max(0, at - TITLE_REACH), at)
        if tokens[i].kind == "word"
    )


def _is_another(
    tokens: tuple[Token, ...], at: int, known: _Known, own: frozenset[str], *, lower: bool
) -> bool:
    """Whether a word that could be the debtor's name is a word, a place or the agent's name here."""
    beside = [tokens[i].sound for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    return (
        _is_common(tokens, at, known, lower=lower)
        or _introduces_self(tokens, at)
        or (at > 0 and tokens[at - 1].sound in _words("places"))
        or any(neighbour in own for neighbour in beside)
    )


def _is_common(tokens: tuple[Token, ...], at: int, known: _Known, *, lower: bool) -> bool:
    """Whether a name that is also a word («Luz», «Mora») is the word here."""
    if plain(tokens[at].raw) not in _words("also_words", plain) or _after_title(tokens, at):
        return False
    beside = [tokens[i].sound for i in (at - 1, at + 1) if 0 <= i < len(tokens) and i != at]
    if any(neighbour in known and neighbour != tokens[at].sound for neighbour in beside):
        return False
    before = plain(tokens[at - 1].raw) if at else ""
    return (
        before in _words("articles", plain)
        or (not lower and tokens[at].raw[0].islower())
        or (lower and at > 0 and tokens[at - 1].kind == "word")
    )


def _introduces_self(tokens: tuple[Token, ...], at: int) -> bool:
    """«le habla Ana Ruiz»: the agent's own name, even where the debtor is another Ana."""
    for back in range(at - 1, max(-1, at - 5), -1):
        if tokens[back].kind == "mark" or tokens[back].sound in _words("titles"):
            return False
        if tokens[back].sound in _words("introduces_self"):
            return True
    return False


def _runs(tokens: tuple[Token, ...], hits: list[tuple[int, float]]) -> list[tuple[int, int, float]]:
    """Hits side by side, particles between them included, as one mention each."""
    out: list[tuple[int, int, float]] = []
    last = -9
    for at, likeness in hits:
        between = tokens[last + 1 : at] if last >= 0 else ()
        if out and all(t.sound in _words("particles") for t in between):
            first, _, before = out[-1]
            out[-1] = (first, tokens[at].end, max(before, likeness))
        else:
            out.append((tokens[at].start, tokens[at].end, likeness))
        last = at
    return out


def _titled(text: str, own: frozenset[str]) -> list[tuple[int, int, float]]:
    """«señora Elvia», «don Beto» where no name is known: a title and a capitalised word that is not the
    agent's name.
    """
    tokens = tokens_of(text)
    out: list[tuple[int, int, float]] = []
    for at, token in enumerate(tokens[:-1]):
        follower = tokens[at + 1]
        if token.sound not in _words("titles") or follower.kind != "word" or not follower.raw[0].isupper():
            continue
        if follower.sound in own or _introduces_self(tokens, at) or len(follower.raw) < 3:
            continue
        out.append((follower.start, follower.end, 0.9))
    return out


def is_title(heard: str) -> bool:
    """Whether a sound is «señora», «don», «licenciada»: a name follows."""
    return heard in _words("titles")


@cache
def no_names() -> frozenset[str]:
    """Words that stand where a name may and are none: «aquí estamos», «le habla claro»."""
    return _words("no_names", plain)


@cache
def _words(name: str, fold: Callable[[str], str] = sound) -> frozenset[str]:
    return frozenset(fold(word) for word in str(_file()[name]).split())


@cache
def _pet_names() -> dict[str, tuple[str, ...]]:
    """Plain first names with the names people go by instead."""
    pets = _file()["pet_names"]
    return {plain(str(name)): tuple(str(called).split()) for name, called in dict(pets).items()}


@cache
def _full_names() -> dict[str, tuple[str, ...]]:
    """Plain pet names with the sounds of the names they stand for: «Chema» may be called José."""
    full: dict[str, tuple[str, ...]] = {}
    for name, pets in _pet_names().items():
        for pet in pets:
            full[plain(pet)] = (*full.get(plain(pet), ()), sound(name))
    return full


@cache
def _file() -> dict[str, dict[str, str]]:
    raw: dict[str, dict[str, str]] = read(_FILE)
    return raw


def called(name: str) -> frozenset[str]:
    """The sounds that a person of this name is called by: its parts, their pet names and diminutives."""
    known = _known(name)
    return known.pets.union(known.parts)
