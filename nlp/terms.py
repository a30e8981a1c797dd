"""What a debtor asks in return for paying («si me quitan los intereses, le pago el viernes»), and whether the
agent grants it. Until then the offer binds nobody.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp.clues import sought
from nlp.folded import folded
from nlp.phrases import phrases
from nlp.yes import says_yes

Worth = Decimal | datetime.date
_ASKED = sought("terms_asked")
_LESS = sought("terms_less")
_TIME = sought("terms_time")
_GRANTED = sought("terms_granted")
_REFUSED = sought("terms_refused")
_REJECTS = sought("rejects")
_STARTS_NO = sought("starts_no")
_EMPTY_NO = phrases("empty_no")
_STOP = re.compile(r"[.?!…]")
_BEFORE, _AFTER = 14, 22  # words of one sentence that a condition bears on, where no stop ends it


@dataclass(frozen=True, slots=True)
class Terms:
    """Characters `start..end` of a turn offer a payment on terms that the creditor is to grant."""

    start: int
    end: int
    less: bool  # less is asked than what is owed

    def bears_on(self, place: int) -> bool:
        return self.start <= place < self.end


@lru_cache(maxsize=4096)
def terms_in(text: str) -> Terms | None:
    """The terms that a payer's turn sets, the first that it names."""
    turn = folded(text)
    for asked in (_ASKED, _LESS, _TIME):
        for match in asked.all_in(turn):
            start, end = turn.span(match.start(), match.end())
            if not text[start:].lower().startswith("sí"):
                return Terms(_back(text, start), _on(text, end), asked is not _TIME)
    return None


def open_terms(
    text: str, granted: Set[Decimal] | None, named: Iterable[tuple[int, Decimal | None]]
) -> Terms | None:
    """As `terms_in`, unless the agent offered as much just before, to settle for the sums `granted`.

    `named`: the sums of the turn and where they stand.
    """
    terms = terms_in(text)
    if terms is None or granted is None or _ASKED.is_in(folded(text)):
        return terms  # who asks for more than was offered has not taken the offer
    return terms if any(terms.bears_on(at) and worth not in granted for at, worth in named) else None


def in_question(text: str, end: int) -> bool:
    """Whether what ends at `end` is asked («¿noventa mil?»); a tag («…, ¿le parece?») asks for a yes."""
    stop = _STOP.search(text, end)
    return stop is not None and stop.group() == "?" and "¿" not in text[end : stop.start()]


def _back(text: str, start: int) -> int:
    stop = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
    words = list(re.finditer(r"\S+", text[stop:start]))[-_BEFORE:]
    return stop + words[0].start() if words else start


def _on(text: str, end: int) -> int:
    stop = _STOP.search(text, end)
    last = stop.start() if stop else len(text)
    words = list(re.finditer(r"\S+", text[end:last]))[:_AFTER]
    return end + words[-1].end() if words else last


def grants(text: str, *, repeats: bool = False) -> bool | None:
    """Whether an agent's turn grants what was asked; None where it says neither. `repeats`: it names what was
    offered.
    """
    turn = folded(text)
    line = _EMPTY_NO.sub(",", turn.line)
    if _STARTS_NO.pattern.match(line, 1) or _REFUSED.pattern.search(line) or _REJECTS.pattern.search(line):
        return False
    return True if repeats or says_yes(text) or _GRANTED.is_in(turn) else None


def offers(text: str) -> bool:
    """Whether an agent's turn grants of its own accord: «si paga hoy, se lo dejo en noventa»."""
    return _GRANTED.is_in(folded(text)) and grants(text) is True


def answers(
    text: str, terms: Terms, offered: Set[Worth], named: Set[Worth], due: Decimal | None
) -> bool | None:
    """As `grants`, where the turn names sums and days; to name the debt again is no grant of less."""
    if terms.less and due is not None and due in named and due not in offered:
        return False
    again = {worth for worth in offered & named if not (terms.less and isinstance(worth, datetime.date))}
    return grants(text, repeats=bool(again))
