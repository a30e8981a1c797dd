"""One turn as rules and trained taggers read it, and as a spaCy Doc where its tokens are asked for.

    turns = read_turns(turns)             # [(speaker, text), …] of one call, in order
    turns[3].heard, turns[3].said         # the rules' reading; the trained taggers' scores
    turns[3].doc, turns[3].doc._.cues     # its tokens; cue and rule hits, as spans with the label's name

The tagger reads a whole call in one pass: a turn is understood from those before it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.clauses import AROUND, WHOLE
from nlp.cues import cues_of
from nlp.tagger import Heard, hear, side_of
from nlp.trained import Said, Taggers, taggers
from transcripts.types import Speaker

_BREAKS = frozenset(". , ; : ? ! … ¿ ¡ — – \n".split(" "))


@dataclass
class ReadTurn:
    """A turn with the rules' reading and the trained taggers' scores."""

    speaker: Speaker
    text: str
    heard: Heard
    said: Said

    @cached_property
    def doc(self) -> Doc:
        """Its tokens. Few turns are quoted by them, and cutting all would take longer than the taggers."""
        doc = turn_pipeline().make_doc(self.text)
        doc._.speaker, doc._.heard, doc._.said = self.speaker, self.heard, self.said
        return doc


def read_turns(turns: Sequence[tuple[Speaker, str]], *, in_call: bool = True) -> list[ReadTurn]:
    """The turns as they are read. `in_call` False: each is an utterance by itself, without context."""
    whole = [(speaker, whole_characters(text)) for speaker, text in turns]
    heard = [hear(text, side_of(speaker)) for speaker, text in whole]
    tagger: Any = turn_pipeline().get_pipe("temple_tagger")
    said = tagger.read(whole, heard, in_call=in_call)
    return [ReadTurn(*turn, *read) for turn, *read in zip(whole, heard, said, strict=True)]


@lru_cache(maxsize=1)
def turn_pipeline() -> Language:
    """The pipeline of one turn: spaCy's Spanish tokeniser, cues, tagger; built once a process.

    What it is made of stays as long as the process does: the collector need not look through it again.
    """
    nlp = spacy.blank("es")
    nlp.add_pipe("temple_cues")
    nlp.add_pipe("temple_tagger")
    cues_of("agent"), cues_of("debtor")
    gc.freeze()
    return nlp


def _extend() -> None:
    for name in ("speaker", "heard", "said"):
        Doc.set_extension(name, default=None, force=True)
    Doc.set_extension("cues", getter=cue_spans, force=True)


@Language.component("temple_cues")
def mark_cues(doc: Doc) -> Doc:
    """Rules and cues of one turn, as `doc._.heard`."""
    doc._.heard = hear(doc.text, side_of(doc._.speaker or "unknown"))
    return doc


def cue_spans(doc: Doc) -> list[Span]:
    """Every hit of a cue or rule as a span with the label's name."""
    heard: Heard = doc._.heard
    hits = (hit for one in heard.found.values() for hit in one.hits)
    places = ((hit.label, *heard.words.span(hit.first, hit.end)) for hit in hits)
    spans = (doc.char_span(start, end, label=label, alignment_mode="expand") for label, start, end in places)
    return [span for span in spans if span is not None]


@Language.factory("temple_tagger")
class TurnTagger:
    """Puts the trained taggers' scores into `doc._.said`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._taggers: Taggers = taggers()

    def __call__(self, doc: Doc) -> Doc:
        return self._mark([doc], in_call=False)[0]

    def pipe(self, stream: Iterable[Doc], **_: Any) -> Iterator[Doc]:
        """All docs of the stream as the turns of one call."""
        yield from self._mark(list(stream), in_call=True)

    def _mark(self, docs: list[Doc], *, in_call: bool) -> list[Doc]:
        heard: list[Heard] = [doc._.heard for doc in docs]
        speakers: list[Speaker] = [doc._.speaker or "unknown" for doc in docs]
        turns = [(speaker, one.words.text) for speaker, one in zip(speakers, heard, strict=True)]
        for doc, said in zip(docs, self.read(turns, heard, in_call=in_call), strict=True):
            doc._.said = said
        return docs

    def read(
        self, turns: Sequence[tuple[Speaker, str]], heard: Sequence[Heard], *, in_call: bool
    ) -> list[Said]:
        """The trained taggers' scores of `turns`, in order."""
        return self._taggers.read(turns, heard, in_call=in_call)


def whole_characters(text: str) -> str:
    """`text` with «?» for half characters, which no tokeniser takes; every place stays what it was."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clause(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters `start..end` widened to whole tokens and to the clause they stand in; of a very long one
    only the words nearby: a single word, or half a phrase, shows nobody what was meant.

    For the spans of rules and taggers, which may be torn anywhere: marks at either end are left out. How it
    differs from the clause around a quote that stands already: see `nlp.clauses`.
    """
    span: Span | None = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return start, end
    before = _up_to_break(doc[at].text for at in reversed(range(span.start)))
    after = _up_to_break(doc[at].text for at in range(span.end, len(doc)))
    span = doc[span.start - before : span.end + after]
    while len(span) > 1 and (span[0].is_punct or span[0].is_space):
        span = span[1:]
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space):
        span = span[:-1]
    return span.start_char, span.end_char


def _up_to_break(words: Iterable[str]) -> int:
    """How many of `words`, the nearest first, belong to the clause."""
    near = list(takewhile(lambda word: word not in _BREAKS, islice(words, WHOLE + 1)))
    return len(near) if len(near) <= WHOLE else AROUND


_extend()
