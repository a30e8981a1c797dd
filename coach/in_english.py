"""English for sentences that were put together in Spanish, by a floor below or long ago: in notes, errors of
jobs and answers to uploads, which are kept as they were said.

Each is found again by its shape in the catalogues of `views`: `{slots}` stand for whatever fills them. A slot
of a name in PARTS holds a sentence or a word of its own, which is said in English too. What no entry is
shaped like stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from transcripts.listed import listed

CATALOGUES = tuple(
    Path(__file__).resolve().parent.parent / "views" / name for name in ("refusals.yaml", "told.yaml")
)
PARTS = frozenset(
    "why what where error reason mistakes near hint left head facts missing whom kind most word "
    "unlike".split()
)
_SLOT = re.compile(r"\{(\w+)[^{}]*\}")
_HELD = {"line": r"\d+", "n": r"[\d.,]+", "word": r"\w+", "id": r"[^\s:]+"}  # no more, by slot
_ONE_PLACE = "(?:(?!: ).)*?"  # what stands before it, as «línea 4: », is a piece of its own
_LISTED = ", "  # between the words of a list
_JOINTS = {"y": "and", "e": "and", "o": "or", "u": "or", "ni": "or"}  # before its last (`transcripts.listed`)
_BETWEEN = re.compile(rf"{_LISTED}(?:de )?| ({'|'.join(_JOINTS)}) (?:de )?")
_LONGEST = 2000  # letters of a sentence that is looked for


@dataclass(frozen=True, slots=True)
class _Shape:
    """`needs`: the longest stretch that is the same in every sentence of this shape; `weight`: how many
    letters are, so that of two shapes the one that says more is taken.
    """

    pattern: re.Pattern[str]
    english: str
    needs: str
    weight: int


def in_english(told: str) -> str:
    """The sentence in English, or line by line where it has many; as it stands where no entry is like it."""
    found = _whole(told)
    if found is None and "\n" in told:
        return "\n".join(in_english(line) for line in told.split("\n"))
    return told if found is None else found


def retold(told: str, language: str) -> str:
    """A sentence that was made or kept in Spanish, in this language where it is known."""
    return in_english(told) if language == "en" else told


@lru_cache(maxsize=4096)
def _whole(told: str) -> str | None:
    if not told.strip() or len(told) > _LONGEST:
        return None
    for shape in _shapes():
        if shape.needs in told and (found := shape.pattern.fullmatch(told)):
            return _SLOT.sub(lambda slot: _filled(slot[1], found[slot[1]]), shape.english)
    return _of_pieces(told)


def _of_pieces(told: str) -> str | None:
    """What stands before a sentence («llamada.wav: línea 4: «x» …»), one thing after the other, or a sentence
    with a full stop that it has not in its entry.
    """
    place, colon, said = told.partition(": ")
    if colon and "\n" not in place and (known := _whole(said)) is not None:
        return f"{_whole(place) or place}: {known}"
    cell, quoted, said = told.partition("» ")
    if quoted and cell.startswith("«") and (known := _whole(said)) is not None:
        return f"“{cell[1:]}” {known}"
    each = [_whole(one) for one in told.split("; ")] if "; " in told else [None]
    if None not in each:
        return "; ".join(map(str, each))
    bare = told.removesuffix(".")
    return f"{known}." if bare != told and (known := _whole(bare)) is not None else None


def _filled(name: str, held: str) -> str:
    """What stands in a slot."""
    return part(held) if name in PARTS else held


def several(names: Sequence[str], language: str) -> str:
    """«a, b y c», in this language."""
    return listed(names, _JOINTS["y"] if language == "en" else "y")


def part(held: str) -> str:
    """A sentence, a word or several that stand within another sentence."""
    bare = held.strip(" ,")
    said = in_english(bare)
    return held.replace(bare, _each(bare) if said == bare else said) if bare else held


def _each(several: str) -> str:
    """Word by word, and what joins the last two, where each is known or is a name."""
    pieces = _BETWEEN.split(several.removeprefix("de "))
    words = [_whole(one) or ("" if " " in one else one) for one in pieces[::2]]
    if not all(words):
        return _LISTED.join(_whole(one) or one for one in several.split(_LISTED))
    joints = [f" {_JOINTS[one]} " if one else _LISTED for one in pieces[1::2]]
    return "".join(text for pair in zip(words, [*joints, ""], strict=True) for text in pair)


@cache
def _shapes() -> tuple[_Shape, ...]:
    return tuple(sorted(_entries(), key=lambda shape: -shape.weight))


def _entries() -> Iterator[_Shape]:
    for file in CATALOGUES:
        for spanish, english in YAML(typ="safe").load(file.read_text(encoding="utf-8")).items():
            parts = _SLOT.split(spanish)
            texts = [text.replace("{{", "{").replace("}}", "}") for text in parts[::2]]
            if not any(letter.isalpha() for letter in "".join(texts)):
                continue  # nothing but slots: anything would be like it
            seen: set[str] = set()
            pattern = re.escape(texts[0])
            for name, text in zip(parts[1::2], texts[1:], strict=True):
                held = _HELD.get(name) or (_ONE_PLACE if not pattern and name not in PARTS else ".*?")
                pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{held})"
                pattern += re.escape(text)
                seen.add(name)
            weight = sum(map(len, texts))
            yield _Shape(re.compile(pattern, re.DOTALL), english, max(texts, key=len), weight)
