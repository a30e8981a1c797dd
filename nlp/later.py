"""Whether a sum or a day is told as a later part of a payment: «el resto el treinta», «los siguientes: …»."""

from __future__ import annotations

import re

from nlp.calendar_names import A_MONTH, A_WEEKDAY
from nlp.clues import sought
from nlp.folded import Folded, phrase

_REST = sought("rest")
_NEAR = 5  # words before it in which «el resto», «los otros» make it a later part
_LIST = re.compile(
    r"(?: (?:[,#=][^ ]*|"
    + phrase(f"(y|e|el|los|del?|dia|dias|desde|a|{A_WEEKDAY}|{A_MONTH})").pattern
    + r"))* "
)


def is_later_part(turn: Folded, at: int) -> bool:
    """Whether the words before character `at` of the line make what stands there a later part.

    They may stand close by, or before a list of which it is one: «los siguientes: veinte, veintisiete, seis y
    trece de marzo».
    """
    if not _REST.may_be_in(turn):
        return False
    near = " ".join(turn.line[:at].split()[-_NEAR:]).rpartition(". ")[2]
    if _REST.pattern.search(f" {near} ") is not None:
        return True
    sentence = " " + turn.line[:at].rpartition(" . ")[2].strip() + " "
    last = max((m.end() for m in _REST.pattern.finditer(sentence)), default=None)
    return last is not None and _LIST.fullmatch(sentence, last) is not None
