"""Cues that a rubric or a country pack declares for itself, found like Temple's own: same grammar, same care
for negation, quotation and who says it (`nlp.cues`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nlp.cues import Cue, Cues, Side, read_lexicon
from nlp.tagger import side_of
from nlp.types import Finding
from transcripts.types import Transcript

LEAST = 0.5  # a cue's weak patterns alone claim nothing
SIDES: tuple[Side, ...] = ("agent", "debtor")


def find_own(transcript: Transcript, cues: Mapping[str, Cue], origin: str) -> list[Finding]:
    """Every place where one of `cues` stands, in order of turn. `origin` names the file in each source.

    A turn without a speaker is read as either side's; doubtful turns are not read. Raises NlpError where a
    pattern cannot be read.
    """
    if not cues:
        return []
    read = _built(tuple(sorted(cues.items(), key=lambda item: item[0])))
    out = []
    for index, turn in enumerate(transcript.turns):
        if turn.doubt is not None or not turn.text.strip():
            continue
        for side in SIDES if turn.speaker == "unknown" else (side_of(turn.speaker),):
            words = read[side].words(turn.text)
            for label, one in read[side].score(words).items():
                for hit in one.hits:
                    if hit.weight >= LEAST:
                        quote = transcript.quote(index, *words.span(hit.first, hit.end))
                        out.append(Finding(label, quote, hit.weight, f"rule:{origin}/{label}"))
    return sorted(dict.fromkeys(out), key=lambda finding: finding.quote)


def check_cues(cues: Mapping[str, Cue]) -> None:
    """Raises NlpError where one of `cues` has a pattern that cannot be read."""
    _built(tuple(sorted(cues.items(), key=lambda item: item[0])))


@lru_cache(maxsize=64)
def _built(cues: tuple[tuple[str, Cue], ...]) -> dict[Side, Cues]:
    """The cues of each side, read once for each file."""
    return {side: Cues(side, dict(cues), read_lexicon()) for side in SIDES}
