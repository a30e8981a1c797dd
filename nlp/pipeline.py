"""One turn, one spaCy Doc: tokens, cues, and what the trained taggers say of it.

    docs = read_turns(turns)           # [(speaker, text), …] of one call, in order
    docs[3]._.heard, docs[3]._.said    # the rules' reading; the trained taggers' scores
    docs[3]._.cues                     # cue and rule hits, as spans with the label's name

The tagger reads a whole call in one pass (`Language.pipe`): a turn is understood from those before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.tagger import Heard, hear, side_of
from nlp.trained import Said, Taggers, taggers
from transcripts.types import Speaker

AROUND = 6  # tokens on either side of what carries a label that may belong to its clause
_BREAKS = frozenset(". , ; : ? ! … ¿ ¡ — – \n".split(" "))


def read_turns(turns: Sequence[tuple[Speaker, str]], *, in_call: bool = True) -> list[Doc]:
    """The turns as Docs. `in_call` False: each is an utterance by itself, without context."""
    nlp = turn_pipeline()
    docs = []
    for speaker, written in turns:
        text = whole_characters(written)
        doc = nlp.make_doc(text)
        doc._.speaker, doc._.heard = speaker, hear(text, side_of(speaker))
        docs.append(doc)
    tagger: Any = nlp.get_pipe("temple_tagger")
    return tagger.read(docs, in_call=in_call)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def turn_pipeline() -> Language:
    """The pipeline of one turn: spaCy's Spanish tokeniser, cues, tagger; built once a process."""
    nlp = spacy.blank("es")
    nlp.add_pipe("temple_cues")
    nlp.add_pipe("temple_tagger")
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
        return self.read([doc], in_call=False)[0]

    def pipe(self, stream: Iterable[Doc], **_: Any) -> Iterator[Doc]:
        """All docs of the stream as the turns of one call."""
        yield from self.read(list(stream), in_call=True)

    def read(self, docs: list[Doc], *, in_call: bool) -> list[Doc]:
        heard: list[Heard] = [doc._.heard for doc in docs]
        speakers: list[Speaker] = [doc._.speaker or "unknown" for doc in docs]
        turns = [(speaker, one.words.text) for speaker, one in zip(speakers, heard, strict=True)]
        for doc, said in zip(docs, self._taggers.read(turns, heard, in_call=in_call), strict=True):
            doc._.said = said
        return docs


def whole_characters(text: str) -> str:
    """`text` with «?» for half characters, which no tokeniser takes; every place stays what it was."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clause(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters `start..end` widened to whole tokens and to the clause they stand in, as far as it is
    no longer than some words on either side: a single word shows nobody what was meant.
    """
    span: Span | None = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return start, end
    first, last = span.start, span.end
    while first > 0 and span.start - first < AROUND and doc[first - 1].text not in _BREAKS:
        first -= 1
    while last < len(doc) and last - span.end < AROUND and doc[last].text not in _BREAKS:
        last += 1
    span = doc[first:last]
    while len(span) > 1 and (span[0].is_punct or span[0].is_space):
        span = span[1:]
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space):
        span = span[:-1]
    return span.start_char, span.end_char


def said_of(doc: Doc) -> Said:
    """The trained taggers' scores of a doc that `read_turns` gave."""
    return doc._.said  # type: ignore[no-any-return]


_extend()
