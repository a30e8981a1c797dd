"""What the parts of redaction share: what a stretch is, letters made alike, the lists of `redact.yaml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from nlp.text import plain
from nlp.types import NlpError
from nlp.yaml_trouble import read
from transcripts.types import Secret

Kind = Secret

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")

_GROUP = re.compile(r"\((\?!|\s)?[^()]*?(\s)?\)\??")

HEAD = 240  # characters; longer than the beginning of any answer

_FILE = Path(__file__).with_name("redact.yaml")


class Span(NamedTuple):
    """Characters `start..end` of one text, and what they give away."""

    start: int
    end: int
    kind: Kind


class _Letters(dict[int, str]):
    """Code point to its plain small letter, always ONE character, so that places in the text stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        bare = plain(char)
        self[code] = bare if len(bare) == 1 else char
        return self[code]


_LETTERS = _Letters()


@lru_cache(maxsize=512)
def flat(text: str) -> str:
    """`text` in small letters without accents, letter by letter: `flat(text)[i]` stands for `text[i]`."""
    return text.translate(_LETTERS)


@cache
def words(name: str) -> frozenset[str]:
    """The list called `name`, its words as `flat` writes them. Raises NlpError for a name the file lacks."""
    return frozenset(flat(_list(name)).split())


@cache
def phrases(*names: str) -> re.Pattern[str]:
    """Any phrase of the lists, over flat text, at whole words. Phrases stand between bars in the file."""
    return re.compile(rf"(?<!\w){alternatives(*names)}(?!\w)")


@cache
def given_names() -> frozenset[str]:
    """First names and what people are called instead."""
    return words("given") | words("pet_names")


def words_in(low: str, end: int) -> int:
    """How many words stand in the first `end` characters, counted no further than an answer's beginning."""
    return len(low[: min(end, HEAD)].split())


def only_thinks(text: str) -> bool:
    """Whether a turn says nothing yet: «eh…», «a ver, déjeme ver»."""
    return not WORD.search(without_fillers(flat(text)))


def without_fillers(low: str) -> str:
    """Flat text with blanks for what is said while somebody looks for a number; it is as long as before."""
    return phrases("fillers").sub(lambda match: " " * len(match[0]), low)


def may_hold(text: str, *names: str) -> bool:
    """Whether a phrase of the lists can be in `text` at all: much cheaper than to look for it."""
    return not _telling_words(*names).isdisjoint(word_set(text))


@lru_cache(maxsize=512)
def word_set(text: str) -> frozenset[str]:
    """The different words of `flat(text)`."""
    return frozenset(word_list(text))


@lru_cache(maxsize=512)
def word_list(text: str) -> list[str]:
    """The words of `flat(text)`, in order; not to be changed."""
    return WORD.findall(flat(text))


@cache
def _telling_words(*names: str) -> frozenset[str]:
    """For every phrase of the lists its longest word that stands in any text with the phrase."""
    out = set()
    for item in (item for name in names for item in flat(_list(name)).split(" | ")):
        fixed, groups = item.strip(), 1
        while groups:
            fixed, groups = _GROUP.subn(lambda m: " " if m[1] or m[2] else "#", fixed)
        sure = re.findall(r"(?:(?<=\s)|^)[a-z]+(?=\s|$)", fixed)
        if not sure:
            raise NlpError(
                f"{_FILE.name}: «{item.strip()}» necesita una palabra fija. Escríbala sin alternativas."
            )
        out.add(max(sure, key=len))
    return frozenset(out)


@cache
def starts_with(name: str) -> re.Pattern[str]:
    """A phrase of the list where the rest of the text begins, after blanks."""
    return re.compile(rf"\s*{alternatives(name)}(?!\w)")


@cache
def ends_with(*names: str) -> re.Pattern[str]:
    """A phrase of the lists right before the end of what is searched."""
    return re.compile(rf"(?<!\w){alternatives(*names)}[\s,:]+$")


@cache
def alternatives(*names: str) -> str:
    """The phrases of the lists as one group of a pattern."""
    items = [item.strip() for name in names for item in flat(_list(name)).split(" | ")]
    grouped = [re.sub(r"\((?!\?)", "(?:", item) for item in items if item]
    return "(?:" + "|".join(re.sub(r"\s+", r"\\s+", item) for item in grouped) + ")"


def _list(name: str) -> str:
    lists = _lists()
    if name not in lists:
        raise NlpError(f"{_FILE.name}: no existe la lista «{name}». Revise el nombre.")
    return lists[name]


@cache
def _lists() -> dict[str, str]:
    return {str(name): str(text) for name, text in read(_FILE).items()}
