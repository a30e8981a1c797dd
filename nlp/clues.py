"""Which words a line must hold for a phrase to be found in it: most lines hold none and are not searched.

The clues are read off the phrase as it is written. Of each of its alternatives one word is taken that cannot
be missing, the rarest; where its ending is open («pag(ar|arle)», «llam[^ ]+»), its first three letters stand
for it. `Folded.clues` are the same of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

from nlp.folded import BEGINNING, SIGNS, Folded
from nlp.phrases import phrases, phrases_before

_PIECE = re.compile(
    rf"\(\?<?[=!]|\(\?:|\(\?P<\w+>|[()| ]|\[[^\]]*\]|\\.|[?*+]\??|\{{[0-9,]+\}}|[{SIGNS}]|[^\W\d_]+|."
)
_COMMON = "no si ke de la el lo le les los se me te ya a en i un una es por para kon al o su"
# what a clue costs beside a rare word: how many of those are met as often
_COSTS = dict.fromkeys(_COMMON.split(), 20) | {"#": 10}


@dataclass(slots=True)
class _Part:
    """A run of letters, a sign or a blank of a phrase, a group of choices, or anything else ("")."""

    text: str
    choices: list[list[_Part]] | None = None
    optional: bool = False


class Sought(NamedTuple):
    """A phrase with the clues of which a line must hold one; None: it may be in any line."""

    pattern: re.Pattern[str]
    clues: frozenset[str] | None

    def may_be_in(self, turn: Folded) -> bool:
        return self.clues is None or not self.clues.isdisjoint(turn.clues)

    def first_in(self, turn: Folded) -> re.Match[str] | None:
        return self.pattern.search(turn.line) if self.may_be_in(turn) else None

    def is_in(self, turn: Folded) -> bool:
        return self.first_in(turn) is not None

    def all_in(self, turn: Folded) -> Iterable[re.Match[str]]:
        return self.pattern.finditer(turn.line) if self.may_be_in(turn) else ()

    def is_before(self, turn: Folded, at: int) -> bool:
        """Whether it is found in what the line holds up to `at`."""
        return self.may_be_in(turn) and self.pattern.search(turn.line[:at]) is not None

    def is_after(self, turn: Folded, at: int) -> bool:
        """Whether it stands in the line right after the word that ends at `at`."""
        return self.may_be_in(turn) and self.pattern.match(turn.line[at:], 1) is not None


class Rows:
    """Many phrases of which few are in any line: `likely` tells the places of those that may be."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._by_clue: dict[str, list[int]] = {}
        self._always: list[int] = []
        for at, pattern in enumerate(patterns):
            clues = with_clues(pattern).clues
            for clue in clues or ():
                self._by_clue.setdefault(clue, []).append(at)
            self._always += [at] if clues is None else []

    def likely(self, turn: Folded) -> list[int]:
        """Places in order."""
        held = self._by_clue.keys() & turn.clues
        return sorted({*self._always, *(at for clue in held for at in self._by_clue[clue])})


def sought(name: str) -> Sought:
    """Any phrase of the list called `name`."""
    return with_clues(phrases(name))


def sought_before(name: str) -> Sought:
    """Any phrase of the list, where it stands right before the end of what is searched."""
    return with_clues(phrases_before(name))


def with_clues(pattern: re.Pattern[str]) -> Sought:
    """`pattern`, made by `phrase`, with its clues."""
    choices = _choices(iter(_PIECE.findall(pattern.pattern)))
    return Sought(pattern, _needed(choices, opens=True, closes=True))


def _choices(pieces: Iterator[str]) -> list[list[_Part]]:
    """The alternatives up to the end of the group in which `pieces` stand."""
    out: list[list[_Part]] = [[]]
    for piece in pieces:
        if piece == ")":
            break
        if piece == "|":
            out.append([])
        elif piece[0] == "(":
            group = _choices(pieces)
            if piece[2:3] in ("", ":", "P"):  # the others only look around
                out[-1].append(_Part("", group))
        elif piece[0] in "?*+{":
            _repeat(out[-1], piece)
        else:
            out[-1].append(_Part(piece if piece in f" {SIGNS}" or piece.isalpha() else ""))
    return out


def _repeat(row: list[_Part], times: str) -> None:
    """What stands last in `row` may be missing, or more follows it; of a run of letters only the last one."""
    last = row[-1]
    if last.choices is not None and times[0] in "+{":
        last.choices = None
    if len(last.text) > 1:
        last.text = last.text[:-1]
        row.append(_Part("", optional=True))
    elif times[0] in "?*" or times.startswith("{0"):
        last.optional = True


def _needed(choices: list[list[_Part]], *, opens: bool, closes: bool) -> frozenset[str] | None:
    """Clues of which one must be there. `opens`, `closes`: a word begins and ends where the group does."""
    out: set[str] = set()
    for row in choices:
        found = [clues for at in range(len(row)) if (clues := _clues(row, at, opens=opens, closes=closes))]
        if not found:
            return None
        out |= min(found, key=_cost)
    return frozenset(out)


def _cost(clues: Set[str]) -> int:
    return sum(_COSTS.get(clue, 1) for clue in clues)


def _clues(row: list[_Part], at: int, *, opens: bool, closes: bool) -> frozenset[str] | None:
    part = row[at]
    if part.optional or part.text == " ":
        return None
    if part.text and part.text in SIGNS:
        return frozenset(part.text)
    opens, closes = _parted(row[:at][::-1], -1, opens), _parted(row[at + 1 :], 0, closes)
    if part.choices is not None:
        return _needed(part.choices, opens=opens, closes=closes)
    if not part.text or not opens:
        return None
    if closes:
        return frozenset((part.text,))
    return frozenset((part.text[:BEGINNING] + "*",)) if len(part.text) >= BEGINNING else None


def _parted(beside: list[_Part], side: int, at_end: bool) -> bool:
    """Whether a blank surely parts a word from what stands `beside` it, the nearest first; `at_end`: whether
    one does where nothing does.
    """
    for part in beside:
        if not _is_blank(part, side):
            return False
        if not part.optional:
            return True
    return at_end


def _is_blank(part: _Part, side: int) -> bool:
    """Whether a part begins (`side` 0) or ends (-1) with a blank, if it is there."""
    if part.choices is None:
        return part.text == " "
    return all(row and _is_blank(row[side], side) and not row[side].optional for row in part.choices)
