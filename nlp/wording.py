"""How the agent puts things: questions, doubt words and fillers, counted by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from nlp.cues import read_yaml
from nlp.spans import is_back_channel
from nlp.text import plain, word_set
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Transcript

_ASKS = word_set(
    "asks_reason probes asks_commitment verifies_identity asks_for_debtor asks_identity_datum asks_clarifying"
)
_SENTENCE_END = re.compile(r"[.?!¿¡…]")
_CLAUSE_END = re.compile(r"[,.;…¿?()¡!]+")
_WORD = re.compile(r"\w+")


def questions(transcript: Transcript, findings: Sequence[Finding]) -> int:
    """Questions of the agent: by their marks, and in text without any mark one per turn that is known to ask.
    «¿verdad?» and «¿bueno?» ask nothing.
    """
    asking = {f.quote.turn for f in findings if f.label in _ASKS and f.score >= OPERATING}
    count = 0
    for index, turn in transcript.said_by("agent"):
        if "?" in turn.text:
            count += sum(1 for asked in _asked(turn.text) if asked not in _phrases("tags"))
        elif not _SENTENCE_END.search(turn.text):
            count += index in asking
    return count


def _asked(text: str) -> list[str]:
    """The words before each question mark, back to the mark before, plain and without commas."""
    out = []
    for part in text.split("?")[:-1]:
        last = _SENTENCE_END.split(part)[-1]
        words = " ".join(_WORD.findall(plain(last)))
        if words:
            out.append(words)
    return out


def hedges(transcript: Transcript, findings: Sequence[Finding]) -> int:
    """Doubt words in the agent's turns; conditionals count only in the sentence that asks for payment."""
    count = sum(_count(turn.text, "hedges") for _, turn in transcript.said_by("agent"))
    for finding in findings:
        quote = finding.quote
        if finding.label == "asks_commitment" and transcript.turns[quote.turn].speaker == "agent":
            text = transcript.turns[quote.turn].text
            before = max((m.end() for m in _SENTENCE_END.finditer(text, 0, quote.start)), default=0)
            count += _count(text[before : quote.end], "hedges_in_ask")
    return count


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
    """How often the phrases of a list are said, the longest first where they share words."""
    words = _words(text)
    count = at = 0
    starts = _by_first(name)
    while at < len(words):
        fits = (p for p in starts.get(words[at], ()) if words[at : at + len(p)] == p)
        size = len(next(fits, ()))
        count += size > 0
        at += size or 1
    return count


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


@cache
def _by_first(name: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of a list by their first word, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(text.split()) for text in _phrases(name)), key=lambda p: (-len(p), p)):
        out.setdefault(phrase[0], []).append(phrase)
    return out
