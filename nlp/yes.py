"""Yes, no and who asked what: the small words by which two people agree."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.clues import sought, sought_before
from nlp.folded import Folded, folded, phrase
from nlp.phrases import phrases

_YES_START = phrases("yes_start")
_DEAL = sought("deal_struck")
_NO_DEAL_BEFORE = sought_before("deal_denied_before")
_ALSO_AFTER_NO = ("esta ", "asi ", "ai ", "entonses ", "eso ")
_NOT_REALLY = phrases("yes_taken_back")
_REFUSAL = sought("refusal")
_CLOSING = sought("closing")
_HOW_MUCH = sought("how_much")
_WHEN = sought("when")
_NO = phrase("no")
_REST_OF_YES = 3  # words and marks that may follow in the last sentence
_EMPTY_NO = phrases("empty_no")


@lru_cache(maxsize=1024)
def says_yes(text: str) -> tuple[int, int] | None:
    """Where `text` agrees («sí, está bien»), in characters, or None. A yes that is taken back in the same
    breath is none.
    """
    turn = folded(text)
    return _yes(turn, turn.line)


def _yes(turn: Folded, line: str) -> tuple[int, int] | None:
    """Where the turn agrees, as far as `line`, its beginning or all of it, tells."""
    match = _YES_START.match(line, 1) or _last_word(line)
    if match is None or _NOT_REALLY.search(line) or _denied(turn, line):
        match = _deal(turn, line)
        if match is None or _NOT_REALLY.search(line, match.end()):
            return None
    return turn.span(match.start(), match.end())


def _deal(turn: Folded, line: str) -> re.Match[str] | None:
    """The first word of a deal; «no me sirve», «no estoy de acuerdo» are none."""
    if not _DEAL.may_be_in(turn):
        return None
    found = _DEAL.pattern.finditer(line)
    return next((m for m in found if not _denied_deal(turn, m)), None)


def _denied_deal(turn: Folded, match: re.Match[str]) -> bool:
    """«no está bien» of a recogniser may be «no, está bien»: it stays a yes."""
    return not match.group().startswith(_ALSO_AFTER_NO) and _NO_DEAL_BEFORE.is_before(turn, match.start())


@lru_cache(maxsize=1024)
def confirms(text: str) -> tuple[int, int] | None:
    """Where `text` says yes to what was just repeated: its first sentence counts, the rest does not."""
    turn = folded(text)
    stop = turn.line.find(" . ")
    return (_yes(turn, turn.line[: stop + 1]) if stop > 0 else None) or says_yes(text)


def _last_word(line: str) -> re.Match[str] | None:
    """A yes that is the whole of the last sentence: «Noventa y cinco el viernes. Ya, perfecto.»"""
    start = line.rstrip(" .").rfind(" . ") + 3
    match = _YES_START.match(line, start) if start > 2 else None
    return match if match and len(line[match.end() :].split()) <= _REST_OF_YES else None


def _denied(turn: Folded, line: str) -> bool:
    """Whether a «no» in the first sentence denies; «¿no?» and «cómo no» do not."""
    if "no" not in turn.clues:
        return False
    sentence = _EMPTY_NO.sub("", line.split(" . ")[0].rstrip() + " ")
    return any(not sentence.startswith(" ?", match.end()) for match in _NO.finditer(sentence))


@lru_cache(maxsize=1024)
def asks_how(text: str) -> bool:
    """Whether `text` asks for a plan («¿cómo lo quiere hacer?», «¿cuál prefiere?»): sum, day or both may
    answer.
    """
    line = folded(text).line
    return "?" in line and phrases("how").search(line) is not None


@lru_cache(maxsize=1024)
def refuses(text: str) -> int | None:
    """Where in the characters of `text` a flat refusal of any payment begins, or None."""
    turn = folded(text)
    matches = list(_REFUSAL.all_in(turn))
    return turn.span(matches[-1].start(), matches[-1].end())[0] if matches else None


_PAID = sought("paid")


@lru_cache(maxsize=1024)
def says_paid(text: str) -> bool:
    """Whether `text` holds that the debt was paid («ya la pagué», «eso ya está cancelado»)."""
    return _PAID.is_in(folded(text))


@lru_cache(maxsize=1024)
def asks(text: str) -> tuple[bool, bool, bool]:
    """Whether `text` asks (how much, when, for a yes)."""
    turn = folded(text)
    line = turn.line
    asked = (
        " " + " ".join(part.rpartition(" . ")[2] for part in line.split("?")[:-1]) + " "
        if "?" in line
        else line
    )
    much = _HOW_MUCH.may_be_in(turn) and _HOW_MUCH.pattern.search(asked) is not None
    when = _WHEN.may_be_in(turn) and _WHEN.pattern.search(asked) is not None
    when = when or ("?" in line and "cuándo" in text.lower())
    return much, when, "?" in line or _CLOSING.is_in(turn)
