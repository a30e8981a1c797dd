"""Where the agent calls the debtor by name: first name, surname, pet name, or the name as a recogniser
misspelt it.

Where the debtor's name is not known, a title with a name («señora Elvia», «don Beto») counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nlp.text import plain, sound
from nlp.tokens import Token, tokens_of
from nlp.types import Finding, NlpError
from transcripts.types import Transcript

LABEL, SOURCE = "debtor_name", "rule:debtor_name"

_FILE = Path(__file__).with_name("person_names.yaml")
_LONG_NAME = 7  # sounds: a longer word in small letters is hardly another word by chance


def addressed_by_name(transcript: Transcript) -> list[Finding]:
    """Every mention of the debtor's name in the agent's turns, one finding a mention («Luz Dary Ospina» is
    one).
    """
    recording = transcript.recording
    known = _known_sounds(recording.debtor_name or "")
    own = frozenset(_known_sounds(recording.agent or "")) - frozenset(known)
    found: list[Finding] = []
    for index, turn in transcript.said_by("agent"):
        if turn.doubt is not None:
            continue
        spans = _named(turn.text, known) if known else _titled(turn.text, own)
        found += [Finding(LABEL, transcript.quote(index, a, b), score, SOURCE) for a, b, score in spans]
    return found


@lru_cache(maxsize=4096)
def _known_sounds(name: str) -> tuple[str, ...]:
    """The sounds a name may be called by: its parts, their pet names and diminutives."""
    out: list[str] = []
    for token in tokens_of(name):
        if (
            token.kind != "word"
            or token.sound in _words("particles") | _words("titles")
            or len(token.raw) < 3
        ):
            continue
        part = plain(token.raw)
        out += [token.sound, *_diminutives(part), *(sound(pet) for pet in _pet_names().get(part, ()))]
    return tuple(dict.fromkeys(out))


def _diminutives(part: str) -> list[str]:
    """«Juanita», «Carlitos», «Rosita», «Carmencita»: never the bare name again."""
    if part.endswith("a"):
        return [sound(part[:-1] + "ita")]
    if part.endswith(("o", "e")):
        return [sound(part[:-1] + "ito"), sound(part[:-1] + "ita")]
    if part.endswith("os"):
        return [sound(part[:-2] + "itos")]
    return [sound(part + ending) for ending in ("ito", "ita", "cito", "cita")]


def _named(text: str, known: tuple[str, ...]) -> list[tuple[int, int, float]]:
    """(start, end, likeness 0..1) of every run of words that name the debtor."""
    tokens = tokens_of(text)
    lower = text == text.lower()
    hits: list[tuple[int, float]] = []
    for at, token in enumerate(tokens):
        shown = token.raw[0].isupper() or (lower and len(token.sound) >= _LONG_NAME)
        likeness = (
            _likeness(token, known, titled=_after_title(tokens, at), shown=shown)
            if token.kind == "word"
            else 0.0
        )
        if likeness and not _is_common(tokens, at, known, lower=lower) and not _introduces_self(tokens, at):
            hits.append((at, likeness))
    return _runs(tokens, hits)


def _likeness(token: Token, known: tuple[str, ...], *, titled: bool, shown: bool) -> float:
    """1 where the word sounds like a known name, less where a letter or two differ, 0 where it is another
    word.

    A misspelling counts on longer names only, and only after a title or where the word looks like a name
    (`shown`).
    """
    if token.sound in known:
        return 1.0
    if len(token.sound) < 5 or not (titled or shown):
        return 0.0
    best = 0.0
    for name in known:
        if len(name) < 5 or not _alike(name[0], token.sound[0]):
            continue
        distance = DamerauLevenshtein.distance(name, token.sound)
        if distance <= (2 if titled and len(name) >= 7 else 1):
            best = max(best, 1 - distance / len(name))
    return best


def _alike(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"j", "y", "i"}


def _after_title(tokens: tuple[Token, ...], at: int) -> bool:
    return any(
        tokens[i].sound in _words("titles") for i in range(max(0, at - 3), at) if tokens[i].kind == "word"
    )


def _is_common(tokens: tuple[Token, ...], at: int, known: tuple[str, ...], *, lower: bool) -> bool:
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


@cache
def _words(name: str, fold: Callable[[str], str] = sound) -> frozenset[str]:
    return frozenset(fold(word) for word in str(_file()[name]).split())


@cache
def _pet_names() -> dict[str, tuple[str, ...]]:
    """Plain first names with the names people go by instead."""
    pets = _file()["pet_names"]
    return {plain(str(name)): tuple(str(called).split()) for name, called in dict(pets).items()}


@cache
def _file() -> dict[str, dict[str, str]]:
    try:
        raw: dict[str, dict[str, str]] = YAML(typ="safe").load(_FILE.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise NlpError(f"{_FILE.name}: no se puede leer ({error}). Corrija el archivo.") from error
    return raw
