"""Small questions about words as they were heard: their plain form, their joins, their pauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from transcripts.types import Segment, Word

PAUSE_S = 0.35  # a silence between two words that ends an utterance
_WORDS = re.compile(r"[a-z0-9ñ]+")
_SENTENCE_END = re.compile(r"[.?!…][\"'»”)]*$")


def plain(text: str) -> str:
    """`text` in lower case without accents (ñ stays) and punctuation, single blanks between words."""
    kept = text.lower().replace("ñ", "\0")
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(bare.replace("\0", "ñ")))


def ends_sentence(text: str) -> bool:
    """True when `text` ends as a sentence does."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def with_words(segment: Segment, words: Sequence[Word]) -> Segment:
    """`segment` reduced to some of its words, at least one."""
    text = " ".join(word.text for word in words)
    return replace(segment, start_s=words[0].start_s, end_s=words[-1].end_s, text=text, words=tuple(words))


def utterances(segment: Segment) -> list[Segment]:
    """`segment` cut at every pause between its words."""
    groups: list[list[Word]] = []
    for word in segment.words:
        if not groups or word.start_s - groups[-1][-1].end_s >= PAUSE_S:
            groups.append([])
        groups[-1].append(word)
    return [with_words(segment, group) for group in groups]


def confidence(words: Sequence[Word]) -> float:
    """Mean confidence of the words, 0..1, long words counting more; 1 where there are none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 1.0
