"""Direct questions of a turn: which of them ask for something, and which only whether one was heard; of what
matter of an offer they are; and whether what comes after takes up what was asked.
"""

from __future__ import annotations

import re

from nlp.folded import folded, phrase
from nlp.phrases import phrases, spelled

FEWEST_WORDS = 2
STEM = 4  # letters of a word that tell its matter
_MARK = re.compile(r"\?+")
_SENTENCE_END = re.compile(r"[.!…]+\s")
_FILLER, _NOTHING = spelled("filler"), spelled("empty_question")
_EMPTY = phrase(f"(?:{_FILLER} )*{_NOTHING}(?: {_FILLER})*(?: [?])*(?= $)")
# «¿y por qué no pagué? Porque me corrieron»; «¿es cierto que me embargan? Porque me llegó un papel» asks
_ANSWERED, _WHY = phrase("(?:[?,] )*(?:pues )?porque"), phrase("(?:por que|porque|a que se debe)")
_YES_OR_NO = phrase(f"(?:{spelled('yes_start')}|{spelled('starts_no')})(?= )")
# what asks for more than a yes or a no: which answer fits it is not to be told from its words
_OPEN = phrase("(?:que|cual(?:es)?|como|cuando|cuant[oa]s?|a?donde|quien(?:es)?|(?:y|pero) si)(?= )")
# what a debtor asks of the offer or of who calls
MATTERS = ("writing", "total", "record", "caller")
_ASKED = {name: phrases(f"asked_{name}") for name in MATTERS}
_TAKEN_UP = {name: phrases(f"tells_{name}") for name in MATTERS}
_EMPTY_WORDS = frozenset(
    folded(
        "usted ustedes señor señora señorita entonces para esto este esta pero pues algo mismo bueno tiene "
        "tengo tienen puede puedo pueden podria seria hacer decir dice desde hasta sobre"
    ).line.split()
)


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
        asked = text[opened : mark.end()]
        if _asks(asked) and not (
            _WHY.search(folded(asked).line) and _ANSWERED.match(folded(text[mark.end() :]).line, 1)
        ):
            found = (opened, mark.end())
        begin = mark.end()
    return found


def matter_of(asked: str) -> str | None:
    """Which of `MATTERS` is `asked`; None where it is another, or the matter cannot be told."""
    line = folded(asked).line
    return next((name for name, pattern in _ASKED.items() if pattern.search(line)), None)


def touches(matter: str, reply: str) -> bool:
    """Whether `reply` has a word of the matter: without one it tells nothing of it, but for a yes or a no."""
    return _TAKEN_UP[matter].search(folded(reply).line) is not None


def yes_or_no(reply: str) -> bool:
    """Whether `reply` begins with a yes or a no."""
    return _YES_OR_NO.match(folded(reply).line, 1) is not None


def takes_up(asked: str, reply: str) -> bool:
    """Whether `reply` may speak of what was `asked`: a yes or a no to it, or a word of it. What asks for more
    than that is not told from words, and is taken for answered.
    """
    question_ = folded(asked).line
    if _OPEN.search(question_) or yes_or_no(reply):
        return True
    return bool(_words(question_) & _words(folded(reply).line))


def _words(line: str) -> frozenset[str]:
    """The words that carry a matter, by their beginnings: «escrito» and «escrita» are one."""
    return frozenset(word[:STEM] for word in line.split() if len(word) >= STEM and word not in _EMPTY_WORDS)


def _asks(asked: str) -> bool:
    if len(re.findall(r"\w+", asked)) < FEWEST_WORDS:
        return False
    return _EMPTY.match(folded(asked).line, 1) is None
