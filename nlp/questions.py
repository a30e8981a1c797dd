"""Direct questions of a turn: which of them ask for something, and which only whether one was heard."""

from __future__ import annotations

import re

from nlp.folded import folded, phrase
from nlp.phrases import spelled

FEWEST_WORDS = 2
_MARK = re.compile(r"\?+")
_SENTENCE_END = re.compile(r"[.!…]+\s")
_FILLER, _NOTHING = spelled("filler"), spelled("empty_question")
_EMPTY = phrase(f"(?:{_FILLER} )*{_NOTHING}(?: {_FILLER})*(?: [?])*(?= $)")
_ANSWERED = phrase("(?:[?,] )*(?:pues )?porque")  # «¿y por qué no pagué? Porque me corrieron»


def question(text: str) -> tuple[int, int] | None:
    """Characters of the last question of `text` that asks for something; None where none does.

    «¿cuánto debo?» does; «¿bueno?» or «¿me escucha?» do not, nor what the speaker answers at once.
    """
    found = None
    begin = 0
    for mark in _MARK.finditer(text):
        opened = text.rfind("¿", begin, mark.start())
        if opened < 0:
            ends = [end.end() for end in _SENTENCE_END.finditer(text, begin, mark.start())]
            opened = ends[-1] if ends else begin
        if _asks(text[opened : mark.end()]) and not _ANSWERED.match(folded(text[mark.end() :]).line, 1):
            found = (opened, mark.end())
        begin = mark.end()
    return found


def _asks(asked: str) -> bool:
    if len(re.findall(r"\w+", asked)) < FEWEST_WORDS:
        return False
    return _EMPTY.match(folded(asked).line, 1) is None
