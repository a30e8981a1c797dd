"""What ends a turn and what is left behind: a goodbye, and word for who is not there.

closes(transcript, finding, told)   # whether thanks or a farewell end the turn
word_left(transcript, told)         # findings MESSAGE: a call to return, a number, an hour
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nlp.ladder_model import sentences
from nlp.text import bare, plain
from nlp.types import Finding
from transcripts.types import Transcript

SOURCE = "drill:parting"
CLOSERS = ("polite_close", "wishes_well", "goodbye", "thanks")
MESSAGE = "leaves_message"
WHEN_IN = "asks_when_in"
CALLS = ("calls_back", "follow_up")
BARE = 3  # words of thanks alone: «muchas gracias, señora»
VOCATIVE = 4  # words after thanks that only say whom
_QUESTION = re.compile(r"([^?.!¿…]+)\?\W*$")
_TAG = re.compile(
    r"(?:si|no|ok|okey|vale|ya|eh|bueno|listo|verdad|cierto|de acuerdo|estamos"
    r"|(?:le |te )?(?:parece|esta) bien)"
)
_CLAUSE = re.compile(r"[^.!?¿¡…,;:]+")
_THANKS = frozenset("muchas muchisimas mil gracias senora senor senorita don dona si bueno ya ok".split())
_WORD = re.compile(r"\w+")


def closes(transcript: Transcript, finding: Finding, told: Sequence[Finding]) -> bool:
    """Whether a finding of CLOSERS parts: a turn that ends in a question waits for its answer, and «gracias»
    with which one begins and goes on takes up what was said.
    """
    quote = finding.quote
    text = transcript.turns[quote.turn].text
    if _asks_last(text) or (finding.label == "polite_close" and _only_thanks(quote.text)):
        return False
    opens = not any(map(str.isalnum, text[: quote.start]))
    if not opens or len(quote.text.split()) > BARE or finding.label in ("wishes_well", "goodbye"):
        return True
    other = [f.quote for f in told if f.quote.turn == quote.turn and f.label in CLOSERS]
    rest = [part for part in _CLAUSE.finditer(text) if part.start() >= quote.end]
    words = sum(
        len(_WORD.findall(part.group()))
        for part in rest
        if not any(one.start < part.end() and part.start() < one.end for one in other)
    )
    return words <= VOCATIVE


def word_left(transcript: Transcript, told: Iterable[Finding]) -> list[Finding]:
    """The agent's words that say when one calls again, as a message. To ask when somebody is in leaves none,
    nor does any other question of what comes next.
    """
    held = list(told)
    asked = [f.quote for f in held if f.label == WHEN_IN]
    out = []
    for one in held:
        if one.label not in CALLS:
            continue
        quote = one.quote
        text = transcript.turns[quote.turn].text
        places = [place for place in sentences(text) if place[0] < quote.end and quote.start < place[1]]
        asks = any(
            a.turn == quote.turn and a.start < end and start < a.end for a in asked for start, end in places
        )
        questions = one.label == "follow_up" and any("?" in text[start:end] for start, end in places)
        if not asks and not questions:
            out.append(replace(one, label=MESSAGE, source=SOURCE))
    return out


def _only_thanks(text: str) -> bool:
    """Whether words thank, and neither tell for what nor say goodbye."""
    words = _WORD.findall(plain(text))
    return "gracias" in words and _THANKS.issuperset(words)


def _asks_last(text: str) -> bool:
    """Whether the last that is said is a question, more than a tag."""
    last = _QUESTION.search(text)
    return last is not None and _TAG.fullmatch(bare(last[1])) is None
