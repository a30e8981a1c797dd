"""Ways to pay that a turn names: OXXO, PSE, Yape, transfer, counter (`channels.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from nlp.clues import Rows, sought, sought_before
from nlp.countries import channels
from nlp.folded import Folded, folded, phrase
from nlp.text import plain

_NEGATED = sought_before("channel_refused_before")
_NEGATED_AFTER = sought("channel_refused_after")
# who calls, named by words that also name a place: «somos una agencia de cobro», «le llamo de la oficina»
_CALLERS = frozenset({"Sucursal", "Agente"})
_CALLS_FROM = sought_before("calls_from")
_OF_COLLECTING = sought("of_collecting")
_AT_PLACE = sought_before("at_place")
# ways that are done at a place or through another: their name adds nothing to that one's
_KINDS = frozenset({"Depósito", "Transferencia", "Efectivo"})
_AT = re.compile(
    r"\s+(?:en|por|desde|con|vía|via|mediante|a través de|a traves de)(?:\s+(?:el|la|un|una|su|los|las))?\s+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Channel:
    """Characters `start..end` name the way to pay called `name`; `wanted` is False for «por PSE no»."""

    start: int
    end: int
    name: str
    wanted: bool


@lru_cache(maxsize=1024)
def channels_in(text: str) -> tuple[Channel, ...]:
    """The ways to pay that `text` names, in order; of names that overlap the longest."""
    turn = folded(text)
    hits = sorted(
        (m.start(), -m.end(), name)
        for name, pattern in map(_patterns().__getitem__, _rows().likely(turn))
        for m in pattern.finditer(turn.line)
    )
    out: list[Channel] = []
    last = -1
    for first, minus_end, name in hits:
        start, end = turn.span(first, -minus_end)
        if first < last or _is_caller(turn, first, -minus_end, name):
            continue
        if plain(text[start]) in _initials()[name]:
            out.append(Channel(start, end, name, _wanted(turn, first, -minus_end)))
            last = -minus_end
    return tuple(out)


def places_named(text: str) -> tuple[Channel, ...]:
    """The ways of `channels_in`; where one says where it is done, that place alone: «depósito en Oxxo»."""
    found = channels_in(text)
    done_there = {
        one
        for one, after in pairwise(found)
        if one.name in _KINDS and _AT.fullmatch(text, one.end, after.start) is not None
    }
    return tuple(one for one in found if one not in done_there)


def _is_caller(turn: Folded, first: int, end: int, name: str) -> bool:
    if name not in _CALLERS:
        return False
    collects = _OF_COLLECTING.is_after(turn, end) and not _AT_PLACE.is_before(turn, first)
    return collects or _CALLS_FROM.is_before(turn, first)


def _wanted(turn: Folded, first: int, end: int) -> bool:
    return not (
        _NEGATED.is_before(turn, first)
        or _NEGATED_AFTER.is_after(turn, end)
        or turn.line.startswith(" no ", end)
    )


@cache
def _initials() -> dict[str, frozenset[str]]:
    """First letters of each name's phrases: «se» sounds like «pse», but does not begin like it."""
    swapped = {"b": "bv", "v": "bv", "c": "ckq", "k": "ckq", "q": "ckq", "o": "oh"}
    return {
        name: frozenset("".join(swapped.get(words[0][0], words[0][0]) for words in phrases))
        for name, phrases in channels().items()
    }


@cache
def _rows() -> Rows:
    return Rows(pattern for _, pattern in _patterns())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, phrase("|".join(" ".join(words).replace("*", "[^ ]*") for words in phrases)))
        for name, phrases in channels().items()
    )
