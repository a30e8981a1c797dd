"""Reading a written pattern (grammar: `nlp/patterns.py`) into its parts, whatever grammar it is for."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.text import QUESTION, STOP, sound
from nlp.trie import Part, PatternError

_PIECE = re.compile(r"\(|\)\??|\||\^|\$|~\d?|!|@[a-z_0-9]+\??|#[a-z]+\??|[^\W_]+\*?\??|\?")
_CLITIC = re.compile(r"([^\W_]+)\+")
_CLITICS = ["", *"lo la los las le les me te se nos selo sela melo telo".split()]
_BLANKS = re.compile(r"\s+")
_CLOSES = ("|", ")", ")?")
DEFAULT_GAP = 2


@lru_cache(maxsize=50_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a pattern. PatternError where it cannot be read, or nothing in it must be there."""
    spelled = (
        _CLITIC.sub(lambda m: "(" + "|".join(m.group(1) + end for end in _CLITICS) + ")", text)
        if "+" in text
        else text
    )
    if "|" in spelled and _top_level_choice(spelled):
        spelled = f"({spelled})"
    pieces = _PIECE.findall(spelled)
    if "".join(pieces) != _BLANKS.sub("", spelled):
        raise PatternError(f"«{text}»: a character that no pattern may hold")
    parts, at = _sequence(pieces, 0, text)
    if at < len(pieces):
        raise PatternError(f"«{text}»: a bracket closes that was never opened")
    if not any(part.needed or (part.bounds and not part.optional) for part in parts):
        raise PatternError(f"«{text}»: every part may be missing; keep at least one that must be there")
    return parts


def _sequence(pieces: list[str], at: int, text: str) -> tuple[tuple[Part, ...], int]:
    """The parts from piece `at` to the end of their alternative, and where that is."""
    parts: list[Part] = []
    negated = False
    while at < len(pieces) and pieces[at] not in _CLOSES:
        piece = pieces[at]
        at += 1
        if piece == "!":
            negated = True
            continue
        if piece == "(":
            part, at = _group(pieces, at, text)
        else:
            part = _single(piece)
        parts.append(Part("not", part.symbol, inner=part.inner) if negated else part)
        negated = False
    return tuple(parts), at


@lru_cache(maxsize=20_000)
def _single(piece: str) -> Part:
    if piece in ("^", "$"):
        return Part("bound", piece)
    if piece[0] == "~":
        return Part("gap", piece, size=int(piece[1:] or DEFAULT_GAP))
    optional = piece[-1] == "?" and piece != "?"
    return Part("word", _symbol(piece[:-1] if optional else piece), optional)


def _symbol(piece: str) -> str:
    if piece[0] in "@#" or piece in (STOP, QUESTION):
        return piece
    if piece[-1] == "*":
        stem = sound(piece[:-1] + "a")[:-1] if piece[-2] in "cg" else sound(piece[:-1])
        return stem + "*"
    return sound(piece)


def _group(pieces: list[str], first: int, text: str) -> tuple[Part, int]:
    """The group whose bracket opened before piece `first`: one symbol, alike wherever it is written alike."""
    depth, end = 1, first
    while end < len(pieces):
        piece = pieces[end]
        depth += (piece == "(") - (piece in (")", ")?"))
        if depth == 0:
            break
        end += 1
    if depth:
        raise PatternError(f"«{text}»: a bracket is not closed")
    bounds, rest = _without_bounds(pieces[first:end])
    inner: list[tuple[Part, ...]] = []
    at = 0
    while at <= len(rest):
        parts, at = _sequence(rest, at, text)
        if all(part.optional for part in parts):
            raise PatternError(f"«{text}»: an alternative that is empty")
        inner.append(parts)
        at += 1
    part = Part("word", f"@({' '.join(rest)})", pieces[end] == ")?", bounds=bounds, inner=tuple(inner))
    return part, end + 1


def _top_level_choice(text: str) -> bool:
    """Whether `text` has a `|` outside all brackets: `a (b|c)|d`."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _without_bounds(pieces: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """A group's alternatives that are only a start or an end of a sentence, and the group without them."""
    if "^" not in pieces and "$" not in pieces:
        return (), pieces
    groups: list[list[str]] = [[]]
    depth = 0
    for piece in pieces:
        depth += (piece == "(") - (piece in (")", ")?"))
        if piece == "|" and depth == 0:
            groups.append([])
        else:
            groups[-1].append(piece)
    bounds = tuple(group[0] for group in groups if group in (["^"], ["$"]))
    rest = [group for group in groups if group not in (["^"], ["$"])]
    return bounds, [piece for at, group in enumerate(rest) for piece in (("|", *group) if at else group)]
