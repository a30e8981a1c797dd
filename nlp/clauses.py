"""The whole clause around a quote, as people are shown it: a torn-off piece shows nobody what was meant.

A quote is made of whole words and keeps the marks that it has, so the text is cut here. What a tagger points
at is cut by tokens (`nlp.pipeline.clause`): it may begin within a word or with a mark. Both go as far
(`WHOLE`, `AROUND`); but three points, and the point of «Sr.», end a clause of the text and none of tokens.
"""

from __future__ import annotations

import re

from transcripts.types import Quote, Transcript

# words on either side: to where the clause ends, of a longer one so many; `nlp.pipeline` goes by them too
WHOLE, AROUND = 12, 6
_BREAK = re.compile(r"[?!…¿¡;—–\n]|[.,:](?!\d)")  # «1,500» is no break
_WORD = re.compile(r"\S*\w\S*")


def whole_clause(transcript: Transcript, quote: Quote) -> Quote:
    """`quote` widened to the clause, or clauses, that its words stand in."""
    text = transcript.turns[quote.turn].text
    # a quote that begins or ends with a mark goes no further on that side
    left = max((found.end() for found in _BREAK.finditer(text, 0, quote.start + 1)), default=0)
    right = _BREAK.search(text, quote.end - 1)
    before = [found.start() for found in _WORD.finditer(text, left, quote.start)]
    end = max(quote.end, right.start()) if right else len(text)
    after = [found.end() for found in _WORD.finditer(text, quote.end, end)]
    if len(before) > WHOLE:
        before = before[-AROUND:]
    if len(after) > WHOLE:
        after = after[:AROUND]
    return transcript.quote(
        quote.turn, before[0] if before else quote.start, after[-1] if after else quote.end
    )


def whole_clauses(transcript: Transcript, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Each of `quotes` as a whole clause, in order; what lies within another is told once."""
    whole = sorted({whole_clause(transcript, quote) for quote in quotes})
    return tuple(one for one in whole if not any(one != other and within(one, other) for other in whole))


def within(one: Quote, other: Quote) -> bool:
    """Whether the words of `one` are among those of `other`."""
    return one.turn == other.turn and other.start <= one.start and one.end <= other.end
