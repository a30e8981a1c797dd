"""How the agent puts things: questions, doubt words and fillers, counted by their words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from nlp.cues import read_yaml
from nlp.spans import is_back_channel
from nlp.text import bare, plain, word_set
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Quote, Transcript

_ASKS = word_set(
    "asks_reason probes asks_commitment verifies_identity asks_for_debtor asks_identity_datum asks_clarifying"
)
_SENTENCE_END = re.compile(r"[.?!¿¡…]")
_CLAUSE_END = re.compile(r"[,.;…¿?()¡!]+")
_WORD = re.compile(r"\w+")
# what opens a question, up to five words before its verb; «que» alone may join: «cree que podría»
_OPEN = re.compile(
    r"\b(?:cuant[oa]s?|cuando|cual(?:es)?|como"
    r"|que (?:dias?|fechas?|horas?|cantidad|monto|importe|valor|suma|cifra|parte|porcentaje|abono|pago|cuota"
    r"|enganche|anticipo|quincena|medio))(?:\W+\w+){0,5}\W*$"
)


def questions(transcript: Transcript, findings: Sequence[Finding]) -> int:
    """Questions of the agent: by their marks, and in text without any mark one per turn that is known to ask.
    «¿verdad?» and «¿bueno?» ask nothing, but they make one of a turn known to ask: «es usted Ana, ¿no?».
    """
    asking = {f.quote.turn for f in findings if f.label in _ASKS and f.score >= OPERATING}
    count = 0
    for index, turn in transcript.said_by("agent"):
        if "?" in turn.text:
            plainly = sum(1 for asked in _asked(turn.text) if asked not in _phrases("tags"))
            count += plainly or index in asking
        elif not _SENTENCE_END.search(turn.text):
            count += index in asking
    return count


def _asked(text: str) -> list[str]:
    """The words before each question mark, back to the mark before, plain and without commas."""
    out = []
    for part in text.split("?")[:-1]:
        last = _SENTENCE_END.split(part)[-1]
        words = bare(last)
        if words:
            out.append(words)
    return out


def hedges(transcript: Transcript, findings: Sequence[Finding]) -> int:
    """Doubt words in the agent's turns; conditionals count only in the sentence that asks for payment."""
    count = sum(_count(turn.text, "hedges") for _, turn in transcript.said_by("agent"))
    return count + sum(1 for _ in _in_asks(transcript, findings))


def first_hedge(transcript: Transcript, findings: Sequence[Finding]) -> Quote | None:
    """The first doubt words that `hedges` counts, as they were said."""
    found = [
        quote for turn, _ in transcript.said_by("agent") for quote in _quoted(transcript, turn, "hedges")[:1]
    ]
    return min([*found, *_in_asks(transcript, findings)], default=None)


def _in_asks(transcript: Transcript, findings: Sequence[Finding]) -> Iterator[Quote]:
    """The conditionals of the sentences that ask for payment. «¿Con cuánto podría contar?» leaves the sum to
    the debtor: the conditional asks what is possible, and the agent doubts nothing.
    """
    for finding in findings:
        place = finding.quote
        if finding.label == "asks_commitment" and transcript.turns[place.turn].speaker == "agent":
            text = transcript.turns[place.turn].text
            before = max((m.end() for m in _SENTENCE_END.finditer(text, 0, place.start)), default=0)
            for quote in _quoted(transcript, place.turn, "hedges_in_ask", before, place.end):
                if not _OPEN.search(_plain(text[before : quote.start])):
                    yield quote


def _quoted(
    transcript: Transcript, turn: int, name: str, start: int = 0, end: int | None = None
) -> list[Quote]:
    """The phrases of a list in a turn, or in a stretch of it."""
    words = list(_WORD.finditer(transcript.turns[turn].text, start, end or sys.maxsize))
    said = _said([plain(word[0]) for word in words], name)
    return [transcript.quote(turn, words[at].start(), words[at + size - 1].end()) for at, size in said]


def fillers(transcript: Transcript) -> int:
    """Fillers in the agent's turns, signs of listening left out. A recogniser may have dropped some."""
    return sum(
        _count(turn.text, "fillers") + _alone(turn.text)
        for _, turn in transcript.said_by("agent")
        if not is_back_channel(turn)
    )


def _alone(text: str) -> int:
    """Fillers between marks, but not as the answer that opens a turn: «no, señora»."""
    parts = _CLAUSE_END.split(_plain(text))[1:-1]
    return sum(" ".join(part.split()) in _phrases("fillers_alone") for part in parts)


def _count(text: str, name: str) -> int:
    """How often the phrases of a list are said."""
    return sum(1 for _ in _said(_words(text), name))


def _said(words: Sequence[str], name: str) -> Iterator[tuple[int, int]]:
    """The first word and the number of words of each phrase of a list, the longest where they share words.
    What begins like a doubt and is none is passed over.
    """
    at, starts = 0, _by_first(name)
    while at < len(words):
        fits = (p for p in starts.get(words[at], ()) if tuple(words[at : at + len(p)]) == p)
        size = len(next(fits, ()))
        if size and " ".join(words[at : at + size]) not in _none(name):
            yield at, size
        at += size or 1


@lru_cache(maxsize=2048)
def _plain(text: str) -> str:
    return plain(text)


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_plain(text)))


@cache
def _phrases(name: str) -> frozenset[str]:
    text = str(read_yaml(Path(__file__).with_name("talk.yaml"))[name])
    return frozenset(" ".join(part.split()) for part in text.split(","))


def _none(name: str) -> frozenset[str]:
    """What begins like a phrase of the list and is none."""
    return _phrases("hedges_not") if name == "hedges" else frozenset()


@cache
def _by_first(name: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of a list by their first word, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(
        (tuple(text.split()) for text in _phrases(name) | _none(name)), key=lambda p: (-len(p), p)
    ):
        out.setdefault(phrase[0], []).append(phrase)
    return out
